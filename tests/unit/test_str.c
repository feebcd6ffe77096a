/* Views and UTF-8. */

#include "base/mem.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define assert_str(s, literal) assert_true(str_eq((s), STR(literal)))

static const struct str nothing = {NULL, 0};

static void test_classes_are_ascii(void **state)
{
    (void)state;
    for (int c = -128; c < 256; c++) {
        bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
        bool space = c > 0 && strchr(" \t\n\f\r", c);
        assert_int_equal(chr_alpha(c), upper || lower);
        assert_int_equal(chr_digit(c), c >= '0' && c <= '9');
        assert_int_equal(chr_space(c), space);
        assert_int_equal(chr_lower(c), upper ? c - 'A' + 'a' : c);
        const char *digits = "0123456789abcdef";
        const char *at = c > 0 ? strchr(digits, chr_lower(c)) : NULL;
        assert_int_equal(chr_hex(c), at ? (int)(at - digits) : -1);
    }
}

static void test_equality(void **state)
{
    (void)state;
    assert_true(str_eq(nothing, STR("")));
    assert_true(str_eq(str_of(NULL), STR("")));
    assert_true(str_eq(STR("a\0b"), STR("a\0b")));
    assert_false(str_eq(STR("a\0b"), STR("a\0c")));
    assert_false(str_eq(STR("a"), STR("ab")));
    assert_true(str_eq_nocase(STR("aZ9\xC3"), STR("Az9\xC3")));
    assert_false(str_eq_nocase(STR("["), STR("{")));
    assert_false(str_eq_nocase(STR("\xC3\xA9"), STR("\xC3\x89")));
    assert_false(str_eq_nocase(STR("ab"), STR("a")));
}

static void test_ends(void **state)
{
    (void)state;
    assert_true(str_starts(STR("abc"), STR("ab")));
    assert_true(str_starts(STR("abc"), nothing));
    assert_true(str_starts(nothing, nothing));
    assert_false(str_starts(STR("ab"), STR("abc")));
    assert_true(str_starts_nocase(STR("ABc"), STR("ab")));
    assert_false(str_starts(STR("ABc"), STR("ab")));
    assert_true(str_ends(STR("abc"), STR("bc")));
    assert_true(str_ends(STR("abc"), STR("")));
    assert_false(str_ends(STR("bc"), STR("abc")));
    assert_false(str_ends(STR("abc"), STR("ab")));
}

static void test_order(void **state)
{
    static const struct str sorted[] = {
        {NULL, 0}, {"\0", 1}, {"a", 1}, {"a\0", 2}, {"ab", 2}, {"\xFF", 1},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sorted); i++)
        for (size_t j = 0; j < ARRAY_LEN(sorted); j++) {
            int c = str_cmp(sorted[i], sorted[j]);
            assert_int_equal((c > 0) - (c < 0), (i > j) - (i < j));
        }
}

static void test_search(void **state)
{
    (void)state;
    assert_int_equal(str_chr(STR("abcb"), 'b'), 1);
    assert_int_equal(str_chr(STR("ab\0c"), '\0'), 2);
    assert_int_equal(str_chr(STR("abc"), 'x'), 3);
    assert_int_equal(str_chr(nothing, 'x'), 0);
    assert_int_equal(str_find(STR("aababc"), STR("abc")), 3);
    assert_int_equal(str_find(STR("aabab"), STR("abc")), 5);
    assert_int_equal(str_find(STR("ab"), STR("abc")), 2);
    assert_int_equal(str_find(STR("ab"), nothing), 0);
    assert_int_equal(str_find(nothing, STR("a")), 0);
    assert_int_equal(str_find_nocase(STR("xxABC"), STR("aBc")), 2);
    assert_int_equal(str_find_nocase(STR("xxAB"), STR("aBc")), 4);
    assert_int_equal(str_find_nocase(STR("a"), STR("aBc")), 1);
    assert_int_equal(str_find_nocase(STR("a"), STR("")), 0);
}

static void test_decimal(void **state)
{
    (void)state;
    static const struct str none[] = {{"", 0},    {"-1", 2}, {"+1", 2},
                                      {" 1", 2},  {"1 ", 2}, {"1.5", 3},
                                      {"0x1", 3}, {"1\0", 2}};
    uint64_t n;
    for (size_t i = 0; i < ARRAY_LEN(none); i++)
        assert_false(str_decimal(none[i], &n));
    assert_true(str_decimal(STR("0"), &n));
    assert_int_equal(n, 0);
    assert_true(str_decimal(STR("007"), &n));
    assert_int_equal(n, 7);
    assert_true(str_decimal(STR("999999999999999999"), &n));
    assert_true(n == 999999999999999999);
    assert_false(str_decimal(STR("1000000000000000000"), &n));
}

static void test_parts(void **state)
{
    (void)state;
    assert_str(str_sub(STR("abcd"), 1, 2), "bc");
    assert_str(str_sub(STR("abcd"), 1, SIZE_MAX), "bcd");
    assert_str(str_sub(STR("abcd"), 4, 1), "");
    assert_str(str_sub(STR("abcd"), SIZE_MAX, SIZE_MAX), "");
    assert_null(str_sub(nothing, 1, 1).p);
    assert_str(str_trim(STR(" \t\r\n\fa b\n ")), "a b");
    assert_str(str_trim(STR("\va\v")), "\va\v");
    assert_str(str_trim(STR(" \n ")), "");
    assert_str(str_trim(nothing), "");
}

static void test_blank(void **state)
{
    (void)state;
    assert_true(str_blank(nothing));
    assert_true(str_blank(STR(" \xC2\xA0\n\xC2\xA0")));
    assert_false(str_blank(STR(" \xC2")));
    assert_false(str_blank(STR("\xA0")));
    assert_false(str_blank(STR("\xC2\xA9")));
    assert_false(str_blank(STR(" \0")));
}

static void test_tokens(void **state)
{
    static const char *const expected[] = {"a", "", "b", ""};
    struct str rest = STR("a,,b,"), token;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
        assert_true(str_next(&rest, ',', &token));
        assert_true(str_eq(token, str_of(expected[i])));
    }
    assert_false(str_next(&rest, ',', &token));
    rest = STR("");
    assert_true(str_next(&rest, ',', &token));
    assert_int_equal(token.n, 0);
    assert_false(str_next(&rest, ',', &token));
}

static void test_words(void **state)
{
    struct str rest = STR(" \n one\ttwo\v \f"), word;
    (void)state;
    assert_true(str_next_word(&rest, &word));
    assert_str(word, "one");
    assert_true(str_next_word(&rest, &word));
    assert_str(word, "two\v");
    assert_false(str_next_word(&rest, &word));
    assert_int_equal(word.n, 0);
    rest = nothing;
    assert_false(str_next_word(&rest, &word));
}

/* ---- UTF-8 ---- */

static void test_utf8_every_character(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[4];
        size_t n = utf8_put(c, bytes);
        bool scalar = c < 0xD800 || c > 0xDFFF;
        struct str s = {bytes, n};
        size_t valid = utf8_valid(s);
        uint32_t got = utf8_next(&s);
        if (got != (scalar ? c : 0xFFFD) || s.n != (scalar ? 0 : n - 1) ||
            valid != (scalar ? n : 0))
            fail_msg("U+%04X", (unsigned)c);
    }
}

/* Each byte that is no part of UTF-8 counts alone; what is whole stays. */
static void test_utf8_malformed(void **state)
{
    static const struct {
        struct str s;
        size_t valid, characters;
    } cases[] = {
        {STR("a\x80z"), 1, 3},
        {STR("\xC0\xAF"), 0, 2},             /* overlong */
        {STR("\xC1\xBF"), 0, 2},             /* overlong */
        {STR("\xE0\x80\xAF"), 0, 3},         /* overlong */
        {STR("\xE0\x9F\xBF"), 0, 3},         /* overlong */
        {STR("\xF0\x8F\xBF\xBF"), 0, 4},     /* overlong */
        {STR("\xED\xA0\x80"), 0, 3},         /* a surrogate */
        {STR("\xF4\x90\x80\x80"), 0, 4},     /* past U+10FFFF */
        {STR("\xF5\x80\x80\x80"), 0, 4},     /* past U+10FFFF */
        {STR("\xE2\x82"), 0, 2},             /* cut off */
        {STR("\xE2\x82\xE2\x82\xAC"), 0, 3}, /* cut off, then a whole one */
        {STR("\xF0\x9F\x92\xA9\xFF"), 4, 2},
        {STR("\xE2\xAC"), 0, 2},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *exact = mem_dup(cases[i].s.p, cases[i].s.n);
        struct str s = {exact, cases[i].s.n};
        size_t characters = 0;
        assert_int_equal(utf8_valid(s), cases[i].valid);
        for (; s.n; characters++)
            utf8_next(&s);
        assert_int_equal(characters, cases[i].characters);
        free(exact);
    }
}

/* Against the definition: no prefix that is longer ends between characters. */
static void test_utf8_clip(void **state)
{
    static const struct str texts[] = {
        STR("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x92\xA9z"),
        STR("\x80\x80\x80\x80\x80\x80"),
        STR("a\xE2\x82\x41\xF0\x9F\x92\xC3\xA9\xA9"),
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        for (size_t n = 0; n <= texts[i].n + 1; n++) {
            struct str rest = texts[i];
            size_t longest = 0;
            while (rest.n) {
                utf8_next(&rest);
                if (texts[i].n - rest.n <= n)
                    longest = texts[i].n - rest.n;
            }
            assert_int_equal(utf8_clip(texts[i], n).n, longest);
        }
}

static void test_xml_characters(void **state)
{
    static const uint32_t refused[] = {
        0,      8,      0xB,    0x1F,   0x7F,   0x85,    0x9F,     0xD800,
        0xDFFF, 0xFDD0, 0xFDEF, 0xFEFF, 0xFFFE, 0x1FFFF, 0x10FFFE, 0x110000};
    static const uint32_t taken[] = {'\t',   '\n',    '\r',    ' ',    0x7E,
                                     0xA0,   0xD7FF,  0xE000,  0xFDCF, 0xFDF0,
                                     0xFFFD, 0x10000, 0x10FFFD};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        assert_false(chr_xml(refused[i]));
    for (size_t i = 0; i < ARRAY_LEN(taken); i++)
        assert_true(chr_xml(taken[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes_are_ascii),
        cmocka_unit_test(test_equality),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_search),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_blank),
        cmocka_unit_test(test_decimal),
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_utf8_every_character),
        cmocka_unit_test(test_utf8_malformed),
        cmocka_unit_test(test_utf8_clip),
        cmocka_unit_test(test_xml_characters),
    };
    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
