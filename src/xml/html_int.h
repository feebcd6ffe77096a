/* Shared by html.c, html_bound.c and html_tag.c: what is known of HTML
 * elements, and tags. */
#ifndef FEEDBIND_XML_HTML_INT_H
#define FEEDBIND_XML_HTML_INT_H

#include "base/buf.h"

/* What the standard makes of an element. */
enum {
    VOID = 1 << 0,       /* no content, no end tag */
    RAW = 1 << 1,        /* content is text up to the end tag */
    FORMATTING = 1 << 2, /* kept in the list of active formatting elements */
    SPECIAL = 1 << 3,    /* stops the search of an ordinary end tag */
    SCOPE = 1 << 4,      /* stops the search of a block's end tag */
    MARKER = 1 << 5,     /* hides the formatting elements before it */
    CLOSES_P = 1 << 6,   /* its start tag closes an open p */
    HEADING = 1 << 7,
    IGNORED = 1 << 8,      /* a fragment has no such element */
    REST = 1 << 9,         /* all that follows is text */
    TABLE_PART = 1 << 10,  /* lives inside a table alone */
    FOREIGN = 1 << 11,     /* svg, math: other rules inside */
    INTEGRATION = 1 << 12, /* HTML again within foreign content */
    BREAKOUT = 1 << 13,    /* ends foreign content */
    LEFT_OUT = 1 << 14,    /* Gumbo would make too much of it */
    PHRASING = 1 << 15,    /* formatting goes on in it or around it */
    LOOSE = 1 << 16,       /* its end tag is an ordinary one all the same */
    BLOCK = SPECIAL | CLOSES_P | BREAKOUT,
    POINT = INTEGRATION | SPECIAL | SCOPE,
};

/* OR of those; 0 for an ordinary element. The name is in lower case. */
unsigned html_kind(const char *name);

/* By which name Gumbo knows an HTML element: its own, in lower case; "" for all
 * that it does not know, which have one and the same name to it; or another's,
 * whose tags do what the element's should. */
const char *html_taken_for(const char *name);

/* Is it one of several that Gumbo cannot tell apart? */
bool html_shares(const char *name);

/* Before an element's own name, which is the name of its first attribute when
 * Gumbo knows it by another's. */
#define HTML_NAMED "#"

/* A tag at the front of a text. */
struct tag {
    size_t n;          /* its length with the ">"; one that never ends is all */
    size_t name_end;   /* where its name does */
    bool ends, closed; /* with a ">", a "/>" */
    bool spare;        /* it has attributes that html_tag_write leaves out */
};

/* Read the start or end tag that the text begins with. */
struct tag html_tag(struct str s);

/* Append what follows the tag's name: it has no attribute twice, which Gumbo
 * takes for the loss of the next one's value, and at most 256. */
void html_tag_write(struct str s, const struct tag *tag, struct buf *out);

#endif
