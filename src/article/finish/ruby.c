/* Ruby: text, and what is written small beside it, which ends it. */
#include "article/article_int.h"

#include <stdlib.h>

/* Text of so many bytes is no word with its reading. */
enum { RUBY_LARGEST = 4096 };

static bool reasonable(const xmlNode *ruby)
{
    size_t size = 0;
    for (const xmlNode *n = ruby; (n = tree_next(ruby, n));)
        size += tree_is_text(n) ? tree_content(n).n : 1;
    return size <= RUBY_LARGEST;
}

/* What no text follows that it could be read with stands before or after. */
static void trim(xmlNode *ruby)
{
    while (ruby->children &&
           (tree_is_blank(ruby->children) || tree_is(ruby->children, "rt"))) {
        xmlNode *first = ruby->children;
        tree_before(ruby, first);
        if (tree_is(first, "rt"))
            tree_unwrap(first);
    }
    while (ruby->last && !tree_is(ruby->last, "rt"))
        tree_after(ruby, ruby->last);
}

static void unwrap(xmlNode *ruby)
{
    for (xmlNode *n = ruby->children, *next; n; n = next) {
        next = n->next;
        if (tree_is(n, "rt"))
            tree_unwrap(n);
    }
    tree_unwrap(ruby);
}

/* The inner ones first, since an outer one may go. */
void article_ruby(struct maker *m)
{
    VEC(xmlNode *) all = {0};
    const xmlNode *root = xmlDocGetRootElement(m->clean);
    for (xmlNode *n = tree_next(root, root); n; n = tree_next(root, n))
        if (tree_is(n, "ruby"))
            vec_push(&all, n);
    while (all.len) {
        xmlNode *n = all.items[--all.len];
        if (reasonable(n))
            trim(n);
        if (!tree_is(n->last, "rt") || !reasonable(n))
            unwrap(n);
    }
    free(all.items);
}
