/* What a book says of itself: derived from its feeds, the same in any order,
 * nothing twice, nothing empty. */

#include "base/mem.h"
#include "book/book.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { FEEDS_MAX = 5, ENTRIES_MAX = 12 };

/* A library and its articles, added one by one. */
struct world {
    struct arena *arena;
    struct spool *spool;
    struct diag *diag;
    struct feed feeds[FEEDS_MAX];
    struct feed *feed_list[FEEDS_MAX];
    struct entry entries[ENTRIES_MAX];
    struct entry *entry_list[ENTRIES_MAX];
    struct article articles[ENTRIES_MAX];
    struct article *article_list[ENTRIES_MAX];
    struct part part;
    struct library library;
    struct book_policy policy;
    struct book *book;
};

static int set_up(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    *state = w;
    w->arena = arena_new();
    w->spool = spool_new();
    w->diag = diag_new();
    w->library.feeds = w->feed_list;
    w->library.entries = w->entry_list;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    book_free(w->book);
    diag_free(w->diag);
    spool_free(w->spool);
    arena_free(w->arena);
    free(w);
    return 0;
}

static struct feed *add_feed(struct world *w, const char *title)
{
    struct feed *f = &w->feeds[w->library.feed_count];
    w->feed_list[w->library.feed_count++] = f;
    *f = (struct feed){.file = "feed.xml", .title = title};
    f->id = arena_printf(w->arena, "urn:feed:%s", title);
    return f;
}

static struct date date_of(const char *text)
{
    struct date d = {0};
    if (text)
        assert_true(date_parse(str_of(text), &d));
    return d;
}

/* An article of the last feed, of one part. `author` may be NULL. */
static struct article *add_article(struct world *w, const char *date,
                                   const char *author)
{
    size_t n = w->library.entry_count++;
    struct entry *e = &w->entries[n];
    w->entry_list[n] = e;
    const struct feed *feed = &w->feeds[w->library.feed_count - 1];
    *e = (struct entry){
        .feed = feed, .published = date_of(date), .section = feed->title};
    e->id = arena_printf(w->arena, "entry %zu", n);
    if (author) {
        e->authors.items = arena_alloc(w->arena, sizeof *e->authors.items);
        e->authors.items[0].name = author;
        e->authors.len = 1;
    }
    w->articles[n] = (struct article){
        .entry = e, .title = "A title", .parts = &w->part, .part_count = 1};
    w->article_list[n] = &w->articles[n];
    return &w->articles[n];
}

static const struct book *make(struct world *w)
{
    const struct image_policy none = {.none = true};
    struct image_set *set =
        image_collect(w->article_list, w->library.entry_count, NULL);
    book_free(w->book);
    w->book = book_make(&w->library, w->article_list, set, &w->policy, &none,
                        w->spool, w->diag);
    image_set_free(set);
    return w->book;
}

static void test_titles(void **state)
{
    static const char *const names[] = {"One", "Two", "Three", "Four"};
    static const char *const titles[] = {
        "One", "One and Two", "One, Two and 1 more", "One, Two and 2 more"};
    struct world *w = *state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        add_feed(w, names[i]);
        add_article(w, NULL, NULL);
        assert_string_equal(make(w)->title, titles[i]);
        assert_int_equal(w->book->feed_count, i + 1);
    }
    w->policy.title = "Mine";
    assert_string_equal(make(w)->title, "Mine");
}

/* A feed without articles says nothing, and a feed saved twice is one. */
static void test_sections(void **state)
{
    struct world *w = *state;
    add_feed(w, "Empty");
    add_feed(w, "One");
    add_article(w, NULL, NULL);
    add_feed(w, "One");
    add_article(w, NULL, NULL);
    const struct book *b = make(w);
    assert_int_equal(b->feed_count, 1);
    assert_int_equal(b->feeds[0].count, 2);
    assert_int_equal(b->section_count, 1);
    assert_int_equal(b->sections[0].last, 2);
    assert_string_equal(b->title, "One");
}

/* Sections are what the entries say; feeds are told whatever they are. */
static void test_sections_across_feeds(void **state)
{
    static const char march[] = "March 2026", april[] = "April 2026";
    struct world *w = *state;
    add_feed(w, "One");
    add_article(w, NULL, NULL);
    add_feed(w, "Two");
    add_article(w, NULL, NULL);
    add_article(w, NULL, NULL);
    for (size_t i = 0; i < 3; i++)
        w->entries[i].section = i < 2 ? march : april;
    const struct book *b = make(w);
    assert_int_equal(b->section_count, 2);
    assert_string_equal(b->sections[0].title, march);
    assert_int_equal(b->sections[0].last, 2);
    assert_int_equal(b->feed_count, 2);
    assert_int_equal(b->feeds[0].count, 1);
    assert_int_equal(b->feeds[1].count, 2);
    assert_string_equal(b->title, "One and Two");
}

/* What was asked for is in the title and the identifier. */
static void test_choice(void **state)
{
    static const struct {
        struct book_choice choice;
        const char *from, *to, *title;
    } samples[] = {
        {{.asked = "match x\n"}, NULL, NULL, "One"},
        {{.asked = "by ada\n", .names = "Ada"}, NULL, NULL, "One: Ada"},
        {{.asked = "last 2\n", .dated = true}, NULL, NULL, "One"},
        {{.asked = "since 7d\n", .dated = true},
         "2026-03-09T10:00:00Z",
         "2026-03-09T11:00:00Z",
         "One, 9 March 2026"},
        {{.asked = "since 2026-W10\n", .dated = true},
         "2026-03-02T10:00:00Z",
         "2026-03-09T11:00:00Z",
         "One, 2 – 9 March 2026"},
        {{.asked = "since 2026-W14\n", .dated = true},
         "2026-03-27T10:00:00Z",
         "2026-04-02T11:00:00Z",
         "One, 27 March – 2 April 2026"},
        {{.asked = "new\n", .dated = true},
         "2025-12-30T10:00:00Z",
         "2026-01-02T11:00:00Z",
         "One, 30 December 2025 – 2 January 2026"},
        {{.asked = "until 2026\n", .names = "Ada, Bo", .dated = true},
         "2025-12-30T10:00:00Z",
         "2026-03-02T11:00:00Z",
         "One: Ada, Bo, December 2025 – March 2026"},
    };
    struct world *w = *state;
    add_feed(w, "One");
    add_article(w, NULL, NULL);
    add_article(w, NULL, NULL);
    const char *before = arena_strdup(w->arena, make(w)->identifier);
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        w->policy.choice = samples[i].choice;
        w->entries[0].published = date_of(samples[i].to);
        w->entries[1].published = date_of(samples[i].from);
        assert_string_equal(make(w)->title, samples[i].title);
        assert_string_not_equal(w->book->identifier, before);
        before = arena_strdup(w->arena, w->book->identifier);
    }
}

/* Of one choice a later book is the same one, unless it is of what is new. */
static void test_fresh(void **state)
{
    struct world *w = *state;
    add_feed(w, "One");
    add_article(w, NULL, NULL);
    w->policy.choice = (struct book_choice){.asked = "new\n", .fresh = true};
    const char *first = arena_strdup(w->arena, make(w)->identifier);
    assert_string_equal(make(w)->identifier, first);
    w->entries[0].id = "another";
    assert_string_not_equal(make(w)->identifier, first);
    w->policy.choice = (struct book_choice){.asked = "last 1\n"};
    const char *last = arena_strdup(w->arena, make(w)->identifier);
    w->entries[0].id = "yet another";
    assert_string_equal(make(w)->identifier, last);
}

static void test_identifier(void **state)
{
    struct world *w = *state;
    add_feed(w, "One");
    add_article(w, NULL, NULL);
    char *one = arena_strdup(w->arena, make(w)->identifier);
    assert_int_equal(strncmp(one, "urn:uuid:", 9), 0);
    assert_int_equal(strlen(one), 9 + 36);
    add_article(w, NULL, NULL);
    assert_string_equal(make(w)->identifier, one);
    add_feed(w, "Two");
    add_article(w, NULL, NULL);
    char *two = arena_strdup(w->arena, make(w)->identifier);
    assert_string_not_equal(one, two);
    w->feeds[0].id = "urn:feed:Two";
    w->feeds[1].id = "urn:feed:One";
    assert_string_equal(make(w)->identifier, two);
    w->policy.identifier = "urn:isbn:9780000000000";
    assert_string_equal(make(w)->identifier, "urn:isbn:9780000000000");
}

static void test_dates(void **state)
{
    static const struct {
        const char *from, *to, *range;
    } samples[] = {
        {"2026-03-27T10:00:00Z", "2026-03-27T23:00:00Z", "27 March 2026"},
        {"2026-03-01T10:00:00Z", "2026-03-27T10:00:00Z", "March 2026"},
        {"2026-03-01T10:00:00Z", "2026-06-27T10:00:00Z", "March – June 2026"},
        {"2024-03-01T10:00:00Z", "2026-03-27T10:00:00Z",
         "March 2024 – March 2026"},
        /* each at its author's own clock */
        {"2026-02-28T23:30:00-05:00", "2026-03-01T00:30:00Z",
         "February – March 2026"},
    };
    struct world *w = *state;
    add_feed(w, "One");
    add_article(w, NULL, NULL);
    struct entry *to = w->entries;
    assert_null(make(w)->range);
    assert_null(w->book->date);
    add_article(w, NULL, NULL);
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        to->published = date_of(samples[i].to);
        w->entries[1].published = date_of(samples[i].from);
        assert_string_equal(make(w)->range, samples[i].range);
    }
}

/* The clock is never asked. */
static void test_modified(void **state)
{
    struct world *w = *state;
    struct feed *f = add_feed(w, "One");
    add_article(w, NULL, NULL);
    assert_string_equal(make(w)->modified, "1980-01-01T00:00:00Z");
    f->updated = date_of("2020-01-02T03:04:05+01:00");
    assert_string_equal(make(w)->modified, "2020-01-02T02:04:05Z");
    w->entries[0].published = date_of("2019-01-01T00:00:00Z");
    assert_string_equal(make(w)->modified, "2019-01-01T00:00:00Z");
    assert_string_equal(w->book->date, "2019-01-01");
    w->entries[0].updated = date_of("2021-01-01T00:00:00Z");
    assert_string_equal(make(w)->modified, "2021-01-01T00:00:00Z");
    assert_string_equal(w->book->date, "2019-01-01");
    w->policy.modified = date_of("2001-02-03T04:05:06Z");
    assert_string_equal(make(w)->modified, "2001-02-03T04:05:06Z");
}

static void test_language(void **state)
{
    static const char *const languages[] = {"de", "he-IL", "fr", "he-il"};
    struct world *w = *state;
    add_feed(w, "One");
    add_article(w, NULL, NULL);
    assert_string_equal(make(w)->language, "en");
    assert_int_equal(diag_count(w->diag, DIAG_NOTE), 1);
    assert_false(w->book->rtl);
    for (size_t i = 0; i < ARRAY_LEN(languages); i++)
        add_article(w, NULL, NULL)->language = languages[i];
    assert_string_equal(make(w)->language, "he-IL");
    assert_true(w->book->rtl);
    assert_int_equal(diag_count(w->diag, DIAG_NOTE), 1);
    w->policy.language = "nl";
    assert_string_equal(make(w)->language, "nl");
}

/* Where articles are of two minds, the feed's own word decides. */
static void test_language_tie(void **state)
{
    struct world *w = *state;
    add_feed(w, "One")->language = "en-us";
    add_article(w, NULL, NULL)->language = "he";
    add_article(w, NULL, NULL)->language = "en-US";
    assert_string_equal(make(w)->language, "en-US");
    assert_false(w->book->rtl);
}

static void check_people(const char **people, size_t count,
                         const char *expected)
{
    struct buf text = buf_make(BUF_LINE);
    for (size_t i = 0; i < count; i++)
        buf_printf(&text, "%s;", people[i]);
    buf_char(&text, '\0');
    assert_string_equal(text.data, expected);
    buf_free(&text);
}

static void test_people(void **state)
{
    static const char *const names[] = {"Ada", "ADA", "Bo", " ", "Cy"};
    struct world *w = *state;
    add_feed(w, "One");
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        add_article(w, NULL, names[i]);
    const struct book *b = make(w);
    check_people(b->creators, b->creator_count, "Ada;Bo;Cy;");
    check_people(b->contributors, b->contributor_count, "");
    add_article(w, NULL, "Di");
    b = make(w);
    check_people(b->creators, b->creator_count, "One;");
    check_people(b->contributors, b->contributor_count, "Ada;Bo;Cy;Di;");
    w->policy.author = "bo";
    b = make(w);
    check_people(b->creators, b->creator_count, "bo;");
    check_people(b->contributors, b->contributor_count, "Ada;Cy;Di;");
    w->policy.author = NULL;
    add_feed(w, "Two");
    add_article(w, NULL, NULL);
    b = make(w);
    check_people(b->creators, b->creator_count, "Various authors;");
}

static void test_subjects(void **state)
{
    static const char *words[] = {"rust", "go", "GO", "c"};
    struct world *w = *state;
    add_feed(w, "One");
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        add_article(w, NULL, NULL);
        w->entries[i].categories = &words[i];
        w->entries[i].category_count = 1;
    }
    const struct book *b = make(w);
    check_people(b->subjects, b->subject_count, "go;rust;c;");
}

static void test_description(void **state)
{
    struct world *w = *state;
    struct feed *f = add_feed(w, "One");
    char text[2003];
    memset(text, 'x', sizeof text);
    memcpy(text + 1999, "\xc3\xa9", 3);
    f->description = text;
    f->rights = "Mine";
    add_article(w, NULL, NULL);
    assert_int_equal(strlen(make(w)->description), 1999);
    assert_string_equal(w->book->publisher, "One");
    assert_string_equal(w->book->rights, "Mine");
    add_feed(w, "Two");
    add_article(w, NULL, NULL);
    assert_null(make(w)->description);
    assert_null(w->book->publisher);
    assert_null(w->book->rights);
}

/* A name is of its article alone. */
static void test_member_names(void **state)
{
    struct world *w = *state;
    struct part parts[2] = {0};
    add_feed(w, "One");
    struct article *a = add_article(w, NULL, NULL);
    a->parts = parts;
    a->part_count = 2;
    const struct chapter *c = make(w)->chapters;
    char *name = arena_strdup(w->arena, c->files[0]);
    assert_int_equal(strlen(name), strlen("a0123456789.xhtml"));
    assert_int_equal(strspn(name, "0123456789abcdef"), 11);
    assert_string_equal(c->files[1],
                        arena_printf(w->arena, "%.11s-2.xhtml", name));
    add_article(w, "2026-03-27T10:00:00Z", NULL);
    c = make(w)->chapters;
    assert_string_equal(c[0].files[0], name);
    assert_string_not_equal(c[1].files[0], name);
}

/* The contents as text: "Title>file#id(Title>file …)", files by number. */
static void put_contents(const struct book *b, const struct toc_entry *e,
                         struct buf *out)
{
    for (size_t i = e->first; i < e->first + e->count; i++) {
        const struct toc_entry *below = &b->contents[i];
        buf_printf(out, "%zu:%zu %s", below->number, below->place,
                   below->title);
        if (below->fragment)
            buf_printf(out, " #%s", below->fragment);
        if (below->count) {
            buf_puts(out, " (");
            put_contents(b, below, out);
            buf_char(out, ')');
        }
        buf_puts(out, i + 1 < e->first + e->count ? ", " : "");
    }
}

static void check_contents(const struct book *b, unsigned depth,
                           const char *expected)
{
    struct buf text = buf_make(BUF_LINE);
    put_contents(b, b->contents, &text);
    buf_char(&text, '\0');
    assert_string_equal(text.data, expected);
    assert_int_equal(b->depth, depth);
    buf_free(&text);
}

/* Levels may have gaps; the first heading of a part is found in its file; one
 * target has one place. */
static void test_contents(void **state)
{
    static const char *first[] = {"a", "b"}, *last[] = {"c", "d"};
    static struct heading headings[] = {
        {"b", "B", 1}, {"a", "A", 4}, {"c", "C", 2}, {"d", "D", 1}};
    struct world *w = *state;
    struct part parts[3] = {[0] = {.ids = first, .id_count = 2},
                            [2] = {.ids = last, .id_count = 2}};
    add_feed(w, "One");
    struct article *a = add_article(w, NULL, NULL);
    check_contents(make(w), 1, "1:1 A title");
    a->parts = parts;
    a->part_count = ARRAY_LEN(parts);
    a->headings = headings;
    a->heading_count = ARRAY_LEN(headings);
    const struct book *b = make(w);
    check_contents(b, 3,
                   "1:1 A title (2:2 B #b (3:3 A #a, 4:4 C #c), 5:5 D #d)");
    assert_string_equal(b->contents[2].file, b->chapters[0].files[0]);
    assert_string_equal(b->contents[3].file, b->chapters[0].files[2]);
    add_article(w, NULL, NULL);
    add_feed(w, "Two");
    add_article(w, NULL, NULL);
    a->heading_count = 1;
    check_contents(make(w), 3,
                   "1:1 One (2:1 A title (3:2 B #b), 4:3 A title), "
                   "5:4 Two (6:4 A title)");
}

static void test_no_cover(void **state)
{
    struct world *w = *state;
    add_feed(w, "One");
    add_article(w, NULL, NULL);
    assert_null(make(w)->cover.name);
}

static void test_file_name(void **state)
{
    static const struct {
        const char *title, *name;
    } samples[] = {
        {"Plain title", "Plain title.epub"},
        {"a/b\\c:d*e?f\"g<h>i|j", "a b c d e f g h i j.epub"},
        {"..  hidden. . ", "hidden.epub"},
        {"-- an option", "an option.epub"},
        {"Line\nbreak\ttab", "Line break tab.epub"},
        {"???", "book.epub"},
        {"CON", "book CON.epub"},
        {"lpt1.txt", "book lpt1.txt.epub"},
        {"lpt0", "lpt0.epub"},
        {"console", "console.epub"},
        {"Ünïcödé — 本", "Ünïcödé — 本.epub"},
    };
    struct world *w = *state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++)
        assert_string_equal(book_file_name(w->arena, samples[i].title, NULL),
                            samples[i].name);
    assert_string_equal(book_file_name(w->arena, "Boats.", "(3a)"),
                        "Boats (3a).epub");
    char title[3 * 100 + 1] = "";
    for (int i = 0; i < 100; i++)
        memcpy(title + 3 * i, "\xe6\x9c\xac", 4);
    char *name = book_file_name(w->arena, title, "(0123456789)");
    assert_true(strlen(name) <= 120 && strlen(name) > 110);
    assert_true(str_ends(str_of(name), STR(" (0123456789).epub")));
    assert_int_equal(utf8_valid(str_of(name)), strlen(name));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_titles),
        TEST(test_sections),
        TEST(test_sections_across_feeds),
        TEST(test_choice),
        TEST(test_fresh),
        TEST(test_identifier),
        TEST(test_dates),
        TEST(test_modified),
        TEST(test_language),
        TEST(test_language_tie),
        TEST(test_people),
        TEST(test_subjects),
        TEST(test_description),
        TEST(test_contents),
        TEST(test_no_cover),
        TEST(test_member_names),
        TEST(test_file_name),
    };
    return cmocka_run_group_tests_name("book", tests, NULL, NULL);
}
