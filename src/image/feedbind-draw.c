/* feedbind-draw: does what feedbind-image does for the formats whose libraries
 * take long to load, and which few books have. Started in the same way, when
 * feedbind-image has met one of them. */
#include "base/mem.h"
#include "image/fitter.h"
#include "image/serve.h"
#include "raster/codec.h"

#include <stdio.h>
#include <stdlib.h>

/* The libraries read much of their environment: languages, folders of fonts,
 * of modules and caches. A drawing looks the same in all of them. */
static void forget_environment(void)
{
    static const char *const ours[][2] = {
        {"LANG", "en_US.UTF-8"},
        {"GIO_USE_VFS", "local"},
        {"GDK_PIXBUF_MODULE_FILE", "/dev/null"},
    };
    clearenv();
    for (size_t i = 0; i < ARRAY_LEN(ours); i++)
        setenv(ours[i][0], ours[i][1], 1);
}

/* They also print what they think of a file; feedbind says what becomes of it.
 */
static void keep_quiet(void)
{
#ifndef __SANITIZE_ADDRESS__
    if (!freopen("/dev/null", "w", stderr))
        fclose(stderr);
#endif
}

static void answer(struct task *t)
{
    const struct codec *codec =
        t->request.op == OP_FIT ? codec_find_drawn(t->file) : NULL;
    t->reply.result = RESULT_NOT_AN_IMAGE;
    if (codec)
        fit_picture(codec, &t->request, t->file, &t->reply, &t->out);
}

int main(int argc, char **argv)
{
    forget_environment();
    keep_quiet();
#if FEEDBIND_SVG
    svg_use_faces(argc > 1 ? argv[1] : ".");
#endif
    serve(answer, argc > 1 ? argv[1] : ".");
    return 0;
}
