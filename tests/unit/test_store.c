/* The store: what is kept is found again, and what was damaged is missing. */

#include "base/file.h"
#include "net/store.h"
#include "scratch.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define URL "https://example.org/a.png?b=c"

struct fixture {
    char *folder;
    struct store *store;
    struct arena *arena;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    f->arena = arena_new();
    f->folder = scratch_make(f->arena);
    if (!f->folder)
        return -1;
    f->store = store_open(f->folder);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    int status = scratch_remove(f->folder);
    store_close(f->store);
    arena_free(f->arena);
    free(f);
    return status;
}

static void save(struct fixture *f, const char *url, const char *text,
                 struct store_record *r)
{
    struct store_writer *w = store_begin(f->store);
    assert_non_null(w);
    assert_true(store_write(w, text, 1));
    assert_true(store_write(w, text + 1, strlen(text) - 1));
    assert_true(store_commit(w, url, r));
}

static char *index_path(struct fixture *f)
{
    struct hex h = hash_bytes(STR(URL));
    return arena_printf(f->arena, "%s/index/%.2s/%s", f->folder, h.text,
                        h.text + 2);
}

static char *body_path(struct fixture *f, const struct store_record *r)
{
    return arena_printf(f->arena, "%s/bodies/%.2s/%s", f->folder, r->body.text,
                        r->body.text + 2);
}

static void check_body(struct fixture *f, const struct store_record *r,
                       const char *text)
{
    struct buf body = buf_make(BUF_BODY);
    int fd = store_body(f->store, r);
    assert_true(file_read_fd(fd, &body));
    close(fd);
    assert_string_equal(body.data, text);
    buf_free(&body);
}

static void test_saved(void **state)
{
    struct fixture *f = *state;
    struct store_record r = {.asked = 1234,
                             .etag = "\"x: y\"",
                             .type = "image/png\r\nclass: refused"};
    struct store_record found;
    assert_false(store_find(f->store, URL, f->arena, &found));
    save(f, URL, "picture", &r);
    assert_true(store_find(f->store, URL, f->arena, &found));
    assert_int_equal(found.ended, STORE_SAVED);
    assert_int_equal(found.asked, 1234);
    assert_int_equal(found.size, 7);
    assert_string_equal(found.etag, "\"x: y\"");
    assert_null(found.last_modified);
    assert_null(found.type); /* it would have been a second line */
    check_body(f, &found, "picture");
    assert_false(store_find(f->store, URL "#", f->arena, &found));
}

static void test_failures(void **state)
{
    struct fixture *f = *state;
    for (int i = 1; i < STORE_CLASS_COUNT; i++) {
        struct store_record found;
        struct store_record r = {.ended = (enum store_class)i, .asked = i};
        assert_true(store_keep(f->store, URL, &r));
        assert_true(store_find(f->store, URL, f->arena, &found));
        assert_int_equal(found.ended, i);
        assert_int_equal(found.asked, i);
    }
}

static void test_damaged_body(void **state)
{
    struct fixture *f = *state;
    struct store_record r = {0}, found;
    save(f, URL, "picture", &r);
    assert_int_equal(truncate(body_path(f, &r), 3), 0);
    assert_false(store_find(f->store, URL, f->arena, &found));
    save(f, URL, "picture", &r); /* the next run mends it */
    assert_true(store_find(f->store, URL, f->arena, &found));
    assert_int_equal(unlink(body_path(f, &r)), 0);
    assert_false(store_find(f->store, URL, f->arena, &found));
}

/* Each of these instead of a record of URL is nothing. */
static void test_damaged_records(void **state)
{
    static const char *const records[] = {
        "",
        "feedbind store 2\nurl: " URL "\nclass: refused\nasked: 1\n",
        "feedbind store 1\nurl: " URL "\nclass: refused\n",
        "feedbind store 1\nurl: " URL "\nclass: refused\nasked: 1",
        "feedbind store 1\nurl: " URL "\nclass: refused\nasked: -1\n",
        "feedbind store 1\nurl: " URL "\nclass: lost\nasked: 1\n",
        "feedbind store 1\nurl: " URL "2\nclass: refused\nasked: 1\n",
        "feedbind store 1\nclass: refused\nasked: 1\n",
        "feedbind store 1\nurl: " URL "\nclass: saved\nasked: 1\nsize: 0\n",
        "feedbind store 1\nurl: " URL "\nclass: saved\nasked: 1\nsize: 9\n"
        "body: ../../../../../../../../../../../../../../../../../etc/passwd"
        "\n",
        "feedbind store 1\nurl: " URL "\nclass: refused\nasked: "
        "99999999999999999999\n",
    };
    static const char good[] =
        "feedbind store 1\nurl: " URL "\nclass: refused\nasked: 1\nnew: x\n";
    struct fixture *f = *state;
    struct store_record r = {.ended = STORE_REFUSED};
    assert_true(store_keep(f->store, URL, &r));
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        assert_true(scratch_put(index_path(f), records[i], strlen(records[i])));
        if (store_find(f->store, URL, f->arena, &r))
            fail_msg("record %zu was believed", i);
    }
    assert_true(scratch_put(index_path(f), good, strlen(good)));
    assert_true(store_find(f->store, URL, f->arena, &r));
}

static void test_abandoned(void **state)
{
    struct fixture *f = *state;
    struct store_writer *a = store_begin(f->store);
    struct store_writer *b = store_begin(f->store);
    struct store_record r = {0}, found;
    assert_true(store_write(a, "one", 3));
    assert_true(store_write(b, "two", 3));
    store_abandon(a);
    assert_false(store_find(f->store, URL, f->arena, &found));
    assert_true(store_commit(b, URL, &r));
    assert_true(store_find(f->store, URL, f->arena, &found));
    /* Only an empty folder can be removed. */
    assert_int_equal(rmdir(arena_printf(f->arena, "%s/partial", f->folder)), 0);
}

/* A writer that pauses holds no file open, and goes on where it was. */
static void test_paused(void **state)
{
    struct fixture *f = *state;
    struct store_record r = {0};
    int free_fd = dup(0);
    close(free_fd);
    struct store_writer *w = store_begin(f->store);
    assert_true(store_write(w, "pic", 3));
    assert_true(store_pause(w));
    assert_true(store_pause(w));
    int fd = dup(0);
    assert_int_equal(fd, free_fd);
    close(fd);
    assert_true(store_write(w, "ture", 4));
    assert_true(store_pause(w));
    assert_true(store_commit(w, URL, &r));
    check_body(f, &r, "picture");
    w = store_begin(f->store);
    assert_true(store_write(w, "something else", 14));
    assert_true(store_pause(w));
    assert_true(store_rewind(w));
    assert_true(store_write(w, "new", 3));
    assert_true(store_commit(w, URL, &r));
    check_body(f, &r, "new");
}

/* What cannot be put in its place leaves nothing behind. */
static void test_in_the_way(void **state)
{
    struct fixture *f = *state;
    struct store_record r = {.ended = STORE_REFUSED}, found;
    assert_true(scratch_write(f->arena, f->folder, "index", "a file"));
    assert_false(store_keep(f->store, URL, &r));
    assert_int_equal(errno, ENOTDIR);
    assert_false(store_find(f->store, URL, f->arena, &found));
    assert_int_equal(rmdir(arena_printf(f->arena, "%s/partial", f->folder)), 0);
}

static void test_body_of_another_size(void **state)
{
    struct fixture *f = *state;
    struct store_record r = {0};
    save(f, URL, "picture", &r);
    r.size++;
    assert_int_equal(store_body(f->store, &r), -1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_saved),        TEST(test_failures),
        TEST(test_damaged_body), TEST(test_damaged_records),
        TEST(test_abandoned),    TEST(test_body_of_another_size),
        TEST(test_paused),       TEST(test_in_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
