#include "glyph/face_int.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"

#include <hb-ft.h>
#include <stdlib.h>

struct faces *faces_open(const char *folder, const char *const *names,
                         size_t count)
{
    struct faces *f = mem_alloc(sizeof *f);
    struct arena *a = arena_new();
    if (FT_Init_FreeType(&f->library) != 0)
        mem_exhausted();
    for (size_t i = 0; i < count && f->count < FACES_MAX; i++) {
        FT_Face face;
        if (FT_New_Face(f->library, file_join(a, folder, names[i]), 0, &face) ==
            0)
            f->items[f->count++].ft = face;
    }
    arena_free(a);
    if (f->count)
        return f;
    faces_free(f);
    return NULL;
}

void faces_free(struct faces *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->count; i++) {
        hb_font_destroy(f->items[i].hb);
        FT_Done_Face(f->items[i].ft);
    }
    FT_Done_FreeType(f->library);
    free(f);
}

size_t faces_for(const struct faces *f, uint32_t character)
{
    for (size_t i = 0; i < f->count; i++)
        if (FT_Get_Char_Index(f->items[i].ft, character))
            return i;
    return 0;
}

void faces_set_size(struct faces *f, unsigned pixels)
{
    for (size_t i = 0; i < f->count; i++) {
        struct face *face = &f->items[i];
        FT_Set_Pixel_Sizes(face->ft, 0, pixels);
        if (face->hb)
            hb_ft_font_changed(face->hb);
        else
            face->hb = hb_ft_font_create_referenced(face->ft);
    }
}
