/* feedbind-image: decodes, fits and encodes pictures, and draws covers, for
 * feedbind, in a process of its own: what a picture does to its decoder it
 * does to nothing else. Started by image/worker.c with a socket as descriptor
 * 3 and, as its argument, the folder of faces; ends when the socket does. */
#include "image/draw.h"
#include "image/fitter.h"
#include "image/serve.h"
#include "raster/codec.h"
#include "raster/format.h"

#include <stdio.h>

/* What there is no codec for here: feedbind-draw has one, or nobody. */
static void pass_on(struct task *t)
{
    const struct format *format = format_find(t->file);
    if (!format) {
        t->reply.result = RESULT_NOT_AN_IMAGE;
    } else if (format->built) {
        t->reply.result = RESULT_ELSEWHERE;
    } else {
        t->reply.result = RESULT_UNKNOWN_FORMAT;
        snprintf(t->reply.format, sizeof t->reply.format, "%s", format->name);
        buf_puts(&t->out, format->name);
        if (format->library)
            buf_printf(&t->out, " (this feedbind was built without %s)",
                       format->library);
    }
}

static void fit(struct task *t)
{
    const struct codec *codec = codec_find(t->file, NULL);
    if (codec)
        fit_picture(codec, &t->request, t->file, &t->reply, &t->out);
    else
        pass_on(t);
}

/* A cover of words alone has a few colours. */
static void draw(struct task *t, struct str words)
{
    bool grey = t->request.fit.colours != FIT_COLOUR;
    struct cover_page page = {.width = t->request.fit.width,
                              .grey = grey,
                              .paper = cover_paper(grey)};
    struct bitmap canvas = {0};
    struct indexed picture;
    if (draw_cover(words, t->fonts, &page, &canvas, &picture) &&
        png_encode_indexed(&picture, true, &t->out))
        reply_add(&t->reply, FIT_PNG, &canvas, t->out.len);
    bitmap_free(&canvas);
}

static void paint(struct task *t, struct str words)
{
    const struct cover_job job = {.words = words,
                                  .picture =
                                      str_sub(t->file, words.n, t->file.n),
                                  .fonts = t->fonts,
                                  .width = t->request.fit.width,
                                  .mark = t->request.op == OP_MARK,
                                  .grey = t->request.fit.colours != FIT_COLOUR};
    struct bitmap b = {0};
    enum fit_format format;
    if (paint_cover(&job, &b) &&
        encode_picture(&b, &t->request.fit, &t->out, &format))
        reply_add(&t->reply, format, &b, t->out.len);
    bitmap_free(&b);
}

static void cover(struct task *t)
{
    unsigned width = t->request.fit.width;
    struct str words = str_sub(t->file, 0, t->request.words);
    t->reply.result = RESULT_BROKEN;
    if (width < COVER_NARROWEST || width > COVER_WIDEST)
        return;
    if (words.n == t->file.n)
        draw(t, words);
    else
        paint(t, words);
}

static void answer(struct task *t)
{
    if (t->request.op == OP_FIT)
        fit(t);
    else if (t->request.op == OP_COVER || t->request.op == OP_MARK)
        cover(t);
}

int main(int argc, char **argv)
{
    serve(answer, argc > 1 ? argv[1] : ".");
    return 0;
}
