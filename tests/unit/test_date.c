/* Dates as feeds write them, and as they are written here. */

#include "base/date.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* What is read, and the same with the author's offset; NULL for no date. */
struct reading {
    const char *text, *expected;
};

static const struct reading readings[] = {
    /* RFC 5322, and RFC 822 before it */
    {"Fri, 27 Mar 2026 15:04:48 +0200", "2026-03-27T15:04:48+02:00"},
    {"Fri, 27 Mar 2026 15:04:48 -0330", "2026-03-27T15:04:48-03:30"},
    {"27 Mar 2026 15:04:48 +0000", "2026-03-27T15:04:48Z"},
    {"Fri,27 Mar 2026 15:04:48 -0000", "2026-03-27T15:04:48Z"},
    {"  fri , 27  mar  2026   15:04:48   gmt ", "2026-03-27T15:04:48Z"},
    {"Friday, 27 March 2026 15:04:48 GMT", "2026-03-27T15:04:48Z"},
    {"Fri 27 Mar 2026 15:04:48 GMT", "2026-03-27T15:04:48Z"},
    {"Fri, 27 Mar 2026 15:04 GMT", "2026-03-27T15:04:00Z"},
    {"Fri, 27 Mar 2026 5:4:8 GMT", "2026-03-27T05:04:08Z"},
    {"Fri, 7 Mar 2026 15:04:48", "2026-03-07T15:04:48Z"},
    {"Fri, 27 Mar 2026", "2026-03-27T00:00:00Z"},
    {"Fri, 27 Mar 2026 15:04:48 +0100 (CET)", "2026-03-27T15:04:48+01:00"},
    {"Fri, 27 Mar 2026 15:04:48 GMT+2", "2026-03-27T15:04:48+02:00"},
    {"Fri, 27 Mar 2026 15:04:48 UTC-05:30", "2026-03-27T15:04:48-05:30"},
    {"Fri, 27 Mar 2026 15:04:48+01:00", "2026-03-27T15:04:48+01:00"},
    {"Friday, 27-Mar-26 15:04:48 GMT", "2026-03-27T15:04:48Z"},
    {"27 Sept. 2026 15:04 Z", "2026-09-27T15:04:00Z"},
    {"Mar 27, 2026 15:04 GMT", "2026-03-27T15:04:00Z"},
    {"March 27, 2026", "2026-03-27T00:00:00Z"},
    {"27 March, 2026", "2026-03-27T00:00:00Z"},
    /* years of two and three digits: RFC 2822, section 4.3 */
    {"27 Mar 26 15:04 GMT", "2026-03-27T15:04:00Z"},
    {"27 Mar 49 15:04 GMT", "2049-03-27T15:04:00Z"},
    {"27 Mar 50 15:04 GMT", "1950-03-27T15:04:00Z"},
    {"27 Mar 99 15:04 GMT", "1999-03-27T15:04:00Z"},
    {"27 Mar 00 15:04 GMT", "2000-03-27T15:04:00Z"},
    {"27 Mar 126 15:04 GMT", "2026-03-27T15:04:00Z"},
    {"27 Mar 6 15:04 GMT", NULL},
    {"27 Mar 20266 15:04 GMT", NULL},
    /* zones by name; what is not known counts as UTC */
    {"27 Mar 2026 15:04 UT", "2026-03-27T15:04:00Z"},
    {"27 Mar 2026 15:04 EST", "2026-03-27T15:04:00-05:00"},
    {"27 Mar 2026 15:04 EDT", "2026-03-27T15:04:00-04:00"},
    {"27 Mar 2026 15:04 CST", "2026-03-27T15:04:00-06:00"},
    {"27 Mar 2026 15:04 CDT", "2026-03-27T15:04:00-05:00"},
    {"27 Mar 2026 15:04 MST", "2026-03-27T15:04:00-07:00"},
    {"27 Mar 2026 15:04 MDT", "2026-03-27T15:04:00-06:00"},
    {"27 Mar 2026 15:04 PST", "2026-03-27T15:04:00-08:00"},
    {"27 Mar 2026 15:04 pdt", "2026-03-27T15:04:00-07:00"},
    {"27 Mar 2026 15:04 CEST", "2026-03-27T15:04:00+02:00"},
    {"27 Mar 2026 15:04 A", "2026-03-27T15:04:00Z"},
    {"27 Mar 2026 15:04 XYZT", "2026-03-27T15:04:00Z"},
    {"27 Mar 2026 3:04 PM", "2026-03-27T15:04:00Z"},
    {"27 Mar 2026 15:04 +23:59", "2026-03-27T15:04:00+23:59"},
    {"27 Mar 2026 15:04 +2400", NULL},
    {"27 Mar 2026 15:04 +0160", NULL},
    {"27 Mar 2026 15:04 +", NULL},
    /* RFC 3339, and the W3C's profile of ISO 8601 */
    {"2026-03-27T15:04:48Z", "2026-03-27T15:04:48Z"},
    {"2026-03-27t15:04:48z", "2026-03-27T15:04:48Z"},
    {"2026-03-27T15:04:48+02:00", "2026-03-27T15:04:48+02:00"},
    {"2026-03-27T15:04:48-0800", "2026-03-27T15:04:48-08:00"},
    {"2026-03-27T15:04:48+05", "2026-03-27T15:04:48+05:00"},
    {"2026-03-27T15:04:48.123456789Z", "2026-03-27T15:04:48Z"},
    {"2026-03-27T15:04:48,5+01:00", "2026-03-27T15:04:48+01:00"},
    {"2026-03-27T15:04+01:00", "2026-03-27T15:04:00+01:00"},
    {"2026-03-27 15:04:48", "2026-03-27T15:04:48Z"},
    {"2026-03-27 15:04:48 +0100", "2026-03-27T15:04:48+01:00"},
    {"2026-03-27 15:04:48 UTC", "2026-03-27T15:04:48Z"},
    {"\n 2026-03-27T15:04:48Z\t", "2026-03-27T15:04:48Z"},
    {"2026-03-27", "2026-03-27T00:00:00Z"},
    {"2026-03", "2026-03-01T00:00:00Z"},
    {"2026", "2026-01-01T00:00:00Z"},
    {"2026-03T10:00Z", NULL},
    {"2026T10:00Z", NULL},
    {"2026-03-27T15:04:48Z and more", NULL},
    {"2026-", NULL},
    {"2026-03-", NULL},
    {"2026-03-27T15", NULL},
    {"2026-03-27T15:", NULL},
    {"20260", NULL},
    /* days and hours that there are, and that there are not */
    {"2024-02-29", "2024-02-29T00:00:00Z"},
    {"2000-02-29", "2000-02-29T00:00:00Z"},
    {"2026-02-29", NULL},
    {"1900-02-29", NULL},
    {"30 Feb 2024", NULL},
    {"31 Apr 2026", NULL},
    {"2026-00-10", NULL},
    {"2026-13-10", NULL},
    {"2026-01-00", NULL},
    {"2026-01-32", NULL},
    {"2026-03-27T23:59:59Z", "2026-03-27T23:59:59Z"},
    {"2026-03-27T24:00:00Z", "2026-03-28T00:00:00Z"},
    {"2026-03-27T24:00:01Z", NULL},
    {"2026-03-27T15:60:00Z", NULL},
    {"2026-03-27T15:04:61Z", NULL},
    {"2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"},
    /* the years 1 to 9999, there and in UTC */
    {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
    {"0001-01-01T00:00:00+00:01", NULL},
    {"0001-01-01T00:01:00+00:01", "0001-01-01T00:01:00+00:01"},
    {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
    {"9999-12-31T23:59:59-00:01", NULL},
    {"0000-01-01", NULL},
    /* none at all */
    {"", NULL},
    {" ", NULL},
    {",", NULL},
    {"Fri,", NULL},
    {"Fri", NULL},
    {"27", NULL},
    {"27 Mar", NULL},
    {"Mar", NULL},
    {"27 Xyz 2026", NULL},
    {"27 Ma 2026", NULL},
    {"27 Marchy 2026", NULL},
    {"27 Mar 2026 noon", NULL},
    {"yesterday", NULL},
    {"-2026-03-27", NULL},
    {"99999999999999999999", NULL},
    {"2026-03-27T15:04:48+99999999999", NULL},
    /* more that is met */
    {"Mon, 27 Mar 2026 15:04:48 +0200", "2026-03-27T15:04:48+02:00"},
    {"Fri, 27 Mar, 2026, 15:04:48 +0200", "2026-03-27T15:04:48+02:00"},
    {"Fri, 27 Mar 2026 15:04:48, GMT", NULL},
    {"Fri, 2026-03-27 15:04:48 +0200", "2026-03-27T15:04:48+02:00"},
    {"Fri Mar 27 15:04:48 2026", "2026-03-27T15:04:48Z"},
    {"Fri Mar 27 15:04:48 EST 2026", "2026-03-27T15:04:48-05:00"},
    {"Fri Mar 27 2026 15:04:48 GMT+0200 (CEST)", "2026-03-27T15:04:48+02:00"},
    {"2026-03-27T15:04:48+02:00[Europe/Berlin]", "2026-03-27T15:04:48+02:00"},
    {"March 27th, 2026 at 3:04 pm", "2026-03-27T15:04:00Z"},
    {"1st of April 2026", "2026-04-01T00:00:00Z"},
    {"27 Mar 2026 12:04 AM", "2026-03-27T00:04:00Z"},
    {"27 Mar 2026 12:04 p.m.", "2026-03-27T12:04:00Z"},
    {"27 Mar 2026 15:04 PM", "2026-03-27T15:04:00Z"},
    {"27 Mar 2026 0:04 PM", NULL},
    {"27 Mar 2026 15:04 NZDT", "2026-03-27T15:04:00+13:00"},
    {"27 Mar 2026 15:04 IST", "2026-03-27T15:04:00+05:30"},
    {"Sat, 31 Dec 2016 24:00:00 GMT", "2017-01-01T00:00:00Z"},
    {"31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59Z"},
    {"2026/03/27 15:04", "2026-03-27T15:04:00Z"},
    {"2026.03.27", "2026-03-27T00:00:00Z"},
    {"-0001-11-30T00:00:00+00:00", NULL},
    {"0000-00-00 00:00:00", NULL},
    /* digits alone */
    {"1774623888", "2026-03-27T15:04:48Z"},
    {"1774623888.25", "2026-03-27T15:04:48Z"},
    {"1774623888123", "2026-03-27T15:04:48Z"},
    {"177462388", NULL},
    {"17746238881", NULL},
    {"1774623888x", NULL},
    {"20260327", "2026-03-27T00:00:00Z"},
    {"20260327T150448Z", "2026-03-27T15:04:48Z"},
    {"20260327T1504+0200", "2026-03-27T15:04:00+02:00"},
    {"20260327150448", "2026-03-27T15:04:48Z"},
    {"20261327", NULL},
    /* the day's place, when it is certain */
    {"27.03.2026 15:04", "2026-03-27T15:04:00Z"},
    {"3.4.2026", "2026-04-03T00:00:00Z"},
    {"27.3.26, 15.04", "2026-03-27T15:04:00Z"},
    {"27/03/2026 15:04:48", "2026-03-27T15:04:48Z"},
    {"03/27/2026 3:04 PM", "2026-03-27T15:04:00Z"},
    {"04/04/2026", "2026-04-04T00:00:00Z"},
    {"03/04/2026", NULL},
    {"13/13/2026", NULL},
    {"27-03-2026", "2026-03-27T00:00:00Z"},
    {"1.2", NULL},
    {"127.0.0.1", NULL},
    /* months' names */
    {"27. M\u00E4rz 2026 15:04", "2026-03-27T15:04:00Z"},
    {"Freitag, 27. M\u00C4RZ 2026, 15:04", "2026-03-27T15:04:00Z"},
    {"Fr, 27 Okt 2026 15:04:48 +0200", "2026-10-27T15:04:48+02:00"},
    {"27. J\u00E4nner 2026", "2026-01-27T00:00:00Z"},
    {"Do., 3. Dez. 2026 um 15:04 MEZ", "2026-12-03T15:04:00+01:00"},
    {"vendredi 27 f\u00E9vrier 2026 \u00E0 15h04", "2026-02-27T15:04:00Z"},
    {"1er ao\u00FBt 2026", "2026-08-01T00:00:00Z"},
    {"mar., 7 juil. 2026 15:04:48 +0200", "2026-07-07T15:04:48+02:00"},
    {"7 juin 2026", "2026-06-07T00:00:00Z"},
    {"7 jui 2026", NULL},
    {"viernes, 27 de marzo de 2026", "2026-03-27T00:00:00Z"},
    {"vie, 27 ene 2026 15:04:48 +0100", "2026-01-27T15:04:48+01:00"},
    {"ven, 27 giu 2026 15:04:48 +0200", "2026-06-27T15:04:48+02:00"},
    {"27 maggio 2026", "2026-05-27T00:00:00Z"},
    {"sex, 27 de fevereiro de 2026 15:04", "2026-02-27T15:04:00Z"},
    {"Sex, 27 Out 2026 15:04:48 -0300", "2026-10-27T15:04:48-03:00"},
    {"vrijdag 27 maart 2026", "2026-03-27T00:00:00Z"},
    {"27 mrt 2026", "2026-03-27T00:00:00Z"},
    {"27 mei 2026", "2026-05-27T00:00:00Z"},
    {"pi\u0105tek, 27 wrze\u015Bnia 2026", "2026-09-27T00:00:00Z"},
    {"27 pa\u017A 2026", "2026-10-27T00:00:00Z"},
    {"27 lis 2026", "2026-11-27T00:00:00Z"},
    {"\u041F\u0442, 27 \u043C\u0430\u0440 2026 15:04:48 +0300",
     "2026-03-27T15:04:48+03:00"},
    {"27 \u041C\u0410\u042F 2026", "2026-05-27T00:00:00Z"},
    {"27 \u0430\u0432\u0433\u0443\u0441\u0442\u0430 2026 \u0433.",
     "2026-08-27T00:00:00Z"},
    {"fre, 27 maj 2026 15:04:48 +0200", "2026-05-27T15:04:48+02:00"},
    {"27. oktober 2026 kl. 15.04", "2026-10-27T15:04:00Z"},
    {"27 desember 2026", "2026-12-27T00:00:00Z"},
    {"27 marts 2026", "2026-03-27T00:00:00Z"},
    {"27. hein\u00E4kuuta 2026 klo 15.04", "2026-07-27T15:04:00Z"},
    {"27. kv\u011Btna 2026", "2026-05-27T00:00:00Z"},
    {"27. \u010Dervna 2026", "2026-06-27T00:00:00Z"},
    {"27. \u010Dervence 2026", "2026-07-27T00:00:00Z"},
    {"27. \u010Derv 2026", NULL},
    {"27 A\u011Fustos 2026 15:04", "2026-08-27T15:04:00Z"},
    {"27 \u015Eub 2026", "2026-02-27T00:00:00Z"},
    {"27 Kas\u0131m 2026", "2026-11-27T00:00:00Z"},
    {"27 \u0441\u0456\u0447\u043D\u044F 2026", "2026-01-27T00:00:00Z"},
    {"2026\u5E743\u670827\u65E5", "2026-03-27T00:00:00Z"},
    {"2026\u5E743\u670827\u65E5(\u91D1) 15:04:48", "2026-03-27T15:04:48Z"},
    {"2026\u5E7403\u670827\u65E5 \u5348\u5F8C3\u66424\u5206",
     "2026-03-27T15:04:00Z"},
    {"2026\u5E743\u670827\u65E5 \u4E0B\u53483:04", "2026-03-27T15:04:00Z"},
    {"2026\uB144 3\uC6D4 27\uC77C \uC624\uC804 3:04", "2026-03-27T03:04:00Z"},
    {"2026\u5E7413\u670827\u65E5", NULL},
};

static void test_reading(void **state)
{
    unsigned wrong = 0;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(readings); i++) {
        const struct reading *r = &readings[i];
        struct date d = {1, 1, true};
        char out[DATE_TEXT];
        bool ok = date_parse(str_of(r->text), &d);
        const char *got = ok ? date_rfc3339(d, out) : "no date";
        const char *expected = r->expected ? r->expected : "no date";
        bool fits = ok ? d.known : !d.known && !d.seconds && !d.offset;
        if (fits && strcmp(got, expected) == 0)
            continue;
        print_error("\"%s\" gives %s, not %s\n", r->text, got, expected);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

/* The text is a view: what follows it is not read. */
static void test_end_of_text(void **state)
{
    static const char text[] = "2026-03-27T15:04:48+02:00";
    struct date d;
    (void)state;
    for (size_t n = 0; n < sizeof text; n++) {
        char *exact = mem_dup(text, n);
        date_parse((struct str){exact, n}, &d);
        free(exact);
    }
    for (size_t i = 0; i < ARRAY_LEN(readings); i++)
        for (size_t n = 0; n < strlen(readings[i].text); n++) {
            char *exact = mem_dup(readings[i].text, n);
            date_parse((struct str){exact, n}, &d);
            free(exact);
        }
    assert_true(date_parse((struct str){text, 10}, &d));
    assert_int_equal(d.seconds, 1774569600);
    assert_true(date_parse((struct str){text, 7}, &d));
    assert_int_equal(d.seconds, 1772323200);
}

/* Every day of the years 1 to 9999, counted. */
static void test_calendar(void **state)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    struct civil c = {.year = 1, .month = 1, .day = 1, .second = 1};
    int64_t seconds = -62135596799; /* 0001-01-01T00:00:01Z */
    (void)state;
    for (; c.year <= 9999; seconds += 86400) {
        struct civil back = date_civil(seconds);
        if (date_seconds(c) != seconds || back.year != c.year ||
            back.month != c.month || back.day != c.day || back.second != 1)
            fail_msg("%d-%d-%d", c.year, c.month, c.day);
        bool leap = c.year % 400 == 0 || (c.year % 4 == 0 && c.year % 100);
        int length = lengths[c.month - 1] + (leap && c.month == 2);
        if (c.day++ < length)
            continue;
        c.day = 1;
        if (c.month++ < 12)
            continue;
        c.month = 1;
        c.year++;
    }
}

static void test_time_of_day(void **state)
{
    (void)state;
    for (int64_t at = -86400; at < 86400; at += 61) {
        struct civil c = date_civil(at);
        assert_int_equal(date_seconds(c), at);
        assert_int_equal(c.day, at < 0 ? 31 : 1);
        assert_in_range(c.hour, 0, 23);
        assert_in_range(c.minute, 0, 59);
        assert_in_range(c.second, 0, 59);
    }
}

static void test_writing(void **state)
{
    struct date d;
    char out[DATE_TEXT];
    (void)state;
    assert_true(date_parse(STR("2026-04-01T00:30:00+02:00"), &d));
    assert_int_equal(d.offset, 120);
    assert_int_equal(d.seconds, 1774996200);
    assert_string_equal(date_utc(d, out), "2026-03-31T22:30:00Z");
    assert_string_equal(date_rfc3339(d, out), "2026-04-01T00:30:00+02:00");
    assert_string_equal(date_day(d, out), "2026-04-01");
    assert_string_equal(date_words(d, out), "1 April 2026");
    assert_int_equal(date_local(d).hour, 0);
    assert_true(date_parse(STR("0009-12-31T22:00:00-02:30"), &d));
    assert_string_equal(date_utc(d, out), "0010-01-01T00:30:00Z");
    assert_string_equal(date_day(d, out), "0009-12-31");
    assert_string_equal(date_words(d, out), "31 December 9");
}

static void test_later(void **state)
{
    const struct date none = {0}, early = {-5, 60, true}, late = {0, 0, true};
    (void)state;
    assert_int_equal(date_later(early, late).seconds, 0);
    assert_int_equal(date_later(late, early).seconds, 0);
    assert_true(date_later(none, early).known);
    assert_true(date_later(early, none).known);
    assert_false(date_later(none, none).known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading),  cmocka_unit_test(test_end_of_text),
        cmocka_unit_test(test_calendar), cmocka_unit_test(test_time_of_day),
        cmocka_unit_test(test_writing),  cmocka_unit_test(test_later),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
