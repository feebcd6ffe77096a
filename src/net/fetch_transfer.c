/* One request: set up, received, judged. */

#include "net/fetch_int.h"

#include "base/mem.h"
#include "base/str.h"

#include <errno.h>
#include <unistd.h>

enum {
    HEADERS_MAX = 256 * 1024,   /* bytes; more is no picture */
    ERROR_PAGE_MAX = 64 * 1024, /* read, to keep the connection, and dropped */
};

/* Formats that readers show first, so that servers which choose by this give
 * those. */
#define ACCEPT                                                                 \
    "Accept: image/jpeg,image/png,image/gif;q=0.9,image/svg+xml;q=0.8,"        \
    "image/webp;q=0.5,image/*;q=0.3,*/*;q=0.1"

enum store_class answer_class(long status)
{
    switch (status) {
    case 404:
    case 410:
        return STORE_NOT_FOUND;
    case 408: /* time-out */
    case 421: /* misdirected */
    case 425: /* too early */
    case 429: /* too many requests */
        return STORE_UNREACHABLE;
    default:
        return status >= 400 && status < 500 ? STORE_REFUSED
                                             : STORE_UNREACHABLE;
    }
}

bool answer_is_page(struct str head)
{
    static const char *const tags[] = {
        "<!doctype html",
        "<html",
        "<head",
        "<script",
        "<iframe",
        "<h1",
        "<div",
        "<font",
        "<table",
        "<a",
        "<style",
        "<title",
        "<b",
        "<body",
        "<br",
        "<p",
    };
    if (str_starts(head, STR("\xEF\xBB\xBF")))
        head = str_sub(head, 3, head.n);
    while (head.n > 0 && chr_space((unsigned char)head.p[0]))
        head = str_sub(head, 1, head.n);
    for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
        struct str tag = str_of(tags[i]);
        if (str_starts_nocase(head, tag) && head.n > tag.n &&
            (head.p[tag.n] == '>' || chr_space((unsigned char)head.p[tag.n])))
            return true;
    }
    return false;
}

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

bool errand_allowed(struct errand *e, const struct fetch_policy *policy,
                    struct verdict *out)
{
    *out = (struct verdict){.ended = STORE_REFUSED};
    if (!e->url || !e->url->host)
        out->detail = "no valid address";
    else if (!url_is_web(e->url))
        out->detail =
            arena_printf(e->arena, "%s: is not asked", e->url->scheme);
    else if (!policy->allow_private && reach_local_name(e->url->host))
        out->detail =
            arena_printf(e->arena, "%s is not a public address", e->url->host);
    return !out->detail;
}

/* --- receiving -------------------------------------------------------- */

static bool succeeded(const struct transfer *t)
{
    long status = 0;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    return status >= 200 && status < 300;
}

static size_t take_header(char *data, size_t size, size_t n, void *context)
{
    struct transfer *t = context;
    (void)data;
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

static size_t take_body(char *data, size_t size, size_t n, void *context)
{
    struct transfer *t = context;
    n *= size;
    t->bytes += n;
    *t->received += n;
    if (!succeeded(t))
        return t->bytes > ERROR_PAGE_MAX ? 0 : n;
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

static void add_header(struct transfer *t, const char *line)
{
    struct curl_slist *grown = curl_slist_append(t->headers, line);
    if (!grown)
        mem_exhausted();
    t->headers = grown;
}

static void set_headers(struct transfer *t, struct errand *e)
{
    struct arena *a = e->arena;
    add_header(t, ACCEPT);
    if (e->saved && e->old.etag)
        add_header(t, arena_printf(a, "If-None-Match: %s", e->old.etag));
    if (e->saved && e->old.last_modified)
        add_header(
            t, arena_printf(a, "If-Modified-Since: %s", e->old.last_modified));
    curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
    curl_easy_setopt(t->easy, CURLOPT_USERAGENT, t->policy->agent);
    curl_easy_setopt(t->easy, CURLOPT_REFERER,
                     request_referer(a, e->article, e->url));
    curl_easy_setopt(t->easy, CURLOPT_ACCEPT_ENCODING, "");
}

void transfer_start(struct transfer *t, struct errand *e)
{
    CURL *easy = t->easy;
    t->errand = e;
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
    set_headers(t, e);
}

void transfer_reset(struct transfer *t)
{
    if (t->writer)
        store_abandon(t->writer);
    t->writer = NULL;
    curl_easy_reset(t->easy);
    curl_slist_free_all(t->headers);
    t->headers = NULL;
    t->errand = NULL;
    t->bytes = t->header_bytes = 0;
    t->head_len = 0;
    t->stop = STOP_NONE;
    t->error[0] = '\0';
}

/* --- judging ---------------------------------------------------------- */

const char *transfer_header(const struct transfer *t, const char *name)
{
    struct curl_header *h;
    if (curl_easy_header(t->easy, name, 0, CURLH_HEADER, -1, &h) != CURLHE_OK)
        return NULL;
    return arena_strdup(t->errand->arena, h->value);
}

static struct verdict judge_redirect(struct transfer *t, const char *location)
{
    struct errand *e = t->errand;
    if (e->redirects++ >= t->policy->redirects)
        return (struct verdict){.ended = STORE_UNREACHABLE,
                                .detail = "too many redirects"};
    struct verdict v;
    e->url = url_parse(e->arena, str_of(location), e->url);
    if (errand_allowed(e, t->policy, &v))
        v.redirected = true;
    else
        v.detail = arena_printf(e->arena, "redirect: %s", v.detail);
    return v;
}

/* An answer that is a success, or was cut short while it looked like one. */
static struct verdict judge_body(struct transfer *t, CURLcode code)
{
    struct verdict v = {.ended = STORE_NOT_AN_IMAGE, .detail = ""};
    if (t->stop == STOP_LARGE || code == CURLE_FILESIZE_EXCEEDED) {
        v.ended = STORE_TOO_LARGE;
        v.detail = "past the limit of bytes";
    } else if (t->stop == STOP_PAGE ||
               answer_is_page((struct str){t->head, t->head_len})) {
        v.detail = "a web page";
    } else if (code != CURLE_OK) {
        v.ended = STORE_UNREACHABLE;
    } else if (t->bytes == 0) {
        v.detail = "an empty answer";
    } else {
        v.ended = STORE_SAVED;
    }
    return v;
}

static struct verdict judge_failure(const struct transfer *t, CURLcode code)
{
    struct verdict v = {.ended = STORE_UNREACHABLE};
    if (t->stop == STOP_PRIVATE) {
        v.ended = STORE_REFUSED;
        v.detail = "not a public address";
    } else if (code == CURLE_UNSUPPORTED_PROTOCOL ||
               code == CURLE_URL_MALFORMAT) {
        v.ended = STORE_REFUSED;
    }
    return v;
}

struct verdict transfer_judge(struct transfer *t, CURLcode code)
{
    struct arena *a = t->errand->arena;
    long status = 0;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    const char *location = transfer_header(t, "location");
    struct verdict v = {.ended = STORE_SAVED, .detail = ""};
    if (t->stop == STOP_STORE)
        return v;
    if (status == 304 && t->errand->saved)
        v.detail = "not changed";
    else if (status > 300 && status < 400 && location)
        v = judge_redirect(t, location);
    else if (status >= 300)
        v = (struct verdict){.ended = answer_class(status),
                             .detail = arena_printf(a, "HTTP %ld", status)};
    else if (status >= 200)
        v = judge_body(t, code);
    else
        v = judge_failure(t, code);
    if (!v.detail || (!*v.detail && v.ended != STORE_SAVED))
        v.detail =
            arena_strdup(a, *t->error ? t->error : curl_easy_strerror(code));
    return v;
}
