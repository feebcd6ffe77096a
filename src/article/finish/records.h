/* A table too wide for a small screen, as a record for each row. */
#ifndef FEEDBIND_ARTICLE_FINISH_RECORDS_H
#define FEEDBIND_ARTICLE_FINISH_RECORDS_H

#include "article/article_int.h"
#include "article/clean/grid.h"

/* Can the table be written as records: is there a row to make one of, and are
 * its columns and rows of headers few enough to be read so? */
bool records_possible(const struct grid *g);

/* Put the records in the table's place and drop the table; g is its grid. Each
 * row's first cell becomes the record's title, and each other cell an item with
 * its header before it. Every cell and header is moved, once; where a header
 * or a cell of several rows is repeated, the copy's class is "field", as is
 * that of punctuation. */
void records_make(struct maker *m, xmlNode *table, const struct grid *g);

#endif
