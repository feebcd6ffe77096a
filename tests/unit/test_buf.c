/* Buffers: their ceiling, and the two ways to add text that change it. */

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void assert_text(const struct buf *b, struct str expected)
{
    assert_int_equal(b->len, expected.n);
    assert_memory_equal(b->data, expected.p, expected.n);
    assert_int_equal(b->data[b->len], '\0');
}

static void test_empty(void **state)
{
    struct buf b = buf_make(10);
    (void)state;
    assert_text(&b, STR(""));
    buf_cut(&b, 0);
    buf_clear(&b);
    buf_add(&b, NULL, 0);
    buf_printf(&b, "%s", "");
    assert_text(&b, STR(""));
    assert_false(b.failed);
    buf_free(&b);
    assert_text(&b, STR(""));
}

/* A buffer can be used again after buf_free, under the same ceiling. */
static void test_free_and_use(void **state)
{
    struct buf b = buf_make(3);
    (void)state;
    buf_puts(&b, "abc");
    buf_free(&b);
    buf_puts(&b, "def");
    assert_text(&b, STR("def"));
    buf_char(&b, 'g');
    assert_true(b.failed);
    buf_free(&b);
}

static void test_grows(void **state)
{
    struct buf b = buf_make(BUF_LINE);
    (void)state;
    for (unsigned i = 0; i < 1000; i++) {
        buf_char(&b, (char)i);
        buf_printf(&b, "%03u", i);
        buf_str(&b, STR("\0x"));
        buf_utf8(&b, 0x20AC);
    }
    assert_false(b.failed);
    assert_int_equal(b.len, 1000 * (1 + 3 + 2 + 3));
    assert_memory_equal(b.data + 999 * 9,
                        "\xE7"
                        "999\0x\xE2\x82\xAC",
                        10);
    buf_cut(&b, 4);
    assert_text(&b, STR("\0"
                        "000"));
    buf_cut(&b, 5);
    assert_int_equal(b.len, 4);
    buf_free(&b);
}

/* What does not fit is left out whole, and so is all that comes after it. */
static void test_ceiling(void **state)
{
    struct buf b = buf_make(5);
    (void)state;
    buf_puts(&b, "abc");
    buf_puts(&b, "");
    buf_puts(&b, "def");
    assert_true(b.failed);
    buf_char(&b, 'g');
    buf_printf(&b, "%d", 1);
    assert_null(buf_room(&b, 0));
    assert_text(&b, STR("abc"));
    buf_clear(&b);
    buf_puts(&b, "abcde");
    assert_false(b.failed);
    assert_text(&b, STR("abcde"));
    buf_free(&b);
    b = buf_make(0);
    buf_char(&b, 'a');
    assert_true(b.failed);
    assert_text(&b, STR(""));
    buf_free(&b);
}

static void test_ceiling_of_formatted_text(void **state)
{
    struct buf b = buf_make(200);
    (void)state;
    buf_printf(&b, "%150d", 1);
    buf_printf(&b, "%51d", 1);
    assert_true(b.failed);
    assert_int_equal(b.len, 150);
    b.failed = false;
    buf_printf(&b, "%50d", 1);
    assert_false(b.failed);
    assert_int_equal(b.len, 200);
    buf_free(&b);
}

static void test_room(void **state)
{
    struct buf b = buf_make(1000);
    (void)state;
    buf_puts(&b, "ab");
    char *to = buf_room(&b, 998);
    assert_ptr_equal(to, b.data + 2);
    memset(to, 'x', 998);
    b.len += 998;
    b.data[b.len] = '\0';
    assert_null(buf_room(&b, 1));
    assert_true(b.failed);
    assert_null(buf_room(&b, SIZE_MAX));
    assert_int_equal(strlen(b.data), 1000);
    buf_free(&b);
}

static void test_escape(void **state)
{
    struct buf b = buf_make(BUF_LINE);
    (void)state;
    buf_escape(&b, STR("a<b>&\"c'\t\n\r"));
    assert_text(&b, STR("a&lt;b&gt;&amp;&quot;c'\t\n\r"));
    buf_clear(&b);
    buf_escape(&b, STR("\xC3\xA9\xF0\x9F\x92\xA9\xC3<\xE2\x82"));
    assert_text(&b, STR("\xC3\xA9\xF0\x9F\x92\xA9\xEF\xBF\xBD&lt;"
                        "\xEF\xBF\xBD\xEF\xBF\xBD"));
    buf_clear(&b);
    buf_escape(&b, STR("a\0b\x0C\x1F\x7F\xC2\x85\xEF\xBB\xBF\xEF\xBF\xBE"
                       "c"));
    assert_text(&b, STR("abc"));
    buf_clear(&b);
    buf_escape(&b, (struct str){NULL, 0});
    assert_text(&b, STR(""));
    buf_free(&b);
}

static void test_collapse(void **state)
{
    struct buf b = buf_make(BUF_LINE);
    (void)state;
    buf_puts(&b, "x");
    buf_collapse(&b, STR(" \n a\t\tb  c\xC2\xA0 d "));
    assert_text(&b, STR("xa b c\xC2\xA0 d"));
    buf_clear(&b);
    buf_collapse(&b, STR(" \n "));
    assert_text(&b, STR(""));
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_free_and_use),
        cmocka_unit_test(test_grows),
        cmocka_unit_test(test_ceiling),
        cmocka_unit_test(test_ceiling_of_formatted_text),
        cmocka_unit_test(test_room),
        cmocka_unit_test(test_escape),
        cmocka_unit_test(test_collapse),
    };
    return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
