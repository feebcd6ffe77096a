/* The cover: words to a worker, a picture back. */
#include "base/mem.h"
#include "image/image.h"
#include "image/worker.h"

#include <unistd.h>

static void add_line(struct buf *words, const char *text)
{
    buf_collapse(words, str_of(text));
    buf_char(words, '\n');
}

static bool is_cover(const struct protocol_reply *r)
{
    return r->result == RESULT_MADE && r->pieces == 1 &&
           r->piece[0].format == FIT_PNG;
}

void image_cover(const struct cover_text *text,
                 const struct image_policy *policy, struct spool *spool,
                 struct diag *diag, struct image_file *out)
{
    struct protocol_request request = {
        .op = OP_COVER, .fit = {.width = COVER_WIDTH, .height = COVER_HEIGHT}};
    struct protocol_reply reply = {.result = RESULT_BROKEN};
    struct buf words = buf_make(BUF_BODY), data = buf_make(BUF_BODY);
    add_line(&words, text->title);
    add_line(&words, text->author);
    add_line(&words, text->date);
    add_line(&words, text->note);
    struct worker_pool *workers =
        worker_pool_new(policy->workers, policy->fonts, 1);
    int file = protocol_file(buf_view(&words));
    request.size = words.len;
    enum worker_end end =
        file < 0 ? WORKER_DIED
                 : worker_do(workers, request, file, &reply, &data);
    if (file >= 0)
        close(file);
    *out = (struct image_file){0};
    if (end == WORKER_DONE && is_cover(&reply))
        *out =
            (struct image_file){.name = "cover.png",
                                .media_type = "image/png",
                                .data = spool_put(spool, data.data, data.len),
                                .width = COVER_WIDTH,
                                .height = COVER_HEIGHT};
    else
        diag_add(diag, DIAG_WARNING,
                 (struct diag_place){.file = policy->workers},
                 end == WORKER_ABSENT
                     ? "feedbind-image cannot be started; no cover was drawn"
                     : "the cover could not be drawn; the book has none",
                 NULL);
    worker_pool_free(workers);
    buf_free(&words);
    buf_free(&data);
}
