/* Pictures that only a style shows: the background of an element that holds
 * nothing else. */
#include "article/article_int.h"
#include "article/picture/picture_address.h"
#include "article/style/css.h"

/* What the style says: the background's address, and whether the element has
 * a height of its own; without one a browser shows nothing of it. */
struct background {
    struct str address;
    bool sized;
    bool repeated;
};

/* The address in "url(…)", without its quotes. */
static struct str url_in(struct str part)
{
    if (!str_starts_nocase(part, STR("url(")) || !str_ends(part, STR(")")))
        return (struct str){NULL, 0};
    struct str inner = str_trim(str_sub(part, 4, part.n - 5));
    if (inner.n > 1 && (*inner.p == '"' || *inner.p == '\'') &&
        inner.p[inner.n - 1] == *inner.p)
        inner = str_sub(inner, 1, inner.n - 2);
    return inner;
}

static void read_background(struct str value, struct background *b)
{
    struct str part;
    while (css_next_part(&value, &part)) {
        struct str address = url_in(part);
        if (address.n)
            b->address = address;
        b->repeated = b->repeated || css_is(part, STR("repeat")) ||
                      css_is(part, STR("repeat-x")) ||
                      css_is(part, STR("repeat-y"));
    }
}

static struct background background_of(const xmlNode *n)
{
    static const char *const heights[] = {"height", "min-height",
                                          "padding-bottom", "padding-top",
                                          "aspect-ratio"};
    struct background b = {.address = {NULL, 0}};
    struct str rest = tree_attr(n, "style");
    struct css_declaration d;
    while (css_next(&rest, &d)) {
        if (css_is(d.name, STR("background")) ||
            css_is(d.name, STR("background-image")))
            read_background(d.value, &b);
        for (size_t i = 0; i < ARRAY_LEN(heights); i++)
            b.sized = b.sized || css_is(d.name, str_of(heights[i]));
    }
    return b;
}

static bool is_real(struct str address)
{
    return address.n && !str_starts_nocase(address, STR("data:")) &&
           picture_use(address) == PICTURE_REAL;
}

/* The element that is the picture's place says so, by its size, its role or
 * the figure around it. A data: address is a blur or a blank. */
static bool is_shown(const xmlNode *n, const struct background *b)
{
    return is_real(b->address) && !b->repeated &&
           (b->sized || tree_is(n->parent, "figure") ||
            str_eq_nocase(tree_attr(n, "role"), STR("img")));
}

static bool may_be_place(const xmlNode *n)
{
    static const char *const names[] = {"div", "span",    "a", "figure",
                                        "i",   "section", NULL};
    const xmlNode *only = n->children;
    return tree_is_one_of(n, names) && tree_attr(n, "style").n &&
           (!only || (!only->next && tree_is_blank(only)));
}

/* Behind a blank poster, a video's background is its picture. */
static void give_poster(struct maker *m, xmlNode *video)
{
    struct str poster = str_trim(tree_attr(video, "poster"));
    struct background b = background_of(video);
    if (is_real(b.address) && !is_real(poster) &&
        (!poster.n || rule_applies(m, RULE_SPACER)))
        tree_set_attr(video, "poster", b.address);
}

void article_backgrounds(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (xmlNode *n = tree_next(root, root); n; n = tree_next(root, n)) {
        if (tree_is(n, "video"))
            give_poster(m, n);
        if (!may_be_place(n))
            continue;
        struct background b = background_of(n);
        if (!is_shown(n, &b))
            continue;
        xmlNode *img = tree_element(n->doc, "img");
        struct str label = tree_attr(n, "aria-label");
        tree_set_attr(img, "src", b.address);
        if (label.p)
            tree_set_attr(img, "alt", label);
        tree_append(n, img);
    }
}
