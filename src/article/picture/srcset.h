/* srcset attributes: which pictures an author offers (HTML Standard 4.8.4). */
#ifndef FEEDBIND_ARTICLE_PICTURE_SRCSET_H
#define FEEDBIND_ARTICLE_PICTURE_SRCSET_H

#include "base/str.h"

#include <stdbool.h>

struct srcset_candidate {
    struct str address; /* a view into the attribute; never empty */
    unsigned width;     /* pixels, from "800w"; 0: not given */
    unsigned density;   /* thousandths, from "1.5x"; 1000 if not given */
};

/* Take the next candidate off the front of *rest; false at the end.
 * Candidates with descriptors that mean nothing are passed over. */
bool srcset_next(struct str *rest, struct srcset_candidate *candidate);

/* The one to take for a screen on which `enough` pixels show all that there is
 * to see: the smallest of at least so many, else the largest. Candidates for
 * which `usable` is false are passed over; false if that leaves none. */
bool srcset_choose(struct str set, unsigned enough, bool (*usable)(struct str),
                   struct srcset_candidate *chosen);

#endif
