/* XML -> events. */

#include "base/buf.h"
#include "xml/html.h"
#include "xml/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* Events are written as text: "(name attr=value" "text" ")name". */
struct log {
    struct buf out;
    unsigned last_line; /* of the last start */
    bool in_text;
};

static void put_name(struct log *l, struct xml_name name)
{
    if (*name.space)
        buf_printf(&l->out, "{%s}", name.space);
    buf_puts(&l->out, name.local);
}

static void on_start(void *context, struct xml_name name,
                     const struct xml_attr *attrs, size_t count, unsigned line)
{
    struct log *l = context;
    l->last_line = line;
    buf_char(&l->out, '(');
    put_name(l, name);
    for (size_t i = 0; i < count; i++) {
        buf_char(&l->out, ' ');
        put_name(l, attrs[i].name);
        buf_char(&l->out, '=');
        buf_str(&l->out, attrs[i].value);
    }
    buf_char(&l->out, '|');
}

static void on_end(void *context, struct xml_name name)
{
    struct log *l = context;
    buf_char(&l->out, ')');
    put_name(l, name);
}

static void on_text(void *context, struct str text, unsigned line)
{
    struct log *l = context;
    (void)line;
    buf_str(&l->out, text);
}

/* Parse in pieces; true if complete. */
static bool parse(struct log *l, struct str xml, size_t size, unsigned *line)
{
    *l = (struct log){.out = buf_make(BUF_BODY)};
    const struct xml_handler handler = {
        .context = l, .start = on_start, .end = on_end, .text = on_text};
    struct xml_parser *p = xml_parser_new(&handler);
    for (size_t at = 0; at < xml.n; at += size) {
        struct str piece = str_sub(xml, at, size);
        xml_parser_push(p, piece.p, piece.n);
    }
    bool complete = xml_parser_end(p, line);
    xml_parser_free(p);
    return complete;
}

static void expect(const char *xml, bool complete, const char *events)
{
    static const size_t sizes[] = {1, 3, 1 << 16};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct log l;
        bool whole = parse(&l, str_of(xml), sizes[i], NULL);
        assert_string_equal(l.out.data, events);
        assert_int_equal(whole, complete);
        buf_free(&l.out);
    }
}

static void test_events(void **state)
{
    (void)state;
    expect("<a b='1' c='&amp;'>x<b/>y</a>", true, "(a b=1 c=&|x(b|)by)a");
    expect("<a>&lt;<![CDATA[<x>&amp;]]>&#233;</a>", true,
           "(a|<<x>&amp;\xC3\xA9)a");
    expect("<a> <b> </b> </a>", true, "(a| (b| )b )a");
    expect("<a>x<!-- y --><?z?></a>", true, "(a|x)a");
}

static void test_namespaces(void **state)
{
    (void)state;
    expect("<a xmlns='u' xmlns:p='v' p:q='1' r='2'><p:b/></a>", true,
           "({u}a {v}q=1 r=2|({v}b|){v}b){u}a");
    /* never declared: the prefix stands for it */
    expect("<a><dc:b media:c='1'/></a>", true, "(a|({dc}b {media}c=1|){dc}b)a");
    expect("<a xml:lang='en'/>", true,
           "(a {http://www.w3.org/XML/1998/namespace}lang=en|)a");
}

static void test_no_entity_is_known(void **state)
{
    (void)state;
    expect("<!DOCTYPE a [<!ENTITY e 'secret'>"
           "<!ENTITY f SYSTEM 'file:///etc/hostname'>]><a>x&e;&f;y</a>",
           false, "(a|xy)a");
}

static void test_cut_off(void **state)
{
    (void)state;
    struct log l;
    unsigned line = 0;
    expect("<a><b>x", false, "(a|(b|x)b)a");
    expect("<a><b>x</b>", false, "(a|(b|x)b)a");
    expect("", false, "");
    assert_false(parse(&l, STR("<a>\n<b>\nx"), 64, &line));
    assert_int_equal(line, 3);
    buf_free(&l.out);
}

static void test_lines(void **state)
{
    (void)state;
    struct log l;
    assert_true(parse(&l, STR("<a>\n\n<b/>\n</a>"), 4, NULL));
    assert_int_equal(l.last_line, 3);
    buf_free(&l.out);
}

static size_t occurrences(struct str s, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == c;
    return n;
}

/* What is deeper than XML_DEPTH is left out, its text is not, and what
 * follows is as deep as it should be. */
static void test_depth(void **state)
{
    (void)state;
    enum { DEEP = 5000 };
    struct buf xml = buf_make(BUF_BODY);
    struct log l;
    buf_puts(&xml, "<r>");
    for (int i = 0; i < DEEP; i++)
        buf_puts(&xml, "<d>");
    buf_puts(&xml, "deep");
    for (int i = 0; i < DEEP; i++)
        buf_puts(&xml, "</d>");
    buf_puts(&xml, "<e/></r>");
    assert_true(parse(&l, buf_view(&xml), 1 << 16, NULL));
    assert_int_equal(occurrences(buf_view(&l.out), '('), XML_DEPTH + 1);
    assert_int_equal(occurrences(buf_view(&l.out), ')'), XML_DEPTH + 1);
    assert_true(str_find(buf_view(&l.out), STR("deep")) < l.out.len);
    assert_true(str_ends(buf_view(&l.out), STR(")d(e|)e)r")));
    buf_free(&l.out);
    buf_free(&xml);
}

/* libxml2 bounds text nodes at 10 MB unless told otherwise. */
static void test_long_text(void **state)
{
    (void)state;
    enum { LONG = 12 << 20 };
    struct buf xml = buf_make(BUF_BODY);
    struct log l;
    buf_puts(&xml, "<a b='");
    memset(buf_room(&xml, LONG), 'x', LONG);
    xml.len += LONG;
    buf_puts(&xml, "'><![CDATA[");
    memset(buf_room(&xml, LONG), 'y', LONG);
    xml.len += LONG;
    buf_puts(&xml, "]]></a>");
    assert_true(parse(&l, buf_view(&xml), 1 << 16, NULL));
    assert_int_equal(occurrences(buf_view(&l.out), 'x'), LONG);
    assert_int_equal(occurrences(buf_view(&l.out), 'y'), LONG);
    buf_free(&l.out);
    buf_free(&xml);
}

static void test_many_attributes(void **state)
{
    (void)state;
    struct buf xml = buf_make(BUF_BODY);
    struct log l;
    buf_puts(&xml, "<a");
    for (int i = 0; i < 1000; i++)
        buf_printf(&xml, " a%d='='", i);
    buf_puts(&xml, "/>");
    assert_true(parse(&l, buf_view(&xml), 1 << 16, NULL));
    assert_true(str_ends(buf_view(&l.out), STR("|)a")));
    buf_free(&l.out);
    buf_free(&xml);
}

static void test_attribute_values(void **state)
{
    (void)state;
    const struct xml_attr attrs[] = {{{"n", "a"}, STR("1")},
                                     {{"", "a"}, STR("2")}};
    assert_true(str_eq(xml_attr_value(attrs, 2, "a"), STR("2")));
    assert_true(str_eq(xml_attr_in(attrs, 2, "n", "a"), STR("1")));
    assert_null(xml_attr_value(attrs, 2, "b").p);
    assert_null(xml_attr_value(NULL, 0, "a").p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_events),
        cmocka_unit_test(test_namespaces),
        cmocka_unit_test(test_no_entity_is_known),
        cmocka_unit_test(test_cut_off),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_long_text),
        cmocka_unit_test(test_many_attributes),
        cmocka_unit_test(test_attribute_values),
    };
    xml_init();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_end();
    return failed;
}
