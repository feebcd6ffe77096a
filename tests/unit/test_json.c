/* JSON that is written. */

#include "text/json.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void expect(struct json_writer *w, const char *expected)
{
    struct buf out = buf_make(BUF_LINE);
    json_write(w, &out);
    assert_string_equal(out.data, expected);
    buf_free(&out);
    json_writer_free(w);
}

static void test_values(void **state)
{
    (void)state;
    struct json_writer *w = json_writer_new();
    json_put_text(w, "z", "a \"quote\", a \\ and\na line");
    json_put_text(w, "none", NULL);
    json_put_number(w, "number", 9007199254740993);
    json_put_bool(w, "yes", true);
    json_put_null(w, "a");
    expect(w, "{\n"
              " \"z\": \"a \\\"quote\\\", a \\\\ and\\na line\",\n"
              " \"none\": null,\n"
              " \"number\": 9007199254740993,\n"
              " \"yes\": true,\n"
              " \"a\": null\n"
              "}\n");
}

static void test_nesting(void **state)
{
    (void)state;
    struct json_writer *w = json_writer_new();
    json_open_array(w, "list");
    json_put_number(w, NULL, 1);
    json_open_object(w, NULL);
    json_put_bool(w, "in", false);
    json_close(w);
    json_close(w);
    json_open_object(w, "empty");
    json_close(w);
    expect(w, "{\n \"list\": [\n  1,\n  {\n   \"in\": false\n  }\n ],\n"
              " \"empty\": {}\n}\n");
}

/* Names of files are bytes. */
static void test_any_bytes(void **state)
{
    (void)state;
    struct json_writer *w = json_writer_new();
    json_put_text(w, "file", "caf\xC3\xA9 caf\xE9 \x01");
    expect(w, "{\n \"file\": \"caf\xC3\xA9 caf\xEF\xBF\xBD \\u0001\"\n}\n");
}

static void test_ceiling(void **state)
{
    (void)state;
    struct json_writer *w = json_writer_new();
    struct buf out = buf_make(8);
    json_put_text(w, "file", "too long for it");
    json_write(w, &out);
    assert_true(out.failed);
    buf_free(&out);
    json_writer_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_nesting),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
