/* Saved pictures found by URL: a map, a wget tree, a browser's page. */

#include "net/folder.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    char *folder;
    struct arena *arena;
    struct diag *diag;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    f->arena = arena_new();
    f->folder = scratch_make(f->arena);
    if (!f->folder)
        return -1;
    f->diag = diag_new();
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    int status = scratch_remove(f->folder);
    arena_free(f->arena);
    diag_free(f->diag);
    free(f);
    return status;
}

static void put(struct fixture *f, const char *path, const char *text)
{
    assert_true(scratch_write(f->arena, f->folder, path, text));
}

struct lookup {
    const char *url, *path; /* NULL: not found */
};

static void look_up(struct fixture *f, const struct lookup *lookups,
                    size_t count)
{
    struct folder *folder = folder_open(f->folder, f->diag);
    assert_non_null(folder);
    for (size_t i = 0; i < count; i++) {
        bool ambiguous;
        const char *found =
            folder_find(folder, lookups[i].url, f->arena, &ambiguous);
        const char *path = found ? found + strlen(f->folder) + 1 : "nothing";
        const char *want = lookups[i].path ? lookups[i].path : "nothing";
        if (strcmp(path, want) != 0)
            fail_msg("%s: %s, wanted %s", lookups[i].url, path, want);
    }
    folder_close(folder);
}

#define LOOK_UP(f, lookups)                                                    \
    look_up(f, lookups, sizeof(lookups) / sizeof *(lookups))

static void test_wget(void **state)
{
    static const char *const files[] = {
        "a.org/x/photo.jpg",        "a.org/img?w=1&u=b%2Fc",
        "a.org/img@w=2&t=1%3A2",    "a.org/na me.png",
        "a.org/kept%20as%20is.png", "a.org/index.html",
        "a.org/dir/index.html?q",   "a.org:8080/p.png",
        "a.org+81/p.png",           "a.org/\xC3\xA4.png",
        "a.org/%C3%9F-\xC3%9F.png", "a.org/e%3Af.png",
        "a.org/two/slashes.png",    "a.org/low/%2fer.png?a=b",
        "a.org/%C3%9F \x7F.png",    "a.org/%C3%9F %7F.png",
        "a.org/U/PPER.PNG",
    };
    static const struct lookup lookups[] = {
        {"https://a.org/x/photo.jpg", "a.org/x/photo.jpg"},
        {"http://a.org/x/photo.jpg", "a.org/x/photo.jpg"},
        {"http://b.org/x/photo.jpg", NULL},
        {"https://a.org/img?w=1&u=b%2Fc", "a.org/img?w=1&u=b%2Fc"},
        {"https://a.org/img?w=2&t=1:2", "a.org/img@w=2&t=1%3A2"},
        {"https://a.org/img?w=3", NULL},
        {"https://a.org/na%20me.png", "a.org/na me.png"},
        {"https://a.org/kept%20as%20is.png", "a.org/kept%20as%20is.png"},
        {"https://a.org/", "a.org/index.html"},
        {"https://a.org/dir/?q", "a.org/dir/index.html?q"},
        {"https://a.org:8080/p.png", "a.org:8080/p.png"},
        {"https://a.org:81/p.png", "a.org+81/p.png"},
        {"https://a.org/p.png", NULL},
        {"https://a.org/%C3%A4.png", "a.org/\xC3\xA4.png"},
        {"https://a.org/e:f.png", "a.org/e%3Af.png"},
        {"https://a.org//two//slashes.png", "a.org/two/slashes.png"},
        {"https://a.org/LOW/%2FER.png?A=b", "a.org/low/%2fer.png?a=b"},
        {"https://a.org/%C3%9F%20%7F.png", "a.org/%C3%9F %7F.png"},
        {"https://a.org/u/pper.png", "a.org/U/PPER.PNG"},
        {"https://a.org/..%2F..%2Fetc", NULL},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        put(f, files[i], "x");
    LOOK_UP(f, lookups);
    assert_int_equal(diag_count(f->diag, DIAG_WARNING), 0);
}

/* wget encodes bytes 80 to 9F, which are parts of letters in UTF-8. */
static void test_wget_high_bytes(void **state)
{
    static const struct lookup lookups[] = {
        {"https://a.org/%C3%9F.png", "a.org/\xC3%9F.png"}};
    struct fixture *f = *state;
    put(f, "a.org/\xC3%9F.png", "x");
    LOOK_UP(f, lookups);
}

/* wget cuts long names, of folders and of files with their query. */
static void test_wget_long(void **state)
{
    struct fixture *f = *state;
    char x[301], cut[237];
    memset(x, 'x', 300);
    memset(cut, 'x', 236);
    x[300] = cut[236] = '\0';
    const char *file = arena_printf(f->arena, "a.org/%s/a?%.234s", cut, cut);
    const struct lookup lookups[] = {
        {arena_printf(f->arena, "https://a.org/%s/a?%s", x, x), file},
        {arena_printf(f->arena, "https://a.org/%s/a?%.233s", x, x), NULL},
        {arena_printf(f->arena, "https://a.org/%.236s/a?%.234s", x, x), file},
        {arena_printf(f->arena, "https://a.org/%.235s/a?%s", x, x), NULL},
    };
    put(f, file, "x");
    LOOK_UP(f, lookups);
}

/* A browser numbers the second picture of a name: which is which, nobody
 * knows. */
static void test_twins(void **state)
{
    static const struct lookup lookups[] = {
        {"https://a.org/x/photo.jpg", NULL},
        {"https://a.org/y/cat.jpg", NULL},
        {"https://a.org/image", NULL},
        {"https://a.org/photo(1).jpg", "page_files/photo(1).jpg"},
        {"https://a.org/dog.jpg", "page_files/dog.jpg"},
    };
    static const char *const files[] = {
        "photo.jpg", "photo(1).jpg", "cat.jpg", "cat_002.jpg",
        "image",     "image(1)",     "dog.jpg", "dog(2).jpg"};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        put(f, file_join(f->arena, "page_files", files[i]), "x");
    LOOK_UP(f, lookups);
}

static void test_page(void **state)
{
    static const struct lookup lookups[] = {
        {"https://a.org/x/photo.jpg?w=600", "My page_files/photo.jpg"},
        {"https://b.org/my%20cat.png", "My page_files/my cat.png"},
        {"https://b.org/twice.png", NULL},
        {"https://b.org/other.png", NULL},
        {"https://b.org/", NULL},
        {"https://b.org/a%00b", NULL},
        {"https://b.org/Photo.jpg", NULL},
    };
    struct fixture *f = *state;
    put(f, "My page.html", "x");
    put(f, "My page_files/photo.jpg", "x");
    put(f, "My page_files/my cat.png", "x");
    put(f, "My page_files/twice.png", "x");
    put(f, "Second page_files/twice.png", "x");
    put(f, "c.org/other.png", "x"); /* wget's, of another host */
    LOOK_UP(f, lookups);
    bool ambiguous;
    struct folder *folder = folder_open(f->folder, f->diag);
    folder_find(folder, lookups[2].url, f->arena, &ambiguous);
    assert_true(ambiguous);
    folder_find(folder, lookups[3].url, f->arena, &ambiguous);
    assert_false(ambiguous);
    folder_close(folder);
}

static void test_map(void **state)
{
    static const struct lookup lookups[] = {
        {"https://a.org/1", "pictures/one.png"},
        {"https://a.org/a%20b", "pictures/two.png"},
        {"https://a.org/missing", NULL},
        {"https://a.org/up", NULL},
        {"https://a.org/root", NULL},
        {"https://a.org/twice", "pictures/one.png"},
        {"https://a.org/photo.png", "pictures/one.png"},
    };
    struct fixture *f = *state;
    put(f, "pictures/one.png", "x");
    put(f, "pictures/two.png", "x");
    put(f, "photo.png", "x");
    put(f, "map.tsv",
        "HTTPS://a.org/1\t./pictures/one.png\r\n"
        "\n"
        "https://a.org/a b\tpictures/two.png\n"
        "https://a.org/missing\tpictures/three.png\n"
        "https://a.org/up\tpictures/../../etc/passwd\n"
        "https://a.org/root\t/etc/passwd\n"
        "https://a.org/twice\tpictures/one.png\n"
        "https://a.org/twice\tpictures/two.png\n"
        "https://a.org/photo.png\tpictures/one.png\n"
        "no tab\n"
        "relative.png\tpictures/one.png");
    LOOK_UP(f, lookups);
    /* Outside the folder twice, no tab, no address. */
    assert_int_equal(diag_count(f->diag, DIAG_WARNING), 4);
}

static void test_links(void **state)
{
    static const struct lookup lookups[] = {
        {"https://a.org/linked.png", "a.org/linked.png"},
        {"https://a.org/loop/loop/real.png", NULL},
        {"https://a.org/dangling.png", NULL},
    };
    struct fixture *f = *state;
    put(f, "a.org/real.png", "x");
    char *folder = file_join(f->arena, f->folder, "a.org");
    assert_int_equal(
        symlink("real.png", file_join(f->arena, folder, "linked.png")), 0);
    assert_int_equal(
        symlink("gone.png", file_join(f->arena, folder, "dangling.png")), 0);
    assert_int_equal(symlink(".", file_join(f->arena, folder, "loop")), 0);
    LOOK_UP(f, lookups);
}

static void test_no_folder(void **state)
{
    struct fixture *f = *state;
    char *missing = file_join(f->arena, f->folder, "missing");
    assert_null(folder_open(missing, f->diag));
    assert_int_equal(diag_count(f->diag, DIAG_ERROR), 1);
}

/* A pipe is not waited for. */
static void test_map_is_no_file(void **state)
{
    static const struct lookup lookups[] = {{"https://a.org/p.png", NULL}};
    struct fixture *f = *state;
    assert_int_equal(mkfifo(file_join(f->arena, f->folder, "map.tsv"), 0600),
                     0);
    LOOK_UP(f, lookups);
    assert_int_equal(diag_count(f->diag, DIAG_WARNING), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_wget),           TEST(test_wget_high_bytes),
        TEST(test_page),           TEST(test_map),
        TEST(test_links),          TEST(test_no_folder),
        TEST(test_wget_long),      TEST(test_twins),
        TEST(test_map_is_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
