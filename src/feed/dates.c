/* Dates that are missing, and dates that cannot be. */
#include "feed/reader.h"

enum { DAY = 86400 };

const char *date_origin_name(enum date_origin origin)
{
    static const char *const names[] = {
#define X(id, name) [id] = (name),
        DATE_ORIGINS(X)
#undef X
    };
    return names[origin];
}

/* ---- dates that cannot be ---- */

/* What was noticed, on which line first. */
struct seen {
    size_t count;
    unsigned line;
};

static void see(struct seen *seen, const struct entry *e)
{
    if (!seen->count++)
        seen->line = e->line;
}

static void tell(const struct reader *r, const struct seen *seen,
                 enum diag_level level, const char *text, struct diag *diag)
{
    if (seen->count)
        diag_add(diag, level,
                 (struct diag_place){.file = r->feed->file, .line = seen->line},
                 text, "%zu", seen->count);
}

/* The beginning of computers' time, by any clock: a date that was empty. */
static bool empty_date(struct date d)
{
    return d.known && d.seconds >= -DAY && d.seconds <= DAY;
}

static void drop_empty(const struct reader *r, struct diag *diag)
{
    struct seen seen = {0};
    for (size_t i = 0; i < r->entries.len; i++) {
        struct entry *e = r->entries.items[i];
        bool published = empty_date(e->published);
        bool updated = empty_date(e->updated);
        if (published || updated)
            see(&seen, e);
        if (published)
            e->published = (struct date){0};
        if (updated)
            e->updated = (struct date){0};
    }
    tell(r, &seen, DIAG_WARNING, "dates of 1 January 1970; taken for none",
         diag);
}

/* No clock is read: the feed's own date tells what is the future, unless most
 * articles are later. */
static void tell_future(const struct reader *r, struct diag *diag)
{
    struct date now = date_later(r->feed->saved, r->feed->updated);
    struct seen seen = {0};
    for (size_t i = 0; i < r->entries.len && now.known; i++) {
        struct date d = entry_date(r->entries.items[i]);
        if (d.known && d.seconds > now.seconds + DAY)
            see(&seen, r->entries.items[i]);
    }
    if (seen.count * 2 <= r->entries.len)
        tell(r, &seen, DIAG_WARNING,
             "dates later than the feed's own; kept as they are", diag);
}

/* ---- dates that are missing ---- */

/* From `first` on, `n` entries have no date. */
static void fill_between(const struct reader *r, size_t first, size_t n,
                         struct date before, struct date after)
{
    bool both = before.known && after.known;
    struct date from = before.known ? before : after;
    int64_t step =
        both ? (after.seconds - before.seconds) / ((int64_t)n + 1) : 0;
    for (size_t i = 0; i < n; i++) {
        struct entry *e = r->entries.items[first + i];
        e->about = from;
        e->about.seconds += step * ((int64_t)i + 1);
        e->origin = ORIGIN_NEIGHBOURS;
    }
}

static void fill_with(const struct reader *r, struct date d,
                      enum date_origin origin)
{
    for (size_t i = 0; i < r->entries.len; i++) {
        r->entries.items[i]->about = d;
        r->entries.items[i]->origin = origin;
    }
}

static void fill_gaps(const struct reader *r)
{
    size_t n = r->entries.len;
    struct date before = {0};
    for (size_t i = 0; i < n;) {
        size_t end = i;
        while (end < n && !entry_date(r->entries.items[end]).known)
            end++;
        struct date after = {0};
        if (end < n)
            after = entry_date(r->entries.items[end]);
        fill_between(r, i, end - i, before, after);
        before = after;
        i = end + 1;
    }
}

void dates_settle(const struct reader *r, struct diag *diag)
{
    const struct feed *f = r->feed;
    size_t n = r->entries.len, dated = 0;
    struct seen missing = {0};
    drop_empty(r, diag);
    for (size_t i = 0; i < n; i++) {
        struct entry *e = r->entries.items[i];
        e->origin = e->published.known ? ORIGIN_PUBLISHED
                    : e->updated.known ? ORIGIN_UPDATED
                                       : ORIGIN_NONE;
        dated += e->origin != ORIGIN_NONE;
        if (e->origin == ORIGIN_NONE)
            see(&missing, e);
    }
    tell_future(r, diag);
    const char *text = NULL;
    if (dated && dated < n) {
        text = "articles without a date; placed by those around them";
        fill_gaps(r);
    } else if (!dated && f->saved.known) {
        text = "articles without a date; that of the saved file is shown";
        fill_with(r, f->saved, ORIGIN_SAVED);
    } else if (!dated && f->updated.known) {
        text = "articles without a date; the feed's own is shown";
        fill_with(r, f->updated, ORIGIN_FEED);
    }
    if (text)
        tell(r, &missing, DIAG_NOTE, text, diag);
}
