/* Feeds that are cut off at any byte: every article that is whole in what is
 * left is read as it is in the whole feed, and one more at most, marked. */

#include "base/mem.h"
#include "feed/feed.h"
#include "scratch.h"
#include "xml/html.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    const char *text, *end; /* of an article */
} feeds[] = {
    {"<?xml version=\"1.0\" encoding='utf-8'?>\n<!-- x -->\n"
     "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/"
     "content/'><channel><title>Caf\u00E9 &amp; more</title>\n"
     "<item><title>One &lt;1&gt;</title><guid>tag:1</guid><description>&lt;p"
     "&gt;Sm\u00F8rrebr\u00F8d &amp;amp; tea&lt;/p&gt;</description></item>\n"
     "<item><guid>https://example.org/2</guid><content:encoded><![CDATA[<p>Two "
     "]] > <b>&nbsp;bold</b></p>]]></content:encoded><title>2</title></item>\n"
     "<item><title>Three</title><link>https://example.org/3</"
     "link><pubDate>Mon, "
     "02 Mar 2026 10:00:00 GMT</pubDate><description>AT&T &eacute; <b class=x>"
     "raw</b></description></item>\n</channel></rss>\n",
     "</item>"},
    {"<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><entry><id>"
     "urn:1</id><title type='html'>&lt;i&gt;One&lt;/i&gt;</title><content "
     "type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>\u65E5\u672C"
     "<br/>x</p></div></content></entry><entry><id>urn:2</id><link href='https:"
     "//example.org/2'/><updated>2026-03-02T10:00:00Z</updated><summary>Two"
     "</summary></entry></feed>",
     "</entry>"},
    {"{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"J\",\n"
     "\"items\": [{\"title\": \"One\", \"content_html\": "
     "\"<p>\\u00e9\\n</p>\", "
     "\"id\": \"1\"},\n{\"id\": \"2\", \"content_text\": \"Two\", \"url\": "
     "\"https://example.org/2\", \"_x\": [1, {\"y\": 2}], \"title\": "
     "\"2\"}\n]}",
     "\"},\n"},
};

/* A library, and what it was read from. */
struct reading {
    struct spool *spool;
    struct library *library;
    size_t failed;
};

static struct reading read_text(const char *path, struct str text)
{
    struct reading r = {.spool = spool_new()};
    struct diag *diag = diag_new();
    assert_true(scratch_put(path, text.p, text.n));
    struct feed_policy policy = feed_policy_make();
    policy.files = &path;
    policy.file_count = 1;
    r.library = feed_read(&policy, r.spool, diag, &r.failed);
    diag_free(diag);
    return r;
}

static void free_reading(struct reading *r)
{
    library_free(r->library);
    spool_free(r->spool);
}

static void assert_same_text(const char *a, const char *b)
{
    assert_string_equal(a ? a : "(none)", b ? b : "(none)");
}

static void assert_same(const struct reading *a, const struct reading *b,
                        size_t i)
{
    const struct entry *x = a->library->entries[i], *y = b->library->entries[i];
    struct buf text_x = buf_make(BUF_BODY), text_y = buf_make(BUF_BODY);
    spool_get(a->spool, x->content.span, &text_x);
    spool_get(b->spool, y->content.span, &text_y);
    assert_same_text(x->id, y->id);
    assert_same_text(x->title, y->title);
    assert_same_text(x->link, y->link);
    assert_string_equal(text_x.data, text_y.data);
    assert_int_equal(x->published.seconds, y->published.seconds);
    assert_int_equal(x->updated.seconds, y->updated.seconds);
    buf_free(&text_x);
    buf_free(&text_y);
}

/* How many articles end in this text. */
static size_t count_whole(struct str text, const char *end)
{
    size_t n = 0;
    for (size_t at; (at = str_find(text, str_of(end))) < text.n; n++)
        text = str_sub(text, at + 1, text.n);
    return n;
}

/* Nothing that an article is told by is taken from half of it. */
static void assert_no_half(const struct reading *cut,
                           const struct reading *whole)
{
    size_t i = cut->library->entry_count - 1;
    const struct entry *x = cut->library->entries[i],
                       *y = whole->library->entries[i];
    if (x->link)
        assert_same_text(x->link, y->link);
    if (x->published.known)
        assert_int_equal(x->published.seconds, y->published.seconds);
    if (str_find(str_of(x->id), STR("sha256:")))
        assert_true(strcmp(x->id, y->id) == 0 ||
                    (x->link && strcmp(x->id, x->link) == 0));
}

static void test_cut_anywhere(void **state)
{
    struct arena *a = arena_new();
    const char *path = file_join(a, *state, "feed");
    for (size_t f = 0; f < ARRAY_LEN(feeds); f++) {
        struct str text = str_of(feeds[f].text);
        struct reading whole = read_text(path, text);
        assert_int_equal(whole.failed, 0);
        for (size_t n = 1; n < text.n; n++) {
            struct str left = str_sub(text, 0, n);
            struct reading cut = read_text(path, left);
            size_t ended = count_whole(left, feeds[f].end);
            size_t got = cut.failed ? 0 : cut.library->entry_count;
            assert_in_range(got, ended, ended + 1);
            for (size_t i = 0; i < got; i++) {
                bool is_cut = cut.library->entries[i]->cut;
                if (!is_cut)
                    assert_same(&cut, &whole, i);
                assert_true(i >= ended || !is_cut);
            }
            if (got > ended && cut.library->entries[ended]->cut)
                assert_no_half(&cut, &whole);
            free_reading(&cut);
        }
        free_reading(&whole);
    }
    arena_free(a);
}

int main(void)
{
    struct arena *a = arena_new();
    char *folder = scratch_make(a);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(test_cut_anywhere, folder),
    };
    xml_init();
    int failed = cmocka_run_group_tests_name("cut", tests, NULL, NULL);
    xml_end();
    scratch_remove(folder);
    arena_free(a);
    return failed;
}
