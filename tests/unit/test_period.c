/* When, as people say it: days, weeks, months, years and ages. */

#include "base/mem.h"
#include "base/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static int64_t seconds(const char *text)
{
    struct date d;
    assert_true(date_parse(str_of(text), &d));
    return d.seconds;
}

static void check(const char *text, const char *now, const char *from,
                  const char *to)
{
    struct period p;
    char out[DATE_TEXT];
    assert_true(period_parse(str_of(text), &p));
    period_settle(&p, seconds(now));
    assert_string_equal(date_utc((struct date){.seconds = p.from}, out), from);
    assert_string_equal(date_utc((struct date){.seconds = p.to}, out), to);
}

static void test_calendar(void **state)
{
    static const struct {
        const char *text, *from, *to;
    } samples[] = {
        {"2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"},
        {"0001", "0001-01-01T00:00:00Z", "0002-01-01T00:00:00Z"},
        {"2026-11", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"},
        {"2026-12", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"},
        {"2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"},
        {"2026-11-16", "2026-11-16T00:00:00Z", "2026-11-17T00:00:00Z"},
        {"2026-W47", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z"},
        /* 1 January: a Thursday, a Friday, a Monday, a Sunday */
        {"2026-W01", "2025-12-29T00:00:00Z", "2026-01-05T00:00:00Z"},
        {"2026-W53", "2026-12-28T00:00:00Z", "2027-01-04T00:00:00Z"},
        {"2027-W01", "2027-01-04T00:00:00Z", "2027-01-11T00:00:00Z"},
        {"2024-W01", "2024-01-01T00:00:00Z", "2024-01-08T00:00:00Z"},
        {"2023-W01", "2023-01-02T00:00:00Z", "2023-01-09T00:00:00Z"},
        {"1969-W01", "1968-12-30T00:00:00Z", "1969-01-06T00:00:00Z"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++)
        check(samples[i].text, "2000-01-01", samples[i].from, samples[i].to);
}

static void test_ages(void **state)
{
    static const struct {
        const char *text, *now, *from, *to;
    } samples[] = {
        {"7d", "2026-03-03T12:30:05Z", "2026-02-24T12:30:05Z",
         "2026-02-24T12:30:06Z"},
        {"0d", "2026-03-03T12:30:05Z", "2026-03-03T12:30:05Z",
         "2026-03-03T12:30:06Z"},
        {"2w", "2026-03-03T00:00:00Z", "2026-02-17T00:00:00Z",
         "2026-02-17T00:00:01Z"},
        {"3m", "2026-02-03T23:59:59Z", "2025-11-03T23:59:59Z",
         "2025-11-04T00:00:00Z"},
        {"1m", "2026-03-31T23:00:00Z", "2026-02-28T23:00:00Z",
         "2026-02-28T23:00:01Z"},
        {"12m", "2026-03-31T23:00:00Z", "2025-03-31T23:00:00Z",
         "2025-03-31T23:00:01Z"},
        {"1y", "2024-02-29T08:00:00Z", "2023-02-28T08:00:00Z",
         "2023-02-28T08:00:01Z"},
        {"4y", "2024-02-29T08:00:00Z", "2020-02-29T08:00:00Z",
         "2020-02-29T08:00:01Z"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++)
        check(samples[i].text, samples[i].now, samples[i].from, samples[i].to);
}

static void test_refused(void **state)
{
    static const char *const texts[] = {
        "",         "2026-13",    "2026-00",     "2026-02-29", "2026-11-31",
        "2026-1",   "2026-11-1",  "26-11-16",    "2026-W00",   "2025-W53",
        "2026-W54", "2026-W4",    "2026-W47-1",  "2026-w47",   "0000",
        "d",        "7",          "7D",          "7h",         "-7d",
        "10000d",   "7dd",        "2026-11-16T", " 2026",      "2026 ",
        "now",      "2026-11-00", "2026-",       "20261116",   "+7d",
    };
    struct period p;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (period_parse(str_of(texts[i]), &p))
            fail_msg("\"%s\" was read", texts[i]);
        assert_int_equal(p.kind, PERIOD_NONE);
    }
}

/* Days are those of the author, an age is the same moment for everyone. */
static void test_where_a_date_lies(void **state)
{
    static const struct {
        const char *period, *date;
        bool before, after;
    } samples[] = {
        {"2026-11-16", "2026-11-15T23:59:59Z", true, false},
        {"2026-11-16", "2026-11-16T00:00:00Z", false, false},
        {"2026-11-16", "2026-11-16T23:59:59Z", false, false},
        {"2026-11-16", "2026-11-17T00:00:00Z", false, true},
        {"2026-11-16", "2026-11-15T23:30:00-05:00", true, false},
        {"2026-11-16", "2026-11-16T00:30:00+09:00", false, false},
        {"7d", "2026-11-16T11:59:59Z", true, false},
        {"7d", "2026-11-16T12:00:00Z", false, false},
        {"7d", "2026-11-16T20:59:59+09:00", true, false},
        {"7d", "2026-11-16T07:00:00-05:00", false, false},
        {"7d", "2026-11-16T12:00:01Z", false, true},
    };
    const struct period none = {0};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        struct period p;
        struct date d;
        assert_true(period_parse(str_of(samples[i].period), &p));
        assert_true(date_parse(str_of(samples[i].date), &d));
        period_settle(&p, seconds("2026-11-23T12:00:00Z"));
        assert_int_equal(period_begins_after(&p, d), samples[i].before);
        assert_int_equal(period_ends_before(&p, d), samples[i].after);
        assert_false(period_begins_after(&none, d));
        assert_false(period_ends_before(&none, d));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_ages),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_where_a_date_lies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
