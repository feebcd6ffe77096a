/* Pictures that are there to be counted, not to be seen. */
#ifndef FEEDBIND_ARTICLE_PRUNE_TRACKERS_H
#define FEEDBIND_ARTICLE_PRUNE_TRACKERS_H

#include "article/article_int.h"

/* True for an img of one pixel, by its attributes or style, and for one whose
 * address is that of a service that counts readers. */
bool tracker_is(struct maker *m, const xmlNode *img, struct str address);

/* True if the img is stated to be at most `size` pixels high and wide. */
bool tracker_fits(const xmlNode *img, int size);

#endif
