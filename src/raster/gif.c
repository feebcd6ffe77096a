#include "raster/codec.h"

#include "base/mem.h"

#include <gif_lib.h>
#include <stdlib.h>

/* How far an animation is searched for a frame that shows something. */
enum { FRAMES_MAX = 1000, PIXELS_MAX = 1 << 28 };

static bool sniff(struct str file)
{
    return str_starts(file, STR("GIF87a")) || str_starts(file, STR("GIF89a"));
}

/* ---- blocks ---- */

/* A file that giflib goes through, block by block. */
struct source {
    GifFileType *gif;
    struct str rest;    /* what giflib has not read yet */
    bool past;          /* a zero has been read after the end of the file */
    GifRecordType type; /* of the last block */
    bool needed;        /* it is an extension that shows in the picture */
    int transparent;    /* colour of the next frame; or none */
};

/* A zero ends a frame's data. One that was cut off just there is whole. */
static int read_bytes(GifFileType *gif, GifByteType *to, int n)
{
    struct source *s = gif->UserData;
    if (n == 1 && !s->rest.n && !s->past) {
        s->past = true;
        *to = 0;
        return 1;
    }
    if ((size_t)n > s->rest.n)
        return 0;
    memcpy(to, s->rest.p, (size_t)n);
    s->rest = str_sub(s->rest, (size_t)n, s->rest.n);
    return n;
}

static bool open_source(struct source *s, struct str file)
{
    *s = (struct source){.rest = file, .transparent = NO_TRANSPARENT_COLOR};
    s->gif = DGifOpen(s, read_bytes, NULL);
    return s->gif;
}

static void close_source(struct source *s)
{
    if (s->gif)
        DGifCloseFile(s->gif, NULL);
}

/* The application extensions that make an animation go on and on. */
static bool loops(struct str name)
{
    return str_eq(name, STR("NETSCAPE2.0")) || str_eq(name, STR("ANIMEXTS1.0"));
}

static bool read_extension(struct source *s)
{
    GifByteType *data;
    int code;
    GraphicsControlBlock control;
    s->needed = false;
    if (DGifGetExtension(s->gif, &code, &data) != GIF_OK)
        return false;
    if (data && code == APPLICATION_EXT_FUNC_CODE)
        s->needed = loops((struct str){(char *)data + 1, data[0]});
    if (data && code == GRAPHICS_EXT_FUNC_CODE &&
        DGifExtensionToGCB(data[0], data + 1, &control) == GIF_OK) {
        s->transparent = control.TransparentColor;
        s->needed = true;
    }
    while (data)
        if (DGifGetExtensionNext(s->gif, &data) != GIF_OK)
            return false;
    return true;
}

/* Read the next block: an extension, or a frame's descriptor, which is in
 * gif->Image then. False at the end; as in browsers, what is no block is
 * one. */
static bool next_block(struct source *s)
{
    if (DGifGetRecordType(s->gif, &s->type) != GIF_OK)
        return false;
    if (s->type == EXTENSION_RECORD_TYPE)
        return read_extension(s);
    return s->type == IMAGE_DESC_RECORD_TYPE &&
           DGifGetImageDesc(s->gif) == GIF_OK;
}

static bool next_frame(struct source *s)
{
    s->transparent = NO_TRANSPARENT_COLOR;
    while (next_block(s))
        if (s->type == IMAGE_DESC_RECORD_TYPE)
            return true;
    return false;
}

/* Go past the data of the frame whose descriptor was read. */
static bool skip_frame(struct source *s)
{
    int size;
    GifByteType *data;
    bool ok = DGifGetCode(s->gif, &size, &data) == GIF_OK;
    while (ok && data)
        ok = DGifGetCodeNext(s->gif, &data) == GIF_OK;
    return ok;
}

/* Some files get the screen wrong: browsers take the first frame's size where
 * that is larger, and in a GIF87a in any case. */
static bool first_frame(struct source *s, struct str file)
{
    GifFileType *gif = s->gif;
    GifImageDesc *frame = &gif->Image;
    if (!next_frame(s))
        return false;
    if (frame->Width && frame->Height &&
        (file.p[4] == '7' || frame->Width > gif->SWidth ||
         frame->Height > gif->SHeight)) {
        gif->SWidth = frame->Width;
        gif->SHeight = frame->Height;
        frame->Left = frame->Top = 0;
    }
    return gif->SWidth && gif->SHeight;
}

static bool header(struct str file, struct raster_header *out)
{
    struct source s;
    bool ok = open_source(&s, file) && first_frame(&s, file);
    if (ok)
        *out = (struct raster_header){.width = (unsigned)s.gif->SWidth,
                                      .height = (unsigned)s.gif->SHeight,
                                      .orientation = 1,
                                      .animated =
                                          skip_frame(&s) && next_frame(&s)};
    close_source(&s);
    return ok;
}

/* ---- decoding ---- */

/* One frame on a transparent screen. */
struct gif_reader {
    struct reader base;
    unsigned left, top;  /* of the frame, on the screen */
    struct bitmap frame; /* its part on the screen: numbers of colours */
    unsigned rows;       /* of it that are there; all, but in a cut file */
    unsigned char colours[256][4]; /* as channels of the rows */
};

static void close_gif(struct reader *reader)
{
    struct gif_reader *r = (struct gif_reader *)reader;
    bitmap_free(&r->frame);
    free(r);
}

static bool row(struct reader *reader, unsigned char *to)
{
    struct gif_reader *r = (struct gif_reader *)reader;
    unsigned y = reader->y - r->top, n = reader->channels;
    memset(to, 0, (size_t)reader->width * n);
    if (y >= r->frame.height) /* above it, too: y is unsigned */
        return true;
    if (y >= r->rows)
        return false;
    const unsigned char *from = bitmap_row(&r->frame, y);
    to += (size_t)r->left * n;
    for (unsigned x = 0; x < r->frame.width; x++, to += n)
        memcpy(to, r->colours[from[x]], n);
    return true;
}

/* How lines come: from `first` on each `step`; until others do, each stands for
 * `span` lines. */
struct pass {
    unsigned first, step, span;
};

static const struct pass one_pass[] = {{0, 1, 1}};
static const struct pass four_passes[] = {
    {0, 8, 8}, {4, 8, 4}, {2, 4, 2}, {1, 2, 1}};

static void put_line(struct bitmap *b, unsigned y, unsigned span,
                     const GifPixelType *line)
{
    for (; span > 0 && y < b->height; span--, y++)
        memcpy(bitmap_row(b, y), line, b->width);
}

/* Read the frame's lines, also those that are not on the screen. *rows are
 * those that there is something of; false if the file ends or breaks before
 * the last line. */
static bool read_lines(struct source *s, struct bitmap *b, unsigned *rows)
{
    const GifImageDesc *d = &s->gif->Image;
    unsigned height = (unsigned)d->Height;
    const struct pass *passes = d->Interlace ? four_passes : one_pass;
    size_t count = d->Interlace ? ARRAY_LEN(four_passes) : ARRAY_LEN(one_pass);
    GifPixelType *line = mem_alloc((size_t)d->Width);
    bool ok = true;
    *rows = 0;
    for (size_t i = 0; ok && i < count; i++)
        for (unsigned y = passes[i].first; ok && y < height;
             y += passes[i].step) {
            ok = DGifGetLine(s->gif, line, d->Width) == GIF_OK;
            if (ok)
                put_line(b, y, passes[i].span, line);
            if (ok && i == 0)
                *rows = y + passes[i].span;
        }
    free(line);
    return ok;
}

/* Colours beyond the palette are as in browsers: transparent. */
static void read_palette(const struct source *s, struct gif_reader *r)
{
    const GifFileType *gif = s->gif;
    const ColorMapObject *map =
        gif->Image.ColorMap ? gif->Image.ColorMap : gif->SColorMap;
    memset(r->colours, 0, sizeof r->colours);
    for (int i = 0; map && i < map->ColorCount; i++) {
        const GifColorType c = map->Colors[i];
        const unsigned char colour[] = {c.Red, c.Green, c.Blue, 255};
        if (i != s->transparent)
            memcpy(r->colours[i], colour, 4);
    }
}

/* How many channels show the frame; 0: nothing of it shows. Colours get as
 * many. */
static unsigned choose_channels(struct gif_reader *r)
{
    size_t count = (size_t)r->frame.width *
                   (r->rows < r->frame.height ? r->rows : r->frame.height);
    bool used[256] = {false}, shows = false, grey = true;
    bool alpha =
        r->frame.width < r->base.width || r->frame.height < r->base.height;
    for (size_t i = 0; i < count; i++)
        used[r->frame.pixels[i]] = true;
    for (int i = 0; i < 256; i++) {
        const unsigned char *c = r->colours[i];
        if (used[i] && c[3]) {
            shows = true;
            grey = grey && c[0] == c[1] && c[1] == c[2];
        } else if (used[i]) {
            alpha = true;
        }
    }
    for (int i = 0; grey && i < 256; i++)
        r->colours[i][1] = r->colours[i][3];
    return shows ? (grey ? 1 : 3) + (unsigned)alpha : 0;
}

/* Read the frame whose descriptor was read; one that is cut off but shows
 * something is good, too. */
static bool read_frame(struct source *s, struct gif_reader *r)
{
    const GifImageDesc *d = &s->gif->Image;
    unsigned width = (unsigned)d->Width, height = (unsigned)d->Height;
    r->left = (unsigned)d->Left;
    r->top = (unsigned)d->Top;
    if (r->left >= r->base.width || r->top >= r->base.height || !width ||
        !height)
        return skip_frame(s);
    if (width > r->base.width - r->left)
        width = r->base.width - r->left;
    if (height > r->base.height - r->top)
        height = r->base.height - r->top;
    bitmap_free(&r->frame);
    r->frame = bitmap_new(width, height, 1);
    read_palette(s, r);
    bool whole = read_lines(s, &r->frame, &r->rows);
    r->base.channels = choose_channels(r);
    r->base.cut = !whole;
    return whole || r->base.channels;
}

/* The first frame that shows something. What comes before it shows nothing,
 * so however it is disposed of, the screen is still empty. */
static bool find_frame(struct source *s, struct gif_reader *r)
{
    uint64_t pixels = 0;
    int frames = 0;
    do {
        pixels +=
            (uint64_t)s->gif->Image.Width * (uint64_t)s->gif->Image.Height;
        if (pixels > PIXELS_MAX || !read_frame(s, r))
            return false;
    } while (!r->base.channels && ++frames < FRAMES_MAX && next_frame(s));
    if (!r->base.channels) {
        bitmap_free(&r->frame);
        r->base.channels = 2;
    }
    return true;
}

static struct reader *open_gif(struct str file, unsigned width, unsigned height)
{
    struct source s;
    struct gif_reader *r = mem_alloc(sizeof *r);
    (void)width;
    (void)height;
    r->base = (struct reader){.row = row, .close = close_gif};
    bool ok = open_source(&s, file) && first_frame(&s, file);
    if (ok) {
        r->base.width = (unsigned)s.gif->SWidth;
        r->base.height = (unsigned)s.gif->SHeight;
        ok = find_frame(&s, r);
    }
    close_source(&s);
    if (ok)
        return &r->base;
    close_gif(&r->base);
    return NULL;
}

/* ---- keeping ---- */

/* All frames, without comments and such, up to where the file ends or is cut
 * off. Pixels are not looked at. */
static bool keep(struct str file, struct buf *out)
{
    struct source s;
    bool ok = open_source(&s, file);
    const char *from = file.p;
    size_t whole = 0; /* bytes of `out` that end with a frame */
    if (ok)
        buf_add(out, from, (size_t)(s.rest.p - from));
    while (ok) {
        from = s.rest.p;
        ok = next_block(&s);
        bool frame = ok && s.type == IMAGE_DESC_RECORD_TYPE;
        ok = ok && (!frame || skip_frame(&s));
        if (ok && (frame || s.needed))
            buf_add(out, from, (size_t)(s.rest.p - from));
        if (ok && frame) {
            if (s.past)
                buf_char(out, '\0');
            whole = out->len;
        }
    }
    close_source(&s);
    buf_cut(out, whole);
    buf_char(out, ';');
    return whole && !out->failed;
}

const struct codec codec_gif = {.name = "GIF",
                                .sniff = sniff,
                                .header = header,
                                .open = open_gif,
                                .keep = keep};
