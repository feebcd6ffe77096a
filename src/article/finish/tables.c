/* Wide tables: what a small screen cannot bear is set smaller, or written as a
 * record for each row.
 *
 * Widths are counted in characters. A reader of six inches holds some
 * LINE_KEPT of them at the size of a table's text, with its gaps. */
#include "article/clean/grid.h"
#include "article/finish/records.h"

#include <stdlib.h>

enum {
    COLUMNS_KEPT = 4,
    COLUMNS_SHRUNK = 6,
    LINE_KEPT = 62,
    LINE_SHRUNK = 75,
    LINES_LARGEST = 12, /* of one cell, before it is a column of words */
    CELL_LARGEST = 40,  /* characters for which a column asks at most */
    GAP = 2,            /* characters between columns */
    PICTURE = 8,        /* characters that a picture is as wide as */
};

/* How much room a text takes. */
struct extent {
    size_t all, line, word; /* characters, those of its longest line, word */
};

struct shape {
    struct extent *columns; /* the largest of each column's cells */
    size_t count;
    size_t natural; /* a line on which nothing is broken */
    size_t least;   /* one on which all is broken that can be */
};

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Characters of the scripts of East Asia are twice as wide. */
static size_t width_of(uint32_t c)
{
    return c >= 0x2E80 && c <= 0xFFDC ? 2 : 1;
}

static bool ends_line(const xmlNode *n)
{
    static const char *const names[] = {"br", "p", "div", "li", "pre", NULL};
    return tree_is_one_of(n, names);
}

static void measure_text(struct extent *e, struct extent *now, struct str text)
{
    while (text.n) {
        uint32_t c = utf8_next(&text);
        size_t width = width_of(c);
        if (c < 0x80 && chr_space((int)c))
            now->word = 0;
        else
            now->word = width == 2 ? width : now->word + width;
        now->line += width;
        e->all += width;
        e->word = larger(e->word, now->word);
        e->line = larger(e->line, now->line);
    }
}

static struct extent measure(const xmlNode *cell)
{
    struct extent e = {0}, now = {0};
    for (const xmlNode *n = cell; (n = tree_next(cell, n));) {
        if (tree_is_text(n))
            measure_text(&e, &now, tree_content(n));
        else if (ends_line(n))
            now = (struct extent){0};
        else if (tree_is(n, "#image"))
            e.word = larger(e.word, PICTURE);
    }
    return e;
}

/* Cells of several columns have room enough. */
static struct shape shape_of(const struct grid *g)
{
    struct shape s = {.count = g->width};
    s.columns = mem_alloc(g->width * sizeof *s.columns);
    for (size_t i = 0; i < g->cells.len; i++) {
        const struct grid_cell *cell = &g->cells.items[i];
        struct extent *column = &s.columns[cell->column];
        if (cell->columns > 1)
            continue;
        struct extent e = measure(cell->node);
        column->all = larger(column->all, e.all);
        column->line = larger(column->line, e.line);
        column->word = larger(column->word, e.word);
    }
    for (size_t i = 0; i < s.count; i++) {
        s.natural += s.columns[i].line + GAP;
        s.least += s.columns[i].word + GAP;
    }
    return s;
}

static size_t wish(const struct extent *column)
{
    return GAP + (column->line < CELL_LARGEST ? column->line : CELL_LARGEST);
}

/* Lines of the tallest cell when columns share a line by what they ask for. */
static size_t lines(const struct shape *s, size_t line)
{
    size_t wishes = 1, most = 0;
    for (size_t i = 0; i < s->count; i++)
        wishes += wish(&s->columns[i]);
    for (size_t i = 0; i < s->count; i++) {
        size_t share = larger(wish(&s->columns[i]) * line / wishes, 1);
        most = larger(most, s->columns[i].all / share);
    }
    return most;
}

/* Does it fit with text of this size, so many characters a line? */
static bool fits(const struct shape *s, size_t columns, size_t line)
{
    if (s->natural <= line)
        return true;
    return s->count <= columns && s->least <= line &&
           (s->count <= 2 || lines(s, line) <= LINES_LARGEST);
}

/* Without headers a record says less than a row: such a table is shrunk as
 * long as its words fit. */
static enum table_policy choose(const struct shape *s, bool headers,
                                enum table_policy policy)
{
    if (fits(s, COLUMNS_KEPT, LINE_KEPT))
        return TABLES_KEEP;
    if (policy != TABLES_AUTO)
        return policy;
    if (fits(s, COLUMNS_SHRUNK, LINE_SHRUNK) ||
        (!headers && s->least <= LINE_SHRUNK))
        return TABLES_SHRINK;
    return TABLES_RECORDS;
}

static void shrink(struct maker *m, xmlNode *table)
{
    struct str class = tree_attr(table, "class");
    const char *name =
        class.n ? arena_printf(m->arena, "%.*s shrink", STR_ARG(class))
                : "shrink";
    tree_set_attr(table, "class", str_of(name));
}

/* The headers' words move; without any, nothing does. */
static bool may_record(struct maker *m, const struct grid *g,
                       const xmlNode *table)
{
    const xmlNode *head = table->children;
    while (head && !tree_is(head, "thead"))
        head = head->next;
    return records_possible(g) &&
           (head ? rule_moves(m, RULE_TABLE_RECORDS, head)
                 : rule_applies(m, RULE_TABLE_RECORDS));
}

static void fit(struct maker *m, xmlNode *table)
{
    struct grid g = grid_open(table);
    struct shape s = shape_of(&g);
    bool headers = g.rows.len && g.rows.items[0].head;
    enum table_policy policy = choose(&s, headers, m->policy->tables);
    if (policy == TABLES_RECORDS && may_record(m, &g, table))
        records_make(m, table, &g);
    else if (policy != TABLES_KEEP)
        shrink(m, table);
    free(s.columns);
    grid_close(&g);
}

void article_tables(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->clean);
    VEC(xmlNode *) tables = {0};
    for (xmlNode *n = tree_next(root, root); n; n = tree_next(root, n))
        if (tree_is(n, "table"))
            vec_push(&tables, n);
    for (size_t i = tables.len; i-- > 0;) /* those within others first */
        fit(m, tables.items[i]);
    free(tables.items);
}
