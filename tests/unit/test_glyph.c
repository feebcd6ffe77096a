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

enum { WIDTH = 1200 };

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
        struct cover_page page = {.width = WIDTH, .paper = cover_paper(false)};
        struct bitmap canvas;
        struct indexed picture;
        struct buf png = buf_make(BUF_BODY);
        assert_true(
            draw_cover(str_of(words[i]), fonts(), &page, &canvas, &picture));
        assert_int_equal(page.rtl, i == 3);
        assert_true(png_encode_indexed(&picture, true, &png));
        assert_in_range(png.len, 1000, 300 * 1024);
        assert_false(inked(&canvas, 0, 80));
        assert_false(inked(&canvas, WIDTH - 80, WIDTH));
        assert_true(inked(&canvas, 80, WIDTH - 80));
        bitmap_free(&canvas);
        buf_free(&png);
    }
}

static void without_faces_there_is_no_cover(void **state)
{
    struct cover_page page = {.width = WIDTH, .paper = cover_paper(false)};
    struct bitmap canvas = {0};
    struct indexed picture;
    (void)state;
    assert_false(
        draw_cover(STR("x\n"), "/nonexistent", &page, &canvas, &picture));
}

/* ---- pictures on covers ---- */

/* A picture of one colour, with a frame of another, 8 pixels wide. */
static struct buf framed(unsigned width, unsigned height)
{
    struct bitmap b = bitmap_new(width, height, 3);
    struct buf file = buf_make(BUF_BODY);
    for (unsigned y = 0; y < height; y++)
        for (unsigned x = 0; x < width; x++) {
            bool frame = x < 8 || y < 8 || x + 8 >= width || y + 8 >= height;
            unsigned char *p = bitmap_row(&b, y) + (size_t)x * 3;
            p[0] = frame ? 200 : 10;
            p[1] = frame ? 10 : 200;
            p[2] = 10;
        }
    assert_true(png_encode(&b, &file));
    bitmap_free(&b);
    return file;
}

/* What is at a place of a cover: the picture, its frame or ground, paper or
 * the panel. */
static char at(const struct bitmap *b, unsigned x, unsigned y)
{
    const unsigned char *p = bitmap_row(b, y) + (size_t)x * b->channels;
    if (b->channels == 1)
        return 'g';
    return p[0] > 150 && p[1] < 60   ? 'f'
           : p[1] > 150 && p[0] < 60 ? 'p'
           : p[0] > 240              ? '.'
                                     : '#';
}

/* The places along the cover's middle, each eighth of its height, then those
 * of its left side. */
static void look(const struct bitmap *b, char *out)
{
    for (unsigned i = 0; i < 8; i++) {
        out[i] = at(b, b->width - 60, b->height * (2 * i + 1) / 16);
        out[i + 9] = at(b, 4, b->height * (2 * i + 1) / 16);
    }
    out[8] = ' ';
    out[17] = '\0';
}

static void pictures_find_their_place(void **state)
{
    static const struct {
        unsigned width, height;
        bool mark;
        const char *look; /* near the right side, and at the left one */
    } cases[] = {
        {1200, 1600, false, "pppppppp ffffffff"}, /* it is the cover */
        {1230, 1600, false, "pppppppp pppppppp"}, /* a little is cut off */
        {1000, 1600, false, "ffffffff ffffffff"}, /* whole, on its ground */
        {1600, 1200, false, "pppp.... ffff...."}, /* its upper part */
        {1200, 1200, false, "ppppp... fffff..."}, /* cut off above, below */
        {1200, 1400, false, "fffff... fffff..."}, /* whole, on its ground */
        {300, 200, false, "ffff.... ffff...."},   /* hardly enlarged */
        {3000, 300, false, "p....... p......."},
        {300, 300, true, "######.. ######.."},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf file = framed(cases[i].width, cases[i].height);
        const struct cover_job job = {.words = STR("T\n\n\n\n"),
                                      .picture = buf_view(&file),
                                      .fonts = fonts(),
                                      .width = WIDTH,
                                      .mark = cases[i].mark};
        struct bitmap b;
        char seen[18];
        assert_true(paint_cover(&job, &b));
        assert_int_equal(b.width, WIDTH);
        assert_int_equal(b.height, COVER_HEIGHT);
        look(&b, seen);
        assert_string_equal(seen, cases[i].look);
        bitmap_free(&b);
        buf_free(&file);
    }
}

static void signs_stand_at_the_end_of_lines(void **state)
{
    static const struct {
        struct str words;
        unsigned x, other;
    } cases[] = {{{"Kites\nAda\n", 10}, WIDTH - 200, 200},
                 {{"مجلة\nكاتب\n", 18}, 200, WIDTH - 200}};
    struct buf file = framed(400, 400);
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct cover_job job = {.words = cases[i].words,
                                      .picture = buf_view(&file),
                                      .fonts = fonts(),
                                      .width = WIDTH,
                                      .mark = true};
        struct bitmap b;
        assert_true(paint_cover(&job, &b));
        assert_int_equal(at(&b, cases[i].x, 1360), 'p');
        assert_int_equal(at(&b, cases[i].other, 1360), '.');
        bitmap_free(&b);
    }
    buf_free(&file);
}

static void covers_may_be_grey(void **state)
{
    struct bitmap grey = bitmap_new(600, 400, 1), b;
    struct buf file = buf_make(BUF_BODY);
    struct cover_job job = {
        .words = STR("T\nA\n"), .fonts = fonts(), .width = WIDTH, .grey = true};
    (void)state;
    assert_true(png_encode(&grey, &file));
    job.picture = buf_view(&file);
    for (int mark = 0; mark < 2; mark++) {
        job.mark = mark;
        assert_true(paint_cover(&job, &b));
        assert_int_equal(b.channels, 1);
        bitmap_free(&b);
    }
    bitmap_free(&grey);
    buf_free(&file);
}

static void broken_pictures_are_on_no_cover(void **state)
{
    struct buf file = framed(400, 400);
    const struct cover_job job = {.words = STR("T\n"),
                                  .picture =
                                      str_sub(buf_view(&file), 0, file.len / 2),
                                  .fonts = fonts(),
                                  .width = WIDTH};
    struct bitmap b;
    (void)state;
    assert_false(paint_cover(&job, &b));
    buf_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_broken_and_balanced),
        cmocka_unit_test(right_to_left_is_told),
        cmocka_unit_test(covers_keep_their_margins),
        cmocka_unit_test(without_faces_there_is_no_cover),
        cmocka_unit_test(pictures_find_their_place),
        cmocka_unit_test(signs_stand_at_the_end_of_lines),
        cmocka_unit_test(covers_may_be_grey),
        cmocka_unit_test(broken_pictures_are_on_no_cover),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
