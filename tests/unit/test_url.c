/* URLs: the standard's published cases, which are in data/url_cases.txt, and
 * what that file cannot say. */

#include "base/file.h"
#include "base/mem.h"
#include "base/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

/* ---- the file of cases ---- */

struct cases {
    struct arena *arena;
    unsigned line;
    const struct url *base, *last;
    struct str skip; /* why the next case is not tried; empty if it is */
    unsigned tried, wrong;
    VEC(struct CMUnitTest) tests; /* first the cases that are not tried */
};

static struct buf read_cases(void)
{
    const char *top = getenv("TOP");
    struct buf text = buf_make(BUF_BODY);
    struct arena *a = arena_new();
    const char *path =
        file_join(a, top ? top : ".", "tests/unit/data/url_cases.txt");
    if (!file_read(path, &text))
        print_error("cannot read %s\n", path);
    arena_free(a);
    return text;
}

/* What stands in braces as a character or a byte; -1 if it is neither. */
static long code(struct str s, size_t *length)
{
    size_t end = str_chr(s, '}'), at = 1;
    bool character = str_starts(s, STR("{U+"));
    if (character)
        at = 3;
    if (end == s.n || end == at || end > 9 || (!character && end != 3))
        return -1;
    long value = 0;
    for (; at < end; at++) {
        if (chr_hex(s.p[at]) < 0)
            return -1;
        value = value * 16 + chr_hex(s.p[at]);
    }
    *length = end + 1;
    return value;
}

static struct str expand(struct arena *a, struct str s)
{
    struct buf out = buf_make(BUF_LINE);
    while (s.n) {
        size_t n = 1;
        long value = s.p[0] == '{' ? code(s, &n) : -1;
        if (value < 0)
            buf_char(&out, s.p[0]);
        else if (n == 4)
            buf_char(&out, (char)value);
        else
            buf_utf8(&out, (uint32_t)value);
        s = str_sub(s, n, s.n);
    }
    struct str text = arena_view(a, buf_view(&out));
    buf_free(&out);
    return text;
}

static void wrong(struct cases *c, struct str what, const char *got,
                  struct str expected)
{
    c->wrong++;
    print_error("url_cases.txt:%u: %.*s gives %s, not %.*s\n", c->line,
                STR_ARG(what), got, STR_ARG(expected));
}

static void try_case(struct cases *c, struct str input, struct str expected)
{
    struct arena *a = c->arena;
    c->tried++;
    c->last = url_parse(a, expand(a, input), c->base);
    const char *got = c->last ? url_text(a, c->last, true) : "fails";
    if (!str_eq(str_of(got), expected)) {
        wrong(c, input, got, expected);
    } else if (c->last) {
        const struct url *again = url_parse(a, expected, NULL);
        if (!again || strcmp(url_text(a, again, true), got) != 0)
            wrong(c, expected, "another URL when read again", expected);
    }
}

static const char *field(const struct cases *c, struct str name)
{
    const struct url *u = c->last;
    if (!u)
        return "nothing";
    if (str_eq(name, STR("port")))
        return u->port < 0 ? NULL : arena_printf(c->arena, "%d", u->port);
    if (str_eq(name, STR("opaque")))
        return u->opaque_path ? "yes" : "no";
    const struct {
        const char *name, *value;
    } fields[] = {
        {"scheme", u->scheme},     {"username", u->username},
        {"password", u->password}, {"host", u->host},
        {"path", u->path},         {"query", u->query},
        {"fragment", u->fragment},
    };
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        if (str_eq(name, str_of(fields[i].name)))
            return fields[i].value;
    return "no such field";
}

static void try_field(struct cases *c, struct str line)
{
    struct str name;
    str_next_word(&line, &name);
    const char *value = field(c, name);
    struct str expected = str_trim(line);
    if (!str_eq(str_of(value ? value : "-"), expected))
        wrong(c, name, value ? value : "-", expected);
}

static void not_tried(void **state)
{
    print_message("%s\n", (const char *)*state);
    skip();
}

static void leave_out(struct cases *c, struct str input)
{
    struct CMUnitTest test = {.name = arena_str(c->arena, input),
                              .test_func = not_tried,
                              .initial_state = arena_str(c->arena, c->skip)};
    vec_push(&c->tests, test);
    c->skip = STR("");
}

static void try_line(struct cases *c, struct str line)
{
    size_t arrow = str_find(line, STR(" => "));
    if (!line.n || str_eq(line, STR("#")) || str_starts(line, STR("# "))) {
        return;
    } else if (str_starts(line, STR("  "))) {
        try_field(c, line);
    } else if (str_starts(line, STR("skip "))) {
        c->skip = str_sub(line, 5, line.n);
    } else if (str_starts(line, STR("base "))) {
        struct str base = str_sub(line, 5, line.n);
        bool none = str_eq(base, STR("none"));
        c->base =
            none ? NULL : url_parse(c->arena, expand(c->arena, base), NULL);
        if (!c->base && !none)
            wrong(c, base, "nothing", base);
    } else if (arrow == line.n) {
        wrong(c, line, "no case", STR("a case"));
    } else if (c->skip.n) {
        leave_out(c, str_sub(line, 0, arrow));
    } else {
        try_case(c, str_trim(str_sub(line, 0, arrow)),
                 str_sub(line, arrow + 4, line.n));
    }
}

static void test_published_cases(void **state)
{
    struct cases *c = *state;
    assert_true(c->tried > 600);
    assert_int_equal(c->wrong, 0);
}

/* ---- what the file cannot say ---- */

static void test_special_and_web(void **state)
{
    struct arena *a = arena_new();
    const struct {
        const char *url;
        bool special, web;
    } cases[] = {
        {"http://a/", true, true},     {"HTTPS://a/", true, true},
        {"ftp://a/", true, false},     {"file:///a", true, false},
        {"ws://a/", true, false},      {"wss://a/", true, false},
        {"mailto:a@b", false, false},  {"data:,x", false, false},
        {"httpss://a/", false, false},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct url *u = url_parse(a, str_of(cases[i].url), NULL);
        assert_int_equal(url_special(u), cases[i].special);
        assert_int_equal(url_is_web(u), cases[i].web);
    }
    arena_free(a);
}

static void test_text_without_fragment(void **state)
{
    struct arena *a = arena_new();
    (void)state;
    const struct url *u = url_parse(a, STR("http://u:p@h:8/p?q#f"), NULL);
    assert_string_equal(url_text(a, u, false), "http://u:p@h:8/p?q");
    assert_string_equal(url_text(a, u, true), "http://u:p@h:8/p?q#f");
    arena_free(a);
}

/* A URL outlives its base; under AddressSanitizer this test is about that. */
static void test_base_may_go(void **state)
{
    static const char *const bases[] = {"http://user:pw@host:81/a/b?q",
                                        "file://h/C:/a/b?q", "data:x?q"};
    static const char *const inputs[] = {"", "x", "/x", "?x", "#x"};
    (void)state;
    for (size_t b = 0; b < ARRAY_LEN(bases); b++)
        for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
            struct arena *a = arena_new(), *from = arena_new();
            const struct url *base = url_parse(from, str_of(bases[b]), NULL);
            const struct url *u = url_parse(a, str_of(inputs[i]), base);
            char *before = u ? url_text(a, u, true) : NULL;
            arena_free(from);
            if (u)
                assert_string_equal(url_text(a, u, true), before);
            arena_free(a);
        }
}

static void test_decode(void **state)
{
    struct arena *a = arena_new();
    (void)state;
    struct str s = url_decode(a, STR("%41%7a%2F+%c3%A9%00%"));
    assert_true(str_eq(s, STR("Az/+\xC3\xA9\0%")));
    assert_true(str_eq(url_decode(a, STR("%4")), STR("%4")));
    assert_true(str_eq(url_decode(a, STR("%%41%4g%g4")), STR("%A%4g%g4")));
    assert_int_equal(url_decode(a, STR("")).n, 0);
    arena_free(a);
}

static void test_site(void **state)
{
    static const char *const cases[][2] = {
        {"http://www.example.com/x", "example.com"},
        {"http://WWW.Example.com:80/x", "example.com"},
        {"http://example.com", "example.com"},
        {"http://www.com/", "www.com"},
        {"http://wwwx.example.com/", "wwwx.example.com"},
        {"http://www.b\u00FCcher.example/", "b\u00FCcher.example"},
        {"http://xn--bcher-kva.xn--n3h/", "b\u00FCcher.\u2603"},
        {"http://xn--i-7iq.ws/", "i\u2764.ws"},
        {"http://[::1]:8/", "[::1]"},
        {"mailto:a@b", ""},
        {"file:///x", ""},
    };
    struct arena *a = arena_new();
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct url *u = url_parse(a, str_of(cases[i][0]), NULL);
        assert_non_null(u);
        assert_string_equal(url_site(a, u), cases[i][1]);
    }
    arena_free(a);
}

static struct str repeat(struct arena *a, const char *head, const char *unit,
                         size_t bytes)
{
    size_t n = strlen(head), period = strlen(unit);
    char *text = arena_raw(a, bytes);
    for (size_t i = 0; i < bytes; i++)
        text[i] = i < n ? head[i] : unit[(i - n) % period];
    return (struct str){text, bytes};
}

/* Time in the square of a megabyte would be minutes for any of them. */
static void test_time_is_linear(void **state)
{
    static const char *const cases[][2] = {
        {"http://h/", "../"},
        {"http://h/", "a/"},
        {"http://h/", "a/../"},
        {"http://h/", "%2e%2e/"},
        {"file:///C:/", "..\\"},
        {"http://", "@"},
        {"http://", "a:@"},
        {"http://", "a."},
        {"http://", "1."},
        {"http://0x", "f"},
        {"http://[", "::"},
        {"http://", "\u00FC."},
        {"http://", "\u00FC"},
        {"http://", "\u2603"},
        {"http://", "\u2603."},
        {"http://xn--", "9"},
        {"http://", "xn--n3h."},
        {"http://", "%C3%BC%2E"},
        {"http://h:", "0"},
        {"http:", "/"},
        {"sc:", " "},
        {"sc:x", " \t\n"},
        {"", "\t"},
        {"", "#"},
        {"a", "+"},
        {"http://h/?", "\xFF"},
    };
    (void)state;
    clock_t start = clock();
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct arena *a = arena_new();
        struct str s = repeat(a, cases[i][0], cases[i][1], 1 << 20);
        const struct url *base = url_parse(a, STR("http://h/a/b"), NULL);
        const struct url *u = url_parse(a, s, base);
        if (u)
            url_site(a, u);
        arena_free(a);
    }
    assert_true(clock() - start < 30 * CLOCKS_PER_SEC);
}

static void run_cases(struct cases *c, struct str text)
{
    struct str line;
    while (str_next(&text, '\n', &line)) {
        c->line++;
        try_line(c, line);
    }
}

int main(void)
{
    struct cases c = {.arena = arena_new()};
    struct buf text = read_cases();
    run_cases(&c, buf_view(&text));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(test_published_cases, &c),
        cmocka_unit_test(test_special_and_web),
        cmocka_unit_test(test_text_without_fragment),
        cmocka_unit_test(test_base_may_go),
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_site),
        cmocka_unit_test(test_time_is_linear),
    };
    for (size_t i = 0; i < ARRAY_LEN(tests); i++)
        vec_push(&c.tests, tests[i]);
    int status =
        _cmocka_run_group_tests("url", c.tests.items, c.tests.len, NULL, NULL);
    free(c.tests.items);
    buf_free(&text);
    arena_free(c.arena);
    return status;
}
