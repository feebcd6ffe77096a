/* An XML tree of HTML elements, as Atom's "xhtml" content has it, in HTML
 * syntax: there "<a id='x'/>" or "<textarea/>" would swallow all that
 * follows. */
#include "feed/feed_int.h"

enum { VOID = 1, SILENT = 2, FLAT = 4, CODE = 8 };

/* How HTML's syntax treats these elements (HTML Standard, 13.1.2). */
static const struct {
    const char *name;
    unsigned flags;
} kinds[] = {
    {"area", VOID},      {"base", VOID},       {"br", VOID},
    {"col", VOID},       {"embed", VOID},      {"hr", VOID},
    {"img", VOID},       {"input", VOID},      {"link", VOID},
    {"meta", VOID},      {"param", VOID},      {"source", VOID},
    {"track", VOID},     {"wbr", VOID},        {"iframe", SILENT},
    {"noembed", SILENT}, {"noframes", SILENT}, {"script", SILENT},
    {"style", SILENT},   {"textarea", FLAT},   {"title", FLAT},
    {"plaintext", CODE}, {"xmp", CODE},
};

static unsigned flags_of(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_eq_nocase(name, str_of(kinds[i].name)))
            return kinds[i].flags;
    return 0;
}

static const char *written_name(struct str name, unsigned flags)
{
    return flags & CODE ? "pre" : name.p;
}

static void write_attr(struct xhtml_writer *w, const struct xml_attr *a)
{
    bool xml = strcmp(a->name.space, NS_XML) == 0;
    buf_printf(w->out, " %s%s=\"", xml ? "xml:" : "", a->name.local);
    buf_escape(w->out, a->value);
    buf_char(w->out, '"');
}

void xhtml_start(struct xhtml_writer *w, struct xml_name name,
                 const struct xml_attr *attrs, size_t count)
{
    struct str local = str_of(name.local);
    unsigned flags = flags_of(local);
    w->depth++;
    if (w->silent_from || w->flat_from)
        return;
    buf_printf(w->out, "<%s", written_name(local, flags));
    for (size_t i = 0; i < count; i++)
        write_attr(w, &attrs[i]);
    buf_char(w->out, '>');
    if (flags & SILENT)
        w->silent_from = w->depth;
    if (flags & FLAT)
        w->flat_from = w->depth;
}

void xhtml_end(struct xhtml_writer *w, struct xml_name name)
{
    struct str local = str_of(name.local);
    unsigned flags = flags_of(local);
    if (w->silent_from == w->depth)
        w->silent_from = 0;
    if (w->flat_from == w->depth)
        w->flat_from = 0;
    w->depth--;
    if (w->silent_from || w->flat_from || (flags & VOID))
        return;
    buf_printf(w->out, "</%s>", written_name(local, flags));
}

void xhtml_text(struct xhtml_writer *w, struct str text)
{
    if (w->silent_from)
        return;
    if (w->escape)
        buf_escape(w->out, text);
    else
        buf_str(w->out, text);
}
