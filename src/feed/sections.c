/* What the book's sections are, and which entry is in which. */
#include "base/caseless.h"
#include "feed/select_int.h"

#include <stdlib.h>

static const char *name_of(const struct entry *e, enum feed_group group)
{
    if (group == GROUP_CATEGORY)
        return e->category_count ? e->categories[0] : NULL;
    return e->authors.len ? e->authors.items[0].name : NULL;
}

/* Of the months from year 0 on, in the order that is asked for; those without
 * a date come last. */
static int64_t month_rank(const struct entry *e, enum feed_order order)
{
    struct date date = entry_date(e);
    if (!date.known)
        return INT64_MAX;
    struct civil c = date_local(date);
    int64_t month = c.year * INT64_C(12) + c.month;
    return order == ORDER_OLDEST ? month : -month;
}

/* Names go by their folded text; those that have none come last. */
static void rank_name(const struct library *l,
                      const struct select_policy *policy, struct place *p)
{
    const char *name = name_of(p->entry, policy->group);
    struct buf key = buf_make(BUF_LINE);
    p->rank = !name;
    if (name)
        caseless_fold(policy->caseless, str_of(name), &key);
    if (key.len)
        p->key = arena_str(l->arena, buf_view(&key));
    buf_free(&key);
}

void rank_sections(const struct library *l, const struct select_policy *policy,
                   struct place *places, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct place *p = &places[i];
        p->key = "";
        switch (policy->group) {
        case GROUP_FEED:
            p->rank = (int64_t)p->feed;
            break;
        case GROUP_MONTH:
            p->rank = month_rank(p->entry, policy->order);
            break;
        case GROUP_CATEGORY:
        case GROUP_AUTHOR:
            rank_name(l, policy, p);
            break;
        case GROUP_NONE:
            break;
        }
    }
}

static const char *month_title(const struct library *l, const struct entry *e)
{
    char text[DATE_TEXT];
    struct date date = entry_date(e);
    if (!date.known)
        return arena_strdup(l->arena, "Without a date");
    return arena_strdup(l->arena, strchr(date_words(date, text), ' ') + 1);
}

static const char *title_of(const struct library *l, enum feed_group group,
                            const struct place *p)
{
    const char *name;
    switch (group) {
    case GROUP_FEED:
        return entry_feed(p->entry)->title;
    case GROUP_MONTH:
        return month_title(l, p->entry);
    case GROUP_CATEGORY:
        name = name_of(p->entry, group);
        return name ? name : "Without a category";
    case GROUP_AUTHOR:
        name = name_of(p->entry, group);
        return name ? name : "Without an author";
    case GROUP_NONE:
        break;
    }
    return NULL;
}

void name_sections(const struct library *l, const struct select_policy *policy,
                   const struct place *places, size_t n)
{
    const char *title = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct place *p = &places[i];
        if (!i || p->rank != p[-1].rank || strcmp(p->key, p[-1].key) != 0)
            title = title_of(l, policy->group, p);
        p->entry->section = title;
    }
}
