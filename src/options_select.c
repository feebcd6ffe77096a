/* Options that say which articles, and in which order. */
#include "options_int.h"

#include "base/caseless.h"
#include "base/mem.h"

#include <stdlib.h>
#include <time.h>

enum { LAST_MAX = 1000000 };

/* ---- reading ---- */

static const char *read_period(const char *argument, struct period *out)
{
    return period_parse(str_of(argument), out)
               ? NULL
               : "must be 2026-11-16, 2026-W47, 2026-11, 2026, or an age such "
                 "as 7d, 2w, 3m or 1y";
}

const char *options_set_order(struct options *o, const char *argument)
{
    if (strcmp(argument, "newest") == 0)
        o->select.order = ORDER_NEWEST;
    else if (strcmp(argument, "oldest") == 0)
        o->select.order = ORDER_OLDEST;
    else
        return "must be newest or oldest";
    return NULL;
}

const char *options_set_group(struct options *o, const char *argument)
{
    static const char *const names[] = {[GROUP_FEED] = "feed",
                                        [GROUP_MONTH] = "month",
                                        [GROUP_CATEGORY] = "category",
                                        [GROUP_AUTHOR] = "author",
                                        [GROUP_NONE] = "none"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(argument, names[i]) == 0) {
            o->select.group = (enum feed_group)i;
            return NULL;
        }
    return "must be feed, month, category, author or none";
}

const char *options_set_since(struct options *o, const char *argument)
{
    o->asked.since = argument;
    return read_period(argument, &o->select.since);
}

const char *options_set_until(struct options *o, const char *argument)
{
    o->asked.until = argument;
    return read_period(argument, &o->select.until);
}

const char *options_set_last(struct options *o, const char *argument)
{
    unsigned last;
    if (!options_number(str_of(argument), 1, LAST_MAX, &last))
        return "must be a number from 1 to 1000000";
    o->select.last = last;
    return NULL;
}

const char *options_add_author(struct options *o, const char *argument)
{
    texts_add(o->arena, &o->asked.authors, argument);
    return options_words(argument) ? NULL : "must be a line of UTF-8 text";
}

const char *options_add_category(struct options *o, const char *argument)
{
    texts_add(o->arena, &o->asked.categories, argument);
    return options_words(argument) ? NULL : "must be a line of UTF-8 text";
}

const char *options_add_title(struct options *o, const char *argument)
{
    const char *why = NULL;
    struct select_policy *s = &o->select;
    if (!options_words(argument))
        return "must be a line of UTF-8 text";
    texts_add(o->arena, &o->asked.titles, argument);
    const struct pattern **patterns =
        arena_alloc(o->arena, o->asked.titles.count * sizeof(*patterns));
    for (size_t i = 0; i < s->title_count; i++)
        patterns[i] = s->titles[i];
    patterns[s->title_count++] =
        caseless_pattern(o->caseless, argument, o->arena, &why);
    s->titles = patterns;
    return why ? arena_printf(o->arena, "must be a regular expression: %s", why)
               : NULL;
}

const char *options_set_state(struct options *o, const char *argument)
{
    o->state = argument;
    return *argument && strcmp(argument, "-") != 0 ? NULL
                                                   : "must be a file name";
}

/* ---- what they come to ---- */

static void settle_names(const struct options *o, struct texts asked,
                         struct chosen *wanted)
{
    struct buf name = buf_make(BUF_LINE);
    wanted->count = asked.count;
    wanted->folded =
        arena_alloc(o->arena, asked.count * sizeof *wanted->folded + 1);
    for (size_t i = 0; i < asked.count; i++) {
        buf_clear(&name);
        caseless_fold(o->caseless, str_of(asked.items[i]), &name);
        struct buf neat = buf_make(BUF_LINE);
        buf_collapse(&neat, buf_view(&name));
        wanted->folded[i] = arena_str(o->arena, buf_view(&neat));
        buf_free(&neat);
    }
    buf_free(&name);
}

/* The clock is read for ages alone. */
void options_settle_select(struct options *o)
{
    struct select_policy *s = &o->select;
    int64_t now = o->book.modified.seconds;
    bool aged = s->since.kind == PERIOD_AGE || s->until.kind == PERIOD_AGE;
    if (aged && !o->book.modified.known)
        now = time(NULL);
    period_settle(&s->since, now);
    period_settle(&s->until, now);
    s->caseless = o->caseless;
    settle_names(o, o->asked.authors, &s->authors);
    settle_names(o, o->asked.categories, &s->categories);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A line for each; the order in which they were asked for means nothing. */
static void add_asked(struct buf *out, const char *option, const char **texts,
                      size_t count)
{
    if (count)
        qsort(texts, count, sizeof *texts, by_text);
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "%s %s\n", option, texts[i]);
}

static void add_names(struct buf *out, struct texts names)
{
    for (size_t i = 0; i < names.count; i++)
        buf_printf(out, "%s%s", out->len ? ", " : "", names.items[i]);
}

void options_settle_choice(struct options *o)
{
    const struct select_policy *s = &o->select;
    struct asked *asked = &o->asked;
    struct buf lines = buf_make(BUF_BODY), names = buf_make(BUF_LINE);
    add_names(&names, asked->authors);
    add_names(&names, asked->categories);
    add_asked(&lines, "since", &asked->since, asked->since != NULL);
    add_asked(&lines, "until", &asked->until, asked->until != NULL);
    add_asked(&lines, "by", s->authors.folded, s->authors.count);
    add_asked(&lines, "category", s->categories.folded, s->categories.count);
    add_asked(&lines, "match", asked->titles.items, asked->titles.count);
    if (s->last)
        buf_printf(&lines, "last %zu\n", s->last);
    if (o->state)
        buf_puts(&lines, "new\n");
    o->book.choice = (struct book_choice){
        .asked = lines.len ? arena_str(o->arena, buf_view(&lines)) : NULL,
        .names = names.len ? arena_str(o->arena, buf_view(&names)) : NULL,
        .dated = asked->since || asked->until || s->last || o->state,
        .fresh = o->state != NULL};
    buf_free(&lines);
    buf_free(&names);
}
