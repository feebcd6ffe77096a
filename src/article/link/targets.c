/* Links may lead to what the book has no element for, or one of another kind:
 * a player, a picture, a column. An empty span in its place keeps the id. */
#include "article/article_int.h"
#include "article/model/model.h"

#include <stdlib.h>

/* What something else stands for in the book, or nothing. */
static bool is_replaced(const xmlNode *n)
{
    static const char *const names[] = {
        "audio", "br",     "canvas",  "embed",    "iframe", "img", "input",
        "meter", "object", "picture", "progress", "video",  "wbr", NULL};
    return tree_is_one_of(n, names);
}

/* What a table has, in which no span can stand. */
static bool is_part(const xmlNode *n)
{
    static const char *const names[] = {"col",   "colgroup", "tbody",
                                        "tfoot", "thead",    NULL};
    return tree_is_one_of(n, names);
}

static xmlNode *target(xmlNode *n, struct str id)
{
    xmlNode *span = tree_element(n->doc, "span");
    tree_set_attr(span, "id", id);
    return span;
}

/* An id of the element becomes that of a span before it. */
static void move_before(struct maker *m, xmlNode *n, const char *attribute)
{
    struct str id = arena_view(m->arena, tree_attr(n, attribute));
    tree_drop_attr(n, attribute);
    tree_before(n, target(n, id));
}

bool target_keep(struct maker *m, xmlNode *n)
{
    if (tree_attr(n, "id").n)
        move_before(m, n, "id");
    else if (tree_is(n, "a") && tree_attr(n, "name").n)
        move_before(m, n, "name");
    else
        return false;
    return true;
}

static void move_into(xmlNode *cell, struct str id)
{
    xmlNode *span = target(cell, id);
    if (cell->children)
        tree_before(cell->children, span);
    else
        tree_append(cell, span);
}

/* Both names of an a that has two are to be found. */
static bool has_two(const xmlNode *n)
{
    struct str id = tree_attr(n, "id"), name = tree_attr(n, "name");
    return tree_is(n, "a") && id.n && name.n && !str_eq(id, name);
}

void article_targets(struct maker *m)
{
    VEC(struct str) waiting = {0}; /* for the next cell */
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (xmlNode *n = tree_next(root, root); n; n = tree_next(root, n)) {
        if (!tree_is_element(n) || tree_foreign(n))
            continue;
        if (tree_is(n, "table"))
            waiting.len = 0;
        for (; model_is(n, CAT_CELL) && waiting.len; waiting.len--)
            move_into(n, waiting.items[waiting.len - 1]);
        if (has_two(n)) {
            move_before(m, n, "name");
        } else if (tree_attr(n, "id").n && is_part(n)) {
            vec_push(&waiting, arena_view(m->arena, tree_attr(n, "id")));
            tree_drop_attr(n, "id");
        } else if (tree_attr(n, "id").n && is_replaced(n)) {
            move_before(m, n, "id");
        }
    }
    free(waiting.items);
}
