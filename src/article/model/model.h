/* The content model: what feedbind makes of every element, and what may stand
 * in an element of the book. One table for each vocabulary: HTML in model.c,
 * MathML in model_math.c, SVG in model_svg.c; the cleaner interprets them, and
 * adding an element is adding a row.
 *
 * After the HTML Standard (section 4), MathML 3, SVG 1.1 and EPUB 3.3's schema
 * for XHTML content documents, narrowed to what e-readers can bear. */
#ifndef FEEDBIND_ARTICLE_MODEL_MODEL_H
#define FEEDBIND_ARTICLE_MODEL_MODEL_H

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
    ROLE_UNIT,     /* math, svg: a formula or drawing, whole */
    ROLE_PIECE,    /* of a formula or drawing */
    ROLE_SCRIPTS,  /* mmultiscripts: a base, then pairs */
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
    CAT_RUBY_TEXT = 1 << 12,  /* rt */
    CAT_TIME = 1 << 13,

    CAT_MATH = 1 << 16, /* what may stand for a term of a formula */
    CAT_MATH_ROW = 1 << 17,
    CAT_MATH_CELL = 1 << 18,
    CAT_MATH_SCRIPT = 1 << 19, /* none, mprescripts */

    CAT_SHAPE = 1 << 20,  /* what is drawn: path, text, use … */
    CAT_GROUP = 1 << 21,  /* g, svg, switch */
    CAT_SERVER = 1 << 22, /* what others refer to: defs, gradients … */
    CAT_STOP = 1 << 23,   /* of a gradient */
    CAT_RUN = 1 << 24,    /* of text: tspan */
    CAT_RUN_ON_PATH = 1 << 25,

    CAT_WORDS = CAT_TEXT | CAT_PHRASING,
    CAT_FLOW = CAT_WORDS | CAT_BLOCK,
};

struct element_model {
    const char *name;
    enum tree_space space;
    enum role role;
    const char *as;         /* its name in the book; NULL: the same */
    unsigned category;      /* OR of what it is; 0: it is not in a book */
    unsigned children;      /* OR of what its children may be */
    unsigned excludes;      /* OR of what may not be anywhere below it */
    const char *attributes; /* names of those that it may have besides the
                               global ones, a space between; NULL: none */
    bool nests;             /* within another of its kind it means more */
    const char *need;       /* those without which it means nothing */
    const char *stray;      /* the element around children that it may not have
                               itself: tr in table, td in tr; NULL: none */
    unsigned count;         /* it has so many children, or is an mrow; 0: any */
    struct {
        const char *name, *value;
    } fixed[3]; /* attributes that it always has */
};

/* How an attribute's value is written. */
enum syntax {
    SYNTAX_TEXT,     /* any text but white space alone */
    SYNTAX_URL,      /* as article/link/links.c left it */
    SYNTAX_INTEGER,  /* HTML Standard 2.3.4.1, of at most nine digits */
    SYNTAX_SPAN,     /* 2 to 999: 1 is what it would be without */
    SYNTAX_DATE,     /* 2026, 2026-03, 2026-03-27, with a time behind it */
    SYNTAX_BOOLEAN,  /* its own name, whatever it was */
    SYNTAX_KEYWORD,  /* one of `words`, in lower case */
    SYNTAX_MARKER,   /* one of `words`, whose case matters */
    SYNTAX_LANGUAGE, /* BCP 47, repaired */
    SYNTAX_TOKENS,   /* classes of the book's own style sheet */
    SYNTAX_WORDS,    /* some of `words`, whose case matters */
    SYNTAX_LENGTH,   /* MathML 3, 2.1.5.2, or one of `words` */
    SYNTAX_LENGTHS,  /* several of them */
    SYNTAX_PADDING,  /* MathML 3, 3.3.6.2: "+2em", "80%height" */
    SYNTAX_NUMBERS,  /* in SVG: numbers, lengths, lists of them */
    SYNTAX_PATH,     /* SVG 1.1, 8.3 */
    SYNTAX_PLAIN,    /* in SVG: names, colours, functions; no address */
    SYNTAX_PAINT,    /* such, or "url(#id)" */
    SYNTAX_SERVER,   /* "url(#id)" */
    SYNTAX_LOCAL,    /* "#id" */
    SYNTAX_ASPECT,   /* SVG 1.1, 7.8 */
    SYNTAX_ANY,      /* any text, or none */
};

struct attribute_model {
    const char *name;
    const char *as; /* its name in the book; NULL: the same */
    enum syntax syntax;
    bool global;        /* any element may have it, also if not listed … */
    const char *except; /* … but these */
    const char *words;
};

/* A vocabulary's tables, sorted by name. Of several attributes of one name, an
 * element has the first that it may have. */
struct vocabulary {
    const struct element_model *elements;
    size_t element_count;
    const struct attribute_model *attributes;
    size_t attribute_count;
    struct element_model unknown; /* what an element in no row is */
};

extern const struct vocabulary model_html, model_math, model_svg;

/* The row of this element; its vocabulary's `unknown` for unknown names. */
const struct element_model *model_of(const xmlNode *n);

/* Is it an element, and in a book of one of these categories? */
bool model_is(const xmlNode *n, unsigned categories);

/* The row of an HTML element, or one of feedbind's own, by its name. */
const struct element_model *model_named(const char *name);

/* The row of an element in any vocabulary. */
const struct element_model *model_in(enum tree_space space, const char *name);

/* The element's name in the book. */
const char *model_name(const struct element_model *model);

/* The attribute's row if an element of this model may have it, else NULL. */
const struct attribute_model *model_attribute(const struct element_model *model,
                                              const char *name);

/* The value as the book holds it, made in the arena or as it was; p is NULL if
 * it is not valid. */
struct str model_value(const struct attribute_model *attribute,
                       struct arena *arena, struct str value);

#endif
