/* Elements and text -> XHTML (the XML syntax of HTML). */
#ifndef FEEDBIND_XML_WRITE_H
#define FEEDBIND_XML_WRITE_H

#include "base/buf.h"
#include "xml/tree.h"

struct write_options {
    bool no_id;     /* leave the id out */
    bool no_target; /* leave target out, the number of a hole */
    bool has_start; /* give a list this start */
    long start;
};

/* Append the start tag, attributes included; "/>" closes a void element. lang
 * is written twice, as lang and xml:lang, as EPUB asks; where MathML or SVG
 * begins or ends, the namespace is declared. */
void write_start_tag(struct buf *out, const xmlNode *n,
                     const struct write_options *options);

/* Append the attributes alone, a space before each. */
void write_attributes(struct buf *out, const xmlNode *n,
                      const struct write_options *options);

/* Append the end tag; nothing for a void element. */
void write_end_tag(struct buf *out, const xmlNode *n);

/* br, hr, img, which have no content and no end tag (HTML Standard, section
 * 13.1.2), and what is empty in MathML and SVG. */
bool write_is_void(const xmlNode *n);

/* Bytes of the start and end tag at most, and of escaped text exactly or a
 * little more. */
size_t write_tags_size(const xmlNode *n);
size_t write_text_size(struct str text);

#endif
