#include "xml/parse.h"

#include "base/mem.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>

enum { ATTRS_MAX = 64 };

struct xml_parser {
    struct xml_handler handler;
    xmlParserCtxt *ctxt;
    VEC(struct xml_name) open; /* strings of ctxt's dictionary */
    size_t unseen;             /* open elements below XML_DEPTH */
    unsigned error_line;       /* of the first error; 0: none */
};

static struct xml_name name_of(const xmlChar *local, const xmlChar *prefix,
                               const xmlChar *uri)
{
    const xmlChar *space = uri ? uri : prefix;
    return (struct xml_name){space ? (const char *)space : "",
                             (const char *)local};
}

static unsigned line_of(const struct xml_parser *p)
{
    return p->ctxt->input ? (unsigned)p->ctxt->input->line : 0;
}

/* libxml2 gives five pointers an attribute: local name, prefix, namespace,
 * value's start and end. */
static void on_start(void *ctx, const xmlChar *local, const xmlChar *prefix,
                     const xmlChar *uri, int namespace_count,
                     const xmlChar **namespaces, int attr_count,
                     int defaulted_count, const xmlChar **attrs)
{
    struct xml_parser *p = ctx;
    struct xml_attr list[ATTRS_MAX];
    size_t count = 0;
    (void)namespace_count;
    (void)namespaces;
    (void)defaulted_count;
    if (p->open.len >= XML_DEPTH) {
        p->unseen++;
        return;
    }
    for (int i = 0; i < attr_count && count < ATTRS_MAX; i++) {
        const xmlChar **a = attrs + 5 * (size_t)i;
        list[count++] =
            (struct xml_attr){name_of(a[0], a[1], a[2]),
                              {(const char *)a[3], (size_t)(a[4] - a[3])}};
    }
    struct xml_name name = name_of(local, prefix, uri);
    vec_push(&p->open, name);
    p->handler.start(p->handler.context, name, list, count, line_of(p));
}

static void end_innermost(struct xml_parser *p)
{
    struct xml_name name = p->open.items[--p->open.len];
    p->handler.end(p->handler.context, name);
}

static void on_end(void *ctx, const xmlChar *local, const xmlChar *prefix,
                   const xmlChar *uri)
{
    struct xml_parser *p = ctx;
    (void)local;
    (void)prefix;
    (void)uri;
    if (p->unseen)
        p->unseen--;
    else if (p->open.len)
        end_innermost(p);
}

static void on_text(void *ctx, const xmlChar *text, int n)
{
    struct xml_parser *p = ctx;
    if (n > 0)
        p->handler.text(p->handler.context,
                        (struct str){(const char *)text, (size_t)n},
                        line_of(p));
}

static void on_error(void *ctx, xmlErrorPtr error)
{
    struct xml_parser *p = ctx;
    if (!p->error_line && error->level >= XML_ERR_ERROR &&
        error->domain != XML_FROM_NAMESPACE)
        p->error_line = error->line > 0 ? (unsigned)error->line : 1;
}

static xmlEntityPtr no_entity(void *ctx, const xmlChar *name)
{
    (void)ctx;
    return xmlGetPredefinedEntity(name);
}

struct xml_parser *xml_parser_new(const struct xml_handler *handler)
{
    struct xml_parser *p = mem_alloc(sizeof *p);
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_text,
                         .cdataBlock = on_text,
                         .ignorableWhitespace = on_text,
                         .getEntity = no_entity,
                         .serror = on_error};
    p->handler = *handler;
    /* That the handlers get p, not the context, also keeps libxml2 from
     * looking for entities where no_entity knows none. */
    p->ctxt = xmlCreatePushParserCtxt(&sax, p, NULL, 0, NULL);
    if (!p->ctxt)
        mem_exhausted();
    /* Without NOENT, "&amp;" in an attribute would be given as "&#38;"; there
     * are no entities that it could bring in. */
    xmlCtxtUseOptions(p->ctxt, XML_PARSE_RECOVER | XML_PARSE_NONET |
                                   XML_PARSE_HUGE | XML_PARSE_NOENT);
    xmlSwitchEncoding(p->ctxt, XML_CHAR_ENCODING_UTF8);
    return p;
}

void xml_parser_free(struct xml_parser *p)
{
    if (!p)
        return;
    xmlFreeDoc(p->ctxt->myDoc); /* made for a DTD's declarations */
    xmlFreeParserCtxt(p->ctxt);
    free(p->open.items);
    free(p);
}

void xml_parser_push(struct xml_parser *p, const char *data, size_t n)
{
    enum { PIECE = 1 << 20 };
    while (n) {
        size_t piece = n < PIECE ? n : PIECE;
        xmlParseChunk(p->ctxt, data, (int)piece, 0);
        data += piece;
        n -= piece;
    }
}

bool xml_parser_end(struct xml_parser *p, unsigned *line)
{
    /* A last byte of text is given only when markup follows it. */
    if (p->open.len)
        xmlParseChunk(p->ctxt, "<", 1, 0);
    xmlParseChunk(p->ctxt, "", 0, 1);
    bool complete = !p->open.len && !p->error_line;
    while (p->open.len)
        end_innermost(p);
    if (line)
        *line = p->error_line ? p->error_line : line_of(p);
    return complete;
}

struct str xml_attr_in(const struct xml_attr *attrs, size_t count,
                       const char *space, const char *local)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(attrs[i].name.local, local) == 0 &&
            strcmp(attrs[i].name.space, space) == 0)
            return attrs[i].value;
    return (struct str){NULL, 0};
}

struct str xml_attr_value(const struct xml_attr *attrs, size_t count,
                          const char *local)
{
    return xml_attr_in(attrs, count, "", local);
}
