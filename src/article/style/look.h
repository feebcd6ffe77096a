/* How the source says that an element looks, as far as that means something:
 * from the element itself, from presentational attributes, from the classes of
 * well-known platforms and from its style attribute, in this order. All else
 * that style can say (colours, sizes, fonts, positions) is not read at all. */
#ifndef FEEDBIND_ARTICLE_STYLE_LOOK_H
#define FEEDBIND_ARTICLE_STYLE_LOOK_H

#include "xml/tree.h"

enum aspect {
    ASPECT_WEIGHT,
    ASPECT_SLANT,
    ASPECT_UNDERLINE,
    ASPECT_STRIKE,
    ASPECT_FACE,  /* YES: monospaced */
    ASPECT_SHIFT, /* SUB, SUPER */
    ASPECT_CAPS,  /* YES: small capitals */
    ASPECT_CASE,  /* UPPER, LOWER, TITLE */
    ASPECT_ALIGN, /* CENTER, LEFT, RIGHT, START, END */
    ASPECT_SPACE, /* NOWRAP, LINES, SPACES */
    ASPECT_MARKER,
    ASPECT_MARGIN_LEFT, /* a number of steps, as those below */
    ASPECT_MARGIN_RIGHT,
    ASPECT_PADDING_LEFT,
    ASPECT_PADDING_RIGHT,
    ASPECT_FIRST_LINE, /* YES: indented */
    ASPECT_DISPLAY,    /* HIDDEN */
    ASPECT_VISIBILITY, /* HIDDEN */
    ASPECT_COUNT
};

enum {
    LOOK_UNSAID,
    LOOK_NORMAL, /* what it is where nobody says anything */
    LOOK_YES,
    LOOK_HIDDEN,
    LOOK_SUB,
    LOOK_SUPER,
    LOOK_UPPER,
    LOOK_LOWER,
    LOOK_TITLE,
    LOOK_CENTER,
    LOOK_LEFT,
    LOOK_RIGHT,
    LOOK_START,
    LOOK_END,
    LOOK_NOWRAP,
    LOOK_LINES,  /* line ends count: pre-line */
    LOOK_SPACES, /* line ends and spaces count: pre, pre-wrap */
    LOOK_NONE,   /* of a list's markers */
    LOOK_BULLET,
    LOOK_DECIMAL,
    LOOK_LOWER_ALPHA,
    LOOK_UPPER_ALPHA,
    LOOK_LOWER_ROMAN,
    LOOK_UPPER_ROMAN,
};

struct look {
    unsigned char value[ASPECT_COUNT];
    unsigned important; /* aspects that were said to be so */
};

/* What the element's own name says; *plain: it says nothing else. */
struct look look_of_element(const xmlNode *n, bool *plain);

/* What its attributes, classes and style say. */
struct look look_of_attributes(const xmlNode *n);

/* Is the element hidden by its style attribute? */
bool look_hides(const xmlNode *n);

#endif
