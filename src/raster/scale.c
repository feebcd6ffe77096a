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
    STRIP = 32,  /* rows that are narrowed at once */
    TAPS = 3,    /* of Lanczos' filter, on each side */
    BAND = 4096, /* rows that are made lower at once: those of most pictures */
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

/* From `source` to a whole plane. False if zimg has none; filter_free it in any
 * case. */
static bool filter_make(struct filter *f, zimg_image_format source,
                        unsigned to_width, unsigned to_height)
{
    zimg_image_format target = format_of(to_width, to_height);
    zimg_graph_builder_params params;
    size_t need = 0;
    zimg_graph_builder_params_default(&params, ZIMG_API_VERSION);
    params.resample_filter = ZIMG_RESIZE_LANCZOS;
    params.filter_param_a = TAPS;
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

/* Row `y` of the planes becomes row `to_y`. */
static void from_planes(const struct plane *planes, unsigned y,
                        const struct light *light, struct bitmap *out,
                        unsigned to_y)
{
    unsigned channels = out->channels;
    bool alpha = channels == 2 || channels == 4;
    const uint16_t *cover = plane_row(&planes[channels - 1], y);
    for (unsigned c = 0; c < channels; c++) {
        const uint16_t *from = plane_row(&planes[c], y);
        unsigned char *to = bitmap_row(out, to_y) + c;
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
 * as the result at once; when there are those that a band of the result is made
 * of, they are made as high. */
struct scaling {
    struct reader *reader;
    struct light *light;
    unsigned channels;
    unsigned char *pixels; /* a row as it was read */
    struct plane strips[CHANNELS_MAX], narrow[CHANNELS_MAX],
        small[CHANNELS_MAX];
    unsigned first, end; /* rows of the picture that `narrow` has */
    struct filter across;
};

/* A band of the result, and the rows that it is made of. */
struct band {
    unsigned y, height;
    unsigned first, end;
};

static struct band band_at(unsigned y, unsigned from, unsigned to)
{
    struct band b = {.y = y};
    uint64_t margin = from > to ? (uint64_t)TAPS * from / to + 2 : TAPS + 2;
    uint64_t most = (uint64_t)BAND * to / from;
    b.height = most > to - y ? to - y : most ? (unsigned)most : 1;
    uint64_t first = (uint64_t)y * from / to;
    uint64_t end = ((uint64_t)(y + b.height) * from + to - 1) / to + margin;
    b.first = first > margin ? (unsigned)(first - margin) : 0;
    b.end = end < from ? (unsigned)end : from;
    return b;
}

/* The most rows that bands have, and those of one strip. */
static unsigned rows_of_bands(unsigned from, unsigned to)
{
    unsigned most = 0;
    for (unsigned y = 0; y < to;) {
        struct band b = band_at(y, from, to);
        most = b.end - b.first > most ? b.end - b.first : most;
        y += b.height;
    }
    return most + STRIP;
}

/* Read the next rows into the strips, and make them narrow. */
static bool read_strip(struct scaling *s)
{
    unsigned left = s->reader->height - s->end;
    unsigned rows = left < STRIP ? left : STRIP;
    for (unsigned i = 0; i < rows; i++) {
        if (!reader_row(s->reader, s->pixels))
            return false;
        to_planes(s->pixels, s->channels, s->light, s->strips, i);
    }
    for (unsigned c = 0; c < s->channels; c++)
        if (!filter_run(&s->across, &s->strips[c],
                        plane_row(&s->narrow[c], s->end - s->first),
                        s->narrow[c].stride))
            return false;
    s->end += rows;
    return true;
}

/* Forget the rows before `first`. */
static void forget(struct scaling *s, unsigned first)
{
    for (unsigned c = 0; c < s->channels; c++) {
        struct plane *p = &s->narrow[c];
        memmove(p->values, plane_row(p, first - s->first),
                (s->end - first) * p->stride);
    }
    s->first = first;
}

static bool make_band(struct scaling *s, const struct band *b,
                      struct bitmap *out)
{
    const struct reader *r = s->reader;
    struct filter down;
    zimg_image_format source = format_of(out->width, b->end - b->first);
    source.active_region.left = 0;
    source.active_region.width = out->width;
    source.active_region.top =
        (double)b->y * r->height / out->height - b->first;
    source.active_region.height = (double)b->height * r->height / out->height;
    bool ok = filter_make(&down, source, out->width, b->height);
    for (unsigned c = 0; ok && c < s->channels; c++)
        ok = filter_run(&down, &s->narrow[c], s->small[c].values,
                        s->small[c].stride);
    filter_free(&down);
    for (unsigned y = 0; ok && y < b->height; y++)
        from_planes(s->small, y, s->light, out, b->y + y);
    return ok;
}

static bool scale(struct scaling *s, struct bitmap *out)
{
    const struct reader *r = s->reader;
    struct band b = band_at(0, r->height, out->height);
    unsigned rows = rows_of_bands(r->height, out->height);
    for (unsigned c = 0; c < s->channels; c++) {
        s->strips[c] = plane_new(r->width, STRIP);
        s->narrow[c] = plane_new(out->width, rows);
        s->small[c] = plane_new(out->width, b.height);
    }
    if (!filter_make(&s->across, format_of(r->width, STRIP), out->width, STRIP))
        return false;
    for (unsigned y = 0; y < out->height; y += b.height) {
        b = band_at(y, r->height, out->height);
        forget(s, b.first);
        while (s->end < b.end)
            if (!read_strip(s))
                return false;
        if (!make_band(s, &b, out))
            return false;
    }
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
