/* Scaling as it is defined, with no regard to time: what scaled pictures are
 * compared with. */
#ifndef FEEDBIND_TESTS_PICTURE_SHRINK_H
#define FEEDBIND_TESTS_PICTURE_SHRINK_H

#include "raster/bitmap.h"

/* Scale an opaque picture (1 or 3 channels) with Lanczos' filter of three
 * lobes, widened by the factor that it is made smaller by, in linear light and
 * double precision; bitmap_free the result. */
struct bitmap shrink(const struct bitmap *b, unsigned width, unsigned height);

#endif
