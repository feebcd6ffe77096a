/* Is a table of the source there for its look alone? */
#ifndef FEEDBIND_ARTICLE_CLEAN_LAYOUT_H
#define FEEDBIND_ARTICLE_CLEAN_LAYOUT_H

#include "xml/tree.h"

/* True if the table says nothing that its cells do not: it is told to be a
 * presentation; or it has one cell; or it has neither header nor caption, and
 * tables within it, or one column, or one row or all cells filled with more
 * than a line or paragraph (lists, headings, pictures, several paragraphs). */
bool table_is_layout(const xmlNode *table);

#endif
