/* What became of a request. */

#include "net/fetch_int.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/str.h"

#include <time.h>

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

/* --- a transfer -------------------------------------------------------- */

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

/* The downloads that end so may come to something later; so may those of
 * which nothing was seen but that there is no connection. */
static enum fetch_trouble code_trouble(const struct transfer *t, CURLcode code)
{
    curl_off_t connected = 0;
    switch (code) {
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
        return TROUBLE_HOST;
    case CURLE_OPERATION_TIMEDOUT:
        curl_easy_getinfo(t->easy, CURLINFO_PRETRANSFER_TIME_T, &connected);
        return connected > 0 ? TROUBLE_REQUEST : TROUBLE_HOST;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return TROUBLE_REQUEST;
    default:
        return TROUBLE_NONE;
    }
}

/* A part that ends before the whole does. */
static bool cut_short(const struct transfer *t)
{
    struct range r;
    const char *range = transfer_header(t, "content-range");
    return transfer_status(t) == 206 && range &&
           range_read(str_of(range), &r) && t->bytes < r.length;
}

/* An answer that is a success, or was cut short while it looked like one. */
static struct verdict judge_body(struct transfer *t, CURLcode code)
{
    struct verdict v = {.ended = STORE_NOT_AN_IMAGE, .detail = ""};
    if (t->stop == STOP_LARGE || code == CURLE_FILESIZE_EXCEEDED) {
        v.ended = STORE_TOO_LARGE;
        v.detail = "past the limit of bytes";
    } else if (t->stop == STOP_MISFIT ||
               (transfer_status(t) == 206 && !t->begun)) {
        v.ended = STORE_UNREACHABLE;
        v.trouble = TROUBLE_REQUEST;
        v.detail = "another part than was asked for";
    } else if (t->stop == STOP_PAGE ||
               answer_is_page((struct str){t->head, t->head_len})) {
        v.detail = "a web page";
    } else if (code != CURLE_OK) {
        v.ended = STORE_UNREACHABLE;
        v.trouble = code_trouble(t, code);
    } else if (!t->begun) {
        v.detail = "an empty answer";
    } else if (cut_short(t)) {
        v.ended = STORE_UNREACHABLE;
        v.trouble = TROUBLE_REQUEST;
        v.detail = "cut short";
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
    } else if (code == CURLE_URL_MALFORMAT) {
        v.ended = STORE_REFUSED;
    } else {
        v.trouble = code_trouble(t, code);
    }
    return v;
}

/* A date in Retry-After is by the server's clock, which Date tells. */
static struct verdict judge_status(const struct transfer *t, long status)
{
    struct verdict v = {.ended = answer_class(status)};
    const char *after = transfer_header(t, "retry-after");
    const char *date = transfer_header(t, "date");
    struct date sent;
    int64_t now = date && date_parse(str_of(date), &sent) ? sent.seconds
                                                          : (int64_t)time(NULL);
    v.says_when = after && retry_after(str_of(after), now, &v.wait_ms);
    v.trouble = retry_trouble(status, v.says_when);
    v.detail = arena_printf(t->errand->arena, "HTTP %ld", status);
    return v;
}

/* The rest of a part that the server knows nothing of: it has another body
 * now. */
static bool part_is_stale(const struct transfer *t, long status)
{
    return status == 416 && t->had > 0;
}

struct verdict transfer_judge(struct transfer *t, CURLcode code)
{
    long status = transfer_status(t);
    const char *location = transfer_header(t, "location");
    struct verdict v = {.ended = STORE_SAVED, .detail = ""};
    if (t->stop == STOP_STORE)
        return v;
    if (status == 304 && t->errand->saved && t->had == 0)
        v.detail = "not changed";
    else if (status > 300 && status < 400 && location)
        v = judge_redirect(t, location);
    else if (status >= 300)
        v = judge_status(t, status);
    else if (status >= 200)
        v = judge_body(t, code);
    else
        v = judge_failure(t, code);
    if (part_is_stale(t, status))
        v.trouble = TROUBLE_REQUEST;
    if (!v.detail || (!*v.detail && v.ended != STORE_SAVED))
        v.detail = arena_strdup(
            t->errand->arena, *t->error ? t->error : curl_easy_strerror(code));
    return v;
}
