/* Names and patterns without regard to case, in any script and any locale. */

#include "base/caseless.h"
#include "base/mem.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_fold(void **state)
{
    static const struct {
        const char *one, *other;
        bool same;
    } samples[] = {
        {"", "", true},         {"Ada Quay", "ADA QUAY", true},
        {"Ada", "Ida", false},  {"Žižek", "ŽIŽEK", true},
        {"ÅSA", "åsa", true},   {"ΟΔΥΣΣΕΥΣ", "Οδυσσευς", true},
        {"ЁЛКА", "ёлка", true}, {"𐐀", "𐐨", true},
        {"東京", "東京", true}, {"é", "e", false},
    };
    struct caseless *c = caseless_new();
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        struct buf one = buf_make(BUF_LINE), other = buf_make(BUF_LINE);
        caseless_fold(c, str_of(samples[i].one), &one);
        caseless_fold(c, str_of(samples[i].other), &other);
        assert_int_equal(str_eq(buf_view(&one), buf_view(&other)),
                         samples[i].same);
        buf_free(&one);
        buf_free(&other);
    }
    caseless_free(c);
}

static void test_patterns(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool found;
    } samples[] = {
        {"knots", "Three Knots", true},
        {"^knots", "Three Knots", false},
        {"^three (knots|bends)$", "Three Knots", true},
        {"^.....$", "ÅNGEN", true}, /* "." is a character, no byte */
        {"ången", "ÅNGEN", true},
        {"[åö]ngen", "ÅNGEN", true},
        {"^[[:alpha:]]+$", "Žluťoučký", true},
        {"", "", true},
        {".", "", false},
    };
    struct caseless *c = caseless_new();
    struct arena *a = arena_new();
    const char *why = NULL;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        const struct pattern *p =
            caseless_pattern(c, samples[i].pattern, a, &why);
        assert_non_null(p);
        if (pattern_matches(p, samples[i].text) != samples[i].found)
            fail_msg("%s in %s", samples[i].pattern, samples[i].text);
    }
    assert_null(why);
    assert_null(caseless_pattern(c, "(", a, &why));
    assert_string_equal(why, "Unmatched ( or \\(");
    assert_null(caseless_pattern(c, "[z-a]", a, &why));
    arena_free(a);
    caseless_free(c);
    caseless_free(NULL);
}

/* The program's own locale is neither asked nor left changed. */
static void test_locale(void **state)
{
    assert_non_null(setlocale(LC_ALL, "C"));
    test_fold(state);
    test_patterns(state);
    assert_string_equal(setlocale(LC_ALL, NULL), "C");
    assert_true(uselocale((locale_t)0) == LC_GLOBAL_LOCALE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
