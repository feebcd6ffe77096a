/* Cutting tall pictures into pieces. Part of the worker. */
#ifndef FEEDBIND_IMAGE_SLICE_H
#define FEEDBIND_IMAGE_SLICE_H

#include "raster/bitmap.h"

#include <stdbool.h>

/* What is still to be cut. Set y to 0 and the limits before the first call. */
struct slicing {
    unsigned y;            /* where the next piece begins */
    unsigned piece_height; /* the most rows of one */
    unsigned pieces;       /* how many there may still be */
};

/* The next piece of `b`, of 1 or 3 channels, its pixels those of `b`; false
 * after the last. Where one ends it is quiet: rows of one tone lie around the
 * cut. Where there are none, the next piece begins a little before the end of
 * this one, so that a line of text is whole in either. If there are too few
 * pieces for all rows, they are higher than asked. */
bool slice_next(struct slicing *s, const struct bitmap *b,
                struct bitmap *piece);

#endif
