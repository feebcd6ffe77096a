/* Patterns of addresses, and templates that are filled from them, for tables
 * of what platforms write. */
#ifndef FEEDBIND_ARTICLE_EMBED_PATTERN_H
#define FEEDBIND_ARTICLE_EMBED_PATTERN_H

#include "base/arena.h"
#include "base/str.h"

enum { PATTERN_CAPTURES = 4 };

/* Does the path match? "{1}" to "{3}" stand for text without a slash, at least
 * a character of it; "{*}" at the end for all that is left, which may be
 * nothing, and then a slash before it may be missing too; what else there is,
 * for itself. A slash at the path's end does not matter. captures[1] … get
 * views into the path, captures[0] what "{*}" stood for. */
bool pattern_match(const char *pattern, struct str path,
                   struct str captures[PATTERN_CAPTURES]);

/* Gives the value behind a name between braces; p is NULL for none. */
typedef struct str (*pattern_lookup)(struct str name, void *context);

/* The template with each {name} replaced by its value, made in the arena; NULL
 * if a value is missing or empty. */
const char *pattern_fill(struct arena *arena, struct str template,
                         pattern_lookup lookup, void *context);

/* The same for several templates with a space between: the first that can be
 * filled. NULL for none, and for `templates` NULL. */
const char *pattern_fill_first(struct arena *arena, const char *templates,
                               pattern_lookup lookup, void *context);

#endif
