#include "article/clean/grid.h"

#include <stdlib.h>

/* A span as HTML reads it: digits, whatever follows; 0 of rows means all that
 * are left. */
static size_t span_of(const xmlNode *cell, const char *name, size_t zero)
{
    struct str value = str_trim(tree_attr(cell, name));
    size_t n = 0, i = 0;
    for (; i < value.n && chr_digit((unsigned char)value.p[i]) && n < 100000;
         i++)
        n = n * 10 + (size_t)(value.p[i] - '0');
    if (!i)
        return 1;
    return n ? n : zero;
}

/* Where cells of rows above reach down to: for each column the first row that
 * is free again. */
struct reach {
    VEC(size_t) free_from;
};

static bool is_free(const struct reach *reach, size_t column, size_t row)
{
    return column >= reach->free_from.len ||
           reach->free_from.items[column] <= row;
}

static void occupy(struct reach *reach, const struct grid_cell *cell)
{
    for (size_t i = 0; i < cell->columns; i++) {
        size_t column = cell->column + i;
        while (reach->free_from.len <= column)
            vec_push(&reach->free_from, 0);
        reach->free_from.items[column] = cell->row + cell->rows;
    }
}

/* Columns that are free from this one on, up to `most`. */
static size_t free_columns(const struct reach *reach, size_t column, size_t row,
                           size_t most)
{
    size_t n = 1;
    while (n < most && column + n < GRID_SPAN_LARGEST &&
           is_free(reach, column + n, row))
        n++;
    return n;
}

static void add_row(struct grid *g, struct reach *reach, xmlNode *tr,
                    size_t rows_left)
{
    size_t row = g->rows.len, column = 0;
    vec_push(&g->rows,
             ((struct grid_row){.node = tr,
                                .first = g->cells.len,
                                .head = tree_is(tr->parent, "thead")}));
    for (xmlNode *n = tr->children; n; n = n->next) {
        if (!tree_is_element(n))
            continue;
        while (!is_free(reach, column, row))
            column++;
        struct grid_cell cell = {.node = n, .row = row, .column = column};
        size_t rows = span_of(n, "rowspan", rows_left);
        cell.rows = column >= GRID_SPAN_LARGEST ? 1
                    : rows < rows_left          ? rows
                                                : rows_left;
        cell.columns =
            free_columns(reach, column, row, span_of(n, "colspan", 1));
        if (cell.rows > 1)
            occupy(reach, &cell);
        vec_push(&g->cells, cell);
        if (column + 1 > g->width)
            g->width = column + 1;
        column += cell.columns;
    }
}

static void add_section(struct grid *g, xmlNode *section)
{
    struct reach reach = {0};
    size_t left = 0;
    for (const xmlNode *n = section->children; n; n = n->next)
        left += tree_is(n, "tr");
    for (xmlNode *n = section->children; n; n = n->next)
        if (tree_is(n, "tr"))
            add_row(g, &reach, n, left--);
    free(reach.free_from.items);
}

struct grid grid_open(const xmlNode *table)
{
    struct grid g = {0};
    for (xmlNode *n = table->children; n; n = n->next)
        if (tree_is(n, "thead") || tree_is(n, "tbody") || tree_is(n, "tfoot"))
            add_section(&g, n);
    for (size_t i = 0; i < g.cells.len; i++) {
        struct grid_cell *cell = &g.cells.items[i];
        if (cell->columns > g.width - cell->column)
            cell->columns = g.width - cell->column;
    }
    return g;
}

void grid_close(struct grid *g)
{
    free(g->rows.items);
    free(g->cells.items);
}

size_t grid_row_end(const struct grid *g, size_t row)
{
    return row + 1 < g->rows.len ? g->rows.items[row + 1].first : g->cells.len;
}
