#include "raster/codec.h"

#include "base/mem.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

enum {
    COLOURS_MAX = 256,
    CHUNK_LIMIT = 8 << 20,
    LEVEL = 6,
    FLAT_LEVEL = 1,
    RUN_LENGTHS = 3 /* Z_RLE of zlib.h */
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
    unsigned y;      /* of the next row */
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

static bool row(struct reader *reader, unsigned char *to)
{
    struct png_reader *r = (struct png_reader *)reader;
    if (setjmp(png_jmpbuf(r->png)))
        return false;
    png_read_row(r->png, to, NULL);
    if (++r->y == r->base.height)
        png_read_end(r->png, NULL);
    return true;
}

static void close_png(struct reader *reader)
{
    struct png_reader *r = (struct png_reader *)reader;
    png_destroy_read_struct(&r->png, &r->info, NULL);
    free(r);
}

static bool read_passes(struct png_reader *r, png_bytep *rows)
{
    if (setjmp(png_jmpbuf(r->png)))
        return false;
    png_read_image(r->png, rows);
    png_read_end(r->png, NULL);
    return true;
}

/* An interlaced picture comes in seven passes over all rows. Frees `r`. */
static struct reader *read_interlaced(struct png_reader *r)
{
    struct bitmap b =
        bitmap_new(r->base.width, r->base.height, r->base.channels);
    png_bytep *rows = mem_alloc(b.height * sizeof *rows);
    for (unsigned y = 0; y < b.height; y++)
        rows[y] = bitmap_row(&b, y);
    bool ok = read_passes(r, rows);
    struct reader *out = ok ? reader_of_bitmap(&b) : NULL;
    bitmap_free(&b);
    free(rows);
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
    png_set_user_limits(r->png, 0x7FFFFFFF, 0x7FFFFFFF);
    png_set_chunk_malloc_max(r->png, CHUNK_LIMIT);
    if (!start(r)) {
        close_png(&r->base);
        return NULL;
    }
    if (png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE)
        return read_interlaced(r);
    return &r->base;
}

const struct codec codec_png = {"PNG", sniff, header, open_png};

/* ---- encoding ---- */

/* The number of a colour in the palette; p->colours when it is not there.
 * Runs of one colour are what such pictures are made of, so the last one is
 * looked at first. */
static unsigned find_colour(const struct indexed *p, unsigned last,
                            const unsigned char colour[3])
{
    unsigned i = 0;
    if (p->colours && memcmp(p->palette[last], colour, 3) == 0)
        return last;
    while (i < p->colours && memcmp(p->palette[i], colour, 3) != 0)
        i++;
    return i;
}

/* The picture with a palette in the order of first use, its pixels the
 * caller's to free; false if it has more colours than a palette holds. */
static bool find_palette(const struct bitmap *b, struct indexed *p,
                         unsigned char **pixels)
{
    size_t count = (size_t)b->width * b->height;
    bool grey = b->channels == 1;
    unsigned last = 0;
    *p = (struct indexed){.width = b->width, .height = b->height};
    p->pixels = *pixels = mem_realloc(NULL, count);
    for (size_t i = 0; i < count; i++) {
        const unsigned char *c = b->pixels + i * b->channels;
        const unsigned char colour[3] = {c[0], c[grey ? 0 : 1],
                                         c[grey ? 0 : 2]};
        last = find_colour(p, last, colour);
        if (last == COLOURS_MAX)
            return false;
        if (last == p->colours)
            memcpy(p->palette[p->colours++], colour, 3);
        (*pixels)[i] = (unsigned char)last;
    }
    return true;
}

static int bits_for(unsigned colours)
{
    return colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8;
}

static void write_bytes(png_structp png, png_bytep data, size_t n)
{
    buf_add(png_get_io_ptr(png), data, n);
}

static void flush(png_structp png)
{
    (void)png;
}

/* What libpng writes: rows of any format. */
struct output {
    unsigned width, height;
    int bits, type;
    const unsigned char *pixels;
    size_t stride;
    const struct indexed *indexed; /* NULL: no palette */
    bool flat;
};

static void write_header(png_structp png, png_infop info,
                         const struct output *o)
{
    png_color palette[COLOURS_MAX];
    png_set_IHDR(png, info, o->width, o->height, o->bits, o->type,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, o->flat ? FLAT_LEVEL : LEVEL);
    if (o->flat)
        png_set_compression_strategy(png, RUN_LENGTHS);
    for (unsigned i = 0; o->indexed && i < o->indexed->colours; i++) {
        const unsigned char *c = o->indexed->palette[i];
        palette[i] = (png_color){c[0], c[1], c[2]};
    }
    if (o->indexed) {
        png_set_filter(png, 0, PNG_FILTER_NONE);
        png_set_PLTE(png, info, palette, (int)o->indexed->colours);
    }
    png_write_info(png, info);
}

/* Several pixels to a byte, the first in the highest bits. */
static void pack_row(const struct output *o, const unsigned char *row,
                     unsigned char *packed)
{
    unsigned byte = 0, filled = 0;
    for (unsigned x = 0; x < o->width; x++) {
        byte = byte << o->bits | row[x];
        filled += (unsigned)o->bits;
        if (filled == 8) {
            *packed++ = (unsigned char)byte;
            byte = filled = 0;
        }
    }
    if (filled)
        *packed = (unsigned char)(byte << (8 - filled));
}

/* `packed` is room for a row. Many rows of a drawing are like the one above
 * them, and are packed already. */
static bool write_into(png_structp png, png_infop info, const struct output *o,
                       unsigned char *packed)
{
    if (setjmp(png_jmpbuf(png)))
        return false;
    write_header(png, info, o);
    for (unsigned y = 0; y < o->height; y++) {
        const unsigned char *row = o->pixels + y * o->stride;
        bool like = y && memcmp(row, row - o->stride, o->stride) == 0;
        if (o->bits < 8 && !like)
            pack_row(o, row, packed);
        png_write_row(png, o->bits < 8 ? packed : row);
    }
    png_write_end(png, info);
    return true;
}

static bool encode(const struct output *o, struct buf *out)
{
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, fail, ignore);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info)
        mem_exhausted();
    png_set_write_fn(png, out, write_bytes, flush);
    unsigned char *packed = mem_alloc(o->width);
    bool ok = write_into(png, info, o, packed);
    free(packed);
    png_destroy_write_struct(&png, &info);
    return ok && !out->failed;
}

bool png_encode_indexed(const struct indexed *p, bool flat, struct buf *out)
{
    const struct output o = {.width = p->width,
                             .height = p->height,
                             .bits = bits_for(p->colours),
                             .type = PNG_COLOR_TYPE_PALETTE,
                             .pixels = p->pixels,
                             .stride = p->width,
                             .indexed = p,
                             .flat = flat};
    return encode(&o, out);
}

bool png_encode(const struct bitmap *b, struct buf *out)
{
    struct indexed indexed;
    unsigned char *pixels;
    bool few = find_palette(b, &indexed, &pixels);
    bool ok;
    if (few && (b->channels == 3 || indexed.colours <= 16)) {
        ok = png_encode_indexed(&indexed, false, out);
    } else {
        const struct output o = {.width = b->width,
                                 .height = b->height,
                                 .bits = 8,
                                 .type = b->channels == 1 ? PNG_COLOR_TYPE_GRAY
                                                          : PNG_COLOR_TYPE_RGB,
                                 .pixels = b->pixels,
                                 .stride = (size_t)b->width * b->channels};
        ok = encode(&o, out);
    }
    free(pixels);
    return ok;
}
