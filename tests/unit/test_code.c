/* The tables of the code pass: found by binary search, so sorted. */
#include "article/code/code_int.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

typedef const struct code_word *rows(size_t n);

static void check_sorted(rows *row)
{
    const struct code_word *before = row(0), *r;
    assert_non_null(before);
    for (size_t i = 1; (r = row(i)); i++) {
        if (str_cmp(str_of(before->name), str_of(r->name)) >= 0)
            fail_msg("%s stands before %s", before->name, r->name);
        before = r;
    }
}

static void test_sorted(void **state)
{
    (void)state;
    check_sorted(code_mark_row);
    check_sorted(code_token_row);
    check_sorted(code_language_row);
    assert_true(code_colours_sorted());
}

static void check_token(const char *class, enum code_token token)
{
    assert_int_equal(code_token_named(str_of(class)), token);
}

/* One word of each highlighter, and what is no token. */
static void test_tokens(void **state)
{
    (void)state;
    check_token("kd", TOKEN_KEYWORD);
    check_token("s2", TOKEN_STRING);
    check_token("hljs-built_in", TOKEN_FUNCTION);
    check_token("keyword", TOKEN_KEYWORD);
    check_token("pl-c", TOKEN_COMMENT);
    check_token("cm-Number", TOKEN_NUMBER);
    check_token("crayon-st", TOKEN_KEYWORD);
    check_token("enlighter-s0", TOKEN_STRING);
    check_token("kwd", TOKEN_KEYWORD);
    check_token("st0", TOKEN_STRING);
    check_token("org-type", TOKEN_TYPE);
    check_token("punctuation", TOKEN_PLAIN);
    check_token("addition", TOKEN_INSERTED);
    check_token("", TOKEN_NONE);
    check_token("nonsense", TOKEN_NONE);
    check_token("a-name-that-is-longer-than-any-row-of-any-of-the-tables-is",
                TOKEN_NONE);
}

/* The classes in the book are names that are known when read again. */
static void test_again(void **state)
{
    (void)state;
    for (int i = TOKEN_KEYWORD; i <= TOKEN_DELETED; i++) {
        enum code_token token = (enum code_token)i;
        check_token(code_token_class(token), token);
    }
    assert_null(code_token_class(TOKEN_NONE));
    assert_null(code_token_class(TOKEN_PLAIN));
}

static enum code_token colour(const char *style)
{
    xmlDoc *doc = tree_new();
    xmlNode *n = tree_element(doc, "span");
    tree_set_attr(n, "style", str_of(style));
    enum code_token token = code_token(n);
    tree_drop(n);
    tree_free(doc);
    return token;
}

static void test_colours(void **state)
{
    (void)state;
    assert_int_equal(colour("color:#D73A49"), TOKEN_KEYWORD);
    assert_int_equal(colour("COLOR: #6a737dff"), TOKEN_COMMENT);
    assert_int_equal(colour("color:rgb(152, 195, 121)"), TOKEN_STRING);
    assert_int_equal(colour("color: rgb(106 115 125 / 50%)"), TOKEN_COMMENT);
    assert_int_equal(colour("x:y;--shiki-light:#005cc5"), TOKEN_NUMBER);
    assert_int_equal(colour("color:var(--shiki-token-keyword)"), TOKEN_KEYWORD);
    assert_int_equal(colour("color:var(--color-prettylights-syntax-comment)"),
                     TOKEN_COMMENT);
    assert_int_equal(colour("color:blue"), TOKEN_KEYWORD);
    assert_int_equal(colour("color:#123456"), TOKEN_PLAIN);
    assert_int_equal(colour("color:#12"), TOKEN_NONE);
    assert_int_equal(colour("color:rgb(1,2)"), TOKEN_NONE);
    assert_int_equal(colour("color:var(--x)"), TOKEN_NONE);
    assert_int_equal(colour("background:#d73a49"), TOKEN_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sorted),
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_again),
        cmocka_unit_test(test_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
