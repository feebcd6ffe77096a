/* Shared between the files of url. */
#ifndef FEEDBIND_BASE_URL_INT_H
#define FEEDBIND_BASE_URL_INT_H

#include "base/buf.h"
#include "base/url.h"

/* Percent-encode sets (URL Standard, section 1.3), each a superset of the one
 * before but for the query sets. */
enum url_set {
    SET_C0,
    SET_FRAGMENT,
    SET_QUERY,
    SET_SPECIAL_QUERY,
    SET_PATH,
    SET_USERINFO,
};

/* Append s, percent-encoded. Bytes that are not UTF-8 become U+FFFD first. */
void url_encode(struct buf *out, struct str s, enum url_set set);

/* Host parser and serializer (sections 3.5 and 3.6): the host in the arena, or
 * NULL for failure. */
const char *url_host(struct arena *a, struct str input, bool special);

/* Domain to ASCII (section 3.3), not strict: append `domain`, which is UTF-8,
 * as ASCII in lower case. False for failure. */
bool url_domain_to_ascii(struct buf *out, struct str domain);

/* Append what a person would read; labels that are no Unicode stay. */
void url_domain_to_unicode(struct buf *out, struct str domain);

/* True if one of the ASCII characters in `set` is c; NUL is never one. */
static inline bool url_any(const char *set, char c)
{
    return c && strchr(set, c);
}

#endif
