/* Which articles, and in which order. */
#include "feed/select_int.h"

#include <stdlib.h>

struct date entry_date(const struct entry *e)
{
    return e->published.known ? e->published
           : e->updated.known ? e->updated
                              : e->about;
}

static int by_section(const struct place *x, const struct place *y)
{
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return strcmp(x->key, y->key);
}

static int by_date(const struct place *x, const struct place *y)
{
    if (x->when != y->when)
        return x->when > y->when ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static int by_age(const void *a, const void *b)
{
    return by_date(a, b);
}

static int by_newest(const void *a, const void *b)
{
    int c = by_section(a, b);
    return c ? c : by_date(a, b);
}

static int by_oldest(const void *a, const void *b)
{
    int c = by_section(a, b);
    return c ? c : by_date(b, a);
}

/* Files of one feed, saved at different times, are one feed. */
static size_t feed_number(const struct library *l, const struct feed *f)
{
    size_t i = 0;
    while (i < l->feed_count && strcmp(l->feeds[i]->id, f->id) != 0)
        i++;
    return i;
}

/* Keep those that are asked for; returns how many are left. The others get a
 * reason, by their number. */
static size_t choose(struct place *places, size_t n,
                     const struct select_policy *policy,
                     enum drop_reason *reasons)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        enum drop_reason reason = choose_entry(policy, places[i].entry);
        reasons[places[i].number] = reason;
        if (reason == DROP_NONE)
            places[kept++] = places[i];
    }
    if (!policy->last || kept <= policy->last)
        return kept;
    qsort(places, kept, sizeof *places, by_age);
    for (size_t i = policy->last; i < kept; i++)
        reasons[places[i].number] = DROP_OLDER;
    return policy->last;
}

/* The library's entries are still those that were merged. A note for each
 * reason that there was. */
static void drop(struct library *l, size_t kept,
                 const enum drop_reason *reasons, struct diag *diag)
{
    size_t counts[DROP_REASON_COUNT] = {0};
    struct dropped *all = arena_alloc(
        l->arena, (l->dropped_count + l->entry_count - kept) * sizeof *all);
    for (size_t i = 0; i < l->dropped_count; i++)
        all[i] = l->dropped[i];
    l->dropped = all;
    for (size_t i = 0; i < l->entry_count; i++) {
        if (reasons[i] == DROP_NONE)
            continue;
        all[l->dropped_count++] =
            (struct dropped){.entry = l->entries[i], .reason = reasons[i]};
        counts[reasons[i]]++;
    }
    for (int i = 0; i < DROP_REASON_COUNT; i++)
        if (counts[i])
            diag_add(diag, DIAG_NOTE, (struct diag_place){0},
                     "articles were not chosen", "%zu %s", counts[i],
                     drop_reason_text((enum drop_reason)i));
}

/* An entry without a date stays behind the one that it followed in its
 * file. */
static void fill_dates(struct place *places, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct date date = entry_date(places[i].entry);
        bool first = !i || places[i - 1].entry->feed != places[i].entry->feed;
        if (date.known)
            places[i].when = date.seconds;
        else
            places[i].when = first ? INT64_MAX : places[i - 1].when;
    }
}

static struct place *find_places(const struct library *l)
{
    size_t n = l->entry_count;
    struct place *places = mem_alloc(n * sizeof *places);
    for (size_t i = 0; i < n; i++)
        places[i] = (struct place){
            .entry = l->entries[i],
            .feed = i && places[i - 1].entry->feed == l->entries[i]->feed
                        ? places[i - 1].feed
                        : feed_number(l, l->entries[i]->feed),
            .number = i};
    fill_dates(places, n);
    return places;
}

void feed_select(struct library *l, const struct select_policy *policy,
                 struct diag *diag)
{
    size_t n = l->entry_count;
    if (!n)
        return;
    struct place *places = find_places(l);
    enum drop_reason *reasons = mem_alloc(n * sizeof *reasons);
    size_t kept = choose(places, n, policy, reasons);
    if (kept < n)
        drop(l, kept, reasons, diag);
    rank_sections(l, policy, places, kept);
    if (kept)
        qsort(places, kept, sizeof *places,
              policy->order == ORDER_OLDEST ? by_oldest : by_newest);
    name_sections(l, policy, places, kept);
    for (size_t i = 0; i < kept; i++)
        l->entries[i] = places[i].entry;
    l->entry_count = kept;
    free(reasons);
    free(places);
}
