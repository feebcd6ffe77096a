/* Scaling, in linear light. */
#ifndef FEEDBIND_RASTER_SCALE_H
#define FEEDBIND_RASTER_SCALE_H

#include "raster/bitmap.h"
#include "raster/reader.h"

#include <stdbool.h>

/* The size of a width × height picture that fits into a box with its
 * proportions kept; never larger than it was, never 0. */
void scale_fit(unsigned width, unsigned height, unsigned box_width,
               unsigned box_height, unsigned *to_width, unsigned *to_height);

/* Read all of `r` into *out, made width × height, not 0, which bitmap_free
 * frees. Scaled with Lanczos' filter by zimg, on 16-bit planes of linear light
 * with premultiplied alpha, which gives the same bits on every CPU. At its own
 * size the pixels stay as they are. False if the file is broken, or zimg fails;
 * *out holds nothing then. The reader stays the caller's. */
bool scale_read(struct reader *r, unsigned width, unsigned height,
                struct bitmap *out);

#endif
