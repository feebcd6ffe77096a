/* After cleaning: empty elements and stray breaks go, text is trimmed. */
#include "article/article_int.h"
#include "article/model/model.h"
#include "article/style/letters.h"

#include <stdlib.h>

/* Elements that are there for their place, not for their content. */
static bool has_place(const xmlNode *n)
{
    static const char *const names[] = {"td",     "th", "dt", "dd",   "tr",
                                        "#image", "hr", "br", "body", NULL};
    if (tree_is_one_of(n, names))
        return true;
    /* an empty item counts, if others come after it */
    return tree_is(n, "li") && n->next && tree_is(n->parent, "ol");
}

static bool blank_text(const xmlNode *n)
{
    return tree_is_text(n) && !str_trim(tree_content(n)).n;
}

static bool is_block(const xmlNode *n)
{
    if (!tree_is_element(n))
        return false;
    enum role role = model_of(n)->role;
    return role != ROLE_PHRASING && role != ROLE_SPAN && role != ROLE_HOLE &&
           role != ROLE_BREAK && role != ROLE_UNIT;
}

static void set_text(xmlNode *n, struct str text)
{
    xmlNode *replacement = tree_text(n->doc, text);
    tree_before(n, replacement);
    tree_drop(n);
}

/* Where a block's text begins or ends: white space and breaks mean nothing. */
static void trim_start(xmlNode *block)
{
    for (xmlNode *n; (n = block->children);) {
        if (blank_text(n) || tree_is(n, "br")) {
            tree_drop(n);
            continue;
        }
        if (tree_is_text(n)) {
            struct str text = tree_content(n);
            while (text.n && chr_space((unsigned char)text.p[0]))
                text = str_sub(text, 1, text.n);
            if (text.n < tree_content(n).n)
                set_text(n, text);
        }
        return;
    }
}

static void trim_end(xmlNode *block)
{
    for (xmlNode *n; (n = block->last);) {
        if (blank_text(n) || tree_is(n, "br")) {
            tree_drop(n);
            continue;
        }
        if (tree_is_text(n)) {
            struct str text = tree_content(n);
            while (text.n && chr_space((unsigned char)text.p[text.n - 1]))
                text.n--;
            if (text.n < tree_content(n).n)
                set_text(n, text);
        }
        return;
    }
}

static bool is_space(const xmlNode *n)
{
    return blank_text(n) || tree_is(n, "br");
}

/* Breaks and blanks beside blocks mean nothing either. */
static void trim_between(xmlNode *parent)
{
    for (xmlNode *n = parent->children, *next; n; n = next) {
        next = n->next;
        if (is_space(n) && n->prev && is_block(n->prev))
            tree_drop(n);
    }
    for (xmlNode *n = parent->last, *previous; n; n = previous) {
        previous = n->prev;
        if (is_space(n) && n->next && is_block(n->next))
            tree_drop(n);
    }
}

/* pre keeps all but the white space after its last line. */
static void trim_code(xmlNode *pre)
{
    xmlNode *last = pre->last;
    while (last && tree_is_element(last) && last->last)
        last = last->last;
    if (!last || !tree_is_text(last))
        return;
    struct str text = tree_content(last);
    while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
        text.n--;
    if (text.n < tree_content(last).n)
        set_text(last, text);
}

/* A paragraph that is all there is in an item or cell adds but space. */
static void unwrap_single(xmlNode *n)
{
    static const char *const hosts[] = {"li", "td",         "th", "dd",
                                        "dt", "figcaption", NULL};
    const xmlNode *only = n->children;
    if (tree_is(only, "p") && !only->next && !only->properties &&
        tree_is_one_of(n, hosts))
        tree_unwrap(n->children);
}

/* Code that holds neither text nor a picture. */
static bool blank_code(const xmlNode *n)
{
    static const char *const pictures[] = {"#image", NULL};
    return tree_is(n, "pre") && tree_empty(n, pictures);
}

/* ---- ids of what goes ---- */

typedef VEC(struct str) id_list;

/* A place that a link leads to, and nothing else. */
static bool is_anchor(const xmlNode *n)
{
    return tree_is(n, "span") && tree_attr(n, "id").p && !n->children;
}

static bool is_empty(const xmlNode *n)
{
    if (has_place(n) || is_anchor(n))
        return false;
    const xmlNode *child = n->children;
    while (is_anchor(child))
        child = child->next;
    return !child || blank_code(n);
}

/* A heading with nothing in it that leaves a trace. */
static bool is_blank_heading(const xmlNode *n)
{
    if (!heading_level(n))
        return false;
    for (const xmlNode *at = n; (at = tree_next(n, at));)
        if (tree_is(at, "#image") || tree_foreign(at) ||
            (tree_is_text(at) && letters_visible(tree_content(at))))
            return false;
    return true;
}

/* The ids of n and what is below it wait for what follows. */
static void hold_ids(struct maker *m, const xmlNode *n, id_list *ids)
{
    for (const xmlNode *at = n; at; at = tree_next(n, at))
        if (tree_is_element(at) && tree_attr(at, "id").p)
            vec_push(ids, arena_view(m->arena, tree_attr(at, "id")));
}

/* Drop an element that shows nothing. */
static void drop_empty(struct maker *m, xmlNode *n, id_list *ids)
{
    bool heading = heading_level(n) > 0;
    if (heading && m->policy->keep[RULE_EMPTY_HEADING])
        return;
    hold_ids(m, n, ids);
    if (heading)
        rule_drop(m, RULE_EMPTY_HEADING, n);
    else
        tree_drop(n);
}

static bool holds_text(const xmlNode *n)
{
    return (model_of(n)->children & CAT_TEXT) != 0;
}

/* Give the ids to an element or to spans in its text: at its start, or at its
 * end. They go on waiting if it cannot have any. */
static void place_ids(xmlNode *n, id_list *ids, bool at_start)
{
    if (!ids->len || *n->name == '#')
        return;
    if (at_start && !tree_attr(n, "id").p)
        tree_set_attr(n, "id", ids->items[--ids->len]);
    for (xmlNode *child;
         tree_is_element(child = at_start ? n->children : n->last) &&
         (!holds_text(n) || model_is(child, CAT_CAPTION));)
        n = child; /* nothing stands beyond a caption */
    for (size_t i = 0; i < ids->len && holds_text(n); i++) {
        xmlNode *span = tree_element(n->doc, "span");
        tree_set_attr(span, "id", ids->items[i]);
        if (at_start && n->children)
            tree_before(n->children, span);
        else
            tree_append(n, span);
    }
    if (holds_text(n))
        ids->len = 0;
}

void tidy_pass_ids(struct maker *m, xmlNode *n)
{
    id_list ids = {0};
    xmlNode *heir = n->next;
    while (heir && !tree_is_element(heir))
        heir = heir->next;
    hold_ids(m, n, &ids);
    if (heir)
        place_ids(heir, &ids, true);
    free(ids.items);
}

static xmlNode *last_element(const xmlNode *parent)
{
    xmlNode *n = parent->last;
    while (n && !tree_is_element(n))
        n = n->prev;
    return n;
}

static void tidy(struct maker *m, xmlNode *n)
{
    bool verbatim = tree_is(n, "pre");
    id_list ids = {0};
    for (xmlNode *child = n->children, *next; child; child = next) {
        next = child->next;
        if (!tree_is_element(child) || tree_foreign(child))
            continue;
        if (!verbatim)
            tidy(m, child);
        if (is_empty(child) || is_blank_heading(child))
            drop_empty(m, child, &ids);
        else
            place_ids(child, &ids, true);
    }
    if (ids.len)
        place_ids(last_element(n) ? last_element(n) : n, &ids, false);
    free(ids.items);
    if (verbatim) {
        trim_code(n);
    } else if (is_block(n)) {
        trim_between(n);
        trim_start(n);
        trim_end(n);
        unwrap_single(n);
    }
}

void article_tidy(struct maker *m)
{
    tidy(m, xmlDocGetRootElement(m->clean));
}
