/* Ids: valid, unique, and with all references following. */
#include "article/article_int.h"

#include "base/hash.h"

#include <stdlib.h>

/* Ids that begin so are the chapter page's own. */
#define RESERVED STR("fb-")

/* Enough that nobody makes two ids with one name. */
enum { HASH_DIGITS = 24 };

/* An id that every reader takes: ASCII, an NCName (XML Names, section 3). */
static bool plain_id(struct str id)
{
    if (!id.n || id.n > 128 ||
        (!chr_alpha((unsigned char)id.p[0]) && id.p[0] != '_'))
        return false;
    for (size_t i = 0; i < id.n; i++)
        if (!chr_alpha((unsigned char)id.p[i]) &&
            !chr_digit((unsigned char)id.p[i]) && !strchr("-_.", id.p[i]))
            return false;
    return !str_starts(id, RESERVED) && !str_starts(id, STR("x-"));
}

const char *anchor_name(struct arena *arena, struct str source)
{
    if (plain_id(source))
        return arena_str(arena, source);
    struct hex hash = hash_bytes(source);
    return arena_printf(arena, "x-%.*s", HASH_DIGITS, hash.text);
}

static int by_source(const void *a, const void *b)
{
    return str_cmp(((const struct anchor *)a)->source,
                   ((const struct anchor *)b)->source);
}

static struct str id_of(const xmlNode *n)
{
    struct str id = str_trim(tree_attr(n, "id"));
    return id.n || !tree_is(n, "a") ? id : str_trim(tree_attr(n, "name"));
}

const char *anchor_find(const struct maker *m, struct str source)
{
    const struct anchor key = {.source = source};
    const struct anchor *found =
        m->anchors.len ? bsearch(&key, m->anchors.items, m->anchors.len,
                                 sizeof key, by_source)
                       : NULL;
    return found ? found->name : NULL;
}

/* An id and the element that has it, in document order. */
struct use {
    struct str id;
    xmlNode *node;
    size_t order;
};

static int by_id(const void *a, const void *b)
{
    const struct use *x = a, *y = b;
    int c = str_cmp(x->id, y->id);
    return c ? c : (x->order > y->order) - (x->order < y->order);
}

/* The first of several equal ids wins. */
void article_anchors(struct maker *m)
{
    VEC(struct use) uses = {0};
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (xmlNode *n = tree_next(root, root); n; n = tree_next(root, n)) {
        if (!tree_is_element(n) || !n->properties)
            continue;
        struct str id = id_of(n);
        if (id.n)
            vec_push(&uses,
                     ((struct use){arena_view(m->arena, id), n, uses.len}));
        tree_drop_attr(n, "id");
    }
    if (uses.len)
        qsort(uses.items, uses.len, sizeof *uses.items, by_id);
    for (size_t i = 0; i < uses.len; i++) {
        const struct use *u = &uses.items[i];
        if (i && str_eq(u->id, uses.items[i - 1].id))
            continue;
        const char *name = anchor_name(m->arena, u->id);
        tree_set_attr(u->node, "id", str_of(name));
        vec_push(&m->anchors, ((struct anchor){u->id, name}));
    }
    free(uses.items);
}
