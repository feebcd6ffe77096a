/* Links around pictures. */
#ifndef FEEDBIND_ARTICLE_PICTURE_PICTURE_LINKS_H
#define FEEDBIND_ARTICLE_PICTURE_PICTURE_LINKS_H

#include "article/article_int.h"

/* The nearest element around n that has one of these names (a list that ends
 * in NULL); NULL for none. */
const xmlNode *picture_within(const xmlNode *n, const char *const *names);

/* The address resolved, NULL if no picture can be there. */
const char *picture_web_address(struct maker *m, struct str address);

/* The link around a picture that leads to the picture itself leads nowhere in
 * a book: the picture is there already. If it leads to a larger one, that is
 * the picture, unless this one's `width` (0: not known) is large enough. */
void picture_unlink(struct maker *m, xmlNode *hole, unsigned width);

#endif
