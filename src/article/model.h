/* The content model: what feedbind makes of every HTML element, and what may
 * stand in an element of the book. One table; the cleaner interprets it, and
 * adding an element is adding a row.
 *
 * After the HTML Standard (section 4) and EPUB 3.3's schema for XHTML content
 * documents, narrowed to what e-readers can bear. */
#ifndef FEEDBIND_ARTICLE_MODEL_H
#define FEEDBIND_ARTICLE_MODEL_H

#include "base/arena.h"
#include "xml/tree.h"

/* What becomes of an element that is met in an article. Names that begin with
 * "#" are made by feedbind's own passes; no HTML can hold them. */
enum role {
    ROLE_UNWRAP,   /* means nothing: its content stays in its place */
    ROLE_DROP,     /* left out with its content: no browser shows it */
    ROLE_PASSAGE,  /* a paragraph starts and ends; a div if it has attributes */
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

/* What an element of the book is, which decides where it may stand. */
enum category {
    CAT_TEXT = 1 << 0, /* text itself */
    CAT_PHRASING = 1 << 1,
    CAT_BLOCK = 1 << 2, /* what holds or parts paragraphs */
    CAT_HEADING = 1 << 3,
    CAT_LINK = 1 << 4,
    CAT_ITEM = 1 << 5,
    CAT_TERM = 1 << 6,
    CAT_CAPTION = 1 << 7,    /* figcaption */
    CAT_TABLE_PART = 1 << 8, /* caption, thead, tbody, tfoot */
    CAT_ROW = 1 << 9,
    CAT_CELL = 1 << 10,
    CAT_DEFINITION = 1 << 11, /* dfn */

    CAT_WORDS = CAT_TEXT | CAT_PHRASING,
    CAT_FLOW = CAT_WORDS | CAT_BLOCK,
};

struct element_model {
    const char *name;
    enum role role;
    const char *as;         /* its name in the book; NULL: the same */
    unsigned category;      /* OR of what it is; 0: it is not in a book */
    unsigned children;      /* OR of what its children may be */
    unsigned excludes;      /* OR of what may not be anywhere below it */
    const char *attributes; /* names of those that it may have besides the
                               global ones, a space between; NULL: none */
    bool nests;             /* within another of its kind it means more */
    const char *need;       /* the attribute without which it means nothing */
    struct {
        const char *name, *value;
    } fixed[3]; /* attributes that it always has */
};

/* How an attribute's value is written. */
enum syntax {
    SYNTAX_TEXT,     /* any text but white space alone */
    SYNTAX_URL,      /* as article/links.c left it */
    SYNTAX_INTEGER,  /* HTML Standard 2.3.4.1, of at most nine digits */
    SYNTAX_SPAN,     /* 2 to 999: 1 is what it would be without */
    SYNTAX_BOOLEAN,  /* its own name, whatever it was */
    SYNTAX_KEYWORD,  /* one of `words`, in lower case */
    SYNTAX_MARKER,   /* one of `words`, whose case matters */
    SYNTAX_LANGUAGE, /* BCP 47, repaired */
    SYNTAX_TOKENS,   /* classes of the book's own style sheet */
};

struct attribute_model {
    const char *name;
    const char *as; /* its name in the book; NULL: the same */
    enum syntax syntax;
    bool global;        /* any element may have it … */
    const char *except; /* … but these */
    const char *words;
};

/* The row of this element; a plain ROLE_UNWRAP one for unknown names. */
const struct element_model *model_of(const xmlNode *n);

/* The row of an HTML element, or one of feedbind's own, by its name. */
const struct element_model *model_named(const char *name);

/* The element's name in the book. */
const char *model_name(const struct element_model *model);

/* The attribute's row if an element of this model may have it, else NULL. */
const struct attribute_model *model_attribute(const struct element_model *model,
                                              const char *name);

/* The value as the book holds it, made in the arena or as it was; p is NULL if
 * it is not valid. */
struct str model_value(const struct attribute_model *attribute,
                       struct arena *arena, struct str value);

/* Tables are walked by number for tests: NULL past the last row. */
const struct element_model *model_row(size_t n);
const struct attribute_model *model_attribute_row(size_t n);

#endif
