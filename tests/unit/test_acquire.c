/* What is wanted, where it is got from, and what is asked of the downloader:
 * a script in its place notes what it was told, and says what the test
 * wants. */

#include "image/image_int.h"
#include "image/protocol.h"
#include "net/store.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { REFS = 6 };

struct fixture {
    struct arena *arena;
    char *folder;
    struct diag *diag;
    struct spool *spool;
    struct feed feed;
    struct entry entries[2];
    struct image_ref refs[2][REFS];
    struct article articles[2];
    struct article *list[2];
    struct image_policy policy;
    struct image_set *set;
};

static void add_ref(struct fixture *f, int article, const char *url)
{
    struct article *a = &f->articles[article];
    a->images[a->image_count++] = (struct image_ref){.url = url, .alt = ""};
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    f->folder = scratch_make(f->arena);
    f->diag = diag_new();
    f->spool = spool_new();
    f->feed.file = "feed.xml";
    for (int i = 0; i < 2; i++) {
        f->entries[i] = (struct entry){.feed = &f->feed, .line = 10};
        f->articles[i].entry = &f->entries[i];
        f->articles[i].title = i ? "Second" : "First";
        f->articles[i].images = f->refs[i];
        f->list[i] = &f->articles[i];
    }
    f->entries[0].link = "https://a.org/first";
    f->policy = (struct image_policy){
        .cache = file_join(f->arena, f->folder, "store"),
        .workers = f->folder,
        .fetch = {.max_bytes = 1000},
    };
    *state = f;
    return f->folder ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    int status = scratch_remove(f->folder);
    image_set_free(f->set);
    spool_free(f->spool);
    diag_free(f->diag);
    arena_free(f->arena);
    free(f);
    return status;
}

static void collect(struct fixture *f)
{
    image_set_free(f->set);
    f->set = image_collect(f->list, 2, NULL);
}

/* Let the store know of a URL. */
static void keep_body(struct fixture *f, const char *url,
                      enum store_class ended, int64_t age, const char *body)
{
    struct store *s = store_open(f->policy.cache);
    struct store_record r = {.ended = ended, .asked = time(NULL) - age};
    if (ended == STORE_SAVED) {
        struct store_writer *w = store_begin(s);
        assert_true(store_write(w, body, strlen(body)));
        assert_true(store_commit(w, url, &r));
    } else {
        assert_true(store_keep(s, url, &r));
    }
    store_close(s);
}

static void keep(struct fixture *f, const char *url, enum store_class ended,
                 int64_t age)
{
    keep_body(f, url, ended, age, "stored");
}

static void check(struct fixture *f, size_t number, enum image_fault fault,
                  const char *bytes)
{
    struct buf b = buf_make(BUF_MEMBER);
    struct saved saved = {-1, 0};
    image_sources(f->set, &f->policy, f->diag);
    assert_int_equal(
        image_acquire(f->set, &f->policy, f->spool, number, &saved), fault);
    if (fault == IMAGE_OK) {
        assert_true(protocol_read(saved.fd, saved.size, &b));
        close(saved.fd);
    }
    assert_string_equal(b.data, bytes);
    buf_free(&b);
}

static void test_collect(void **state)
{
    struct fixture *f = *state;
    const char *const *urls;
    add_ref(f, 0, "https://a.org/z.png");
    add_ref(f, 0, NULL);
    add_ref(f, 0, "https://a.org/a.svg#one");
    add_ref(f, 1, "https://a.org/a.svg#two");
    add_ref(f, 1, "https://a.org/m.png");
    add_ref(f, 1, "https://a.org/z.png");
    add_ref(f, 1, NULL);
    collect(f);
    assert_int_equal(image_set_urls(f->set, &urls), 3);
    assert_string_equal(urls[0], "https://a.org/z.png");
    assert_string_equal(urls[1], "https://a.org/a.svg");
    assert_string_equal(urls[2], "https://a.org/m.png");
    const size_t numbers[] = {0, 1, 2, 2, 3, 0, 4};
    assert_int_equal(f->set->wanted_count, 5);
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(f->set->refs[i], numbers[i]);
    assert_int_equal(f->set->first[1], 3);
    assert_int_equal(f->set->first[2], 7);
    assert_string_equal(f->set->wanted[2].place.article, "First");
    assert_string_equal(f->set->wanted[2].referer, "https://a.org/first");
    assert_null(f->set->wanted[3].referer);
}

/* A picture may be missing if it may wherever it is used. */
static void test_optional(void **state)
{
    struct fixture *f = *state;
    add_ref(f, 0, "https://a.org/one.png");
    add_ref(f, 0, "https://a.org/two.png");
    add_ref(f, 1, "https://a.org/one.png");
    add_ref(f, 1, "https://a.org/two.png");
    f->refs[0][0].optional = f->refs[0][1].optional = true;
    f->refs[1][1].optional = true;
    collect(f);
    assert_false(f->set->wanted[0].optional);
    assert_true(f->set->wanted[1].optional);
}

static void test_nothing(void **state)
{
    struct fixture *f = *state;
    const char *const *urls;
    collect(f);
    assert_int_equal(image_set_urls(f->set, &urls), 0);
    image_fetch(f->set, &f->policy, f->diag); /* no downloader is there */
    assert_int_equal(diag_count(f->diag, DIAG_ERROR), 0);
}

static void test_order_of_sources(void **state)
{
    struct fixture *f = *state;
    const char *folders[] = {file_join(f->arena, f->folder, "one"),
                             file_join(f->arena, f->folder, "two")};
    scratch_write(f->arena, f->folder, "one/a.org/x.png", "one");
    scratch_write(f->arena, f->folder, "two/a.org/x.png", "two");
    scratch_write(f->arena, f->folder, "two/a.org/y.png", "two");
    f->policy.folders = folders;
    f->policy.folder_count = 2;
    add_ref(f, 0, "https://a.org/x.png");
    add_ref(f, 0, "https://a.org/y.png");
    add_ref(f, 0, "https://a.org/z.png");
    add_ref(f, 0, NULL);
    f->refs[0][3].data = spool_put(f->spool, "data", 4);
    add_ref(f, 0, NULL);
    collect(f);
    keep(f, "https://a.org/y.png", STORE_SAVED, 0);
    keep(f, "https://a.org/z.png", STORE_SAVED, 0);
    check(f, 0, IMAGE_OK, "one");
    check(f, 1, IMAGE_OK, "two");
    check(f, 2, IMAGE_OK, "stored");
    check(f, 3, IMAGE_OK, "data");
    check(f, 4, IMAGE_BROKEN, "");
    f->policy.fetch.max_bytes = 3;
    check(f, 0, IMAGE_OK, "one");
    check(f, 2, IMAGE_TOO_LARGE, "");
    check(f, 3, IMAGE_TOO_LARGE, "");
    f->policy.fetch.max_bytes = 2;
    check(f, 0, IMAGE_TOO_LARGE, "");
}

static void test_faults(void **state)
{
    static const enum image_fault faults[] = {
        IMAGE_OK,          IMAGE_NOT_FOUND, IMAGE_REFUSED,
        IMAGE_UNREACHABLE, IMAGE_TOO_LARGE, IMAGE_NOT_AN_IMAGE,
    };
    struct fixture *f = *state;
    add_ref(f, 0, "https://a.org/x.png");
    collect(f);
    f->policy.offline = true;
    check(f, 0, IMAGE_NOT_SAVED, "");
    f->policy.offline = false;
    check(f, 0, IMAGE_UNREACHABLE, "");
    for (int i = 1; i < STORE_CLASS_COUNT; i++) {
        keep(f, "https://a.org/x.png", (enum store_class)i, 0);
        collect(f);
        for (int offline = 0; offline < 2; offline++) {
            f->policy.offline = offline;
            check(f, 0, faults[i], "");
        }
    }
}

/* A run works on what it saw first, and on what it got itself, whatever other
 * runs do. */
static void test_what_was_seen(void **state)
{
    struct fixture *f = *state;
    add_ref(f, 0, "https://a.org/x.png");
    add_ref(f, 0, "https://a.org/y.png");
    add_ref(f, 0, "https://a.org/z.png");
    keep(f, "https://a.org/x.png", STORE_SAVED, 0);
    keep(f, "https://a.org/y.png", STORE_NOT_FOUND, 0);
    collect(f);
    image_sources(f->set, &f->policy, f->diag);
    for (int name = 'x'; name <= 'z'; name++)
        keep_body(f, arena_printf(f->arena, "https://a.org/%c.png", name),
                  STORE_SAVED, 0, "another");
    check(f, 0, IMAGE_OK, "stored");
    check(f, 1, IMAGE_NOT_FOUND, "");
    check(f, 2, IMAGE_UNREACHABLE, "");
    image_look_again(f->set, 2);
    keep_body(f, "https://a.org/z.png", STORE_SAVED, 0, "a third");
    check(f, 2, IMAGE_OK, "another");
    collect(f);
    check(f, 0, IMAGE_OK, "another");
    check(f, 2, IMAGE_OK, "a third");
}

static void test_no_store(void **state)
{
    struct fixture *f = *state;
    f->policy.cache = NULL;
    add_ref(f, 0, "https://a.org/x.png");
    collect(f);
    image_fetch(f->set, &f->policy, f->diag);
    assert_int_equal(diag_count(f->diag, DIAG_ERROR), 1);
    check(f, 0, IMAGE_UNREACHABLE, "");
}

/* Put a script in the downloader's place; it copies what it reads to "told",
 * then runs `commands`. */
static void script(struct fixture *f, const char *commands)
{
    char *text = arena_printf(f->arena, "#!/bin/sh\ncat > %s/told\n%s\n",
                              f->folder, commands);
    assert_true(scratch_write(f->arena, f->folder, "feedbind-fetch", text));
    assert_int_equal(
        chmod(file_join(f->arena, f->folder, "feedbind-fetch"), 0700), 0);
}

static void check_told(struct fixture *f, const char *text)
{
    struct buf b = buf_make(BUF_LINE);
    char *path = file_join(f->arena, f->folder, "told");
    file_read(path, &b);
    assert_string_equal(b.data, text);
    buf_free(&b);
    remove(path);
}

static void test_what_is_asked(void **state)
{
    struct fixture *f = *state;
    script(f, "");
    add_ref(f, 0, "https://a.org/new");
    add_ref(f, 0, "https://a.org/saved");
    add_ref(f, 0, "https://a.org/gone");
    add_ref(f, 0, "https://a.org/gone-long");
    add_ref(f, 1, "https://a.org/down");
    add_ref(f, 1, "https://a.org/down-long");
    keep(f, "https://a.org/saved", STORE_SAVED, 1000000);
    keep(f, "https://a.org/gone", STORE_NOT_FOUND, 86000);
    keep(f, "https://a.org/gone-long", STORE_NOT_FOUND, 87000);
    keep(f, "https://a.org/down", STORE_UNREACHABLE, 86000);
    keep(f, "https://a.org/down-long", STORE_UNREACHABLE, 87000);
    collect(f);
    image_fetch(f->set, &f->policy, f->diag);
    check_told(f, "https://a.org/new\thttps://a.org/first\n"
                  "https://a.org/gone-long\thttps://a.org/first\n"
                  "https://a.org/down-long\t\n");
    f->policy.offline = true;
    image_fetch(f->set, &f->policy, f->diag);
    check_told(f, "");
    f->policy.offline = false;
    f->policy.refresh = true;
    f->articles[1].image_count = 0;
    collect(f);
    image_fetch(f->set, &f->policy, f->diag);
    check_told(f, "https://a.org/new\thttps://a.org/first\n"
                  "https://a.org/saved\thttps://a.org/first\n"
                  "https://a.org/gone\thttps://a.org/first\n"
                  "https://a.org/gone-long\thttps://a.org/first\n");
    assert_int_equal(diag_count(f->diag, DIAG_ERROR), 0);
}

/* Details come in the order of the pictures; nonsense is not believed. */
static void test_what_it_says(void **state)
{
    struct fixture *f = *state;
    char *text = NULL;
    size_t n = 0;
    add_ref(f, 0, "https://a.org/0");
    add_ref(f, 0, "https://a.org/1");
    collect(f);
    script(f, "echo done 1 refused 0 HTTP 403\n"
              "echo done 7 refused 0 x; echo done; echo progress; echo\n"
              "echo done 1 saved 0 twice; echo progress 99999999999999999999\n"
              "echo done 0 not-found 0 HTTP 404");
    image_fetch(f->set, &f->policy, f->diag);
    FILE *out = open_memstream(&text, &n);
    diag_print(f->diag, out, DIAG_VERBOSE);
    fclose(out);
    char *first = strstr(text, "HTTP 404: https://a.org/0");
    char *second = strstr(text, "HTTP 403: https://a.org/1");
    assert_true(first && second && first < second);
    assert_int_equal(diag_count(f->diag, DIAG_NOTE), 2);
    free(text);
}

static void test_how_it_fails(void **state)
{
    static const char *const failures[] = {"echo fail 28; exit 1", "exit 3",
                                           "kill -9 $$"};
    struct fixture *f = *state;
    add_ref(f, 0, "https://a.org/0");
    collect(f);
    for (size_t i = 0; i < 3; i++) {
        script(f, failures[i]);
        image_fetch(f->set, &f->policy, f->diag);
        assert_int_equal(diag_count(f->diag, DIAG_ERROR), i + 1);
    }
    remove(file_join(f->arena, f->folder, "feedbind-fetch"));
    image_fetch(f->set, &f->policy, f->diag);
    assert_int_equal(diag_count(f->diag, DIAG_ERROR), 4);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_collect),          TEST(test_optional),
        TEST(test_nothing),          TEST(test_faults),
        TEST(test_order_of_sources), TEST(test_no_store),
        TEST(test_what_is_asked),    TEST(test_what_it_says),
        TEST(test_how_it_fails),     TEST(test_what_was_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
