/* Files of every format, cut off or damaged: they are broken, or show what is
 * whole, and do no harm. A format is a row in the table of samples. */
#include "raster/codec.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <avif/avif.h>
#include <cmocka.h>
#include <gif_lib.h>
#include <webp/encode.h>

/* What fontconfig and Pango have found they keep for as long as the process
 * lives, some of it where LeakSanitizer does not look. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

enum { WIDTH = 60, HEIGHT = 50, ROUNDS = 1000 };

static struct bitmap gradient(unsigned channels)
{
    struct bitmap b = bitmap_new(WIDTH, HEIGHT, channels);
    for (unsigned y = 0; y < HEIGHT; y++)
        for (unsigned x = 0; x < WIDTH * channels; x++)
            bitmap_row(&b, y)[x] = (unsigned char)(x * 3 + y * (x % 5));
    return b;
}

static void make_png(struct buf *out)
{
    struct bitmap b = gradient(3);
    assert_true(png_encode(&b, out));
    bitmap_free(&b);
}

static void make_jpeg(struct buf *out)
{
    struct bitmap b = gradient(3);
    assert_true(jpeg_encode(&b, 80, false, out));
    bitmap_free(&b);
}

static int write_bytes(GifFileType *gif, const GifByteType *data, int n)
{
    buf_add(gif->UserData, data, (size_t)n);
    return n;
}

static void make_gif(struct buf *out)
{
    struct bitmap b = gradient(1);
    GifColorType colours[256];
    ColorMapObject *map = GifMakeMapObject(256, NULL);
    GifFileType *gif = EGifOpen(out, write_bytes, NULL);
    for (int i = 0; i < 256; i++)
        colours[i] = (GifColorType){(GifByteType)i, (GifByteType)(i * 7), 9};
    memcpy(map->Colors, colours, sizeof colours);
    assert_int_equal(EGifPutScreenDesc(gif, WIDTH, HEIGHT, 8, 0, map), GIF_OK);
    EGifPutImageDesc(gif, 0, 0, WIDTH, HEIGHT, true, NULL);
    for (unsigned y = 0; y < HEIGHT; y++)
        EGifPutLine(gif, bitmap_row(&b, y), WIDTH);
    EGifCloseFile(gif, NULL);
    GifFreeMapObject(map);
    bitmap_free(&b);
}

static void make_webp(struct buf *out, bool lossless)
{
    struct bitmap b = gradient(4);
    uint8_t *data;
    size_t n =
        lossless
            ? WebPEncodeLosslessRGBA(b.pixels, WIDTH, HEIGHT, WIDTH * 4, &data)
            : WebPEncodeRGBA(b.pixels, WIDTH, HEIGHT, WIDTH * 4, 80, &data);
    assert_true(n > 0);
    buf_add(out, data, n);
    WebPFree(data);
    bitmap_free(&b);
}

static void make_webp_lossy(struct buf *out)
{
    make_webp(out, false);
}

static void make_webp_lossless(struct buf *out)
{
    make_webp(out, true);
}

static void put(struct buf *out, unsigned n, unsigned bytes)
{
    for (; bytes > 0; bytes--, n >>= 8)
        buf_char(out, (char)n);
}

/* The header of a bitmap, and its palette of all colours. */
static void put_dib(struct buf *out, unsigned height, unsigned bits, bool runs)
{
    put(out, 40, 4);
    put(out, WIDTH, 4);
    put(out, height, 4);
    put(out, 1, 2);
    put(out, bits, 2);
    put(out, runs, 4);
    for (int i = 0; i < 20; i++)
        buf_char(out, 0);
    for (unsigned i = 0; bits == 8 && i < 256; i++)
        put(out, i * 0x010305, 4);
}

static void put_file_header(struct buf *out)
{
    buf_puts(out, "BM");
    put(out, 0, 4);
    put(out, 0, 4);
    put(out, 0, 4); /* pixels follow the header */
}

static void make_bmp(struct buf *out)
{
    struct bitmap b = gradient(3);
    put_file_header(out);
    put_dib(out, HEIGHT, 24, false);
    buf_add(out, b.pixels, (size_t)WIDTH * HEIGHT * 3);
    bitmap_free(&b);
}

/* Each line is a run, numbers as they are, and the line's end. */
static void make_bmp_runs(struct buf *out)
{
    struct bitmap b = gradient(1);
    put_file_header(out);
    put_dib(out, HEIGHT, 8, true);
    for (unsigned y = 0; y < HEIGHT; y++) {
        put(out, 20 | y << 8, 2);
        put(out, (WIDTH - 20) << 8, 2);
        buf_add(out, bitmap_row(&b, y), WIDTH - 20);
        put(out, 0, 2);
    }
    put(out, 0x100, 2);
    bitmap_free(&b);
}

static void make_ico(struct buf *out)
{
    struct bitmap b = gradient(4);
    size_t size = 40 + (size_t)WIDTH * HEIGHT * 4;
    put(out, 0x10000, 4);
    put(out, 1, 2);
    put(out, 0, 8);
    put(out, (unsigned)size, 4);
    put(out, 22, 4);
    put_dib(out, 2 * HEIGHT, 32, false);
    buf_add(out, b.pixels, size - 40);
    bitmap_free(&b);
}

static void make_svg(struct buf *out)
{
    buf_puts(out, "<svg xmlns='http://www.w3.org/2000/svg' width='60' "
                  "height='50'><defs><linearGradient id='a'><stop offset='0' "
                  "stop-color='red'/></linearGradient></defs><g opacity='.5'>"
                  "<rect width='30' height='20' fill='url(#a)'/><path d='M1 1"
                  "C9 9 20 5 50 50z' stroke-width='3' transform='rotate(9)'/>"
                  "<text x='9' y='40'>A &amp; &#66;</text></g></svg>");
}

static void make_avif(struct buf *out)
{
    struct bitmap b = gradient(4);
    avifImage *image =
        avifImageCreate(WIDTH, HEIGHT, 8, AVIF_PIXEL_FORMAT_YUV444);
    avifEncoder *encoder = avifEncoderCreate();
    avifRGBImage rgb;
    avifRWData data = AVIF_DATA_EMPTY;
    avifRGBImageSetDefaults(&rgb, image);
    rgb.pixels = b.pixels;
    rgb.rowBytes = 4 * WIDTH;
    encoder->speed = AVIF_SPEED_FASTEST;
    assert_int_equal(avifImageRGBToYUV(image, &rgb), AVIF_RESULT_OK);
    assert_int_equal(avifEncoderWrite(encoder, image, &data), AVIF_RESULT_OK);
    buf_add(out, data.data, data.size);
    avifRWDataFree(&data);
    avifEncoderDestroy(encoder);
    avifImageDestroy(image);
    bitmap_free(&b);
}

/* ---- the tests ---- */

static const struct codec *find(struct str file)
{
    const struct codec *codec = codec_find(file, NULL);
    return codec ? codec : codec_find_drawn(file);
}

static const struct {
    const struct codec *codec;
    void (*make)(struct buf *out);
    size_t spare; /* bytes at the end that no row needs */
} samples[] = {
    {&codec_png, make_png, 20}, /* checksums and the end */
    {&codec_jpeg, make_jpeg, 2},
    {&codec_gif, make_gif, 2},
    {&codec_webp, make_webp_lossy, 1},
    {&codec_webp, make_webp_lossless, 1},
    {&codec_bmp, make_bmp, 0},
    {&codec_bmp, make_bmp_runs, 4}, /* ends of line and picture */
    {&codec_ico, make_ico, 0},
    {&codec_svg, make_svg, 0},
    {&codec_avif, make_avif, 0},
};

static void whole_files_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        struct buf file = buf_make(BUF_BODY);
        const struct codec *codec = samples[i].codec;
        struct raster_header h;
        struct bitmap b;
        samples[i].make(&file);
        assert_ptr_equal(find(buf_view(&file)), codec);
        assert_true(codec->header(buf_view(&file), &h));
        assert_int_equal(h.width, WIDTH);
        assert_int_equal(h.height, HEIGHT);
        assert_true(codec_read(codec, buf_view(&file), 1, 1, &b));
        bitmap_free(&b);
        buf_free(&file);
    }
}

/* Of a file that is cut off: it is broken, or says so. */
static void check_reader(struct reader *r)
{
    struct bitmap b;
    if (r && reader_read(r, &b)) {
        assert_true(r->cut);
        bitmap_free(&b);
    }
    reader_close(r);
}

static void check_cuts(const struct codec *codec, struct str file)
{
    for (size_t n = 0; n + 1 < file.n; n += n < 200 ? 1 : 97) {
        /* a copy of its own, so that reading past its end is noticed */
        char *cut = mem_realloc(NULL, n ? n : 1);
        memcpy(cut, file.p, n);
        struct str s = {cut, n};
        struct raster_header h;
        if (codec->sniff(s) && codec->header(s, &h))
            check_reader(codec->open(s, 1, 1));
        free(cut);
    }
}

static void cut_files_say_so(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        struct buf file = buf_make(BUF_BODY);
        samples[i].make(&file);
        check_cuts(samples[i].codec,
                   (struct str){file.data, file.len - samples[i].spare});
        buf_free(&file);
    }
}

static void check_damage(struct str file, unsigned *random)
{
    char *copy = mem_dup(file.p, file.n);
    struct str s = {copy, file.n};
    struct raster_header h;
    struct bitmap b;
    for (int i = 0; i < 4; i++) {
        *random = *random * 1103515245 + 12345;
        size_t far = *random / 65536 % (file.n - 8);
        /* half of them where headers are */
        copy[8 + (i % 2 ? far : far % 64)] = (char)(*random >> 24);
    }
    const struct codec *codec = find(s);
    if (codec && codec->header(s, &h) &&
        (uint64_t)h.width * h.height < 1000000 &&
        codec_read(codec, s, 1, 1, &b))
        bitmap_free(&b);
    free(copy);
}

static void damaged_files_do_no_harm(void **state)
{
    unsigned random = 1;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        struct buf file = buf_make(BUF_BODY);
        samples[i].make(&file);
        for (int round = 0; round < ROUNDS; round++)
            check_damage(buf_view(&file), &random);
        buf_free(&file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_files_are_read),
        cmocka_unit_test(cut_files_say_so),
        cmocka_unit_test(damaged_files_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
