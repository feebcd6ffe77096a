#include "net/fetch_retry.h"

#include "base/date.h"

enum { BACKOFF_MAX_MS = 60000 };

enum fetch_trouble retry_trouble(long status, bool says_when)
{
    switch (status) {
    case 429: /* too many requests */
        return TROUBLE_HOST;
    case 503: /* service unavailable */
        return says_when ? TROUBLE_HOST : TROUBLE_REQUEST;
    case 408: /* time-out */
    case 421: /* misdirected */
    case 425: /* too early */
        return TROUBLE_REQUEST;
    case 501: /* not implemented */
    case 505: /* version not supported */
        return TROUBLE_NONE;
    default:
        return status >= 500 && status < 600 ? TROUBLE_REQUEST : TROUBLE_NONE;
    }
}

uint64_t retry_backoff(uint64_t unit_ms, uint64_t retry)
{
    uint64_t wait = unit_ms;
    while (retry-- > 0 && wait < BACKOFF_MAX_MS)
        wait *= 2;
    return wait < BACKOFF_MAX_MS || wait == unit_ms ? wait : BACKOFF_MAX_MS;
}

bool retry_after(struct str value, int64_t now, uint64_t *ms)
{
    enum { SECONDS_MAX = 1000000000 };
    uint64_t seconds;
    struct date date;
    value = str_trim(value);
    if (!str_decimal(value, &seconds)) {
        if (!date_parse(value, &date))
            return false;
        seconds = date.seconds > now ? (uint64_t)(date.seconds - now) : 0;
    }
    *ms = 1000 * (seconds < SECONDS_MAX ? seconds : SECONDS_MAX);
    return true;
}

const char *resume_validator(const char *etag, const char *last_modified,
                             const char *date)
{
    struct date modified, sent;
    if (etag)
        return *etag == '"' ? etag : NULL;
    if (last_modified && date && date_parse(str_of(last_modified), &modified) &&
        date_parse(str_of(date), &sent) && sent.seconds > modified.seconds)
        return last_modified;
    return NULL;
}

bool range_read(struct str value, struct range *out)
{
    struct str rest = str_trim(value), unit, span, first;
    *out = (struct range){0};
    if (!str_next(&rest, ' ', &unit) || !str_eq_nocase(unit, STR("bytes")) ||
        !str_next(&rest, '/', &span))
        return false;
    if (!str_next(&span, '-', &first) || !str_decimal(first, &out->first) ||
        !str_decimal(span, &out->last) || out->last < out->first)
        return false;
    if (str_eq(rest, STR("*")))
        return true;
    return str_decimal(rest, &out->length) && out->last < out->length;
}

bool range_continues(const struct range *r, uint64_t had, uint64_t length)
{
    return r->first == had &&
           (length == 0 || r->length == 0 || r->length == length);
}
