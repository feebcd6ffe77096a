/* An arena: small objects that live and die together.
 *
 * Things made in an arena are named `make`; nobody frees them one by one.
 * An arena is used by one thread at a time. */
#ifndef FEEDBIND_BASE_ARENA_H
#define FEEDBIND_BASE_ARENA_H

#include "base/str.h"

#include <stddef.h>

struct arena;

/* Return an empty arena; arena_free it. */
struct arena *arena_new(void);

/* Free the arena and all that was made in it. NULL is allowed. */
void arena_free(struct arena *a);

/* Return n zeroed bytes, aligned for any type. Never NULL. */
void *arena_alloc(struct arena *a, size_t n);

/* Return n bytes, not cleared, aligned for any type. Never NULL. */
void *arena_raw(struct arena *a, size_t n);

/* Return a NUL-terminated copy. */
char *arena_str(struct arena *a, struct str s);
struct str arena_view(struct arena *a, struct str s);
char *arena_strdup(struct arena *a, const char *s);

/* Return a copy of `count` elements of `size` bytes (NULL when count is 0);
 * turns a growable array into one that lives in the arena. */
void *arena_copy(struct arena *a, const void *items, size_t count, size_t size);

/* Return formatted text. */
char *arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Bytes handed out so far. */
size_t arena_used(const struct arena *a);

#endif
