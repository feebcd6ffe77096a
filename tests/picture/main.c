/* Pictures for tests: made by feedbind's worker, decoded by its codecs, and
 * compared. See usage below and tests/README.md. */
#include "base/file.h"
#include "base/mem.h"
#include "compare.h"
#include "draw.h"
#include "image/worker.h"
#include "pam.h"
#include "raster/codec.h"
#include "shrink.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char usage[] =
    "usage: picture decode FILE OUT.pam [WIDTH HEIGHT]\n"
    "           decode a picture, as it is for WIDTH x HEIGHT\n"
    "       picture fit FOLDER FILE STEM [NAME=NUMBER]...\n"
    "           have the workers in FOLDER make a picture: STEM-1.jpg ...;\n"
    "           names are those of struct fit, and max_source_pixels\n"
    "       picture compare A B\n"
    "           two files of netpbm: size, PSNR, SSIM, worst difference\n"
    "       picture shrink FILE WIDTH HEIGHT OUT.pam\n"
    "           scale a picture as it is defined, in double precision\n"
    "       picture draw KIND SEED WIDTH HEIGHT FONTS OUT\n"
    "           draw a photo, screenshot or diagram, as .jpg or .png\n";

static bool load(const char *path, struct buf *out)
{
    *out = buf_make(BUF_BODY);
    bool ok = file_read(path, out);
    if (!ok)
        fprintf(stderr, "picture: cannot read %s\n", path);
    return ok;
}

static bool save(const char *path, struct str bytes)
{
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
    ok = (!f || fclose(f) == 0) && ok;
    if (!ok)
        fprintf(stderr, "picture: cannot write %s\n", path);
    return ok;
}

/* ---- decode ---- */

/* A drawing has no text, as there are no faces. */
static const struct codec *find(struct str file)
{
    const struct codec *codec = codec_find(file, NULL);
    return codec ? codec : codec_find_drawn(file);
}

/* Decode the file, for a size if there is one; its format's name, else what is
 * wrong with it, and *out holds nothing. */
static const char *read_picture(struct str file, int argc, char **argv,
                                struct bitmap *out)
{
    struct raster_header h;
    const struct codec *codec = find(file);
    if (!codec)
        return "not an image";
    if (!codec->header(file, &h))
        return "broken";
    unsigned width = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : h.width;
    unsigned height =
        argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : h.height;
    return codec_read(codec, file, width, height, out) ? codec->name : "broken";
}

static int decode(int argc, char **argv)
{
    struct buf file, out = buf_make(BUF_BODY);
    struct bitmap b = {0};
    bool ok = load(argv[0], &file);
    if (ok)
        puts(read_picture(buf_view(&file), argc, argv, &b));
    ok = ok && b.pixels;
    if (ok)
        pam_write(&b, &out);
    ok = ok && save(argv[1], buf_view(&out));
    bitmap_free(&b);
    buf_free(&file);
    buf_free(&out);
    return ok ? 0 : 1;
}

/* ---- fit ---- */

static bool set_number(struct protocol_request *r, const char *argument)
{
    const struct {
        const char *name;
        uint32_t *small;
        uint64_t *large;
    } numbers[] = {
        {"width", &r->fit.width, NULL},
        {"height", &r->fit.height, NULL},
        {"quality", &r->fit.quality, NULL},
        {"colours", &r->fit.colours, NULL},
        {"keep_alpha", &r->fit.keep_alpha, NULL},
        {"animation", &r->fit.animation, NULL},
        {"slices", &r->fit.slices, NULL},
        {"recode", &r->fit.recode, NULL},
        {"max_bytes", NULL, &r->fit.max_bytes},
        {"max_pixels", NULL, &r->fit.max_pixels},
        {"max_source_pixels", NULL, &r->max_source_pixels},
    };
    struct str value = str_of(argument), name;
    str_next(&value, '=', &name);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        if (str_eq(name, str_of(numbers[i].name))) {
            uint64_t n = strtoull(value.p, NULL, 10);
            if (numbers[i].small)
                *numbers[i].small = (uint32_t)n;
            else
                *numbers[i].large = n;
            return true;
        }
    fprintf(stderr, "picture: what is %s?\n", argument);
    return false;
}

/* Say what was made, and write the pieces. */
static bool write_pieces(const struct protocol_reply *reply, struct str bytes,
                         const char *stem)
{
    static const char *const endings[FIT_FORMAT_COUNT] = {
        [FIT_PNG] = "png", [FIT_JPEG] = "jpg", [FIT_GIF] = "gif"};
    static const char *const results[] = {
        [RESULT_MADE] = "made",
        [RESULT_BLANK] = "tiny",
        [RESULT_NOT_AN_IMAGE] = "not an image",
        [RESULT_UNKNOWN_FORMAT] = "unknown format",
        [RESULT_ELSEWHERE] = "elsewhere",
        [RESULT_TOO_LARGE] = "too large",
        [RESULT_BROKEN] = "broken"};
    printf("%s %ux%u kept=%u cut=%u\n", results[reply->result],
           reply->source_width, reply->source_height, reply->kept, reply->cut);
    if (reply->result != RESULT_MADE)
        return true;
    for (uint32_t i = 0; i < reply->pieces; i++) {
        const struct protocol_piece *p = &reply->piece[i];
        char path[4096];
        snprintf(path, sizeof path, "%s-%u.%s", stem, i + 1,
                 endings[p->format]);
        if (!save(path, str_sub(bytes, 0, p->size)))
            return false;
        printf("%s %ux%u %llu\n", path, p->width, p->height,
               (unsigned long long)p->size);
        bytes = str_sub(bytes, p->size, bytes.n);
    }
    return true;
}

static int fit(int argc, char **argv)
{
    struct protocol_request request = {
        .op = OP_FIT,
        .fit = {.width = 1264, .height = 1680, .quality = 85, .slices = 1},
        .max_source_pixels = 100000000};
    struct buf file, out = buf_make(BUF_BODY);
    struct protocol_reply reply;
    for (int i = 3; i < argc; i++)
        if (!set_number(&request, argv[i]))
            return 2;
    if (!load(argv[1], &file))
        return 1;
    char fonts[4096];
    snprintf(fonts, sizeof fonts, "%s/fonts", argv[0]);
    struct worker_pool *pool = worker_pool_new(argv[0], fonts, 1);
    int fd = protocol_file(buf_view(&file));
    request.size = file.len;
    enum worker_end end = worker_do(pool, request, fd, &reply, &out);
    close(fd);
    bool ok =
        end == WORKER_DONE && write_pieces(&reply, buf_view(&out), argv[2]);
    if (end != WORKER_DONE)
        puts(end == WORKER_DIED ? "died" : "absent");
    worker_pool_free(pool);
    buf_free(&file);
    buf_free(&out);
    return ok ? 0 : 1;
}

/* ---- compare ---- */

static bool load_bitmap(const char *path, struct bitmap *out)
{
    struct buf file;
    *out = (struct bitmap){0};
    bool ok = load(path, &file);
    if (ok && !pam_read(buf_view(&file), out)) {
        fprintf(stderr, "picture: %s is no PAM of 8 bits\n", path);
        ok = false;
    }
    buf_free(&file);
    return ok;
}

static int compare_files(int argc, char **argv)
{
    (void)argc;
    struct bitmap a, b = {0};
    int status = 1;
    if (load_bitmap(argv[0], &a) && load_bitmap(argv[1], &b)) {
        status = 0;
        printf("%ux%u %ux%u", a.width, a.height, b.width, b.height);
        if (a.width == b.width && a.height == b.height) {
            struct likeness l = compare(&a, &b);
            printf(" psnr=%.2f ssim=%.4f worst=%u", l.psnr, l.ssim, l.worst);
        }
        putchar('\n');
    }
    bitmap_free(&a);
    bitmap_free(&b);
    return status;
}

/* ---- shrink and draw ---- */

static unsigned number(const char *text)
{
    return (unsigned)strtoul(text, NULL, 10);
}

static int shrink_file(int argc, char **argv)
{
    struct buf file, out = buf_make(BUF_BODY);
    struct bitmap b = {0};
    (void)argc;
    if (!load(argv[0], &file))
        return 1;
    const struct codec *codec = codec_find(buf_view(&file), NULL);
    bool ok = codec && codec_read(codec, buf_view(&file), 20000, 20000, &b);
    if (ok) {
        struct bitmap small = shrink(&b, number(argv[1]), number(argv[2]));
        pam_write(&small, &out);
        ok = save(argv[3], buf_view(&out));
        bitmap_free(&small);
        bitmap_free(&b);
    }
    buf_free(&file);
    buf_free(&out);
    return ok ? 0 : 1;
}

static int draw_file(int argc, char **argv)
{
    enum { QUALITY = 92 /* as a camera's */ };
    struct buf out = buf_make(BUF_BODY);
    struct bitmap b = bitmap_new(number(argv[2]), number(argv[3]), 3);
    (void)argc;
    bool ok = draw_picture(argv[0], number(argv[1]), argv[4], &b) &&
              (str_ends(str_of(argv[5]), STR(".jpg"))
                   ? jpeg_encode(&b, QUALITY, false, &out)
                   : png_encode(&b, &out)) &&
              save(argv[5], buf_view(&out));
    bitmap_free(&b);
    buf_free(&out);
    return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int least, most; /* arguments */
        int (*run)(int argc, char **argv);
    } verbs[] = {{"decode", 2, 4, decode},
                 {"fit", 3, 100, fit},
                 {"compare", 2, 2, compare_files},
                 {"shrink", 4, 4, shrink_file},
                 {"draw", 6, 6, draw_file}};
    for (size_t i = 0; argc > 1 && i < ARRAY_LEN(verbs); i++)
        if (strcmp(argv[1], verbs[i].name) == 0 && argc - 2 >= verbs[i].least &&
            argc - 2 <= verbs[i].most)
            return verbs[i].run(argc - 2, argv + 2);
    fputs(usage, stderr);
    return 2;
}
