#include "raster/scale.h"

#include "base/mem.h"
#include "raster/light.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zimg.h>

enum {
    ALIGNMENT = 64,
    CHANNELS_MAX = 4,
    STRIP = 32, /* rows that are narrowed at once */
};

void scale_fit(unsigned width, unsigned height, unsigned box_width,
               unsigned box_height, unsigned *to_width, unsigned *to_height)
{
    uint64_t w = width, h = height;
    if (w > box_width) {
        h = (h * box_width + w / 2) / w;
        w = box_width;
    }
    if (h > box_height) {
        w = ((uint64_t)width * box_height + height / 2) / height;
        h = box_height;
    }
    if (w > box_width)
        w = box_width;
    *to_width = w ? (unsigned)w : 1;
    *to_height = h ? (unsigned)h : 1;
}

/* One channel as 16-bit linear light. */
struct plane {
    unsigned width, height;
    size_t stride; /* bytes from row to row, a multiple of ALIGNMENT */
    uint16_t *values;
};

static struct plane plane_new(unsigned width, unsigned height)
{
    struct plane p = {.width = width, .height = height};
    size_t bytes = (size_t)width * sizeof *p.values;
    p.stride = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    p.values = aligned_alloc(ALIGNMENT, p.stride * height);
    if (!p.values)
        mem_exhausted();
    return p;
}

static uint16_t *plane_row(const struct plane *p, unsigned y)
{
    return p->values + p->stride / sizeof *p->values * y;
}

/* ---- zimg ---- */

/* A filter for planes of one size, and its working memory. */
struct filter {
    zimg_filter_graph *graph;
    void *scratch;
};

static zimg_image_format format_of(unsigned width, unsigned height)
{
    zimg_image_format f;
    zimg_image_format_default(&f, ZIMG_API_VERSION);
    f.width = width;
    f.height = height;
    f.pixel_type = ZIMG_PIXEL_WORD;
    f.color_family = ZIMG_COLOR_GREY;
    f.pixel_range = ZIMG_RANGE_FULL;
    f.depth = 16;
    return f;
}

/* False if zimg has none; filter_free it in any case. */
static bool filter_make(struct filter *f, unsigned width, unsigned height,
                        unsigned to_width, unsigned to_height)
{
    zimg_image_format source = format_of(width, height);
    zimg_image_format target = format_of(to_width, to_height);
    zimg_graph_builder_params params;
    size_t need = 0;
    zimg_graph_builder_params_default(&params, ZIMG_API_VERSION);
    params.resample_filter = ZIMG_RESIZE_LANCZOS;
    params.filter_param_a = 3;
    params.dither_type = ZIMG_DITHER_NONE;
    f->scratch = NULL;
    f->graph = zimg_filter_graph_build(&source, &target, &params);
    if (!f->graph ||
        zimg_filter_graph_get_tmp_size(f->graph, &need) != ZIMG_ERROR_SUCCESS)
        return false;
    f->scratch = aligned_alloc(ALIGNMENT, (need / ALIGNMENT + 1) * ALIGNMENT);
    if (!f->scratch)
        mem_exhausted();
    return true;
}

static void filter_free(struct filter *f)
{
    zimg_filter_graph_free(f->graph);
    free(f->scratch);
}

/* `to` is where in a plane the result goes. */
static bool filter_run(const struct filter *f, const struct plane *from,
                       uint16_t *to, size_t to_stride)
{
    zimg_image_buffer_const in = {.version = ZIMG_API_VERSION};
    zimg_image_buffer out = {.version = ZIMG_API_VERSION};
    in.plane[0].data = from->values;
    in.plane[0].stride = (ptrdiff_t)from->stride;
    in.plane[0].mask = ZIMG_BUFFER_MAX;
    out.plane[0].data = to;
    out.plane[0].stride = (ptrdiff_t)to_stride;
    out.plane[0].mask = ZIMG_BUFFER_MAX;
    return zimg_filter_graph_process(f->graph, &in, &out, f->scratch, NULL,
                                     NULL, NULL, NULL) == ZIMG_ERROR_SUCCESS;
}

/* ---- rows to planes and back ---- */

static void spread_grey(const unsigned char *restrict row, unsigned width,
                        const uint16_t *restrict linear, uint16_t *restrict to)
{
    for (unsigned x = 0; x < width; x++)
        to[x] = linear[row[x]];
}

/* Where value i of four lies in the 64 bits that they make in memory. */
#define LANE(value, i)                                                         \
    ((uint64_t)(value) << 16 * (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__      \
                                    ? (i)                                      \
                                    : 3 - (i)))

/* One channel of three. Most of the time that scaling takes is spent here:
 * stores of four values at once, and the word that nothing overlaps, more than
 * halve it. */
static void spread_colour(const unsigned char *restrict row, unsigned width,
                          const uint16_t *restrict linear,
                          uint16_t *restrict to)
{
    unsigned x = 0;
    for (; x + 4 <= width; x += 4, row += 12) {
        uint64_t four = LANE(linear[row[0]], 0) | LANE(linear[row[3]], 1) |
                        LANE(linear[row[6]], 2) | LANE(linear[row[9]], 3);
        memcpy(to + x, &four, sizeof four);
    }
    for (; x < width; x++, row += 3)
        to[x] = linear[*row];
}

/* With alpha, which is the last channel, colours are multiplied by it. */
static void spread_alpha(const unsigned char *row, unsigned width,
                         unsigned channels, const uint16_t *linear,
                         uint16_t *const *to)
{
    unsigned colours = channels - 1;
    for (unsigned x = 0; x < width; x++, row += channels) {
        unsigned alpha = row[colours];
        for (unsigned c = 0; c < colours; c++)
            to[c][x] = (uint16_t)((linear[row[c]] * alpha + 127) / 255);
        to[colours][x] = (uint16_t)(alpha * 257);
    }
}

static void to_planes(const unsigned char *row, unsigned channels,
                      const struct light *light, struct plane *planes,
                      unsigned y)
{
    uint16_t *to[CHANNELS_MAX];
    unsigned width = planes[0].width;
    for (unsigned c = 0; c < channels; c++)
        to[c] = plane_row(&planes[c], y);
    if (channels == 1)
        spread_grey(row, width, light->linear, to[0]);
    else if (channels == 3)
        for (unsigned c = 0; c < 3; c++)
            spread_colour(row + c, width, light->linear, to[c]);
    else
        spread_alpha(row, width, channels, light->linear, to);
}

static unsigned char divided(unsigned value, unsigned alpha,
                             const struct light *light)
{
    if (!alpha)
        return 0;
    uint64_t whole = ((uint64_t)value * 65535 + alpha / 2) / alpha;
    return light->srgb[whole < 65535 ? whole : 65535];
}

static void from_planes(const struct plane *planes, unsigned y,
                        const struct light *light, struct bitmap *out)
{
    unsigned channels = out->channels;
    bool alpha = channels == 2 || channels == 4;
    const uint16_t *cover = plane_row(&planes[channels - 1], y);
    for (unsigned c = 0; c < channels; c++) {
        const uint16_t *from = plane_row(&planes[c], y);
        unsigned char *to = bitmap_row(out, y) + c;
        if (alpha && c == channels - 1)
            for (unsigned x = 0; x < out->width; x++, to += channels)
                *to = (unsigned char)((from[x] + 128) / 257);
        else if (alpha)
            for (unsigned x = 0; x < out->width; x++, to += channels)
                *to = divided(from[x], cover[x], light);
        else
            for (unsigned x = 0; x < out->width; x++, to += channels)
                *to = light->srgb[from[x]];
    }
}

/* ---- reading ---- */

/* One picture on its way. Rows are gathered in strips, which are made as wide
 * as the result at once; the whole is then made as high. */
struct scaling {
    struct reader *reader;
    struct light *light;
    unsigned channels;
    unsigned char *pixels; /* a row as it was read */
    struct plane strips[CHANNELS_MAX], narrow[CHANNELS_MAX],
        small[CHANNELS_MAX];
    struct filter across, down;
};

/* Read rows from y on into the strips, and make them narrow. */
static bool read_strip(struct scaling *s, unsigned y)
{
    for (unsigned i = 0; i < STRIP && y + i < s->reader->height; i++) {
        if (!reader_row(s->reader, s->pixels))
            return false;
        to_planes(s->pixels, s->channels, s->light, s->strips, i);
    }
    for (unsigned c = 0; c < s->channels; c++)
        if (!filter_run(&s->across, &s->strips[c], plane_row(&s->narrow[c], y),
                        s->narrow[c].stride))
            return false;
    return true;
}

static bool scale(struct scaling *s, struct bitmap *out)
{
    const struct reader *r = s->reader;
    unsigned strips = (r->height + STRIP - 1) / STRIP;
    for (unsigned c = 0; c < s->channels; c++) {
        s->strips[c] = plane_new(r->width, STRIP);
        s->narrow[c] = plane_new(out->width, strips * STRIP);
        s->small[c] = plane_new(out->width, out->height);
    }
    if (!filter_make(&s->across, r->width, STRIP, out->width, STRIP) ||
        !filter_make(&s->down, out->width, r->height, out->width, out->height))
        return false;
    for (unsigned i = 0; i < strips; i++)
        if (!read_strip(s, i * STRIP))
            return false;
    for (unsigned c = 0; c < s->channels; c++)
        if (!filter_run(&s->down, &s->narrow[c], s->small[c].values,
                        s->small[c].stride))
            return false;
    for (unsigned y = 0; y < out->height; y++)
        from_planes(s->small, y, s->light, out);
    return true;
}

static void scaling_free(struct scaling *s)
{
    for (unsigned c = 0; c < s->channels; c++) {
        free(s->strips[c].values);
        free(s->narrow[c].values);
        free(s->small[c].values);
    }
    filter_free(&s->across);
    filter_free(&s->down);
    free(s->light);
    free(s->pixels);
}

bool scale_read(struct reader *r, unsigned width, unsigned height,
                struct bitmap *out)
{
    if (width == r->width && height == r->height)
        return reader_read(r, out);
    struct scaling s = {.reader = r,
                        .light = light_new(),
                        .channels = r->channels,
                        .pixels = mem_alloc((size_t)r->width * r->channels)};
    *out = bitmap_new(width, height, r->channels);
    bool ok = scale(&s, out);
    scaling_free(&s);
    if (!ok)
        bitmap_free(out);
    return ok;
}
