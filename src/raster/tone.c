#include "raster/tone.h"

#include "base/mem.h"
#include "raster/light.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool has_alpha(const struct bitmap *b)
{
    return b->channels == 2 || b->channels == 4;
}

static size_t pixels_of(const struct bitmap *b)
{
    return (size_t)b->width * b->height;
}

/* ---- alpha ---- */

static bool is_opaque(const struct bitmap *b)
{
    size_t count = pixels_of(b);
    const unsigned char *alpha = b->pixels + b->channels - 1;
    for (size_t i = 0; i < count; i++)
        if (alpha[i * b->channels] != 255)
            return false;
    return true;
}

/* ---- grey ---- */

/* What decoding a JPEG of grey adds to it: noise around grey. A tint, such as
 * that of old paper, moves the mean; a coloured word is further from grey. */
enum {
    NOISE = 4,      /* common differences between channels */
    NOISE_MOST = 12 /* in one pixel of a thousand */
};

static bool is_grey(const struct bitmap *b)
{
    size_t count = pixels_of(b), noisy = 0;
    int64_t red = 0, blue = 0;
    for (size_t i = 0; i < count; i++) {
        const unsigned char *p = b->pixels + i * b->channels;
        int r = p[0] - p[1], g = p[2] - p[1];
        if (abs(r) > NOISE_MOST || abs(g) > NOISE_MOST)
            return false;
        noisy += abs(r) > NOISE || abs(g) > NOISE;
        red += r;
        blue += g;
    }
    int64_t most = (int64_t)count / 2;
    return noisy <= count / 1000 && red <= most && red >= -most &&
           blue <= most && blue >= -most;
}

/* Weights of red, green and blue (ITU-R BT.709, item 3.2), of 65536. */
enum { RED = 13933, GREEN = 46871, BLUE = 4732 };

void bitmap_to_grey(struct bitmap *b)
{
    size_t count = pixels_of(b);
    if (b->channels < 3)
        return;
    struct light *light = light_new();
    const uint16_t *linear = light->linear;
    unsigned char *to = b->pixels;
    for (size_t i = 0; i < count; i++) {
        const unsigned char *p = b->pixels + i * b->channels;
        uint64_t sum = (uint64_t)RED * linear[p[0]] +
                       (uint64_t)GREEN * linear[p[1]] +
                       (uint64_t)BLUE * linear[p[2]];
        *to++ = light->srgb[(sum + 32768) / 65536];
        if (b->channels == 4)
            *to++ = p[3];
    }
    b->channels -= 2;
    free(light);
}

void bitmap_drop_channels(struct bitmap *b)
{
    if (has_alpha(b) && is_opaque(b))
        bitmap_flatten(b, UCHAR_MAX);
    if (b->channels >= 3 && is_grey(b))
        bitmap_to_grey(b);
}

/* ---- sixteen greys ---- */

enum { LEVELS = 16, LEVEL_STEP = 255 / (LEVELS - 1) };

/* What pixels of a row are still owed, in sixteenths of linear light, with
 * room for one more on either side. */
struct debts {
    int32_t *here, *below;
};

struct dither {
    const struct bitmap *from;
    struct light *light;
    int32_t level[LEVELS]; /* its linear light */
    struct debts debts;
};

static unsigned nearest(const struct dither *d, int32_t value)
{
    unsigned n = 0;
    while (n + 1 < LEVELS && 2 * value >= d->level[n] + d->level[n + 1])
        n++;
    return n;
}

/* One row; `step` is 1 from the left, -1 from the right. */
static void dither_row(struct dither *d, unsigned y, int step,
                       unsigned char *to)
{
    const unsigned char *from = bitmap_row(d->from, y);
    int width = (int)d->from->width;
    for (int i = 0; i < width; i++) {
        int x = step > 0 ? i : width - 1 - i;
        int32_t *here = d->debts.here + x + 1, *below = d->debts.below + x + 1;
        int32_t want = d->light->linear[from[x]] + *here / 16;
        unsigned n = nearest(d, want);
        int32_t lost = want - d->level[n];
        to[x] = (unsigned char)n;
        here[step] += 7 * lost;
        below[-step] += 3 * lost;
        below[0] += 5 * lost;
        below[step] += lost;
    }
}

void bitmap_dither(const struct bitmap *b, struct bitmap *numbers,
                   struct indexed *out)
{
    size_t room = ((size_t)b->width + 2) * sizeof(int32_t);
    struct dither d = {.from = b, .light = light_new()};
    d.debts = (struct debts){mem_alloc(room), mem_alloc(room)};
    *numbers = bitmap_new(b->width, b->height, 1);
    *out = (struct indexed){.width = b->width,
                            .height = b->height,
                            .pixels = numbers->pixels,
                            .colours = LEVELS};
    for (unsigned n = 0; n < LEVELS; n++) {
        memset(out->palette[n], (int)(n * LEVEL_STEP), 3);
        d.level[n] = d.light->linear[n * LEVEL_STEP];
    }
    for (unsigned y = 0; y < b->height; y++) {
        dither_row(&d, y, y % 2 ? -1 : 1, bitmap_row(numbers, y));
        int32_t *done = d.debts.here;
        d.debts.here = d.debts.below;
        d.debts.below = done;
        memset(done, 0, room);
    }
    free(d.debts.here);
    free(d.debts.below);
    free(d.light);
}
