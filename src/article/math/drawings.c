/* Drawings in the text (SVG): icons go; styles become attributes; the ids of
 * each are its own, so that no two drawings are mixed up; labels of HTML become
 * text that is drawn, and pictures stand after the drawing. What may be drawn
 * at all is for the content model to say. */
#include "article/article_int.h"
#include "article/math/drawing_style.h"
#include "article/model/model.h"
#include "article/style/css.h"

#include <stdlib.h>

/* Longest side of what adorns a line of text, in hundredths of a pixel. */
enum { ICON_SIDE = 3200 };

struct drawer {
    struct maker *maker;
    struct drawing_sheet *sheet; /* of the drawing at hand */
    size_t number;               /* of drawings so far */
    const xmlNode *link;         /* the one looked at last … */
    bool link_says;              /* … and whether there are words in it */
};

/* ---- icons ---- */

/* A length in hundredths of a pixel, which is what a bare number means. */
static int length_of(struct str value)
{
    enum { LARGEST = 100000 };
    value = str_trim(value);
    if (!value.n || !chr_digit((unsigned char)value.p[value.n - 1]))
        return css_length(value);
    long number = strtol(value.p, NULL, 10);
    return number > -LARGEST && number < LARGEST ? (int)number * 100 : 0;
}

/* The longer side that the drawing states; 0: it states none. */
static int stated_side(const xmlNode *svg)
{
    static const char *const sides[] = {"width", "height"};
    int longest = 0;
    for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
        struct str value = str_trim(tree_attr(svg, sides[i]));
        int length = str_ends(value, STR("%")) ? 0 : length_of(value);
        if (length > longest)
            longest = length;
    }
    return longest;
}

/* Is it made on the small grid that icons are made on? */
static bool small_box(const xmlNode *svg)
{
    struct str box = tree_attr(svg, "viewBox"), number;
    int sides[4] = {0};
    for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
        if (!str_next_word(&box, &number))
            return false;
        sides[i] = length_of(number);
    }
    return sides[2] > 0 && sides[2] <= ICON_SIDE && sides[3] > 0 &&
           sides[3] <= ICON_SIDE;
}

static bool named_icon(const xmlNode *svg)
{
    struct str names = tree_attr(svg, "class");
    return str_find_nocase(names, STR("icon")) < names.n;
}

/* Words stand beside it in what is pressed. */
static bool adorns_link(struct drawer *d, const xmlNode *svg)
{
    const xmlNode *n = svg->parent;
    while (tree_is_element(n) && !tree_is(n, "a") && !tree_is(n, "button"))
        n = n->parent;
    if (!tree_is_element(n))
        return false;
    if (n != d->link) {
        d->link = n;
        d->link_says = false;
        for (const xmlNode *at = n; !d->link_says && (at = tree_next(n, at));)
            d->link_says = tree_is_text(at) && !tree_foreign(at->parent) &&
                           !str_blank(tree_content(at));
    }
    return d->link_says || tree_is(n, "button");
}

static bool is_icon(struct drawer *d, const xmlNode *svg)
{
    int side = stated_side(svg);
    if (tree_attr(svg, "#formula").p) /* article/math/formulas.c says so */
        return false;
    if (side)
        return side <= ICON_SIDE;
    return small_box(svg) || named_icon(svg) || adorns_link(d, svg) ||
           str_eq_nocase(tree_attr(svg, "aria-hidden"), STR("true"));
}

/* The words that are drawn. */
static void gather(const xmlNode *n, bool in_text, struct buf *out)
{
    if (tree_is_text(n) && in_text)
        buf_str(out, tree_content(n));
    if (!tree_is_element(n) || model_of(n)->role == ROLE_DROP ||
        model_of(n)->category & CAT_SERVER)
        return;
    in_text |= tree_is_svg(n, "text") || tree_is_svg(n, "foreignObject");
    for (const xmlNode *child = n->children; child; child = child->next)
        gather(child, in_text, out);
    buf_char(out, ' ');
}

static bool drop_icon(struct drawer *d, xmlNode *svg)
{
    struct buf words = buf_make(BUF_BODY);
    gather(svg, false, &words);
    bool dropped = rule_words(d->maker, RULE_ICON, buf_view(&words));
    buf_free(&words);
    if (dropped)
        tree_drop(svg);
    return dropped;
}

/* ---- styles, labels, pictures ---- */

static void set_middle(struct drawer *d, xmlNode *text, const char *name,
                       const char *side)
{
    int start = length_of(tree_attr(text, name));
    int length = length_of(tree_attr(text, side));
    int middle = (start + length / 2) / 100;
    tree_set_attr(text, name,
                  str_of(arena_printf(d->maker->arena, "%d", middle)));
}

/* HTML in a box of the drawing: its words in the middle of the box. */
static void make_label(struct drawer *d, xmlNode *n)
{
    set_middle(d, n, "x", "width");
    set_middle(d, n, "y", "height");
    tree_set_attr(n, "text-anchor", STR("middle"));
    tree_set_attr(n, "dy", STR("0.35em")); /* half of a letter's height */
    tree_rename(n, "text");
}

static struct str address_of(const xmlNode *n)
{
    struct str address = tree_attr(n, "href");
    return str_trim(address.p ? address : tree_attr(n, "xlink:href"));
}

/* A picture that the drawing shows: it cannot come from elsewhere. */
static void move_picture(xmlNode *svg, xmlNode *image)
{
    struct str address = address_of(image);
    if (!address.n || address.p[0] == '#')
        return;
    xmlNode *img = tree_element(svg->doc, "img");
    tree_set_attr(img, "src", address);
    tree_after(svg, img);
}

/* ---- ids ---- */

struct name {
    struct str id; /* in the source */
    xmlNode *node;
    size_t order;
    bool used;
};

struct names {
    struct name *items;
    size_t len, cap;
};

static int by_id(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    int c = str_cmp(x->id, y->id);
    return c ? c : (x->order > y->order) - (x->order < y->order);
}

/* The first of several equal ones, as in a page. */
static struct name *find(const struct names *names, struct str id)
{
    const struct name key = {.id = id};
    size_t first =
        mem_first_from(&key, names->items, names->len, sizeof key, by_id);
    return first < names->len && str_eq(names->items[first].id, id)
               ? &names->items[first]
               : NULL;
}

static const char *own_name(const struct drawer *d, const struct names *names,
                            const struct name *name)
{
    return arena_printf(d->maker->arena, "d%zu-%zu", d->number,
                        (size_t)(name - names->items) + 1);
}

/* Take "url(#id)" off the front of a value; *rest is what follows. p is NULL
 * if the value is none; an address elsewhere gives an id that nothing has. */
static struct str take_url(struct str value, struct str *rest)
{
    static const struct str start = {"url(", 4};
    if (!str_starts_nocase(value, start))
        return (struct str){NULL, 0};
    size_t end = str_chr(value, ')');
    struct str id = str_trim(str_sub(value, start.n, end - start.n));
    *rest = str_trim(str_sub(value, end + 1, value.n));
    if (id.n > 1 && (id.p[0] == '"' || id.p[0] == '\''))
        id = str_sub(id, 1, id.n - 2);
    return id.n && id.p[0] == '#' ? str_sub(id, 1, id.n) : STR("");
}

/* The value with the drawing's own name for what it refers to; p is NULL if it
 * is no reference. */
static struct str renamed(const struct drawer *d, const struct names *names,
                          const char *attribute, struct str value)
{
    struct str rest = {NULL, 0}, id = take_url(value, &rest);
    bool url = id.p != NULL;
    if (!url && strcmp(attribute, "href") != 0 &&
        strcmp(attribute, "xlink:href") != 0)
        return id;
    if (!url)
        id =
            value.n && value.p[0] == '#' ? str_sub(value, 1, value.n) : STR("");
    struct name *name = find(names, id);
    if (!name && url) /* a paint may say what to take instead */
        return rest.n ? rest : STR("none");
    if (!name)
        return STR("");
    name->used = true;
    return str_of(arena_printf(d->maker->arena, url ? "url(#%s)" : "#%s",
                               own_name(d, names, name)));
}

static void rename_references(const struct drawer *d, const struct names *names,
                              xmlNode *n)
{
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        const char *name = (const char *)a->name;
        struct str value =
            renamed(d, names, name, str_trim(tree_attr(n, name)));
        if (value.p)
            tree_set_attr(n, name, value);
    }
}

/* ---- the pass ---- */

static void prepare(struct drawer *d, xmlNode *svg, xmlNode *n,
                    struct names *names)
{
    struct str id = tree_attr(n, "id");
    if (tree_space(n) != SPACE_SVG)
        return;
    drawing_style(d->sheet, n);
    if (id.n && n != svg)
        vec_push(names, ((struct name){arena_view(d->maker->arena, id), n,
                                       names->len, false}));
    if (tree_is_svg(n, "foreignObject"))
        make_label(d, n);
    else if (tree_is_svg(n, "image"))
        move_picture(svg, n);
    else if (tree_is_svg(n, "stop") && !tree_attr(n, "offset").p)
        tree_set_attr(n, "offset", STR("0"));
}

/* Of all ids, those that something in the drawing refers to are kept. */
static void make_drawing(struct drawer *d, xmlNode *svg)
{
    struct names names = {0};
    d->number++;
    d->sheet = drawing_sheet_make(d->maker->arena, svg);
    for (xmlNode *n = svg; n; n = tree_next(svg, n))
        if (tree_is_element(n))
            prepare(d, svg, n, &names);
    if (names.len)
        qsort(names.items, names.len, sizeof *names.items, by_id);
    for (xmlNode *n = svg; n; n = tree_next(svg, n))
        if (tree_is_element(n) && tree_space(n) == SPACE_SVG)
            rename_references(d, &names, n);
    for (size_t i = 0; i < names.len; i++) {
        const struct name *name = &names.items[i];
        tree_drop_attr(name->node, "id");
        if (name->used)
            tree_set_attr(name->node, "id", str_of(own_name(d, &names, name)));
    }
    free(names.items);
}

void article_drawings(struct maker *m)
{
    struct drawer d = {.maker = m};
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        bool unseen = tree_is_element(n) && model_of(n)->role == ROLE_DROP;
        next = unseen ? tree_skip(root, n) : tree_next(root, n);
        if (!tree_is_svg(n, "svg"))
            continue;
        next = tree_skip(root, n);
        if (!is_icon(&d, n) || !drop_icon(&d, n))
            make_drawing(&d, n);
    }
}
