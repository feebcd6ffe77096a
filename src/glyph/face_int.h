/* Shared by the glyph craft's files. */
#ifndef FEEDBIND_GLYPH_FACE_INT_H
#define FEEDBIND_GLYPH_FACE_INT_H

#include "glyph/face.h"

#include <ft2build.h>
#include <hb.h>
#include FT_FREETYPE_H

enum { FACES_MAX = 8 };

struct face {
    FT_Face ft;
    hb_font_t *hb;
};

struct faces {
    FT_Library library;
    struct face items[FACES_MAX];
    size_t count;
};

#endif
