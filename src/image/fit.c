#include "image/fitter.h"

#include "base/mem.h"
#include "image/plan.h"
#include "image/slice.h"
#include "raster/scale.h"
#include "raster/tone.h"

#include <limits.h>
#include <stdio.h>

enum {
    TINY = 2,          /* pixels on a side: nothing is to be seen on it */
    DRAWING_SCALE = 2, /* pixels to CSS's; e-readers have 2 to 3 … */
    LINE_SCALE = 4,    /* … and make text large, with what stands in it … */
    LINE_HEIGHT = 64,  /* … which is no higher, in CSS pixels */
    SIDE_MAX = 65535,  /* pixels, as other formats than PNG and BMP have it;
                          what scaling needs goes by rows, too */
};

/* One picture on its way. */
struct fitting {
    const struct protocol_request *request;
    struct str file;
    const struct codec *codec;
    struct raster_header header;
    struct plan plan; /* of the upright picture */
    bool coloured;    /* as it was saved */
    bool plain;       /* what was decoded is all of the file, and shown by any
                         reader */
    struct protocol_reply *reply;
    struct buf *out;
};

void reply_add(struct protocol_reply *reply, enum fit_format format,
               const struct bitmap *b, uint64_t size)
{
    reply->result = RESULT_MADE;
    reply->piece[reply->pieces++] = (struct protocol_piece){
        .format = format, .width = b->width, .height = b->height, .size = size};
}

/* A drawing keeps its natural size, so that an icon stays one, in more pixels
 * for each of CSS's, so that it is sharp. */
static unsigned scale_of(const struct raster_header *h)
{
    if (!h->scalable)
        return 1;
    return h->height <= LINE_HEIGHT ? LINE_SCALE : DRAWING_SCALE;
}

static void make_plan(struct fitting *f)
{
    unsigned times = scale_of(&f->header);
    f->plan = plan_make(&f->request->fit, f->reply->source_width * times,
                        f->reply->source_height * times);
}

/* What a drawing costs depends on the size that it is drawn at alone. */
static bool is_too_large(const struct fitting *f)
{
    const struct raster_header *h = &f->header;
    bool sides = h->width > SIDE_MAX || h->height > SIDE_MAX;
    return !h->scalable && (sides || (uint64_t)h->width * h->height >
                                         f->request->max_source_pixels);
}

/* Decoded, of the size that fits, with the channels that are shown, turned
 * upright. */
static bool make_bitmap(struct fitting *f, struct bitmap *b)
{
    const struct fit *fit = &f->request->fit;
    bool turned = f->header.orientation > 4;
    unsigned width = turned ? f->plan.height : f->plan.width;
    unsigned height = turned ? f->plan.width : f->plan.height;
    struct reader *r = f->codec->open(f->file, width, height);
    bool alpha = fit->keep_alpha && fit->colours != FIT_GREY16;
    bool ok = r && scale_read(r, width, height, b);
    f->coloured = r && r->channels > 2;
    f->plain = ok && r->plain && !r->cut && (alpha || r->channels % 2);
    f->reply->cut = ok && r->cut;
    reader_close(r);
    if (!ok)
        return false;
    if (!alpha)
        bitmap_flatten(b, bitmap_ground(b));
    bitmap_drop_channels(b);
    if (fit->colours != FIT_COLOUR)
        bitmap_to_grey(b);
    bitmap_orient(b, f->header.orientation);
    return true;
}

/* Wholly white or transparent: it only keeps a place. */
static bool is_blank(const struct bitmap *b)
{
    unsigned colours = b->channels - (b->channels % 2 == 0);
    const unsigned char *p = b->pixels;
    const unsigned char *end = p + (size_t)b->width * b->height * b->channels;
    for (; p < end; p += b->channels) {
        unsigned alpha = b->channels > colours ? p[colours] : UCHAR_MAX;
        for (unsigned c = 0; alpha > 0 && c < colours; c++)
            if (p[c] < UCHAR_MAX || alpha < UCHAR_MAX)
                return false;
    }
    return true;
}

/* The picture, or its pieces; false if one has too many bytes. */
static bool encode(struct fitting *f, struct bitmap *b)
{
    struct slicing slicing = {.piece_height = f->plan.piece_height,
                              .pieces = f->plan.pieces};
    struct bitmap piece;
    enum fit_format format;
    if (f->plan.pieces > 1)
        bitmap_flatten(b, bitmap_ground(b));
    while (slice_next(&slicing, b, &piece)) {
        size_t before = f->out->len;
        if (!encode_picture(&piece, &f->request->fit, f->out, &format)) {
            buf_clear(f->out);
            f->reply->pieces = 0;
            f->reply->result = RESULT_TOO_LARGE;
            return false;
        }
        reply_add(f->reply, format, &piece, f->out->len - before);
    }
    return true;
}

/* The formats whose files may stay as they are. Coding anew loses a JPEG's
 * quality and a GIF's motion; a PNG stays only where that is smaller. Not all
 * programs that link this have all of the codecs, so they go by name. */
static const struct {
    const char *name;
    enum fit_format format;
    bool loses;
} keepers[] = {
    {"JPEG", FIT_JPEG, true}, {"PNG", FIT_PNG, false}, {"GIF", FIT_GIF, true}};

/* The file's own data, if what was made of it shows the same. Gives the
 * format's row in keepers; their number, if it cannot be kept. */
static size_t own_data(const struct fitting *f, const struct bitmap *b,
                       struct buf *out)
{
    const struct raster_header *h = &f->header;
    const struct fit *fit = &f->request->fit;
    size_t i = 0;
    while (i < ARRAY_LEN(keepers) &&
           strcmp(keepers[i].name, f->codec->name) != 0)
        i++;
    /* what colours later frames have is not known */
    bool moves = h->animated && fit->animation && fit->colours == FIT_COLOUR;
    bool same = (f->plain || moves) && h->orientation == 1 &&
                h->width == b->width && h->height == b->height &&
                f->plan.pieces == 1;
    bool shown = fit->colours == FIT_COLOUR ||
                 (fit->colours == FIT_GREY && !f->coloured);
    if (i == ARRAY_LEN(keepers) || !same || !shown || !f->codec->keep ||
        !f->codec->keep(f->file, out) ||
        (fit->max_bytes && out->len > fit->max_bytes))
        return ARRAY_LEN(keepers);
    return i;
}

/* Keep the file's data or encode the bitmap, whichever is better; false if all
 * have too many bytes. */
static bool make_files(struct fitting *f, struct bitmap *b)
{
    struct buf own = buf_make(BUF_BODY);
    size_t i = own_data(f, b, &own);
    bool keeps = i < ARRAY_LEN(keepers);
    bool better = keeps && keepers[i].loses && !f->request->fit.recode;
    bool made = !better && encode(f, b);
    if (keeps && (!made || own.len <= f->out->len)) {
        buf_clear(f->out);
        buf_str(f->out, buf_view(&own));
        f->reply->pieces = 0;
        reply_add(f->reply, keepers[i].format, b, own.len);
        f->reply->kept = 1;
        made = true;
    }
    buf_free(&own);
    return made;
}

/* Smaller and smaller, as long as it has too many bytes. */
static void make(struct fitting *f)
{
    bool done = false;
    while (!done) {
        struct bitmap b;
        if (!make_bitmap(f, &b))
            return;
        if (is_blank(&b)) {
            f->reply->result = RESULT_BLANK;
            done = true;
        } else {
            done = make_files(f, &b) || !plan_shrink(&f->plan);
        }
        bitmap_free(&b);
    }
}

/* Until something is made, the reply says that the file is broken. */
static void fit_known(struct fitting *f)
{
    const struct raster_header *h = &f->header;
    f->reply->result = RESULT_BROKEN;
    if (!f->codec->header(f->file, &f->header))
        return;
    if (h->unsupported) {
        f->reply->result = RESULT_UNKNOWN_FORMAT;
        buf_puts(f->out, h->unsupported);
        return;
    }
    bool turned = h->orientation > 4;
    f->reply->source_width = turned ? h->height : h->width;
    f->reply->source_height = turned ? h->width : h->height;
    if (is_too_large(f)) {
        f->reply->result = RESULT_TOO_LARGE;
    } else if (!h->scalable && (h->width <= TINY || h->height <= TINY)) {
        f->reply->result = RESULT_BLANK;
    } else {
        make_plan(f);
        make(f);
    }
}

void fit_picture(const struct codec *codec,
                 const struct protocol_request *request, struct str file,
                 struct protocol_reply *reply, struct buf *out)
{
    struct fitting f = {.request = request,
                        .file = file,
                        .codec = codec,
                        .reply = reply,
                        .out = out};
    snprintf(reply->format, sizeof reply->format, "%s", codec->name);
    fit_known(&f);
}
