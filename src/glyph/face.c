#include "glyph/face_int.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"

#include <hb-ft.h>
#include <stdlib.h>

static void set_size(struct face *face, unsigned pixels)
{
    if (!face->ft || !pixels)
        return;
    FT_Set_Pixel_Sizes(face->ft, 0, pixels);
    if (face->hb)
        hb_ft_font_changed(face->hb);
    else
        face->hb = hb_ft_font_create_referenced(face->ft);
}

static bool open_face(struct faces *f, size_t i)
{
    struct face *face = &f->items[i];
    struct arena *a = arena_new();
    if (!face->tried &&
        FT_New_Face(f->library, file_join(a, f->folder, f->names[i]), 0,
                    &face->ft) != 0)
        face->ft = NULL;
    arena_free(a);
    if (!face->tried)
        set_size(face, f->pixels);
    face->tried = true;
    return face->ft != NULL;
}

struct faces *faces_open(const char *folder, const char *const *names,
                         size_t count)
{
    struct faces *f = mem_alloc(sizeof *f);
    if (FT_Init_FreeType(&f->library) != 0)
        mem_exhausted();
    f->folder = mem_dup(folder, strlen(folder));
    f->names = names;
    f->count = count < FACES_MAX ? count : FACES_MAX;
    if (open_face(f, 0))
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
        if (f->items[i].ft)
            FT_Done_Face(f->items[i].ft);
    }
    FT_Done_FreeType(f->library);
    free(f->folder);
    free(f);
}

size_t faces_for(struct faces *f, uint32_t character)
{
    for (size_t i = 0; i < f->count; i++)
        if (open_face(f, i) && FT_Get_Char_Index(f->items[i].ft, character))
            return i;
    return FACE_NONE;
}

void faces_set_size(struct faces *f, unsigned pixels)
{
    f->pixels = pixels;
    for (size_t i = 0; i < f->count; i++)
        set_size(&f->items[i], pixels);
}
