/* Feeds that share articles: one that moved, perhaps. */
#include "feed/merge_int.h"

#include <stdlib.h>

/* Two feeds, of which an article is in both. */
struct pair {
    size_t a, b;
};

typedef VEC(struct pair) pair_list;

static int compare(const void *x, const void *y)
{
    const struct pair *p = x, *q = y;
    int c = (p->a > q->a) - (p->a < q->a);
    return c ? c : (p->b > q->b) - (p->b < q->b);
}

static key_list find_keys(const struct merging *m)
{
    key_list keys = {0};
    for (size_t i = 0; i < m->member_count; i++) {
        const struct entry *e = m->members[i].entry;
        const struct document *d = &m->documents[m->members[i].document];
        const char *key = key_of_address(m->arena, e->link, true);
        for (size_t k = 0; key && k < ARRAY_LEN(d->sites); k++)
            if (d->sites[k] && strcmp(d->sites[k], key) == 0)
                key = NULL;
        keys_add(&keys, key, 0, i);
    }
    keys_sort(&keys);
    return keys;
}

/* Of several feeds that have one article, the first with the others. */
static pair_list find_pairs(const struct merging *m, struct sets *feeds)
{
    key_list keys = find_keys(m);
    pair_list pairs = {0};
    for (size_t i = 0, end; i < keys.len; i = end) {
        size_t member = keys.items[i].number;
        size_t first = sets_find(feeds, m->members[member].document);
        size_t last = first;
        end = keys_run(&keys, i);
        for (size_t k = i; k < end; k++) {
            member = keys.items[k].number;
            size_t feed = sets_find(feeds, m->members[member].document);
            if (feed != first && feed != last)
                vec_push(&pairs, ((struct pair){first, feed}));
            last = feed != first ? feed : last;
        }
    }
    free(keys.items);
    if (pairs.len)
        qsort(pairs.items, pairs.len, sizeof *pairs.items, compare);
    return pairs;
}

/* The most entries that a file of each feed has. */
static size_t *find_windows(const struct merging *m, struct sets *feeds)
{
    size_t *windows = mem_alloc(m->document_count * sizeof *windows);
    for (size_t i = 0; i < m->document_count; i++) {
        size_t *window = &windows[sets_find(feeds, i)];
        size_t n = m->documents[i].feed->entry_count;
        *window = n > *window ? n : *window;
    }
    return windows;
}

static void tell(struct merging *m, const struct pair *pair)
{
    const struct feed *a = m->documents[pair->a].feed;
    const struct feed *b = m->documents[pair->b].feed;
    diag_add(m->diag, DIAG_NOTE, (struct diag_place){.file = b->file},
             m->moved ? "feeds that share articles are one"
                      : "feeds share articles; --merge makes one of them",
             "%s, %s", a->title, b->title);
}

void moved_join(struct merging *m, struct sets *feeds)
{
    pair_list pairs = find_pairs(m, feeds);
    size_t *windows = find_windows(m, feeds);
    for (size_t i = 0, end; i < pairs.len; i = end) {
        const struct pair *pair = &pairs.items[i];
        size_t a = windows[pair->a], b = windows[pair->b];
        for (end = i + 1; end < pairs.len && !compare(pair, &pairs.items[end]);)
            end++;
        if ((end - i) * 2 < (a < b ? a : b))
            continue;
        tell(m, pair);
        if (m->moved)
            sets_join(feeds, pair->a, pair->b);
    }
    free(windows);
    free(pairs.items);
}
