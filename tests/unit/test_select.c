/* Which articles, and in which order. */

#include "base/buf.h"
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

/* Select from entries; the result as "id@updated …", and what was dropped as
 * "-id@updated …". */
static void expect(struct entry *entries, size_t n, enum feed_order order,
                   const char *expected)
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
    struct select_policy policy = {.order = order};
    struct buf out = buf_make(BUF_LINE);
    feed_select(&l, &policy, diag);
    for (size_t i = 0; i < l.entry_count; i++)
        buf_printf(&out, "%s%s@%d", i ? " " : "", list[i]->id,
                   (int)list[i]->updated.seconds);
    for (size_t i = 0; i < l.dropped_count; i++) {
        const struct dropped *d = &l.dropped[i];
        buf_printf(&out, " -%s@%d", d->entry->id,
                   (int)d->entry->updated.seconds);
        assert_string_equal(d->instead->id, d->entry->id);
    }
    assert_string_equal(out.data, expected);
    assert_int_equal(l.entry_count + l.dropped_count, n);
    arena_free(l.arena);
    buf_free(&out);
    diag_free(diag);
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

static void test_revisions(void **state)
{
    (void)state;
    struct entry later_first[] = {entry(0, "a", 1, 9), entry(0, "a", 1, 5)};
    expect(later_first, 2, ORDER_NEWEST, "a@9 -a@5");
    struct entry later_last[] = {entry(0, "a", 1, 5), entry(0, "a", 1, 9)};
    expect(later_last, 2, ORDER_NEWEST, "a@9 -a@5");
    struct entry one_dated[] = {entry(0, "a", 1, 5), entry(0, "a", 0, 0)};
    expect(one_dated, 2, ORDER_NEWEST, "a@5 -a@0");
    struct entry two_feeds[] = {entry(0, "a", 1, 5), entry(1, "a", 1, 6)};
    expect(two_feeds, 2, ORDER_NEWEST, "a@5 a@6");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_without_dates_as_in_the_file),
        cmocka_unit_test(test_revisions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
