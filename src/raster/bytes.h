/* Numbers of several bytes. */
#ifndef FEEDBIND_RASTER_BYTES_H
#define FEEDBIND_RASTER_BYTES_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

/* The number in the n bytes (up to 4) at `at`, least or most significant byte
 * first; bytes beyond the end are 0. */
static inline uint32_t bytes_little(struct str s, size_t at, size_t n)
{
    uint32_t number = 0;
    for (size_t i = n; i-- > 0;)
        number = number << 8 |
                 (at < s.n && i < s.n - at ? (unsigned char)s.p[at + i] : 0);
    return number;
}

static inline uint32_t bytes_big(struct str s, size_t at, size_t n)
{
    uint32_t number = 0;
    for (size_t i = 0; i < n; i++)
        number = number << 8 |
                 (at < s.n && i < s.n - at ? (unsigned char)s.p[at + i] : 0);
    return number;
}

#endif
