/* base/diag: messages are folded, harmless, and in order. */
#include "base/arena.h"
#include "base/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* What diag_print prints; the caller frees it. */
static char *printed(struct diag *d, enum diag_show show)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    assert_non_null(out);
    diag_print(d, out, show);
    fclose(out);
    return text;
}

static void assert_prints(struct diag *d, enum diag_show show,
                          const char *expected)
{
    char *text = printed(d, show);
    assert_string_equal(text, expected);
    free(text);
}

static void test_form(void **state)
{
    (void)state;
    struct diag *d = diag_new();
    diag_add(d, DIAG_ERROR, (struct diag_place){0}, "no book", NULL);
    diag_add(d, DIAG_WARNING,
             (struct diag_place){.file = "p.xml", .article = "T"}, "left out",
             NULL);
    diag_add(d, DIAG_WARNING,
             (struct diag_place){.file = "p.xml", .line = 412, .article = "T"},
             "image left out", "not found: %s", "https://a/b.png");
    assert_prints(d, DIAG_NORMAL,
                  "feedbind: error: no book\n"
                  "feedbind: p.xml: warning: left out (in \"T\")\n"
                  "feedbind: p.xml:412: warning: image left out: "
                  "not found: https://a/b.png (in \"T\")\n");
    assert_int_equal(diag_count(d, DIAG_WARNING), 2);
    assert_int_equal(diag_count(d, DIAG_NOTE), 0);
    assert_prints(d, DIAG_NORMAL, ""); /* each is printed once */
    diag_free(d);
}

static struct diag *repeated(void)
{
    static const char *const files[] = {"a", "b", "a", "a", "b"};
    struct diag *d = diag_new();
    for (unsigned i = 0; i < 5; i++)
        diag_add(d, DIAG_WARNING,
                 (struct diag_place){.file = files[i], .line = i + 1}, "same",
                 "%u", i);
    diag_add(d, DIAG_ERROR, (struct diag_place){.file = "a"}, "same", NULL);
    diag_add(d, DIAG_NOTE, (struct diag_place){.file = "a"}, "same", NULL);
    return d;
}

static void test_folding(void **state)
{
    (void)state;
    struct diag *d = repeated();
    assert_prints(d, DIAG_NORMAL,
                  "feedbind: a:1: warning: same: 0 "
                  "(and 2 more like it; --verbose lists them)\n"
                  "feedbind: b:2: warning: same: 1 "
                  "(and 1 more like it; --verbose lists them)\n"
                  "feedbind: a: error: same\n");
    diag_free(d);
    d = repeated();
    assert_prints(d, DIAG_QUIET, "feedbind: a: error: same\n");
    diag_free(d);
    d = repeated();
    assert_prints(d, DIAG_VERBOSE,
                  "feedbind: a:1: warning: same: 0\n"
                  "feedbind: b:2: warning: same: 1\n"
                  "feedbind: a:3: warning: same: 2\n"
                  "feedbind: a:4: warning: same: 3\n"
                  "feedbind: b:5: warning: same: 4\n"
                  "feedbind: a: error: same\n"
                  "feedbind: a: note: same\n");
    diag_free(d);
}

static void test_groups(void **state)
{
    static const char *const groups[] = {"x", NULL, "y", "x", NULL};
    struct diag *d = diag_new();
    (void)state;
    for (unsigned i = 0; i < 5; i++)
        diag_add(d, DIAG_WARNING, (struct diag_place){.group = groups[i]},
                 "same", "%u", i);
    assert_prints(d, DIAG_NORMAL,
                  "feedbind: warning: same: 0 "
                  "(and 1 more like it; --verbose lists them)\n"
                  "feedbind: warning: same: 1 "
                  "(and 1 more like it; --verbose lists them)\n"
                  "feedbind: warning: same: 2\n");
    diag_free(d);
}

static void test_join(void **state)
{
    (void)state;
    struct diag *to = diag_new(), *from = diag_new();
    diag_add(from, DIAG_WARNING, (struct diag_place){.file = "f"}, "two", "%s",
             "x");
    diag_add(to, DIAG_WARNING, (struct diag_place){.file = "f"}, "one", NULL);
    diag_join(to, from);
    diag_join(to, NULL);
    assert_int_equal(diag_count(to, DIAG_WARNING), 2);
    assert_prints(to, DIAG_NORMAL,
                  "feedbind: f: warning: one\nfeedbind: f: warning: two: x\n");
    diag_free(to);
    diag_free(NULL);
}

static void test_hostile_text(void **state)
{
    (void)state;
    struct diag *d = diag_new();
    diag_add(d, DIAG_ERROR,
             (struct diag_place){.file = "\x1b]0;x\a", .article = "a\nb"},
             "t\xC2\x9B"
             "2J",
             "%s",
             "\xE2\x80\xAE"
             "evil\xE2\x81\xA6 \xFF caf\xC3\xA9");
    assert_prints(d, DIAG_NORMAL,
                  "feedbind: ?]0;x?: error: t?2J: ?evil? \xEF\xBF\xBD "
                  "caf\xC3\xA9 (in \"a?b\")\n");
    diag_free(d);
}

/* Groups are found by sorting: a hundred thousand take well under a second,
 * and compared with each other they would take minutes. */
static void test_many(void **state)
{
    (void)state;
    struct diag *d = diag_new();
    char file[16];
    for (int i = 0; i < 100000; i++) {
        snprintf(file, sizeof file, "f%d", i % 50000);
        diag_add(d, DIAG_WARNING, (struct diag_place){.file = file}, "t", NULL);
    }
    clock_t start = clock();
    char *text = printed(d, DIAG_NORMAL);
    assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
    size_t lines = 0;
    for (const char *p = text; (p = strchr(p, '\n')); p++)
        lines++;
    assert_int_equal(lines, 50000);
    assert_non_null(strstr(text, "f49999: warning: t (and 1 more like it"));
    free(text);
    diag_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form),         cmocka_unit_test(test_folding),
        cmocka_unit_test(test_groups),       cmocka_unit_test(test_join),
        cmocka_unit_test(test_hostile_text), cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
