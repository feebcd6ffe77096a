/* Mustache as its specification has it: what is escaped, which lines go, who
 * is asked for a name. */

#include "base/mem.h"
#include "text/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* A world of values: names of texts; a list of people, each with a list of
 * pets. */
static const struct {
    const char *name;
    size_t pets;
} people[] = {{"Ada", 2}, {"Bo & Co", 0}, {"Cy", 1}};
static const char *const pets[] = {"Ox", "Elk"};

static const int people_list, pets_list;

static struct value list(const void *which, size_t count)
{
    return (struct value){.kind = VALUE_LIST, .count = count, .list = which};
}

static struct value look_outside(struct str name)
{
    static const struct {
        const char *name, *text;
        enum value_kind kind;
    } texts[] = {{"markup", "<b a=\"1\"> & </b>", VALUE_TEXT},
                 {"raw", "<i>&amp;</i>", VALUE_RAW},
                 {"empty", "", VALUE_TEXT},
                 {"lines", "<\n->", VALUE_TEXT},
                 {"name", "outside", VALUE_TEXT},
                 {"a.b", "dotted", VALUE_TEXT}};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        if (str_eq(name, str_of(texts[i].name)))
            return (struct value){.kind = texts[i].kind,
                                  .text = str_of(texts[i].text)};
    if (str_eq(name, STR("people")))
        return list(&people_list, ARRAY_LEN(people));
    if (str_eq(name, STR("yes")))
        return list(NULL, 1);
    if (str_eq(name, STR("no")))
        return list(NULL, 0);
    return (struct value){0};
}

static struct value look(const void *context, struct scope scope,
                         struct str name)
{
    (void)context;
    if (!scope.list)
        return look_outside(name);
    if (scope.list == &people_list && str_eq(name, STR("name")))
        return value_text_of(people[scope.item].name);
    if (scope.list == &people_list && str_eq(name, STR("pets")))
        return list(&pets_list, people[scope.item].pets);
    if (scope.list == &pets_list && str_eq(name, STR("pet")))
        return value_text_of(pets[scope.item]);
    return (struct value){0};
}

static const struct {
    const char *name, *text;
} partial_texts[] = {
    {"name", "[{{name}}]"},
    {"block", "|\n{{{lines}}}\n|\n"},
    {"outer", "<\n  {{>block}}\n>\n"},
    {"beside", "<\n.{{>block}}>\n"},
    {"section", "x{{#no}}\ny\n{{/no}}z\n{{#yes}}\nw\n{{/yes}}\n"},
    {"self", ".{{>self}}"}};

struct fixture {
    struct arena *arena;
    const struct template *partials[ARRAY_LEN(partial_texts)];
};

static const struct template *partial(const void *context, struct str name)
{
    const struct fixture *f = context;
    for (size_t i = 0; i < ARRAY_LEN(partial_texts); i++)
        if (str_eq(name, str_of(partial_texts[i].name)))
            /* It takes a struct by this name for a number. */
            /* cppcheck-suppress CastIntegerToAddressAtReturn */
            return f->partials[i];
    return NULL;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    const char *error;
    *state = f;
    f->arena = arena_new();
    for (size_t i = 0; i < ARRAY_LEN(partial_texts); i++)
        f->partials[i] =
            template_make(f->arena, str_of(partial_texts[i].text), &error);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_free(f->arena);
    free(f);
    return 0;
}

struct sample {
    const char *template, *expected;
};

static void check(struct fixture *f, const struct sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *error = NULL;
        struct template *t =
            template_make(f->arena, str_of(samples[i].template), &error);
        struct buf out = buf_make(BUF_LINE);
        assert_null(error);
        template_render(t, look, partial, f, &out);
        buf_char(&out, '\0');
        assert_string_equal(out.data, samples[i].expected);
        buf_free(&out);
    }
}

#define CHECK(samples) check(*state, samples, ARRAY_LEN(samples))

static void test_variables(void **state)
{
    static const struct sample samples[] = {
        {"", ""},
        {"No { tag }} at all", "No { tag }} at all"},
        {"{{markup}}", "&lt;b a=&quot;1&quot;&gt; &amp; &lt;/b&gt;"},
        {"{{{markup}}}|{{&markup}}|{{& markup }}",
         "<b a=\"1\"> & </b>|<b a=\"1\"> & </b>|<b a=\"1\"> & </b>"},
        {"{{raw}} {{{raw}}}", "<i>&amp;</i> <i>&amp;</i>"},
        {"({{nobody}}{{empty}}{{people}}{{{yes}}})", "()"},
        {"{{ name }}{{\n\tname\n}}", "outsideoutside"},
        {"  {{name}}\n", "  outside\n"},
        {"{{a.b}}", "dotted"},
    };
    CHECK(samples);
}

static void test_sections(void **state)
{
    static const struct sample samples[] = {
        {"{{#people}}<{{name}}>{{/people}}", "<Ada><Bo &amp; Co><Cy>"},
        {"{{#people}}{{#pets}}{{name}}:{{pet}} {{/pets}}{{/people}}",
         "Ada:Ox Ada:Elk Cy:Ox "},
        {"{{#people}}{{markup}}{{#no}}{{/no}}{{/people}}",
         "&lt;b a=&quot;1&quot;&gt; &amp; &lt;/b&gt;"
         "&lt;b a=&quot;1&quot;&gt; &amp; &lt;/b&gt;"
         "&lt;b a=&quot;1&quot;&gt; &amp; &lt;/b&gt;"},
        {"{{#yes}}{{#yes}}{{name}}{{/yes}}{{/yes}}", "outside"},
        {"{{#name}}({{name}}){{/name}}", "(outside)"},
        {"{{#no}}a{{/no}}{{#nobody}}b{{/nobody}}{{#empty}}c{{/empty}}", ""},
        {"{{^no}}a{{/no}}{{^nobody}}b{{/nobody}}{{^empty}}c{{/empty}}", "abc"},
        {"{{^yes}}a{{/yes}}{{^people}}b{{/people}}{{^name}}c{{/name}}", ""},
        {"{{#people}}{{^pets}}{{name}}{{/pets}}{{/people}}", "Bo &amp; Co"},
    };
    CHECK(samples);
}

/* A tag that puts nothing takes its line away if it is alone there. */
static void test_lines(void **state)
{
    static const struct sample samples[] = {
        {"a\n{{#yes}}\nb\n{{/yes}}\nc\n", "a\nb\nc\n"},
        {"a\n  {{#yes}}  \nb\n\t{{/yes}}\nc\n", "a\nb\nc\n"},
        {"a\r\n{{#yes}}\r\nb\r\n{{/yes}}\r\n", "a\r\nb\r\n"},
        {"{{#yes}}\na\n  {{/yes}}", "a\n"},
        {"a\n{{^no}}\n\n{{/no}}\nb", "a\n\nb"},
        {"a {{#yes}}\nb{{/yes}}\n", "a \nb\n"},
        {" {{#yes}}b{{/yes}} {{#yes}}c\n{{/yes}}\n", " b c\n"},
        {"{{#yes}}\n{{#no}}\na\n{{/no}}\n{{/yes}}\n", ""},
        {"{{name}}\n{{&name}}\n", "outside\noutside\n"},
    };
    CHECK(samples);
}

static void test_comments(void **state)
{
    static const struct sample samples[] = {
        {"a{{! a comment }}b", "ab"},
        {"a\n  {{! alone }}\nb\n", "a\nb\n"},
        {"a\n  {{!\n over\n lines\n }}\nb\n", "a\nb\n"},
        {"  12 {{! not alone }}\n", "  12 \n"},
        {"{{! name }}{{!name}}", ""},
    };
    CHECK(samples);
}

static void test_partials(void **state)
{
    static const struct sample samples[] = {
        {"a {{>name}} {{> name }}", "a [outside] [outside]"},
        {"{{#people}}{{>name}}{{/people}}", "[Ada][Bo &amp; Co][Cy]"},
        {"({{>absent}})", "()"},
        {"\\\n {{>block}}\n/\n", "\\\n |\n <\n->\n |\n/\n"},
        {"\\\n{{>block}}\n/\n", "\\\n|\n<\n->\n|\n/\n"},
        {" a {{>block}} b\n", " a |\n<\n->\n|\n b\n"},
        {" {{>outer}}\n", " <\n   |\n   <\n->\n   |\n >\n"},
        {" {{>beside}}\n", " <\n .|\n<\n->\n|\n>\n"},
        {" {{>section}}\n", " xz\n w\n"},
        {"{{>self}}", "................"},
    };
    CHECK(samples);
}

static void test_refused(void **state)
{
    static const char *const texts[] = {
        "{{name",     "{{{name}}",    "{{#a}}",
        "{{/a}}",     "{{#a}}{{/b}}", "{{#a}}{{^b}}{{/a}}{{/b}}",
        "{{=<% %>=}}"};
    struct fixture *f = *state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        const char *error = NULL;
        assert_null(template_make(f->arena, str_of(texts[i]), &error));
        assert_non_null(error);
    }
}

static void test_depth(void **state)
{
    struct fixture *f = *state;
    for (size_t depth = 32; depth <= 33; depth++) {
        struct buf text = buf_make(BUF_LINE), out = buf_make(BUF_LINE);
        const char *error = NULL;
        for (size_t i = 0; i < depth; i++)
            buf_puts(&text, "{{#yes}}");
        buf_puts(&text, "x");
        for (size_t i = 0; i < depth; i++)
            buf_puts(&text, "{{/yes}}");
        struct template *t = template_make(f->arena, buf_view(&text), &error);
        assert_int_equal(t != NULL, depth == 32);
        assert_int_equal(error == NULL, depth == 32);
        if (t)
            template_render(t, look, NULL, f, &out);
        assert_int_equal(out.len, depth == 32);
        buf_free(&text);
        buf_free(&out);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_variables), TEST(test_sections), TEST(test_lines),
        TEST(test_comments),  TEST(test_partials), TEST(test_refused),
        TEST(test_depth)};
    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
