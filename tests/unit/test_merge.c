/* Files of one feed, and revisions of one article. */

#include "base/buf.h"
#include "base/mem.h"
#include "feed/feed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { FEEDS_MAX = 4, ENTRIES_MAX = 16 };

/* An entry, and the feed that it is in. */
struct row {
    int feed;
    const char *id;
    const char *link;
    const char *text;
    int published, updated;
    const char *title;
};

static struct date date(int seconds)
{
    return (struct date){.seconds = seconds, .known = seconds != 0};
}

/* A library as it is read: rows of one feed follow each other. */
struct set {
    struct library library;
    struct feed feeds[FEEDS_MAX], *feed_list[FEEDS_MAX];
    struct entry entries[ENTRIES_MAX], *entry_list[ENTRIES_MAX];
    struct spool *spool;
    struct diag *diag;
};

static void fill(struct set *s, const struct feed *feeds, size_t feed_count,
                 const struct row *rows, size_t n)
{
    *s = (struct set){.spool = spool_new(), .diag = diag_new()};
    for (size_t i = 0; i < feed_count; i++) {
        s->feeds[i] = feeds[i];
        s->feeds[i].title = "Feed";
        s->feed_list[i] = &s->feeds[i];
    }
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &rows[i];
        s->feeds[r->feed].entry_count++;
        s->entries[i] = (struct entry){.feed = &s->feeds[r->feed],
                                       .id = r->id,
                                       .link = r->link,
                                       .title = r->title,
                                       .published = date(r->published),
                                       .updated = date(r->updated)};
        if (r->text)
            s->entries[i].content = (struct body){
                .kind = BODY_TEXT,
                .span = spool_put(s->spool, r->text, strlen(r->text))};
        s->entry_list[i] = &s->entries[i];
    }
    s->library = (struct library){.arena = arena_new(),
                                  .feeds = s->feed_list,
                                  .feed_count = feed_count,
                                  .entries = s->entry_list,
                                  .entry_count = n};
}

static void release(struct set *s)
{
    arena_free(s->library.arena);
    spool_free(s->spool);
    diag_free(s->diag);
}

/* Merge; what stands as "file:id …"; after a "-" what was dropped; then gaps,
 * as "[file second second file]". */
static void expect(const struct feed *feeds, size_t feed_count,
                   const struct row *rows, size_t n, const char *expected)
{
    static const char *const marks[DROP_REASON_COUNT] = {[DROP_REVISED] = "",
                                                         [DROP_REPEATED] = "=",
                                                         [DROP_DELETED] = "!",
                                                         [DROP_ABSENT] =
                                                             "!absent "};
    struct set s;
    struct buf out = buf_make(BUF_LINE);
    fill(&s, feeds, feed_count, rows, n);
    feed_merge(&s.library, &(struct merge_policy){0}, s.spool, s.diag);
    const struct library *l = &s.library;
    for (size_t i = 0; i < l->entry_count; i++)
        buf_printf(&out, "%s:%s ", l->entries[i]->feed->file,
                   l->entries[i]->id);
    buf_puts(&out, "-");
    for (size_t i = 0; i < l->dropped_count; i++) {
        const struct dropped *d = &l->dropped[i];
        buf_printf(&out, " %s%s:%s", marks[d->reason], d->entry->feed->file,
                   d->entry->id);
        assert_int_equal(!d->instead, *marks[d->reason] == '!');
    }
    for (size_t i = 0; i < l->gap_count; i++)
        buf_printf(&out, " [%s %d %d %s]", l->gaps[i].before->file,
                   (int)l->gaps[i].from.seconds, (int)l->gaps[i].to.seconds,
                   l->gaps[i].after->file);
    assert_string_equal(out.data, expected);
    assert_int_equal(l->entry_count + l->dropped_count, n);
    buf_free(&out);
    release(&s);
}

#define EXPECT(feeds, rows, expected)                                          \
    expect(feeds, ARRAY_LEN(feeds), rows, ARRAY_LEN(rows), expected)

/* Two files of one feed, the second is the newer. */
static const struct feed old_new[] = {
    {.file = "old", .id = "f", .saved = {.seconds = 100, .known = true}},
    {.file = "new", .id = "f", .saved = {.seconds = 200, .known = true}}};

static void test_newest_file_first(void **state)
{
    (void)state;
    const struct row rows[] = {{.id = "a"}, {.id = "b"}, {1, .id = "c"}};
    EXPECT(old_new, rows, "new:c old:a old:b -");
}

static void test_by_id(void **state)
{
    (void)state;
    const struct row rows[] = {{0, "a", .text = "One"},
                               {0, "b", .text = "Two"},
                               {1, "a", .text = "One"},
                               {1, "b", .text = "Two, better"}};
    EXPECT(old_new, rows, "new:a new:b - =old:a old:b");
}

/* The date of update stands over the file's, that over the text. */
static void test_newest_revision(void **state)
{
    (void)state;
    const struct row updated[] = {{0, "a", .text = "x", .updated = 9},
                                  {1, "a", .text = "y", .updated = 5}};
    EXPECT(old_new, updated, "old:a - new:a");
    const struct row alike[] = {{0, "a", .text = "xxx", .updated = 9},
                                {1, "a", .text = "y", .updated = 9}};
    EXPECT(old_new, alike, "new:a - old:a");
    const struct feed undated[] = {{.file = "x", .id = "f"},
                                   {.file = "y", .id = "f"}};
    const struct row fuller[] = {{0, "a", .text = "long"},
                                 {1, "a", .text = "no"}};
    EXPECT(undated, fuller, "x:a - y:a");
}

static void test_in_one_file(void **state)
{
    (void)state;
    const struct feed one[] = {{.file = "x", .id = "f"}};
    const struct row rows[] = {{0, "a", .text = "x", .updated = 5},
                               {0, "b", .text = "x"},
                               {0, "a", .text = "y", .updated = 9},
                               {0, "b", .text = "z"}};
    EXPECT(one, rows, "x:a x:b - x:a x:b");
}

static void test_by_address(void **state)
{
    (void)state;
    const struct row rows[] = {
        {0, "7", "http://www.a.example/x/?utm_source=rss", .text = "Text"},
        {1, "tag:a.example:7", "https://a.example/x", .text = "Text"}};
    EXPECT(old_new, rows, "new:tag:a.example:7 - =old:7");
}

/* An address that moves on from article to article is none's. */
static void test_address_of_several(void **state)
{
    (void)state;
    const struct row rows[] = {
        {0, "2", "https://a.example/newest", .text = "Two"},
        {0, "1", "https://a.example/1", .text = "One"},
        {1, "3", "https://a.example/newest", .text = "Three"},
        {1, "2", "https://a.example/2", .text = "Two"}};
    EXPECT(old_new, rows, "new:3 new:2 old:1 - =old:2");
}

static void test_address_of_site(void **state)
{
    (void)state;
    struct feed feeds[2] = {old_new[0], old_new[1]};
    feeds[0].link = feeds[1].link = "https://a.example/";
    const struct row rows[] = {{0, "1", "https://a.example/", .text = "One"},
                               {1, "2", "https://a.example/", .text = "Two"}};
    EXPECT(feeds, rows, "new:2 old:1 - [old 100 200 new]");
}

static void test_by_text(void **state)
{
    (void)state;
    const struct row rows[] = {{0, "1", .text = "Text", .published = 5},
                               {0, "2", .text = "Other", .title = "T"},
                               {0, "3", .text = "Weekly", .published = 7},
                               {1, "a", .text = "Text", .published = 5},
                               {1, "b", .text = "Other", .title = "T"},
                               {1, "c", .text = "Weekly", .published = 8}};
    EXPECT(old_new, rows, "new:a new:b new:c old:3 - =old:1 =old:2");
}

/* Whose id and address are others' does not matter to another feed. */
static void test_two_feeds(void **state)
{
    (void)state;
    const struct feed two[] = {{.file = "x", .id = "f"},
                               {.file = "y", .id = "g"}};
    const struct row rows[] = {{0, "a", "https://a.example/1", .text = "Text"},
                               {1, "a", "https://a.example/1", .text = "Text"}};
    EXPECT(two, rows, "x:a y:a -");
    const struct feed one_address[] = {
        {.file = "x", .id = "f", .self = "http://a.example/feed"},
        {.file = "y", .id = "g", .self = "https://www.a.example/feed/"}};
    EXPECT(one_address, rows, "x:a - =y:a");
}

/* The newest file speaks for all; its id is theirs. */
static void test_latest(void **state)
{
    (void)state;
    const struct feed feeds[] = {
        {.file = "y", .id = "g", .saved = {.seconds = 1, .known = true}},
        {.file = "old",
         .id = "f",
         .address = "https://a.example/f",
         .saved = {.seconds = 1, .known = true}},
        {.file = "new",
         .id = "h",
         .self = "https://a.example/f",
         .saved = {.seconds = 2, .known = true}}};
    const struct row rows[] = {{0, .id = "a"}, {1, .id = "b"}, {2, .id = "c"}};
    struct set s;
    fill(&s, feeds, 3, rows, 3);
    feed_merge(&s.library, &(struct merge_policy){0}, s.spool, s.diag);
    assert_string_equal(s.library.feeds[0]->file, "y");
    assert_string_equal(s.library.feeds[1]->file, "new");
    assert_string_equal(s.library.feeds[2]->file, "old");
    assert_string_equal(s.library.feeds[2]->id, "h");
    assert_ptr_equal(s.library.feeds[2]->latest, s.library.feeds[1]);
    assert_string_equal(s.library.entries[1]->id, "c");
    release(&s);
}

/* A file's date, and that of its only tombstone, of "a". */
static struct feed with_tombstone(const char *file, int saved,
                                  struct tombstone *tombstone)
{
    return (struct feed){.file = file,
                         .id = "f",
                         .saved = date(saved),
                         .tombstones = tombstone,
                         .tombstone_count = tombstone != NULL};
}

static void test_tombstones(void **state)
{
    (void)state;
    struct tombstone at_150 = {"a", date(150)}, undated = {"a", date(0)};
    const struct row rows[] = {{0, "a", .updated = 90},
                               {0, "b", .updated = 90},
                               {1, "b", .updated = 90}};
    const struct feed deleted[] = {with_tombstone("old", 100, NULL),
                                   with_tombstone("new", 200, &at_150)};
    EXPECT(deleted, rows, "new:b - !old:a =old:b");
    const struct feed at_some_time[] = {with_tombstone("old", 100, NULL),
                                        with_tombstone("new", 200, &undated)};
    EXPECT(at_some_time, rows, "new:b - !old:a =old:b");
    const struct row updated[] = {{0, "a", .updated = 160},
                                  {1, "b", .updated = 140}};
    EXPECT(deleted, updated, "new:b old:a -");
}

/* What a file after the deletion has again was published again, unless that
 * file has the tombstone too. */
static void test_published_again(void **state)
{
    (void)state;
    struct tombstone at_150 = {"a", date(150)};
    const struct row rows[] = {{0, "a", .updated = 90},
                               {1, "a", .updated = 90}};
    const struct feed again[] = {with_tombstone("old", 100, &at_150),
                                 with_tombstone("new", 200, NULL)};
    EXPECT(again, rows, "new:a - =old:a");
    const struct feed both[] = {with_tombstone("old", 100, NULL),
                                with_tombstone("new", 200, &at_150)};
    EXPECT(both, rows, "- !new:a =old:a");
}

static void test_complete(void **state)
{
    (void)state;
    struct feed feeds[3] = {
        {.file = "1", .id = "f", .saved = date(100), .complete = true},
        {.file = "2", .id = "f", .saved = date(200), .complete = true},
        {.file = "3", .id = "f", .saved = date(300)}};
    const struct row rows[] = {{0, .id = "a"}, {0, .id = "b"}, {0, .id = "d"},
                               {1, .id = "b"}, {1, .id = "c"}, {2, .id = "d"}};
    EXPECT(feeds, rows, "3:d 2:b 2:c - !absent 1:a =1:b =1:d");
    feeds[1].complete = false;
    EXPECT(feeds, rows, "3:d 2:b 2:c 1:a - =1:b =1:d");
}

/* Pages make one feed of files with different ids. */
static void test_pages(void **state)
{
    (void)state;
    const char *page[] = {"http://a.example/f?page=2"};
    const char *missing[] = {"http://a.example/f?page=3"};
    const struct feed feeds[] = {{.file = "1",
                                  .id = "1",
                                  .saved = date(100),
                                  .self = "http://a.example/f",
                                  .pages = page,
                                  .page_count = 1},
                                 {.file = "2",
                                  .id = "2",
                                  .saved = date(100),
                                  .self = "https://a.example/f?page=2",
                                  .pages = missing,
                                  .page_count = 1}};
    const struct row rows[] = {{0, .id = "a", .published = 90},
                               {1, .id = "b", .published = 50},
                               {1, .id = "c", .published = 40}};
    struct set s;
    fill(&s, feeds, 2, rows, 3);
    feed_merge(&s.library, &(struct merge_policy){0}, s.spool, s.diag);
    assert_string_equal(s.library.feeds[1]->id, "1");
    assert_int_equal(s.library.gap_count, 0);
    const struct diag_message *messages;
    assert_int_equal(diag_messages(s.diag, &messages), 1);
    assert_int_equal(messages[0].level, DIAG_WARNING);
    assert_string_equal(messages[0].place.file, "2");
    assert_string_equal(messages[0].detail, missing[0]);
    release(&s);
}

static void test_gaps(void **state)
{
    (void)state;
    const struct row apart[] = {{0, "a", .published = 80},
                                {0, "b", .published = 90},
                                {1, "d", .published = 190},
                                {1, "c", .published = 180}};
    EXPECT(old_new, apart, "new:d new:c old:a old:b - [old 90 180 new]");
    const struct row overlapping[] = {{0, "a", .published = 80},
                                      {0, "b", .published = 90},
                                      {1, "c", .published = 180},
                                      {1, "b", .published = 90}};
    EXPECT(old_new, overlapping, "new:c new:b old:a - =old:b");
    const struct row not_full[] = {{0, "a", .published = 80},
                                   {0, "b", .published = 90},
                                   {1, "c", .published = 180}};
    EXPECT(old_new, not_full, "new:c old:a old:b -");
    /* When the older was saved, the newer's articles were there. */
    const struct row page[] = {{0, "a", .published = 80},
                               {1, "c", .published = 95}};
    EXPECT(old_new, page, "new:c old:a -");
}

/* A third file tells that nothing is missing between the two. */
static void test_bridged(void **state)
{
    (void)state;
    const struct feed feeds[] = {{.file = "1", .id = "f", .saved = date(100)},
                                 {.file = "2", .id = "f", .saved = date(200)},
                                 {.file = "3", .id = "f", .saved = date(300)}};
    const struct row rows[] = {{0, "a", .published = 90},
                               {1, "b", .published = 190},
                               {2, "b", .published = 190},
                               {2, "a", .published = 90}};
    EXPECT(feeds, rows, "3:b 3:a - =2:b =1:a");
}

static void test_moved(void **state)
{
    (void)state;
    const struct feed feeds[] = {{.file = "1", .id = "1", .saved = date(100)},
                                 {.file = "2", .id = "2", .saved = date(200)}};
    const struct row rows[] = {
        {0, "a", "http://a.example/1", .published = 10},
        {0, "b", "http://a.example/2", .published = 20},
        {1, "c", "https://a.example/2", .published = 20},
        {1, "d", "https://a.example/3", .published = 30}};
    EXPECT(feeds, rows, "1:a 1:b 2:c 2:d -");
    struct set s;
    fill(&s, feeds, 2, rows, 4);
    feed_merge(&s.library, &(struct merge_policy){.moved = true}, s.spool,
               s.diag);
    assert_int_equal(s.library.entry_count, 3);
    assert_string_equal(s.library.feeds[1]->id, "2");
    assert_int_equal(diag_count(s.diag, DIAG_NOTE), 2);
    release(&s);
    const struct row others[] = {{0, "a", .link = "http://a.example/1"},
                                 {0, "b", .link = "http://a.example/2"},
                                 {0, "c", .link = "http://a.example/3"},
                                 {1, "d", .link = "http://a.example/1"},
                                 {1, "e", .link = "http://a.example/4"},
                                 {1, "f", .link = "http://a.example/5"}};
    fill(&s, feeds, 2, others, 6);
    feed_merge(&s.library, &(struct merge_policy){.moved = true}, s.spool,
               s.diag);
    assert_int_equal(s.library.entry_count, 6);
    release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_newest_file_first),
        cmocka_unit_test(test_by_id),
        cmocka_unit_test(test_newest_revision),
        cmocka_unit_test(test_in_one_file),
        cmocka_unit_test(test_by_address),
        cmocka_unit_test(test_address_of_several),
        cmocka_unit_test(test_address_of_site),
        cmocka_unit_test(test_by_text),
        cmocka_unit_test(test_two_feeds),
        cmocka_unit_test(test_latest),
        cmocka_unit_test(test_tombstones),
        cmocka_unit_test(test_published_again),
        cmocka_unit_test(test_complete),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_bridged),
        cmocka_unit_test(test_moved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
