/* base/file: read whole, replaced whole. */
#include "base/file.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct fixture {
    struct arena *arena;
    char *folder;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    f->arena = arena_new();
    f->folder = scratch_make(f->arena);
    return f->folder ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    int failed = scratch_remove(f->folder);
    arena_free(f->arena);
    free(f);
    return failed;
}

static const char *in(struct fixture *f, const char *name)
{
    return file_join(f->arena, f->folder, name);
}

/* Read `path` of n bytes into a buffer that holds max. */
static void check_read(const char *path, size_t n, size_t max)
{
    struct buf b = buf_make(max);
    errno = 0;
    bool ok = file_read(path, &b);
    assert_int_equal(ok, n <= max);
    assert_int_equal(errno, ok ? 0 : EFBIG);
    if (ok) {
        assert_int_equal(b.len, n);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(b.data[i], (char)(i % 251));
    }
    buf_free(&b);
}

/* Sizes about the ceiling and about the pieces that are read at once. */
static void test_read(void **state)
{
    struct fixture *f = *state;
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 200000};
    char *data = calloc(1, 200000);
    for (size_t i = 0; i < 200000; i++)
        data[i] = (char)(i % 251);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t n = sizes[i];
        assert_true(scratch_put(in(f, "data"), data, n));
        check_read(in(f, "data"), n, n);
        check_read(in(f, "data"), n, n + 1);
        check_read(in(f, "data"), n, BUF_BODY);
        if (n)
            check_read(in(f, "data"), n, n - 1);
    }
    free(data);
}

static void test_read_failures(void **state)
{
    struct fixture *f = *state;
    struct buf b = buf_make(1);
    assert_false(file_read(in(f, "absent"), &b));
    assert_int_equal(errno, ENOENT);
    assert_false(file_read(f->folder, &b));
    assert_int_equal(errno, EISDIR);
    assert_true(scratch_write(f->arena, f->folder, "ab", "ab"));
    buf_puts(&b, "too much");
    assert_true(b.failed);
    errno = EINTR; /* must neither be believed nor retried for ever */
    assert_false(file_read(in(f, "ab"), &b));
    assert_int_equal(errno, EFBIG);
    buf_free(&b);
}

static void test_make_dirs(void **state)
{
    struct fixture *f = *state;
    struct stat st;
    assert_true(file_make_dirs(in(f, "a//b/c/")));
    assert_true(file_make_dirs(in(f, "a/b/c")));
    assert_int_equal(stat(in(f, "a/b/c"), &st), 0);
    assert_true(S_ISDIR(st.st_mode));
    assert_true(file_make_dirs("/"));
    assert_true(scratch_write(f->arena, f->folder, "file", ""));
    assert_false(file_make_dirs(in(f, "file")));
    assert_int_equal(errno, ENOTDIR);
    assert_false(file_make_dirs(in(f, "file/below")));
    assert_int_equal(errno, ENOTDIR);
}

static void test_temporary(void **state)
{
    struct fixture *f = *state;
    struct stat st;
    char *before = getenv("TMPDIR");
    char *kept = before ? arena_strdup(f->arena, before) : NULL;
    setenv("TMPDIR", f->folder, 1);
    int fd = file_temporary();
    if (kept)
        setenv("TMPDIR", kept, 1);
    else
        unsetenv("TMPDIR");
    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &st), 0);
    assert_int_equal(st.st_nlink, 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    assert_true(file_write_fd(fd, "abc", 3));
    char back[3];
    assert_int_equal(pread(fd, back, 3, 0), 3);
    assert_memory_equal(back, "abc", 3);
    close(fd);
}

static void check_base_name(const char *path, const char *name)
{
    struct str s = file_base_name(path);
    assert_int_equal(s.n, strlen(name));
    assert_memory_equal(s.p, name, s.n);
}

static void test_names(void **state)
{
    struct fixture *f = *state;
    check_base_name("a/b.xml", "b.xml");
    check_base_name("b.xml", "b.xml");
    check_base_name("/b", "b");
    check_base_name("a/b//", "b");
    check_base_name("/", "/");
    check_base_name("", "");
    assert_string_equal(file_join(f->arena, "a", "b"), "a/b");
    assert_string_equal(file_join(f->arena, "a/", "b"), "a/b");
    const char *beside = file_beside(f->arena, "a/b");
    assert_memory_equal(beside, "a/.feedbind-", 12);
    assert_string_not_equal(beside, file_beside(f->arena, "a/b"));
    assert_memory_equal(file_beside(f->arena, "b"), ".feedbind-", 10);
    char *self = file_program_dir(f->arena);
    assert_non_null(self);
    assert_int_equal(access(file_join(f->arena, self, "test_file"), X_OK), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_read),      TEST(test_read_failures), TEST(test_make_dirs),
        TEST(test_temporary), TEST(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
