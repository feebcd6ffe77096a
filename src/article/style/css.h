/* The declarations of a style attribute, as CSS Syntax (Level 3) takes them
 * apart: comments, strings, url(), brackets and escapes are passed over whole,
 * and a declaration that is none costs itself alone.
 *
 * All that is handed out are views, as they are written. Each byte is read a
 * bounded number of times. */
#ifndef FEEDBIND_ARTICLE_STYLE_CSS_H
#define FEEDBIND_ARTICLE_STYLE_CSS_H

#include "base/str.h"

struct css_declaration {
    struct str name, value; /* the value without "!important" */
    bool important;
};

/* Take the next declaration that is one off the front of *rest; false at the
 * end. */
bool css_next(struct str *rest, struct css_declaration *d);

/* Take the next component off the front of *value: a word, a number with its
 * unit, a string with its quotes, a function with its arguments, or a comma or
 * slash of its own. */
bool css_next_part(struct str *value, struct str *part);

/* Is the component this word (in lower case)? Letter case and escapes do not
 * matter. */
bool css_is(struct str part, struct str word);

/* A length in hundredths of a CSS pixel; a percentage counts as one of a
 * column of 600 pixels. 0 for what is none. Clipped to +-100000 pixels. */
int css_length(struct str part);

#endif
