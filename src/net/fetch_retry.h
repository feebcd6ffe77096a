/* What to make of a request that came to nothing for now: when it is made
 * again, and whether the rest of a body can be asked for. No clock, no
 * network: functions of what they are given. */
#ifndef FEEDBIND_NET_FETCH_RETRY_H
#define FEEDBIND_NET_FETCH_RETRY_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* What is in the way. */
enum fetch_trouble {
    TROUBLE_NONE,    /* nothing, or asking again would not help */
    TROUBLE_REQUEST, /* this request may come to something later */
    TROUBLE_HOST,    /* the host is to be left alone for a while */
};

/* What an HTTP status means (RFC 9110 section 15, RFC 6585, RFC 8470): 408,
 * 421, 425 and 5xx are of the request, 429 of the host; so is 503, if it says
 * until when. 501 and 505 stay what they are. */
enum fetch_trouble retry_trouble(long status, bool says_when);

/* Milliseconds to wait before retry number `retry` (from 0): the unit, then
 * twice that, and so on; never more than a minute, if the unit is not. */
uint64_t retry_backoff(uint64_t unit_ms, uint64_t retry);

/* Read Retry-After (RFC 9110 section 10.2.3), seconds or a date: milliseconds
 * from `now`, seconds since 1970; 0 for a time that is over. False if it is
 * neither. */
bool retry_after(struct str value, int64_t now, uint64_t *ms);

/* The validator for If-Range (RFC 9110 section 13.1.5) from headers of the
 * answer that broke off, NULL for those it did not have: the ETag, unless it
 * is weak; without one, Last-Modified if it is strong, which takes a Date that
 * is a second or more later (section 8.8.2.2). NULL: there is none. */
const char *resume_validator(const char *etag, const char *last_modified,
                             const char *date);

/* A Content-Range (RFC 9110 section 14.4): bytes first … last, of `length`,
 * 0 if that is not known. */
struct range {
    uint64_t first, last, length;
};

/* False if it is not one of bytes, or makes no sense. */
bool range_read(struct str value, struct range *out);

/* Does the range go on where a body of `had` bytes broke off, out of `length`
 * (0: not known) as the first answer said? */
bool range_continues(const struct range *r, uint64_t had, uint64_t length);

#endif
