/* Canonical addresses of all entries: which article of the book a link leads
 * to. */
#ifndef FEEDBIND_ARTICLE_LINK_INDEX_H
#define FEEDBIND_ARTICLE_LINK_INDEX_H

#include "article/article.h"

/* True, and the article's number, if `address` (absolute, no fragment) is that
 * of an entry, http and https, "www.", tracking parameters and a slash at the
 * end aside. Temporary text is made in the arena. */
bool link_index_find(const struct link_index *index, struct arena *arena,
                     const char *address, size_t *article);

#endif
