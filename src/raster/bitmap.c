#include "raster/bitmap.h"

#include "base/mem.h"
#include "raster/light.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct bitmap bitmap_new(unsigned width, unsigned height, unsigned channels)
{
    return (struct bitmap){width, height, channels,
                           mem_alloc((size_t)width * height * channels)};
}

void bitmap_free(struct bitmap *b)
{
    free(b->pixels);
    *b = (struct bitmap){0};
}

/* Where the pixel at x, y of the source goes in the turned picture. */
static size_t turned(const struct bitmap *to, unsigned orientation, unsigned x,
                     unsigned y)
{
    unsigned w = to->width - 1, h = to->height - 1;
    const struct {
        unsigned x, y;
    } place[] = {{x, y}, {w - x, y}, {w - x, h - y}, {x, h - y},
                 {y, x}, {w - y, x}, {w - y, h - x}, {y, h - x}};
    return (size_t)place[orientation - 1].y * to->width +
           place[orientation - 1].x;
}

void bitmap_orient(struct bitmap *b, unsigned orientation)
{
    if (orientation < 2 || orientation > 8)
        return;
    bool swap = orientation > 4;
    struct bitmap to = bitmap_new(swap ? b->height : b->width,
                                  swap ? b->width : b->height, b->channels);
    const unsigned char *from = b->pixels;
    for (unsigned y = 0; y < b->height; y++)
        for (unsigned x = 0; x < b->width; x++, from += b->channels)
            memcpy(to.pixels + turned(&to, orientation, x, y) * b->channels,
                   from, b->channels);
    bitmap_free(b);
    *b = to;
}

void row_flatten(unsigned char *row, unsigned width, unsigned channels,
                 const struct light *light)
{
    unsigned colours = channels - 1;
    const unsigned char *from = row;
    unsigned char *to = row;
    for (unsigned x = 0; x < width; x++, from += channels) {
        unsigned alpha = from[colours];
        for (unsigned c = 0; c < colours; c++) {
            unsigned linear = light->linear[from[c]];
            unsigned mixed =
                (linear * alpha + 65535U * (255 - alpha) + 127) / 255;
            *to++ = alpha == 255 ? from[c] : light->srgb[mixed];
        }
    }
}

void bitmap_flatten(struct bitmap *b)
{
    unsigned colours = b->channels - 1;
    size_t count = (size_t)b->width * b->height;
    const unsigned char *from = b->pixels;
    unsigned char *to = b->pixels;
    if (b->channels % 2)
        return;
    for (size_t i = 0; i < count; i++, from += b->channels)
        for (unsigned c = 0, alpha = from[colours]; c < colours; c++)
            *to++ =
                (unsigned char)((from[c] * alpha + 255 * (255 - alpha) + 127) /
                                255);
    b->channels = colours;
}
