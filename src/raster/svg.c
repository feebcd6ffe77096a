/* SVG (SVG 1.1, and what librsvg knows of SVG 2), plain or within gzip.
 *
 * A drawing is read from memory and has no address of its own, so librsvg
 * refuses whatever it refers to, save data: URLs (librsvg, "Security and
 * locations of referenced files"); nor does librsvg expand what would make a
 * small file a large drawing. */
#include "raster/codec.h"

#include "base/mem.h"
#include "raster/format.h"

#include <librsvg/rsvg.h>

enum {
    CSS_DPI = 96,
    DEFAULT_WIDTH = 300, /* of what has no size (CSS 2.2, section 10.3.2) */
    DEFAULT_HEIGHT = 150,
    SIDE_MAX = 16000,        /* CSS pixels; Cairo draws on twice as many */
    HEAD = 64 << 10,         /* bytes that tell whether it is a drawing */
    UNPACKED_MAX = 12 << 20, /* bytes of a drawing; librsvg takes forty times
                                as much memory */
};

/* A size in CSS pixels. */
struct size {
    double width, height;
};

/* ---- gzip ---- */

/* Append what is within gzip, until `out` has `most` bytes or a little more;
 * false if it is broken. */
static bool unpack(struct str file, size_t most, struct buf *out)
{
    enum { PIECE = 64 << 10 };
    GInputStream *packed =
        g_memory_input_stream_new_from_data(file.p, (gssize)file.n, NULL);
    GZlibDecompressor *gzip =
        g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
    GInputStream *plain =
        g_converter_input_stream_new(packed, G_CONVERTER(gzip));
    gssize n;
    do {
        char *room = buf_room(out, PIECE);
        n = room ? g_input_stream_read(plain, room, PIECE, NULL, NULL) : -1;
        if (n > 0)
            out->data[out->len += (size_t)n] = '\0';
    } while (n > 0 && out->len < most);
    g_object_unref(plain);
    g_object_unref(gzip);
    g_object_unref(packed);
    return n >= 0;
}

static bool sniff(struct str file)
{
    if (!format_is_gzip(file))
        return format_is_svg(file);
    struct buf head = buf_make(BUF_BODY);
    unpack(file, HEAD, &head);
    bool is_svg = format_is_svg(buf_view(&head));
    buf_free(&head);
    return is_svg;
}

/* ---- parsing ---- */

static RsvgHandle *parse_plain(struct str file)
{
    RsvgHandle *handle =
        format_is_svg(file) && file.n < UNPACKED_MAX
            ? rsvg_handle_new_from_data((const guint8 *)file.p, file.n, NULL)
            : NULL;
    if (handle)
        rsvg_handle_set_dpi(handle, CSS_DPI);
    return handle;
}

/* NULL if the file is broken; g_object_unref the result. */
static RsvgHandle *parse(struct str file)
{
    if (!format_is_gzip(file))
        return parse_plain(file);
    struct buf plain = buf_make(BUF_BODY);
    bool ok = unpack(file, UNPACKED_MAX, &plain) && plain.len < UNPACKED_MAX;
    RsvgHandle *handle = ok ? parse_plain(buf_view(&plain)) : NULL;
    buf_free(&plain);
    return handle;
}

/* ---- natural size ---- */

/* CSS pixels of a length; 0 if it is relative to something. */
static double pixels_of(RsvgLength length)
{
    static const double units[] = {
        [RSVG_UNIT_PX] = 1,
        [RSVG_UNIT_IN] = CSS_DPI,
        [RSVG_UNIT_CM] = CSS_DPI / 2.54,
        [RSVG_UNIT_MM] = CSS_DPI / 25.4,
        [RSVG_UNIT_PT] = CSS_DPI / 72.0,
        [RSVG_UNIT_PC] = CSS_DPI / 6.0,
    };
    return length.unit < ARRAY_LEN(units) ? length.length * units[length.unit]
                                          : 0;
}

/* A drawing without any size reaches from the origin to the end of its ink. */
static struct size ink_size(RsvgHandle *handle)
{
    const RsvgRectangle viewport = {0, 0, DEFAULT_WIDTH, DEFAULT_HEIGHT};
    RsvgRectangle ink = {0};
    if (!rsvg_handle_get_geometry_for_layer(handle, NULL, &viewport, &ink, NULL,
                                            NULL))
        return (struct size){0};
    return (struct size){ink.x + ink.width, ink.y + ink.height};
}

/* A drawing whose size is relative to its surroundings has that of its view
 * box, whose units are pixels for who drew it; small ones are just units, of a
 * drawing that becomes as wide as what has no size. */
static struct size relative_size(RsvgHandle *handle)
{
    enum { SMALLEST = 16 };
    RsvgLength width, height;
    RsvgRectangle box;
    gboolean has[3];
    rsvg_handle_get_intrinsic_dimensions(handle, &has[0], &width, &has[1],
                                         &height, &has[2], &box);
    if (!has[2] || !(box.width > 0 && box.height > 0))
        return ink_size(handle);
    double w = has[0] ? pixels_of(width) : 0;
    double h = has[1] ? pixels_of(height) : 0;
    if (!(w > 0))
        w = h > 0 ? h * box.width / box.height
            : box.width >= SMALLEST && box.height >= SMALLEST ? box.width
                                                              : DEFAULT_WIDTH;
    return (struct size){w, w * box.height / box.width};
}

/* Within (0, SIDE_MAX], in its proportions; false: nothing is to be seen, and
 * nothing is drawn. */
static bool natural_size(RsvgHandle *handle, struct size *out)
{
    gdouble width = 0, height = 0;
    *out = rsvg_handle_get_intrinsic_size_in_pixels(handle, &width, &height)
               ? (struct size){width, height}
               : relative_size(handle);
    double larger = out->width > out->height ? out->width : out->height;
    if (larger > SIDE_MAX) {
        out->width *= SIDE_MAX / larger;
        out->height *= SIDE_MAX / larger;
    }
    return out->width > 0 && out->height > 0;
}

static unsigned whole(double side)
{
    return side < 1 ? 1 : (unsigned)(side + 0.5);
}

static bool header(struct str file, struct raster_header *out)
{
    struct size size;
    RsvgHandle *handle = parse(file);
    if (!handle)
        return false;
    bool seen = natural_size(handle, &size);
    *out = (struct raster_header){.width = seen ? whole(size.width) : 1,
                                  .height = seen ? whole(size.height) : 1,
                                  .orientation = 1,
                                  .scalable = true};
    g_object_unref(handle);
    return true;
}

/* ---- drawing ---- */

static unsigned char divided(unsigned value, unsigned alpha)
{
    unsigned v = alpha ? (value * 255 + alpha / 2) / alpha : 0;
    return (unsigned char)(v > 255 ? 255 : v);
}

/* Cairo's pixels are native words of alpha, red, green, blue, premultiplied. */
static struct bitmap to_bitmap(cairo_surface_t *surface)
{
    unsigned width = (unsigned)cairo_image_surface_get_width(surface);
    unsigned height = (unsigned)cairo_image_surface_get_height(surface);
    struct bitmap b = bitmap_new(width, height, 4);
    cairo_surface_flush(surface);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    for (unsigned y = 0; y < height; y++) {
        unsigned char *to = bitmap_row(&b, y);
        for (unsigned x = 0; x < width; x++, to += 4) {
            uint32_t pixel;
            memcpy(&pixel, data + y * stride + x * sizeof pixel, sizeof pixel);
            unsigned alpha = pixel >> 24;
            to[0] = divided(pixel >> 16 & 255, alpha);
            to[1] = divided(pixel >> 8 & 255, alpha);
            to[2] = divided(pixel & 255, alpha);
            to[3] = (unsigned char)alpha;
        }
    }
    return b;
}

static bool draw(RsvgHandle *handle, struct size size, cairo_surface_t *surface)
{
    const RsvgRectangle viewport = {0, 0, size.width, size.height};
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, cairo_image_surface_get_width(surface) / size.width,
                cairo_image_surface_get_height(surface) / size.height);
    bool ok = rsvg_handle_render_document(handle, cairo, &viewport, NULL) &&
              cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cairo);
    return ok;
}

static struct reader *open_svg(struct str file, unsigned width, unsigned height)
{
    struct reader *reader = NULL;
    struct size size;
    RsvgHandle *handle = parse(file);
    if (!handle)
        return NULL;
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, (int)width, (int)height);
    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS &&
        (!natural_size(handle, &size) || draw(handle, size, surface))) {
        struct bitmap b = to_bitmap(surface);
        reader = reader_of_bitmap(&b);
    }
    cairo_surface_destroy(surface);
    g_object_unref(handle);
    return reader;
}

const struct codec codec_svg = {
    .name = "SVG", .sniff = sniff, .header = header, .open = open_svg};
