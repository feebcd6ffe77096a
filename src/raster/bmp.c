/* Bitmaps of Windows (BITMAPINFOHEADER to BITMAPV5HEADER, as Microsoft's
 * "Bitmap Structures" describe them) and of OS/2. Rows are read from where they
 * stand in the file; only what is run-length coded is decoded first. */
#include "raster/bmp.h"

#include "base/mem.h"
#include "raster/bytes.h"

#include <stdlib.h>

enum {
    FILE_HEADER = 14,   /* bytes */
    CORE_HEADER = 12,   /* OS/2's first */
    INFO_HEADER = 40,   /* Windows' first */
    OS2_HEADER = 64,    /* OS/2's second */
    MASKS_HEADER = 52,  /* from this size on it has masks of colours … */
    ALPHA_HEADER = 56,  /* … and of alpha */
    HEADER_MAX = 124,   /* Windows' fifth */
    SIDE_MAX = 1 << 30, /* so that no product of sizes passes 64 bits */
    COLOURS = 256,
    LEAST_PART = 10, /* one row in as many is a picture still */
};

enum compression { RGB, RLE8, RLE4, BITFIELDS, ALPHA_BITFIELDS = 6 };

/* Where a channel is in a pixel of 16 to 32 bits. */
struct channel {
    uint32_t mask;
    unsigned shift;
    uint32_t max; /* the mask, shifted; 0: there is no such channel */
};

struct bmp {
    struct str file;
    unsigned width, height, bits;
    bool top_down, icon;
    unsigned compression;
    struct channel channels[4]; /* red, green, blue, alpha */
    size_t palette, palette_entry;
    unsigned colours;
    uint64_t pixels; /* where they begin */
};

/* ---- header ---- */

static bool known_header(uint32_t size)
{
    return size == CORE_HEADER || size == 16 ||
           (size >= INFO_HEADER && size <= HEADER_MAX);
}

static bool known_coding(const struct bmp *b)
{
    static const struct {
        enum compression compression;
        unsigned bits;
    } codings[] = {{RGB, 1},
                   {RGB, 2},
                   {RGB, 4},
                   {RGB, 8},
                   {RGB, 16},
                   {RGB, 24},
                   {RGB, 32},
                   {RLE8, 8},
                   {RLE4, 4},
                   {BITFIELDS, 16},
                   {BITFIELDS, 32},
                   {ALPHA_BITFIELDS, 16},
                   {ALPHA_BITFIELDS, 32}};
    for (size_t i = 0; i < ARRAY_LEN(codings); i++)
        if (codings[i].compression == b->compression &&
            codings[i].bits == b->bits)
            return true;
    return false;
}

static struct channel channel_of(uint32_t mask)
{
    struct channel c = {.mask = mask};
    while (mask && !(mask >> c.shift & 1))
        c.shift++;
    c.max = mask >> c.shift;
    return c;
}

/* Masks stand in the larger headers, or after the small one: in the same
 * place. */
static void read_masks(struct bmp *b, size_t at, uint32_t header)
{
    static const uint32_t by_bits[][4] = {
        {0x7C00, 0x3E0, 0x1F, 0},
        {0xFF0000, 0xFF00, 0xFF, 0},
        {0xFF0000, 0xFF00, 0xFF, 0xFF000000}, /* in icons */
    };
    bool given = b->compression != RGB;
    bool alpha = header >= ALPHA_HEADER || b->compression == ALPHA_BITFIELDS;
    const uint32_t *usual = by_bits[b->bits == 16              ? 0
                                    : b->bits == 32 && b->icon ? 2
                                                               : 1];
    for (size_t i = 0; i < 4; i++) {
        uint32_t mask = i < 3 || alpha
                            ? bytes_little(b->file, at + INFO_HEADER + 4 * i, 4)
                            : 0;
        b->channels[i] = channel_of(given ? mask : usual[i]);
    }
}

static void read_palette(struct bmp *b, size_t at, uint32_t header)
{
    uint32_t used = bytes_little(str_sub(b->file, at, header), 32, 4);
    uint32_t most = b->bits <= 8 ? 1U << b->bits : 0;
    b->palette = at + header;
    if (header < MASKS_HEADER && b->compression == BITFIELDS)
        b->palette += 12;
    if (header < MASKS_HEADER && b->compression == ALPHA_BITFIELDS)
        b->palette += 16;
    b->palette_entry = header == CORE_HEADER ? 3 : 4;
    b->pixels = b->palette + (uint64_t)(used ? used : most) * b->palette_entry;
    if (!b->icon) {
        uint32_t said = bytes_little(b->file, 10, 4);
        if (said >= b->palette)
            b->pixels = said;
    }
    b->colours = used && used < most ? used : most;
    if (b->colours > (b->pixels - b->palette) / b->palette_entry)
        b->colours = (unsigned)((b->pixels - b->palette) / b->palette_entry);
}

static bool read_size(struct bmp *b, struct str header)
{
    bool core = header.n == CORE_HEADER;
    int64_t width = core ? (int64_t)bytes_little(header, 4, 2)
                         : (int32_t)bytes_little(header, 4, 4);
    int64_t height = core ? (int64_t)bytes_little(header, 6, 2)
                          : (int32_t)bytes_little(header, 8, 4);
    b->top_down = height < 0;
    height = (b->top_down ? -height : height) / (b->icon ? 2 : 1);
    if (width < 1 || width > SIDE_MAX || height < 1 || height > SIDE_MAX)
        return false;
    b->width = (unsigned)width;
    b->height = (unsigned)height;
    return true;
}

/* Read the header of what stands at `at`: a file's bitmap, or an icon's. */
static bool read_header(struct bmp *b, struct str file, bool icon)
{
    size_t at = icon ? 0 : FILE_HEADER;
    *b = (struct bmp){.file = file, .icon = icon};
    uint32_t size = bytes_little(file, at, 4);
    struct str header = str_sub(file, at, size);
    if (!known_header(size) || header.n != size || !read_size(b, header))
        return false;
    b->bits = bytes_little(header, size == CORE_HEADER ? 10 : 14, 2);
    b->compression = bytes_little(header, 16, 4);
    if ((size == OS2_HEADER && b->compression > RLE4) || !known_coding(b))
        return false;
    read_masks(b, at, size);
    read_palette(b, at, size);
    return true;
}

static void describe(const struct bmp *b, struct raster_header *out)
{
    *out = (struct raster_header){
        .width = b->width, .height = b->height, .orientation = 1};
}

/* Two letters are not enough: words begin with them, too. */
static bool sniff(struct str file)
{
    return str_starts(file, STR("BM")) &&
           known_header(bytes_little(file, FILE_HEADER, 4));
}

static bool header(struct str file, struct raster_header *out)
{
    struct bmp b;
    if (!read_header(&b, file, false))
        return false;
    describe(&b, out);
    return true;
}

bool bmp_icon_header(struct str dib, struct raster_header *out, unsigned *bits)
{
    struct bmp b;
    if (!read_header(&b, dib, true))
        return false;
    describe(&b, out);
    *bits = b.bits;
    return true;
}

/* ---- rows ---- */

struct bmp_reader {
    struct reader base;
    struct bmp bmp;
    unsigned char palette[COLOURS][4]; /* as channels of the rows */
    struct bitmap numbers; /* of a run-length coded one: for each pixel the
                              number of its colour, and 255 where it has one */
    uint64_t mask;         /* where an icon's begins; 0: there is none */
};

static uint64_t stride_of(const struct bmp *b, unsigned bits)
{
    return ((uint64_t)b->width * bits + 31) / 32 * 4;
}

/* Row y from the top of rows that begin at `from`; an empty one if it is not
 * there as a whole. Padding may be missing. */
static struct str row_at(const struct bmp *b, uint64_t from, unsigned bits,
                         unsigned y)
{
    uint64_t n = ((uint64_t)b->width * bits + 7) / 8;
    uint64_t at =
        from + stride_of(b, bits) * (b->top_down ? y : b->height - 1 - y);
    if (at > b->file.n || n > b->file.n - at)
        return (struct str){0};
    return str_sub(b->file, (size_t)at, (size_t)n);
}

static unsigned value(const struct channel *c, uint32_t pixel)
{
    uint32_t v = (pixel & c->mask) >> c->shift;
    if (c->max == 255)
        return v;
    return c->max ? (unsigned)(((uint64_t)v * 255 + c->max / 2) / c->max) : 0;
}

static void direct_row(const struct bmp_reader *r, struct str from,
                       unsigned char *to)
{
    size_t bytes = r->bmp.bits / 8;
    const struct channel *c = r->bmp.channels;
    for (unsigned x = 0; x < r->base.width; x++, to += r->base.channels) {
        uint32_t pixel = bytes_little(from, x * bytes, bytes);
        for (int i = 0; i < 3; i++)
            to[i] = (unsigned char)value(&c[i], pixel);
        if (r->base.channels == 4)
            to[3] = c[3].max ? (unsigned char)value(&c[3], pixel) : 255;
    }
}

static void palette_row(const struct bmp_reader *r, struct str from,
                        unsigned char *to)
{
    unsigned bits = r->bmp.bits, n = r->base.channels;
    for (unsigned x = 0; x < r->base.width; x++, to += n) {
        size_t at = (size_t)x * bits;
        unsigned byte = (unsigned char)from.p[at / 8];
        unsigned number = byte >> (8 - bits - at % 8) & ((1U << bits) - 1);
        memcpy(to, r->palette[number], n);
    }
}

static void run_length_row(const struct bmp_reader *r, unsigned y,
                           unsigned char *to)
{
    const struct bitmap *b = &r->numbers;
    unsigned n = r->base.channels;
    const unsigned char *from =
        bitmap_row(b, r->bmp.top_down ? y : b->height - 1 - y);
    for (unsigned x = 0; x < b->width; x++, from += 2, to += n) {
        memcpy(to, r->palette[from[0]], n);
        if (n % 2 == 0)
            to[n - 1] = from[1];
    }
}

static void mask_row(const struct bmp_reader *r, struct str mask,
                     unsigned char *to)
{
    unsigned n = r->base.channels;
    for (unsigned x = 0; x < r->base.width; x++)
        if ((unsigned char)mask.p[x / 8] << x % 8 & 0x80)
            to[x * n + n - 1] = 0;
}

static bool row(struct reader *reader, unsigned char *to)
{
    struct bmp_reader *r = (struct bmp_reader *)reader;
    unsigned y = reader->y, n = reader->channels;
    if (r->numbers.pixels) {
        run_length_row(r, y, to);
        return true;
    }
    struct str from = row_at(&r->bmp, r->bmp.pixels, r->bmp.bits, y);
    if (!from.n) {
        memset(to, n % 2 ? 255 : 0, (size_t)n * reader->width);
        return !r->bmp.top_down; /* then there are rows to come */
    }
    (r->bmp.bits > 8 ? direct_row : palette_row)(r, from, to);
    if (r->mask)
        mask_row(r, row_at(&r->bmp, r->mask, 1, y), to);
    return true;
}

static void close_bmp(struct reader *reader)
{
    struct bmp_reader *r = (struct bmp_reader *)reader;
    bitmap_free(&r->numbers);
    free(r);
}

/* ---- run lengths ---- */

struct runs {
    struct str rest;
    struct bitmap *to;
    unsigned bits;
    unsigned x, y; /* of the next pixel; y counts as the file does */
};

/* Pixel i of a run whose numbers stand at `from` and come again and again. */
static void put(struct runs *r, struct str from, unsigned i)
{
    unsigned byte =
        (unsigned char)from.p[r->bits == 8 ? i % from.n : i / 2 % from.n];
    unsigned number = r->bits == 8 ? byte : i % 2 ? byte & 15 : byte >> 4;
    if (r->x < r->to->width && r->y < r->to->height) {
        unsigned char *pixel = bitmap_row(r->to, r->y) + (size_t)r->x * 2;
        pixel[0] = (unsigned char)number;
        pixel[1] = 255;
        r->x++;
    }
}

/* Take n bytes; an empty view if there are fewer. */
static struct str take(struct runs *r, size_t n)
{
    struct str out = str_sub(r->rest, 0, n);
    r->rest = str_sub(r->rest, n, r->rest.n);
    return out.n == n ? out : (struct str){0};
}

/* What follows a zero: 0 ends a line, 1 the picture, 2 goes right and down, n
 * is followed by n numbers, and padding. False if it is cut off. */
static bool escape(struct runs *r, unsigned n)
{
    if (n == 0) {
        r->x = 0;
        r->y++;
    } else if (n == 1) {
        r->y = r->to->height;
    } else if (n == 2) {
        struct str by = take(r, 2);
        r->x += bytes_little(by, 0, 1);
        r->y += bytes_little(by, 1, 1);
        return by.n;
    } else {
        struct str numbers = take(r, (n * r->bits + 7) / 8);
        for (unsigned i = 0; numbers.n && i < n; i++)
            put(r, numbers, i);
        take(r, numbers.n % 2);
        return numbers.n;
    }
    return true;
}

/* Lines that are filled to the last need no end. */
static bool read_runs(struct runs *r)
{
    bool more = true;
    while (more && r->y < r->to->height) {
        struct str code = take(r, 2);
        unsigned count = bytes_little(code, 0, 1);
        if (!code.n) {
            return r->y == r->to->height - 1 && r->x == r->to->width;
        } else if (count) {
            for (unsigned i = 0; i < count; i++)
                put(r, str_sub(code, 1, 1), i);
        } else {
            more = escape(r, bytes_little(code, 1, 1));
        }
    }
    return more;
}

/* Returns how many rows there are in the file. */
static unsigned read_numbers(struct bmp_reader *r)
{
    r->numbers = bitmap_new(r->base.width, r->base.height, 2);
    struct str file = r->bmp.file;
    struct runs runs = {.to = &r->numbers, .bits = r->bmp.bits};
    if (r->bmp.pixels < file.n)
        runs.rest = str_sub(file, (size_t)r->bmp.pixels, file.n);
    return read_runs(&runs) ? r->base.height : runs.y;
}

/* ---- opening ---- */

/* Is there anything but `alpha` in the alpha of all pixels? */
static bool other_alpha(const struct bmp *b, unsigned alpha)
{
    size_t bytes = b->bits / 8;
    for (unsigned y = 0; y < b->height; y++) {
        struct str row = row_at(b, b->pixels, b->bits, y);
        for (size_t at = 0; at < row.n; at += bytes)
            if (value(&b->channels[3], bytes_little(row, at, bytes)) != alpha)
                return true;
    }
    return false;
}

/* Programs that know of no alpha leave it 0, which means nothing then. */
static bool has_alpha(struct bmp_reader *r)
{
    struct bmp *b = &r->bmp;
    bool has = b->bits > 8 && b->channels[3].max && other_alpha(b, 0);
    if (!has)
        b->channels[3] = (struct channel){0};
    return has && other_alpha(b, 255);
}

/* An icon's mask is for those without alpha of their own. */
static bool find_mask(struct bmp_reader *r)
{
    const struct bmp *b = &r->bmp;
    uint64_t at = b->pixels + stride_of(b, b->bits) * b->height;
    bool there = b->icon && !b->channels[3].max && !r->numbers.pixels &&
                 at + stride_of(b, 1) * b->height <= b->file.n;
    r->mask = there ? at : 0;
    return there;
}

static bool has_gaps(const struct bitmap *b)
{
    size_t count = (size_t)b->width * b->height;
    for (size_t i = 0; i < count; i++)
        if (!b->pixels[2 * i + 1])
            return true;
    return false;
}

/* Blue, green, red; a number without colour is black. */
static bool make_palette(struct bmp_reader *r)
{
    const struct bmp *b = &r->bmp;
    bool grey = b->bits <= 8;
    for (unsigned i = 0; i < b->colours; i++) {
        uint32_t c =
            bytes_little(b->file, b->palette + i * b->palette_entry, 3);
        r->palette[i][0] = (unsigned char)(c >> 16);
        r->palette[i][1] = (unsigned char)(c >> 8);
        r->palette[i][2] = (unsigned char)c;
        grey = grey && c % 0x10101 == 0;
    }
    for (unsigned i = 0; i < COLOURS; i++)
        r->palette[i][grey ? 1 : 3] = 255;
    return grey;
}

static unsigned count_rows(const struct bmp *b)
{
    unsigned n = 0;
    while (n < b->height &&
           row_at(b, b->pixels, b->bits, b->top_down ? n : b->height - 1 - n).n)
        n++;
    return n;
}

/* Takes a header that was read. A file that is cut off has its last rows less,
 * which are the topmost of most pictures; too few of them show nothing. */
static struct reader *open_dib(const struct bmp *b)
{
    struct bmp_reader *r = mem_alloc(sizeof *r);
    r->bmp = *b;
    r->base = (struct reader){
        .width = b->width, .height = b->height, .row = row, .close = close_bmp};
    bool coded = b->compression == RLE8 || b->compression == RLE4;
    unsigned rows = coded ? read_numbers(r) : count_rows(b);
    r->base.cut = rows < b->height;
    if (rows < b->height / LEAST_PART || rows == 0) {
        close_bmp(&r->base);
        return NULL;
    }
    bool alpha = has_alpha(r);
    bool masked = find_mask(r);
    r->base.channels = make_palette(r) ? 1 : 3;
    if (alpha || masked || (coded && has_gaps(&r->numbers)))
        r->base.channels++;
    return &r->base;
}

static struct reader *open_bmp(struct str file, unsigned width, unsigned height)
{
    struct bmp b;
    (void)width;
    (void)height;
    return read_header(&b, file, false) ? open_dib(&b) : NULL;
}

struct reader *bmp_icon_open(struct str dib)
{
    struct bmp b;
    return read_header(&b, dib, true) ? open_dib(&b) : NULL;
}

const struct codec codec_bmp = {
    .name = "BMP", .sniff = sniff, .header = header, .open = open_bmp};
