/* Codecs: a row of verbs for each format. Which one a file needs is told by
 * its content, never by its name. */
#ifndef FEEDBIND_RASTER_CODEC_H
#define FEEDBIND_RASTER_CODEC_H

#include "base/buf.h"
#include "base/str.h"
#include "raster/bitmap.h"

#include <stdbool.h>
#include <stdint.h>

/* What a file's header says, before any pixel is decoded. */
struct raster_header {
    unsigned width, height; /* as stored, not 0 */
    unsigned orientation;   /* Exif, 1 to 8 */
    bool plain; /* a JPEG that readers show as it is: baseline, upright, sRGB
                   or grey */
};

struct codec {
    const char *name; /* "PNG" */
    /* Does the content begin as this format does? */
    bool (*sniff)(struct str file);
    /* Read the header; false if it is broken. */
    bool (*header)(struct str file, struct raster_header *out);
    /* Decode, perhaps to a smaller size, but none that is less than
     * least_width by least_height (as stored). False if the file is broken or
     * cut off; *out holds nothing then. */
    bool (*decode)(struct str file, unsigned least_width, unsigned least_height,
                   struct bitmap *out);
};

/* The codec for this content; NULL: there is none. *name (may be NULL) gets
 * the format's name, also of formats that feedbind knows but cannot decode;
 * NULL: it is no picture. */
const struct codec *codec_find(struct str file, const char **name);

extern const struct codec codec_png, codec_jpeg;

/* Encode 1 or 3 channels as PNG, of the fewest bits that hold them exactly. */
bool png_encode(const struct bitmap *b, struct buf *out);

/* A picture of few colours: a byte a pixel, its number in the palette. */
struct indexed {
    unsigned width, height;
    const unsigned char *pixels;   /* rows from the top */
    unsigned char palette[256][3]; /* red, green, blue */
    unsigned colours;              /* 1 to 256 */
};

/* Encode it as PNG; `flat`: most pixels are like their neighbours, so a
 * quick compressor does as well as a thorough one. */
bool png_encode_indexed(const struct indexed *p, bool flat, struct buf *out);

/* Encode 1 or 3 channels as baseline JPEG, quality 1 to 100; `sharp`: colours
 * are kept as sharp as greys. */
bool jpeg_encode(const struct bitmap *b, unsigned quality, bool sharp,
                 struct buf *out);

/* Append a JPEG without its metadata; false if it is not well-formed. */
bool jpeg_strip(struct str file, struct buf *out);

#endif
