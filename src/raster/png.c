#include "raster/codec.h"

#include "base/mem.h"

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

/* IHDR is always first, and of fixed size (PNG, section 11.2.2). */
static bool header(struct str file, struct raster_header *out)
{
    const unsigned char *p = (const unsigned char *)file.p;
    if (file.n < 33 || memcmp(p + 12, "IHDR", 4) != 0 || p[16] > 0x7F ||
        p[20] > 0x7F)
        return false;
    *out = (struct raster_header){.width = png_get_uint_32(p + 16),
                                  .height = png_get_uint_32(p + 20),
                                  .orientation = 1};
    return out->width && out->height;
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
    struct str rest; /* of the file */
};

static void ask_for_8_bits(png_structp png, png_infop info)
{
    png_set_expand(png);
    png_set_scale_16(png);
    if (png_get_valid(png, info, PNG_INFO_tRNS))
        png_set_tRNS_to_alpha(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
}

/* libpng leaves by longjmp, and must not jump over its callers' work: so each
 * call has a place of its own to land. */
static bool start(struct png_reader *r)
{
    if (setjmp(png_jmpbuf(r->png)))
        return false;
    png_read_info(r->png, r->info);
    ask_for_8_bits(r->png, r->info);
    r->base.width = png_get_image_width(r->png, r->info);
    r->base.height = png_get_image_height(r->png, r->info);
    r->base.channels = png_get_channels(r->png, r->info);
    return png_get_rowbytes(r->png, r->info) ==
           (size_t)r->base.width * r->base.channels;
}

/* What follows the last row is not looked at. */
static bool row(struct reader *reader, unsigned char *to)
{
    struct png_reader *r = (struct png_reader *)reader;
    if (setjmp(png_jmpbuf(r->png)))
        return false;
    png_read_row(r->png, to, NULL);
    return true;
}

static void close_png(struct reader *reader)
{
    struct png_reader *r = (struct png_reader *)reader;
    png_destroy_read_struct(&r->png, &r->info, NULL);
    free(r);
}

/* Where reading has come to in an interlaced picture. */
struct progress {
    int pass;
    unsigned y;
};

/* Each pass fills in what it knows of later ones' pixels. */
static bool read_passes(struct png_reader *r, const struct bitmap *b,
                        struct progress *at)
{
    if (setjmp(png_jmpbuf(r->png)))
        return false;
    for (; at->pass < PNG_INTERLACE_ADAM7_PASSES; at->pass++)
        for (at->y = 0; at->y < b->height; at->y++)
            png_read_row(r->png, NULL, bitmap_row(b, at->y));
    return true;
}

/* An interlaced picture comes in seven passes over all rows, of which the
 * first has a pixel of each square of eight. Frees `r`. */
static struct reader *read_interlaced(struct png_reader *r)
{
    struct bitmap b =
        bitmap_new(r->base.width, r->base.height, r->base.channels);
    struct progress *at = mem_alloc(sizeof *at);
    bool whole = read_passes(r, &b, at);
    struct reader *out = reader_of_rows(&b, at->pass ? b.height : at->y);
    out->cut = !whole;
    free(at);
    close_png(&r->base);
    return out;
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
        return read_interlaced(r);
    return &r->base;
}

const struct codec codec_png = {
    .name = "PNG", .sniff = sniff, .header = header, .open = open_png};
