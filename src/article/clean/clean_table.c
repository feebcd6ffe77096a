/* Tables: caption, thead, one tbody, tfoot, in this order; rows hold cells and
 * nothing else, and spans end where the table does. A table that is there for
 * its look is a passage. Gumbo has already moved what stood outside of cells
 * before the table. */
#include "article/clean/clean.h"
#include "article/clean/grid.h"
#include "article/clean/layout.h"

#include <stdlib.h>

struct table {
    xmlNode *element, *caption, *head, *body, *foot;
};

static bool is_section(const xmlNode *n)
{
    return tree_is(n, "thead") || tree_is(n, "tbody") || tree_is(n, "tfoot");
}

/* Holds it neither text nor a picture? */
static bool is_empty(const xmlNode *n)
{
    static const char *const content[] = {"#image", NULL};
    return tree_empty(n, content);
}

/* ---- cells and rows ---- */

/* As the source has it: it is read again once the table is whole. */
static void keep_span(xmlNode *cell, const xmlNode *source, const char *name)
{
    struct str value = tree_attr(source, name);
    if (value.p)
        tree_set_attr(cell, name, value);
}

/* Clean what is in `source` as a cell. A header cell without text labels
 * nothing. */
static void clean_cell(struct cleaner *c, xmlNode *row, xmlNode *source,
                       bool header)
{
    const char *name = header && !is_empty(source) ? "th" : "td";
    xmlNode *cell = clean_add(c, row, model_named(name), source);
    keep_span(cell, source, "colspan");
    keep_span(cell, source, "rowspan");
    clean_close_to(c, cell);
    c->paragraphs = false;
    clean_children(c, source);
}

/* A row without cells is there for cells of the rows above that reach into it;
 * grid.c finds out whether there are any. */
static void clean_row(struct cleaner *c, xmlNode *section, xmlNode *source)
{
    xmlNode *row = clean_add(c, section, model_named("tr"), source);
    for (xmlNode *n = source->children; n; n = n->next)
        if (model_is(n, CAT_CELL))
            clean_cell(c, row, n, tree_is(n, "th"));
}

static void clean_rows(struct cleaner *c, xmlNode *to, const xmlNode *source)
{
    for (xmlNode *row = source->children; row; row = row->next)
        if (tree_is(row, "tr"))
            clean_row(c, to, row);
}

/* ---- sections ---- */

static xmlNode *section(struct cleaner *c, xmlNode **slot, const char *name)
{
    if (!*slot)
        *slot = tree_element(c->doc, name);
    return *slot;
}

static bool has_rows_after(const xmlNode *part)
{
    for (const xmlNode *n = part->next; n; n = n->next)
        if (tree_is(n, "tr") || (is_section(n) && n->children))
            return true;
    return false;
}

/* Browsers show the first tfoot last, wherever it stands. */
static bool is_foot(struct cleaner *c, const struct table *t,
                    const xmlNode *source)
{
    return tree_is(source, "tfoot") && !t->foot &&
           (!has_rows_after(source) ||
            rule_moves(c->maker, RULE_TABLE_ORDER, source));
}

static xmlNode *section_for(struct cleaner *c, struct table *t,
                            const xmlNode *source)
{
    if (tree_is(source, "thead") && !t->head && !t->body)
        return section(c, &t->head, "thead");
    if (is_foot(c, t, source))
        return section(c, &t->foot, "tfoot");
    return section(c, &t->body, "tbody");
}

/* A caption that follows rows is shown above them; else it is a row. */
static void clean_caption(struct cleaner *c, struct table *t, xmlNode *source)
{
    bool late = t->head || t->body || t->foot;
    if (late && !rule_moves(c->maker, RULE_TABLE_ORDER, source)) {
        xmlNode *last = t->foot ? t->foot : section(c, &t->body, "tbody");
        xmlNode *row = clean_add(c, last, model_named("tr"), NULL);
        clean_cell(c, row, source, false);
        tree_set_attr(row->children, "colspan", STR("1000"));
        return;
    }
    clean_close_to(c, section(c, &t->caption, "caption"));
    clean_passage(c, source);
}

static void clean_part(struct cleaner *c, struct table *t, xmlNode *source)
{
    if (tree_is(source, "caption"))
        clean_caption(c, t, source);
    else if (is_section(source))
        clean_rows(c, section_for(c, t, source), source);
    else if (tree_is(source, "tr"))
        clean_row(c, section(c, &t->body, "tbody"), source);
}

/* ---- the table as a whole ---- */

static bool all_headers(const xmlNode *row)
{
    bool any = false;
    for (const xmlNode *n = row->children; n; n = n->next) {
        if (tree_is(n, "td") && !is_empty(n))
            return false;
        any |= tree_is(n, "th");
    }
    return any;
}

/* Rows of headers at the body's top that no header reaches out of; at least
 * one row is left. */
static size_t count_head_rows(const xmlNode *body)
{
    struct grid g = grid_open(body->parent);
    size_t rows = 0, reach = 0;
    while (rows + 1 < g.rows.len &&
           g.rows.items[rows + 1].node->parent == body &&
           all_headers(g.rows.items[rows].node)) {
        for (size_t i = g.rows.items[rows].first; i < grid_row_end(&g, rows);
             i++)
            if (rows + g.cells.items[i].rows > reach)
                reach = rows + g.cells.items[i].rows;
        rows++;
    }
    grid_close(&g);
    return reach > rows ? 0 : rows;
}

/* Headers may not hold headings. */
static bool holds_heading(const xmlNode *n)
{
    for (const xmlNode *at = n; (at = tree_next(n, at));)
        if (model_is(at, CAT_HEADING))
            return true;
    return false;
}

/* Is all text of the row in bold? */
static bool all_bold(const xmlNode *row)
{
    bool any = false;
    for (const xmlNode *n = row; (n = tree_next(row, n));) {
        if (!tree_is_text(n) || str_blank(tree_content(n)))
            continue;
        const xmlNode *around = n->parent;
        while (around != row && !tree_is(around, "b") &&
               !tree_is(around, "strong"))
            around = around->parent;
        if (around == row)
            return false;
        any = true;
    }
    return any;
}

/* Word processors have no header cells: a first row of several cells that alone
 * is in bold is one of headers. */
static void find_bold_head(const xmlNode *table, const xmlNode *body)
{
    xmlNode *first = body->children;
    for (const xmlNode *n = table; (n = tree_next(table, n));)
        if (tree_is(n, "th"))
            return;
    if (!first->children || !first->children->next || !first->next ||
        !all_bold(first) || all_bold(first->next))
        return;
    for (xmlNode *cell = first->children; cell; cell = cell->next)
        if (!is_empty(cell) && !holds_heading(cell))
            tree_rename(cell, "th");
}

static void make_head(struct cleaner *c, struct table *t)
{
    find_bold_head(t->element, t->body);
    size_t rows = count_head_rows(t->body);
    if (!rows)
        return;
    tree_before(t->body, section(c, &t->head, "thead"));
    for (; rows > 0; rows--)
        tree_append(t->head, t->body->children);
}

/* Rows that hold nothing and that no cell reaches into go; of a head, also
 * those whose cells are all empty, as Markdown makes them for tables without
 * one. */
static bool is_void(const struct grid *g, size_t row)
{
    const struct grid_row *r = &g->rows.items[row];
    for (const xmlNode *n = r->node; (n = tree_next(r->node, n));)
        if (tree_is_element(n) && tree_attr(n, "id").p)
            return false;
    return r->head ? is_empty(r->node) : !r->node->children;
}

static void drop_void_rows(const xmlNode *table)
{
    struct grid g = grid_open(table);
    size_t reach = 0;
    for (size_t row = 0; row < g.rows.len; row++) {
        bool reached = row < reach;
        for (size_t i = g.rows.items[row].first; i < grid_row_end(&g, row); i++)
            if (row + g.cells.items[i].rows > reach)
                reach = row + g.cells.items[i].rows;
        if (!reached && reach <= row + 1 && is_void(&g, row) &&
            !tree_attr(g.rows.items[row].node, "id").p)
            tree_drop(g.rows.items[row].node);
    }
    grid_close(&g);
}

static void set_span(struct cleaner *c, xmlNode *cell, const char *name,
                     size_t n)
{
    tree_drop_attr(cell, name);
    if (n > 1)
        tree_set_attr(cell, name,
                      str_of(arena_printf(c->maker->arena, "%zu", n)));
}

/* Spans as far as there are rows and columns; headers say what they head. */
static void finish_cells(struct cleaner *c, const xmlNode *table)
{
    struct grid g = grid_open(table);
    for (size_t i = 0; i < g.cells.len; i++) {
        const struct grid_cell *cell = &g.cells.items[i];
        bool top = g.rows.items[cell->row].head || cell->row == 0;
        set_span(c, cell->node, "colspan", cell->columns);
        set_span(c, cell->node, "rowspan", cell->rows);
        if (!tree_is(cell->node, "th") || tree_attr(cell->node, "scope").p)
            continue;
        if (g.rows.items[cell->row].head || (top && cell->column > 0))
            tree_set_attr(cell->node, "scope", STR("col"));
        else if (cell->column == 0)
            tree_set_attr(cell->node, "scope", STR("row"));
    }
    grid_close(&g);
}

/* Put the sections together, those that have rows. */
static void assemble(struct table *t)
{
    xmlNode *const parts[] = {t->caption, t->head, t->body, t->foot};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (parts[i])
            tree_append(t->element, parts[i]);
    drop_void_rows(t->element);
    xmlNode **const sections[] = {&t->head, &t->body, &t->foot};
    for (size_t i = 0; i < ARRAY_LEN(sections); i++) {
        if (!*sections[i] || (*sections[i])->children)
            continue;
        tree_drop(*sections[i]);
        *sections[i] = NULL;
    }
    xmlNode **only = t->body ? NULL : t->head ? &t->head : &t->foot;
    if (only && *only) {
        t->body = *only;
        *only = NULL;
        tree_rename(t->body, "tbody");
    }
}

/* A table without rows is no table, and its caption a paragraph. */
static void dissolve(struct table *t)
{
    if (t->caption)
        tree_rename(t->caption, "p");
    tree_unwrap(t->element);
}

/* Cells that were aligned become divisions that are. */
static void clean_layout(struct cleaner *c, xmlNode *source)
{
    for (xmlNode *n = tree_next(source, source), *next; n; n = next) {
        next =
            tree_is(n, "table") ? tree_skip(source, n) : tree_next(source, n);
        if (model_is(n, CAT_CELL) && tree_attr(n, "#class").p)
            tree_rename(n, "div");
    }
    clean_passage(c, source);
}

void clean_table(struct cleaner *c, xmlNode *source)
{
    bool paragraphs = c->paragraphs, verbatim = c->verbatim;
    if (table_is_layout(source)) {
        clean_layout(c, source);
        return;
    }
    struct table t = {.element = clean_open(c, model_named("table"), source)};
    if (!t.element) {
        clean_passage(c, source);
        return;
    }
    xmlNode *outside = t.element->parent;
    c->verbatim = false;
    for (xmlNode *n = source->children; n; n = n->next)
        if (tree_is_element(n))
            clean_part(c, &t, n);
    assemble(&t);
    if (t.body && !t.head)
        make_head(c, &t);
    if (t.body)
        finish_cells(c, t.element);
    else
        dissolve(&t);
    clean_close_to(c, outside);
    c->paragraphs = paragraphs;
    c->verbatim = verbatim;
}
