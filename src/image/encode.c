/* Which format a picture is best kept in, by what it shows.
 *
 * What was drawn (text, diagrams, screenshots, comics) has even areas: a third
 * and more of its pixels are exactly like the one to the left, as hardly a
 * tenth of a photograph's are; scaling leaves that so. It is a PNG, with a
 * palette if nobody sees the difference, unless a JPEG is much smaller. What
 * was taken is a JPEG, its colours at half the resolution, as the eye sees
 * them; unless they change from pixel to pixel, as on coloured letters. */
#include "image/fitter.h"

#include "raster/codec.h"
#include "raster/tone.h"

#include <stdlib.h>
#include <string.h>

enum {
    EVEN_PERCENT = 33,   /* of pixels like their neighbour: drawn, not taken */
    SMALL = 128 * 128,   /* pixels; an icon more often than not */
    PNG_PERCENT = 150,   /* of the JPEG's size that a PNG may have */
    VIVID_STEP = 48,     /* between neighbours' colours, apart from lightness */
    VIVID_PER_MILLE = 8, /* of neighbours that change so: sharp colours */
    QUALITY_LEAST = 30,  /* of a JPEG that is too large; then fewer pixels */
};

/* ---- what it shows ---- */

struct content {
    bool drawn, vivid;
};

static bool is_vivid(const unsigned char *a, const unsigned char *b)
{
    return abs((a[0] - a[1]) - (b[0] - b[1])) > VIVID_STEP ||
           abs((a[2] - a[1]) - (b[2] - b[1])) > VIVID_STEP;
}

static bool same(const unsigned char *a, const unsigned char *b, unsigned n)
{
    for (unsigned c = 0; c < n; c++)
        if (a[c] != b[c])
            return false;
    return true;
}

/* Every fourth row tells enough. */
static struct content look_at(const struct bitmap *b)
{
    size_t even = 0, vivid = 0, count = 0;
    unsigned n = b->channels;
    for (unsigned y = 0; y < b->height; y += 4) {
        const unsigned char *last = bitmap_row(b, y);
        for (unsigned x = 1; x < b->width; x++, last += n) {
            if (same(last, last + n, n))
                even++;
            else if (n >= 3)
                vivid += is_vivid(last, last + n);
        }
        count += b->width;
    }
    bool small = (size_t)b->width * b->height <= SMALL;
    return (struct content){.drawn =
                                small || even * 100 >= count * EVEN_PERCENT,
                            .vivid = vivid * 1000 >= count * VIVID_PER_MILLE};
}

/* ---- candidates ---- */

static bool make_png(const struct bitmap *b, struct buf *out)
{
    struct bitmap numbers;
    struct indexed few;
    if (!palette_near(b, &numbers, &few))
        return png_encode(b, out);
    bool ok = png_encode_indexed(&few, false, out);
    bitmap_free(&numbers);
    return ok;
}

static bool make_dithered(const struct bitmap *b, struct buf *out)
{
    struct bitmap numbers;
    struct indexed greys;
    bitmap_dither(b, &numbers, &greys);
    bool ok = png_encode_indexed(&greys, false, out);
    bitmap_free(&numbers);
    return ok;
}

/* In place of a JPEG that is too large one of at most `most` bytes, of the
 * best quality that can be; false if there is none. */
static bool lower_quality(const struct bitmap *b, const struct fit *fit,
                          bool sharp, size_t most, struct buf *jpeg)
{
    unsigned low = QUALITY_LEAST, high = fit->quality - 1;
    buf_clear(jpeg);
    while (low <= high) {
        struct buf tried = buf_make(BUF_BODY);
        unsigned quality = (low + high) / 2;
        if (jpeg_encode(b, quality, sharp, &tried) && tried.len <= most) {
            buf_clear(jpeg);
            buf_str(jpeg, buf_view(&tried));
            low = quality + 1;
        } else {
            high = quality - 1;
        }
        buf_free(&tried);
    }
    return jpeg->len > 0;
}

/* Which of both; NULL if neither can be had. */
static struct buf *choose(const struct bitmap *b, const struct fit *fit,
                          size_t most, struct buf *png, struct buf *jpeg)
{
    struct content shown = look_at(b);
    bool sharp = shown.drawn || shown.vivid;
    if (!jpeg_encode(b, fit->quality, sharp, jpeg))
        return NULL;
    if (shown.drawn && make_png(b, png) && png->len <= most &&
        png->len * 100 <= jpeg->len * PNG_PERCENT)
        return png;
    if (jpeg->len <= most || lower_quality(b, fit, sharp, most, jpeg))
        return jpeg;
    return NULL;
}

bool encode_picture(struct bitmap *b, const struct fit *fit, struct buf *out,
                    enum fit_format *format)
{
    struct buf png = buf_make(BUF_BODY), jpeg = buf_make(BUF_BODY);
    struct buf *chosen = &png;
    size_t most = fit->max_bytes ? fit->max_bytes : SIZE_MAX;
    bool dithered = fit->colours == FIT_GREY16 && b->channels == 1;
    bool alpha = b->channels == 2 || b->channels == 4;
    bool made = dithered ? make_dithered(b, &png) : alpha && make_png(b, &png);
    if (!made || png.len > most) {
        buf_clear(&png);
        bitmap_flatten(b, bitmap_ground(b));
        chosen = choose(b, fit, most, &png, &jpeg);
    }
    if (chosen)
        buf_str(out, buf_view(chosen));
    *format = chosen == &jpeg ? FIT_JPEG : FIT_PNG;
    buf_free(&png);
    buf_free(&jpeg);
    return chosen && !out->failed;
}
