/* What pictures are made for: a reader's screen and what it can show. */
#ifndef FEEDBIND_IMAGE_FIT_H
#define FEEDBIND_IMAGE_FIT_H

#include <stdint.h>

enum fit_colours {
    FIT_COLOUR,
    FIT_GREY,   /* 256 greys */
    FIT_GREY16, /* 16 greys, error diffused: an e-ink screen's own */
};

/* Formats of pictures in a book. JPEG and PNG are shown by every reader. */
enum fit_format { FIT_PNG, FIT_JPEG, FIT_GIF, FIT_FORMAT_COUNT };

enum { FIT_SLICES_MAX = 32 };

struct fit {
    uint32_t width, height; /* the box, pixels; pictures are never enlarged */
    uint32_t quality;       /* of JPEG, 1 to 100; less if max_bytes asks */
    uint32_t colours;       /* enum fit_colours */
    uint32_t keep_alpha;    /* 1: else it is put on white */
    uint32_t animation;     /* 1: an animated GIF stays one */
    uint32_t slices;        /* a tall picture may become as many, up to
                               FIT_SLICES_MAX; 1: none do */
    uint32_t recode;        /* 1: what could keep its data is encoded anew
                               where that is smaller */
    uint64_t max_bytes;     /* of one picture in the book; 0: no limit */
    uint64_t max_pixels;    /* likewise */
};

#endif
