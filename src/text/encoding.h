/* Which encoding a file's bytes are in. Names are iconv's. */
#ifndef FEEDBIND_TEXT_ENCODING_H
#define FEEDBIND_TEXT_ENCODING_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Told by a byte order mark, of which *mark gets the length, or by the zeros
 * of UTF-16 and UTF-32 at the front; NULL if neither is there. */
const char *encoding_by_bytes(struct str s, size_t *mark);

/* The value of encoding="…" in an XML declaration near the front of s; p is
 * NULL without one. */
struct str encoding_declared(struct str s);

/* What a label means (NUL-terminated); NULL if it is not known, or names an
 * encoding that ASCII could not be read in, as UTF-16. */
const char *encoding_of_label(const char *label);

/* Is a character of this encoding always one byte? */
bool encoding_single_byte(const char *encoding);

/* Can these bytes, from the middle of a file, be in it? A few may not. */
bool encoding_fits(const char *encoding, struct str s);

/* What is UTF-8 in these bytes. */
struct utf8_count {
    size_t characters; /* of two bytes and more */
    size_t bad;        /* bytes that are in none */
    bool escapes;      /* ISO 2022 switches its character sets */
};
struct utf8_count encoding_count_utf8(struct str s);

/* A guess at what they are in, if they are neither UTF-8 nor Western European;
 * NULL for none. */
const char *encoding_guess(struct str s);

#endif
