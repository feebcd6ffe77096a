#include "net/fetch_origins.h"

#include "base/mem.h"
#include "base/names.h"

#include <stdlib.h>
#include <string.h>

/* Troubles in a row that are none of single requests any more. */
enum { ROW_MAX = 12 };

struct origin {
    uint64_t troubles, rests; /* in a row */
    bool good;                /* something was had from it */
    char *detail;             /* of the last trouble; NULL for none */
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

static void set_detail(struct origin *origin, const char *detail)
{
    free(origin->detail);
    origin->detail = detail ? mem_dup(detail, strlen(detail)) : NULL;
}

void origins_well(struct origins *o, const struct url *url)
{
    struct origin *origin = find(o, url);
    set_detail(origin, NULL);
    origin->troubles = origin->rests = 0;
    origin->good = true;
}

bool origins_trouble(struct origins *o, const struct url *url, bool whole,
                     const char *detail)
{
    struct origin *origin = find(o, url);
    set_detail(origin, detail);
    origin->troubles++;
    return whole || !origin->good || origin->troubles > ROW_MAX;
}

uint64_t origins_rest(struct origins *o, const struct url *url)
{
    return ++find(o, url)->rests;
}

uint64_t origins_rests(struct origins *o, const struct url *url)
{
    return find(o, url)->rests;
}

void origins_give_up(struct origins *o, const struct url *url)
{
    find(o, url)->rests = o->patience + 1;
}

const char *origins_given_up(struct origins *o, const struct url *url)
{
    const struct origin *origin = find(o, url);
    return origin->rests > o->patience ? origin->detail : NULL;
}
