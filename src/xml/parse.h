/* XML -> events, through libxml2's SAX2 push parser in recover mode.
 *
 * No DTD, external entity or XInclude is ever loaded, and no entity is known
 * but XML's own five (the input is what xml/mend.h gives). Errors are counted
 * on the parser's own context. */
#ifndef FEEDBIND_XML_PARSE_H
#define FEEDBIND_XML_PARSE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* A name: its namespace ("" for none) and its local part. A prefix that was
 * never declared gives the prefix itself as `space`. Borrowed for the call. */
struct xml_name {
    const char *space;
    const char *local;
};

struct xml_attr {
    struct xml_name name;
    struct str value;
};

struct xml_handler {
    void *context;
    void (*start)(void *context, struct xml_name name,
                  const struct xml_attr *attrs, size_t count, unsigned line);
    void (*end)(void *context, struct xml_name name);
    void (*text)(void *context, struct str text, unsigned line);
};

struct xml_parser;

/* Elements deeper than this are left out, not their text. */
enum { XML_DEPTH = 512 };

/* `handler` is copied. Free with xml_parser_free. */
struct xml_parser *xml_parser_new(const struct xml_handler *handler);
void xml_parser_free(struct xml_parser *p);

/* Take the next piece of the document. */
void xml_parser_push(struct xml_parser *p, const char *data, size_t n);

/* There is no more: elements still open are ended. True if the document was
 * complete; else *line (may be NULL) is where it broke off or went wrong. */
bool xml_parser_end(struct xml_parser *p, unsigned *line);

/* The value of an attribute without namespace; p is NULL without it. */
struct str xml_attr_value(const struct xml_attr *attrs, size_t count,
                          const char *local);

/* The same in this namespace. */
struct str xml_attr_in(const struct xml_attr *attrs, size_t count,
                       const char *space, const char *local);

#endif
