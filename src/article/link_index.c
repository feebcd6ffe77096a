#include "article/link_index.h"

#include "base/mem.h"
#include "base/url.h"

#include <stdlib.h>

struct place {
    const char *address; /* canonical */
    size_t article;
};

struct link_index {
    struct arena *arena;
    VEC(struct place) places; /* sorted by address, then article */
};

/* Query parameters that tell where a reader came from, and nothing else. */
static bool tracking(struct str parameter)
{
    static const char *const prefixes[] = {
        "utm_", "fbclid=", "gclid=", "mc_cid=", "mc_eid=", "ref=", "source="};
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
        if (str_starts_nocase(parameter, str_of(prefixes[i])))
            return true;
    return false;
}

static void add_query(struct buf *out, const char *query)
{
    struct str rest = str_of(query), parameter;
    char separator = '?';
    while (str_next(&rest, '&', &parameter)) {
        if (!parameter.n || tracking(parameter))
            continue;
        buf_char(out, separator);
        buf_str(out, parameter);
        separator = '&';
    }
}

/* The address without what differs between addresses of one page; NULL if it
 * is none on the web. */
static const char *canonical(struct arena *arena, struct str address)
{
    const struct url *u = url_parse(arena, address, NULL);
    if (!u || !url_is_web(u))
        return NULL;
    struct str host = str_of(u->host), path = str_of(u->path);
    if (str_starts(host, STR("www.")))
        host = str_sub(host, 4, host.n);
    while (path.n && path.p[path.n - 1] == '/')
        path.n--;
    struct buf text = buf_make(BUF_LINE);
    buf_str(&text, host);
    if (u->port >= 0)
        buf_printf(&text, ":%d", u->port);
    buf_str(&text, path);
    if (u->query)
        add_query(&text, u->query);
    const char *copy = arena_str(arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

static int by_address(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int c = strcmp(x->address, y->address);
    return c ? c : (x->article > y->article) - (x->article < y->article);
}

static void add(struct link_index *index, struct arena *scratch,
                const char *address, size_t article)
{
    const char *key = address ? canonical(scratch, str_of(address)) : NULL;
    if (key)
        vec_push(&index->places,
                 ((struct place){arena_strdup(index->arena, key), article}));
}

struct link_index *link_index_new(const struct library *l)
{
    struct link_index *index = mem_alloc(sizeof *index);
    index->arena = arena_new();
    for (size_t i = 0; i < l->entry_count; i++) {
        struct arena *scratch = arena_new();
        add(index, scratch, l->entries[i]->link, i);
        add(index, scratch, l->entries[i]->id, i);
        arena_free(scratch);
    }
    if (index->places.len)
        qsort(index->places.items, index->places.len,
              sizeof *index->places.items, by_address);
    return index;
}

void link_index_free(struct link_index *index)
{
    if (!index)
        return;
    arena_free(index->arena);
    free(index->places.items);
    free(index);
}

bool link_index_find(const struct link_index *index, struct arena *arena,
                     const char *address, size_t *article)
{
    const char *key = canonical(arena, str_of(address));
    size_t low = 0, high = index->places.len;
    while (key && low < high) {
        size_t mid = (low + high) / 2;
        if (strcmp(index->places.items[mid].address, key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (!key || low == index->places.len ||
        strcmp(index->places.items[low].address, key) != 0)
        return false;
    *article = index->places.items[low].article;
    return true;
}
