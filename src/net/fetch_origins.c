#include "net/fetch_origins.h"

#include "base/mem.h"
#include "base/names.h"

#include <stdlib.h>
#include <string.h>

struct origin {
    uint64_t row; /* of troubles */
    char *detail; /* of the last one; NULL for none */
};

struct origins {
    uint64_t patience;
    struct names *names;
    VEC(struct origin) list; /* by number of name */
};

struct origins *origins_new(uint64_t patience)
{
    struct origins *o = mem_alloc(sizeof *o);
    o->patience = patience;
    o->names = names_new();
    return o;
}

void origins_free(struct origins *o)
{
    if (!o)
        return;
    for (size_t i = 0; i < o->list.len; i++)
        free(o->list.items[i].detail);
    free(o->list.items);
    names_free(o->names);
    free(o);
}

static struct origin *find(struct origins *o, const struct url *url)
{
    struct arena *a = arena_new();
    size_t number = names_number(
        o->names, arena_printf(a, "%s://%s:%d", url->scheme,
                               url->host ? url->host : "", url->port));
    arena_free(a);
    if (number == o->list.len) {
        struct origin fresh = {0};
        vec_push(&o->list, fresh);
    }
    return &o->list.items[number];
}

static void set(struct origin *origin, uint64_t row, const char *detail)
{
    free(origin->detail);
    origin->detail = detail ? mem_dup(detail, strlen(detail)) : NULL;
    origin->row = row;
}

void origins_trouble(struct origins *o, const struct url *url,
                     const char *detail)
{
    struct origin *origin = find(o, url);
    set(origin, origin->row + 1, detail);
}

uint64_t origins_row(struct origins *o, const struct url *url)
{
    return find(o, url)->row;
}

void origins_well(struct origins *o, const struct url *url)
{
    set(find(o, url), 0, NULL);
}

void origins_give_up(struct origins *o, const struct url *url,
                     const char *detail)
{
    set(find(o, url), o->patience + 1, detail);
}

const char *origins_given_up(struct origins *o, const struct url *url)
{
    const struct origin *origin = find(o, url);
    return origin->row > o->patience ? origin->detail : NULL;
}
