/* What no browser shows, and what platforms leave behind. */
#include "article/article_int.h"
#include "article/style/look.h"

bool node_hidden(const xmlNode *n)
{
    return n->properties && (tree_attr(n, "hidden").p || look_hides(n));
}

void article_prune(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        if (tree_is_element(n) && node_hidden(n)) {
            next = tree_skip(root, n);
            tree_drop(n);
        }
    }
}
