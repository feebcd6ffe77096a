/* Frames whose document stands in an attribute: browsers show it in its place.
 * A document within such a document is not looked for. */
#include "article/article_int.h"
#include "xml/html.h"

static unsigned depth_of(const xmlNode *n)
{
    unsigned depth = 0;
    for (; tree_is_element(n); n = n->parent)
        depth++;
    return depth;
}

/* Unwrap elements below n, which lies at `depth`, that are too deep. */
static void flatten(xmlNode *n, unsigned depth)
{
    for (xmlNode *child = n->children, *next; child; child = next) {
        next = child->next;
        if (!tree_is_element(child))
            continue;
        flatten(child, depth + 1);
        if (depth + 1 >= HTML_DEPTH)
            tree_unwrap(child);
    }
}

static void show(xmlNode *frame, struct str document)
{
    xmlDoc *doc = html_parse(document);
    xmlNode *shown = tree_element(frame->doc, "#frame");
    tree_before(frame, shown);
    for (const xmlAttr *a = frame->properties; a; a = a->next)
        tree_set_attr(shown, (const char *)a->name,
                      tree_attr(frame, (const char *)a->name));
    tree_drop_attr(shown, "srcdoc");
    const xmlNode *body = xmlDocGetRootElement(doc);
    for (const xmlNode *n = body->children; n; n = n->next)
        tree_append(shown, tree_copy(frame->doc, n));
    flatten(shown, depth_of(shown));
    tree_drop(frame);
    tree_free(doc);
}

void article_documents(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_is(n, "iframe") ? tree_skip(root, n) : tree_next(root, n);
        if (!tree_is(n, "iframe"))
            continue;
        struct str document = tree_attr(n, "srcdoc");
        if (!str_blank(document))
            show(n, document);
    }
}
