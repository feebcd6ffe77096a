/* Dates in names. */
#include "feed/source.h"

enum {
    YEAR_FIRST = 1995, /* there were no feeds before */
    YEAR_LAST = 2099,
    PARTS = 6, /* year, month, day, hour, minute, second */
};

/* How many digits each part has. */
static const size_t widths[PARTS] = {4, 2, 2, 2, 2, 2};

/* What may stand between the parts: nothing, or one of these. */
static struct str skip_mark(struct str s, size_t part)
{
    const char *marks = part < 3 ? "-_./" : part == 3 ? "T-_ t" : ":-_.";
    return s.n && strchr(marks, s.p[0]) ? str_sub(s, 1, s.n) : s;
}

/* The parts that stand at the front of s, *rest after them. */
static size_t read_parts(struct str s, int parts[PARTS], struct str *rest)
{
    size_t n = 0;
    *rest = s;
    for (; n < PARTS; n++) {
        struct str next = n ? skip_mark(s, n) : s;
        int value;
        if (!str_take_digits(&next, widths[n], widths[n], &value))
            break;
        parts[n] = value;
        s = next;
        if (n == 2 || n > 3)
            *rest = s;
    }
    return n;
}

/* Is it a date, with a time if it has hours and minutes? What it is part of
 * must not go on in digits. */
static bool date_at(struct str s, struct date *out, size_t *length)
{
    int p[PARTS] = {0};
    struct str rest;
    size_t n = read_parts(s, p, &rest);
    bool timed = n > 4;
    if (n < 3 || p[0] < YEAR_FIRST || p[0] > YEAR_LAST ||
        (rest.n && chr_digit((unsigned char)rest.p[0])))
        return false;
    struct civil c = {
        p[0], p[1], p[2], timed ? p[3] : 0, timed ? p[4] : 0, n > 5 ? p[5] : 0};
    if (c.month < 1 || c.day < 1)
        return false;
    struct date d = {.seconds = date_seconds(c), .known = true};
    struct civil back = date_civil(d.seconds); /* the same, if there is such */
    if (back.month != c.month || back.day != c.day || back.hour != c.hour ||
        back.minute != c.minute)
        return false;
    *out = d;
    *length = s.n - rest.n;
    return true;
}

struct date saved_date(struct str path)
{
    struct date found = {0};
    bool inside = false; /* a number that began before */
    for (size_t i = 0; i < path.n;) {
        size_t n = 1;
        struct str rest = str_sub(path, i, path.n);
        bool digit = chr_digit((unsigned char)path.p[i]);
        if (digit && !inside)
            (void)date_at(rest, &found, &n);
        inside = digit && n == 1;
        i += n;
    }
    return found;
}
