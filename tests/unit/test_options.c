/* The table of options, --help and the manual say the same. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef VEC(const char *) lines;

/* "-o, --output FILE" */
static const char *form(struct arena *a, char letter, struct str name,
                        struct str argument)
{
    const char *start = letter ? arena_printf(a, "-%c, ", letter) : "";
    return arena_printf(a, "%s--%.*s%s%.*s", start, STR_ARG(name),
                        argument.n ? " " : "", STR_ARG(argument));
}

static struct str from_stream(struct arena *a, void (*print)(FILE *out))
{
    char *text;
    size_t n;
    FILE *out = open_memstream(&text, &n);
    print(out);
    fclose(out);
    struct str copy = {arena_str(a, (struct str){text, n}), n};
    free(text);
    return copy;
}

/* ---- the table ---- */

static lines from_table(struct arena *a)
{
    struct str rest = from_stream(a, options_dump), line;
    lines out = {0};
    while (rest.n && str_next(&rest, '\n', &line)) {
        struct str name, letter;
        str_next(&line, ' ', &name);
        str_next(&line, ' ', &letter);
        if (str_eq(line, STR("-")))
            line.n = 0;
        vec_push(&out,
                 form(a, *letter.p == '-' ? '\0' : *letter.p, name, line));
    }
    return out;
}

/* ---- --help ---- */

static void print_help(FILE *out)
{
    char program[] = "feedbind", help[] = "--help";
    char *argv[] = {program, help, NULL};
    struct options o = {0};
    struct diag *diag = diag_new();
    assert_true(options_parse(&o, 2, argv, out, diag));
    assert_int_equal(o.action, ACTION_HELP);
    options_free(&o);
    diag_free(diag);
}

/* An option's line has two columns, with two spaces or more between them. */
static lines from_help(struct arena *a)
{
    struct str rest = from_stream(a, print_help), line;
    lines out = {0};
    while (rest.n && str_next(&rest, '\n', &line)) {
        assert_in_range(line.n, 0, 80);
        if (!str_starts(line, STR("  -")) && !str_starts(line, STR("      -")))
            continue;
        line = str_trim(line);
        vec_push(&out,
                 arena_str(a, str_sub(line, 0, str_find(line, STR("  ")))));
    }
    return out;
}

/* ---- the manual ---- */

static struct str manual(struct arena *a)
{
    struct buf file = buf_make(BUF_BODY);
    assert_true(file_read("src/feedbind.1", &file));
    struct str text = {arena_str(a, buf_view(&file)), file.len};
    buf_free(&file);
    return text;
}

/* ".It Fl o , Fl -output Ar FILE" */
static const char *item(struct arena *a, struct str line)
{
    char letter = '\0';
    struct str name, argument = {"", 0};
    if (line.n > 4 && line.p[0] != '-') {
        letter = line.p[0];
        line = str_sub(line, strlen("o , Fl "), line.n);
    }
    str_next(&line, ' ', &name);
    if (str_starts(line, STR("Ar ")))
        argument = str_sub(line, 3, line.n);
    return form(a, letter, str_sub(name, 1, name.n), argument);
}

static lines from_manual(struct arena *a)
{
    struct str rest = manual(a), line;
    lines out = {0};
    while (rest.n && str_next(&rest, '\n', &line))
        if (str_starts(line, STR(".It Fl ")))
            vec_push(&out, item(a, str_sub(line, 7, line.n)));
    return out;
}

/* ---- tests ---- */

static void assert_same(lines got, lines wanted)
{
    for (size_t i = 0; i < got.len && i < wanted.len; i++)
        assert_string_equal(got.items[i], wanted.items[i]);
    assert_int_equal(got.len, wanted.len);
    free(got.items);
    free(wanted.items);
}

static void help_is_the_table(void **state)
{
    struct arena *a = arena_new();
    (void)state;
    assert_same(from_help(a), from_table(a));
    arena_free(a);
}

static void manual_is_the_table(void **state)
{
    struct arena *a = arena_new();
    (void)state;
    assert_same(from_manual(a), from_table(a));
    arena_free(a);
}

/* A rule is an item of the manual, with the words of --help. */
static void manual_has_the_rules(void **state)
{
    struct arena *a = arena_new();
    struct str text = manual(a);
    (void)state;
    for (int i = 0; i < RULE_COUNT; i++) {
        const char *wanted = arena_printf(
            a, ".It Cm %s\n%s\n", article_rule_name((enum article_rule)i),
            article_rule_what((enum article_rule)i));
        if (str_find(text, str_of(wanted)) == text.n)
            fail_msg("the manual lacks:\n%s", wanted);
    }
    arena_free(a);
}

/* So is a limit, and its default stands in brackets. */
static void manual_has_the_limits(void **state)
{
    struct arena *a = arena_new();
    struct str text = manual(a), rest = from_stream(a, print_help), line;
    size_t found = 0;
    (void)state;
    rest = str_sub(rest, str_find(rest, STR("\nLimits ")) + 1, rest.n);
    str_next(&rest, '\n', &line);
    for (; str_next(&rest, '\n', &line) && line.n; found++) {
        struct str name;
        str_next_word(&line, &name);
        const char *wanted = arena_printf(
            a, ".It Cm %.*s\n%.*s\n", STR_ARG(name), STR_ARG(str_trim(line)));
        if (str_find(text, str_of(wanted)) == text.n)
            fail_msg("the manual lacks:\n%s", wanted);
    }
    assert_true(found >= 10);
    arena_free(a);
}

static void manual_has_the_reasons(void **state)
{
    struct arena *a = arena_new();
    struct str text = manual(a);
    (void)state;
    for (int i = IMAGE_OK + 1; i < IMAGE_LEFT_OUT; i++) {
        const char *wanted =
            arena_printf(a, ".It %s\n", image_fault_text((enum image_fault)i));
        if (str_find(text, str_of(wanted)) == text.n)
            fail_msg("the manual lacks:\n%s", wanted);
    }
    for (int i = DROP_NONE + 1; i < DROP_REASON_COUNT; i++) {
        const char *wanted =
            arena_printf(a, ".It %s\n", drop_reason_text((enum drop_reason)i));
        if (str_find(text, str_of(wanted)) == text.n)
            fail_msg("the manual lacks:\n%s", wanted);
    }
    arena_free(a);
}

/* What options set, and what is there without them. */
static struct options parsed(char **argv, bool expected)
{
    struct options o = {0};
    struct diag *diag = diag_new();
    int argc = 0;
    while (argv[argc])
        argc++;
    assert_int_equal(options_parse(&o, argc, argv, stdout, diag), expected);
    assert_int_equal(diag_count(diag, DIAG_ERROR), !expected);
    diag_free(diag);
    return o;
}

#define PARSE(expected, ...)                                                   \
    parsed((char *[]){"feedbind", __VA_ARGS__, NULL}, expected)

static void policies_are_set(void **state)
{
    (void)state;
    char feed[] = "a.xml", size[] = "--size=600x800", jobs[] = "-j3",
         keep[] = "--keep", rule[] = "line-numbers", bundle[] = "-vqn",
         one[] = "--limit=image-seconds=1.5", limit[] = "--limit",
         two[] = "image-pixels=1M", agent[] = "--user-agent=me", end[] = "--",
         dash[] = "-q";
    struct options o = PARSE(true, feed, size, jobs, keep, rule, bundle, one,
                             limit, two, agent, end, dash);
    assert_int_equal(o.image.fetch.total_ms, 1500);
    assert_int_equal(o.image.fetch.max_bytes, 50000000);
    assert_int_equal(o.image.max_pixels, 1000000);
    assert_string_equal(o.image.fetch.agent, "me");
    assert_int_equal(o.feed_count, 2);
    assert_string_equal(o.feeds[0], "a.xml");
    assert_string_equal(o.feeds[1], "-q");
    assert_int_equal(o.image.fit.width, 600);
    assert_int_equal(o.image.fit.height, 800);
    assert_int_equal(o.jobs, 3);
    assert_int_equal(o.image.jobs, 3);
    assert_true(o.article.keep[RULE_LINE_NUMBERS]);
    assert_false(o.article.keep[RULE_TITLE_HEADING]);
    assert_false(o.article.plain_links);
    assert_int_equal(o.show, DIAG_QUIET);
    assert_int_equal(o.action, ACTION_LIST);
    assert_false(o.image.offline || o.image.refresh || o.image.none ||
                 o.strict || o.epub.replace);
    options_free(&o);
}

/* The choice as it is asked for, in the identifier's words; the last of an
 * option that is not to be repeated counts. */
static void choice_is_told(void **state)
{
    static const struct {
        const char *options[8];
        const char *asked, *names;
        bool dated, fresh;
    } samples[] = {
        {{"--order=oldest", "--group=none"}, NULL, NULL, false, false},
        {{"--since=7d", "--since=2w"}, "since 2w\n", NULL, true, false},
        {{"--last=9", "--until", "2026-W02"},
         "until 2026-W02\nlast 9\n",
         NULL,
         true,
         false},
        {{"--by=Bo  Reef", "--category=Äa", "--by", "ADA"},
         "by ada\nby bo reef\ncategory äa\n",
         "Bo  Reef, ADA, Äa",
         false,
         false},
        {{"--match=b", "--match=a", "--new=s"},
         "match a\nmatch b\nnew\n",
         NULL,
         true,
         true},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        char *argv[12] = {"feedbind", "a.xml"};
        for (size_t k = 0; samples[i].options[k]; k++)
            argv[k + 2] = (char *)samples[i].options[k];
        struct options o = parsed(argv, true);
        const struct book_choice *choice = &o.book.choice;
        if (samples[i].asked)
            assert_string_equal(choice->asked, samples[i].asked);
        else
            assert_null(choice->asked);
        if (samples[i].names)
            assert_string_equal(choice->names, samples[i].names);
        else
            assert_null(choice->names);
        assert_int_equal(choice->dated, samples[i].dated);
        assert_int_equal(choice->fresh, samples[i].fresh);
        options_free(&o);
    }
}

static void rules_are_kept(void **state)
{
    (void)state;
    char feed[] = "a.xml", two[] = "--keep=line-numbers,title-heading",
         one[] = "--keep=script-residue", all[] = "--keep=all",
         stray[] = "--keep=line-numbers,";
    struct options o = PARSE(true, feed, two, one);
    assert_true(o.article.keep[RULE_LINE_NUMBERS]);
    assert_true(o.article.keep[RULE_TITLE_HEADING]);
    assert_true(o.article.keep[RULE_SCRIPT_RESIDUE]);
    assert_false(o.article.keep[RULE_TRACKING_PIXEL]);
    options_free(&o);
    o = PARSE(true, feed, all);
    for (int i = 0; i < RULE_COUNT; i++)
        assert_true(o.article.keep[i]);
    options_free(&o);
    o = PARSE(false, feed, stray);
    options_free(&o);
}

/* XDG Base Directory Specification: a relative path is not used. */
static void store_is_where_caches_are(void **state)
{
    (void)state;
    char feed[] = "a.xml", cache[] = "--cache=here";
    setenv("HOME", "/h", 1);
    setenv("XDG_CACHE_HOME", "/x", 1);
    struct options o = PARSE(true, feed);
    assert_string_equal(o.image.cache, "/x/feedbind");
    options_free(&o);
    setenv("XDG_CACHE_HOME", "x", 1);
    o = PARSE(true, feed);
    assert_string_equal(o.image.cache, "/h/.cache/feedbind");
    options_free(&o);
    o = PARSE(true, feed, cache);
    assert_string_equal(o.image.cache, "here");
    options_free(&o);
    unsetenv("XDG_CACHE_HOME");
    unsetenv("HOME");
    o = PARSE(true, feed);
    assert_null(o.image.cache);
    options_free(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_is_the_table),
        cmocka_unit_test(manual_is_the_table),
        cmocka_unit_test(manual_has_the_rules),
        cmocka_unit_test(manual_has_the_limits),
        cmocka_unit_test(manual_has_the_reasons),
        cmocka_unit_test(policies_are_set),
        cmocka_unit_test(choice_is_told),
        cmocka_unit_test(rules_are_kept),
        cmocka_unit_test(store_is_where_caches_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
