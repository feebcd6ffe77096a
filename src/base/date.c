#include "base/date.h"

#include <stdio.h>

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

static const char *const months[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

/* ---- calendar ---- */

/* Days from 1970-01-01, of a year that begins in March. */
static int64_t days_of(int year, int month, int day)
{
    int64_t y = month > 2 ? year : year - 1;
    int64_t m = month > 2 ? month - 3 : month + 9;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * m + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

int64_t date_seconds(struct civil c)
{
    return days_of(c.year, c.month, c.day) * DAY + c.hour * HOUR +
           c.minute * MINUTE + c.second;
}

struct civil date_civil(int64_t seconds)
{
    int64_t days = seconds / DAY, rest = seconds % DAY;
    if (rest < 0) {
        rest += DAY;
        days--;
    }
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t year =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t m = (5 * of_year + 2) / 153;
    struct civil c = {
        .day = (int)(of_year - (153 * m + 2) / 5 + 1),
        .month = (int)(m < 10 ? m + 3 : m - 9),
        .hour = (int)(rest / HOUR),
        .minute = (int)(rest % HOUR / MINUTE),
        .second = (int)(rest % MINUTE),
    };
    c.year = (int)(year + era * 400 + (c.month <= 2));
    return c;
}

struct civil date_local(struct date d)
{
    return date_civil(d.seconds + d.offset * MINUTE);
}

/* ---- writing ---- */

char *date_utc(struct date d, char out[DATE_TEXT])
{
    struct civil c = date_civil(d.seconds);
    snprintf(out, DATE_TEXT, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month,
             c.day, c.hour, c.minute, c.second);
    return out;
}

char *date_rfc3339(struct date d, char out[DATE_TEXT])
{
    if (!d.offset)
        return date_utc(d, out);
    struct civil c = date_local(d);
    int offset = d.offset < 0 ? -d.offset : d.offset;
    snprintf(out, DATE_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", c.year,
             c.month, c.day, c.hour, c.minute, c.second,
             d.offset < 0 ? '-' : '+', offset / 60, offset % 60);
    return out;
}

char *date_day(struct date d, char out[DATE_TEXT])
{
    struct civil c = date_local(d);
    snprintf(out, DATE_TEXT, "%04d-%02d-%02d", c.year, c.month, c.day);
    return out;
}

char *date_words(struct date d, char out[DATE_TEXT])
{
    struct civil c = date_local(d);
    snprintf(out, DATE_TEXT, "%d %s %d", c.day, months[c.month - 1], c.year);
    return out;
}

struct date date_later(struct date a, struct date b)
{
    if (!a.known || !b.known)
        return a.known ? a : b;
    return b.seconds > a.seconds ? b : a;
}
