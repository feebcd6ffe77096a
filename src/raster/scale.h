/* Scaling, in linear light. */
#ifndef FEEDBIND_RASTER_SCALE_H
#define FEEDBIND_RASTER_SCALE_H

#include "raster/bitmap.h"

#include <stdbool.h>

/* The size of a width × height picture that fits into a box with its
 * proportions kept; never larger than it was, never 0. */
void scale_fit(unsigned width, unsigned height, unsigned box_width,
               unsigned box_height, unsigned *to_width, unsigned *to_height);

/* Make *b (1 or 3 channels) width × height, not 0, with Lanczos' filter,
 * through zimg on 16-bit planes of linear light, which gives the same bits on
 * every CPU. False if zimg fails; *b is unchanged then. */
bool scale_to(struct bitmap *b, unsigned width, unsigned height);

#endif
