/* base/output: whole or not there, and never in place of a device. */
#include "base/output.h"
#include "scratch.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

struct fixture {
    struct arena *arena;
    char *folder, *file, *link;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    f->arena = arena_new();
    f->folder = scratch_make(f->arena);
    if (!f->folder)
        return -1;
    f->file = file_join(f->arena, f->folder, "file");
    f->link = file_join(f->arena, f->folder, "link");
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    int failed = scratch_remove(f->folder);
    arena_free(f->arena);
    free(f);
    return failed;
}

static bool write_text(const char *path, bool replace, const char *text)
{
    return output_write(path, replace, text, strlen(text));
}

static void assert_holds(const char *path, const char *text)
{
    struct buf b = buf_make(BUF_LINE);
    assert_true(file_read(path, &b));
    assert_string_equal(b.data, text);
    buf_free(&b);
}

/* How many names are in the folder: temporaries would count. */
static int names_in(const char *folder)
{
    int n = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(dir);
    return n;
}

static mode_t mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 07777;
}

static void test_modes(void **state)
{
    struct fixture *f = *state;
    mode_t mask = umask(027);
    assert_true(write_text(f->file, false, "new"));
    assert_int_equal(mode_of(f->file), 0640);
    assert_int_equal(chmod(f->file, 0604), 0);
    assert_true(write_text(f->file, true, "newer"));
    umask(mask);
    assert_int_equal(mode_of(f->file), 0604);
    assert_holds(f->file, "newer");
    assert_int_equal(names_in(f->folder), 1);
}

static void test_not_replaced(void **state)
{
    struct fixture *f = *state;
    assert_true(write_text(f->file, false, "old"));
    assert_false(write_text(f->file, false, "new"));
    assert_int_equal(errno, EEXIST);
    unlink(f->file);
    struct output *o = output_open(f->file, false);
    assert_non_null(o);
    assert_true(scratch_write(f->arena, f->folder, "file", "meanwhile"));
    assert_false(output_commit(o));
    assert_int_equal(errno, EEXIST);
    assert_holds(f->file, "meanwhile");
    assert_int_equal(names_in(f->folder), 1);
    /* the other way round: what was to be replaced, or not there, changes */
    o = output_open(f->file, true);
    unlink(f->file);
    assert_true(output_commit(o));
    assert_holds(f->file, "");
    unlink(f->file);
    o = output_open(f->file, true);
    assert_true(scratch_write(f->arena, f->folder, "file", "meanwhile"));
    assert_true(output_commit(o));
    assert_holds(f->file, "");
    o = output_open(f->file, true);
    unlink(f->file);
    assert_int_equal(mkdir(f->file, 0700), 0);
    assert_false(output_commit(o));
    assert_int_equal(errno, EISDIR);
    assert_int_equal(names_in(f->folder), 1);
}

static void test_abandoned(void **state)
{
    struct fixture *f = *state;
    assert_true(write_text(f->file, true, "old"));
    struct output *o = output_open(f->file, true);
    assert_true(file_write_fd(output_fd(o), "half", 4));
    assert_holds(f->file, "old");
    output_abandon(o);
    output_abandon(NULL);
    assert_holds(f->file, "old");
    assert_int_equal(names_in(f->folder), 1);
}

static void test_links(void **state)
{
    struct fixture *f = *state;
    struct stat st;
    char *deep = file_join(f->arena, f->folder, "sub/link");
    assert_int_equal(symlink("sub/link", f->link), 0);
    assert_false(write_text(f->link, true, "x")); /* into no folder */
    assert_int_equal(errno, ENOENT);
    assert_true(file_make_dirs(file_join(f->arena, f->folder, "sub")));
    assert_int_equal(symlink("../file", deep), 0);
    assert_true(write_text(f->link, true, "made")); /* dangling */
    assert_holds(f->file, "made");
    assert_true(write_text(f->link, true, "replaced"));
    assert_holds(f->file, "replaced");
    assert_int_equal(lstat(f->link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(lstat(deep, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(names_in(f->folder), 3);
    unlink(f->link);
    assert_int_equal(symlink("link", f->link), 0);
    assert_false(write_text(f->link, true, "x"));
    assert_int_equal(errno, ELOOP);
}

static void test_devices(void **state)
{
    struct fixture *f = *state;
    struct stat before, after;
    assert_int_equal(stat("/dev/null", &before), 0);
    assert_true(write_text("/dev/null", false, "x"));
    assert_int_equal(symlink("/dev/null", f->link), 0);
    assert_true(write_text(f->link, true, "x"));
    assert_int_equal(stat("/dev/null", &after), 0);
    assert_true(S_ISCHR(after.st_mode));
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(before.st_mode, after.st_mode);
    assert_false(write_text("/dev/full", true, "x"));
    assert_int_equal(errno, ENOSPC);
    assert_int_equal(names_in(f->folder), 1);
}

static void test_fifo(void **state)
{
    struct fixture *f = *state;
    char back[8] = "";
    struct stat st;
    assert_int_equal(mkfifo(f->file, 0600), 0);
    int reader = open(f->file, O_RDONLY | O_NONBLOCK);
    assert_true(write_text(f->file, true, "through"));
    assert_int_equal(read(reader, back, sizeof back), 7);
    assert_string_equal(back, "through");
    assert_int_equal(stat(f->file, &st), 0);
    assert_true(S_ISFIFO(st.st_mode));
    struct output *o = output_open(f->file, true);
    assert_non_null(o);
    assert_true(file_write_fd(output_fd(o), "x", 1));
    close(reader);
    signal(SIGPIPE, SIG_IGN); /* as main does */
    assert_false(output_commit(o));
    assert_int_equal(errno, EPIPE);
}

static void test_bad_paths(void **state)
{
    struct fixture *f = *state;
    assert_false(write_text(f->folder, true, "x"));
    assert_int_equal(errno, EISDIR);
    assert_false(write_text("", true, "x"));
    assert_int_equal(errno, ENOENT);
    assert_true(write_text(f->file, true, "x"));
    assert_false(write_text(file_join(f->arena, f->file, "below"), true, "x"));
    assert_int_equal(errno, ENOTDIR);
    assert_false(write_text(f->link, true, "x") &&
                 write_text(file_join(f->arena, f->link, "below"), true, "x"));
    assert_int_equal(names_in(f->folder), 2);
}

/* Another name of an open file, such as /dev/stdout. */
static void test_proc_link(void **state)
{
    struct fixture *f = *state;
    char back[8] = "", path[32];
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
    assert_true(write_text(path, true, "piped"));
    assert_int_equal(read(ends[0], back, sizeof back), 5);
    close(ends[0]);
    close(ends[1]);
    /* a removed file has no folder to put a new one in */
    assert_true(write_text(f->file, true, "longer than that"));
    int fd = open(f->file, O_RDWR);
    unlink(f->file);
    snprintf(path, sizeof path, "/dev/fd/%d", fd);
    assert_true(write_text(path, true, "removed"));
    assert_int_equal(pread(fd, back, sizeof back, 0), 7);
    assert_memory_equal(back, "removed", 7);
    close(fd);
    assert_int_equal(names_in(f->folder), 0);
}

/* What a killed program leaves: nothing, where files can be nameless. */
static void test_killed(void **state)
{
    struct fixture *f = *state;
    int status, probe = open(f->folder, O_TMPFILE | O_RDWR, 0600);
    if (probe < 0) {
        print_message("the file system has no O_TMPFILE\n");
        skip();
    }
    close(probe);
    pid_t child = fork();
    if (child == 0) {
        struct output *o = output_open(f->file, true);
        if (o && file_write_fd(output_fd(o), "half", 4))
            raise(SIGKILL);
        _exit(1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(names_in(f->folder), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_modes),     TEST(test_not_replaced), TEST(test_abandoned),
        TEST(test_links),     TEST(test_devices),      TEST(test_fifo),
        TEST(test_bad_paths), TEST(test_proc_link),    TEST(test_killed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
