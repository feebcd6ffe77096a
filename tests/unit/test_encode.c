/* Pictures of every kind, and what they are kept as. */
#include "image/fitter.h"

#include "base/mem.h"
#include "raster/scale.h"
#include "raster/tone.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 1200, HEIGHT = 800, QUALITY = 82 };

static const struct fit plain = {
    .width = WIDTH, .height = HEIGHT, .quality = QUALITY, .slices = 1};

/* ---- drawing ---- */

struct pen {
    struct bitmap b;
    uint32_t random;
};

static unsigned draw_lot(struct pen *p, unsigned below)
{
    p->random = p->random * 1664525 + 1013904223;
    return (p->random >> 16) % below;
}

static void dot(struct pen *p, unsigned x, unsigned y, uint32_t colour)
{
    if (x >= p->b.width || y >= p->b.height)
        return;
    unsigned char *to = bitmap_row(&p->b, y) + (size_t)3 * x;
    to[0] = (unsigned char)(colour >> 16);
    to[1] = (unsigned char)(colour >> 8);
    to[2] = (unsigned char)colour;
}

static void box(struct pen *p, const unsigned at[4], uint32_t colour)
{
    for (unsigned y = at[1]; y < at[1] + at[3]; y++)
        for (unsigned x = at[0]; x < at[0] + at[2]; x++)
            dot(p, x, y, colour);
}

static struct pen sheet(unsigned width, unsigned height, uint32_t colour)
{
    struct pen p = {.b = bitmap_new(width, height, 3), .random = 7};
    box(&p, (unsigned[]){0, 0, width, height}, colour);
    return p;
}

/* Lines of strokes that look like words from afar. */
static void text(struct pen *p, const unsigned at[4], uint32_t colour)
{
    for (unsigned y = at[1]; y + 14 <= at[1] + at[3]; y += 24)
        for (unsigned x = at[0]; x + 10 < at[0] + at[2]; x += 10) {
            if (draw_lot(p, 6) == 0)
                continue;
            box(p, (unsigned[]){x + draw_lot(p, 4), y, 2, 14}, colour);
            box(p, (unsigned[]){x, y + draw_lot(p, 12), 8, 2}, colour);
        }
}

static void noise(struct pen *p, unsigned most)
{
    size_t n = (size_t)p->b.width * p->b.height;
    for (size_t i = 0; i < n; i++) {
        int d = (int)draw_lot(p, 2 * most + 1) - (int)most;
        for (unsigned c = 0; c < 3; c++) {
            int v = p->b.pixels[3 * i + c] + d;
            p->b.pixels[3 * i + c] = (unsigned char)(v < 0     ? 0
                                                     : v > 255 ? 255
                                                               : v);
        }
    }
}

/* ---- the set ---- */

/* Light and shade, two things in it, and grain. */
static struct bitmap photograph(void)
{
    struct pen p = sheet(WIDTH, HEIGHT, 0);
    for (unsigned y = 0; y < HEIGHT; y++)
        for (unsigned x = 0; x < WIDTH; x++) {
            unsigned r = 40 + x * 120 / WIDTH, g = 60 + y * 150 / HEIGHT;
            unsigned far = (x - 500) * (x - 500) + (y - 300) * (y - 300);
            unsigned shade = far < 40000 ? 60 - far / 800 : 0;
            dot(&p, x, y, (r + shade) << 16 | g << 8 | (120 - shade));
        }
    noise(&p, 12);
    return p.b;
}

static struct bitmap screenshot(void)
{
    struct pen p = sheet(WIDTH, HEIGHT, 0xFFFFFF);
    box(&p, (unsigned[]){0, 0, WIDTH, 60}, 0x2255AA);
    box(&p, (unsigned[]){0, 60, 240, HEIGHT - 60}, 0x24292F);
    text(&p, (unsigned[]){20, 80, 200, 500}, 0xC9D1D9);
    text(&p, (unsigned[]){270, 90, 880, 300}, 0x111111);
    text(&p, (unsigned[]){270, 420, 500, 50}, 0x0969DA);
    box(&p, (unsigned[]){270, 500, 880, 200}, 0x0D1117);
    text(&p, (unsigned[]){290, 510, 400, 90}, 0xFF7B72);
    text(&p, (unsigned[]){290, 610, 600, 80}, 0xA5D6FF);
    return p.b;
}

static struct bitmap diagram(void)
{
    struct pen p = sheet(WIDTH, HEIGHT, 0xFFFFFF);
    box(&p, (unsigned[]){100, 100, 250, 120}, 0xCCDDEE);
    box(&p, (unsigned[]){700, 100, 250, 120}, 0xFFDDCC);
    text(&p, (unsigned[]){120, 120, 200, 80}, 0);
    for (unsigned i = 0; i < 2000; i++) {
        unsigned x = 100 + i / 2, up = (i * i / 9000 + i / 3) % 400;
        box(&p, (unsigned[]){x, 740 - up, 3, 3}, 0xCC3333);
        box(&p, (unsigned[]){x, 700 - up / 2, 3, 3}, 0x3366CC);
    }
    return p.b;
}

static struct bitmap comic(void)
{
    struct pen p = sheet(WIDTH, HEIGHT, 0xFFFFFF);
    for (unsigned i = 0; i < 6; i++) {
        unsigned x = 20 + i % 3 * 395, y = 20 + i / 3 * 390;
        box(&p, (unsigned[]){x, y, 375, 370}, 0);
        box(&p, (unsigned[]){x + 4, y + 4, 367, 362}, 0xF0C080 + i * 0x0C1F25);
        for (unsigned v = 0; v < 160; v++)
            box(&p, (unsigned[]){x + 100 + v / 3, y + 180 + v, 140 - v / 2, 1},
                0xD04040 + i * 0x051107);
        box(&p, (unsigned[]){x + 40, y + 30, 280, 70}, 0xFFFFFF);
        text(&p, (unsigned[]){x + 60, y + 40, 240, 50}, 0);
    }
    return p.b;
}

static struct bitmap page(void)
{
    struct pen p = sheet(WIDTH, HEIGHT, 0xFFFFFF);
    text(&p, (unsigned[]){100, 60, 1000, 680}, 0);
    return p.b;
}

static struct bitmap scan(void)
{
    struct pen p = {.b = page(), .random = 3};
    noise(&p, 20);
    return p.b;
}

static struct bitmap gradient(void)
{
    struct pen p = sheet(WIDTH, HEIGHT, 0);
    for (unsigned y = 0; y < HEIGHT; y++)
        for (unsigned x = 0; x < WIDTH; x++)
            dot(&p, x, y, (x * 255 / WIDTH) << 16 | (y * 255 / HEIGHT) << 8);
    return p.b;
}

static struct bitmap icon(void)
{
    struct pen p = sheet(96, 96, 0xFFFFFF);
    box(&p, (unsigned[]){10, 10, 70, 70}, 0x228833);
    box(&p, (unsigned[]){30, 30, 30, 30}, 0xFFEE00);
    return p.b;
}

static struct bitmap pixel_art(void)
{
    struct pen p = sheet(640, 480, 0);
    for (unsigned y = 0; y < 480; y += 8)
        for (unsigned x = 0; x < 640; x += 8)
            box(&p, (unsigned[]){x, y, 8, 8}, draw_lot(&p, 16) * 0x0F1107);
    return p.b;
}

/* ---- what becomes of it ---- */

static unsigned jpeg_sampling(const struct buf *file)
{
    const unsigned char *p = (const unsigned char *)file->data;
    for (size_t at = 2; at + 12 < file->len;
         at += 2 + 256U * p[at + 2] + p[at + 3])
        if (p[at + 1] == 0xC0)
            return p[at + 11];
    return 0;
}

static double psnr(const struct bitmap *a, const struct bitmap *b)
{
    double sum = 0;
    size_t n = (size_t)a->width * a->height;
    assert_int_equal(a->width, b->width);
    for (size_t i = 0; i < 3 * n; i++) {
        int d = a->pixels[i / 3 * a->channels + i % 3 % a->channels] -
                b->pixels[i / 3 * b->channels + i % 3 % b->channels];
        sum += d * d;
    }
    return sum > 0 ? 10 * log10(65025.0 * 3 * (double)n / sum) : 99;
}

/* Halved, as pictures are on their way into a book. */
static void halve(struct bitmap *b)
{
    unsigned width = b->width / 2, height = b->height / 2;
    struct reader *r = reader_of_bitmap(b);
    assert_true(scale_read(r, width, height, b));
    reader_close(r);
}

static size_t naive(const struct bitmap *b, bool png)
{
    struct buf out = buf_make(BUF_BODY);
    assert_true(png ? png_encode(b, &out)
                    : jpeg_encode(b, QUALITY, false, &out));
    size_t size = out.len;
    buf_free(&out);
    return size;
}

static const struct kind {
    const char *name;
    struct bitmap (*draw)(void);
    enum fit_format format;
    unsigned sampling; /* of a JPEG: 0x22 halves colours; 0x11 does not */
    unsigned bits;     /* of a PNG at most */
    double psnr;
} kinds[] = {
    {"photograph", photograph, FIT_JPEG, 0x22, 0, 33},
    {"screenshot", screenshot, FIT_PNG, 0, 8, 44},
    {"diagram", diagram, FIT_PNG, 0, 8, 44},
    {"comic", comic, FIT_PNG, 0, 8, 44},
    {"page", page, FIT_PNG, 0, 8, 44},
    {"scan", scan, FIT_JPEG, 0x11, 0, 33},
    {"gradient", gradient, FIT_PNG, 0, 8, 44},
    {"icon", icon, FIT_PNG, 0, 8, 44},
    {"small mosaic", pixel_art, FIT_JPEG, 0x11, 0, 30},
};

static void check_kind(const struct kind *k, struct bitmap *b)
{
    struct buf out = buf_make(BUF_BODY);
    struct bitmap again;
    enum fit_format format;
    bitmap_drop_channels(b);
    assert_true(encode_picture(b, &plain, &out, &format));
    size_t png = naive(b, true), jpeg = naive(b, false);
    print_message("%s: %s of %zu bytes, not %zu or %zu\n", k->name,
                  format == FIT_PNG ? "PNG" : "JPEG", out.len, png, jpeg);
    assert_int_equal(format, k->format);
    if (format == FIT_JPEG)
        assert_int_equal(jpeg_sampling(&out), k->sampling);
    else
        assert_true((unsigned char)out.data[24] <= k->bits);
    assert_true(out.len * 100 <= (png < jpeg ? png : jpeg) * 150);
    assert_true(codec_read(format == FIT_PNG ? &codec_png : &codec_jpeg,
                           buf_view(&out), b->width, b->height, &again));
    assert_true(psnr(b, &again) >= k->psnr);
    bitmap_free(&again);
    buf_free(&out);
}

static void format_is_chosen_by_content(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct bitmap b = kinds[i].draw();
        halve(&b);
        check_kind(&kinds[i], &b);
        bitmap_free(&b);
    }
}

/* Pixel art at its own size is left as it is. */
static void few_colours_are_exact(void **state)
{
    struct bitmap b = pixel_art(), again;
    struct buf out = buf_make(BUF_BODY);
    enum fit_format format;
    (void)state;
    assert_true(encode_picture(&b, &plain, &out, &format));
    assert_int_equal(format, FIT_PNG);
    assert_int_equal(out.data[24], 4);
    assert_true(codec_read(&codec_png, buf_view(&out), 1, 1, &again));
    assert_true(psnr(&b, &again) > 98);
    bitmap_free(&again);
    bitmap_free(&b);
    buf_free(&out);
}

/* ---- limits ---- */

static void quality_follows_the_limit(void **state)
{
    struct bitmap b = photograph();
    struct buf out = buf_make(BUF_BODY);
    enum fit_format format;
    size_t size = naive(&b, false);
    (void)state;
    for (unsigned percent = 90; percent >= 50; percent -= 20) {
        struct fit fit = plain;
        fit.max_bytes = size * percent / 100;
        buf_clear(&out);
        assert_true(encode_picture(&b, &fit, &out, &format));
        assert_int_equal(format, FIT_JPEG);
        assert_in_range(out.len, fit.max_bytes * 8 / 10, fit.max_bytes);
    }
    struct fit fit = plain;
    fit.max_bytes = 2000;
    buf_clear(&out);
    assert_false(encode_picture(&b, &fit, &out, &format));
    assert_int_equal(out.len, 0);
    bitmap_free(&b);
    buf_free(&out);
}

static void sixteen_greys_give_way_to_the_limit(void **state)
{
    struct bitmap b = photograph();
    struct fit fit = plain;
    struct buf out = buf_make(BUF_BODY);
    enum fit_format format;
    (void)state;
    bitmap_to_grey(&b);
    fit.colours = FIT_GREY16;
    assert_true(encode_picture(&b, &fit, &out, &format));
    assert_int_equal(format, FIT_PNG);
    assert_int_equal(out.data[24], 4);
    assert_int_equal(out.data[25], 0);
    fit.max_bytes = out.len / 2;
    buf_clear(&out);
    assert_true(encode_picture(&b, &fit, &out, &format));
    assert_int_equal(format, FIT_JPEG);
    bitmap_free(&b);
    buf_free(&out);
}

static void alpha_stays_in_png(void **state)
{
    struct bitmap b = bitmap_new(300, 300, 4);
    struct fit fit = plain;
    struct buf out = buf_make(BUF_BODY);
    enum fit_format format;
    uint32_t random = 5;
    (void)state;
    for (size_t i = 0; i < (size_t)300 * 300 * 4; i++) {
        random = random * 1664525 + 1013904223;
        b.pixels[i] = (unsigned char)(random >> 24);
    }
    assert_true(encode_picture(&b, &fit, &out, &format));
    assert_int_equal(format, FIT_PNG);
    assert_int_equal(out.data[25], 6);
    fit.max_bytes = 100000; /* no PNG of noise is that small */
    buf_clear(&out);
    assert_true(encode_picture(&b, &fit, &out, &format));
    assert_int_equal(format, FIT_JPEG);
    bitmap_free(&b);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(format_is_chosen_by_content),
        cmocka_unit_test(few_colours_are_exact),
        cmocka_unit_test(quality_follows_the_limit),
        cmocka_unit_test(sixteen_greys_give_way_to_the_limit),
        cmocka_unit_test(alpha_stays_in_png),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
