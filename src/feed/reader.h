/* The field machine, shared by its files: what is open while a feed file is
 * read. */
#ifndef FEEDBIND_FEED_READER_H
#define FEEDBIND_FEED_READER_H

#include "feed/feed_int.h"

/* An element that is open, and what is in force within it. */
struct level {
    enum context in;  /* of its children */
    const char *base; /* xml:base as written, joined; NULL for none */
    const char *language;
};

/* An element whose content is being gathered. */
struct gathering {
    const struct rule *rule; /* NULL: none */
    size_t depth;            /* of the element */
    struct buf text;
    struct xhtml_writer xhtml;
    bool nested; /* elements inside are written as HTML */
    bool html;   /* the text is HTML */
    bool base64; /* … in Base64 */
    bool other;  /* the text is nothing that can be read */
    unsigned line;
    bool permalink;
};

/* The rank of the rule that a field was set by: lower is better. */
typedef unsigned short ranks[FIELD_COUNT];

struct reader {
    struct spool *spool;
    struct arena *arena;
    const struct dialect *dialect; /* NULL: the root is not known yet */
    const char *root;              /* of what is no feed */
    struct feed *feed;
    struct entry *entry; /* open; NULL: none */
    size_t entry_depth;  /* of its element */
    ranks feed_ranks, entry_ranks;
    VEC(struct level) levels;
    VEC(struct entry *) entries;
    VEC(struct person) feed_people, people;
    VEC(const char *) categories;
    VEC(const char *) aliases;
    VEC(struct enclosure) enclosures;
    struct gathering now;
    const char *alternate; /* an HTML page's link to its feed */
    struct xml_parser *parser;
};

/* ---- fields.c: what elements tell, set by rank ---- */

/* Set or add the field of a rule; NULL says nothing. */
void field_set(struct reader *r, const struct rule *rule, const char *value);

/* An id; a link too where the entry has none, if it may be one and is. */
void field_set_id(struct reader *r, const struct rule *rule, const char *id,
                  bool permalink);

/* The text gathered is a body of the open entry: to the spool. */
void field_set_body(struct reader *r, const struct rule *rule);

/* An attribute's text; NULL if it is not there, or empty. */
const char *field_attr(struct reader *r, const struct xml_attr *attrs,
                       size_t count, const char *name);

/* An enclosure whose address and length are in these attributes. */
void field_add_enclosure(struct reader *r, const struct xml_attr *attrs,
                         size_t count, const char *url, const char *length);

/* atom:link (RFC 4287, 4.2.7): without "rel" it is the alternate. */
void field_take_link(struct reader *r, const struct rule *rule,
                     const struct xml_attr *attrs, size_t count);

/* ---- gather.c: an element's text ---- */

/* Gather the text of the innermost element, which has these attributes. */
void gather_begin(struct reader *r, const struct rule *rule,
                  const struct xml_attr *attrs, size_t count, unsigned line);

/* The element ends: set the field that its rule says. */
void gather_end(struct reader *r);

/* ---- elements.c: a dialect's rules, applied to elements ---- */

/* An xml_handler for this reader. */
struct xml_handler elements_handler(struct reader *r);

#endif
