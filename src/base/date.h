/* Dates as feeds write them. No time zone database, no locale, no clock. */
#ifndef FEEDBIND_BASE_DATE_H
#define FEEDBIND_BASE_DATE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct date {
    int64_t seconds; /* since 1970-01-01T00:00:00Z, without leap seconds */
    int16_t offset;  /* the author's clock ahead of UTC, minutes */
    bool known;      /* false: no date; the other fields are 0 */
};

/* A point of the Gregorian calendar. */
struct civil {
    int year, month, day; /* month and day from 1 */
    int hour, minute, second;
};

/* Read RFC 822/2822/5322 (RSS), RFC 3339 and its W3C profile (Atom, dc:date)
 * with their common breakages: a weekday that is missing or wrong, missing
 * seconds, two-digit years, named zones, a space for "T", stray commas, 24:00;
 * seconds or thousandths since 1970; ctime's form; months' names in twenty
 * languages; "27.3.2026", and "27/3/2026" or "3/27/2026" where one of the two
 * can only be the day; "2026年3月27日". A zone of unknown name counts as UTC
 * (RFC 2822 section 4.3), a leap second as the second before it. False, and
 * *out unknown, if `text` is no date, names a day that does not exist, or lies
 * outside the years 1 to 9999, there or in UTC. */
bool date_parse(struct str text, struct date *out);

/* Whole seconds of a UTC point in time, and back. */
int64_t date_seconds(struct civil c);
struct civil date_civil(int64_t seconds);

/* The calendar of the date's own offset. */
struct civil date_local(struct date d);

/* Text forms. Each returns out, which must hold DATE_TEXT bytes. */
enum { DATE_TEXT = 40 };
char *date_utc(struct date d, char out[DATE_TEXT]); /* 2026-03-27T15:04:48Z */
char *date_rfc3339(struct date d, char out[DATE_TEXT]); /* …T17:04:48+02:00 */
char *date_day(struct date d, char out[DATE_TEXT]);     /* 2026-03-27 */
char *date_words(struct date d, char out[DATE_TEXT]);   /* 27 March 2026 */

/* The later of two; an unknown one is earlier than any. */
struct date date_later(struct date a, struct date b);

#endif
