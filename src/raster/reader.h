/* A picture that is being read: rows of pixels from the top, each once, so
 * that a large one need never be in memory as a whole. */
#ifndef FEEDBIND_RASTER_READER_H
#define FEEDBIND_RASTER_READER_H

#include "raster/bitmap.h"

#include <stdbool.h>

/* Codecs embed this as the first member of a struct of their own. */
struct reader {
    unsigned width, height; /* not 0 */
    unsigned channels; /* of sRGB: 1: grey; 2: grey, alpha; 3: red, green, blue;
                          4: the same with alpha. Alpha is not premultiplied. */
    /* Read the next row, width × channels bytes. False if the file turns out
     * to be broken or cut off: nothing is read after that. Called at most
     * height times; the last call also looks at what follows the pixels. */
    bool (*row)(struct reader *r, unsigned char *to);
    void (*close)(struct reader *r); /* frees r */
};

void reader_close(struct reader *r); /* NULL is allowed */

/* A reader of a bitmap's rows, for codecs that decode whole pictures. Takes
 * the bitmap over. */
struct reader *reader_of_bitmap(struct bitmap *b);

/* Read all rows into *out, which bitmap_free frees; false if the file is
 * broken, and *out holds nothing then. The reader stays the caller's. */
bool reader_read(struct reader *r, struct bitmap *out);

#endif
