/* Disjoint sets of the numbers 0 to n - 1, which grow together. */
#ifndef FEEDBIND_BASE_SETS_H
#define FEEDBIND_BASE_SETS_H

#include <stddef.h>

struct sets {
    size_t *up; /* of each number another of its set, or itself */
};

/* Each number is a set of its own. Free with sets_free. */
struct sets sets_new(size_t n);
void sets_free(struct sets *s);

/* The least number of the set that i is in. */
size_t sets_find(struct sets *s, size_t i);

/* Make one set of those that a and b are in. */
void sets_join(struct sets *s, size_t a, size_t b);

#endif
