#include "raster/png_int.h"

#include "base/mem.h"
#include "raster/bytes.h"
#include "raster/codec.h"
#include "raster/colour.h"
#include "raster/exif.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

enum {
    CHUNK_LIMIT = 8 << 20,
    INPUT = 512, /* bytes inflated at once, lost where a file is cut off */
};

static bool sniff(struct str file)
{
    return file.n >= 8 && png_sig_cmp((png_const_bytep)file.p, 0, 8) == 0;
}

/* Exif may stand anywhere after the first chunk (PNG, third edition, section
 * 11.3.4.5). */
static unsigned orientation_of(struct str file)
{
    struct str rest = str_sub(file, PNG_SIGNATURE, file.n);
    struct png_chunk chunk;
    while (png_next_chunk(&rest, &chunk))
        if (str_eq(chunk.name, STR("eXIf")))
            return exif_orientation(chunk.data);
    return 1;
}

/* IHDR is always first, and of fixed size (PNG, section 11.2.1). */
static bool header(struct str file, struct raster_header *out)
{
    struct str sides = str_sub(file, 16, 8);
    if (file.n < 33 || !str_eq(str_sub(file, 12, 4), STR("IHDR")))
        return false;
    *out = (struct raster_header){.width = bytes_big(sides, 0, 4),
                                  .height = bytes_big(sides, 4, 4),
                                  .orientation = orientation_of(file)};
    return out->width && out->height && out->width <= PNG_UINT_31_MAX &&
           out->height <= PNG_UINT_31_MAX;
}

/* ---- decoding ---- */

static void read_bytes(png_structp png, png_bytep to, size_t n)
{
    struct str *rest = png_get_io_ptr(png);
    if (n > rest->n)
        png_error(png, "cut off");
    memcpy(to, rest->p, n);
    *rest = str_sub(*rest, n, rest->n);
}

static void ignore(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

static void fail(png_structp png, png_const_charp text)
{
    (void)text;
    longjmp(png_jmpbuf(png), 1);
}

struct png_reader {
    struct reader base;
    png_structp png;
    png_infop info;
    struct str rest;       /* of the file */
    struct colour *colour; /* NULL: it is sRGB */
    unsigned char *stored; /* a row before its colours are turned; all of
                              them, if they are interlaced; NULL for neither */
    size_t stride;         /* bytes of such a row */
    unsigned rows;         /* that are there of an interlaced picture */
    int pass;              /* the one that is read */
};

/* ---- colours ---- */

static struct colour *colour_by_gamma(png_structp png, png_infop info,
                                      const struct samples *from)
{
    double gamma = 0, xy[8];
    bool primaries = png_get_cHRM(png, info, &xy[0], &xy[1], &xy[2], &xy[3],
                                  &xy[4], &xy[5], &xy[6], &xy[7]);
    if (!png_get_gAMA(png, info, &gamma) || gamma <= 0)
        return NULL;
    return colour_of_gamma(1 / gamma, primaries ? xy : NULL, from);
}

/* A profile comes before sRGB, that before a gamma (PNG, third edition,
 * section 4.3); what says nothing is sRGB. */
static struct colour *find_colour(png_structp png, png_infop info,
                                  const struct samples *from)
{
    png_charp name;
    png_bytep profile;
    png_uint_32 length;
    int method;
    if (png_get_iCCP(png, info, &name, &method, &profile, &length))
        return colour_of_profile((struct str){(char *)profile, length}, from);
    if (png_get_valid(png, info, PNG_INFO_sRGB))
        return NULL;
    return colour_by_gamma(png, info, from);
}

static struct samples samples_of(png_structp png, png_infop info)
{
    int type = png_get_color_type(png, info);
    return (struct samples){.colours = type & PNG_COLOR_MASK_COLOR ? 3 : 1,
                            .alpha = type & PNG_COLOR_MASK_ALPHA ||
                                     png_get_valid(png, info, PNG_INFO_tRNS),
                            .deep = png_get_bit_depth(png, info) == 16};
}

/* ---- rows ---- */

/* Bytes of samples; 16 bits become 8 when colours have been turned, else at
 * once. */
static void ask_for_bytes(struct png_reader *r)
{
    png_set_expand(r->png);
    if (!r->colour)
        png_set_scale_16(r->png);
    png_set_interlace_handling(r->png);
    png_read_update_info(r->png, r->info);
}

/* libpng leaves by longjmp, and must not jump over its callers' work: so each
 * call has a place of its own to land. */
static bool start(struct png_reader *r)
{
    if (setjmp(png_jmpbuf(r->png)))
        return false;
    png_read_info(r->png, r->info);
    struct samples s = samples_of(r->png, r->info);
    r->colour = find_colour(r->png, r->info, &s);
    ask_for_bytes(r);
    r->base.width = png_get_image_width(r->png, r->info);
    r->base.height = png_get_image_height(r->png, r->info);
    r->base.channels = s.colours + s.alpha;
    r->base.plain = !r->colour && !s.deep;
    r->stride = png_get_rowbytes(r->png, r->info);
    return r->stride == (size_t)r->base.width * r->base.channels *
                            (r->colour && s.deep ? 2 : 1);
}

static bool read_row(struct png_reader *r, unsigned char *to)
{
    if (setjmp(png_jmpbuf(r->png)))
        return false;
    png_read_row(r->png, to, NULL);
    return true;
}

/* What follows the last row is not looked at. */
static bool row(struct reader *reader, unsigned char *to)
{
    struct png_reader *r = (struct png_reader *)reader;
    if (!read_row(r, r->stored ? r->stored : to))
        return false;
    if (r->colour)
        colour_row(r->colour, r->stored, to, reader->width);
    return true;
}

static bool interlaced_row(struct reader *reader, unsigned char *to)
{
    struct png_reader *r = (struct png_reader *)reader;
    const unsigned char *from = r->stored + reader->y * r->stride;
    if (reader->y >= r->rows)
        return false;
    if (r->colour)
        colour_row(r->colour, from, to, reader->width);
    else
        memcpy(to, from, r->stride);
    return true;
}

static void close_png(struct reader *reader)
{
    struct png_reader *r = (struct png_reader *)reader;
    png_destroy_read_struct(&r->png, &r->info, NULL);
    colour_free(r->colour);
    free(r->stored);
    free(r);
}

/* Each pass fills in what it knows of later ones' pixels. */
static bool read_passes(struct png_reader *r)
{
    if (setjmp(png_jmpbuf(r->png)))
        return false;
    for (; r->pass < PNG_INTERLACE_ADAM7_PASSES; r->pass++)
        for (r->rows = 0; r->rows < r->base.height; r->rows++)
            png_read_row(r->png, NULL, r->stored + r->rows * r->stride);
    return true;
}

/* An interlaced picture comes in seven passes over all rows, of which the
 * first has a pixel of each square of eight. */
static void read_interlaced(struct png_reader *r)
{
    r->stored = mem_alloc(r->base.height * r->stride);
    r->base.cut = !read_passes(r);
    if (r->pass)
        r->rows = r->base.height;
    r->base.row = interlaced_row;
}

static struct reader *open_png(struct str file, unsigned width, unsigned height)
{
    (void)width;
    (void)height;
    struct png_reader *r = mem_alloc(sizeof *r);
    *r = (struct png_reader){.rest = file,
                             .base = {.row = row, .close = close_png}};
    r->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, fail, ignore);
    r->info = r->png ? png_create_info_struct(r->png) : NULL;
    if (!r->info)
        mem_exhausted();
    png_set_read_fn(r->png, &r->rest, read_bytes);
    png_set_compression_buffer_size(r->png, INPUT);
    png_set_user_limits(r->png, 0x7FFFFFFF, 0x7FFFFFFF);
    png_set_chunk_malloc_max(r->png, CHUNK_LIMIT);
    /* Each chunk has a checksum of its own, which is checked. */
    png_set_option(r->png, PNG_IGNORE_ADLER32, PNG_OPTION_ON);
    if (!start(r)) {
        close_png(&r->base);
        return NULL;
    }
    if (png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE)
        read_interlaced(r);
    else if (r->colour)
        r->stored = mem_alloc(r->stride);
    return &r->base;
}

const struct codec codec_png = {.name = "PNG",
                                .sniff = sniff,
                                .header = header,
                                .open = open_png,
                                .keep = png_keep};
