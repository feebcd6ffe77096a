#include "draw.h"

#include "base/buf.h"
#include "glyph/line.h"

#include <stdlib.h>
#include <string.h>

static uint32_t hash(uint32_t x, uint32_t y, uint32_t seed)
{
    uint32_t v = x * 374761393U + y * 668265263U + seed * 2246822519U;
    v = (v ^ (v >> 13)) * 1274126177U;
    return v ^ (v >> 16);
}

static uint32_t up_to(uint32_t *random, uint32_t n)
{
    *random = *random * 1664525U + 1013904223U;
    return (*random >> 8) % n;
}

/* ---- photo ---- */

static double at_corner(unsigned x, unsigned y, uint32_t seed)
{
    return (hash(x, y, seed) & 0xFFFF) / 65535.0;
}

/* Smooth noise, 0 to 1, that changes over one unit of x and y. */
static double noise(double x, double y, uint32_t seed)
{
    unsigned left = (unsigned)x, top = (unsigned)y;
    double h = x - left, v = y - top;
    h = h * h * (3 - 2 * h);
    v = v * v * (3 - 2 * v);
    double above = at_corner(left, top, seed) * (1 - h) +
                   at_corner(left + 1, top, seed) * h;
    double below = at_corner(left, top + 1, seed) * (1 - h) +
                   at_corner(left + 1, top + 1, seed) * h;
    return above * (1 - v) + below * v;
}

static unsigned char sample(double value)
{
    return (unsigned char)(value < 0 ? 0 : value > 1 ? 255 : value * 255 + 0.5);
}

static void photo_pixel(unsigned char *p, unsigned x, unsigned y, uint32_t seed)
{
    double light = 0, part = 0.5, scale = 1 / 700.0;
    for (uint32_t octave = 0; octave < 9; octave++) {
        light += part * noise(x * scale, y * scale, seed + octave);
        part *= 0.55;
        scale *= 2;
    }
    double thing = noise(x / 300.0, y / 300.0, seed + 50) > 0.5 ? 0.25 : 0;
    light += ((hash(x, y, seed + 90) & 0xFF) - 128.0) / 255 * 0.06;
    p[0] = sample(light + thing - 0.2);
    p[1] = sample(light + thing * 0.6 - 0.25 +
                  0.2 * noise(x / 500.0, y / 500.0, seed + 60));
    p[2] = sample(light * 0.8 - 0.2 +
                  0.3 * noise(x / 400.0, y / 400.0, seed + 70));
}

static bool photo(struct bitmap *b, uint32_t seed, struct faces *faces)
{
    (void)faces;
    for (unsigned y = 0; y < b->height; y++)
        for (unsigned x = 0; x < b->width; x++)
            photo_pixel(bitmap_row(b, y) + (size_t)x * 3, x, y, seed);
    return true;
}

/* ---- drawings ---- */

struct ink {
    unsigned char red, green, blue;
};

static void fill(const struct bitmap *b, unsigned x, unsigned y, unsigned width,
                 unsigned height, struct ink ink)
{
    const unsigned char pixel[3] = {ink.red, ink.green, ink.blue};
    for (unsigned v = y; v < y + height && v < b->height; v++)
        for (unsigned h = x; h < x + width && h < b->width; h++)
            memcpy(bitmap_row(b, v) + (size_t)h * 3, pixel, 3);
}

static const char *const words[] = {"harbour", "wind",   "the",   "of",
                                    "lantern", "and",    "seven", "return",
                                    "index",   "static", "paper", "under",
                                    "garden",  "value",  "quiet", "stone"};

/* A line of some words, of `ink` on what is there, its baseline at y. */
static void write_line(const struct bitmap *b, struct faces *faces,
                       const unsigned place[3], struct ink ink,
                       uint32_t *random)
{
    struct buf text = buf_make(BUF_LINE);
    for (unsigned n = 2 + up_to(random, 6); n > 0; n--)
        buf_printf(&text, "%s%s", words[up_to(random, 16)], n > 1 ? " " : "");
    struct bitmap levels = bitmap_new(b->width, b->height, 1);
    struct paragraph *p =
        paragraph_new(faces, buf_view(&text), (int)place[2], 1);
    paragraph_draw(p, &levels, (int)place[0], (int)place[1], 0, 0);
    for (unsigned y = place[1] > 60 ? place[1] - 60 : 0;
         y < place[1] + 30 && y < b->height; y++)
        for (unsigned x = 0; x < b->width; x++) {
            unsigned level = bitmap_row(&levels, y)[x];
            unsigned char *to = bitmap_row(b, y) + (size_t)x * 3;
            const unsigned char inks[3] = {ink.red, ink.green, ink.blue};
            for (unsigned c = 0; level && c < 3; c++)
                to[c] = (unsigned char)((to[c] * (LINE_LEVELS - level) +
                                         inks[c] * level) /
                                        LINE_LEVELS);
        }
    paragraph_free(p);
    bitmap_free(&levels);
    buf_free(&text);
}

static bool screenshot(struct bitmap *b, uint32_t seed, struct faces *faces)
{
    static const struct ink ground = {30, 34, 42}, bar = {52, 58, 70};
    static const struct ink inks[] = {{220, 223, 228},
                                      {97, 175, 239},
                                      {152, 195, 121},
                                      {229, 192, 123},
                                      {198, 120, 221}};
    uint32_t random = seed;
    fill(b, 0, 0, b->width, b->height, ground);
    fill(b, 0, 0, b->width, 48, bar);
    fill(b, 0, 48, b->width / 5, b->height, (struct ink){38, 43, 52});
    faces_set_size(faces, 20);
    for (unsigned y = 36; y + 20 < b->height; y += 30) {
        unsigned indent = b->width / 5 + 24 + 40 * up_to(&random, 4);
        write_line(b, faces, (unsigned[]){20, y, b->width / 5 - 40},
                   (struct ink){150, 156, 168}, &random);
        write_line(b, faces, (unsigned[]){indent, y, b->width - indent - 20},
                   inks[up_to(&random, 5)], &random);
    }
    return true;
}

static bool diagram(struct bitmap *b, uint32_t seed, struct faces *faces)
{
    static const struct ink white = {255, 255, 255}, black = {20, 20, 20};
    static const struct ink fills[] = {
        {255, 230, 204}, {218, 232, 252}, {213, 232, 212}, {248, 206, 204}};
    uint32_t random = seed;
    unsigned across = b->width / 4, down = b->height / 4;
    fill(b, 0, 0, b->width, b->height, white);
    faces_set_size(faces, 26);
    for (unsigned i = 0; i < 16; i++) {
        unsigned x = i % 4 * across + across / 8;
        unsigned y = i / 4 * down + down / 5;
        unsigned width = across * 3 / 4, height = down / 2;
        fill(b, x + width, y + height / 2, across / 4, 3, black);
        fill(b, x + width / 2, y + height, 3, down / 2, black);
        fill(b, x, y, width, height, black);
        fill(b, x + 3, y + 3, width - 6, height - 6, fills[up_to(&random, 4)]);
        write_line(b, faces, (unsigned[]){x + 12, y + height / 2, width - 24},
                   black, &random);
    }
    return true;
}

bool draw_picture(const char *kind, uint32_t seed, const char *fonts,
                  struct bitmap *b)
{
    static const struct {
        const char *name;
        bool (*draw)(struct bitmap *b, uint32_t seed, struct faces *faces);
    } kinds[] = {
        {"photo", photo}, {"screenshot", screenshot}, {"diagram", diagram}};
    static const char *const names[] = {"DejaVuSans.ttf"};
    struct faces *faces = faces_open(fonts, names, 1);
    bool ok = false;
    for (size_t i = 0; faces && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kind, kinds[i].name) == 0)
            ok = kinds[i].draw(b, seed, faces);
    faces_free(faces);
    return ok;
}
