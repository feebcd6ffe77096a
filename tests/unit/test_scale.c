/* Scaling, held against what it is by definition: Lanczos' filter of three
 * lobes on linear light, premultiplied, in double precision. */
#include "raster/scale.h"

#include "base/mem.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- by definition ---- */

static double to_light(double s)
{
    return s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
}

static double from_light(double l)
{
    return l <= 0.0031308 ? l * 12.92 : 1.055 * pow(l, 1 / 2.4) - 0.055;
}

static double bounded(double v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

static double lanczos(double x)
{
    const double pi = 3.14159265358979323846;
    if (fabs(x) < 1e-9)
        return 1;
    if (fabs(x) >= 3)
        return 0;
    return 3 * sin(pi * x) * sin(pi * x / 3) / (pi * pi * x * x);
}

/* Beyond its ends a line goes on as in a mirror. */
static size_t mirrored(long at, unsigned width)
{
    at = at < 0 ? -at - 1 : at;
    at = at >= (long)width ? 2 * (long)width - 1 - at : at;
    return at < 0 ? 0 : (size_t)at;
}

/* A plane of doubles, made `to` wide and turned: twice, and it is both. */
static double *turn_and_scale(double *in, unsigned width, unsigned height,
                              unsigned to)
{
    double *out = mem_alloc((size_t)to * height * sizeof *out);
    double ratio = (double)width / to;
    for (unsigned x = 0; x < to; x++) {
        double centre = (x + 0.5) * ratio - 0.5, weights = 0;
        double *line = out + (size_t)x * height;
        long first = (long)ceil(centre - 3 * ratio);
        for (long k = first; k <= centre + 3 * ratio; k++) {
            double weight = lanczos(((double)k - centre) / ratio);
            const double *from = in + mirrored(k, width);
            for (unsigned y = 0; y < height; y++)
                line[y] += weight * from[(size_t)y * width];
            weights += weight;
        }
        for (unsigned y = 0; y < height; y++)
            line[y] = bounded(line[y] / weights);
    }
    free(in);
    return out;
}

static double *plane_of(const struct bitmap *b, unsigned channel)
{
    size_t n = (size_t)b->width * b->height;
    bool alpha = b->channels % 2 == 0;
    double *out = mem_alloc(n * sizeof *out);
    for (size_t i = 0; i < n; i++) {
        const unsigned char *p = b->pixels + i * b->channels;
        double cover = alpha ? p[b->channels - 1] / 255.0 : 1;
        bool is_cover = alpha && channel == b->channels - 1;
        out[i] = is_cover ? cover : to_light(p[channel] / 255.0) * cover;
    }
    return out;
}

static struct bitmap defined(const struct bitmap *b, unsigned width,
                             unsigned height)
{
    struct bitmap out = bitmap_new(width, height, b->channels);
    bool alpha = b->channels % 2 == 0;
    double *planes[4];
    for (unsigned c = 0; c < b->channels; c++) {
        planes[c] = turn_and_scale(plane_of(b, c), b->width, b->height, width);
        planes[c] = turn_and_scale(planes[c], b->height, width, height);
    }
    for (size_t i = 0; i < (size_t)width * height; i++)
        for (unsigned c = 0; c < b->channels; c++) {
            double cover = alpha ? planes[b->channels - 1][i] : 1;
            bool is_cover = alpha && c == b->channels - 1;
            double v = is_cover    ? cover
                       : cover > 0 ? from_light(bounded(planes[c][i] / cover))
                                   : 0;
            out.pixels[i * b->channels + c] = (unsigned char)(v * 255 + 0.5);
        }
    for (unsigned c = 0; c < b->channels; c++)
        free(planes[c]);
    return out;
}

/* ---- pictures ---- */

enum content { TEXTURE, LINES };

static struct bitmap draw(enum content content, unsigned width, unsigned height,
                          unsigned channels)
{
    struct bitmap b = bitmap_new(width, height, channels);
    uint32_t random = 9;
    for (unsigned y = 0; y < height; y++)
        for (unsigned x = 0; x < width * channels; x++) {
            random = random * 1664525 + 1013904223;
            bitmap_row(&b, y)[x] =
                content == LINES ? ((x / channels / 5 + y / 7) % 3 ? 255 : 10)
                                 : (unsigned char)(40 + (x * 3 + y * 5) % 130 +
                                                   (random >> 26));
        }
    return b;
}

static struct bitmap scaled(const struct bitmap *b, unsigned width,
                            unsigned height)
{
    struct bitmap copy = bitmap_new(b->width, b->height, b->channels), out;
    memcpy(copy.pixels, b->pixels, (size_t)b->width * b->height * b->channels);
    struct reader *r = reader_of_bitmap(&copy);
    assert_true(scale_read(r, width, height, &out));
    reader_close(r);
    return out;
}

/* In decibels; 99 when equal. Colours count as they are covered. */
static double psnr(const struct bitmap *a, const struct bitmap *b)
{
    double sum = 0;
    size_t n = (size_t)a->width * a->height * a->channels;
    bool alpha = a->channels % 2 == 0;
    assert_int_equal(a->channels, b->channels);
    for (size_t i = 0; i < n; i++) {
        size_t last = i - i % a->channels + a->channels - 1;
        double cover = alpha && i != last ? a->pixels[last] / 255.0 : 1;
        double d = (a->pixels[i] - b->pixels[i]) * cover;
        sum += d * d;
    }
    return sum > 0 ? 10 * log10(65025.0 * (double)n / sum) : 99;
}

static void scaling_is_as_defined(void **state)
{
    static const struct {
        unsigned width, height, to_width, to_height;
    } sizes[] = {
        {300, 200, 126, 84}, {300, 200, 299, 199}, {301, 97, 40, 96},
        {1, 20000, 1, 1680}, {20000, 1, 1264, 1},  {30, 20, 3, 2},
        {64, 2000, 7, 211},  {1000, 33, 500, 16},  {9, 14001, 7, 9001},
        {5, 30000, 4, 1300}, {3, 5000, 3, 4999},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
        for (unsigned channels = 1; channels <= 4; channels++)
            for (int content = TEXTURE; content <= LINES; content++) {
                struct bitmap b = draw((enum content)content, sizes[i].width,
                                       sizes[i].height, channels);
                struct bitmap is =
                    scaled(&b, sizes[i].to_width, sizes[i].to_height);
                struct bitmap should =
                    defined(&b, sizes[i].to_width, sizes[i].to_height);
                assert_true(psnr(&should, &is) > 60);
                bitmap_free(&b);
                bitmap_free(&is);
                bitmap_free(&should);
            }
}

/* What is clear is black, and must not show at the edge of what is not. */
static void edges_of_alpha_are_not_dark(void **state)
{
    (void)state;
    for (unsigned channels = 2; channels <= 4; channels += 2) {
        struct bitmap b = bitmap_new(500, 500, channels);
        for (unsigned i = 0; i < 500 * 500; i++)
            if ((i % 500 / 3 + i / 500) % 7 < 4)
                memset(b.pixels + (size_t)i * channels, 255, channels);
        struct bitmap small = scaled(&b, 173, 211);
        for (unsigned i = 0; i < 173 * 211; i++) {
            const unsigned char *p = small.pixels + (size_t)i * channels;
            for (unsigned c = 0; p[channels - 1] > 4 && c + 1 < channels; c++)
                assert_in_range(p[c], 250, 255);
        }
        bitmap_free(&b);
        bitmap_free(&small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scaling_is_as_defined),
        cmocka_unit_test(edges_of_alpha_are_not_dark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
