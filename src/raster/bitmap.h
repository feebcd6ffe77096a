/* A picture in memory: 8 bits a channel, sRGB or grey. */
#ifndef FEEDBIND_RASTER_BITMAP_H
#define FEEDBIND_RASTER_BITMAP_H

#include <stddef.h>

struct bitmap {
    unsigned width, height;
    unsigned channels;     /* 1: grey; 3: red, green, blue; fresh from a decoder
                              also 2 and 4: the same with alpha, not
                              premultiplied */
    unsigned char *pixels; /* rows from the top, width × channels bytes each */
};

/* A bitmap of zeroed pixels; bitmap_free it. */
struct bitmap bitmap_new(unsigned width, unsigned height, unsigned channels);
void bitmap_free(struct bitmap *b);

static inline unsigned char *bitmap_row(const struct bitmap *b, unsigned y)
{
    return b->pixels + (size_t)y * b->width * b->channels;
}

/* Turn and mirror as an Exif orientation asks: 1 to 8 (Exif 2.32, tag 0x0112);
 * others do nothing. */
void bitmap_orient(struct bitmap *b, unsigned orientation);

/* Put pixels with alpha, if there are any, on a grey ground, mixing values as
 * they are: as browsers do, and as a drawing's own edges are mixed with what
 * is below them. */
void bitmap_flatten(struct bitmap *b, unsigned char ground);

/* The ground to put it on: white, or dark for what would vanish on that, as
 * what is drawn in white for dark pages. */
unsigned char bitmap_ground(const struct bitmap *b);

#endif
