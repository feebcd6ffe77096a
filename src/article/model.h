/* The content model: what feedbind makes of every HTML element, and what may
 * stand in an element of the book. One table; the cleaner interprets it, and
 * adding an element is adding a row.
 *
 * After the HTML Standard (section 4) and EPUB 3.3's schema for XHTML content
 * documents, narrowed to what e-readers can bear. */
#ifndef FEEDBIND_ARTICLE_MODEL_H
#define FEEDBIND_ARTICLE_MODEL_H

#include "base/str.h"

/* What becomes of an element that is met in an article. Names that begin with
 * "#" are made by feedbind's own passes; no HTML can hold them. */
enum role {
    ROLE_UNWRAP,   /* means nothing: its content stays in its place */
    ROLE_DROP,     /* left out with its content: no browser shows it */
    ROLE_PASSAGE,  /* means nothing but that a paragraph starts and ends */
    ROLE_PHRASING, /* wraps text */
    ROLE_SPAN,     /* wraps text if any attribute is worth keeping */
    ROLE_BREAK,    /* br */
    ROLE_RULE,     /* hr */
    ROLE_HOLE,     /* a picture's place */
    ROLE_BLOCK,    /* a block: p, blockquote … */
    ROLE_HEADING,
    ROLE_VERBATIM, /* pre: white space counts */
    ROLE_FIGURE,
    ROLE_CAPTION, /* figcaption: in a figure, first or last */
    ROLE_LIST,    /* ul, ol */
    ROLE_ITEM,    /* li: in a list */
    ROLE_TERMS,   /* dl */
    ROLE_TERM,    /* dt, dd: in a dl */
    ROLE_TABLE,
    ROLE_CHECKBOX, /* input: a box that is ticked or not */
};

/* What may stand in an element of the book. */
enum content {
    CONTENT_NONE,
    CONTENT_TEXT,  /* text and phrasing elements */
    CONTENT_FLOW,  /* those, and blocks */
    CONTENT_ITEMS, /* li */
    CONTENT_TERMS, /* dt and dd */
    CONTENT_ROWS,  /* parts of a table */
};

/* Attributes that an element may keep, besides id, lang and dir. */
enum keep_attr {
    ATTR_TITLE = 1 << 0, /* any text */
    ATTR_START = 1 << 1, /* ol: an integer */
    ATTR_REVERSED = 1 << 2,
    ATTR_MARKER = 1 << 3,    /* ol type: 1 a A i I */
    ATTR_VALUE = 1 << 4,     /* li in ol: an integer */
    ATTR_SPANS = 1 << 5,     /* colspan, rowspan: 2 to 999 */
    ATTR_SCOPE = 1 << 6,     /* th: row, col, rowgroup, colgroup */
    ATTR_HREF = 1 << 7,      /* as article/links.c left it */
    ATTR_TARGET = 1 << 8,    /* the number of an internal link */
    ATTR_TOKEN = 1 << 9,     /* span in code: class is one highlighter token */
    ATTR_NEED_DIR = 1 << 10, /* bdo: without dir it means nothing */
};

struct element_model {
    const char *name;
    enum role role;
    const char *as;      /* its name in the book; NULL: the same */
    const char *classes; /* its class in the book; NULL: none */
    enum content content;
    unsigned attrs;  /* OR of keep_attr */
    bool no_heading; /* HTML allows no headings below it */
};

/* The row of this element; a plain ROLE_UNWRAP one for unknown names. */
const struct element_model *model_of(const char *name);

/* Rows for svg and math content: text is kept, all else is not. */
const struct element_model *model_of_foreign(const char *name);

/* What may stand in an element of the book, by its name there. */
enum content model_content(const char *book_name);

#endif
