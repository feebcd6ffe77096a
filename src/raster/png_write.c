/* Pictures into PNG (Portable Network Graphics, second edition, W3C). Written
 * here, with libdeflate, which packs better than zlib in less time. */
#include "raster/codec.h"

#include "base/mem.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEVEL = 7,
    QUICK_LEVEL = 1,
    HEADER_SIZE = 13,
};

/* Colour types (section 11.2.2), by the number of channels, and palette. */
enum { TYPE_PALETTE = 3 };
static const unsigned char types[] = {[1] = 0, [2] = 4, [3] = 2, [4] = 6};

/* What is written. */
struct sheet {
    unsigned width, height;
    unsigned bits; /* of a sample */
    unsigned type;
    unsigned step;               /* bytes from pixel to pixel, at least 1 */
    size_t stride;               /* bytes of a row */
    const unsigned char *rows;   /* packed */
    const struct indexed *table; /* NULL: no palette */
    int level;
};

/* ---- chunks (section 5.3) ---- */

static void put_number(unsigned char *to, size_t n)
{
    for (int i = 0; i < 4; i++)
        to[i] = (unsigned char)(n >> (24 - 8 * i));
}

static void add_chunk(struct buf *out, const char *type, const void *data,
                      size_t n)
{
    unsigned char head[8], crc[4];
    put_number(head, n);
    for (int i = 0; i < 4; i++)
        head[4 + i] = (unsigned char)type[i];
    uint32_t sum = libdeflate_crc32(0, head + 4, 4);
    put_number(crc, n ? libdeflate_crc32(sum, data, n) : sum);
    buf_add(out, head, sizeof head);
    buf_add(out, data, n);
    buf_add(out, crc, sizeof crc);
}

static void add_header(const struct sheet *s, struct buf *out)
{
    unsigned char header[HEADER_SIZE] = {0};
    put_number(header, s->width);
    put_number(header + 4, s->height);
    header[8] = (unsigned char)s->bits;
    header[9] = (unsigned char)s->type;
    add_chunk(out, "IHDR", header, sizeof header);
    if (s->table) {
        add_chunk(out, "PLTE", s->table->palette, 3 * s->table->colours);
        if (s->table->clear)
            add_chunk(out, "tRNS", s->table->alpha, s->table->clear);
    }
}

/* ---- filters (section 9) ---- */

enum { NONE, SUB, UP, AVERAGE, PAETH, FILTERS };

static unsigned char paeth(int left, int above, int corner)
{
    int guess = left + above - corner;
    int a = abs(guess - left), b = abs(guess - above), c = abs(guess - corner);
    return (unsigned char)(a <= b && a <= c ? left : b <= c ? above : corner);
}

/* Bytes before the row's first count as 0, as do those of the row above the
 * first: `above` and `row` have `step` of them in front. */
static void filter_row(int filter, const unsigned char *row,
                       const unsigned char *above, const struct sheet *s,
                       unsigned char *to)
{
    const unsigned char *left = row - s->step, *corner = above - s->step;
    for (size_t i = 0; i < s->stride; i++) {
        unsigned guess = 0;
        if (filter == SUB)
            guess = left[i];
        else if (filter == UP)
            guess = above[i];
        else if (filter == AVERAGE)
            guess = ((unsigned)left[i] + above[i]) / 2;
        else if (filter == PAETH)
            guess = paeth(left[i], above[i], corner[i]);
        to[i] = (unsigned char)(row[i] - guess);
    }
}

/* The sum of the differences, as numbers with a sign (section 12.8). */
static size_t weight(const unsigned char *row, size_t n)
{
    size_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += row[i] < 128 ? row[i] : 256U - row[i];
    return sum;
}

/* Every row with its filter's number in front: the one that makes it lightest
 * if `choose`, else none. */
static void filter_rows(const struct sheet *s, bool choose, unsigned char *to)
{
    size_t padded = s->step + s->stride;
    unsigned char *rows = mem_alloc(2 * padded), *tried = mem_alloc(s->stride);
    for (unsigned y = 0; y < s->height; y++, to += 1 + s->stride) {
        unsigned char *row = rows + y % 2 * padded + s->step;
        const unsigned char *above = rows + (y + 1) % 2 * padded + s->step;
        memcpy(row, s->rows + y * s->stride, s->stride);
        to[0] = NONE;
        memcpy(to + 1, row, s->stride);
        size_t least = weight(row, s->stride);
        for (int filter = SUB; choose && filter < FILTERS; filter++) {
            filter_row(filter, row, above, s, tried);
            size_t sum = weight(tried, s->stride);
            if (sum >= least)
                continue;
            least = sum;
            to[0] = (unsigned char)filter;
            memcpy(to + 1, tried, s->stride);
        }
    }
    free(rows);
    free(tried);
}

/* ---- pixels ---- */

/* Several pixels to a byte, the first in the highest bits. Many rows of a
 * drawing are like the one above them, and are packed already. */
static unsigned char *pack(const struct indexed *p, const unsigned char *values,
                           unsigned bits, size_t stride)
{
    unsigned char *rows = mem_alloc(stride * p->height);
    for (unsigned y = 0; y < p->height; y++) {
        const unsigned char *from = p->pixels + (size_t)y * p->width;
        unsigned char *to = rows + y * stride;
        if (y && memcmp(from, from - p->width, p->width) == 0) {
            memcpy(to, to - stride, stride);
            continue;
        }
        for (unsigned x = 0, at = 0; x < p->width; x++, at += bits)
            to[at / 8] |=
                (unsigned char)(values[from[x]] << (8 - bits - at % 8));
    }
    return rows;
}

/* Filters help where samples are amounts, not numbers of colours. */
static size_t squeeze(const struct sheet *s, unsigned char *filtered,
                      unsigned char *packed, size_t room)
{
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(s->level);
    size_t n = (1 + s->stride) * s->height;
    bool choose = s->bits == 8 && s->type != TYPE_PALETTE;
    if (!c)
        mem_exhausted();
    filter_rows(s, choose, filtered);
    size_t size = libdeflate_zlib_compress(c, filtered, n, packed, room);
    libdeflate_free_compressor(c);
    return size;
}

static bool encode(const struct sheet *s, struct buf *out)
{
    size_t n = (1 + s->stride) * s->height;
    size_t room = libdeflate_zlib_compress_bound(NULL, n);
    unsigned char *filtered = mem_realloc(NULL, n);
    unsigned char *packed = mem_realloc(NULL, room);
    size_t size = squeeze(s, filtered, packed, room);
    buf_add(out, "\x89PNG\r\n\x1A\n", 8);
    add_header(s, out);
    add_chunk(out, "IDAT", packed, size);
    add_chunk(out, "IEND", NULL, 0);
    free(filtered);
    free(packed);
    return !out->failed;
}

/* ---- which form ---- */

/* The bits in which all colours are greys; 16 if some are none. */
static unsigned grey_bits(const struct indexed *p)
{
    unsigned bits = 1;
    if (p->clear)
        return 16;
    for (unsigned i = 0; i < p->colours; i++) {
        const unsigned char *c = p->palette[i];
        if (c[0] != c[1] || c[1] != c[2])
            return 16;
        while (c[0] % (255 / ((1U << bits) - 1)) != 0)
            bits *= 2;
    }
    return bits;
}

bool png_encode_indexed(const struct indexed *p, bool quick, struct buf *out)
{
    unsigned char values[PALETTE_MAX];
    unsigned bits = grey_bits(p);
    bool grey = bits <= palette_bits(p->colours);
    if (!grey)
        bits = palette_bits(p->colours);
    for (unsigned i = 0; i < PALETTE_MAX; i++)
        values[i] =
            (unsigned char)(grey ? p->palette[i][0] / (1U << (8 - bits)) : i);
    size_t stride = ((size_t)p->width * bits + 7) / 8;
    unsigned char *rows = pack(p, values, bits, stride);
    const struct sheet s = {.width = p->width,
                            .height = p->height,
                            .bits = bits,
                            .type = grey ? types[1] : TYPE_PALETTE,
                            .step = 1,
                            .stride = stride,
                            .rows = rows,
                            .table = grey ? NULL : p,
                            .level = quick ? QUICK_LEVEL : LEVEL};
    bool ok = encode(&s, out);
    free(rows);
    return ok;
}

bool png_encode(const struct bitmap *b, struct buf *out)
{
    struct bitmap numbers;
    struct indexed few;
    if (palette_exact(b, &numbers, &few)) {
        bool ok = png_encode_indexed(&few, false, out);
        bitmap_free(&numbers);
        return ok;
    }
    const struct sheet s = {.width = b->width,
                            .height = b->height,
                            .bits = 8,
                            .type = types[b->channels],
                            .step = b->channels,
                            .stride = (size_t)b->width * b->channels,
                            .rows = b->pixels,
                            .level = LEVEL};
    return encode(&s, out);
}
