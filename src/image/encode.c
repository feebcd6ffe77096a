/* Which format a picture is best kept in. */
#include "image/fitter.h"

#include "raster/codec.h"

#include <string.h>

enum {
    FLAT_PERCENT = 40, /* of pixels like their neighbour: drawn, not taken */
    SMALL = 256 * 256, /* pixels; an icon more often than not */
    PNG_PERCENT = 150, /* of the JPEG's size that a PNG may have */
};

/* Of how many pixels in a hundred is the one to the left the same? */
static unsigned flat_percent(const struct bitmap *b)
{
    size_t same = 0, count = (size_t)b->width * b->height;
    for (unsigned y = 0; y < b->height; y++) {
        const unsigned char *row = bitmap_row(b, y);
        for (unsigned x = 1; x < b->width; x++)
            same +=
                memcmp(row + (size_t)x * b->channels,
                       row + (size_t)(x - 1) * b->channels, b->channels) == 0;
    }
    return (unsigned)(same * 100 / count);
}

/* Drawings and icons as PNG, unless that is much larger; photographs as JPEG.
 */
bool encode_picture(const struct bitmap *b, const struct fit *fit,
                    struct buf *out, enum fit_format *format)
{
    size_t start = out->len;
    bool drawn = (size_t)b->width * b->height <= SMALL ||
                 flat_percent(b) >= FLAT_PERCENT;
    struct buf png = buf_make(BUF_BODY);
    if (!jpeg_encode(b, fit->quality, drawn, out))
        return false;
    *format = FIT_JPEG;
    if (drawn && png_encode(b, &png) &&
        png.len * 100 <= (out->len - start) * PNG_PERCENT) {
        buf_cut(out, start);
        buf_str(out, buf_view(&png));
        *format = FIT_PNG;
    }
    buf_free(&png);
    return true;
}
