/* Memory that is always there, and typed arrays that grow.
 *
 * Out of memory ends the program, in one function, with one sentence. No
 * caller tests for NULL. */
#ifndef FEEDBIND_BASE_MEM_H
#define FEEDBIND_BASE_MEM_H

#include <stddef.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof *(a))

/* Return n zeroed bytes (n = 0 gives a unique pointer); free() them. */
void *mem_alloc(size_t n);

/* Resize p (NULL for a new block) to n bytes; new bytes are not cleared. */
void *mem_realloc(void *p, size_t n);

/* Return a copy of n bytes at p, with a NUL after them; free() it. */
char *mem_dup(const void *p, size_t n);

/* Print "out of memory" and end the program with status 1. */
_Noreturn void mem_exhausted(void);

/* A growable array of any type: VEC(struct part) parts = {0};
 * vec_push(&parts, part); ... free(parts.items). */
#define VEC(type)                                                              \
    struct {                                                                   \
        type *items;                                                           \
        size_t len, cap;                                                       \
    }

#define vec_push(v, item)                                                      \
    ((v)->items =                                                              \
         vec_grow((v)->items, &(v)->cap, (v)->len + 1, sizeof *(v)->items),    \
     (v)->items[(v)->len] = (item), (void)(v)->len++)

/* Where in n sorted items of `size` bytes the first is that is not before the
 * key: n if there is none. `compare` is given the key, then an item. What
 * bsearch does not say: the first of several, the next where there is none. */
size_t mem_first_from(const void *key, const void *items, size_t n, size_t size,
                      int (*compare)(const void *, const void *));

/* Return items with room for `need` elements of `size` bytes; *cap follows.
 * The work behind vec_push. */
void *vec_grow(void *items, size_t *cap, size_t need, size_t size);

#endif
