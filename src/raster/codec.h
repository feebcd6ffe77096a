/* Codecs: a row of verbs for each format. Which one a file needs is told by
 * its content, never by its name. */
#ifndef FEEDBIND_RASTER_CODEC_H
#define FEEDBIND_RASTER_CODEC_H

#include "base/buf.h"
#include "base/str.h"
#include "raster/bitmap.h"
#include "raster/palette.h"
#include "raster/reader.h"

#include <stdbool.h>
#include <stdint.h>

/* What a file's header says, before any pixel is decoded. */
struct raster_header {
    unsigned width, height;  /* as stored, not 0; a drawing's natural size, in
                                CSS pixels */
    unsigned orientation;    /* Exif, 1 to 8 */
    bool scalable;           /* a drawing, which is sharp at any size */
    bool animated;           /* it has several frames */
    const char *unsupported; /* "JPEG of 12 bits": a kind that is known but
                                cannot be decoded; nothing else is set then.
                                NULL: it can */
};

struct codec {
    const char *name; /* "PNG" */
    /* Does the content begin as this format does? */
    bool (*sniff)(struct str file);
    /* Read the header; false if it is broken. */
    bool (*header)(struct str file, struct raster_header *out);
    /* Begin to read pixels, to be shown at width × height (as stored). A
     * drawing is drawn at just that size; what can be shrunk while it is
     * decoded is, to no less than twice that; all else comes as it is. NULL if
     * the file is broken. `file` must stay; reader_close the result. */
    struct reader *(*open)(struct str file, unsigned width, unsigned height);
    /* Append the picture as it is, its pixels the same to the bit, in the kind
     * of its format that every reader shows, without metadata; an animation
     * with all frames that are whole. For files that are upright, and whole and
     * plain (struct reader) or animated. False if it cannot be, and `out` has
     * bytes more that mean nothing. NULL: the format is not one for books, or
     * files are not kept. */
    bool (*keep)(struct str file, struct buf *out);
};

/* The codec for this content; NULL: there is none. *name (may be NULL) gets
 * the format's name, also of formats that feedbind knows but cannot decode;
 * NULL: it is no picture. */
const struct codec *codec_find(struct str file, const char **name);

/* The codec for this content among those of feedbind-draw, whose libraries
 * take long to load, and which may not be built in (raster/format.h). */
const struct codec *codec_find_drawn(struct str file);

/* Open, read all pixels and close; see codec.open and reader_read. */
bool codec_read(const struct codec *codec, struct str file, unsigned width,
                unsigned height, struct bitmap *out);

extern const struct codec codec_png, codec_jpeg, codec_gif, codec_webp,
    codec_bmp, codec_ico;
extern const struct codec codec_svg, codec_avif; /* of feedbind-draw */

/* From now on drawings' text is set in faces of this folder alone, whatever
 * fonts the system has. A process calls it once, before it opens a drawing. */
void svg_use_faces(const char *folder);

/* Encode 1 to 4 channels as PNG, of the fewest bits that hold them exactly. */
bool png_encode(const struct bitmap *b, struct buf *out);

/* Encode it as PNG, of grey or with a palette; `quick`: most pixels are like
 * their neighbours, so a quick compressor does nearly as well as a thorough
 * one. */
bool png_encode_indexed(const struct indexed *p, bool quick, struct buf *out);

/* Encode 1 or 3 channels as baseline JPEG, quality 1 to 100; `sharp`: colours
 * are kept as sharp as greys. */
bool jpeg_encode(const struct bitmap *b, unsigned quality, bool sharp,
                 struct buf *out);

#endif
