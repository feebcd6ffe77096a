/* Hashes: names that are derived, never random. (Nettle does the work,
 * by the processor's own instructions for it where there are any.) */
#ifndef FEEDBIND_BASE_HASH_H
#define FEEDBIND_BASE_HASH_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* SHA-256 in hexadecimal, 64 digits and a NUL. */
struct hex {
    char text[65];
};

/* The hash of the n strings, each with its length before it, so that
 * ("ab", "c") and ("a", "bc") differ. */
struct hex hash_fields(const struct str *fields, size_t n);

/* The hash of the bytes alone: what sha256sum prints. */
struct hex hash_bytes(struct str bytes);

/* The hash of the first `size` bytes of a file; false if it has fewer, or
 * can't be read. The file's position does not matter and stays. */
bool hash_file(int fd, uint64_t size, struct hex *out);

/* A UUID in its text form (RFC 4122 section 3), 36 characters and a NUL. */
struct uuid {
    char text[37];
};

/* The version 5 UUID (RFC 4122 section 4.3) of a name in feedbind's own
 * namespace. The same name gives the same UUID in every version of
 * feedbind. */
struct uuid hash_uuid(struct str name);

#endif
