/* When, as people say it on a command line: a piece of the calendar, or an
 * age. */
#ifndef FEEDBIND_BASE_PERIOD_H
#define FEEDBIND_BASE_PERIOD_H

#include "base/date.h"

enum period_kind {
    PERIOD_NONE,
    PERIOD_CALENDAR, /* on the clock of each date's own author */
    PERIOD_AGE,      /* one second, so long ago, the same for everyone */
};

struct period {
    enum period_kind kind;
    int64_t from, to; /* seconds since 1970; `to` is the first after it */
    int days, months; /* an age's, until period_settle has said from when */
};

/* Read "2026-11-16", "2026-11", "2026", "2026-W47" (ISO 8601: weeks begin on
 * Monday, and the first has 4 January), or an age of days, weeks, months or
 * years: "7d", "2w", "3m", "1y". False, and *out none, for anything else, a
 * day or week that does not exist, and more than 9999 of a unit. */
bool period_parse(struct str text, struct period *out);

/* An age counts back from `now`, in UTC: months and years to the same day of
 * the month, or its last if it has no such day. Others stay as they are. */
void period_settle(struct period *p, int64_t now);

/* Does a known date lie before the period began, or after its end? Of none it
 * does not. */
bool period_begins_after(const struct period *p, struct date d);
bool period_ends_before(const struct period *p, struct date d);

#endif
