/* Which of the addresses that markup offers for a picture to take. */
#ifndef FEEDBIND_ARTICLE_PICTURE_PICTURE_SOURCE_H
#define FEEDBIND_ARTICLE_PICTURE_PICTURE_SOURCE_H

#include "xml/tree.h"

/* So many pixels across are all that an e-reader's user can see: its screen's
 * width, twice over for a look at details. */
enum { READER_WIDTH = 1264, PICTURE_ENOUGH = 2 * READER_WIDTH };

struct picture_source {
    struct str address; /* a view into the tree, trimmed; empty: none */
    unsigned width;     /* in pixels, as srcset states it; 0: not known */
    unsigned density;   /* as srcset states it, in thousandths; 0: it doesn't */
    bool lazy;          /* the element leaves its address to a script */
};

/* The best address of an img, or of another element that has the same
 * attributes; `picture` is the picture element whose sources count too, NULL
 * for none. What keeps a place is taken only if there is nothing else. */
struct picture_source picture_source(const xmlNode *img,
                                     const xmlNode *picture);

#endif
