/* Which articles, and in which order. */
#include "feed/select_int.h"

#include <stdlib.h>

struct date entry_date(const struct entry *e)
{
    return e->published.known ? e->published : e->updated;
}

static struct date revision(const struct entry *e)
{
    return e->updated.known ? e->updated : e->published;
}

/* Entries that are revisions of one article come together, the one that
 * stands first: the last updated, else the last read. */
static int by_identity(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int c = strcmp(x->entry->feed->id, y->entry->feed->id);
    if (!c)
        c = strcmp(x->entry->id, y->entry->id);
    if (c)
        return c;
    struct date dx = revision(x->entry), dy = revision(y->entry);
    if (dx.known != dy.known)
        return dx.known ? -1 : 1;
    if (dx.seconds != dy.seconds)
        return dx.seconds > dy.seconds ? -1 : 1;
    return x->number > y->number ? -1 : x->number < y->number;
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

static bool same_article(const struct entry *a, const struct entry *b)
{
    return strcmp(a->feed->id, b->feed->id) == 0 && strcmp(a->id, b->id) == 0;
}

/* What becomes of an entry, by its number. */
struct verdict {
    enum drop_reason reason;
    const struct entry *instead;
};

/* Keep the first of each run of equals, which stands for the others; returns
 * how many are left. */
static size_t merge(struct place *places, size_t n, struct verdict *verdicts)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept && same_article(places[kept - 1].entry, places[i].entry))
            verdicts[places[i].number] =
                (struct verdict){DROP_REVISED, places[kept - 1].entry};
        else
            places[kept++] = places[i];
    return kept;
}

/* Keep those that are asked for. */
static size_t choose(struct place *places, size_t n,
                     const struct select_policy *policy,
                     struct verdict *verdicts)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        enum drop_reason reason = choose_entry(policy, places[i].entry);
        verdicts[places[i].number].reason = reason;
        if (reason == DROP_NONE)
            places[kept++] = places[i];
    }
    if (!policy->last || kept <= policy->last)
        return kept;
    qsort(places, kept, sizeof *places, by_age);
    for (size_t i = policy->last; i < kept; i++)
        verdicts[places[i].number].reason = DROP_OLDER;
    return policy->last;
}

/* The library's entries are still those that were read. */
static void note_dropped(struct library *l, const struct verdict *verdicts)
{
    l->dropped = arena_alloc(l->arena, l->entry_count * sizeof *l->dropped);
    for (size_t i = 0; i < l->entry_count; i++)
        if (verdicts[i].reason != DROP_NONE)
            l->dropped[l->dropped_count++] = (struct dropped){
                l->entries[i], verdicts[i].instead, verdicts[i].reason};
}

/* A note for each reason that there was. */
static void tell_dropped(const struct library *l, struct diag *diag)
{
    static const char *const notes[DROP_REASON_COUNT] = {
        [DROP_REVISED] = "entries that are revisions of others were merged"};
    size_t counts[DROP_REASON_COUNT] = {0};
    for (size_t i = 0; i < l->dropped_count; i++)
        counts[l->dropped[i].reason]++;
    for (int i = 0; i < DROP_REASON_COUNT; i++)
        if (counts[i] && notes[i])
            diag_add(diag, DIAG_NOTE, (struct diag_place){0}, notes[i], "%zu",
                     counts[i]);
        else if (counts[i])
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
    struct verdict *verdicts = mem_alloc(n * sizeof *verdicts);
    qsort(places, n, sizeof *places, by_identity);
    size_t kept = merge(places, n, verdicts);
    kept = choose(places, kept, policy, verdicts);
    if (kept < n)
        note_dropped(l, verdicts);
    rank_sections(l, policy, places, kept);
    if (kept)
        qsort(places, kept, sizeof *places,
              policy->order == ORDER_OLDEST ? by_oldest : by_newest);
    name_sections(l, policy, places, kept);
    for (size_t i = 0; i < kept; i++)
        l->entries[i] = places[i].entry;
    l->entry_count = kept;
    tell_dropped(l, diag);
    free(verdicts);
    free(places);
}
