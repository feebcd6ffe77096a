/* XML as it is found: what is mended, in pieces of any size, in linear time. */

#include "base/buf.h"
#include "base/mem.h"
#include "xml/mend.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

static void gather(void *context, const char *data, size_t n)
{
    buf_add(context, data, n);
}

/* Mend `in` in pieces of `size` bytes. */
static void mend_in_pieces(struct str in, size_t size, struct buf *out,
                           struct mend_count counts[MEND_FAULT_COUNT])
{
    struct mend *m = mend_new(gather, out);
    for (size_t at = 0; at < in.n; at += size)
        mend_push(m, str_sub(in, at, size));
    mend_end(m);
    memcpy(counts, mend_counts(m), MEND_FAULT_COUNT * sizeof *counts);
    mend_free(m);
}

static size_t line_ends(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

enum { NO_FAULT = -1 };

static const struct {
    const char *in, *out;
    int fault; /* the one kind that is met, once */
    unsigned line;
} cases[] = {
    {"<a>x</a>", "<a>x</a>", NO_FAULT, 0},
    {"<?xml version='1.0'?>\n<a/>\n", "\n<a/>\n", NO_FAULT, 0},
    {"\n<?xml version='1.0'?><a/>", "\n<a/>", NO_FAULT, 0},
    {"<a/><?xml version='1.0'?>", "<a/>", MEND_DECLARATION, 1},
    {"<a><!-- </a> --\n- --></a>", "<a>\n</a>", NO_FAULT, 0},
    {"<a><?php echo '</a>' ?></a>", "<a></a>", NO_FAULT, 0},
    /* DOCTYPEs */
    {"<!DOCTYPE a>\n<a/>", "\n<a/>", NO_FAULT, 0},
    {"<!doctype a [\n<!ENTITY e '>'> ] >\n<a/>", "\n\n<a/>", NO_FAULT, 0},
    /* characters */
    {"<a>x\x01y</a>", "<a>xy</a>", MEND_CHARACTER, 1},
    {"<a>\xC2\x93q\xC2\x94</a>", "<a>\xE2\x80\x9Cq\xE2\x80\x9D</a>", NO_FAULT,
     0},
    {"<a><![CDATA[\n\x0C]]></a>", "<a><![CDATA[\n]]></a>", MEND_CHARACTER, 2},
    /* references */
    {"<a>&amp;&lt;&gt;&quot;&apos;</a>", "<a>&amp;&lt;&gt;&quot;&apos;</a>",
     NO_FAULT, 0},
    {"<a>&#65;&#x41;</a>", "<a>&#65;&#65;</a>", NO_FAULT, 0},
    {"<a>&#0;</a>", "<a>&#65533;</a>", MEND_REFERENCE, 1},
    {"<a>&#xD800;</a>", "<a>&#65533;</a>", MEND_REFERENCE, 1},
    {"<a>&#99999999999999999999;</a>", "<a>&#65533;</a>", MEND_REFERENCE, 1},
    {"<a>&#x92;</a>", "<a>&#8217;</a>", MEND_REFERENCE, 1},
    {"<a>\n&nbsp;</a>", "<a>\n&#160;</a>", MEND_ENTITY, 2},
    {"<a>&nosuch;</a>", "<a>&amp;nosuch;</a>", MEND_AMPERSAND, 1},
    {"<a>AT&T</a>", "<a>AT&amp;T</a>", MEND_AMPERSAND, 1},
    {"<a>x &</a>", "<a>x &amp;</a>", MEND_AMPERSAND, 1},
    {"<a>&#;</a>", "<a>&amp;#;</a>", MEND_AMPERSAND, 1},
    {"<a>&#x;</a>", "<a>&amp;#x;</a>", MEND_AMPERSAND, 1},
    {"<a>&amp</a>", "<a>&amp;amp</a>", MEND_AMPERSAND, 1},
    {"<a>&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;</a>",
     "<a>&amp;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;</a>",
     MEND_AMPERSAND, 1},
    {"<a>&#00000000000000000000000000000000000000000000000000000000065;</a>",
     "<a>&amp;#00000000000000000000000000000000000000000000000000000000065;"
     "</a>",
     MEND_AMPERSAND, 1},
    {"<a b='x&y'/>", "<a b=\"x&amp;y\"/>", MEND_AMPERSAND, 1},
    /* "<" */
    {"<a>1 < 2</a>", "<a>1 &lt; 2</a>", MEND_LESS_THAN, 1},
    {"<a>i<3</a>", "<a>i&lt;3</a>", MEND_LESS_THAN, 1},
    {"<a>x <y <b>z</b></a>", "<a>x &lt;y <b>z</b></a>", MEND_LESS_THAN, 1},
    {"<a><\xE2\x80\x9Cx\xE2\x80\x9D></a>",
     "<a>&lt;\xE2\x80\x9Cx\xE2\x80\x9D&gt;</a>", MEND_LESS_THAN, 1},
    {"<a>x</ y</a>", "<a>x&lt;/ y</a>", MEND_LESS_THAN, 1},
    {"<\xC3\xA9t\xC3\xA9>x</\xC3\xA9t\xC3\xA9>",
     "<\xC3\xA9t\xC3\xA9>x</\xC3\xA9t\xC3\xA9>", NO_FAULT, 0},
    /* "]]>" is not allowed in text */
    {"<a>x]]>y</a>", "<a>x]]&gt;y</a>", NO_FAULT, 0},
    /* attributes */
    {"<a b = 'x' c=\"y\"/>", "<a b= \"x\" c=\"y\"/>", NO_FAULT, 0},
    {"<a b='say \"x\"'/>", "<a b=\"say &quot;x&quot;\"/>", NO_FAULT, 0},
    {"<a b='1 > 2'/>", "<a b=\"1 &gt; 2\"/>", NO_FAULT, 0},
    {"<a b=x/>", "<a b=\"x\"/>", MEND_ATTRIBUTE, 1},
    {"<a\nb/>", "<a\nb=\"\"/>", MEND_ATTRIBUTE, 2},
    {"<a b='<i>'/>", "<a b=\"&lt;i&gt;\"/>", MEND_ATTRIBUTE, 1},
    {"<a \xE2\x80\x9C/>", "<a />", MEND_ATTRIBUTE, 1},
    {"<a b='x'c='y'/>", "<a b=\"x\" c=\"y\"/>", NO_FAULT, 0},
    /* end tags */
    {"<a>x</b>\ny</a>", "<a>x\ny</a>", MEND_END_TAG, 1},
    {"<a>x<br>y</a>", "<a>x<br>y</br></a>", MEND_UNCLOSED, 1},
    {"<a><B>x</b></a\n>", "<a><B>x</B></a\n>", NO_FAULT, 0},
    /* CDATA */
    {"<a><![CDATA[x & <y> ]] ]]></a>", "<a><![CDATA[x & <y> ]] ]]></a>",
     NO_FAULT, 0},
    {"<a>\n<![CDATA[x\ny", "<a>\n<![CDATA[x\ny]]>", MEND_CDATA, 3},
    {"<a><![CDATA[x]]", "<a><![CDATA[x]]>", MEND_CDATA, 1},
    {"<a><![CDATA[x]", "<a><![CDATA[x]]>", MEND_CDATA, 1},
    /* around the root */
    {"junk\n<a/>", "\n<a/>", MEND_JUNK, 1},
    {"\xEF\xBB\xBF<a/>", "<a/>", NO_FAULT, 0},
    {"<a/>\njunk", "<a/>\n", MEND_JUNK, 1},
    {"<a/><b/>", "<a/>", MEND_JUNK, 1},
    {"</b><a/>", "<a/>", MEND_JUNK, 1},
    /* cut off: the parser tells */
    {"<a><b>x", "<a><b>x", NO_FAULT, 0},
    {"<a>x<", "<a>x", NO_FAULT, 0},
    {"<a>x</", "<a>x", NO_FAULT, 0},
    {"<a>x</a", "<a>x", NO_FAULT, 0},
    {"<a>x<b c='d> e", "<a>x", NO_FAULT, 0},
    {"<a>x<![CDA", "<a>x", NO_FAULT, 0},
    {"<a>x<!-- y", "<a>x", NO_FAULT, 0},
    {"<a>x &am", "<a>x ", NO_FAULT, 0},
    {"<a>x &#12", "<a>x ", NO_FAULT, 0},
    {"<a>x<b c='d> <i>y</i></a>", "<a>x&lt;b c='d&gt; <i>y</i></a>",
     MEND_LESS_THAN, 1},
};

static void test_mended(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct mend_count counts[MEND_FAULT_COUNT];
        struct buf out = buf_make(BUF_BODY);
        mend_in_pieces(str_of(cases[i].in), 1 << 16, &out, counts);
        assert_string_equal(out.data, cases[i].out);
        for (int f = 0; f < MEND_FAULT_COUNT; f++) {
            bool met = f == cases[i].fault;
            if (counts[f].count != met)
                print_error("%s: %s\n", cases[i].in,
                            mend_fault_text((enum mend_fault)f));
            assert_int_equal(counts[f].count, met);
            assert_int_equal(counts[f].line, met ? cases[i].line : 0);
        }
        buf_free(&out);
    }
}

/* Text up to every point has as many line ends as the input. */
static void test_lines_are_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct mend_count counts[MEND_FAULT_COUNT];
        struct buf out = buf_make(BUF_BODY);
        mend_in_pieces(str_of(cases[i].in), 1 << 16, &out, counts);
        assert_int_equal(line_ends(buf_view(&out)),
                         line_ends(str_of(cases[i].in)));
        buf_free(&out);
    }
}

static void test_pieces_of_any_size(void **state)
{
    (void)state;
    struct buf all = buf_make(BUF_BODY);
    buf_puts(&all, "<root>\n");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        buf_puts(&all, cases[i].in);
    buf_puts(&all, "]]></root>");
    for (size_t i = 0; i <= ARRAY_LEN(cases); i++) {
        struct str in =
            i < ARRAY_LEN(cases) ? str_of(cases[i].in) : buf_view(&all);
        struct mend_count whole[MEND_FAULT_COUNT], pieces[MEND_FAULT_COUNT];
        struct buf a = buf_make(BUF_BODY), b = buf_make(BUF_BODY);
        mend_in_pieces(in, in.n, &a, whole);
        for (size_t size = 1; size < 8; size++) {
            buf_clear(&b);
            mend_in_pieces(in, size, &b, pieces);
            assert_string_equal(a.data, b.data);
            assert_memory_equal(whole, pieces, sizeof whole);
        }
        buf_free(&a);
        buf_free(&b);
    }
    buf_free(&all);
}

/* End tags that are missing, of elements that are known. */
static void test_known(void **state)
{
    static const struct mend_element known[] = {
        {"i", MEND_UNIT | MEND_SURE},
        {"t", MEND_TEXT},
        {"d", MEND_TEXT | MEND_SURE},
        {"b", MEND_BODY | MEND_SURE},
    };
    static const struct {
        const char *in, *out;
        size_t unclosed;
    } inputs[] = {
        {"<r><i>1<i>2</i></r>", "<r><i>1</i><i>2</i></r>", 1},
        {"<r><i><t>1<d>2</d></i></r>", "<r><i><t>1</t><d>2</d></i></r>", 1},
        {"<r><i><b><t>1</t></b></i></r>", "<r><i><b><t>1</t></b></i></r>", 0},
        {"<r><i><b><p>1<d>2</d></i></r>",
         "<r><i><b><p>1</p></b><d>2</d></i></r>", 2},
        {"<r><i><b>1<i><t>2</i></r>", "<r><i><b>1</b></i><i><t>2</t></i></r>",
         3},
        {"<r><t>1<i><d>2</d></i></r>", "<r><t>1</t><i><d>2</d></i></r>", 1},
        {"<r><i><t>1<x>2</x></t></i></r>", "<r><i><t>1<x>2</x></t></i></r>", 0},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
        struct buf out = buf_make(BUF_BODY);
        struct mend *m = mend_new(gather, &out);
        mend_know(m, known, ARRAY_LEN(known));
        mend_push(m, str_of(inputs[i].in));
        mend_end(m);
        assert_string_equal(out.data, inputs[i].out);
        assert_int_equal(mend_counts(m)[MEND_UNCLOSED].count,
                         inputs[i].unclosed);
        mend_free(m);
        buf_free(&out);
    }
}

/* Elements that nothing ends. */
static void test_cut(void **state)
{
    static const struct {
        const char *in;
        bool cut;
    } inputs[] = {
        {"", false},           {"<a/>", false},   {"<a>x</a>\n", false},
        {"<a><b></a>", false}, {"<a>x</a", true}, {"<a><b/>", true},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
        struct buf out = buf_make(BUF_BODY);
        struct mend *m = mend_new(gather, &out);
        mend_push(m, str_of(inputs[i].in));
        mend_end(m);
        assert_int_equal(mend_cut(m), inputs[i].cut);
        mend_free(m);
        buf_free(&out);
    }
}

/* The kinds of input on which a lexer that looks ahead may look again and
 * again. */
static void test_linear_time(void **state)
{
    (void)state;
    static const char *const units[] = {
        "<a",  "<a b='",     "<a =\" ='\" ='", "<a>", "</a>",
        "&",   "&#",         "<!--",           "<?",  "<![CDATA[",
        "]]>", "<!DOCTYPE[", "<a b=c ",        "=\"", "<b/><",
    };
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        struct mend_count counts[MEND_FAULT_COUNT];
        struct buf in = buf_make(BUF_BODY), out = buf_make(BUF_BODY);
        buf_puts(&in, "<root>");
        while (in.len < 3 << 20)
            buf_puts(&in, units[i]);
        clock_t start = clock();
        mend_in_pieces(buf_view(&in), 1 << 16, &out, counts);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds > 4)
            print_error("%s: %.1f s\n", units[i], seconds);
        assert_true(seconds <= 4);
        buf_free(&in);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mended),
        cmocka_unit_test(test_lines_are_kept),
        cmocka_unit_test(test_pieces_of_any_size),
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
