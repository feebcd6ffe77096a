/* Media queries: which of a picture's sources are for an e-reader. */
#ifndef FEEDBIND_ARTICLE_PICTURE_MEDIA_QUERY_H
#define FEEDBIND_ARTICLE_PICTURE_MEDIA_QUERY_H

#include "base/str.h"

#include <stdbool.h>

/* True if the query list holds for a page in an e-reader `width` pixels wide:
 * a screen, upright, light, without animation. What is not known does not
 * hold; an empty list does. */
bool media_matches(struct str queries, unsigned width);

#endif
