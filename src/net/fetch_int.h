/* Shared by the files of the downloader: one transfer, and how it is judged.
 */
#ifndef FEEDBIND_NET_FETCH_INT_H
#define FEEDBIND_NET_FETCH_INT_H

#include "base/url.h"
#include "net/fetch.h"
#include "net/reach.h"

#include <curl/curl.h>

/* A job on its way: what outlives a single request. */
struct errand {
    const struct fetch_job *job;
    struct arena *arena;       /* of what follows; made when first started */
    const struct url *url;     /* to ask next */
    const struct url *article; /* for the Referer; NULL for none */
    struct store_record old;   /* what the store has */
    bool saved;                /* old is of a picture */
    unsigned redirects;        /* followed */
    uint64_t spent_ms;         /* in transfers */
};

enum { TRANSFER_HEAD = 512 }; /* bytes looked at to know a web page */

/* Why a transfer was ended from this side. */
enum stop { STOP_NONE, STOP_PRIVATE, STOP_LARGE, STOP_PAGE, STOP_STORE };

/* One request of an errand. */
struct transfer {
    CURL *easy;
    struct curl_slist *headers;
    const struct fetch_policy *policy;
    const struct reach *reach;
    struct store *store;
    struct errand *errand; /* NULL: idle */
    struct store_writer *writer;
    uint64_t started_ms;
    uint64_t bytes;        /* of the body, decoded */
    uint64_t header_bytes; /* of all headers */
    uint64_t *received;    /* counts the bytes of all transfers */
    char head[TRANSFER_HEAD];
    size_t head_len;
    enum stop stop;
    int store_errno; /* with STOP_STORE */
    char error[CURL_ERROR_SIZE];
};

/* What a finished transfer came to. */
struct verdict {
    bool redirected; /* the errand's url is the next one to ask */
    enum store_class ended;
    const char *detail; /* in the errand's arena */
};

/* Set the request up; add easy to the multi handle then. */
void transfer_start(struct transfer *t, struct errand *e);

/* Judge what came. The body, if it is to be kept, stays in t->writer. */
struct verdict transfer_judge(struct transfer *t, CURLcode code);

/* The value of a header of the answer, made in the errand's arena; NULL for
 * none. */
const char *transfer_header(const struct transfer *t, const char *name);

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
