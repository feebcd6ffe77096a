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
    bool plain; /* the file's own samples are what is read: 8 bits or fewer of
                   sRGB, so that those who know nothing of profiles show the
                   same */
    bool cut;   /* the file breaks off: what is missing is blank, or coarse.
                   Known after the last row. */
    unsigned y; /* rows that were read, counted by reader_row … */
    bool ended; /* … and there are no more in the file */
    /* Read the next row, width × channels bytes. False if the file is broken
     * or cut off there; neither is it called again then, nor after the last
     * row. */
    bool (*row)(struct reader *r, unsigned char *to);
    void (*close)(struct reader *r); /* frees r */
};

/* Read the next row; not to be called after the last. From where the file
 * breaks off on, rows are blank, which is white, or clear where there is
 * alpha. False if less than a tenth of the rows came before that: such a file
 * is broken. */
bool reader_row(struct reader *r, unsigned char *to);

void reader_close(struct reader *r); /* NULL is allowed */

/* A reader of a bitmap's rows, for codecs that decode whole pictures. Takes
 * the bitmap over. Of a file that is cut off its first rows may be all. */
struct reader *reader_of_bitmap(struct bitmap *b);
struct reader *reader_of_rows(struct bitmap *b, unsigned rows);

/* Read all rows into *out, which bitmap_free frees; false if the file is
 * broken, and *out holds nothing then. The reader stays the caller's. */
bool reader_read(struct reader *r, struct bitmap *out);

#endif
