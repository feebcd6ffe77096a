/* Workers that die, hang up, lie or are not there: shell scripts in the real
 * one's place, and the real one with pictures of all kinds. */
#include "base/arena.h"
#include "base/file.h"
#include "image/worker.h"
#include "raster/codec.h"

#include "scratch.h"

#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static enum worker_end ask(struct worker_pool *pool, struct str file,
                           struct protocol_reply *reply, struct buf *out)
{
    struct protocol_request request = {
        .op = OP_FIT,
        .fit = {.width = 100, .height = 100, .quality = 80, .slices = 1},
        .max_source_pixels = 1000000};
    buf_clear(out);
    int fd = protocol_file(file);
    enum worker_end end;
    assert_true(fd >= 0);
    request.size = file.n;
    end = worker_do(pool, request, fd, reply, out);
    close(fd);
    return end;
}

/* A folder whose feedbind-image is this script. */
static struct worker_pool *fake(const char *folder, const char *script)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/feedbind-image", folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(script, f);
    fclose(f);
    assert_int_equal(chmod(path, 0755), 0);
    return worker_pool_new(folder, NULL, 2);
}

static void bad_workers_cost_one_picture(void **state)
{
    static const char *const scripts[] = {
        "#!/bin/sh\nexit 3\n",
        "#!/bin/sh\nkill -9 $$\n",
        "#!/bin/sh\necho nonsense >&3\n",
        "#!/bin/sh\nhead -c 824 /dev/zero >&3\n",
    };
    (void)state;
    assert_int_equal(sizeof(struct protocol_reply), 824); /* as above */
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        struct arena *a = arena_new();
        char *folder = scratch_make(a);
        struct worker_pool *pool = fake(folder, scripts[i]);
        struct protocol_reply reply;
        struct buf out = buf_make(BUF_BODY);
        assert_int_equal(ask(pool, STR("x"), &reply, &out), WORKER_DIED);
        assert_int_equal(ask(pool, STR("y"), &reply, &out), WORKER_DIED);
        buf_free(&out);
        worker_pool_free(pool);
        scratch_remove(folder);
        arena_free(a);
    }
}

static void no_worker_is_said(void **state)
{
    struct worker_pool *pool = worker_pool_new("/nonexistent", NULL, 1);
    struct protocol_reply reply;
    struct buf out = buf_make(BUF_BODY);
    (void)state;
    assert_int_equal(ask(pool, STR("x"), &reply, &out), WORKER_ABSENT);
    buf_free(&out);
    worker_pool_free(pool);
}

/* ---- the real one ---- */

static const char *build_folder(void)
{
    const char *build = getenv("BUILD");
    return build ? build : "build";
}

/* Noise, or all of one value. */
static struct buf picture_of(unsigned width, unsigned height, int value)
{
    struct bitmap b = bitmap_new(width, height, 3);
    struct buf file = buf_make(BUF_BODY);
    for (size_t i = 0; i < (size_t)width * height * 3; i++)
        b.pixels[i] =
            (unsigned char)(value < 0 ? i * 7919 % 251 : (size_t)value);
    assert_true(png_encode(&b, &file));
    bitmap_free(&b);
    return file;
}

static struct buf picture(unsigned width, unsigned height)
{
    return picture_of(width, height, -1);
}

static void pictures_are_fitted(void **state)
{
    struct worker_pool *pool = worker_pool_new(build_folder(), NULL, 2);
    struct protocol_reply reply;
    struct buf out = buf_make(BUF_BODY), file = picture(400, 200);
    (void)state;
    assert_int_equal(ask(pool, buf_view(&file), &reply, &out), WORKER_DONE);
    assert_int_equal(reply.result, RESULT_MADE);
    assert_int_equal(reply.pieces, 1);
    assert_int_equal(reply.piece[0].width, 100);
    assert_int_equal(reply.piece[0].height, 50);
    struct raster_header h;
    const struct codec *codec = codec_find(buf_view(&out), NULL);
    assert_non_null(codec);
    assert_true(codec->header(buf_view(&out), &h));
    assert_int_equal(h.width, 100);
    assert_int_equal(h.height, 50);
    buf_free(&out);
    buf_free(&file);
    worker_pool_free(pool);
}

static void what_is_no_picture_is_said(void **state)
{
    static const struct {
        struct str file;
        enum protocol_result result;
    } cases[] = {
        {{"<html>404</html>", 16}, RESULT_NOT_AN_IMAGE},
        {{"", 0}, RESULT_NOT_AN_IMAGE},
        {{"GIF89a;", 7}, RESULT_BROKEN},
        {{"\0\0\0\x18"
          "ftypheic\0\0\0\0mif1heic",
          24},
         RESULT_UNKNOWN_FORMAT},
        {{"\x89PNG\r\n\x1a\n....", 12}, RESULT_BROKEN},
        {{"\xFF\xD8\xFF\xE0", 4}, RESULT_BROKEN},
    };
    struct worker_pool *pool = worker_pool_new(build_folder(), NULL, 1);
    struct protocol_reply reply;
    struct buf out = buf_make(BUF_BODY);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(ask(pool, cases[i].file, &reply, &out), WORKER_DONE);
        assert_int_equal(reply.result, cases[i].result);
    }
    buf_free(&out);
    worker_pool_free(pool);
}

/* feedbind-image passes drawings on; without feedbind-draw they are lost, and
 * nothing else is. */
static void drawings_have_a_program_of_their_own(void **state)
{
    const struct str drawing =
        STR("<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'>"
            "<rect width='30' height='20'/></svg>");
    struct arena *a = arena_new();
    char *folder = scratch_make(a);
    char *real = realpath(build_folder(), NULL);
    struct worker_pool *both = worker_pool_new(real, NULL, 1);
    struct worker_pool *one = worker_pool_new(folder, NULL, 1);
    struct protocol_reply reply;
    struct buf out = buf_make(BUF_BODY), file = picture(40, 20);
    (void)state;
    assert_int_equal(symlink(file_join(a, real, "feedbind-image"),
                             file_join(a, folder, "feedbind-image")),
                     0);
    assert_int_equal(ask(both, drawing, &reply, &out), WORKER_DONE);
    assert_int_equal(reply.result, RESULT_MADE);
    assert_int_equal(reply.source_width, 30);
    assert_int_equal(reply.piece[0].width, 100); /* four times, in the box */
    assert_int_equal(ask(one, drawing, &reply, &out), WORKER_DIED);
    assert_int_equal(ask(one, buf_view(&file), &reply, &out), WORKER_DONE);
    assert_int_equal(reply.result, RESULT_MADE);
    buf_free(&file);
    buf_free(&out);
    worker_pool_free(both);
    worker_pool_free(one);
    scratch_remove(folder);
    free(real);
    arena_free(a);
}

/* A header that promises more pixels than are allowed is not decoded. */
static void bombs_are_refused(void **state)
{
    struct worker_pool *pool = worker_pool_new(build_folder(), NULL, 1);
    struct protocol_reply reply;
    struct buf out = buf_make(BUF_BODY), bomb = picture(4, 4);
    (void)state;
    memcpy(bomb.data + 16, "\0\0\xFF\xFF\0\0\xFF\xFF", 8);
    assert_int_equal(ask(pool, buf_view(&bomb), &reply, &out), WORKER_DONE);
    assert_int_equal(reply.result, RESULT_TOO_LARGE);
    buf_free(&bomb);
    buf_free(&out);
    worker_pool_free(pool);
}

static void what_shows_nothing_is_said(void **state)
{
    static const struct {
        unsigned width, height;
        int value;
        enum protocol_result result;
    } cases[] = {
        {1, 1, -1, RESULT_BLANK},
        {2, 2, -1, RESULT_BLANK},
        {600, 1, -1, RESULT_BLANK},
        {2, 300, 0, RESULT_BLANK},
        {3, 3, -1, RESULT_MADE},
        {30, 20, UCHAR_MAX, RESULT_BLANK},
        {300, 20, UCHAR_MAX, RESULT_BLANK},
        {30, 20, 254, RESULT_MADE},
    };
    struct worker_pool *pool = worker_pool_new(build_folder(), NULL, 1);
    struct protocol_reply reply;
    struct buf out = buf_make(BUF_BODY);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf file =
            picture_of(cases[i].width, cases[i].height, cases[i].value);
        assert_int_equal(ask(pool, buf_view(&file), &reply, &out), WORKER_DONE);
        assert_int_equal(reply.result, cases[i].result);
        buf_free(&file);
    }
    buf_free(&out);
    worker_pool_free(pool);
}

/* As PNG has it (appendix D of its specification). */
static uint32_t crc_of(const unsigned char *p, size_t n)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        crc ^= p[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
    }
    return ~crc;
}

/* An interlaced PNG, which is in memory as a whole, of 30000 x 30000 pixels. */
static struct buf huge(void)
{
    enum { HEADER = 12, HEADER_SIZE = 17, INTERLACE = 28 };
    struct buf file = picture(4, 4);
    unsigned char *p = (unsigned char *)file.data;
    static const unsigned char sides[] = {0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30};
    memcpy(p + 16, sides, sizeof sides);
    p[INTERLACE] = 1;
    uint32_t crc = crc_of(p + HEADER, HEADER_SIZE);
    for (int i = 0; i < 4; i++)
        p[HEADER + HEADER_SIZE + i] = (unsigned char)(crc >> (24 - 8 * i));
    return file;
}

static struct protocol_request request_of(uint64_t size)
{
    return (struct protocol_request){
        .op = OP_FIT,
        .fit = {.width = 100, .height = 100, .quality = 80, .slices = 1},
        .max_source_pixels = UINT64_MAX,
        .size = size};
}

/* The next picture is none the worse. */
static void check_next(struct worker_pool *pool)
{
    struct protocol_reply reply;
    struct buf out = buf_make(BUF_BODY), file = picture(40, 20);
    assert_int_equal(ask(pool, buf_view(&file), &reply, &out), WORKER_DONE);
    assert_int_equal(reply.result, RESULT_MADE);
    assert_string_equal(reply.format, "PNG");
    buf_free(&file);
    buf_free(&out);
}

static void growing_costs_one_picture(void **state)
{
    struct worker_pool *pool = worker_pool_new(build_folder(), NULL, 1);
    struct protocol_reply reply;
    struct buf out = buf_make(BUF_BODY), file = huge();
    int fd = protocol_file(buf_view(&file));
    (void)state;
    enum worker_end end =
        worker_do(pool, request_of(file.len), fd, &reply, &out);
#ifdef __SANITIZE_ADDRESS__ /* it has all the memory that there is */
    if (end == WORKER_DONE)
        assert_int_equal(reply.result, RESULT_BROKEN);
#else
    assert_int_equal(end, WORKER_DIED);
#endif
    check_next(pool);
    close(fd);
    buf_free(&file);
    buf_free(&out);
    worker_pool_free(pool);
}

static void taking_long_costs_one_picture(void **state)
{
    struct worker_pool *pool = worker_pool_new(build_folder(), NULL, 1);
    struct protocol_reply reply;
    struct buf out = buf_make(BUF_BODY), file = picture_of(5000, 4000, 9);
    int fd = protocol_file(buf_view(&file));
    struct protocol_request request = request_of(file.len);
    (void)state;
    request.max_cpu = 10;
    assert_int_equal(worker_do(pool, request, fd, &reply, &out), WORKER_DIED);
    check_next(pool);
    close(fd);
    buf_free(&file);
    buf_free(&out);
    worker_pool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_workers_cost_one_picture),
        cmocka_unit_test(no_worker_is_said),
        cmocka_unit_test(pictures_are_fitted),
        cmocka_unit_test(what_is_no_picture_is_said),
        cmocka_unit_test(drawings_have_a_program_of_their_own),
        cmocka_unit_test(bombs_are_refused),
        cmocka_unit_test(what_shows_nothing_is_said),
        cmocka_unit_test(growing_costs_one_picture),
        cmocka_unit_test(taking_long_costs_one_picture),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
