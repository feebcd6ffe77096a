/* A drawing that has been built: what it refers to must be in it, it must fit
 * the page, and it must show something. */
#include "article/clean/clean.h"

#include <stdlib.h>

/* ---- references ---- */

struct target {
    struct str id;
    const xmlNode *node;
    bool uses; /* a use is in it: one in a use could draw without end */
};

struct targets {
    struct target *items;
    size_t len, cap;
};

/* Note all ids from n on; true if a use is among it. */
static bool collect(struct targets *t, const xmlNode *n)
{
    bool uses = tree_is_svg(n, "use");
    for (const xmlNode *child = n->children; child; child = child->next)
        if (tree_is_element(child))
            uses |= collect(t, child);
    struct str id = tree_attr(n, "id");
    if (id.p)
        vec_push(t, ((struct target){id, n, uses}));
    return uses;
}

static int by_id(const void *a, const void *b)
{
    return str_cmp(((const struct target *)a)->id,
                   ((const struct target *)b)->id);
}

/* The id that the attribute's value refers to; p is NULL if it is no
 * reference. */
static struct str reference(struct str name, struct str value)
{
    static const struct str start = {"url(#", 5};
    if (str_starts(value, start))
        return str_sub(value, start.n, value.n - start.n - 1);
    if (str_eq(name, STR("xlink:href")))
        return str_sub(value, 1, value.n);
    return (struct str){NULL, 0};
}

static bool leads(const struct targets *t, const xmlNode *n, const char *name,
                  struct str id)
{
    const struct target key = {.id = id};
    const struct target *found =
        t->len ? bsearch(&key, t->items, t->len, sizeof key, by_id) : NULL;
    if (!found || (found->uses && tree_is_svg(n, "use")))
        return false;
    const struct attribute_model *row = model_attribute(model_of(n), name);
    struct str rest = str_of(row->words), word;
    while (str_next_word(&rest, &word))
        if (str_eq(word, tree_name(found->node)))
            return true;
    return false;
}

/* A paint that leads nowhere paints nothing. */
static void lose(xmlNode *n, const struct str *name)
{
    if (str_eq(*name, STR("fill")) || str_eq(*name, STR("stroke")))
        tree_set_attr(n, name->p, STR("none"));
    else
        tree_drop_attr(n, name->p);
}

static void check_references(const struct targets *t, xmlNode *n)
{
    for (xmlAttr *a = n->properties, *next; a; a = next) {
        next = a->next;
        struct str name = str_of((const char *)a->name);
        struct str id = reference(name, tree_attr(n, name.p));
        if (id.p && !leads(t, n, name.p, id))
            lose(n, &name);
    }
}

static void follow_references(xmlNode *svg)
{
    struct targets targets = {0};
    collect(&targets, svg);
    if (targets.len)
        qsort(targets.items, targets.len, sizeof *targets.items, by_id);
    for (xmlNode *n = svg, *next; n; n = next) {
        if (tree_is_element(n))
            check_references(&targets, n);
        next = tree_next(svg, n);
        if (tree_is_svg(n, "use") && !tree_attr(n, "xlink:href").p)
            tree_drop(n);
    }
    free(targets.items);
}

/* ---- size and label ---- */

/* A length that is more than nothing, without its unit; else p is NULL. */
static struct str length_of(struct str value, struct str *unit)
{
    size_t n = 0;
    bool any = false;
    while (n < value.n &&
           (chr_digit((unsigned char)value.p[n]) || value.p[n] == '.')) {
        any |= value.p[n] >= '1' && value.p[n] <= '9';
        n++;
    }
    *unit = str_sub(value, n, value.n);
    return any ? str_sub(value, 0, n) : (struct str){NULL, 0};
}

/* A drawing without a viewBox is cut off, not scaled, where it does not fit.
 * A part of the place that it had on its page means nothing in a book. */
static void set_size(struct cleaner *c, xmlNode *svg)
{
    static const char *const sides[] = {"width", "height"};
    struct str size[ARRAY_LEN(sides)];
    bool pixels = !tree_attr(svg, "viewBox").p;
    for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
        struct str unit, value = tree_attr(svg, sides[i]);
        size[i] = length_of(value, &unit);
        if (value.p && (!size[i].p || str_eq(unit, STR("%"))))
            tree_drop_attr(svg, sides[i]);
        pixels &= size[i].p && (!unit.n || str_eq(unit, STR("px")));
    }
    if (pixels)
        tree_set_attr(svg, "viewBox",
                      str_of(arena_printf(c->maker->arena, "0 0 %.*s %.*s",
                                          STR_ARG(size[0]), STR_ARG(size[1]))));
}

static const xmlNode *title_of(const xmlNode *source)
{
    for (const xmlNode *n = source->children; n; n = n->next)
        if (tree_is_svg(n, "title"))
            return n;
    return NULL;
}

static void set_label(xmlNode *svg, const xmlNode *source)
{
    struct buf label = buf_make(BUF_LINE);
    struct str said = tree_attr(source, "aria-label");
    const xmlNode *title = title_of(source);
    buf_collapse(&label, said);
    if (!said.n && title)
        tree_line(title, &label);
    if (label.len) {
        tree_set_attr(svg, "role", STR("img"));
        tree_set_attr(svg, "aria-label", buf_view(&label));
    }
    buf_free(&label);
}

/* Is anything drawn that is not only there to be referred to? */
static bool shows(const xmlNode *svg)
{
    for (const xmlNode *n = tree_next(svg, svg); n;) {
        unsigned category = tree_is_element(n) ? model_of(n)->category : 0;
        if ((category & CAT_SHAPE) &&
            !(tree_is_svg(n, "text") && tree_empty(n, NULL)))
            return true;
        n = category & CAT_SERVER ? tree_skip(svg, n) : tree_next(svg, n);
    }
    return false;
}

bool clean_drawing(struct cleaner *c, xmlNode *svg, const xmlNode *source)
{
    follow_references(svg);
    set_size(c, svg);
    set_label(svg, source);
    return shows(svg);
}
