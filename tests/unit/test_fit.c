/* How large pictures become, and where tall ones are cut. */
#include "image/plan.h"
#include "image/slice.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct fit reader = {
    .width = 1264, .height = 1680, .quality = 82, .slices = 32};

/* ---- plans ---- */

static void pictures_fit_into_the_box(void **state)
{
    static const struct {
        unsigned width, height, to_width, to_height;
    } sizes[] = {{4000, 3000, 1264, 948}, {600, 400, 600, 400},
                 {100, 1680, 100, 1680},  {1264, 3300, 644, 1680},
                 {1, 20000, 1, 1680},     {30000, 2, 1264, 1}};
    struct fit fit = reader;
    (void)state;
    fit.slices = 1;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        struct plan p = plan_make(&fit, sizes[i].width, sizes[i].height);
        assert_int_equal(p.pieces, 1);
        assert_in_range(p.width, sizes[i].to_width - 1, sizes[i].to_width);
        assert_int_equal(p.height, sizes[i].to_height);
    }
}

static void pixels_have_a_limit(void **state)
{
    struct fit fit = {
        .width = 2732, .height = 2732, .slices = 1, .max_pixels = 4000000};
    (void)state;
    for (unsigned width = 1; width < 9000; width += 371)
        for (unsigned height = 1; height < 9000; height += 413) {
            struct plan p = plan_make(&fit, width, height);
            uint64_t pixels = (uint64_t)p.width * p.height;
            assert_true(pixels <= 4000000);
            assert_true(p.width <= 2732 && p.height <= 2732);
            bool shrunk = p.width < width && p.height < height;
            assert_true(!shrunk || pixels > 3900000 || p.width == 2732 ||
                        p.height == 2732);
        }
}

static void tall_pictures_are_as_wide_as_the_box(void **state)
{
    static const struct {
        unsigned width, height, to_width;
        bool cut;
    } sizes[] = {
        {800, 12000, 800, true},  /* a comic */
        {1600, 9000, 1264, true}, /* an infographic */
        {1264, 4100, 0, false},   /* not so tall */
        {200, 1600, 200, false},  /* as wide as it ever was */
        {1400, 60000, 280, true}, /* less wide, for memory's sake */
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        struct plan p = plan_make(&reader, sizes[i].width, sizes[i].height);
        assert_int_equal(p.pieces > 1, sizes[i].cut);
        if (sizes[i].to_width)
            assert_int_equal(p.width, sizes[i].to_width);
        assert_true(p.piece_height <= reader.height);
        assert_true(p.pieces * p.piece_height >= p.height);
    }
}

static void plans_shrink_to_an_end(void **state)
{
    static const unsigned sizes[][2] = {{1, 20000}, {5000, 5000}, {9000, 1}};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        struct plan p = plan_make(&reader, sizes[i][0], sizes[i][1]);
        unsigned times = 0;
        while (plan_shrink(&p))
            times++;
        assert_in_range(times, 5, 40);
        assert_true(p.width && p.height);
    }
}

/* ---- pieces ---- */

/* Rows of letters, `line` high, with `gap` white rows between them. */
static struct bitmap lines(unsigned height, unsigned line, unsigned gap)
{
    struct bitmap b = bitmap_new(300, height, 1);
    for (unsigned y = 0; y < height; y++)
        for (unsigned x = 0; x < b.width; x++)
            bitmap_row(&b, y)[x] =
                y % (line + gap) < line && x / 2 % 3 ? 20 : 250;
    return b;
}

struct cuts {
    unsigned count, overlaps, through; /* … of a line of letters */
};

/* Cut; pieces follow each other, or overlap by a little, and hold all rows. */
static struct cuts cut_all(const struct bitmap *b, unsigned most,
                           unsigned pieces)
{
    struct slicing s = {.piece_height = most, .pieces = pieces};
    struct bitmap piece;
    struct cuts cuts = {0};
    unsigned end = 0;
    while (slice_next(&s, b, &piece)) {
        unsigned y = (unsigned)(piece.pixels - b->pixels) / b->width;
        assert_in_range(y, end - (end ? most / 20 : 0), end);
        cuts.overlaps += y < end;
        cuts.through += y && bitmap_row(b, y)[0] != bitmap_row(b, y)[5];
        assert_in_range(piece.height, 1, most);
        end = y + piece.height;
        cuts.count++;
    }
    assert_int_equal(end, b->height);
    assert_true(cuts.count <= pieces);
    return cuts;
}

static void cuts_are_where_it_is_quiet(void **state)
{
    (void)state;
    for (unsigned gap = 4; gap < 40; gap += 7) {
        struct bitmap b = lines(5000, 24, gap);
        struct cuts cuts = cut_all(&b, 700, 32);
        assert_in_range(cuts.count, 8, 15);
        assert_int_equal(cuts.overlaps, 0);
        assert_int_equal(cuts.through, 0);
        bitmap_free(&b);
    }
}

static void pieces_overlap_where_it_is_not(void **state)
{
    struct bitmap b = lines(5000, 5000, 0);
    struct cuts cuts = cut_all(&b, 700, 32);
    (void)state;
    assert_int_equal(cuts.overlaps, cuts.count - 1);
    bitmap_free(&b);
}

static void pieces_are_no_more_than_asked(void **state)
{
    (void)state;
    for (unsigned height = 1; height < 7000; height += 97)
        for (unsigned gap = 0; gap < 12; gap += 11) {
            struct bitmap b = lines(height, 24, gap);
            cut_all(&b, 700, (height + 699) / 700);
            bitmap_free(&b);
        }
}

/* Panels with frames: pieces end between them. */
static void comics_are_cut_between_panels(void **state)
{
    struct bitmap b = bitmap_new(300, 4000, 1);
    struct slicing s = {.piece_height = 700, .pieces = 32};
    struct bitmap piece;
    (void)state;
    for (unsigned y = 0; y < b.height; y++)
        for (unsigned x = 0; x < b.width; x++) {
            bool gutter = y % 330 < 14 || x < 10 || x >= 290;
            bool frame = y % 330 < 17 || x < 13 || x >= 287;
            bitmap_row(&b, y)[x] = gutter ? 255 : frame ? 0 : 200;
        }
    while (slice_next(&s, &b, &piece) && s.y < b.height)
        assert_in_range(s.y % 330, 4, 10);
    bitmap_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_fit_into_the_box),
        cmocka_unit_test(pixels_have_a_limit),
        cmocka_unit_test(tall_pictures_are_as_wide_as_the_box),
        cmocka_unit_test(plans_shrink_to_an_end),
        cmocka_unit_test(cuts_are_where_it_is_quiet),
        cmocka_unit_test(pieces_overlap_where_it_is_not),
        cmocka_unit_test(pieces_are_no_more_than_asked),
        cmocka_unit_test(comics_are_cut_between_panels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
