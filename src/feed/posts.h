/* Posts as WordPress keeps them, and as its export files have them. */
#ifndef FEEDBIND_FEED_POSTS_H
#define FEEDBIND_FEED_POSTS_H

#include "base/buf.h"

#include <stdbool.h>

/* Append a post to `out` as WordPress would show it: blank lines part
 * paragraphs, where it has none, other line ends are breaks, except in and
 * between blocks; a line that is one address is an embed; the shortcodes
 * "caption" and "embed" are figures and embeds. False, and `out` untouched,
 * if it is shown as it is kept. Takes time in proportion to the length. */
bool post_html(struct str kept, struct buf *out);

#endif
