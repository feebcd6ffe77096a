#include "raster/bitmap.h"

#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    WHITE = 255,
    DARK = 40,
    LIGHT_LEAST = 208,  /* hardly to be told from white in small things … */
    LIGHT_PERCENT = 95, /* … which all but this of what is shown are … */
    CLEAR_PERCENT = 40, /* … with so much around them */
};

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

void bitmap_flatten(struct bitmap *b, unsigned char ground)
{
    unsigned colours = b->channels - 1;
    size_t count = (size_t)b->width * b->height;
    const unsigned char *from = b->pixels;
    unsigned char *to = b->pixels;
    if (b->channels % 2)
        return;
    for (size_t i = 0; i < count; i++, from += b->channels)
        for (unsigned c = 0, alpha = from[colours]; c < colours; c++)
            *to++ = (unsigned char)((from[c] * alpha + ground * (255 - alpha) +
                                     127) /
                                    255);
    b->channels = colours;
}

/* All of the pixel's colours are near white. */
static bool is_light(const unsigned char *pixel, unsigned colours)
{
    for (unsigned c = 0; c < colours; c++)
        if (pixel[c] < LIGHT_LEAST)
            return false;
    return true;
}

unsigned char bitmap_ground(const struct bitmap *b)
{
    unsigned colours = b->channels - 1;
    uint64_t shown = 0, light = 0; /* sums of alpha */
    size_t clear = 0, count = (size_t)b->width * b->height;
    const unsigned char *pixel = b->pixels;
    if (b->channels % 2)
        return WHITE;
    for (size_t i = 0; i < count; i++, pixel += b->channels) {
        shown += pixel[colours];
        light += is_light(pixel, colours) ? pixel[colours] : 0;
        clear += pixel[colours] < 128;
    }
    bool vanishes = shown && light * 100 >= shown * LIGHT_PERCENT;
    return vanishes && clear * 100 >= count * CLEAR_PERCENT ? DARK : WHITE;
}
