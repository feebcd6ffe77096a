/* A table of the clean tree as a grid: which columns and rows its cells take,
 * with their spans clipped to what is there.
 *
 * After HTML's table model (HTML Standard 4.9.12), with two differences: a cell
 * never overlaps another, and a column in which no cell starts is none. */
#ifndef FEEDBIND_ARTICLE_CLEAN_GRID_H
#define FEEDBIND_ARTICLE_CLEAN_GRID_H

#include "base/mem.h"
#include "xml/tree.h"

enum { GRID_SPAN_LARGEST = 1000 }; /* columns beyond it have no spans */

struct grid_cell {
    xmlNode *node;
    size_t row, column;
    size_t rows, columns; /* that it takes, at least 1 */
};

struct grid_row {
    xmlNode *node;
    size_t first; /* its first cell */
    bool head;    /* in thead */
};

struct grid {
    VEC(struct grid_row) rows;
    VEC(struct grid_cell) cells; /* by row, then by column */
    size_t width;                /* in columns */
};

/* Read a table; grid_close the result. */
struct grid grid_open(const xmlNode *table);
void grid_close(struct grid *g);

/* The row's cells: from rows.items[row].first to this, exclusive. */
size_t grid_row_end(const struct grid *g, size_t row);

#endif
