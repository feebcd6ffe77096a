/* Colours of all kinds to sRGB, through Little CMS. */
#ifndef FEEDBIND_RASTER_COLOUR_H
#define FEEDBIND_RASTER_COLOUR_H

#include "base/str.h"

#include <stdbool.h>

/* How the samples of a row lie. */
struct samples {
    unsigned colours; /* 1: grey; 3: red, green, blue; 4: cyan, magenta,
                         yellow, black */
    bool alpha;       /* one more, passed on as it is; not with inks */
    bool deep;        /* 16 bits each, most significant byte first; not with
                         inks. Else 8 */
    bool inverted;    /* of inks: 255 is none, not all */
};

struct colour;

/* The way from the colours of an embedded ICC profile (ICC.1:2010, and those
 * before it) to sRGB. NULL if there is none to go: the profile is broken, not
 * one for such samples, or too large; or it gives what sRGB would, within one
 * step of 255. Profiles of three curves and a matrix are followed
 * colorimetrically, since they know no other way; those of tables, as printers'
 * are, perceptually, with the darkest ink made black, since paper is neither as
 * bright nor as dark as a screen. colour_free the result. */
struct colour *colour_of_profile(struct str icc, const struct samples *from);

/* The way from colours that a power of `gamma` makes light, 0.2 to 10, NULL as
 * above. `xy` are the coordinates of white, red, green and blue (x, y of each,
 * CIE 1931); NULL: those of sRGB. Not for inks. A gamma of about 2.2 with those
 * of sRGB means sRGB. */
struct colour *colour_of_gamma(double gamma, const double xy[8],
                               const struct samples *from);

void colour_free(struct colour *c); /* NULL is allowed */

/* Turn a row of pixels into 8-bit sRGB: grey stays grey, inks become red,
 * green, blue. `to` is another row. */
void colour_row(const struct colour *c, const unsigned char *from,
                unsigned char *to, unsigned width);

#endif
