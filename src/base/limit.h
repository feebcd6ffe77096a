/* Numbers that a user may set by name, "NAME=VALUE": a table for each struct
 * that holds such numbers.
 *
 * A value is written in decimal, as whole number or with a fraction, and K, M
 * or G behind it for a thousand, a million or a thousand millions of it:
 * "24", "2.5", "50M". What it comes to in the field's own unit is whole. */
#ifndef FEEDBIND_BASE_LIMIT_H
#define FEEDBIND_BASE_LIMIT_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct limit {
    const char *name;
    size_t offset;      /* of a uint64_t in the struct */
    uint64_t scale;     /* of the field's unit make one as it is written */
    uint64_t low, high; /* in the field's unit, both allowed */
    const char *what;   /* a line for people */
};

/* Set the field of *object that the setting names. NULL, or what the setting
 * must be, made in the arena; then *object is untouched. */
const char *limits_read(const struct limit *rows, size_t count, void *object,
                        struct str setting, struct arena *a);

/* Read a size, such as "50M", "50MB" or "1.5GiB": K, M and G as above, and
 * with an "i" powers of 1024; what is left of a byte is dropped. False if it
 * is none, or 0. */
bool size_read(struct str text, uint64_t *bytes);

/* The field's value as it would be written, made in the arena. */
char *limit_value(const struct limit *row, const void *object, struct arena *a);

/* For people: a line for each row, with the value in *object. */
char *limits_text(const struct limit *rows, size_t count, const void *object,
                  struct arena *a);

#endif
