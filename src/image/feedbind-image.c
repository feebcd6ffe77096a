/* feedbind-image: decodes, fits and encodes pictures, and draws covers, for
 * feedbind, in a process of its own: what a picture does to its decoder it
 * does to nothing else. Started by image/worker.c with a socket as descriptor
 * 3 and, as its argument, the folder of faces; ends when the socket does. */
#include "base/mem.h"
#include "image/draw.h"
#include "image/protocol.h"
#include "raster/codec.h"
#include "raster/scale.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    TINY = 2,             /* pixels on both sides: it only counts readers */
    FILES_MAX = 32,       /* open at once */
    MEMORY_MAX = 1 << 30, /* bytes of address space, and twice that */
    FLAT_PERCENT = 40,    /* of pixels like their neighbour: drawn, not taken */
    SMALL = 256 * 256,    /* pixels; an icon more often than not */
    PNG_PERCENT = 150,    /* of the JPEG's size that a PNG may have */
};

static void limit(int what, rlim_t most)
{
    const struct rlimit limits = {most, most};
    setrlimit((__rlimit_resource_t)what, &limits);
}

/* What a picture may make us do is little. */
static void confine(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    close_range(PROTOCOL_FD + 1, ~0U, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, FILES_MAX);
#ifndef __SANITIZE_ADDRESS__
    limit(RLIMIT_AS, 2 * (rlim_t)MEMORY_MAX);
#endif
}

/* ---- fitting ---- */

struct task {
    struct protocol_request request;
    struct str file;
    struct protocol_reply reply;
    struct buf out;
};

/* Of how many pixels in a hundred is the one to the left the same? */
static unsigned flat_percent(const struct bitmap *b)
{
    size_t same = 0, count = (size_t)b->width * b->height;
    for (unsigned y = 0; y < b->height; y++) {
        const unsigned char *row = bitmap_row(b, y);
        for (unsigned x = 1; x < b->width; x++)
            same +=
                memcmp(row + (size_t)x * b->channels,
                       row + (size_t)(x - 1) * b->channels, b->channels) == 0;
    }
    return (unsigned)(same * 100 / count);
}

static void reply_with(struct task *t, enum protocol_result result,
                       const struct bitmap *b)
{
    t->reply.result = result;
    t->reply.width = b->width;
    t->reply.height = b->height;
}

/* Drawings and icons as PNG, unless that is much larger; photographs as JPEG.
 */
static bool encode(struct task *t, const struct bitmap *b)
{
    bool drawn = (size_t)b->width * b->height <= SMALL ||
                 flat_percent(b) >= FLAT_PERCENT;
    struct buf png = buf_make(BUF_BODY);
    if (!jpeg_encode(b, t->request.quality, drawn, &t->out))
        return false;
    reply_with(t, RESULT_JPEG, b);
    if (drawn && png_encode(b, &png) &&
        png.len * 100 <= t->out.len * PNG_PERCENT) {
        buf_clear(&t->out);
        buf_str(&t->out, buf_view(&png));
        reply_with(t, RESULT_PNG, b);
    }
    buf_free(&png);
    return true;
}

static void fit_into_box(const struct task *t, const struct raster_header *h,
                         unsigned *width, unsigned *height)
{
    bool turned = h->orientation > 4;
    scale_fit(turned ? h->height : h->width, turned ? h->width : h->height,
              t->request.width, t->request.height, width, height);
}

/* Decoded, turned upright, on white, of the size that fits. */
static bool make_bitmap(const struct task *t, const struct codec *codec,
                        const struct raster_header *h, struct bitmap *b)
{
    unsigned width, height;
    bool turned = h->orientation > 4;
    fit_into_box(t, h, &width, &height);
    if (!codec->decode(t->file, 2 * (turned ? height : width),
                       2 * (turned ? width : height), b))
        return false;
    bitmap_flatten(b);
    bitmap_drop_colour(b);
    bitmap_orient(b, h->orientation);
    return scale_to(b, width, height);
}

static bool fits(const struct task *t, const struct raster_header *h)
{
    return h->width <= t->request.width && h->height <= t->request.height;
}

/* A JPEG that a reader can show as it is keeps its data; that it can be
 * decoded to the end has been tried. */
static bool keep_data(struct task *t, const struct codec *codec,
                      const struct raster_header *h, const struct bitmap *b)
{
    if (codec != &codec_jpeg || !h->plain || !fits(t, h))
        return false;
    bool ok = jpeg_strip(t->file, &t->out);
    if (ok)
        reply_with(t, RESULT_JPEG, b);
    else
        buf_clear(&t->out);
    t->reply.kept = ok;
    return ok;
}

static void fit(struct task *t)
{
    const char *format;
    struct raster_header h;
    struct bitmap b = {0};
    const struct codec *codec = codec_find(t->file, &format);
    if (!codec) {
        t->reply.result = format ? RESULT_UNKNOWN_FORMAT : RESULT_NOT_AN_IMAGE;
        buf_puts(&t->out, format ? format : "");
        return;
    }
    t->reply.result = RESULT_BROKEN;
    if (!codec->header(t->file, &h))
        return;
    t->reply.source_width = h.width;
    t->reply.source_height = h.height;
    if ((uint64_t)h.width * h.height > t->request.max_pixels) {
        t->reply.result = RESULT_TOO_LARGE;
    } else if (h.width <= TINY && h.height <= TINY) {
        t->reply.result = RESULT_TINY;
    } else if (make_bitmap(t, codec, &h, &b)) {
        if (!keep_data(t, codec, &h, &b) && !encode(t, &b))
            t->reply.result = RESULT_BROKEN;
    }
    bitmap_free(&b);
}

static void cover(struct task *t, const char *fonts)
{
    struct bitmap canvas = {0};
    struct indexed picture;
    t->reply.result = RESULT_BROKEN;
    if (draw_cover(t->file, fonts, &canvas, &picture) &&
        png_encode_indexed(&picture, true, &t->out))
        reply_with(t, RESULT_PNG, &canvas);
    bitmap_free(&canvas);
}

/* ---- requests ---- */

static bool answer(struct task *t)
{
    int fd = t->out.len ? protocol_file(buf_view(&t->out)) : -1;
    if (t->out.len && fd < 0)
        return false;
    t->reply.magic = PROTOCOL_MAGIC;
    t->reply.size = t->out.len;
    bool ok = protocol_send(PROTOCOL_FD, &t->reply, sizeof t->reply, fd);
    if (fd >= 0)
        close(fd);
    return ok;
}

/* Take one request; false when there are no more. */
static bool serve(const char *fonts)
{
    struct task t = {.out = buf_make(BUF_BODY)};
    struct buf file = buf_make(BUF_BODY);
    int fd;
    if (!protocol_receive(PROTOCOL_FD, &t.request, sizeof t.request, &fd))
        return false;
    bool ok = t.request.magic == PROTOCOL_MAGIC &&
              protocol_read(fd, t.request.size, &file);
    if (fd >= 0)
        close(fd);
    t.file = buf_view(&file);
    if (ok && t.request.op == OP_FIT)
        fit(&t);
    else if (ok && t.request.op == OP_COVER)
        cover(&t, fonts);
    ok = ok && answer(&t);
    buf_free(&file);
    buf_free(&t.out);
    return ok;
}

int main(int argc, char **argv)
{
    confine();
    while (serve(argc > 1 ? argv[1] : "."))
        ;
    return 0;
}
