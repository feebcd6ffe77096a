/* zip/zip: the archive's bytes, read here as APPNOTE.TXT describes them. */
#include "scratch.h"
#include "zip/zip.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <libdeflate.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

struct fixture {
    struct arena *arena;
    struct spool *spool;
    char *folder, *file;
    struct buf bytes; /* of the archive */
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    f->arena = arena_new();
    f->spool = spool_new();
    f->folder = scratch_make(f->arena);
    if (!f->folder)
        return -1;
    f->file = file_join(f->arena, f->folder, "a.zip");
    f->bytes = buf_make(BUF_BODY);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    int failed = scratch_remove(f->folder);
    spool_free(f->spool);
    buf_free(&f->bytes);
    arena_free(f->arena);
    free(f);
    return failed;
}

/* ---- an archive's records; all numbers are little-endian ---- */

enum { LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50 };
enum { UTF8_FLAG = 0x800, STORED = 0, DEFLATED = 8 };

static uint32_t number(const struct fixture *f, size_t at, size_t bytes)
{
    uint32_t v = 0;
    assert_true(at + bytes <= f->bytes.len);
    for (size_t i = bytes; i-- > 0;)
        v = v << 8 | (unsigned char)f->bytes.data[at + i];
    return v;
}

/* What a local header and a central one have in common: from the version
 * needed to the lengths of name and extra field. */
static void check_common(const struct fixture *f, size_t at,
                         const struct zip_member *m, uint32_t flags)
{
    assert_int_equal(number(f, at + 2, 2) & ~0x6u, flags); /* less: the level */
    assert_int_equal(number(f, at + 4, 2), m->deflated ? DEFLATED : STORED);
    assert_int_equal(number(f, at + 6, 2), 0);    /* 00:00:00 */
    assert_int_equal(number(f, at + 8, 2), 0x21); /* 1980-01-01 */
    assert_int_equal(number(f, at + 10, 4), m->crc);
    assert_int_equal(number(f, at + 14, 4), m->stored.n);
    assert_int_equal(number(f, at + 18, 4), m->size);
    assert_int_equal(number(f, at + 22, 2), strlen(m->name));
    assert_int_equal(number(f, at + 24, 2), 0); /* no extra field */
}

/* Check a member at `at` and that its bytes give `data`; return its end. */
static size_t check_local(const struct fixture *f, size_t at,
                          const struct zip_member *m, const char *data,
                          uint32_t flags)
{
    size_t name = strlen(m->name), body = at + 30 + name;
    assert_int_equal(number(f, at, 4), LOCAL);
    check_common(f, at + 4, m, flags);
    assert_memory_equal(f->bytes.data + at + 30, m->name, name);
    assert_int_equal(libdeflate_crc32(0, data, m->size), m->crc);
    if (!m->deflated) {
        assert_int_equal(m->stored.n, m->size);
        assert_memory_equal(f->bytes.data + body, data, m->size);
        return body + m->size;
    }
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    char *plain = calloc(1, m->size);
    assert_int_equal(libdeflate_deflate_decompress(d, f->bytes.data + body,
                                                   m->stored.n, plain, m->size,
                                                   NULL),
                     LIBDEFLATE_SUCCESS);
    assert_memory_equal(plain, data, m->size);
    free(plain);
    libdeflate_free_decompressor(d);
    return body + m->stored.n;
}

static size_t check_central(const struct fixture *f, size_t at,
                            const struct zip_member *m, size_t local,
                            uint32_t flags)
{
    assert_int_equal(number(f, at, 4), CENTRAL);
    assert_int_equal(number(f, at + 5, 1), 3); /* made on Unix */
    check_common(f, at + 6, m, flags);
    assert_int_equal(number(f, at + 32, 2), 0); /* no comment */
    assert_int_equal(number(f, at + 38, 4), 0100644u << 16);
    assert_int_equal(number(f, at + 42, 4), local);
    return at + 46 + strlen(m->name);
}

static void check_archive(const struct fixture *f, const struct zip_member *m,
                          const char *const *data, size_t count)
{
    size_t local[16], at = 0;
    uint32_t flags[16];
    for (size_t i = 0; i < count; i++) {
        local[i] = at;
        flags[i] = (unsigned char)m[i].name[0] < 0x80 ? 0 : UTF8_FLAG;
        at = check_local(f, at, &m[i], data[i], flags[i]);
    }
    size_t central = at;
    for (size_t i = 0; i < count; i++)
        at = check_central(f, at, &m[i], local[i], flags[i]);
    assert_int_equal(number(f, at, 4), END); /* nothing before it: no zip64 */
    assert_int_equal(number(f, at + 8, 2), count);
    assert_int_equal(number(f, at + 10, 2), count);
    assert_int_equal(number(f, at + 12, 4), at - central);
    assert_int_equal(number(f, at + 16, 4), central);
    assert_int_equal(number(f, at + 20, 2), 0); /* no comment */
    assert_int_equal(f->bytes.len, at + 22);
}

static char *random_bytes(struct arena *a, size_t n)
{
    char *p = arena_alloc(a, n);
    uint32_t x = 1;
    for (size_t i = 0; i < n; i++) {
        x = x * 1664525 + 1013904223;
        p[i] = (char)(x >> 24);
    }
    return p;
}

static void test_bytes(void **state)
{
    struct fixture *f = *state;
    enum { LARGE = 700000 };
    char *text = arena_alloc(f->arena, LARGE);
    for (size_t i = 0; i < LARGE; i++)
        text[i] = "feedbind\n"[i * i % 9];
    char *noise = random_bytes(f->arena, LARGE);
    const char *const data[] = {
        "application/epub+zip", text, noise, "", "x", noise, text};
    struct span put = spool_put(f->spool, noise, LARGE);
    const struct zip_member m[] = {
        zip_compress("mimetype", data[0], 20, false, f->spool),
        zip_compress("OEBPS/text", text, LARGE, true, f->spool),
        zip_compress("no smaller", noise, LARGE, true, f->spool),
        zip_compress("empty", "", 0, true, f->spool),
        zip_compress("one", "x", 1, true, f->spool),
        zip_store("from the spool", put, f->spool),
        zip_compress("\xC3\xA9", text, 1000, true, f->spool),
    };
    assert_true(m[1].deflated && m[1].stored.n < LARGE / 10 && m[6].deflated);
    assert_false(m[0].deflated || m[2].deflated || m[3].deflated ||
                 m[4].deflated || m[5].deflated);
    size_t count = sizeof m / sizeof *m;
    assert_null(
        zip_write(&(struct zip_target){.path = f->file, .replace = false}, m,
                  count, f->spool, f->arena));
    assert_true(file_read(f->file, &f->bytes));
    check_archive(f, m, data, count);
    assert_int_equal(zip_size(m, count), f->bytes.len);
    assert_memory_equal(f->bytes.data + 30, "mimetypeapplication/epub+zip", 28);
}

/* More members than fit into the end record without zip64, and one less. */
static void check_count(struct fixture *f, size_t count, bool zip64)
{
    struct zip_member *m = calloc(count, sizeof *m);
    for (size_t i = 0; i < count; i++)
        m[i] = zip_compress(arena_printf(f->arena, "%zu", i), "", 0, false,
                            f->spool);
    assert_null(
        zip_write(&(struct zip_target){.path = f->file, .replace = true}, m,
                  count, f->spool, f->arena));
    buf_clear(&f->bytes);
    assert_true(file_read(f->file, &f->bytes));
    if (zip64)
        assert_in_range(f->bytes.len, 1, zip_size(m, count));
    else
        assert_int_equal(f->bytes.len, zip_size(m, count));
    assert_int_equal(number(f, f->bytes.len - 22, 4), END);
    assert_int_equal(number(f, f->bytes.len - 42, 4) == 0x07064b50, zip64);
    free(m);
}

static void test_many(void **state)
{
    check_count(*state, 65534, false);
    check_count(*state, 65536, true);
}

/* Pack one member of 3 MB to `path`; the message. */
static const char *pack_to(struct fixture *f, const char *path, bool replace)
{
    enum { SIZE = 3000000 };
    char *noise = random_bytes(f->arena, SIZE);
    struct zip_member m = zip_compress("m", noise, SIZE, false, f->spool);
    return zip_write(&(struct zip_target){.path = path, .replace = replace}, &m,
                     1, f->spool, f->arena);
}

static void test_failures(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(pack_to(f, "/dev/full", true),
                        "/dev/full: cannot be written: "
                        "No space left on device");
    assert_null(pack_to(f, f->file, false));
    assert_string_equal(
        pack_to(f, f->file, false),
        arena_printf(f->arena, "%s: cannot be written: File exists", f->file));
    char *below = file_join(f->arena, f->file, "b.epub");
    assert_string_equal(pack_to(f, below, true),
                        arena_printf(f->arena,
                                     "%s: cannot be written: Not a directory",
                                     below));
}

/* The child's exit status: 0, or the number of the first check that failed. */
static int too_large(struct fixture *f)
{
    struct rlimit limit = {1000000, 1000000};
    struct spool *s = spool_new();
    struct zip_member m[3];
    char *noise = random_bytes(f->arena, 400000);
    signal(SIGXFSZ, SIG_IGN);
    for (int i = 0; i < 3; i++)
        m[i] = zip_compress("abc" + i, noise, 400000, false, s);
    if (!scratch_write(f->arena, f->folder, "a.zip", "old"))
        return 1;
    if (setrlimit(RLIMIT_FSIZE, &limit) < 0 || spool_error(s))
        return 2;
    const char *why =
        zip_write(&(struct zip_target){.path = f->file, .replace = true}, m, 3,
                  s, f->arena);
    if (!why || !strstr(why, ": cannot be written: File too large"))
        return 3;
    if (!file_read(f->file, &f->bytes) || strcmp(f->bytes.data, "old") != 0)
        return 4; /* the old file is not as it was */
    if (unlink(f->file) < 0 || rmdir(f->folder) < 0 ||
        mkdir(f->folder, 0777) < 0)
        return 5;                               /* a temporary is left */
    zip_compress("d", noise, 400000, false, s); /* the spool is full as well */
    why = zip_write(&(struct zip_target){.path = f->file, .replace = true}, m,
                    3, s, f->arena);
    if (!why || strcmp(why, "temporary file: File too large") != 0)
        return 6;
    spool_free(s);
    return 0;
}

static void test_full_disk(void **state)
{
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(too_large(*state));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_bytes),
        TEST(test_many),
        TEST(test_failures),
        TEST(test_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
