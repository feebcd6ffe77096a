/* Fewer channels, fewer greys. */
#include "raster/tone.h"

#include "base/mem.h"
#include "raster/light.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SIDE = 200 };

/* Greys, with `off` added to red and blue here and there. */
static struct bitmap greyish(unsigned channels, int off, unsigned every)
{
    struct bitmap b = bitmap_new(SIDE, SIDE, channels);
    for (unsigned i = 0; i < SIDE * SIDE; i++) {
        unsigned char *p = b.pixels + (size_t)i * channels;
        memset(p, (int)(30 + i % 180), channels);
        if (channels == 4)
            p[3] = 255;
        if (i % every == 0) {
            p[0] = (unsigned char)(p[0] + (i / every % 2 ? off : -off));
            p[2] = (unsigned char)(p[2] - (i / every % 2 ? off : -off));
        }
    }
    return b;
}

static void near_grey_is_grey(void **state)
{
    static const struct {
        int off;
        unsigned every, channels;
    } kinds[] = {
        {0, 1, 1},     /* grey */
        {3, 1, 1},     /* noise of a JPEG */
        {10, 2000, 1}, /* and more of it in a few places */
        {10, 100, 3},  /* too many */
        {60, 9999, 3}, /* a coloured dot */
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        for (unsigned channels = 3; channels <= 4; channels++) {
            struct bitmap b = greyish(channels, kinds[i].off, kinds[i].every);
            bitmap_drop_channels(&b);
            assert_int_equal(b.channels, kinds[i].channels);
            bitmap_free(&b);
        }
}

static void old_paper_keeps_its_tint(void **state)
{
    struct bitmap b = greyish(3, 0, 1);
    (void)state;
    for (unsigned i = 0; i < SIDE * SIDE; i++)
        b.pixels[3 * i + 2] = (unsigned char)(b.pixels[3 * i + 2] - 4);
    bitmap_drop_channels(&b);
    assert_int_equal(b.channels, 3);
    bitmap_free(&b);
}

static double linear(double v)
{
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double srgb(double v)
{
    return v <= 0.0031308 ? v * 12.92 : 1.055 * pow(v, 1 / 2.4) - 0.055;
}

static void grey_is_as_light_as_the_colour(void **state)
{
    (void)state;
    for (unsigned n = 0; n < 4096; n++) {
        struct bitmap b = bitmap_new(1, 1, 4);
        const unsigned char colour[] = {(unsigned char)(n % 16 * 17),
                                        (unsigned char)(n / 16 % 16 * 17),
                                        (unsigned char)(n / 256 * 17), 77};
        memcpy(b.pixels, colour, 4);
        bitmap_to_grey(&b);
        double y = 0.2126 * linear(colour[0] / 255.0) +
                   0.7152 * linear(colour[1] / 255.0) +
                   0.0722 * linear(colour[2] / 255.0);
        assert_int_equal(b.channels, 2);
        assert_true(fabs(srgb(y) * 255 - b.pixels[0]) <= 0.75);
        assert_int_equal(b.pixels[1], 77);
        bitmap_free(&b);
    }
}

/* The light of every grey is that of its dots. */
static void dots_are_as_light_as_the_grey(void **state)
{
    (void)state;
    for (int grey = 0; grey < 256; grey++) {
        struct bitmap b = bitmap_new(SIDE, SIDE, 1), numbers;
        struct indexed greys;
        double sum = 0;
        memset(b.pixels, grey, SIDE * SIDE);
        bitmap_dither(&b, &numbers, &greys);
        assert_int_equal(greys.colours, 16);
        for (unsigned i = 0; i < SIDE * SIDE; i++) {
            unsigned shown = greys.palette[greys.pixels[i]][0];
            assert_true(abs((int)shown - grey) < 2 * 17);
            if (grey % 17 == 0)
                assert_int_equal(shown, grey);
            sum += linear(shown / 255.0);
        }
        double want = linear(grey / 255.0);
        assert_true(fabs(sum / (SIDE * SIDE) - want) < 0.001);
        bitmap_free(&numbers);
        bitmap_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_grey_is_grey),
        cmocka_unit_test(old_paper_keeps_its_tint),
        cmocka_unit_test(grey_is_as_light_as_the_colour),
        cmocka_unit_test(dots_are_as_light_as_the_grey),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
