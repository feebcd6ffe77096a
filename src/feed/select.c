/* Which articles, and in which order. */
#include "feed/feed_int.h"

#include <stdlib.h>

const char *drop_reason_text(enum drop_reason reason)
{
    static const char *const texts[DROP_REASON_COUNT] = {
#define X(id, text) [id] = (text),
        DROP_REASONS(X)
#undef X
    };
    return texts[reason];
}

struct date entry_date(const struct entry *e)
{
    return e->published.known ? e->published : e->updated;
}

static struct date revision(const struct entry *e)
{
    return e->updated.known ? e->updated : e->published;
}

/* An entry with what it is sorted by. */
struct place {
    struct entry *entry;
    size_t feed;   /* the feed's number */
    size_t number; /* of the entry, as read */
    int64_t when;
};

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

static int by_newest(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->feed != y->feed)
        return x->feed < y->feed ? -1 : 1;
    if (x->when != y->when)
        return x->when > y->when ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static int by_oldest(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->feed != y->feed)
        return x->feed < y->feed ? -1 : 1;
    if (x->when != y->when)
        return x->when < y->when ? -1 : 1;
    return x->number > y->number ? -1 : x->number < y->number;
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

/* Keep the first of each run of equals; returns how many are left. Those that
 * are not get it as what stands for them, by their number in `stand_ins`. */
static size_t merge(struct place *places, size_t n,
                    const struct entry **stand_ins)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept && same_article(places[kept - 1].entry, places[i].entry))
            stand_ins[places[i].number] = places[kept - 1].entry;
        else
            places[kept++] = places[i];
    return kept;
}

/* The library's entries are still those that were read. */
static void note_dropped(struct library *l, const struct entry **stand_ins)
{
    l->dropped = arena_alloc(l->arena, l->entry_count * sizeof *l->dropped);
    for (size_t i = 0; i < l->entry_count; i++)
        if (stand_ins[i])
            l->dropped[l->dropped_count++] =
                (struct dropped){l->entries[i], stand_ins[i], DROP_REVISED};
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

void feed_select(struct library *l, const struct select_policy *policy,
                 struct diag *diag)
{
    size_t n = l->entry_count;
    if (!n)
        return;
    struct place *places = mem_alloc(n * sizeof *places);
    const struct entry **stand_ins = mem_alloc(n * sizeof(*stand_ins));
    for (size_t i = 0; i < n; i++)
        places[i] = (struct place){
            .entry = l->entries[i],
            .feed = i && places[i - 1].entry->feed == l->entries[i]->feed
                        ? places[i - 1].feed
                        : feed_number(l, l->entries[i]->feed),
            .number = i};
    fill_dates(places, n);
    qsort(places, n, sizeof *places, by_identity);
    size_t kept = merge(places, n, stand_ins);
    if (kept < n)
        note_dropped(l, stand_ins);
    qsort(places, kept, sizeof *places,
          policy->order == ORDER_OLDEST ? by_oldest : by_newest);
    for (size_t i = 0; i < kept; i++)
        l->entries[i] = places[i].entry;
    l->entry_count = kept;
    if (kept < n)
        diag_add(diag, DIAG_NOTE, (struct diag_place){0},
                 "entries that are revisions of others were merged", "%zu",
                 n - kept);
    free(stand_ins);
    free(places);
}
