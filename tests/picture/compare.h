/* How alike two pictures are. */
#ifndef FEEDBIND_TESTS_PICTURE_COMPARE_H
#define FEEDBIND_TESTS_PICTURE_COMPARE_H

#include "raster/bitmap.h"

struct likeness {
    double psnr;    /* decibels; PSNR_EQUAL for equal pictures */
    double ssim;    /* of the luma; 1 for equal pictures */
    unsigned worst; /* difference of any sample */
};

#define PSNR_EQUAL 99.0

/* Compare two pictures of the same size. Both are looked at as red, green,
 * blue and alpha, colours multiplied by alpha: so grey may be compared with
 * colour, and what cannot be seen does not matter. */
struct likeness compare(const struct bitmap *a, const struct bitmap *b);

#endif
