/* Pictures on covers. */
#include "image/draw.h"

#include "raster/scale.h"
#include "raster/tone.h"

#include <limits.h>

enum {
    /* Of the picture's box: what may be cut off, and be left over. */
    FILL_PERCENT = 8,  /* where it is the whole cover */
    CROP_PERCENT = 17, /* where words stand below */
    TALL_PERCENT = 85, /* width to height of what is the whole cover */
    UPPER_LEAST = 300, /* pixels; the upper part of a cover, for others */
    UPPER_MOST = 1000,
    ENLARGE_PERCENT = 150, /* of its size, at most */
    MARK_WIDTH = 300,      /* of a feed's sign, at most */
    MARK_HEIGHT = 220,
    MARK_GAP = 50,
    WHITE = 245, /* what is lighter is meant as white */
};

struct box {
    unsigned x, y, width, height;
};

/* How a picture lies in a box: how large it is, and where its first pixel
 * would be, which may be outside. */
struct placing {
    unsigned width, height;
    int x, y;
};

/* n × of / whole, at least 1. */
static unsigned part(uint64_t n, uint64_t of, uint64_t whole)
{
    uint64_t result = whole ? (n * of + whole / 2) / whole : 0;
    return result ? (unsigned)result : 1;
}

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* As large as it may be within width × height. */
static struct placing contain(const struct reader *r, unsigned width,
                              unsigned height)
{
    struct placing p = {
        .width = smaller(width, part(r->width, ENLARGE_PERCENT, 100))};
    p.height = part(r->height, p.width, r->width);
    if (p.height > height) {
        p.height = height;
        p.width = part(r->width, p.height, r->height);
    }
    return p;
}

/* Cut to fill the box if that costs no more than `percent` of it, else
 * whole. */
static struct placing place(const struct reader *r, const struct box *box,
                            unsigned percent)
{
    bool wide =
        (uint64_t)r->width * box->height > (uint64_t)r->height * box->width;
    struct placing p = {.width = box->width, .height = box->height};
    if (wide)
        p.width = part(r->width, box->height, r->height);
    else
        p.height = part(r->height, box->width, r->width);
    uint64_t whole = (uint64_t)p.width * p.height;
    uint64_t kept = (uint64_t)box->width * box->height;
    if ((whole - kept) * 100 > whole * percent ||
        p.width > part(r->width, ENLARGE_PERCENT, 100))
        p = contain(r, box->width, box->height);
    p.x = (int)box->x + ((int)box->width - (int)p.width) / 2;
    p.y = (int)box->y + ((int)box->height - (int)p.height) / 2;
    return p;
}

/* ---- colours ---- */

struct sum {
    unsigned red, green, blue, count;
};

static void add(struct sum *s, const struct bitmap *b, unsigned x, unsigned y)
{
    const unsigned char *p = bitmap_row(b, y) + (size_t)x * b->channels;
    s->red += p[0];
    s->green += p[b->channels > 1];
    s->blue += p[b->channels > 1 ? 2 : 0];
    s->count++;
}

/* The picture's own colour where it ends, at the sides or above and below. */
static struct ink edge_colour(const struct bitmap *b, bool sides)
{
    struct sum s = {0};
    for (unsigned y = 0; sides && y < b->height; y++) {
        add(&s, b, 0, y);
        add(&s, b, b->width - 1, y);
    }
    for (unsigned x = 0; !sides && x < b->width; x++) {
        add(&s, b, x, 0);
        add(&s, b, x, b->height - 1);
    }
    unsigned n = s.count ? s.count : 1;
    return (struct ink){(unsigned char)(s.red / n),
                        (unsigned char)(s.green / n),
                        (unsigned char)(s.blue / n)};
}

static bool is_white(struct ink c)
{
    return c.red >= WHITE && c.green >= WHITE && c.blue >= WHITE;
}

/* ---- pixels ---- */

static void fill(const struct bitmap *out, const struct box *box, struct ink c)
{
    for (unsigned y = box->y; y < box->y + box->height; y++) {
        unsigned char *p = bitmap_row(out, y) + (size_t)box->x * 3;
        for (unsigned x = 0; x < box->width; x++, p += 3) {
            p[0] = c.red;
            p[1] = c.green;
            p[2] = c.blue;
        }
    }
}

static unsigned char on(unsigned char paper, unsigned char ink)
{
    return (unsigned char)((paper * ink + UCHAR_MAX / 2) / UCHAR_MAX);
}

/* Print b onto paper, as far as it lies in the box: its white is the
 * paper's. */
static void print(const struct bitmap *out, const struct box *box,
                  const struct bitmap *b, const struct placing *at,
                  struct ink paper)
{
    for (unsigned y = box->y; y < box->y + box->height; y++) {
        long row = (long)y - at->y;
        unsigned char *to = bitmap_row(out, y);
        for (unsigned x = box->x; x < box->x + box->width; x++) {
            long column = (long)x - at->x;
            if (row < 0 || column < 0 || row >= (long)b->height ||
                column >= (long)b->width)
                continue;
            const unsigned char *from =
                bitmap_row(b, (unsigned)row) + (size_t)column * b->channels;
            to[x * 3] = on(paper.red, from[0]);
            to[x * 3 + 1] = on(paper.green, from[b->channels > 1]);
            to[x * 3 + 2] = on(paper.blue, from[b->channels > 1 ? 2 : 0]);
        }
    }
}

static struct bitmap colours_of(const struct indexed *p)
{
    struct bitmap b = bitmap_new(p->width, p->height, 3);
    size_t count = (size_t)p->width * p->height;
    for (size_t i = 0; i < count; i++)
        memcpy(b.pixels + 3 * i, p->palette[p->pixels[i]], 3);
    return b;
}

/* ---- covers ---- */

/* A cover's words, in colours. */
static bool words(const struct cover_job *job, struct cover_page *page,
                  struct bitmap *out)
{
    struct bitmap canvas = {0};
    struct indexed drawn;
    bool ok = draw_cover(job->words, job->fonts, page, &canvas, &drawn);
    if (ok)
        *out = colours_of(&drawn);
    bitmap_free(&canvas);
    return ok;
}

static bool read_on_white(struct reader *r, const struct placing *at,
                          struct bitmap *out)
{
    bool ok = scale_read(r, at->width, at->height, out);
    if (ok)
        bitmap_flatten(out, UCHAR_MAX);
    return ok;
}

static const struct ink white = {UCHAR_MAX, UCHAR_MAX, UCHAR_MAX};

/* The picture is the cover, or its upper part, with words below it. */
static bool paint_picture(const struct cover_job *job, struct reader *r,
                          struct bitmap *out)
{
    bool whole = (uint64_t)r->width * 100 <= (uint64_t)r->height * TALL_PERCENT;
    struct box box = {.width = job->width, .height = COVER_HEIGHT};
    struct cover_page page = {.width = job->width,
                              .grey = job->grey,
                              .paper = cover_paper(job->grey)};
    if (!whole) {
        unsigned own = part(r->height, box.width, r->width);
        box.height = own < UPPER_LEAST ? UPPER_LEAST : smaller(own, UPPER_MOST);
        page.picture = box.height;
    }
    struct placing at = place(r, &box, whole ? FILL_PERCENT : CROP_PERCENT);
    struct bitmap b;
    if (!read_on_white(r, &at, &b))
        return false;
    struct ink ground = edge_colour(&b, at.width < box.width);
    if (is_white(ground))
        page.paper = ground = white;
    bool ok = true;
    if (whole)
        *out = bitmap_new(job->width, COVER_HEIGHT, 3);
    else
        ok = words(job, &page, out);
    if (ok) {
        fill(out, &box, ground);
        print(out, &box, &b, &at, white);
    }
    bitmap_free(&b);
    return ok;
}

/* The picture is a sign beside the lines below the panel. */
static bool paint_mark(const struct cover_job *job, struct reader *r,
                       struct bitmap *out)
{
    struct box box = {.width = smaller(r->width, MARK_WIDTH),
                      .height = smaller(r->height, MARK_HEIGHT)};
    struct placing at = contain(r, box.width, box.height);
    struct cover_page page = {.width = job->width,
                              .mark = at.width + MARK_GAP,
                              .grey = job->grey,
                              .paper = cover_paper(job->grey)};
    struct bitmap b;
    if (!read_on_white(r, &at, &b))
        return false;
    bool ok = words(job, &page, out);
    if (ok) {
        box = (struct box){.width = job->width, .height = COVER_HEIGHT};
        at.x = page.rtl ? COVER_MARGIN
                        : (int)(job->width - COVER_MARGIN - at.width);
        at.y = (COVER_PANEL + COVER_HEIGHT - (int)at.height) / 2;
        print(out, &box, &b, &at, page.paper);
    }
    bitmap_free(&b);
    return ok;
}

bool paint_cover(const struct cover_job *job, struct bitmap *out)
{
    const struct codec *codec = codec_find(job->picture, NULL);
    struct raster_header h;
    if (!codec || !codec->header(job->picture, &h))
        return false;
    struct reader *r = codec->open(job->picture, h.width, h.height);
    bool ok =
        r && (job->mark ? paint_mark(job, r, out) : paint_picture(job, r, out));
    reader_close(r);
    if (ok)
        bitmap_drop_channels(out);
    return ok;
}
