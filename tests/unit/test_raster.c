/* Pictures made here, encoded by libpng and libjpeg themselves where our own
 * encoders do not write such files, and read back. */
#include "raster/codec.h"
#include "raster/light.h"
#include "raster/scale.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jpeglib.h>
#include <png.h>

enum { WIDTH = 37, HEIGHT = 23 };

static struct bitmap gradient(unsigned width, unsigned height,
                              unsigned channels)
{
    struct bitmap b = bitmap_new(width, height, channels);
    for (unsigned y = 0; y < height; y++)
        for (unsigned x = 0; x < width; x++)
            for (unsigned c = 0; c < channels; c++)
                bitmap_row(&b, y)[x * channels + c] =
                    (unsigned char)(x * 255 / width / (c + 1) +
                                    y * (c + 1) % 64);
    return b;
}

static unsigned worst(const struct bitmap *a, const struct bitmap *b)
{
    unsigned most = 0;
    assert_int_equal(a->width, b->width);
    assert_int_equal(a->height, b->height);
    assert_int_equal(a->channels, b->channels);
    for (size_t i = 0; i < (size_t)a->width * a->height * a->channels; i++) {
        int d = abs(a->pixels[i] - b->pixels[i]);
        most = (unsigned)d > most ? (unsigned)d : most;
    }
    return most;
}

static double mean_error(const struct bitmap *a, const struct bitmap *b)
{
    size_t n = (size_t)a->width * a->height * a->channels, sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (size_t)abs(a->pixels[i] - b->pixels[i]);
    return (double)sum / (double)n;
}

/* ---- PNG ---- */

static void add_bytes(png_structp png, png_bytep data, size_t n)
{
    buf_add(png_get_io_ptr(png), data, n);
}

static void no_flush(png_structp png)
{
    (void)png;
}

/* A PNG of any type and depth, its samples rising from pixel to pixel. */
static struct buf any_png(int type, int bits, int interlace)
{
    struct buf out = buf_make(BUF_BODY);
    png_color palette[16];
    unsigned char row[WIDTH * 8];
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &out, add_bytes, no_flush);
    png_set_IHDR(png, info, WIDTH, HEIGHT, bits, type, interlace, 0, 0);
    for (int i = 0; i < 16; i++)
        palette[i] = (png_color){(png_byte)(i * 16), (png_byte)(255 - i), 7};
    if (type == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE(png, info, palette, bits < 4 ? 1 << bits : 16);
    png_write_info(png, info);
    int passes = png_set_interlace_handling(png);
    for (int pass = 0; pass < passes; pass++)
        for (unsigned y = 0; y < HEIGHT; y++) {
            for (size_t i = 0; i < sizeof row; i++)
                row[i] = (unsigned char)(bits < 8 ? 0 : i * 3 + y);
            png_write_row(png, row);
        }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return out;
}

static void png_of_every_type_is_read(void **state)
{
    static const struct {
        int type, bits;
        unsigned channels;
    } kinds[] = {
        {PNG_COLOR_TYPE_GRAY, 1, 1},      {PNG_COLOR_TYPE_GRAY, 2, 1},
        {PNG_COLOR_TYPE_GRAY, 4, 1},      {PNG_COLOR_TYPE_GRAY, 8, 1},
        {PNG_COLOR_TYPE_GRAY, 16, 1},     {PNG_COLOR_TYPE_PALETTE, 1, 3},
        {PNG_COLOR_TYPE_PALETTE, 4, 3},   {PNG_COLOR_TYPE_RGB, 8, 3},
        {PNG_COLOR_TYPE_RGB, 16, 3},      {PNG_COLOR_TYPE_GRAY_ALPHA, 8, 2},
        {PNG_COLOR_TYPE_RGB_ALPHA, 8, 4}, {PNG_COLOR_TYPE_RGB_ALPHA, 16, 4},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        for (int interlace = 0; interlace < 2; interlace++) {
            struct buf file = any_png(kinds[i].type, kinds[i].bits, interlace);
            struct bitmap b;
            struct raster_header h;
            assert_ptr_equal(codec_find(buf_view(&file), NULL), &codec_png);
            assert_true(codec_png.header(buf_view(&file), &h));
            assert_int_equal(h.width, WIDTH);
            assert_int_equal(h.height, HEIGHT);
            assert_true(codec_read(&codec_png, buf_view(&file), 1, 1, &b));
            assert_int_equal(b.channels, kinds[i].channels);
            bitmap_free(&b);
            buf_free(&file);
        }
}

static void png_keeps_every_pixel(void **state)
{
    (void)state;
    for (unsigned channels = 1; channels <= 3; channels += 2) {
        struct bitmap b = gradient(300, 200, channels), again;
        struct buf file = buf_make(BUF_BODY);
        assert_true(png_encode(&b, &file));
        assert_true(codec_read(&codec_png, buf_view(&file), 1, 1, &again));
        assert_int_equal(worst(&b, &again), 0);
        bitmap_free(&b);
        bitmap_free(&again);
        buf_free(&file);
    }
}

/* Two colours fit into one bit a pixel. */
static void few_colours_make_a_small_png(void **state)
{
    struct bitmap b = bitmap_new(64, 64, 3), again;
    struct buf file = buf_make(BUF_BODY);
    (void)state;
    for (size_t i = 0; i < 64 * 64; i++)
        b.pixels[3 * i] = i % 3 ? 200 : 10;
    assert_true(png_encode(&b, &file));
    assert_int_equal(file.data[24], 1); /* bit depth */
    assert_int_equal(file.data[25], 3); /* palette */
    assert_true(codec_read(&codec_png, buf_view(&file), 1, 1, &again));
    assert_int_equal(worst(&b, &again), 0);
    bitmap_free(&b);
    bitmap_free(&again);
    buf_free(&file);
}

/* ---- JPEG ---- */

static struct buf any_jpeg(int components, bool progressive, bool adobe)
{
    struct jpeg_compress_struct info = {0};
    struct jpeg_error_mgr errors;
    unsigned char *data = NULL, row[WIDTH * 4];
    unsigned long size = 0;
    struct buf out = buf_make(BUF_BODY);
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &data, &size);
    info.image_width = WIDTH;
    info.image_height = HEIGHT;
    info.input_components = components;
    info.in_color_space = components == 1   ? JCS_GRAYSCALE
                          : components == 3 ? JCS_RGB
                                            : JCS_CMYK;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, 95, TRUE);
    info.write_Adobe_marker = adobe;
    if (progressive)
        jpeg_simple_progression(&info);
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < HEIGHT) {
        JSAMPROW rows = row;
        memset(row, 255, sizeof row); /* with Adobe's marker: no ink */
        jpeg_write_scanlines(&info, &rows, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    buf_add(&out, data, size);
    free(data);
    return out;
}

static void jpeg_of_every_kind_is_read(void **state)
{
    (void)state;
    for (int kind = 0; kind < 8; kind++) {
        static const int components[] = {1, 3, 4, 4};
        bool adobe = kind % 4 != 3;
        struct buf file = any_jpeg(components[kind % 4], kind >= 4, adobe);
        struct bitmap b;
        assert_ptr_equal(codec_find(buf_view(&file), NULL), &codec_jpeg);
        assert_true(
            codec_read(&codec_jpeg, buf_view(&file), WIDTH, HEIGHT, &b));
        assert_int_equal(b.width, WIDTH);
        assert_int_equal(b.channels, kind % 4 == 0 ? 1 : 3);
        /* white, but for CMYK without Adobe's marker, where 255 is all ink */
        assert_in_range(b.pixels[0], adobe ? 250 : 0, adobe ? 255 : 5);
        bitmap_free(&b);
        buf_free(&file);
    }
}

static void jpeg_is_read_smaller(void **state)
{
    struct bitmap b = gradient(800, 600, 3), small;
    struct buf file = buf_make(BUF_BODY);
    (void)state;
    assert_true(jpeg_encode(&b, 90, false, &file));
    assert_true(codec_read(&codec_jpeg, buf_view(&file), 100, 75, &small));
    assert_int_equal(small.width, 200);
    bitmap_free(&small);
    assert_true(codec_read(&codec_jpeg, buf_view(&file), 101, 75, &small));
    assert_int_equal(small.width, 400);
    bitmap_free(&small);
    assert_true(codec_read(&codec_jpeg, buf_view(&file), 800, 600, &small));
    assert_true(mean_error(&b, &small) < 4);
    bitmap_free(&small);
    bitmap_free(&b);
    buf_free(&file);
}

/* An Exif block with an orientation, after the start marker. */
static struct buf with_exif(const struct buf *jpeg, unsigned orientation,
                            bool little)
{
    static const char intel[] = "II*\0\10\0\0\0\1\0\x12\1\3\0\1\0\0\0", //
        motorola[] = "MM\0*\0\0\0\10\0\1\1\x12\0\3\0\0\0\1";
    struct buf out = buf_make(BUF_BODY);
    buf_add(&out, jpeg->data, 2);
    buf_add(&out,
            "\xFF\xE1\0\x22"
            "Exif\0\0",
            10);
    buf_add(&out, little ? intel : motorola, 18);
    buf_char(&out, (char)(little ? orientation : 0));
    buf_char(&out, (char)(little ? 0 : orientation));
    buf_add(&out, "\0\0\0\0\0\0", 6);
    buf_add(&out, jpeg->data + 2, jpeg->len - 2);
    return out;
}

static void orientation_is_read_and_lost(void **state)
{
    struct buf plain = any_jpeg(3, false, false);
    (void)state;
    for (unsigned orientation = 1; orientation <= 8; orientation++)
        for (int little = 0; little < 2; little++) {
            struct buf file = with_exif(&plain, orientation, little);
            struct buf kept = buf_make(BUF_BODY);
            struct raster_header h;
            assert_true(codec_jpeg.header(buf_view(&file), &h));
            assert_int_equal(h.orientation, orientation);
            assert_true(codec_jpeg.keep(buf_view(&file), &kept));
            assert_int_equal(kept.len, plain.len);
            assert_memory_equal(kept.data, plain.data, plain.len);
            buf_free(&file);
            buf_free(&kept);
        }
    buf_free(&plain);
}

/* Where the first pixel of a 2 × 3 picture goes. */
static void pictures_are_turned(void **state)
{
    static const unsigned corner[] = {0, 1, 5, 4, 0, 2, 5, 3};
    (void)state;
    for (unsigned orientation = 1; orientation <= 8; orientation++) {
        struct bitmap b = bitmap_new(2, 3, 1);
        b.pixels[0] = 255;
        bitmap_orient(&b, orientation);
        assert_int_equal(b.width, orientation > 4 ? 3 : 2);
        assert_int_equal(b.pixels[corner[orientation - 1]], 255);
        bitmap_free(&b);
    }
}

/* ---- light and scaling ---- */

static void light_goes_there_and_back(void **state)
{
    struct light *l = light_new();
    (void)state;
    for (int i = 0; i < 256; i++)
        assert_int_equal(l->srgb[l->linear[i]], i);
    assert_int_equal(l->linear[0], 0);
    assert_int_equal(l->linear[255], 65535);
    /* 0.5 in sRGB is 0.2140 of the light (IEC 61966-2-1) */
    assert_in_range(l->linear[128], 14100, 14200);
    assert_int_equal(l->srgb[65535], 255);
    free(l);
}

static void scaled(struct bitmap *b, unsigned width, unsigned height)
{
    struct reader *r = reader_of_bitmap(b);
    assert_true(scale_read(r, width, height, b));
    reader_close(r);
}

static void scaling_keeps_light(void **state)
{
    /* black and white stripes of a pixel are half the light: 188 in sRGB,
     * where an average of values would be 128 */
    struct bitmap b = bitmap_new(400, 40, 1);
    (void)state;
    for (unsigned i = 0; i < 400 * 40; i++)
        b.pixels[i] = i % 2 ? 255 : 0;
    scaled(&b, 100, 10);
    for (unsigned x = 4; x < 96; x++)
        assert_in_range(bitmap_row(&b, 5)[x], 186, 190);
    bitmap_free(&b);
}

static void pictures_fit_into_the_box(void **state)
{
    static const struct {
        unsigned width, height, to_width, to_height;
    } sizes[] = {
        {100, 100, 100, 100},     {2528, 3360, 1264, 1680},
        {4000, 1000, 1264, 316},  {1000, 4000, 420, 1680},
        {1, 20000, 1, 1680},      {20000, 1, 1264, 1},
        {1265, 1680, 1264, 1679}, {50000, 50000, 1264, 1264},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        unsigned w, h;
        scale_fit(sizes[i].width, sizes[i].height, 1264, 1680, &w, &h);
        assert_int_equal(w, sizes[i].to_width);
        assert_int_equal(h, sizes[i].to_height);
    }
}

static void alpha_is_put_on_white(void **state)
{
    struct bitmap b = bitmap_new(3, 1, 4);
    static const unsigned char pixels[] = {255, 0, 0, 255, 9, 9,
                                           9,   0, 0, 0,   0, 128};
    (void)state;
    memcpy(b.pixels, pixels, sizeof pixels);
    bitmap_flatten(&b, bitmap_ground(&b));
    assert_int_equal(b.channels, 3);
    assert_int_equal(b.pixels[0], 255);
    assert_int_equal(b.pixels[1], 0);
    assert_int_equal(b.pixels[3], 255);     /* transparent */
    assert_in_range(b.pixels[6], 127, 127); /* half black */
    bitmap_free(&b);
}

static void white_on_nothing_is_put_on_dark(void **state)
{
    static const struct {
        unsigned char white, other, clear; /* pixels in ten */
        bool dark;
    } cases[] = {
        {4, 0, 6, true},   {9, 0, 1, false}, /* a picture with round corners */
        {0, 4, 6, false},  {2, 2, 6, false},
        {0, 0, 10, false}, {10, 0, 0, false},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct bitmap b = bitmap_new(10, 1, 2);
        for (unsigned x = 0; x < 10; x++) {
            bool light = x < cases[i].white;
            b.pixels[2 * x] = light ? 250 : 30;
            b.pixels[2 * x + 1] = x < 10U - cases[i].clear ? 255 : 0;
        }
        assert_int_equal(bitmap_ground(&b) < 100, cases[i].dark);
        bitmap_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(png_of_every_type_is_read),
        cmocka_unit_test(png_keeps_every_pixel),
        cmocka_unit_test(few_colours_make_a_small_png),
        cmocka_unit_test(jpeg_of_every_kind_is_read),
        cmocka_unit_test(jpeg_is_read_smaller),
        cmocka_unit_test(orientation_is_read_and_lost),
        cmocka_unit_test(pictures_are_turned),
        cmocka_unit_test(light_goes_there_and_back),
        cmocka_unit_test(scaling_keeps_light),
        cmocka_unit_test(pictures_fit_into_the_box),
        cmocka_unit_test(alpha_is_put_on_white),
        cmocka_unit_test(white_on_nothing_is_put_on_dark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
