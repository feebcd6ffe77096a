/* Palettes, and the PNGs that are made with them. */
#include "raster/codec.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 61, HEIGHT = 40, TYPE_AT = 25, BITS_AT = 24 };

/* Pixels of so many colours, in no order. */
static struct bitmap of_colours(unsigned channels, unsigned colours)
{
    struct bitmap b = bitmap_new(WIDTH, HEIGHT, channels);
    for (unsigned i = 0; i < WIDTH * HEIGHT; i++) {
        unsigned n = i * 7919U % colours;
        for (unsigned c = 0; c < channels; c++)
            b.pixels[i * channels + c] =
                (unsigned char)(n * (37 + 2 * c) + (n >> 8));
    }
    return b;
}

/* Encoded, and read back; pixels are the same. */
static struct buf encoded(const struct bitmap *b)
{
    struct buf file = buf_make(BUF_BODY);
    struct bitmap again;
    assert_true(png_encode(b, &file));
    assert_true(codec_read(&codec_png, buf_view(&file), 1, 1, &again));
    for (size_t i = 0; i < (size_t)b->width * b->height; i++) {
        const unsigned char *from = b->pixels + i * b->channels;
        const unsigned char *to = again.pixels + i * again.channels;
        unsigned alpha = b->channels % 2 ? 255 : from[b->channels - 1];
        assert_int_equal(again.channels % 2 ? 255 : to[again.channels - 1],
                         alpha);
        for (unsigned c = 0; alpha && c < (b->channels < 3 ? 1 : 3); c++)
            assert_int_equal(to[again.channels < 3 ? 0 : c], from[c]);
    }
    bitmap_free(&again);
    return file;
}

static void png_keeps_every_pixel(void **state)
{
    static const struct {
        unsigned channels, colours, type, bits;
    } kinds[] = {
        {1, 2, 3, 1},   {1, 16, 3, 4},  {1, 256, 0, 8},  {2, 16, 3, 4},
        {2, 250, 3, 8}, {2, 999, 4, 8}, {3, 2, 3, 1},    {3, 4, 3, 2},
        {3, 16, 3, 4},  {3, 17, 3, 8},  {3, 256, 3, 8},  {3, 257, 2, 8},
        {4, 4, 3, 2},   {4, 200, 3, 8}, {4, 1000, 6, 8},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct bitmap b = of_colours(kinds[i].channels, kinds[i].colours);
        struct buf file = encoded(&b);
        assert_int_equal(file.data[TYPE_AT], kinds[i].type);
        assert_int_equal(file.data[BITS_AT], kinds[i].bits);
        bitmap_free(&b);
        buf_free(&file);
    }
}

/* Greys that a few bits hold need no palette. */
static void grey_takes_the_fewest_bits(void **state)
{
    (void)state;
    for (unsigned bits = 1; bits <= 8; bits *= 2)
        for (unsigned channels = 1; channels <= 3; channels += 2) {
            unsigned levels = 1U << bits;
            struct bitmap b = bitmap_new(WIDTH, HEIGHT, channels);
            for (unsigned i = 0; i < WIDTH * HEIGHT; i++)
                memset(b.pixels + i * channels,
                       (int)(i % levels * 255 / (levels - 1)), channels);
            struct buf file = encoded(&b);
            assert_int_equal(file.data[TYPE_AT], 0);
            assert_int_equal(file.data[BITS_AT], bits);
            bitmap_free(&b);
            buf_free(&file);
        }
}

static void what_is_clear_has_no_colour(void **state)
{
    struct bitmap b = bitmap_new(WIDTH, HEIGHT, 4), numbers;
    struct indexed few;
    (void)state;
    for (unsigned i = 0; i < WIDTH * HEIGHT; i++)
        b.pixels[4 * i] = (unsigned char)i;
    b.pixels[3] = 255;
    assert_true(palette_exact(&b, &numbers, &few));
    assert_int_equal(few.colours, 2);
    assert_int_equal(few.clear, 1);
    assert_int_equal(few.alpha[0], 0);
    assert_int_equal(few.alpha[1], 255);
    assert_int_equal(few.pixels[0], 1);
    bitmap_free(&numbers);
    bitmap_free(&b);
}

/* ---- near colours ---- */

static double error_of(const struct bitmap *b, const struct indexed *p)
{
    double sum = 0;
    size_t n = (size_t)b->width * b->height;
    for (size_t i = 0; i < n * b->channels; i++) {
        int d = b->pixels[i] -
                p->palette[p->pixels[i / b->channels]][i % b->channels];
        sum += d * d;
    }
    return sum / (double)(n * b->channels);
}

/* Bars of black on white, their edges smoothed in 100 ways. */
static struct bitmap smoothed_bars(void)
{
    struct bitmap b = bitmap_new(400, 300, 3);
    for (unsigned y = 0; y < b.height; y++)
        for (unsigned x = 0; x < b.width; x++) {
            unsigned value = x % 20 < 12   ? 255
                             : x % 20 < 13 ? 78 + (x * 7 + y * 13) % 100
                                           : 0;
            memset(bitmap_row(&b, y) + (size_t)3 * x, (int)value, 3);
        }
    return b;
}

static void smoothed_edges_take_few_colours(void **state)
{
    struct bitmap b = smoothed_bars(), numbers;
    struct indexed few;
    (void)state;
    assert_true(palette_near(&b, &numbers, &few));
    assert_in_range(few.colours, 4, 16);
    assert_true(error_of(&b, &few) < 2);
    /* black and white themselves stay */
    assert_int_equal(few.palette[few.pixels[0]][0], 255);
    assert_int_equal(few.palette[few.pixels[15]][0], 0);
    bitmap_free(&numbers);
    bitmap_free(&b);
}

/* Two tones that one sees beside each other only stay two. */
static void even_tones_stay_apart(void **state)
{
    struct bitmap b = bitmap_new(300, 300, 3), numbers;
    struct indexed few;
    (void)state;
    for (size_t i = 0; i < (size_t)300 * 300; i++)
        memset(b.pixels + 3 * i, i / 3000 % 2 ? 244 : 247, 3);
    for (size_t i = 0; i < 300; i++) /* more colours than 16 */
        b.pixels[3 * i] = (unsigned char)(i / 2);
    assert_true(palette_near(&b, &numbers, &few));
    assert_int_equal(few.palette[few.pixels[300 * 5]][1], 247);
    assert_int_equal(few.palette[few.pixels[300 * 15]][1], 244);
    bitmap_free(&numbers);
    bitmap_free(&b);
}

/* Letters of many colours on as many grounds, their edges smoothed. */
static struct bitmap coloured_letters(void)
{
    struct bitmap b = bitmap_new(700, 490, 3);
    for (unsigned y = 0; y < b.height; y++)
        for (unsigned x = 0; x < b.width; x++) {
            unsigned ground = x / 100 * 37 % 7, ink = y / 70 * 29 % 7;
            unsigned part = x % 10 < 7 ? 0 : x % 10 < 9 ? 16 : y % 17;
            for (unsigned c = 0; c < 3; c++) {
                unsigned from = ground * (61 + 50 * c) % 256;
                unsigned to = ink * (97 + 31 * c) % 256;
                bitmap_row(&b, y)[3 * x + c] =
                    (unsigned char)((from * (16 - part) + to * part) / 16);
            }
        }
    return b;
}

static void colours_go_where_they_are_nearest(void **state)
{
    struct bitmap b = coloured_letters(), numbers;
    struct indexed few;
    (void)state;
    assert_false(palette_exact(&b, &numbers, &few));
    assert_true(palette_near(&b, &numbers, &few));
    assert_true(error_of(&b, &few) < 3);
    bitmap_free(&numbers);
    bitmap_free(&b);
}

static void photographs_take_more(void **state)
{
    struct bitmap b = bitmap_new(600, 400, 3), numbers;
    struct indexed few;
    uint32_t random = 1;
    (void)state;
    for (unsigned i = 0; i < 600 * 400 * 3; i++) {
        random = random * 1664525 + 1013904223;
        b.pixels[i] = (unsigned char)(i % 1800 / 9 + (random >> 27));
    }
    assert_false(palette_near(&b, &numbers, &few));
    assert_false(palette_exact(&b, &numbers, &few));
    bitmap_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(png_keeps_every_pixel),
        cmocka_unit_test(grey_takes_the_fewest_bits),
        cmocka_unit_test(what_is_clear_has_no_colour),
        cmocka_unit_test(smoothed_edges_take_few_colours),
        cmocka_unit_test(even_tones_stay_apart),
        cmocka_unit_test(colours_go_where_they_are_nearest),
        cmocka_unit_test(photographs_take_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
