#include "xml/write.h"

bool write_is_void(const xmlNode *n)
{
    return tree_is(n, "br") || tree_is(n, "hr") || tree_is(n, "img");
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

void write_start_tag(struct buf *out, const xmlNode *n,
                     const struct write_options *options)
{
    buf_char(out, '<');
    buf_str(out, tree_name(n));
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        const char *name = (const char *)a->name;
        if ((options->no_id && strcmp(name, "id") == 0) ||
            (options->has_start && strcmp(name, "start") == 0))
            continue;
        write_attribute(out, name, value_of(a));
        if (strcmp(name, "lang") == 0)
            write_attribute(out, "xml:lang", value_of(a));
    }
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
    enum { PUNCTUATION = 5, ATTRIBUTE = 4, START = 24 };
    size_t size = 2 * tree_name(n).n + PUNCTUATION + START;
    for (const xmlAttr *a = n->properties; a; a = a->next)
        size += 2 * (strlen((const char *)a->name) + ATTRIBUTE + 4 +
                     write_text_size(value_of(a)));
    return size;
}
