/* Text without regard to the case of letters: Unicode's simple mappings, as the
 * locale C.UTF-8 has them, whatever the user's own locale is. Where there is no
 * such locale, that of ASCII's letters alone. */
#ifndef FEEDBIND_BASE_CASELESS_H
#define FEEDBIND_BASE_CASELESS_H

#include "base/arena.h"
#include "base/buf.h"

struct caseless;
struct pattern;

/* caseless_free it, with its patterns (NULL is allowed). One thread at a time
 * uses it. */
struct caseless *caseless_new(void);
void caseless_free(struct caseless *c);

/* Append s, which is UTF-8, folded: texts that differ in case alone become the
 * same bytes. */
void caseless_fold(const struct caseless *c, struct str s, struct buf *out);

/* Make a pattern of a POSIX extended regular expression, which is UTF-8; it
 * lives as long as c. NULL if it is none, and then *why says why, in the
 * arena. */
const struct pattern *caseless_pattern(struct caseless *c, const char *text,
                                       struct arena *a, const char **why);

/* Does it match anywhere in the text, which is UTF-8? */
bool pattern_matches(const struct pattern *p, const char *text);

#endif
