/* Which articles, in which order and sections. */

#include "base/buf.h"
#include "base/caseless.h"
#include "base/mem.h"
#include "feed/feed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static struct feed feeds[2] = {{.id = "one"}, {.id = "two"}};

static struct entry entry(int feed, const char *id, int64_t published,
                          int64_t updated)
{
    return (struct entry){
        .feed = &feeds[feed],
        .id = id,
        .published = {.seconds = published, .known = published > 0},
        .updated = {.seconds = updated, .known = updated > 0}};
}

/* Select from entries; the result as "id@updated …", each section in brackets
 * after its title if it has one, and what was dropped as "-id@updated …". */
static struct buf selected(struct entry *entries, size_t n,
                           const struct select_policy *policy)
{
    struct feed *both[] = {&feeds[0], &feeds[1]};
    struct entry *list[16];
    for (size_t i = 0; i < n; i++)
        list[i] = &entries[i];
    struct library l = {.arena = arena_new(),
                        .feeds = both,
                        .feed_count = 2,
                        .entries = list,
                        .entry_count = n};
    struct diag *diag = diag_new();
    struct buf out = buf_make(BUF_LINE);
    const char *section = NULL;
    feed_select(&l, policy, diag);
    for (size_t i = 0; i < l.entry_count; i++) {
        buf_puts(&out, i ? " " : "");
        if (list[i]->section != section)
            buf_printf(&out, "[%s] ", list[i]->section);
        section = list[i]->section;
        buf_printf(&out, "%s@%d", list[i]->id, (int)list[i]->updated.seconds);
    }
    for (size_t i = 0; i < l.dropped_count; i++) {
        const struct dropped *d = &l.dropped[i];
        buf_printf(&out, " -%s@%d", d->entry->id,
                   (int)d->entry->updated.seconds);
        buf_printf(&out, "(%s)", drop_reason_text(d->reason));
    }
    assert_int_equal(l.entry_count + l.dropped_count, n);
    arena_free(l.arena);
    diag_free(diag);
    return out;
}

static void expect(struct entry *entries, size_t n, enum feed_order order,
                   const char *expected)
{
    const struct select_policy policy = {.order = order};
    struct buf out = selected(entries, n, &policy);
    assert_string_equal(out.data, expected);
    buf_free(&out);
}

static void expect_chosen(struct entry *entries, size_t n,
                          const struct select_policy *policy,
                          const char *expected)
{
    struct buf out = selected(entries, n, policy);
    assert_string_equal(out.data, expected);
    buf_free(&out);
}

static void test_order(void **state)
{
    (void)state;
    struct entry e[] = {entry(0, "a", 10, 0), entry(0, "b", 30, 0),
                        entry(0, "c", 0, 20), entry(1, "d", 99, 0)};
    expect(e, 4, ORDER_NEWEST, "b@0 c@20 a@0 d@0");
    expect(e, 4, ORDER_OLDEST, "a@0 c@20 b@0 d@0");
}

static void test_without_dates_as_in_the_file(void **state)
{
    (void)state;
    struct entry e[] = {entry(0, "a", 0, 0), entry(0, "b", 0, 0),
                        entry(0, "c", 0, 0)};
    expect(e, 3, ORDER_NEWEST, "a@0 b@0 c@0");
}

static struct period when(const char *text)
{
    struct period p;
    assert_true(period_parse(str_of(text), &p));
    return p;
}

static struct entry dated(const char *id, const char *date)
{
    struct entry e = entry(0, id, 0, 0);
    date_parse(str_of(date), &e.published);
    return e;
}

static void test_time(void **state)
{
    (void)state;
    struct entry e[] = {
        dated("a", "2026-11-15T23:59:59Z"),
        dated("b", "2026-11-16T00:30:00+02:00"), /* the 15th in UTC */
        dated("c", "2026-11-22T23:59:59Z"),
        dated("d", "2026-11-22T23:30:00-05:00"), /* the 23rd in UTC */
        dated("e", "2026-11-23T00:00:00Z"),
        dated("f", "")};
    struct select_policy policy = {.order = ORDER_OLDEST,
                                   .since = when("2026-W47"),
                                   .until = when("2026-W47")};
    expect_chosen(e, ARRAY_LEN(e), &policy,
                  "b@0 c@0 d@0 -a@0(older than --since) "
                  "-e@0(newer than --until) -f@0(without a date)");
    policy.until = (struct period){0};
    expect_chosen(e, 2, &policy, "b@0 -a@0(older than --since)");
}

/* An old revision is not chosen for being old enough. */
static void test_last(void **state)
{
    (void)state;
    struct entry e[] = {entry(0, "a", 10, 0), entry(0, "b", 30, 0),
                        entry(1, "c", 20, 0), entry(1, "d", 5, 0)};
    struct select_policy policy = {.last = 2};
    expect_chosen(e, 4, &policy,
                  "b@0 c@0 -a@0(older than the newest of --last) "
                  "-d@0(older than the newest of --last)");
    policy.last = 4;
    expect_chosen(e, 4, &policy, "b@0 a@0 c@0 d@0");
}

/* An entry with an author and a category, each NULL for none. */
static struct entry named(const char *id, const char **author,
                          const char **category)
{
    struct entry e = entry(0, id, 10, 0);
    static struct person people[16];
    static size_t used;
    if (author) {
        people[used].name = *author;
        e.authors = (struct people){&people[used++], 1};
    }
    e.categories = category;
    e.category_count = category != NULL;
    return e;
}

static const char *ada[] = {"Åda Quay"}, *bo[] = {"Bo Reef"};
static const char *wind[] = {"wind"}, *rain[] = {"Rain"}, *loud[] = {"RAIN"};

static void test_names(void **state)
{
    (void)state;
    static const char *by[] = {"åda quay", "cy"}, *in[] = {"rain"};
    struct entry e[] = {named("a", ada, wind), named("b", ada, rain),
                        named("c", bo, rain), named("d", ada, loud),
                        named("e", NULL, NULL)};
    struct select_policy policy = {.caseless = caseless_new(),
                                   .authors = {by, 2}};
    expect_chosen(e, 5, &policy,
                  "a@0 b@0 d@0 -c@0(by other authors) -e@0(by other authors)");
    policy.categories = (struct chosen){in, 1};
    expect_chosen(e, 5, &policy,
                  "b@0 d@0 -a@0(in other categories) -c@0(by other authors) "
                  "-e@0(by other authors)");
    caseless_free((struct caseless *)policy.caseless);
}

static void test_titles(void **state)
{
    (void)state;
    struct caseless *c = caseless_new();
    struct arena *a = arena_new();
    const char *why;
    const struct pattern *patterns[] = {caseless_pattern(c, "^three", a, &why),
                                        caseless_pattern(c, "bora$", a, &why)};
    struct entry e[] = {entry(0, "a", 3, 0), entry(0, "b", 2, 0),
                        entry(0, "c", 1, 0)};
    const struct select_policy policy = {.titles = patterns, .title_count = 2};
    e[0].title = "Three knots";
    e[1].title = "The Bora";
    expect_chosen(e, 3, &policy, "a@0 b@0 -c@0(with other titles)");
    caseless_free(c);
    arena_free(a);
}

static void test_sections(void **state)
{
    (void)state;
    struct entry e[] = {named("a", ada, rain), named("b", bo, wind),
                        named("c", NULL, loud), named("d", bo, NULL)};
    struct select_policy policy = {.caseless = caseless_new()};
    e[1].feed = &feeds[1];
    for (size_t i = 0; i < 4; i++)
        e[i].published.seconds = (int64_t)i;
    feeds[0].title = feeds[1].title = "Same";
    expect_chosen(e, 4, &policy, "[Same] d@0 c@0 a@0 b@0");
    feeds[1].title = "Other";
    expect_chosen(e, 4, &policy, "[Same] d@0 c@0 a@0 [Other] b@0");
    policy.group = GROUP_NONE;
    expect_chosen(e, 4, &policy, "d@0 c@0 b@0 a@0");
    policy.group = GROUP_CATEGORY;
    expect_chosen(e, 4, &policy,
                  "[RAIN] c@0 a@0 [wind] b@0 [Without a category] d@0");
    policy.order = ORDER_OLDEST;
    policy.group = GROUP_AUTHOR;
    expect_chosen(e, 4, &policy,
                  "[Bo Reef] b@0 d@0 [Åda Quay] a@0 [Without an author] c@0");
    feeds[0].title = feeds[1].title = NULL;
    caseless_free((struct caseless *)policy.caseless);
}

/* By each author's own clock; those without a date last, in any order. */
static void test_months(void **state)
{
    (void)state;
    struct entry e[] = {dated("a", "2026-02-28T23:30:00Z"),
                        dated("b", "2026-03-01T00:30:00+02:00"),
                        dated("c", "2026-02-01"), dated("d", "2025-12-31"),
                        dated("e", "")};
    struct select_policy policy = {.group = GROUP_MONTH};
    expect_chosen(e, 5, &policy,
                  "[March 2026] b@0 [February 2026] a@0 c@0 "
                  "[December 2025] d@0 [Without a date] e@0");
    policy.order = ORDER_OLDEST;
    expect_chosen(e, 5, &policy,
                  "[December 2025] d@0 [February 2026] c@0 a@0 "
                  "[March 2026] b@0 [Without a date] e@0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_without_dates_as_in_the_file),
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_last),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
