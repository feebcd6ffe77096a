/* Pictures with fewer channels, and fewer greys. */
#ifndef FEEDBIND_RASTER_TONE_H
#define FEEDBIND_RASTER_TONE_H

#include "raster/bitmap.h"
#include "raster/palette.h"

/* No alpha where all pixels are opaque, and one channel for three where all
 * are grey, but for what compression has left in pictures of grey. */
void bitmap_drop_channels(struct bitmap *b);

/* Grey of the same luminance (ITU-R BT.709), in linear light; alpha stays. */
void bitmap_to_grey(struct bitmap *b);

/* A picture of one channel in 16 greys, evenly spread in sRGB: what a pixel
 * loses in linear light its neighbours get (Floyd and Steinberg, rows in turn
 * from the left and from the right), so that from afar it is as light as it
 * was. The pixels are those of *numbers, which bitmap_free frees. */
void bitmap_dither(const struct bitmap *b, struct bitmap *numbers,
                   struct indexed *out);

#endif
