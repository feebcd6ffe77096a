/* Lines of text: broken, shaped, drawn. HarfBuzz shapes and FriBidi orders, so
 * every script that a face has comes out right. */
#ifndef FEEDBIND_GLYPH_LINE_H
#define FEEDBIND_GLYPH_LINE_H

#include "base/str.h"
#include "glyph/face.h"
#include "raster/bitmap.h"

struct paragraph;

/* Break `text` into lines no wider than `width` pixels, and of nearly equal
 * length, at the faces' present size; a word that is wider is broken, too. Not
 * more than `lines` lines (1 to 64): what is left over is cut, with an
 * ellipsis. Free with paragraph_free. */
struct paragraph *paragraph_new(struct faces *f, struct str text, int width,
                                size_t lines);
void paragraph_free(struct paragraph *p);

size_t paragraph_lines(const struct paragraph *p);

/* Was text cut off, or a word broken? */
bool paragraph_overflows(const struct paragraph *p);

/* Does the text run from right to left? */
bool paragraph_rtl(const struct paragraph *p);

/* Have its lines end at the right or begin at the left, whatever their
 * direction, which decides otherwise. */
void paragraph_align(struct paragraph *p, bool right);

/* How strongly a pixel is covered: 0, not at all, to LINE_LEVELS, wholly. */
enum { LINE_LEVELS = 7 };

/* Draw at `x`, the first line's baseline at `y`, the others `leading` pixels
 * below each other. Lines that end at the right end at x + width instead. `b`
 * has one channel, of palette indices: pixels become `ground` + their level,
 * where that is more than they are. What lies outside of `b` is not drawn. */
void paragraph_draw(const struct paragraph *p, const struct bitmap *b, int x,
                    int y, int leading, unsigned char ground);

#endif
