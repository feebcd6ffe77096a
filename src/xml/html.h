/* HTML -> a tree, as browsers build it (HTML Standard, section 13.2). Gumbo
 * does the work; this alone includes gumbo.h. */
#ifndef FEEDBIND_XML_HTML_H
#define FEEDBIND_XML_HTML_H

#include "base/buf.h"
#include "xml/tree.h"

/* No element of a tree lies deeper than this below its root. */
enum { HTML_DEPTH = 256 };

/* Parse a fragment as it would stand in a body. Comments, processing
 * instructions and doctypes are left out; elements below HTML_DEPTH are left
 * out too, but not their text. Takes time in proportion to the length, for any
 * input. Returns a document (tree_free it) whose root element is named "body";
 * attributes whose names are not ASCII letters, digits, "-", "_", "." and ":"
 * are left out. */
xmlDoc *html_parse(struct str html);

/* Append `html` to `out` without the start and end tags that would nest
 * elements deeper than `depth`, or hold more formatting elements open than
 * browsers ever meet, and without the attributes of a tag after its first few
 * hundred: Gumbo takes time quadratic in all three. Where Gumbo is known to
 * read a tag in another way than the standard, it is written so that the tree
 * is the standard's: an attribute is there once, an end tag has none and closes
 * what it should. Text is untouched.
 * The first half of html_parse, apart for its tests. */
void html_bound(struct str html, unsigned depth, struct buf *out);

/* Prepare libxml2 for use by several threads; call once, first. */
void xml_init(void);
void xml_end(void);

#endif
