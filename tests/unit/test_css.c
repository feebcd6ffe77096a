/* The reader of style attributes. */

#include "article/style/css.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define assert_str(s, literal) assert_true(str_eq((s), STR(literal)))

static void test_declarations(void **state)
{
    (void)state;
    struct str style = STR("color:red; FONT-weight : bold !IMPORTANT ;;"
                           "*zoom:1;junk;a:;/*b:c;*/ d /**/ : /*;*/ e");
    struct css_declaration d;
    assert_true(css_next(&style, &d));
    assert_str(d.name, "color");
    assert_str(d.value, "red");
    assert_false(d.important);
    assert_true(css_next(&style, &d));
    assert_true(css_is(d.name, STR("font-weight")));
    assert_str(d.value, "bold");
    assert_true(d.important);
    assert_true(css_next(&style, &d));
    assert_str(d.name, "a");
    assert_str(d.value, "");
    assert_true(css_next(&style, &d));
    assert_str(d.name, "d");
    assert_false(css_next(&style, &d));
    assert_false(css_next(&style, &d));
}

/* A semicolon in these ends nothing, and what never closes ends with all. */
static void test_wholes(void **state)
{
    (void)state;
    static const char *const values[] = {
        "url(data:a;b')",
        "url( it's;)",
        "'a;b\\';c'",
        "f(a;(b);[c;{d;}])",
        "\"a;\" ';' !import",
        "a\\;b",
        "\"open;",
        "url(open;",
        "f(open;",
        "{open;",
        "/* open;",
        "\\",
    };
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        char text[64];
        struct str style;
        struct css_declaration d;
        snprintf(text, sizeof text, "x:%s", values[i]);
        style = str_of(text);
        assert_true(css_next(&style, &d));
        assert_str(d.name, "x");
        assert_true(str_eq(d.value, str_of(values[i])));
        assert_false(css_next(&style, &d));
    }
    struct str style = STR("x:'broken\n;y:z");
    struct css_declaration d;
    assert_true(css_next(&style, &d));
    assert_true(css_next(&style, &d));
    assert_str(d.name, "y");
}

static void test_parts(void **state)
{
    (void)state;
    struct str value =
        STR(" italic/**/bold 12px/1.2 'Fira , Mono',rgb(1, 2),serif ");
    static const char *const parts[] = {
        "italic",        "bold", "12px",      "/", "1.2",
        "'Fira , Mono'", ",",    "rgb(1, 2)", ",", "serif"};
    struct str part;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        assert_true(css_next_part(&value, &part));
        assert_true(str_eq(part, str_of(parts[i])));
    }
    assert_false(css_next_part(&value, &part));
}

static void test_words(void **state)
{
    (void)state;
    assert_true(css_is(STR("BoLd"), STR("bold")));
    assert_true(css_is(STR("b\\6f ld"), STR("bold")));
    assert_true(css_is(STR("\\62\\00006Fld"), STR("bold")));
    assert_true(css_is(STR("bo\\ld"), STR("bold")));
    assert_false(css_is(STR("bold\\"), STR("bold")));
    assert_false(css_is(STR("bol"), STR("bold")));
    assert_false(css_is(STR("boldly"), STR("bold")));
    assert_false(css_is(STR(""), STR("bold")));
    assert_false(css_is(STR("\xC3\xA9"), STR("e")));
}

static void test_lengths(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int hundredths;
    } cases[] = {
        {"40px", 4000},
        {"1.5em", 2400},
        {".5in", 4800},
        {"36pt", 4788},
        {"5%", 3000},
        {"-18.0pt", -2394},
        {"+2PX", 200},
        {"0", 0},
        {"auto", 0},
        {"", 0},
        {"10", 0},
        {"1.234px", 123},
        {"9999999999999999em", 10000000},
        {"-9e9px", 0},
        {"calc(1px)", 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(css_length(str_of(cases[i].text)),
                         cases[i].hundredths);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_declarations), cmocka_unit_test(test_wholes),
        cmocka_unit_test(test_parts),        cmocka_unit_test(test_words),
        cmocka_unit_test(test_lengths),
    };
    return cmocka_run_group_tests_name("css", tests, NULL, NULL);
}
