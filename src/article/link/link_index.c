#include "article/link/link_index.h"

#include "base/canonical.h"
#include "base/mem.h"

#include <stdlib.h>

/* How an address came to be an entry's; the better first. */
enum rank {
    RANK_LINK,
    RANK_ID,
    RANK_ALIAS,
    RANK_CUT, /* one of these, less than whole */
    RANK_COUNT
};

struct place {
    const char *key; /* canonical */
    size_t feed;     /* number of its feed */
    enum rank rank;
    size_t article;
};

typedef VEC(const char *) key_list;

struct link_index {
    struct arena *arena;
    VEC(struct place) places; /* sorted by all of their members */
    size_t *feeds;            /* of each article */
    key_list sites;           /* sorted: what is no article's alone */
};

/* ---- making the index ---- */

static int by_all(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int c = strcmp(x->key, y->key);
    if (!c)
        c = (x->feed > y->feed) - (x->feed < y->feed);
    if (!c)
        c = (x->rank > y->rank) - (x->rank < y->rank);
    return c ? c : (x->article > y->article) - (x->article < y->article);
}

static int by_key(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The sites' and the feeds' own addresses: entries that have nothing better
 * give them as theirs. */
static void add_sites(struct link_index *index, const struct library *l)
{
    for (size_t i = 0; i < l->feed_count; i++) {
        const char *const addresses[] = {l->feeds[i]->link, l->feeds[i]->self};
        for (size_t k = 0; k < ARRAY_LEN(addresses); k++) {
            struct canonical c = canonical(index->arena, addresses[k]);
            if (c.forms[FORM_CUT])
                vec_push(&index->sites, c.forms[FORM_CUT]);
        }
    }
    if (index->sites.len)
        qsort(index->sites.items, index->sites.len, sizeof *index->sites.items,
              by_key);
}

static bool is_site(const struct link_index *index, const char *key)
{
    return index->sites.len &&
           bsearch(&key, index->sites.items, index->sites.len,
                   sizeof *index->sites.items, by_key);
}

static void add_address(struct link_index *index, struct arena *scratch,
                        const char *address, enum rank rank, size_t article)
{
    struct canonical c = canonical(scratch, address);
    for (size_t i = 0; i < FORM_COUNT; i++) {
        const char *key = c.forms[i];
        if (!key || is_site(index, key))
            continue;
        vec_push(&index->places,
                 ((struct place){arena_strdup(index->arena, key),
                                 index->feeds[article], rank, article}));
        rank = RANK_CUT;
    }
}

static void add_entry(struct link_index *index, const struct entry *e,
                      size_t article)
{
    struct arena *scratch = arena_new();
    add_address(index, scratch, e->link, RANK_LINK, article);
    add_address(index, scratch, e->id, RANK_ID, article);
    for (size_t i = 0; i < e->alias_count; i++)
        add_address(index, scratch, e->aliases[i], RANK_ALIAS, article);
    arena_free(scratch);
}

struct link_index *link_index_new(const struct library *l)
{
    struct link_index *index = mem_alloc(sizeof *index);
    index->arena = arena_new();
    index->feeds = mem_alloc(l->entry_count * sizeof *index->feeds);
    add_sites(index, l);
    for (size_t i = 0; i < l->entry_count; i++) {
        const struct entry *e = l->entries[i];
        if (i) /* entries of one feed follow each other */
            index->feeds[i] =
                index->feeds[i - 1] +
                (strcmp(e->feed->id, l->entries[i - 1]->feed->id) != 0);
        add_entry(index, e, i);
    }
    if (index->places.len)
        qsort(index->places.items, index->places.len,
              sizeof *index->places.items, by_all);
    return index;
}

void link_index_free(struct link_index *index)
{
    if (!index)
        return;
    arena_free(index->arena);
    free(index->places.items);
    free(index->sites.items);
    free(index->feeds);
    free(index);
}

/* ---- asking it ---- */

/* The first place that is not before this one; NULL if there is none. */
static const struct place *first_from(const struct link_index *index,
                                      struct place wanted)
{
    size_t first = mem_first_from(&wanted, index->places.items,
                                  index->places.len, sizeof wanted, by_all);
    return first < index->places.len ? &index->places.items[first] : NULL;
}

static bool is_own(const struct link_index *index, const char *key,
                   size_t article)
{
    for (int rank = 0; rank < RANK_COUNT; rank++) {
        struct place own = {key, index->feeds[article], (enum rank)rank,
                            article};
        const struct place *p = first_from(index, own);
        if (p && by_all(p, &own) == 0)
            return true;
    }
    return false;
}

/* What several entries have in common is the address of none of them. */
static bool shared(const struct link_index *index, const struct place *p)
{
    const struct place *end = index->places.items + index->places.len;
    return p->rank == RANK_CUT && p + 1 < end && p[1].feed == p->feed &&
           p[1].article != p->article && strcmp(p[1].key, p->key) == 0;
}

static bool find_key(const struct link_index *index, const char *key,
                     size_t from, size_t *article)
{
    if (is_own(index, key, from)) {
        *article = from;
        return true;
    }
    const size_t feeds[] = {index->feeds[from], 0};
    for (size_t i = 0; i < ARRAY_LEN(feeds); i++) {
        const struct place *p =
            first_from(index, (struct place){.key = key, .feed = feeds[i]});
        bool same = p && strcmp(p->key, key) == 0;
        if (!same || (i == 0 && p->feed != feeds[i]))
            continue;
        *article = p->article;
        return !shared(index, p);
    }
    return false;
}

bool link_index_find(const struct link_index *index, struct arena *arena,
                     const char *address, size_t from,
                     struct link_target *target)
{
    struct canonical c = canonical(arena, address);
    for (size_t i = 0; i < FORM_COUNT; i++) {
        target->fragment = c.fragment && i != FORM_FULL;
        if (c.forms[i] && find_key(index, c.forms[i], from, &target->article))
            return true;
    }
    return false;
}
