/* HTML trees: as browsers build them, and never deep, whatever comes in. */
#include "xml/html.h"
#include "xml/write.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Elements that nest, imply, hide or close each other in some way. */
static const char *const elements[] = {
    "a",        "address",  "applet",   "b",       "blockquote", "body",
    "button",   "caption",  "center",   "code",    "col",        "dd",
    "desc",     "details",  "div",      "dl",      "dt",         "em",
    "font",     "form",     "frameset", "g",       "h2",         "html",
    "i",        "iframe",   "li",       "marquee", "math",       "mi",
    "nobr",     "noscript", "object",   "ol",      "optgroup",   "option",
    "p",        "pre",      "ruby",     "rt",      "select",     "small",
    "span",     "svg",      "table",    "tbody",   "td",         "template",
    "textarea", "th",       "tr",       "ul",      "x-y",        "br"};

static size_t depth_of(const xmlNode *root)
{
    size_t deepest = 0, depth = 0;
    for (const xmlNode *n = root; n;) {
        deepest = depth > deepest ? depth : deepest;
        if (tree_is_element(n) && n->children) {
            n = n->children;
            depth++;
            continue;
        }
        while (n != root && !n->next) {
            n = n->parent;
            depth--;
        }
        n = n == root ? NULL : n->next;
    }
    return deepest;
}

static size_t count_nodes(const xmlNode *root)
{
    size_t count = 0;
    for (const xmlNode *n = root; n; n = tree_next(root, n))
        count++;
    return count;
}

/* Repeat the pattern; the tree is bounded in depth and, to its source, in
 * size, which bounds the time as well. */
static void check(const char *pattern)
{
    struct buf html = buf_make(BUF_BODY);
    size_t repeats = 400;
    for (size_t i = 0; i < repeats; i++)
        buf_puts(&html, pattern);
    xmlDoc *doc = html_parse(buf_view(&html));
    const xmlNode *root = xmlDocGetRootElement(doc);
    assert_in_range(depth_of(root), 0, HTML_DEPTH + 1);
    assert_in_range(count_nodes(root), 0, repeats * 64 + 1024);
    tree_free(doc);
    buf_free(&html);
}

static void no_pair_of_tags_nests_deeply(void **state)
{
    char pattern[128];
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(elements); i++)
        for (size_t k = 0; k < ARRAY_LEN(elements); k++) {
            const char *a = elements[i], *b = elements[k];
            snprintf(pattern, sizeof pattern, "<%s><%s>x", a, b);
            check(pattern);
            snprintf(pattern, sizeof pattern, "<%s>x</%s>", a, b);
            check(pattern);
        }
}

/* The text of `html` after parsing. */
static void check_text(const char *html, const char *text)
{
    struct buf got = buf_make(BUF_BODY);
    xmlDoc *doc = html_parse(str_of(html));
    tree_gather(xmlDocGetRootElement(doc), &got);
    assert_string_equal(got.data, text);
    tree_free(doc);
    buf_free(&got);
}

static void deep_text_is_kept(void **state)
{
    static const char *const names[] = {"div", "b", "blockquote", "span"};
    (void)state;
    for (size_t k = 0; k < ARRAY_LEN(names); k++) {
        struct buf html = buf_make(BUF_BODY), text = buf_make(BUF_BODY),
                   got = buf_make(BUF_BODY);
        for (int i = 0; i < 3000; i++) {
            buf_printf(&html, "<%s>w%d ", names[k], i);
            buf_printf(&text, "w%d ", i);
        }
        xmlDoc *doc = html_parse(buf_view(&html));
        tree_gather(xmlDocGetRootElement(doc), &got);
        assert_string_equal(got.data, text.data);
        tree_free(doc);
        buf_free(&html);
        buf_free(&text);
        buf_free(&got);
    }
}

static void trees_are_those_of_browsers(void **state)
{
    (void)state;
    check_text("<p>a<!-- b -->c", "ac");
    check_text("a<![CDATA[b]]>c", "ac"); /* no CDATA in HTML */
    check_text("<svg><![CDATA[b]]></svg>", "b");
    check_text("&amp;lt; &nbsp;&hellip;&#x92;", "&lt; \u00a0\u2026\u2019");
    check_text("<textarea><p>x</textarea>y", "<p>xy");
    check_text("<script>a</script >b<style>c", "abc");
    check_text("<a title='>'>x</a title=\">\">y", "xy");
    check_text("1 < 2 <3", "1 < 2 <3");
    check_text("<p/>x<br/>y", "xy");
    check_text("<plaintext>a</plaintext>b", "a</plaintext>b");
    check_text("x</", "x</");
    check_text("<isindex prompt='y'>x", "x");
    check_text("<frameset><frame>x</frameset><p>y", "xy");
    check_text("x</body>y</html>z", "xyz");
    check_text("<<frame>a<</b>i>&am<isindex>p;", "<a<i>&amp;");
}

/* The elements of the tree, with brackets around what they hold; attributes
 * and text as they are. */
static void describe(const xmlNode *n, struct buf *out)
{
    for (n = n->children; n; n = n->next) {
        if (tree_is_text(n)) {
            buf_str(out, tree_content(n));
            continue;
        }
        buf_printf(out, "%s[", (const char *)n->name);
        describe(n, out);
        buf_puts(out, "]");
    }
}

static void check_tree(const char *html, const char *tree)
{
    struct buf got = buf_make(BUF_BODY);
    xmlDoc *doc = html_parse(str_of(html));
    describe(xmlDocGetRootElement(doc), &got);
    assert_string_equal(got.data, tree);
    tree_free(doc);
    buf_free(&got);
}

/* To Gumbo all elements that it does not know are one. */
static void unknown_elements_are_told_apart(void **state)
{
    (void)state;
    check_tree("<x-a>1<x-b>2</x-a>3", "x-a[1x-b[2]]3");
    check_tree("<x-a>1</x-b>2</x-a>3", "x-a[12]3");
    check_tree("<x-a><b>1<x-b>2</x-a>3</b>4", "x-a[b[1x-b[2]]]b[3]4");
    check_tree("<x-a><p>1</x-a>2", "x-a[p[12]]");
    check_tree("<dialog><p>1</dialog>2", "dialog[p[1]]2");
    check_tree("<p>0<search><x-a><p>1</search>2", "p[0]search[x-a[p[1]]]2");
    check_tree("<x-a><dialog><i></x-a>1</dialog>", "x-a[dialog[i[]]]i[1]");
    check_tree("<span><main>1</span>2</main>3", "span[main[12]3]");
    check_tree("<search><div><b>1</search>2", "search[div[b[1]]]b[2]");
    check_tree("<code><main>1</code>2", "code[]main[code[1]2]");
    check_tree("<hgroup><search>1</hgroup>2</main>3", "hgroup[search[1]]23");
    check_tree("<svg><main>1</main>2", "svg[main[1]2]");
}

/* HTML blocks end a drawing that was left open. */
static void foreign_content_ends(void **state)
{
    (void)state;
    check_tree("<svg><g><p>1</g>2", "svg[g[]]p[12]");
    check_tree("<math><mi>x<div>1", "math[mi[xdiv[1]]]");
    check_tree("<svg><desc><p>1</desc>2</svg>", "svg[desc[p[12]]]");
    check_tree("<svg><body><g>1", "svg[]g[1]");
    check_tree("<svg><g></p>1", "svg[g[]]p[]1");
    check_tree("<svg><desc><x-a><svg></g>1", "svg[desc[x-a[svg[1]]]]");
    check_tree("<x-a><svg><x-a>1</x-a>2</svg></x-a>3", "x-a[svg[x-a[1]2]]3");
    check_tree("<svg><g a='>'>1</g a='>'>2", "svg[g[1]2]");
}

/* A block takes three formatting elements along when one before them ends. */
static void formatting_ends_around_blocks(void **state)
{
    (void)state;
    check_tree("<a><nobr><x-a><x-b><x-c><div></a>1</div>2",
               "a[nobr[x-a[x-b[x-c[]]]]]div[a[nobr[]]1]2");
    check_tree("<a><b><i><u><div></a>1</div>2",
               "a[b[i[u[]]]]b[i[u[div[a[]1]2]]]");
    check_tree("<a><x-a><div></a><b>1</div>2", "a[x-a[]]div[a[]b[1]]b[2]");
}

/* Their end tags end nothing beyond others of their kind, or a table. */
static void objects_are_scopes(void **state)
{
    (void)state;
    check_tree("<object><i>1</object>2", "object[i[1]]2");
    check_tree("<object><p>1</object>2", "object[p[1]]2");
    check_tree("<applet><marquee>1</applet>2", "applet[marquee[12]]");
    check_tree("<marquee><object></marquee>1</object>2", "marquee[object[1]2]");
}

/* Tags that are not too deep come out as they went in. */
static void shallow_html_is_untouched(void **state)
{
    static const char html[] =
        "<table><tr><td>1<td>2<tr><td>3</table><ul><li>a<li>b</ul>"
        "<p>x<p>y<svg><path d='M0'/><g/></svg><b><i>z</b></i>";
    struct buf out = buf_make(BUF_BODY);
    (void)state;
    html_bound(STR("<li>a<li>b<li>c<li>d<li>e<li>f"), 2, &out);
    assert_string_equal(out.data, "<li>a<li>b<li>c<li>d<li>e<li>f");
    buf_clear(&out);
    html_bound(str_of(html), 8, &out);
    assert_string_equal(out.data, html);
    buf_clear(&out);
    html_bound(STR("<div><div><div>x</div>y</div></div>"), 2, &out);
    assert_string_equal(out.data, "<div><div>xy</div></div>");
    buf_free(&out);
}

/* How many attributes a p with n of them keeps; its words are there. */
static void check_attributes(size_t n, size_t kept, const char *end)
{
    struct buf html = buf_make(BUF_BODY);
    buf_puts(&html, "<p");
    for (size_t i = 0; i < n; i++)
        buf_printf(&html, i % 2 ? " a%zu" : "\na%zu = '>'/", i);
    buf_printf(&html, "%sx</p y%zu>z", end, n);
    xmlDoc *doc = html_parse(buf_view(&html));
    const xmlNode *p = xmlDocGetRootElement(doc)->children;
    for (const xmlAttr *a = p->properties; a; a = a->next)
        kept--;
    assert_int_equal(kept, 0);
    assert_string_equal((const char *)p->children->content, "x");
    assert_string_equal((const char *)p->next->content, "z");
    tree_free(doc);
    buf_free(&html);
}

static void attributes_are_bounded(void **state)
{
    (void)state;
    check_attributes(256, 256, ">");
    check_attributes(257, 256, ">");
    check_attributes(1000, 256, "/>");
}

static void write_tree(struct buf *out, const xmlNode *n)
{
    const struct write_options options = {0};
    if (tree_is_text(n)) {
        buf_escape(out, tree_content(n));
        return;
    }
    write_start_tag(out, n, &options);
    for (const xmlNode *child = n->children; child; child = child->next)
        write_tree(out, child);
    write_end_tag(out, n);
}

/* What `html` is when it is parsed and written again. */
static void check_written(const char *html, const char *xhtml)
{
    struct buf got = buf_make(BUF_BODY);
    xmlDoc *doc = html_parse(str_of(html));
    write_tree(&got, xmlDocGetRootElement(doc)->children);
    assert_string_equal(got.data, xhtml);
    tree_free(doc);
    buf_free(&got);
}

#define MATH  "http://www.w3.org/1998/Math/MathML"
#define SVG   "http://www.w3.org/2000/svg"
#define XHTML "http://www.w3.org/1999/xhtml"
#define XLINK "http://www.w3.org/1999/xlink"

static void attributes_are_there_once(void **state)
{
    (void)state;
    check_written("<p a=1 A b=2 a='>' c>x", "<p a=\"1\" b=\"2\" c=\"\">x</p>");
    check_written("<p a=1 a b=2 />x", "<p a=\"1\" b=\"2\">x</p>");
    check_written("<p a = b/a=c/>x", "<p a=\"b/a=c/\">x</p>");
    check_written("<svg><g a a b=/>/></svg>",
                  "<svg xmlns=\"" SVG "\"><g a=\"\" b=\"/\">/&gt;</g></svg>");
}

static void vocabularies_are_declared(void **state)
{
    (void)state;
    check_written("<p>x<math><mi>y</math>z",
                  "<p>x<math xmlns=\"" MATH "\"><mi>y</mi></math>z</p>");
    check_written("<svg viewbox='0 0 1 1'><LINEARGRADIENT gradientunits=x />"
                  "<clippath></svg>",
                  "<svg xmlns=\"" SVG "\" viewBox=\"0 0 1 1\">"
                  "<linearGradient gradientUnits=\"x\"/><clipPath/></svg>");
    check_written("<svg><use xlink:href='#a'/></svg>",
                  "<svg xmlns=\"" SVG "\" xmlns:xlink=\"" XLINK "\">"
                  "<use xlink:href=\"#a\"/></svg>");
    check_written("<svg><foreignobject><br></svg>",
                  "<svg xmlns=\"" SVG "\"><foreignObject>"
                  "<br xmlns=\"" XHTML "\"/></foreignObject></svg>");
    check_written("<math><mtext><a>x",
                  "<math xmlns=\"" MATH "\"><mtext><a xmlns=\"" XHTML
                  "\">x</a></mtext></math>");
}

static void vocabularies_are_told_apart(void **state)
{
    xmlDoc *doc = html_parse(STR("<a></a><svg><a></a></svg><math><a>"));
    const xmlNode *html = xmlDocGetRootElement(doc)->children;
    const xmlNode *svg = html->next->children,
                  *math = html->next->next->children;
    (void)state;
    assert_true(tree_is(html, "a"));
    assert_true(tree_is_svg(svg, "a") && !tree_is(svg, "a"));
    assert_true(tree_is_math(math, "a") && !tree_is_svg(math, "a"));
    assert_true(tree_foreign(svg) && !tree_foreign(html));
    tree_free(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_pair_of_tags_nests_deeply),
        cmocka_unit_test(deep_text_is_kept),
        cmocka_unit_test(trees_are_those_of_browsers),
        cmocka_unit_test(unknown_elements_are_told_apart),
        cmocka_unit_test(foreign_content_ends),
        cmocka_unit_test(formatting_ends_around_blocks),
        cmocka_unit_test(objects_are_scopes),
        cmocka_unit_test(shallow_html_is_untouched),
        cmocka_unit_test(attributes_are_bounded),
        cmocka_unit_test(attributes_are_there_once),
        cmocka_unit_test(vocabularies_are_declared),
        cmocka_unit_test(vocabularies_are_told_apart),
    };
    xml_init();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_end();
    return failed;
}
