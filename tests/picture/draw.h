/* Pictures that nobody took: stand-ins for what articles show. */
#ifndef FEEDBIND_TESTS_PICTURE_DRAW_H
#define FEEDBIND_TESTS_PICTURE_DRAW_H

#include "raster/bitmap.h"

#include <stdbool.h>
#include <stdint.h>

/* Draw a picture of a kind: "photo" has detail of every size, noise and soft
 * edges, as a camera gives; "screenshot" windows full of text; "diagram" boxes,
 * lines and words on white. The same numbers give the same pixels. `fonts`:
 * folder of the faces. False if there is no such kind, or no faces. */
bool draw_picture(const char *kind, uint32_t seed, const char *fonts,
                  struct bitmap *b);

#endif
