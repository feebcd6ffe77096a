/* One request: set up, and received. */

#include "net/fetch_int.h"

#include "base/mem.h"
#include "base/str.h"

#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

enum {
    HEADERS_MAX = 256 * 1024,   /* bytes; more is no picture */
    ERROR_PAGE_MAX = 64 * 1024, /* read, to keep the connection, and dropped */
};

/* Formats that readers show. Servers that choose by Accept look for the names
 * of newer formats in it, whatever q they have, and then send a picture that
 * was compressed twice: so neither WebP nor AVIF is named. What is to be had
 * in such a format alone comes for its wildcards. */
#define ACCEPT                                                                 \
    "Accept: image/jpeg,image/png,image/gif;q=0.9,image/svg+xml;q=0.8,"        \
    "image/*;q=0.3,*/*;q=0.1"

const char *request_referer(struct arena *a, const struct url *article,
                            const struct url *target)
{
    if (!article || !url_is_web(article))
        return NULL;
    if (strcmp(article->scheme, "https") == 0 &&
        strcmp(target->scheme, "https") != 0)
        return NULL;
    struct url bare = *article;
    bare.username = bare.password = "";
    return url_text(a, &bare, false);
}

/* --- receiving -------------------------------------------------------- */

const char *transfer_header(const struct transfer *t, const char *name)
{
    struct curl_header *h;
    if (curl_easy_header(t->easy, name, 0, CURLH_HEADER, -1, &h) != CURLHE_OK)
        return NULL;
    return arena_strdup(t->errand->arena, h->value);
}

void transfer_describe(const struct transfer *t, struct store_record *r)
{
    const char *etag = transfer_header(t, "etag");
    const char *modified = transfer_header(t, "last-modified");
    const char *type = transfer_header(t, "content-type");
    r->etag = etag ? etag : r->etag;
    r->last_modified = modified ? modified : r->last_modified;
    r->type = type ? type : r->type;
}

long transfer_status(const struct transfer *t)
{
    long status = 0;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

static bool succeeded(const struct transfer *t)
{
    long status = transfer_status(t);
    return status >= 200 && status < 300;
}

static size_t take_header(char *data, size_t size, size_t n, void *context)
{
    struct transfer *t = context;
    (void)data;
    t->answered = true;
    t->header_bytes += size * n;
    return t->header_bytes > HEADERS_MAX ? 0 : size * n;
}

/* Keep the beginning to know a web page by. */
static bool looks_wrong(struct transfer *t, const char *data, size_t n)
{
    size_t room = sizeof t->head - t->head_len;
    size_t take = n < room ? n : room;
    memcpy(t->head + t->head_len, data, take);
    t->head_len += take;
    return t->head_len == sizeof t->head && take > 0 &&
           answer_is_page((struct str){t->head, t->head_len});
}

static bool store_bytes(struct transfer *t, const char *data, size_t n)
{
    if (!t->writer)
        t->writer = store_begin(t->store);
    if (t->writer && store_write(t->writer, data, n))
        return true;
    t->store_errno = errno;
    return false;
}

bool transfer_continues(const struct transfer *t)
{
    const struct part *part = &t->errand->part;
    const char *range = transfer_header(t, "content-range");
    const char *etag = transfer_header(t, "etag");
    struct range r;
    return t->had > 0 && range && range_read(str_of(range), &r) &&
           range_continues(&r, t->had, part->length) &&
           (!etag || *part->validator != '"' ||
            strcmp(etag, part->validator) == 0) &&
           !transfer_header(t, "content-encoding");
}

/* The first byte of the answer's body is there. A whole one takes the place of
 * a part. */
static bool begin_body(struct transfer *t)
{
    t->begun = true;
    if (transfer_status(t) == 206) {
        if (!transfer_continues(t))
            t->stop = STOP_MISFIT;
    } else if (t->had > 0) {
        t->had = t->bytes = t->head_len = 0;
        if (!store_rewind(t->writer)) {
            t->store_errno = errno;
            t->stop = STOP_STORE;
        }
    }
    return t->stop == STOP_NONE;
}

static size_t take_body(char *data, size_t size, size_t n, void *context)
{
    struct transfer *t = context;
    n *= size;
    t->answer_bytes += n;
    *t->received += n;
    if (!succeeded(t))
        return t->answer_bytes > ERROR_PAGE_MAX ? 0 : n;
    if (!t->begun && !begin_body(t))
        return 0;
    t->bytes += n;
    if (t->bytes > t->policy->max_bytes)
        t->stop = STOP_LARGE;
    else if (looks_wrong(t, data, n))
        t->stop = STOP_PAGE;
    else if (store_bytes(t, data, n))
        return n;
    else
        t->stop = STOP_STORE;
    return 0;
}

/* Where the connection really goes: after names were resolved. */
static curl_socket_t open_socket(void *context, curlsocktype purpose,
                                 struct curl_sockaddr *address)
{
    struct transfer *t = context;
    if (purpose == CURLSOCKTYPE_IPCXN && !t->policy->allow_private &&
        !reach_allows(t->reach, &address->addr)) {
        t->stop = STOP_PRIVATE;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC,
                  address->protocol);
}

/* --- setting up ------------------------------------------------------- */

static void set_limits(struct transfer *t, const struct errand *e)
{
    const struct fetch_policy *p = t->policy;
    uint64_t left = e->spent_ms < p->total_ms ? p->total_ms - e->spent_ms : 1;
    CURL *easy = t->easy;
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)p->connect_ms);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)p->idle_seconds);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)left);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)p->max_bytes);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, t);
}

static void add_line(struct curl_slist **list, const char *line)
{
    struct curl_slist *grown = curl_slist_append(*list, line);
    if (!grown)
        mem_exhausted();
    *list = grown;
}

static void add_header(struct transfer *t, const char *name, const char *value)
{
    if (value)
        add_line(&t->headers,
                 arena_printf(t->errand->arena, "%s: %s", name, value));
}

/* A picture that may have changed, or the rest of one: as it is, since a range
 * of what was compressed for the way is none of the picture. */
static void set_headers(struct transfer *t, struct errand *e)
{
    struct arena *a = e->arena;
    add_line(&t->headers, ACCEPT);
    if (t->had > 0) {
        add_header(t, "Range", arena_printf(a, "bytes=%" PRIu64 "-", t->had));
        add_header(t, "If-Range", e->part.validator);
    } else if (e->saved) {
        add_header(t, "If-None-Match", e->old.etag);
        add_header(t, "If-Modified-Since", e->old.last_modified);
    }
    curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
    curl_easy_setopt(t->easy, CURLOPT_USERAGENT, t->policy->agent);
    curl_easy_setopt(t->easy, CURLOPT_REFERER,
                     request_referer(a, e->article, e->url));
    curl_easy_setopt(t->easy, CURLOPT_ACCEPT_ENCODING,
                     t->had > 0 ? "identity" : "");
}

/* Where it goes, and how. HTTP/2 where TLS says that the server has it; plain
 * http is HTTP/1.1. */
static void set_way(struct transfer *t)
{
    const struct fetch_policy *p = t->policy;
    CURL *easy = t->easy;
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L); /* rather than one more */
    if (p->authorities)
        curl_easy_setopt(easy, CURLOPT_CAINFO, p->authorities);
    struct str rest = str_of(p->connect_to), one;
    while (p->connect_to && str_next(&rest, ',', &one))
        add_line(&t->connect_to, arena_str(t->errand->arena, one));
    curl_easy_setopt(easy, CURLOPT_CONNECT_TO, t->connect_to);
}

/* --- a part ----------------------------------------------------------- */

static void take_part(struct transfer *t, struct part *part)
{
    if (!part->writer)
        return;
    t->writer = part->writer;
    part->writer = NULL;
    t->had = t->bytes = part->had;
    t->head_len = part->head.n;
    memcpy(t->head, part->head.p, part->head.n);
}

/* What the first answer says of the whole. */
static void describe_part(const struct transfer *t, struct part *part)
{
    curl_off_t length = -1;
    curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    const char *ranges = transfer_header(t, "accept-ranges");
    bool refused = transfer_header(t, "content-encoding") ||
                   (ranges && strcmp(ranges, "none") == 0);
    *part = (struct part){.length = length > 0 ? (uint64_t)length : 0};
    if (!refused)
        part->validator = resume_validator(transfer_header(t, "etag"),
                                           transfer_header(t, "last-modified"),
                                           transfer_header(t, "date"));
    transfer_describe(t, &part->first);
}

void transfer_keep_part(struct transfer *t)
{
    struct part *part = &t->errand->part;
    long status = transfer_status(t);
    if (!t->writer || t->stop != STOP_NONE || status == 416 ||
        (status == 206 && !transfer_continues(t)))
        return;
    if (t->begun && t->had == 0)
        describe_part(t, part);
    if (!part->validator || !store_pause(t->writer))
        return;
    part->writer = t->writer;
    t->writer = NULL;
    part->had = t->bytes;
    struct str head = {t->head, t->head_len};
    part->head = (struct str){arena_str(t->errand->arena, head), head.n};
}

void transfer_start(struct transfer *t, struct errand *e)
{
    CURL *easy = t->easy;
    t->errand = e;
    take_part(t, &e->part);
    curl_easy_setopt(easy, CURLOPT_URL, url_text(e->arena, e->url, false));
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, t);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, t->error);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
    set_limits(t, e);
    set_way(t);
    set_headers(t, e);
}

void transfer_reset(struct transfer *t)
{
    if (t->writer)
        store_abandon(t->writer);
    t->writer = NULL;
    curl_easy_reset(t->easy);
    curl_slist_free_all(t->headers);
    curl_slist_free_all(t->connect_to);
    t->headers = t->connect_to = NULL;
    t->errand = NULL;
    t->had = t->bytes = t->answer_bytes = t->header_bytes = 0;
    t->head_len = 0;
    t->answered = t->noticed = t->begun = false;
    t->stop = STOP_NONE;
    t->error[0] = '\0';
}
