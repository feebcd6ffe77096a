/* Lines and covers: text of every script fits into its box. */
#include "glyph/line.h"
#include "image/draw.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *fonts(void)
{
    static char path[4096];
    const char *build = getenv("BUILD");
    /* the sanitizers' build gathers its own */
    snprintf(path, sizeof path, "%s/fonts", build ? build : "build");
    return path;
}

static struct faces *open_faces(unsigned size)
{
    static const char *const names[] = {"LinLibertine_R.otf", "DejaVuSans.ttf"};
    struct faces *f = faces_open(fonts(), names, ARRAY_LEN(names));
    assert_non_null(f);
    faces_set_size(f, size);
    return f;
}

static void lines_are_broken_and_balanced(void **state)
{
    struct faces *f = open_faces(40);
    (void)state;
    struct paragraph *p = paragraph_new(
        f, STR("several words that need more than one line of this width"), 400,
        10);
    assert_in_range(paragraph_lines(p), 2, 5);
    assert_false(paragraph_overflows(p));
    assert_false(paragraph_rtl(p));
    paragraph_free(p);
    p = paragraph_new(f, STR("Incomprehensibilities"), 100, 3);
    assert_in_range(paragraph_lines(p), 2, 3);
    assert_true(paragraph_overflows(p));
    paragraph_free(p);
    p = paragraph_new(f, STR("one two three four five six seven"), 150, 2);
    assert_int_equal(paragraph_lines(p), 2);
    assert_true(paragraph_overflows(p));
    paragraph_free(p);
    p = paragraph_new(f, STR(""), 100, 2);
    assert_int_equal(paragraph_lines(p), 0);
    paragraph_free(p);
    faces_free(f);
}

static void right_to_left_is_told(void **state)
{
    struct faces *f = open_faces(40);
    (void)state;
    struct paragraph *p = paragraph_new(f, STR("مجلة الحرف 42 EPUB"), 300, 5);
    assert_true(paragraph_rtl(p));
    paragraph_free(p);
    faces_free(f);
}

/* Is any pixel of these columns not the ground's? */
static bool inked(const struct bitmap *b, unsigned from, unsigned to)
{
    unsigned bottom = b->height - 1;
    for (unsigned y = 0; y < b->height; y++)
        for (unsigned x = from; x < to; x++) {
            unsigned ground = bitmap_row(b, y < 1120 ? 0 : bottom)[0];
            if (bitmap_row(b, y)[x] != ground)
                return true;
        }
    return false;
}

static void covers_keep_their_margins(void **state)
{
    static const char *const words[] = {
        "Kites\nAda\nMarch 2026\n12 articles\n",
        "A title that is so long that it must shrink, and shrink again, until "
        "all of its many words have found their place upon the cover of the "
        "book, as they do here at last\nA\n\n\n",
        "Донаудампфшиффарт\nАвтор\n\n1 article\n",
        "مجلة المصحح والمجلد\nكاتب\n2026\n\n",
        "製本の技術と活字\n著者\n\n\n",
        "🚀 Emoji ✅ & <signs>\n\n\n\n",
        "\n\n\n\n",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten"
        "gesellschaft\n\n\n\n",
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        struct bitmap canvas;
        struct indexed picture;
        struct buf png = buf_make(BUF_BODY);
        assert_true(draw_cover(str_of(words[i]), fonts(), &canvas, &picture));
        assert_true(png_encode_indexed(&picture, true, &png));
        assert_in_range(png.len, 1000, 300 * 1024);
        assert_false(inked(&canvas, 0, 80));
        assert_false(inked(&canvas, COVER_WIDTH - 80, COVER_WIDTH));
        assert_true(inked(&canvas, 80, COVER_WIDTH - 80));
        bitmap_free(&canvas);
        buf_free(&png);
    }
}

static void without_faces_there_is_no_cover(void **state)
{
    struct bitmap canvas = {0};
    struct indexed picture;
    (void)state;
    assert_false(draw_cover(STR("x\n"), "/nonexistent", &canvas, &picture));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_broken_and_balanced),
        cmocka_unit_test(right_to_left_is_told),
        cmocka_unit_test(covers_keep_their_margins),
        cmocka_unit_test(without_faces_there_is_no_cover),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
