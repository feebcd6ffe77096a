/* JSON as events: whole and cut up, well-formed and not. */
#include "base/buf.h"
#include "text/json_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void on_open(void *context, const char *key, unsigned line)
{
    buf_printf(context, "{%s:%u ", key, line);
}

static void on_close(void *context, const char *key)
{
    buf_printf(context, "}%s ", key);
}

static void on_scalar(void *context, const char *key, struct str text,
                      enum json_kind kind, unsigned line)
{
    buf_printf(context, "%s%c%.*s:%u ", key, "'#?"[kind], STR_ARG(text), line);
}

/* The events of `json`, pushed in pieces of `size` bytes; "!" and the line of
 * the first fault at the end. */
static struct buf events(struct str json, size_t size)
{
    struct buf out = buf_make(BUF_LINE);
    const struct json_handler handler = {.context = &out,
                                         .open = on_open,
                                         .close = on_close,
                                         .scalar = on_scalar};
    struct json_reader *r = json_reader_new(&handler);
    unsigned line;
    for (; json.n; json = str_sub(json, size, json.n))
        json_reader_push(r, str_sub(json, 0, size));
    if (!json_reader_end(r, &line))
        buf_printf(&out, "!%u", line);
    json_reader_free(r);
    return out;
}

static void expect(const char *json, const char *expected)
{
    static const size_t sizes[] = {1, 2, 3, 7, 1000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct buf got = events(str_of(json), sizes[i]);
        assert_string_equal(got.data, expected);
        buf_free(&got);
    }
}

static void well_formed(void **state)
{
    (void)state;
    expect("{}", "{:1 } ");
    expect(" {\"a\": \"b\", \"c\": -1.5e3,\n\"d\": true, \"e\": null}\n",
           "{:1 a'b:1 c#-1.5e3:1 d?true:2 } ");
    expect("{\"a\": [\"x\", {\"b\": []}, [1, [2]]], \"z\": {}}",
           "{:1 a'x:1 {a:1 }a a#1:1 a#2:1 {z:1 }z } ");
    expect("{\"\\u0061\\n\": \"\\\"\\\\\\/\\u20AC\\ud83d\\ude00\"}",
           "{:1 a\n'\"\\/\u20AC\U0001F600:1 } ");
}

static void not_well_formed(void **state)
{
    (void)state;
    expect("{\"a\": 1,}", "{:1 a#1:1 } ");
    expect("{\"a\" 1 \"b\" 2}", "{:1 a#1:1 b#2:1 } ");
    expect("{\"a\": \"1\n2\"}", "{:1 a'1\n2:1 } !1");
    expect("{\"a\": \"\\ud83d!\\ude00\\q\\u00g\"}",
           "{:1 a'\xEF\xBF\xBD!\xEF\xBF\xBDq\xEF\xBF\xBDg:1 } !1");
    expect("{\"a\": {\"b\": [1}, \"c\": 2}", "{:1 {a:1 b#1:1 }a c#2:1 } !1");
    expect("{\"a\": nope, b: 2, \"c\": 3}", "{:1 c#3:1 } !1");
    expect("{\"a\": 1}\n{\"b\": 2}", "{:1 a#1:1 } !2");
}

static void cut_off(void **state)
{
    (void)state;
    expect("{\"a\": \"half", "{:1 a'half:1 } !1");
    expect("{\"a\": [{\"b\": \"c\\u20", "{:1 {a:1 b'c:1 }a } !1");
    expect("{\"a\": 12", "{:1 a#12:1 } !1");
    expect("{\"half a key", "{:1 } !1");
}

static void too_deep(void **state)
{
    struct buf json = buf_make(BUF_LINE);
    (void)state;
    buf_puts(&json, "{\"a\":");
    for (int i = 0; i < 5000; i++)
        buf_char(&json, '[');
    buf_puts(&json, "\"lost\"");
    for (int i = 0; i < 5000; i++)
        buf_char(&json, ']');
    buf_puts(&json, ",\"b\":\"kept\"}");
    expect(json.data, "{:1 b'kept:1 } !1");
    buf_free(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed),
        cmocka_unit_test(not_well_formed),
        cmocka_unit_test(cut_off),
        cmocka_unit_test(too_deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
