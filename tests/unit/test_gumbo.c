/* Nothing is lost between Gumbo's tree and ours: both are described as text,
 * each from its own nodes, and must read the same. */
#include "base/mem.h"
#include "xml/html.h"

#include <gumbo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* An element's name, attributes in their order, and children. Runs of text are
 * one; comments are left out of our tree, so they are here. */
struct description {
    struct buf text;
    bool in_text;
};

static void end_text(struct description *d)
{
    if (d->in_text)
        buf_puts(&d->text, "\"\n");
    d->in_text = false;
}

static void add_text(struct description *d, struct str text)
{
    if (!text.n)
        return;
    if (!d->in_text)
        buf_puts(&d->text, "\"");
    d->in_text = true;
    buf_str(&d->text, text);
}

/* Names that XML cannot have are not ours to keep. */
static bool plain(const char *name)
{
    if (!chr_alpha((unsigned char)*name))
        return false;
    return name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuv"
                             "wxyz0123456789-_.:")] == '\0';
}

static void add_attribute(struct description *d, const char *prefix,
                          const char *name, const char *value)
{
    if (plain(name))
        buf_printf(&d->text, " %s%s='%s'", prefix, name, value);
}

static const char *const spaces[] = {
    [SPACE_HTML] = "", [SPACE_SVG] = "svg:", [SPACE_MATH] = "math:"};

/* ---- Gumbo's tree ---- */

static void add_gumbo_name(struct description *d, const GumboElement *e)
{
    GumboStringPiece piece = e->original_tag;
    gumbo_tag_from_original_text(&piece);
    const char *svg = piece.length ? gumbo_normalize_svg_tagname(&piece) : NULL;
    struct buf name = buf_make(BUF_LINE);
    if (e->tag_namespace == GUMBO_NAMESPACE_SVG && svg) {
        buf_puts(&name, svg);
    } else if (e->tag != GUMBO_TAG_UNKNOWN) {
        buf_puts(&name, gumbo_normalized_tagname(e->tag));
    } else {
        for (size_t i = 0; i < piece.length; i++)
            buf_char(&name, (char)chr_lower((unsigned char)piece.data[i]));
        if (!name.len || !plain(name.data)) {
            buf_clear(&name);
            buf_puts(&name, "span");
        }
    }
    const char *space =
        e->tag_namespace == GUMBO_NAMESPACE_SVG      ? spaces[SPACE_SVG]
        : e->tag_namespace == GUMBO_NAMESPACE_MATHML ? spaces[SPACE_MATH]
                                                     : "";
    buf_printf(&d->text, "%s%s", space, name.data);
    buf_free(&name);
}

static void describe_gumbo(struct description *d, const GumboNode *n)
{
    static const char *const prefixes[] = {"", "xlink:", "xml:", ""};
    if (n->type == GUMBO_NODE_COMMENT)
        return;
    if (n->type != GUMBO_NODE_ELEMENT && n->type != GUMBO_NODE_TEMPLATE) {
        add_text(d, str_of(n->v.text.text));
        return;
    }
    const GumboElement *e = &n->v.element;
    end_text(d);
    add_gumbo_name(d, e);
    for (unsigned i = 0; i < e->attributes.length; i++) {
        const GumboAttribute *a = e->attributes.data[i];
        add_attribute(d, prefixes[a->attr_namespace], a->name, a->value);
    }
    buf_puts(&d->text, " {\n");
    for (unsigned i = 0; i < e->children.length; i++)
        describe_gumbo(d, e->children.data[i]);
    end_text(d);
    buf_puts(&d->text, "}\n");
}

static const GumboNode *find_body(const GumboNode *html)
{
    for (unsigned i = 0; i < html->v.element.children.length; i++) {
        const GumboNode *n = html->v.element.children.data[i];
        if (n->type == GUMBO_NODE_ELEMENT && n->v.element.tag == GUMBO_TAG_BODY)
            return n;
    }
    return NULL;
}

/* ---- our tree ---- */

static void describe_ours(struct description *d, const xmlNode *n)
{
    if (tree_is_text(n)) {
        add_text(d, tree_content(n));
        return;
    }
    end_text(d);
    buf_printf(&d->text, "%s%s", spaces[tree_space(n)], (const char *)n->name);
    for (const xmlAttr *a = n->properties; a; a = a->next)
        add_attribute(d, "", (const char *)a->name,
                      tree_attr(n, (const char *)a->name).p);
    buf_puts(&d->text, " {\n");
    for (const xmlNode *child = n->children; child; child = child->next)
        describe_ours(d, child);
    end_text(d);
    buf_puts(&d->text, "}\n");
}

/* ---- both ---- */

static void check(struct str html)
{
    struct buf page = buf_make(BUF_BODY);
    struct description theirs = {.text = buf_make(BUF_BODY)},
                       ours = {.text = buf_make(BUF_BODY)};
    buf_puts(&page, "<!DOCTYPE html><body>");
    html_bound(html, HTML_DEPTH - 56, &page);
    GumboOutput *output =
        gumbo_parse_with_options(&kGumboDefaultOptions, page.data, page.len);
    describe_gumbo(&theirs, find_body(output->root));
    gumbo_destroy_output(&kGumboDefaultOptions, output);
    xmlDoc *doc = html_parse(html);
    describe_ours(&ours, xmlDocGetRootElement(doc));
    tree_free(doc);
    assert_string_equal(ours.text.data, theirs.text.data);
    buf_free(&page);
    buf_free(&theirs.text);
    buf_free(&ours.text);
}

static void hand_written(void **state)
{
    static const char *const texts[] = {
        "",
        "a<!-- b -->c<p class=x id='y' data-z=\"&amp;\">d</p>",
        "<svg viewbox='0 0 1 1' preserveaspectratio=x><lineargradient "
        "gradientunits=u><foreignobject><p>x</foreignobject><a xlink:href=#a "
        "xml:lang=en xmlns:xlink=y>t</a><textpath/><![CDATA[x<y]]></svg>z",
        "<math definitionurl=x><mi mathvariant=bold>x</mi><annotation-xml "
        "encoding='text/html'><p>y</p></annotation-xml><mglyph/></math>",
        "<template><td>x<p>y</template><ruby>a<rp>(<rt>b<rtc>c</ruby>",
        "<table><caption>a<colgroup><col span=2><tr><td>b<tfoot><tr><th>c"
        "</table><table>x<tr>y<td>z",
        "<pre>\n\na\tb\n</pre><textarea>\n<b></textarea><xmp><i></xmp>",
        "<select><option>a<optgroup label=b><option>c</select><noscript><img "
        "src=x></noscript><iframe><p></iframe><style>a</style>",
        "<x-a @b=c (d)=e [f]=g h.i=j k:l=m 1=2 \u00e9=3 n><\u00e9>x</x-a>",
        "<a href=1>a<a href=2>b<p>c</a>d<b><i></b>e</i>f<form><form>g",
        "<input value=a checked><br/><hr><img alt='' src=b><wbr>&nbsp;&lang;"};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        check(str_of(texts[i]));
}

static unsigned draw(unsigned long long *state, size_t n)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)((*state >> 33) % n);
}

static void drawn_by_lot(void **state)
{
    static const char *const pieces[] = {
        "<p>",        "<b>",         "</b>",       "<i id=a>",    "</p>",
        "<table>",    "<tr>",        "<td>",       "</table>",    "<ul><li>",
        "<svg>",      "</svg>",      "<math>",     "</math>",     "<mi>",
        "<desc>",     "<g fill=x>",  "<title>",    "</title>",    "<div>",
        "</div>",     "<template>",  "<select>",   "</select>",   "<option>",
        "<textarea>", "<script>",    "</script>",  "<x-y a:b=c>", "</x-y>",
        "<a href=x>", "<!-- c -->",  "<button>",   "<caption>",   "<col>",
        "<dialog>",   "</dialog>",   "<ruby>",     "<rt>",        "<frameset>",
        "<noscript>", "</noscript>", "<plaintext", "<mtext>",     "<svg/>",
        "<font x=y>", "<h1>",        "<h2>",       "</h1>",       "<br>",
        "a",          " ",           "\n",         "&amp;",       "<"};
    unsigned long long seed = 1;
    (void)state;
    for (int n = 0; n < 4000; n++) {
        struct buf html = buf_make(BUF_BODY);
        for (unsigned k = draw(&seed, 40); k > 0; k--)
            buf_puts(&html, pieces[draw(&seed, ARRAY_LEN(pieces))]);
        check(buf_view(&html));
        buf_free(&html);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hand_written),
        cmocka_unit_test(drawn_by_lot),
    };
    xml_init();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    xml_end();
    return failed;
}
