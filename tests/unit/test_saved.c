/* Dates in the names of files. */

#include "base/mem.h"
#include "feed/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* A path, and the date in it; NULL for none. */
static const struct {
    const char *path, *expected;
} names[] = {
    {"planet-2026-11-16.xml", "2026-11-16T00:00:00Z"},
    {"2026-11-16", "2026-11-16T00:00:00Z"},
    {"20261116.xml.gz", "2026-11-16T00:00:00Z"},
    {"planet_2026_11_16.xml", "2026-11-16T00:00:00Z"},
    {"planet.2026.11.16.xml", "2026-11-16T00:00:00Z"},
    {"feeds/2026/11/16/planet.xml", "2026-11-16T00:00:00Z"},
    {"20261116081504/example.org/feed", "2026-11-16T08:15:04Z"},
    {"feed-20261116T0815.xml", "2026-11-16T08:15:00Z"},
    {"feed-20261116T081504Z.xml", "2026-11-16T08:15:04Z"},
    {"feed-2026-11-16T08:15:04.xml", "2026-11-16T08:15:04Z"},
    {"feed-2026-11-16_08-15.xml", "2026-11-16T08:15:00Z"},
    {"feed 2026-11-16 081504.xml", "2026-11-16T08:15:04Z"},
    {"old.tar/2026-11-16-2.xml", "2026-11-16T00:00:00Z"},
    {"2025-01-01/2026-11-16.xml", "2026-11-16T00:00:00Z"}, /* the last */
    {"2024-02-29.xml", "2024-02-29T00:00:00Z"},
    {"2026-02-29.xml", NULL}, /* no such day */
    {"2026-13-01.xml", NULL},
    {"2026-00-10.xml", NULL},
    {"20261116256160.xml", NULL}, /* no such time */
    {"1994-01-01.xml", NULL},
    {"2026-11.xml", NULL},
    {"120261116.xml", NULL}, /* a longer number */
    {"202611161.xml", NULL},
    {"planet.xml", NULL},
    {"", NULL},
};

static void dates_are_found(void **state)
{
    char text[DATE_TEXT];
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct date d = saved_date(str_of(names[i].path));
        const char *got = d.known ? date_utc(d, text) : "none";
        const char *expected = names[i].expected ? names[i].expected : "none";
        if (strcmp(got, expected) != 0)
            fail_msg("%s: %s", names[i].path, got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(dates_are_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
