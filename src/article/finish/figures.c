/* Pictures and their settings: which of them stand alone, and become figures,
 * and which share a line. */
#include "article/article_int.h"
#include "article/model/model.h"

#include <stdlib.h>

static size_t number_of(const xmlNode *hole)
{
    return strtoul(tree_attr(hole, "n").p, NULL, 10);
}

/* The pictures below n if there is nothing else but links, emphasis and white
 * space around them, 2 standing for all that are more; 0 if there is. */
static unsigned pictures_only(const xmlNode *n)
{
    unsigned count = 0;
    for (const xmlNode *at = n; count < 2 && (at = tree_next(n, at));) {
        if (tree_is(at, "#image"))
            count++;
        else if (tree_is_words(at))
            return 0;
        else if (tree_is(at, "span") && tree_attr(at, "id").p)
            return 0;
    }
    return count;
}

static const xmlNode *link_around(const xmlNode *n)
{
    for (; tree_is_element(n); n = n->parent)
        if (tree_is(n, "a") || tree_is(n, "#link"))
            return n;
    return NULL;
}

/* A link needs words that say where it leads. Around a picture without an
 * alternative text, the site's name says so. */
static const char *link_site(struct maker *m, const xmlNode *link)
{
    struct str href = tree_attr(link, "href");
    if (!href.n || pictures_only(link) != 1)
        return NULL;
    const struct url *u = url_parse(m->arena, href, NULL);
    return u ? url_site(m->arena, u) : NULL;
}

static void note_setting(struct maker *m, const xmlNode *hole,
                         const xmlNode *block)
{
    static const enum image_setting settings[] = {IMAGE_LINE, IMAGE_ALONE,
                                                  IMAGE_ROW};
    struct image_ref *ref = &m->images.items[number_of(hole)];
    const xmlNode *link = link_around(hole);
    ref->in_link = link != NULL;
    ref->setting = settings[pictures_only(block)];
    if (link && !*ref->alt)
        ref->site = link_site(m, link);
}

/* The id stays whatever becomes of the picture. */
static void keep_id(xmlNode *n)
{
    struct str id = tree_attr(n, "id");
    if (!id.p)
        return;
    xmlNode *around = tree_wrap(n, "div");
    tree_set_attr(around, "id", id);
    tree_drop_attr(n, "id");
}

/* p with one picture, outside of a figure: the picture is the figure. */
static void make_figure(xmlNode *p)
{
    bool inside = tree_is(p->parent, "figure");
    keep_id(p);
    tree_rename(p, inside ? "#picture" : "#figure");
}

static bool has_caption(const xmlNode *figure)
{
    for (const xmlNode *n = figure->children; n; n = n->next)
        if (tree_is(n, "figcaption"))
            return true;
    return false;
}

static bool in_figure(const xmlNode *n)
{
    for (n = n->parent; tree_is_element(n); n = n->parent)
        if (tree_is(n, "figure"))
            return true;
    return false;
}

static bool starts_with_code(const xmlNode *figure)
{
    const xmlNode *n = figure->children;
    if (tree_is(n, "p") && tree_has_class(n, "code-label"))
        n = n->next;
    return tree_is(n, "pre");
}

/* A figure that holds one picture and no words is made anew around it; so is
 * one without a picture or caption, for the same reason: it says nothing that
 * its content does not. */
static bool is_plain(const xmlNode *figure)
{
    return !has_caption(figure) && !tree_attr(figure, "id").p &&
           (pictures_only(figure) > 0 || starts_with_code(figure) ||
            tree_is(figure->children, "div") ||
            tree_is(figure->children, "table"));
}

/* The nearest block around a hole. */
static xmlNode *block_around(xmlNode *hole)
{
    xmlNode *n = hole->parent;
    for (;;) {
        enum role role = model_of(n)->role;
        if (role != ROLE_PHRASING && role != ROLE_SPAN)
            return n;
        n = n->parent;
    }
}

/* Number the pictures anew, in the order in which they stand in the clean
 * tree: cleaning may have moved some, as it does a table's foot. */
static void renumber(struct maker *m, const xmlNode *root)
{
    struct image_ref *old = m->images.items;
    m->images.items = NULL;
    m->images.len = m->images.cap = 0;
    for (xmlNode *n = tree_next(root, root); n; n = tree_next(root, n)) {
        if (!tree_is(n, "#image"))
            continue;
        struct image_ref ref = old[number_of(n)];
        const char *number = arena_printf(m->arena, "%zu", m->images.len);
        tree_set_attr(n, "n", str_of(number));
        vec_push(&m->images, ref);
    }
    free(old);
}

void article_figures(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->clean);
    renumber(m, root);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        if (tree_is(n, "figure") && is_plain(n))
            tree_unwrap(n);
    }
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        if (!tree_is(n, "#image"))
            continue;
        xmlNode *block = block_around(n);
        note_setting(m, n, block);
        if (pictures_only(block) == 1 && tree_is(block, "p") &&
            (tree_is(block->parent, "figure") || !in_figure(block)))
            make_figure(block);
    }
}
