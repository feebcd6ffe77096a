/* How large a picture is shown, before anything of it is decoded. Part of the
 * worker. */
#ifndef FEEDBIND_IMAGE_PLAN_H
#define FEEDBIND_IMAGE_PLAN_H

#include "image/fit.h"

#include <stdbool.h>

struct plan {
    unsigned width, height; /* pixels of the whole, not 0 */
    unsigned pieces;        /* at most so many, from top to bottom; 1: whole */
    unsigned piece_height;  /* of each at most */
};

/* For an upright picture of that size. It fits into the box, and into
 * fit->max_pixels; a very tall one, which would be too narrow to be read
 * then, is as wide as the box if it is to be cut. Proportions are kept, and
 * nothing becomes larger than it was. */
struct plan plan_make(const struct fit *fit, unsigned width, unsigned height);

/* A smaller plan, for what takes too many bytes; false if it would be too
 * small to show anything. */
bool plan_shrink(struct plan *plan);

#endif
