/* Covers, drawn. Part of the worker. */
#ifndef FEEDBIND_IMAGE_DRAW_H
#define FEEDBIND_IMAGE_DRAW_H

#include "base/str.h"
#include "image/protocol.h"
#include "raster/codec.h"

/* Draw the cover that `words` asks for, with the faces in `fonts`: title,
 * author, date and note, a line each, which may be empty. False if there are
 * no faces. *out is the cover, its pixels those of *canvas, which
 * bitmap_free frees. */
bool draw_cover(struct str words, const char *fonts, struct bitmap *canvas,
                struct indexed *out);

#endif
