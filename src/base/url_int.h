/* Shared between url.c and url_host.c. */
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

#endif
