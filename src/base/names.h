/* Names and their numbers: 0, 1 … in the order in which they are first seen.
 * A hash table; what is known of a name is kept in an array of the caller's,
 * by number. */
#ifndef FEEDBIND_BASE_NAMES_H
#define FEEDBIND_BASE_NAMES_H

#include <stddef.h>

struct names;

/* An empty set; names_free it. */
struct names *names_new(void);
void names_free(struct names *n);

/* The number of this name, which becomes the next one if it is new. */
size_t names_number(struct names *n, const char *name);

/* How many names there are. */
size_t names_count(const struct names *n);

#endif
