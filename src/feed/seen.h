/* Which articles earlier books had: the state file of --new.
 *
 * Text: a first line that says what it is, and then a line for each article,
 * its identity (a hash of its feed's id and its own) and a space, and when the
 * revision that the book had was written (RFC 3339, UTC), or "-". */
#ifndef FEEDBIND_FEED_SEEN_H
#define FEEDBIND_FEED_SEEN_H

#include "base/diag.h"

#include <stdbool.h>

struct entry;
struct library;
struct seen;

/* Read the file; one that is not there has no articles. NULL, and an error in
 * `diag`, if it cannot be read or is anything else. seen_free it. */
struct seen *seen_read(const char *path, struct diag *diag);
void seen_free(struct seen *s);

bool seen_has(const struct seen *s, const struct entry *e);

/* Add the library's articles to the file: to what is in it now, since another
 * run may have added some. It is replaced whole, or it stays as it was, which
 * is false, and an error in `diag`. */
bool seen_add(const char *path, const struct library *l, struct diag *diag);

#endif
