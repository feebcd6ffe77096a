/* Downloads, into the store.
 *
 * libcurl's multi interface; http and https alone, TLS verified, HTTP/2 where
 * TLS says so (ALPN), no cookies, no .netrc; proxy variables as curl reads
 * them. Connections are kept and shared; so many transfers at once, and so many
 * of one host, as the policy says. Redirects are followed here, not by curl:
 * each is resolved by base/url, looked at as the first address was, and gets a
 * Referer of its own. An answer that is a web page is not a picture, whatever
 * it says of itself; all else is stored as it came, and what it is, is told by
 * those who decode it.
 *
 * How it ended (store.h), by HTTP status (RFC 9110 section 15):
 *   404 410               not found
 *   other 4xx             refused, as are other schemes and addresses that
 *                         are not public (reach.h)
 *   408 421 425 429 5xx   unreachable, as are failed connections, time-outs,
 *                         answers cut short, too many redirects
 * Each end is recorded in the store. But a picture that the store has is never
 * given up for a failure: it is asked for with its validators, and stays if
 * asking fails.
 *
 * What is unreachable is asked for again, as often as the policy says, each
 * time after twice the wait, or after what Retry-After says, if that is within
 * the time for one picture (fetch_retry.h). A job that waits holds no place.
 * With 429, 503 and a Retry-After, or no connection the whole host rests, and
 * so does one that gives nothing good; if that happens several times in a row,
 * it is given up for this run (fetch_origins.h), and what is still to be had
 * from it is unreachable.
 *
 * Of a body that broke off the rest is asked for, with Range and If-Range, if
 * the server gave a strong validator; what comes has to fit, else all of it is
 * asked for. */
#ifndef FEEDBIND_NET_FETCH_H
#define FEEDBIND_NET_FETCH_H

#include "net/fetch_policy.h"
#include "net/store.h"

#include <stddef.h>
#include <stdint.h>

struct fetch_job {
    const char *url;     /* serialised, without fragment */
    const char *referer; /* the article's address; NULL or "" for none */
};

struct fetch_outcome {
    enum store_class ended; /* as it is in the store now */
    uint64_t bytes;         /* of the body, if saved */
    const char *detail;     /* "HTTP 404"; for people; never NULL */
};

/* Who wants to know. Strings are lent for the call. */
struct fetch_watch {
    void *context;
    void (*done)(void *context, size_t job, const struct fetch_outcome *o);
    /* Five times a second at most: bytes received so far. */
    void (*progress)(void *context, uint64_t bytes);
};

/* Fetch all jobs, and return when all have ended: 0, or the errno of a store
 * that can't be written, which ends the rest. The caller has called
 * curl_global_init. */
int fetch_all(struct store *store, const struct fetch_job *jobs, size_t count,
              const struct fetch_policy *policy,
              const struct fetch_watch *watch);

#endif
