#include "raster/scale.h"

#include "base/mem.h"
#include "raster/light.h"

#include <stdint.h>
#include <stdlib.h>
#include <zimg.h>

enum { ALIGNMENT = 64 };

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

static zimg_image_format format_of(const struct plane *p)
{
    zimg_image_format f;
    zimg_image_format_default(&f, ZIMG_API_VERSION);
    f.width = p->width;
    f.height = p->height;
    f.pixel_type = ZIMG_PIXEL_WORD;
    f.color_family = ZIMG_COLOR_GREY;
    f.pixel_range = ZIMG_RANGE_FULL;
    f.depth = 16;
    return f;
}

static zimg_filter_graph *graph_for(const struct plane *from,
                                    const struct plane *to)
{
    zimg_image_format source = format_of(from), target = format_of(to);
    zimg_graph_builder_params params;
    zimg_graph_builder_params_default(&params, ZIMG_API_VERSION);
    params.resample_filter = ZIMG_RESIZE_LANCZOS;
    params.filter_param_a = 3;
    params.dither_type = ZIMG_DITHER_NONE;
    return zimg_filter_graph_build(&source, &target, &params);
}

static bool run(const zimg_filter_graph *graph, const struct plane *from,
                const struct plane *to, void *scratch)
{
    zimg_image_buffer_const in = {.version = ZIMG_API_VERSION};
    zimg_image_buffer out = {.version = ZIMG_API_VERSION};
    in.plane[0].data = from->values;
    in.plane[0].stride = (ptrdiff_t)from->stride;
    in.plane[0].mask = ZIMG_BUFFER_MAX;
    out.plane[0].data = to->values;
    out.plane[0].stride = (ptrdiff_t)to->stride;
    out.plane[0].mask = ZIMG_BUFFER_MAX;
    return zimg_filter_graph_process(graph, &in, &out, scratch, NULL, NULL,
                                     NULL, NULL) == ZIMG_ERROR_SUCCESS;
}

static void to_plane(const struct bitmap *b, unsigned channel,
                     const struct light *light, struct plane *p)
{
    for (unsigned y = 0; y < b->height; y++) {
        const unsigned char *from = bitmap_row(b, y) + channel;
        uint16_t *to = plane_row(p, y);
        for (unsigned x = 0; x < b->width; x++, from += b->channels)
            to[x] = light->linear[*from];
    }
}

static void from_plane(const struct plane *p, const struct light *light,
                       struct bitmap *b, unsigned channel)
{
    for (unsigned y = 0; y < b->height; y++) {
        const uint16_t *from = plane_row(p, y);
        unsigned char *to = bitmap_row(b, y) + channel;
        for (unsigned x = 0; x < b->width; x++, to += b->channels)
            *to = light->srgb[from[x]];
    }
}

/* zimg's working memory; NULL if it cannot be told. */
static void *scratch_for(const zimg_filter_graph *graph)
{
    size_t need = 0;
    if (!graph ||
        zimg_filter_graph_get_tmp_size(graph, &need) != ZIMG_ERROR_SUCCESS)
        return NULL;
    return aligned_alloc(ALIGNMENT, (need / ALIGNMENT + 1) * ALIGNMENT);
}

bool scale_to(struct bitmap *b, unsigned width, unsigned height)
{
    if (width == b->width && height == b->height)
        return true;
    struct plane from = plane_new(b->width, b->height);
    struct plane to = plane_new(width, height);
    struct bitmap scaled = bitmap_new(width, height, b->channels);
    struct light *light = light_new();
    zimg_filter_graph *graph = graph_for(&from, &to);
    void *scratch = scratch_for(graph);
    bool ok = scratch != NULL;
    for (unsigned c = 0; ok && c < b->channels; c++) {
        to_plane(b, c, light, &from);
        ok = run(graph, &from, &to, scratch);
        from_plane(&to, light, &scaled, c);
    }
    zimg_filter_graph_free(graph);
    free(scratch);
    free(light);
    free(from.values);
    free(to.values);
    if (!ok) {
        bitmap_free(&scaled);
        return false;
    }
    bitmap_free(b);
    *b = scaled;
    return true;
}
