/* Code blocks: tabs become spaces to the next stop, blank lines at either end
 * go, and so do the line numbers that highlighters put beside code. */
#include "article/article_int.h"

#include <stdlib.h>

/* Classes of line numbers: Rouge, Pygments, WordPress plugins. */
static const char *const gutters[] = {
    "gutter",    "rouge-gutter", "lineno",           "linenos",
    "linenodiv", "line-number",  "line-numbers-rows"};

static bool is_gutter(const xmlNode *n)
{
    if (!tree_is_element(n) || !n->properties)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(gutters); i++)
        if (tree_has_class(n, gutters[i]))
            return true;
    return false;
}

static bool within_code(const xmlNode *n)
{
    for (; tree_is_element(n); n = n->parent)
        if (tree_is(n, "pre") || tree_has_class(n, "highlight") ||
            tree_has_class(n, "rouge-table") ||
            tree_has_class(n, "highlighttable") ||
            tree_has_class(n, "syntaxhighlighter"))
            return true;
    return false;
}

/* A table that was there to hold line numbers beside code is not one. */
static void dissolve_table(xmlNode *table)
{
    xmlNode *cell = NULL;
    size_t cells = 0;
    for (xmlNode *at = table; (at = tree_next(table, at));)
        if (tree_is(at, "td") || tree_is(at, "th")) {
            cell = at;
            cells++;
        }
    if (cells != 1)
        return;
    for (xmlNode *child; (child = cell->children);)
        tree_before(table, child);
    tree_drop(table);
}

typedef VEC(xmlNode *) node_list;

/* Note the table that a gutter was taken from, once. */
static void note_table(node_list *tables, xmlNode *n)
{
    while (tree_is_element(n) && !tree_is(n, "table"))
        n = n->parent;
    if (!tree_is(n, "table") || tree_attr(n, "#noted").p)
        return;
    tree_set_attr(n, "#noted", STR(""));
    vec_push(tables, n);
}

static void drop_gutters(struct maker *m, const xmlNode *root)
{
    node_list tables = {0};
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        if (!is_gutter(n) || !within_code(n))
            continue;
        xmlNode *parent = n->parent;
        xmlNode *after = tree_skip(root, n);
        if (!rule_drop(m, RULE_LINE_NUMBERS, n))
            continue;
        next = after;
        if (tree_is(parent, "tr"))
            note_table(&tables, parent);
    }
    for (size_t i = 0; i < tables.len; i++)
        dissolve_table(tables.items[i]);
    free(tables.items);
}

static bool blank_line(struct str line)
{
    return str_trim(line).n == 0;
}

/* How many bytes of blank lines the text begins with. */
static size_t blank_start(struct str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n')
            n = i + 1;
        else if (!chr_space((unsigned char)text.p[i]))
            break;
    }
    return n;
}

/* Where code is read: spaces to the next tab stop depend on the column, which
 * goes on across the highlighter's spans. */
struct expander {
    struct buf out;
    unsigned width, column;
    bool started; /* a line with content has been seen */
};

static void expand(struct expander *e, struct str text)
{
    buf_clear(&e->out);
    while (text.n) {
        if (text.p[0] == '\t') {
            unsigned n = e->width - e->column % e->width;
            for (e->column += n; n > 0; n--)
                buf_char(&e->out, ' ');
            text = str_sub(text, 1, text.n);
            continue;
        }
        struct str rest = text;
        uint32_t c = utf8_next(&rest);
        if (c != '\r')
            buf_add(&e->out, text.p, (size_t)(rest.p - text.p));
        e->column = c == '\n' ? 0 : e->column + 1;
        text = rest;
    }
}

static void replace_text(xmlNode *n, struct str text)
{
    tree_before(n, tree_text(n->doc, text));
    tree_drop(n);
}

/* The short names that Rouge and Pygments share: one to three letters, the
 * third of which may be a digit. */
static bool is_token(struct str value)
{
    if (value.n < 1 || value.n > 2)
        return value.n == 3 && str_eq(str_sub(value, 0, 1), STR("g"));
    return chr_alpha((unsigned char)value.p[0]) &&
           (value.n == 1 || chr_alpha((unsigned char)value.p[1]) ||
            chr_digit((unsigned char)value.p[1]));
}

static void keep_token(xmlNode *n)
{
    struct str value = tree_attr(n, "class");
    if (tree_is(n, "span") && is_token(value))
        tree_set_attr(n, "#class", value);
}

static void normalise(struct expander *e, xmlNode *pre)
{
    e->column = 0;
    e->started = false;
    for (xmlNode *n = tree_next(pre, pre), *next; n; n = next) {
        next = tree_next(pre, n);
        if (!tree_is_text(n)) {
            keep_token(n);
            e->started |= tree_is(n, "img");
            continue;
        }
        struct str text = tree_content(n);
        if (!e->started)
            text = str_sub(text, blank_start(text), text.n);
        e->started |= !blank_line(text);
        expand(e, text);
        if (e->out.len != tree_content(n).n)
            replace_text(n, buf_view(&e->out));
    }
}

void article_code(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    struct expander e = {.out = buf_make(BUF_BODY),
                         .width = m->policy->tab_width};
    drop_gutters(m, root);
    for (xmlNode *n = tree_next(root, root); n; n = tree_next(root, n))
        if (tree_is(n, "pre") && !tree_foreign(n))
            normalise(&e, n);
    buf_free(&e.out);
}
