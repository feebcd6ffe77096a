/* Pictures that keep their data, and what cameras noted of them: damaged in
 * every way. That kept pictures are the same is shown by tests/raster. */
#include "raster/codec.h"
#include "raster/colour.h"
#include "raster/exif.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <lcms2.h>

enum { ROUNDS = 3000 };

static unsigned next_random(unsigned *state)
{
    *state = *state * 1103515245 + 12345;
    return *state / 65536;
}

/* A copy, so that reading past its end is noticed, with a few bytes changed,
 * and perhaps shorter. free() its text. */
static struct str damaged(struct str file, unsigned *state)
{
    char *copy = mem_dup(file.p, file.n);
    size_t n = next_random(state) % 4 ? file.n : next_random(state) % file.n;
    for (int i = 0; i < 3; i++)
        copy[next_random(state) % file.n] = (char)next_random(state);
    struct str s = {mem_dup(copy, n), n};
    free(copy);
    return s;
}

static struct buf picture(const struct codec *codec)
{
    struct bitmap b = bitmap_new(70, 50, 3);
    struct buf file = buf_make(BUF_BODY);
    for (size_t i = 0; i < (size_t)70 * 50 * 3; i++)
        b.pixels[i] = (unsigned char)(i * i / 19 % 200);
    assert_true(codec == &codec_png ? png_encode(&b, &file)
                                    : jpeg_encode(&b, 80, true, &file));
    bitmap_free(&b);
    return file;
}

/* ---- keeping ---- */

static void damaged_files_are_kept_or_not(void **state)
{
    static const struct codec *const codecs[] = {&codec_png, &codec_jpeg};
    unsigned random = 1;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(codecs); i++) {
        struct buf file = picture(codecs[i]), out = buf_make(BUF_BODY);
        for (int round = 0; round < ROUNDS / 10; round++) {
            struct str s = damaged(buf_view(&file), &random);
            buf_clear(&out);
            if (codecs[i]->sniff(s))
                codecs[i]->keep(s, &out);
            free((char *)(uintptr_t)s.p);
        }
        buf_free(&out);
        buf_free(&file);
    }
}

static void cut_files_are_not_kept(void **state)
{
    struct buf png = picture(&codec_png), jpeg = picture(&codec_jpeg);
    struct buf out = buf_make(BUF_BODY);
    (void)state;
    for (size_t n = 8; n < png.len; n += 5)
        assert_false(codec_png.keep(str_sub(buf_view(&png), 0, n), &out));
    for (size_t n = 8; n + 10 < jpeg.len; n += 5)
        assert_false(codec_jpeg.keep(str_sub(buf_view(&jpeg), 0, n), &out));
    buf_free(&png);
    buf_free(&jpeg);
    buf_free(&out);
}

/* A chunk of text, and one whose checksum is wrong. */
static void text_of_png_goes(void **state)
{
    static const char text[] = "\0\0\0\4tEXthome\0\0\0\0";
    struct buf file = picture(&codec_png), more = buf_make(BUF_BODY),
               out = buf_make(BUF_BODY);
    (void)state;
    buf_str(&more, str_sub(buf_view(&file), 0, 33));
    buf_add(&more, text, sizeof text - 1);
    buf_str(&more, str_sub(buf_view(&file), 33, file.len));
    buf_puts(&more, "trailing");
    assert_true(codec_png.keep(buf_view(&more), &out));
    assert_true(str_eq(buf_view(&out), buf_view(&file)));
    file.data[file.len - 20] ^= 1;
    assert_false(codec_png.keep(buf_view(&file), &out));
    buf_free(&file);
    buf_free(&more);
    buf_free(&out);
}

/* Behind Adobe's marker, in another's of that number, and after the pixels in
 * a segment that no decoder knows. */
static void words_in_jpeg_go(void **state)
{
    struct buf file = picture(&codec_jpeg), more = buf_make(BUF_BODY),
               out = buf_make(BUF_BODY);
    struct str adobe = STR("\xFF\xEE\0\x12"
                           "Adobe\0\x64\0\0\0\0\1home");
    (void)state;
    buf_str(&more, str_sub(buf_view(&file), 0, 2));
    buf_str(&more, adobe);
    buf_str(&more, STR("\xFF\xEE\0\x06home"));
    buf_str(&more, str_sub(buf_view(&file), 2, file.len - 4));
    buf_str(&more, STR("\xFF\xF7\0\x06home\xFF\xD9"));
    assert_true(codec_jpeg.keep(buf_view(&more), &out));
    assert_int_equal(out.len, file.len + 16);
    assert_int_equal(str_find(buf_view(&out), STR("home")), out.len);
    assert_int_equal(str_find(buf_view(&out), STR("Adobe")), 6);
    buf_free(&file);
    buf_free(&more);
    buf_free(&out);
}

/* ---- Exif ---- */

static void orientation_is_found(void **state)
{
    static const struct {
        struct str block;
        unsigned orientation;
    } blocks[] = {
        {STR("II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0"), 6},
        {STR("MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\3\0\0"), 3},
        {STR("II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\x09\0\0\0"), 1},
        {STR("II*\0\xFF\xFF\xFF\xFF\1\0\x12\1\3\0\1\0\0\0\6\0\0\0"), 1},
        {STR("II*\0\x08\0\0\0\xFF\xFF"), 1},
        {STR("XX*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0"), 1},
        {STR("II"), 1},
        {STR(""), 1},
    };
    unsigned random = 1;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(blocks); i++)
        assert_int_equal(exif_orientation(blocks[i].block),
                         blocks[i].orientation);
    for (int round = 0; round < ROUNDS; round++) {
        struct str s = damaged(blocks[round % 2].block, &random);
        assert_in_range(exif_orientation(s), 1, 8);
        free((char *)(uintptr_t)s.p);
    }
}

/* ---- profiles ---- */

static struct buf any_profile(double gamma)
{
    static const cmsCIExyY white = {0.3127, 0.3290, 1};
    static const cmsCIExyYTRIPLE primaries = {
        {0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
    cmsToneCurve *tone = cmsBuildGamma(NULL, gamma);
    cmsToneCurve *const tones[] = {tone, tone, tone};
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, tones);
    struct buf out = buf_make(BUF_BODY);
    cmsUInt32Number n = 0;
    assert_true(cmsSaveProfileToMem(profile, NULL, &n));
    void *bytes = mem_alloc(n);
    assert_true(cmsSaveProfileToMem(profile, bytes, &n));
    buf_add(&out, bytes, n);
    free(bytes);
    cmsFreeToneCurve(tone);
    cmsCloseProfile(profile);
    return out;
}

static void damaged_profiles_do_no_harm(void **state)
{
    static const struct samples colours = {.colours = 3}, inks = {.colours = 4};
    struct buf profile = any_profile(1.8);
    unsigned char grey[3] = {100, 100, 100}, out[3];
    unsigned random = 1;
    (void)state;
    assert_null(colour_of_profile(buf_view(&profile), &inks));
    assert_null(colour_of_profile(STR(""), &colours));
    for (int round = 0; round < ROUNDS / 10; round++) {
        struct str s = damaged(buf_view(&profile), &random);
        struct colour *c = colour_of_profile(s, &colours);
        if (c)
            colour_row(c, grey, out, 1);
        colour_free(c);
        free((char *)(uintptr_t)s.p);
    }
    struct colour *c = colour_of_profile(buf_view(&profile), &colours);
    assert_non_null(c);
    colour_row(c, grey, out, 1);
    for (int i = 0; i < 3; i++)
        assert_in_range(out[i], 117, 121); /* 100 of 1.8 as sRGB */
    colour_free(c);
    buf_free(&profile);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_files_are_kept_or_not),
        cmocka_unit_test(cut_files_are_not_kept),
        cmocka_unit_test(text_of_png_goes),
        cmocka_unit_test(words_in_jpeg_go),
        cmocka_unit_test(orientation_is_found),
        cmocka_unit_test(damaged_profiles_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
