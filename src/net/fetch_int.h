/* Shared by the files of the downloader: one transfer, and how it is judged.
 */
#ifndef FEEDBIND_NET_FETCH_INT_H
#define FEEDBIND_NET_FETCH_INT_H

#include "base/url.h"
#include "net/fetch.h"
#include "net/fetch_retry.h"
#include "net/reach.h"

#include <curl/curl.h>

/* The beginning of a body that broke off, kept so that the rest can be asked
 * for (RFC 9110 section 14.2). */
struct part {
    struct store_writer *writer; /* what there is; NULL for nothing */
    uint64_t had;                /* bytes */
    uint64_t length;             /* of the whole; 0: not known */
    const char *validator;       /* strong */
    struct store_record first;   /* what the first answer said of it */
    struct str head;             /* its first bytes, TRANSFER_HEAD at most */
};

/* A job on its way: what outlives a single request. */
struct errand {
    const struct fetch_job *job;
    struct arena *arena;       /* of what follows; made when first started */
    const struct url *url;     /* to ask next */
    const struct url *article; /* for the Referer; NULL for none */
    struct store_record old;   /* what the store has */
    bool saved;                /* old is of a picture */
    struct part part;
    uint64_t redirects; /* followed */
    uint64_t retries;   /* of what came to nothing */
    uint64_t spent_ms;  /* in transfers, and waiting for the next try */
};

enum { TRANSFER_HEAD = 512 }; /* bytes looked at to know a web page */

/* Why a transfer was ended from this side. */
enum stop {
    STOP_NONE,
    STOP_PRIVATE,
    STOP_LARGE,
    STOP_PAGE,
    STOP_MISFIT, /* part of a body that is not the part that was asked for */
    STOP_STORE
};

/* One request of an errand. */
struct transfer {
    CURL *easy;
    struct curl_slist *headers, *connect_to;
    const struct fetch_policy *policy;
    const struct reach *reach;
    struct store *store;
    struct errand *errand; /* NULL: idle */
    struct store_writer *writer;
    uint64_t started_ms;
    uint64_t had;          /* bytes of the body from earlier requests */
    uint64_t bytes;        /* of the body, those and new ones, decoded */
    uint64_t answer_bytes; /* of this answer's body */
    uint64_t header_bytes; /* of all headers */
    uint64_t *received;    /* counts the bytes of all transfers */
    char head[TRANSFER_HEAD];
    size_t head_len;
    bool answered; /* there is a header */
    bool noticed;  /* the queue knows that */
    bool begun;    /* the answer has a body that is a picture's */
    enum stop stop;
    int store_errno; /* with STOP_STORE */
    char error[CURL_ERROR_SIZE];
};

/* What a finished transfer came to. */
struct verdict {
    bool redirected; /* the errand's url is the next one to ask */
    enum store_class ended;
    const char *detail;         /* in the errand's arena */
    enum fetch_trouble trouble; /* is it worth asking again? */
    bool says_when;             /* the server says after how long: */
    uint64_t wait_ms;
};

/* Set the request up; add easy to the multi handle then. A part that the
 * errand has is taken up. */
void transfer_start(struct transfer *t, struct errand *e);

/* Judge what came. The body, if it is to be kept, stays in t->writer. */
struct verdict transfer_judge(struct transfer *t, CURLcode code);

/* Leave what there is of the body to the errand, if the rest can be asked
 * for. */
void transfer_keep_part(struct transfer *t);

/* Take from the answer's headers what a record holds. One that is not there,
 * as in a 304, has not changed (RFC 9110 section 15.4.5). */
void transfer_describe(const struct transfer *t, struct store_record *r);

/* The value of a header of the answer, made in the errand's arena; NULL for
 * none. */
const char *transfer_header(const struct transfer *t, const char *name);

/* The status of the answer; 0 for none. */
long transfer_status(const struct transfer *t);

/* Does a body that is part of one continue what there is? */
bool transfer_continues(const struct transfer *t);

/* Forget the request, and a body that nobody took; ready for the next. */
void transfer_reset(struct transfer *t);

/* May the errand's url be asked? Else the verdict is in *out. */
bool errand_allowed(struct errand *e, const struct fetch_policy *policy,
                    struct verdict *out);

/* The class of an HTTP status that is no success and no redirect. */
enum store_class answer_class(long status);

/* Is this the beginning of a web page? (WHATWG MIME Sniffing, section 7.1,
 * the patterns of text/html.) */
bool answer_is_page(struct str head);

/* The Referer for `target`: the article's address without user, password and
 * fragment; NULL for none, as when it would leave TLS (W3C Referrer Policy,
 * no-referrer-when-downgrade). */
const char *request_referer(struct arena *a, const struct url *article,
                            const struct url *target);

#endif
