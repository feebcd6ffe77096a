/* Formulas and drawings: rebuilt against their own vocabulary's table, and
 * placed in the text as one word would be. */
#include "article/clean/clean.h"
#include "article/model/attrs.h"
#include "xml/write.h"

#include <stdlib.h>

/* Bytes of a part that are for what stands around a unit. */
enum { AROUND_PART = 8 };

struct unit {
    struct cleaner *cleaner;
    VEC(xmlNode *) after; /* pictures and cards in it, which stand after it */
};

static void build_children(struct unit *u, xmlNode *to, const xmlNode *from);

static xmlNode *add(xmlNode *parent, const struct element_model *model)
{
    xmlNode *n = tree_element(parent->doc, model_name(model));
    tree_set_space(n, model->space);
    tree_append(parent, n);
    return n;
}

/* May such an element have children of this category, or those that it would
 * put around them? */
static bool admits(const struct element_model *model, unsigned category)
{
    return (model->children & category) ||
           (model->stray &&
            admits(model_in(model->space, model->stray), category));
}

/* The element that is to have a child of this category: `to`, or what stray
 * children of it stand in; NULL if it can have none. */
static xmlNode *host(xmlNode *to, unsigned category)
{
    const struct element_model *model = model_of(to);
    if (!admits(model, category))
        return NULL;
    while (!(model->children & category)) {
        model = model_in(model->space, model->stray);
        xmlNode *last = to->last;
        to = last && model_of(last) == model ? last : add(to, model);
    }
    return to;
}

/* White space is layout of the source except in text; other text that a
 * drawing has outside of its texts is not drawn. */
static void build_text(xmlNode *to, struct str text)
{
    bool in_text = model_of(to)->children & CAT_TEXT;
    if (!in_text && (!str_trim(text).n || tree_space(to) == SPACE_SVG))
        return;
    xmlNode *place = host(to, CAT_TEXT);
    if (place)
        tree_append(place, tree_text(to->doc, text));
}

/* Has the card words that browsers show? */
static bool has_words(const xmlNode *card)
{
    for (const xmlNode *n = tree_next(card, card); n;) {
        if (tree_is_words(n))
            return true;
        bool added = tree_is_element(n) && tree_attr(n, "#added").p;
        n = added ? tree_skip(card, n) : tree_next(card, n);
    }
    return false;
}

/* HTML in a formula or a drawing is its text; blocks of it stay apart. What
 * feedbind's own passes made of it is none of its text. */
static void build_html(struct unit *u, xmlNode *to, xmlNode *n)
{
    enum role role = model_of(n)->role;
    bool own = n->name[0] == '#' && tree_attr(n, "#added").p;
    bool card = tree_is(n, "#card") && !has_words(n);
    if (card || role == ROLE_HOLE)
        vec_push(&u->after, n);
    if (card || own || role == ROLE_DROP)
        return;
    bool apart = role != ROLE_PHRASING && role != ROLE_SPAN;
    if (apart && to->last)
        build_text(to, STR(" "));
    build_children(u, to, n);
}

static size_t count_children(const xmlNode *n)
{
    size_t count = 0;
    for (n = n->children; n; n = n->next)
        count++;
    return count;
}

/* A base, pairs of scripts, and perhaps mprescripts and pairs again. */
static bool scripts_in_pairs(const xmlNode *n)
{
    const xmlNode *child = n->children;
    size_t scripts = 0, marks = 0;
    if (!child || !(model_of(child)->category & CAT_MATH))
        return false;
    while ((child = child->next)) {
        bool mark = tree_is_math(child, "mprescripts");
        if (mark && scripts % 2 != 0)
            return false;
        marks += mark;
        scripts += !mark;
    }
    return scripts % 2 == 0 && marks < 2;
}

/* What has not the children that its name asks for is a row of them. */
static void make_row(xmlNode *n)
{
    while (n->properties)
        xmlRemoveProp(n->properties);
    for (xmlNode *child = n->children, *next; child; child = next) {
        next = child->next;
        if (model_of(child)->category & CAT_MATH_SCRIPT)
            tree_drop(child);
    }
    tree_rename(n, "mrow");
}

static bool has_all(const xmlNode *n, const char *names)
{
    struct str rest = str_of(names), name;
    while (str_next_word(&rest, &name)) {
        const xmlAttr *a = n->properties;
        while (a && !str_eq(str_of((const char *)a->name), name))
            a = a->next;
        if (!a)
            return false;
    }
    return true;
}

/* Once its children are there. */
static void finish(xmlNode *n, const struct element_model *model)
{
    if ((model->count && count_children(n) != model->count) ||
        (model->role == ROLE_SCRIPTS && !scripts_in_pairs(n)))
        make_row(n);
    if (!has_all(n, model->need))
        tree_drop(n);
    else if (tree_is_math(n, "mrow") && !n->properties &&
             count_children(n) == 1)
        tree_unwrap(n);
}

/* Give `made`, which this row made of the source, what is in that. */
static void build(struct unit *u, xmlNode *made, xmlNode *source,
                  const struct element_model *model)
{
    struct str id = tree_attr(source, "id");
    attrs_keep(u->cleaner->maker->arena, made, source, model);
    if (id.p)
        tree_set_attr(made, "id", id);
    if (model->children)
        build_children(u, made, source);
}

static void build_element(struct unit *u, xmlNode *to, xmlNode *n)
{
    const struct element_model *model = model_of(n);
    if (model->role == ROLE_DROP)
        return;
    xmlNode *place = model->category ? host(to, model->category) : NULL;
    if (!place && model->space == SPACE_MATH) {
        model = &model_math.unknown;
        place = host(to, model->category);
    }
    if (!place && !(model->category & CAT_SERVER))
        build_children(u, to, n);
    if (!place)
        return;
    xmlNode *made = add(place, model);
    build(u, made, n, model);
    finish(made, model);
    if (!model->children)
        build_children(u, to, n); /* it was not ended */
}

static void build_children(struct unit *u, xmlNode *to, const xmlNode *from)
{
    for (xmlNode *n = from->children; n; n = n->next) {
        if (tree_is_text(n))
            build_text(to, tree_content(n));
        else if (tree_foreign(n))
            build_element(u, to, n);
        else if (tree_is_element(n))
            build_html(u, to, n);
    }
}

/* ---- in the text ---- */

static bool too_large(const struct cleaner *c, const xmlNode *unit)
{
    size_t limit = c->maker->policy->part_limit, size = 0;
    for (const xmlNode *n = unit; n; n = tree_next(unit, n))
        size += tree_is_text(n) ? write_text_size(tree_content(n))
                                : write_tags_size(n);
    return size > limit - limit / AROUND_PART;
}

static void put_words(struct cleaner *c, const xmlNode *unit)
{
    for (const xmlNode *n = unit; (n = tree_next(unit, n));)
        if (tree_is_text(n)) {
            clean_text(c, tree_content(n));
            clean_text(c, STR(" "));
        }
}

static bool is_shown(struct cleaner *c, xmlNode *unit, const xmlNode *source)
{
    return tree_space(unit) == SPACE_MATH ? clean_formula(c, unit, source)
                                          : clean_drawing(c, unit, source);
}

void clean_unit(struct cleaner *c, xmlNode *source)
{
    struct unit u = {.cleaner = c};
    xmlNode *aside = tree_element(c->doc, "body");
    xmlNode *unit = add(aside, model_of(source));
    build(&u, unit, source, model_of(source));
    if (!is_shown(c, unit, source)) {
        clean_hold_id(c, source);
    } else if (too_large(c, unit) &&
               rule_applies(c->maker, RULE_LARGE_DRAWING)) {
        clean_hold_id(c, source);
        put_words(c, unit);
    } else {
        tree_append(clean_inline(c), unit);
    }
    tree_drop(aside);
    for (size_t i = 0; i < u.after.len; i++)
        clean_node(c, u.after.items[i]);
    free(u.after.items);
}
