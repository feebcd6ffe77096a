/* The size that a picture is to be shown at, as its element states it. */
#ifndef FEEDBIND_ARTICLE_STYLE_SIZE_H
#define FEEDBIND_ARTICLE_STYLE_SIZE_H

#include "xml/tree.h"

enum { SIZE_LARGEST = 100000 }; /* what is larger counts as this */

/* The element's `name`, "width" or "height", in CSS pixels, by its style, else
 * its attribute; -1 if neither states it as a length. */
int size_stated(const xmlNode *n, const char *name);

#endif
