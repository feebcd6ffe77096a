/* Pictures of few colours. */
#ifndef FEEDBIND_RASTER_PALETTE_H
#define FEEDBIND_RASTER_PALETTE_H

#include "raster/bitmap.h"

#include <stdbool.h>

enum { PALETTE_MAX = 256 };

/* A byte a pixel: the number of its colour. */
struct indexed {
    unsigned width, height;
    const unsigned char *pixels;           /* rows from the top */
    unsigned char palette[PALETTE_MAX][3]; /* red, green, blue */
    unsigned char alpha[PALETTE_MAX];      /* of the first `clear` colours */
    unsigned colours;                      /* 1 to PALETTE_MAX */
    unsigned clear;                        /* how many are not opaque */
};

/* The bits that hold the number of one of so many colours. */
static inline unsigned palette_bits(unsigned colours)
{
    return colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8;
}

/* The picture, of 1 to 4 channels, with the palette of all its colours: those
 * that are not opaque, then the others, dark ones first. Its pixels are those
 * of *numbers, which bitmap_free frees. False, and *numbers holds nothing, if
 * it has more colours than a palette. */
bool palette_exact(const struct bitmap *b, struct bitmap *numbers,
                   struct indexed *out);

/* Likewise with as few colours as can be without anyone seeing a difference:
 * an even tone moves by next to nothing, and what lies at edges, smoothed by
 * scaling, by little. False if a palette is not enough for that, as for most
 * photographs. */
bool palette_near(const struct bitmap *b, struct bitmap *numbers,
                  struct indexed *out);

#endif
