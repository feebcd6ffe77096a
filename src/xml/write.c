#include "xml/write.h"

bool write_is_void(const xmlNode *n)
{
    return tree_is(n, "br") || tree_is(n, "hr") || tree_is(n, "img") ||
           (tree_foreign(n) && !n->children);
}

/* What an element says of its vocabulary where that begins. */
static const char *const namespaces[SPACE_COUNT] = {
    [SPACE_HTML] = "http://www.w3.org/1999/xhtml",
    [SPACE_MATH] = "http://www.w3.org/1998/Math/MathML",
    [SPACE_SVG] = "http://www.w3.org/2000/svg",
};
static const char xlink[] = "http://www.w3.org/1999/xlink";

static enum tree_space space_around(const xmlNode *n)
{
    return tree_is_element(n->parent) ? tree_space(n->parent) : SPACE_HTML;
}

static bool has_xlink(const xmlNode *n)
{
    for (const xmlAttr *a = n->properties; a; a = a->next)
        if (str_starts(str_of((const char *)a->name), STR("xlink:")))
            return true;
    return false;
}

static bool uses_xlink(const xmlNode *n)
{
    for (const xmlNode *at = n; at; at = tree_next(n, at))
        if (tree_is_element(at) && has_xlink(at))
            return true;
    return false;
}

static void write_attribute(struct buf *out, const char *name, struct str value)
{
    buf_char(out, ' ');
    buf_puts(out, name);
    buf_puts(out, "=\"");
    buf_escape(out, value);
    buf_char(out, '"');
}

static struct str value_of(const xmlAttr *a)
{
    return str_of(a->children ? (const char *)a->children->content : "");
}

static void write_namespaces(struct buf *out, const xmlNode *n)
{
    enum tree_space space = tree_space(n);
    if (space == space_around(n))
        return;
    write_attribute(out, "xmlns", str_of(namespaces[space]));
    if (space == SPACE_SVG && uses_xlink(n))
        write_attribute(out, "xmlns:xlink", str_of(xlink));
}

void write_attributes(struct buf *out, const xmlNode *n,
                      const struct write_options *options)
{
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        const char *name = (const char *)a->name;
        if ((options->no_id && strcmp(name, "id") == 0) ||
            (options->has_start && strcmp(name, "start") == 0) ||
            (options->no_target && strcmp(name, "target") == 0))
            continue;
        write_attribute(out, name, value_of(a));
        if (strcmp(name, "lang") == 0)
            write_attribute(out, "xml:lang", value_of(a));
    }
}

void write_start_tag(struct buf *out, const xmlNode *n,
                     const struct write_options *options)
{
    buf_char(out, '<');
    buf_str(out, tree_name(n));
    write_namespaces(out, n);
    write_attributes(out, n, options);
    if (options->has_start)
        buf_printf(out, " start=\"%ld\"", options->start);
    buf_puts(out, write_is_void(n) ? "/>" : ">");
}

void write_end_tag(struct buf *out, const xmlNode *n)
{
    if (write_is_void(n))
        return;
    buf_puts(out, "</");
    buf_str(out, tree_name(n));
    buf_char(out, '>');
}

size_t write_text_size(struct str text)
{
    size_t size = text.n;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        size += c == '&' ? 4 : c == '<' || c == '>' ? 3 : c == '"' ? 5 : 0;
    }
    return size;
}

size_t write_tags_size(const xmlNode *n)
{
    enum { PUNCTUATION = 5, ATTRIBUTE = 4, START = 24, NAMESPACES = 96 };
    size_t size = 2 * tree_name(n).n + PUNCTUATION + START;
    if (tree_space(n) != space_around(n))
        size += NAMESPACES;
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        const char *name = (const char *)a->name;
        size_t once = strlen(name) + ATTRIBUTE + write_text_size(value_of(a));
        size += once;
        if (strcmp(name, "lang") == 0) /* and xml:lang */
            size += once + ATTRIBUTE;
    }
    return size;
}
