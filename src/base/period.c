#include "base/period.h"

enum { DAY = 86400, WEEK = 7 * DAY, MINUTE = 60, AGE_DIGITS = 4 };

/* ---- the calendar ---- */

/* A month may be 0 or less, or beyond December. */
static int64_t month_start(int year, int month)
{
    int months = year * 12 + month - 1;
    int years = months >= 0 ? months / 12 : -((11 - months) / 12);
    return date_seconds((struct civil){
        .year = years, .month = months - years * 12 + 1, .day = 1});
}

/* The Monday of the week that has 4 January (ISO 8601). 1970 began on a
 * Thursday. */
static int64_t first_week(int year)
{
    int64_t fourth = month_start(year, 1) + 3 * (int64_t)DAY;
    int64_t monday = (fourth / DAY + 3) % 7;
    return fourth - (monday < 0 ? monday + 7 : monday) * DAY;
}

/* ---- reading ---- */

static bool symbol(struct str *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

static bool week(struct str s, int year, struct period *p)
{
    int number;
    if (!str_take_digits(&s, 2, 2, &number) || s.n || number < 1)
        return false;
    p->from = first_week(year) + (number - 1) * (int64_t)WEEK;
    p->to = p->from + WEEK;
    return p->from < first_week(year + 1);
}

static bool calendar(struct str s, struct period *p)
{
    int year, month, day;
    p->kind = PERIOD_CALENDAR;
    if (!str_take_digits(&s, 4, 4, &year) || year < 1)
        return false;
    p->from = month_start(year, 1);
    p->to = month_start(year + 1, 1);
    if (!s.n)
        return true;
    if (!symbol(&s, '-'))
        return false;
    if (symbol(&s, 'W'))
        return week(s, year, p);
    if (!str_take_digits(&s, 2, 2, &month) || month < 1 || month > 12)
        return false;
    p->from = month_start(year, month);
    p->to = month_start(year, month + 1);
    if (!s.n)
        return true;
    if (!symbol(&s, '-') || !str_take_digits(&s, 2, 2, &day) || s.n || day < 1)
        return false;
    p->from += (day - 1) * (int64_t)DAY;
    bool there = p->from < p->to;
    p->to = p->from + DAY;
    return there;
}

static bool age(struct str s, struct period *p)
{
    int count;
    size_t n = s.n ? s.n - 1 : 0;
    p->kind = PERIOD_AGE;
    if (!n || n > AGE_DIGITS || !str_take_digits(&s, n, n, &count))
        return false;
    switch (s.p[0]) {
    case 'd':
        p->days = count;
        return true;
    case 'w':
        p->days = count * 7;
        return true;
    case 'm':
        p->months = count;
        return true;
    case 'y':
        p->months = count * 12;
        return true;
    default:
        return false;
    }
}

bool period_parse(struct str text, struct period *out)
{
    struct period as_age = {0}, as_calendar = {0};
    bool aged = age(text, &as_age);
    bool ok = aged || calendar(text, &as_calendar);
    *out = aged ? as_age : ok ? as_calendar : (struct period){0};
    return ok;
}

/* ---- what it means ---- */

void period_settle(struct period *p, int64_t now)
{
    if (p->kind != PERIOD_AGE)
        return;
    struct civil c = date_civil(now);
    int64_t of_month = now - month_start(c.year, c.month);
    int64_t start = month_start(c.year, c.month - p->months);
    int64_t length = month_start(c.year, c.month - p->months + 1) - start;
    if (of_month >= length) /* the last day has the same time of day */
        of_month = length - DAY + of_month % DAY;
    p->from = start + of_month - p->days * (int64_t)DAY;
    p->to = p->from + 1;
}

/* What the period is compared with. */
static int64_t clock_of(const struct period *p, struct date d)
{
    return d.seconds +
           (p->kind == PERIOD_CALENDAR ? d.offset * (int64_t)MINUTE : 0);
}

bool period_begins_after(const struct period *p, struct date d)
{
    return p->kind != PERIOD_NONE && clock_of(p, d) < p->from;
}

bool period_ends_before(const struct period *p, struct date d)
{
    return p->kind != PERIOD_NONE && clock_of(p, d) >= p->to;
}
