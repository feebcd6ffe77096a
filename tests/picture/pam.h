/* Pictures as netpbm's files: what tests compare. */
#ifndef FEEDBIND_TESTS_PICTURE_PAM_H
#define FEEDBIND_TESTS_PICTURE_PAM_H

#include "base/buf.h"
#include "raster/bitmap.h"

#include <stdbool.h>

/* Read a PGM, PPM or PAM file (netpbm's pgm(5), ppm(5), pam(5): P5, P6, P7) of
 * 8 bits a channel, 1 to 4 of them. False if it is none; else bitmap_free
 * *out. */
bool pam_read(struct str file, struct bitmap *out);

/* Append the bitmap as PAM. */
void pam_write(const struct bitmap *b, struct buf *out);

#endif
