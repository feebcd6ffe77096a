/* Shared by the glyph craft's files. */
#ifndef FEEDBIND_GLYPH_FACE_INT_H
#define FEEDBIND_GLYPH_FACE_INT_H

#include "glyph/face.h"

#include <stdbool.h>

#include <ft2build.h>
#include <hb.h>
#include FT_FREETYPE_H

enum { FACES_MAX = 8 };

struct face {
    FT_Face ft; /* NULL: not opened yet, or it could not be */
    hb_font_t *hb;
    bool tried;
};

struct faces {
    FT_Library library;
    struct face items[FACES_MAX];
    size_t count;
    char *folder;
    const char *const *names;
    unsigned pixels; /* the size that is set; 0: none */
};

#endif
