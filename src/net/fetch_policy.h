/* How pictures are asked for. Nothing here needs libcurl. */
#ifndef FEEDBIND_NET_FETCH_POLICY_H
#define FEEDBIND_NET_FETCH_POLICY_H

#include "base/limit.h"

#include <stdbool.h>
#include <stdint.h>

struct fetch_policy {
    uint64_t max_bytes;    /* of one picture, decoded from gzip and such */
    uint64_t total;        /* transfers at once */
    uint64_t per_host;     /* of them from one host, any port */
    uint64_t connect_ms;   /* to have a connection */
    uint64_t idle_seconds; /* without a byte */
    uint64_t total_ms;     /* for one picture, redirects and waits included */
    uint64_t redirects;    /* followed for one picture */
    uint64_t retries;      /* after the first try */
    uint64_t retry_ms;     /* before the first of them; doubled for each next */
    const char *agent;     /* User-Agent: what servers know us by */
    const char *authorities; /* a file of certificates of authorities to trust
                                in their place (PEM); NULL: the system's */
    const char *connect_to;  /* "HOST:PORT:TO-HOST:TO-PORT", a comma between:
                                where hosts are looked for, as curl's
                                --connect-to; NULL: where they are */
    bool allow_private;      /* ask addresses that are not public, too */
};

/* What is usual. */
struct fetch_policy fetch_policy_make(void);

/* The numbers by name (limit.h): member, name, scale, bounds, what it is.
 * Bounds are what can be meant: more transfers at once than a process may have
 * sockets, say, can't. A time of ms is written in seconds. */
#define FETCH_LIMITS(X)                                                        \
    X(max_bytes, "image-bytes", 1, 1, 2000000000,                              \
      "of one picture as it was saved")                                        \
    X(total, "connections", 1, 1, 200, "downloads at once")                    \
    X(per_host, "host-connections", 1, 1, 200, "of them from one host")        \
    X(connect_ms, "connect-seconds", 1000, 1, 3600000,                         \
      "until a server must be there")                                          \
    X(idle_seconds, "idle-seconds", 1, 1, 3600,                                \
      "without a byte until a download is given up")                           \
    X(total_ms, "image-seconds", 1000, 1, 86400000,                            \
      "for one picture, with all waiting")                                     \
    X(redirects, "redirects", 1, 0, 100, "followed for one picture")           \
    X(retries, "retries", 1, 0, 100, "of a download that failed for now")      \
    X(retry_ms, "retry-seconds", 1000, 1, 3600000,                             \
      "before the first retry, doubled for each next")

/* The rows, of struct fetch_policy. */
const struct limit *fetch_limits(size_t *count);

#endif
