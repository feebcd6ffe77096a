/* Characters that make words, and those that only stand between or beside
 * them; by Unicode's blocks, not letter by letter. */
#ifndef FEEDBIND_ARTICLE_STYLE_LETTERS_H
#define FEEDBIND_ARTICLE_STYLE_LETTERS_H

#include "base/buf.h"

/* A letter or digit, or a mark on one. */
bool letter_is(uint32_t c);

/* A character that leaves no trace on a page: white space, U+00A0, joiners,
 * variation selectors, and what a book cannot hold. */
bool letter_invisible(uint32_t c);

/* Has the text anything but these? */
bool letters_visible(struct str text);

/* Append the letters and digits of the text, in lower case: what two texts
 * have in common that differ in punctuation and case alone. */
void letters_fold(struct str text, struct buf *out);

#endif
