/* What a body says, to compare it with others: without its markup. */
#ifndef FEEDBIND_FEED_SAYS_H
#define FEEDBIND_FEED_SAYS_H

#include "base/buf.h"

#include <stdbool.h>

struct says {
    /* Letters and digits alone, ASCII ones small: what two forms of one text
     * have in common. Owned. */
    struct buf letters;
    bool pictures; /* it has some */
    bool shows;    /* … or a player, a frame, a drawing */
    bool teaser;   /* it breaks off: "…", "Read more" (which is no part of
                      `letters`) */
};

/* Free with says_free. Takes time in proportion to the length. */
struct says says_make(struct str text, bool html);
void says_free(struct says *s);

/* Is this, called plain text, HTML? It begins with a tag of a block, or has
 * "<br>" tags or paragraphs' ends, and ends tags that it has begun. */
bool says_html(struct str text);

/* Is this HTML of no tags, but of a text that is HTML again? Then append that
 * to `out`. */
bool says_html_twice(struct str html, struct buf *out);

/* Is this HTML of no tags, where blank lines part paragraphs? Then append the
 * plain text that it is to `out`. */
bool says_plain(struct str html, struct buf *out);

/* ---- tags of HTML, for those who look at a text without a tree ---- */

/* Is the name one of these, a list that ends in NULL? */
bool name_is_one_of(struct str name, const char *const *names);

/* The name of the tag at the front of s, with the "/" of an end tag; empty if
 * there is none. */
struct str tag_name(struct str s);

/* Is there a tag of a block, or a comment, at the front of s? */
bool tag_is_block(struct str s);

/* Where the end tag of the element is that begins s and has this name. */
size_t tag_skip(struct str s, struct str name);

#endif
