/* The cover: words to a worker, and a picture that another request made of a
 * file or of the feed's sign; a cover back. */
#include "image/workshop.h"

#include "base/file.h"
#include "base/mem.h"

#include <unistd.h>

enum {
    FINE = 95,               /* quality of what is made into a cover */
    MARK_LEAST = 200,        /* pixels on the longer side of a sign */
    MARK_BOX = 600,          /* pixels */
    BYTES_MOST = 300 * 1000, /* of a cover */
};

/* A cover on its way. */
struct covering {
    struct image_set *set;
    const struct image_policy *policy;
    struct spool *spool;
    struct diag *diag;
    struct worker_pool *workers;
    struct buf words;   /* a line each */
    struct buf picture; /* of the cover, as a worker made it */
};

/* ---- pictures ---- */

static struct protocol_request request_of(const struct covering *c,
                                          enum protocol_op op, unsigned width,
                                          unsigned height)
{
    return (struct protocol_request){
        .op = op,
        .fit = {.width = width,
                .height = height,
                .quality = FINE,
                .colours = c->policy->fit.colours == FIT_COLOUR ? FIT_COLOUR
                                                                : FIT_GREY,
                .slices = 1},
        .max_source_pixels = c->policy->max_pixels};
}

/* Have a picture made of the file, so that it can be part of a cover. NULL, or
 * why it cannot. */
static const char *take_picture(struct covering *c,
                                struct protocol_request request,
                                const struct saved *file, unsigned least)
{
    struct protocol_reply reply;
    request.size = file->size;
    enum worker_end end =
        worker_do(c->workers, request, file->fd, &reply, &c->picture);
    if (end != WORKER_DONE)
        return end == WORKER_DIED ? "the decoder failed" : "no worker";
    if (reply.result == RESULT_BLANK)
        return "nothing is to be seen on it";
    if (reply.result != RESULT_MADE)
        return image_fault_text(image_fault_of(reply.result));
    bool small = reply.source_width < least && reply.source_height < least;
    return small ? "too small" : NULL;
}

static void take_chosen(struct covering *c, const char *path)
{
    const struct protocol_request request =
        request_of(c, OP_FIT, 2 * c->policy->cover_width, 2 * COVER_HEIGHT);
    struct saved file = {-1, 0};
    file.fd = file_open(path, &file.size);
    const char *fault = file.fd < 0 ? "cannot be read"
                        : file.size > c->policy->fetch.max_bytes
                            ? image_fault_text(IMAGE_TOO_LARGE)
                            : take_picture(c, request, &file, 0);
    if (fault) {
        buf_clear(&c->picture);
        diag_add(c->diag, DIAG_WARNING, (struct diag_place){.file = path},
                 "the cover's picture cannot be used, a plain cover is drawn",
                 "%s", fault);
    }
    if (file.fd >= 0)
        close(file.fd);
}

/* Nobody asked for the sign: without it the cover is as good. */
static void take_mark(struct covering *c)
{
    struct saved file = {-1, 0};
    const struct wanted *w = &c->set->wanted[c->set->mark];
    enum image_fault got =
        image_acquire(c->set, c->policy, c->spool, c->set->mark, &file);
    const char *fault = image_fault_text(got);
    if (got == IMAGE_OK)
        fault = take_picture(c, request_of(c, OP_FIT, MARK_BOX, MARK_BOX),
                             &file, MARK_LEAST);
    if (fault) {
        buf_clear(&c->picture);
        diag_add(c->diag, DIAG_NOTE, (struct diag_place){.file = w->place.file},
                 "the feed's picture is not on the cover", "%s: %s", fault,
                 w->url);
    }
    if (file.fd >= 0)
        close(file.fd);
}

/* ---- covers ---- */

static void add_line(struct buf *words, const char *text)
{
    buf_collapse(words, str_of(text));
    buf_char(words, '\n');
}

static bool is_cover(const struct protocol_reply *r)
{
    return r->result == RESULT_MADE && r->pieces == 1 &&
           (r->piece[0].format == FIT_PNG || r->piece[0].format == FIT_JPEG);
}

/* The cover of what was taken so far. */
static enum worker_end draw(const struct covering *c, enum protocol_op op,
                            struct image_file *out)
{
    struct protocol_request request =
        request_of(c, op, c->policy->cover_width, COVER_HEIGHT);
    struct protocol_reply reply = {.result = RESULT_BROKEN};
    struct buf both = buf_make(BUF_BODY), data = buf_make(BUF_BODY);
    request.fit.quality = c->policy->fit.quality;
    request.fit.max_bytes = BYTES_MOST;
    request.words = c->words.len;
    buf_str(&both, buf_view(&c->words));
    buf_str(&both, buf_view(&c->picture));
    request.size = both.len;
    int file = protocol_file(buf_view(&both));
    enum worker_end end =
        file < 0 ? WORKER_DIED
                 : worker_do(c->workers, request, file, &reply, &data);
    bool jpeg = reply.piece[0].format == FIT_JPEG;
    *out = (struct image_file){0};
    if (end == WORKER_DONE && is_cover(&reply))
        *out = (struct image_file){
            .name = jpeg ? "cover.jpg" : "cover.png",
            .media_type = jpeg ? "image/jpeg" : "image/png",
            .data = spool_put(c->spool, data.data, data.len),
            .width = reply.piece[0].width,
            .height = reply.piece[0].height};
    if (file >= 0)
        close(file);
    buf_free(&both);
    buf_free(&data);
    return end;
}

static struct image_file draw_any(struct covering *c, enum protocol_op op)
{
    struct image_file out;
    enum worker_end end = draw(c, op, &out);
    if (!out.name && c->picture.len) {
        buf_clear(&c->picture);
        end = draw(c, op, &out);
    }
    if (!out.name)
        diag_add(c->diag, DIAG_WARNING,
                 (struct diag_place){.file = c->policy->workers},
                 end == WORKER_ABSENT
                     ? "feedbind-image cannot be started; no cover was drawn"
                     : "the cover could not be drawn; the book has none",
                 NULL);
    return out;
}

struct image_file image_cover(struct image_set *set, const struct cover *cover,
                              const struct image_policy *policy,
                              struct spool *spool, struct diag *diag)
{
    struct covering c = {.set = set,
                         .policy = policy,
                         .spool = spool,
                         .diag = diag,
                         .workers = workshop_hire(policy),
                         .words = buf_make(BUF_BODY),
                         .picture = buf_make(BUF_BODY)};
    add_line(&c.words, cover->title);
    add_line(&c.words, cover->author);
    add_line(&c.words, cover->date);
    add_line(&c.words, cover->note);
    if (cover->picture)
        take_chosen(&c, cover->picture);
    else if (set->mark < set->wanted_count && !policy->none)
        take_mark(&c);
    struct image_file out = draw_any(&c, cover->picture ? OP_COVER : OP_MARK);
    workshop_dismiss(policy, c.workers);
    buf_free(&c.words);
    buf_free(&c.picture);
    return out;
}
