#include "base/date.h"

#include "base/mem.h"

#include <stdio.h>

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

static const char *const months[] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

/* ---- calendar ---- */

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && leap(year));
}

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

static bool valid(const struct civil *c)
{
    return c->year >= 1 && c->year <= 9999 && c->month >= 1 && c->month <= 12 &&
           c->day >= 1 && c->day <= month_days(c->year, c->month) &&
           c->hour >= 0 && c->hour < 24 && c->minute >= 0 && c->minute < 60 &&
           c->second >= 0 && c->second <= 60;
}

static bool set(struct date *out, struct civil c, int offset)
{
    if (!valid(&c) || offset <= -24 * 60 || offset >= 24 * 60)
        return false;
    if (c.second == 60) /* a leap second: the last one that UTC counts */
        c.second = 59;
    int64_t seconds = date_seconds(c) - (int64_t)offset * MINUTE;
    int utc_year = date_civil(seconds).year;
    if (utc_year < 1 || utc_year > 9999)
        return false;
    *out = (struct date){
        .seconds = seconds, .offset = (int16_t)offset, .known = true};
    return true;
}

/* ---- reading ---- */

/* Take up to `max` digits, at least `min`, off the front. */
static bool digits(struct str *s, size_t min, size_t max, int *out)
{
    size_t n = 0;
    *out = 0;
    while (n < s->n && n < max && chr_digit((unsigned char)s->p[n]))
        *out = *out * 10 + s->p[n++] - '0';
    *s = str_sub(*s, n, s->n);
    return n >= min;
}

static bool symbol(struct str *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

static void skip_space(struct str *s)
{
    while (s->n && chr_space((unsigned char)s->p[0]))
        *s = str_sub(*s, 1, s->n);
}

static struct str letters(struct str *s)
{
    size_t n = 0;
    while (n < s->n && chr_alpha((unsigned char)s->p[n]))
        n++;
    struct str word = str_sub(*s, 0, n);
    *s = str_sub(*s, n, s->n);
    return word;
}

/* Zones of RFC 822 (section 5.1) and the ones that feeds use besides, in
 * minutes. Military zones other than Z were defined wrongly there; RFC 2822
 * (section 4.3) says to take them, and names that are not known, as UTC. */
static bool named_zone(struct str name, int *offset)
{
    static const struct {
        const char *name;
        int offset;
    } zones[] = {
        {"Z", 0},      {"UT", 0},     {"UTC", 0},    {"GMT", 0},
        {"EST", -300}, {"EDT", -240}, {"CST", -360}, {"CDT", -300},
        {"MST", -420}, {"MDT", -360}, {"PST", -480}, {"PDT", -420},
        {"BST", 60},   {"CET", 60},   {"CEST", 120}, {"EET", 120},
        {"EEST", 180}, {"MSK", 180},  {"JST", 540},  {"AEST", 600},
        {"AEDT", 660},
    };
    for (size_t i = 0; i < ARRAY_LEN(zones); i++)
        if (str_eq_nocase(name, str_of(zones[i].name))) {
            *offset = zones[i].offset;
            return true;
        }
    *offset = 0;
    return name.n == 1 || name.n >= 3; /* not "PM" */
}

/* "+hh:mm", "+hhmm", "+hh", a name, or nothing, which is UTC. */
static bool zone(struct str *s, int *offset)
{
    *offset = 0;
    skip_space(s);
    if (!s->n)
        return true;
    if (s->p[0] != '+' && s->p[0] != '-') {
        struct str name = letters(s);
        bool prefixed = s->n > 1 && (s->p[0] == '+' || s->p[0] == '-') &&
                        (str_eq_nocase(name, STR("GMT")) ||
                         str_eq_nocase(name, STR("UTC")));
        if (!prefixed)
            return named_zone(name, offset);
    }
    int sign = s->p[0] == '-' ? -1 : 1, hours, minutes = 0;
    *s = str_sub(*s, 1, s->n);
    if (!digits(s, 1, 2, &hours))
        return false;
    symbol(s, ':');
    if (s->n && chr_digit((unsigned char)s->p[0]) && !digits(s, 2, 2, &minutes))
        return false;
    *offset = sign * (hours * 60 + minutes);
    return minutes < 60;
}

/* "hh:mm", with seconds and a fraction or without. */
static bool time_of_day(struct str *s, struct civil *c)
{
    int fraction;
    if (!digits(s, 1, 2, &c->hour) || !symbol(s, ':') ||
        !digits(s, 1, 2, &c->minute))
        return false;
    if (symbol(s, ':') && !digits(s, 1, 2, &c->second))
        return false;
    if (symbol(s, '.') || symbol(s, ','))
        while (digits(s, 1, 1, &fraction))
            ;
    return true;
}

/* RFC 3339 and the W3C profile of ISO 8601: a year, a month, a day or a point
 * in time. */
static bool parse_iso(struct str s, struct date *out)
{
    struct civil c = {.month = 1, .day = 1};
    int offset = 0;
    if (!digits(&s, 4, 4, &c.year))
        return false;
    bool day = false;
    if (symbol(&s, '-')) {
        if (!digits(&s, 1, 2, &c.month))
            return false;
        day = symbol(&s, '-');
        if (day && !digits(&s, 1, 2, &c.day))
            return false;
    }
    if (day && (symbol(&s, 'T') || symbol(&s, 't') || symbol(&s, ' '))) {
        skip_space(&s);
        if (s.n && (!time_of_day(&s, &c) || !zone(&s, &offset)))
            return false;
    }
    return !str_trim(s).n && set(out, c, offset);
}

static bool month_named(struct str name, int *month)
{
    for (size_t i = 0; i < ARRAY_LEN(months); i++)
        if (name.n >= 3 && str_starts_nocase(str_of(months[i]), name)) {
            *month = (int)i + 1;
            return true;
        }
    return false;
}

/* Two and three digits as RFC 2822 (section 4.3) reads them. */
static int full_year(int year, size_t written)
{
    if (written == 2)
        return year < 50 ? 2000 + year : 1900 + year;
    return written == 3 ? 1900 + year : year;
}

static bool day_month(struct str *s, struct civil *c)
{
    struct str rest = *s;
    struct str word = letters(&rest);
    if (word.n && month_named(word, &c->month)) { /* Mar 27, 2026 */
        skip_space(&rest);
        bool ok = digits(&rest, 1, 2, &c->day);
        symbol(&rest, ',');
        *s = rest;
        return ok;
    }
    if (!digits(s, 1, 2, &c->day))
        return false;
    skip_space(s);
    symbol(s, '-');
    bool ok = month_named(letters(s), &c->month);
    symbol(s, '.');
    symbol(s, ',');
    symbol(s, '-');
    return ok;
}

/* RFC 822 and its heirs: "Fri, 27 Mar 2026 15:04:48 +0100". */
static bool parse_mail(struct str s, struct date *out)
{
    struct civil c = {0};
    int offset = 0;
    size_t comma = str_chr(s, ',');
    struct str weekday = str_trim(str_sub(s, 0, comma));
    if (comma < s.n && weekday.n && chr_alpha((unsigned char)weekday.p[0]) &&
        str_chr(weekday, ' ') == weekday.n)
        s = str_sub(s, comma + 1, s.n);
    skip_space(&s);
    struct str rest = s, word = letters(&rest);
    int month;
    if (word.n >= 3 && !month_named(word, &month)) {
        s = rest; /* a weekday without its comma */
        skip_space(&s);
    }
    if (!day_month(&s, &c))
        return false;
    skip_space(&s);
    struct str year = s;
    if (!digits(&s, 2, 4, &c.year))
        return false;
    c.year = full_year(c.year, year.n - s.n);
    skip_space(&s);
    if (s.n && (!time_of_day(&s, &c) || !zone(&s, &offset)))
        return false;
    return set(out, c, offset);
}

bool date_parse(struct str text, struct date *out)
{
    *out = (struct date){0};
    text = str_trim(text);
    return parse_iso(text, out) || parse_mail(text, out);
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
