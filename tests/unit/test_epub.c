/* What becomes of holes and frames, what pages say, and the written book.
 * Parts are written down as tests/dump/article.c prints them:
 *
 *     {image 0}  {link 1}…{/link 1}  {?2}…{?}
 */

#include "epub/epub_int.h"
#include "image/image_int.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

enum { ARTICLES = 2, PARTS = 2, PIECES_MAX = 16 };

static struct image_ref images[] = {
    {.url = "https://www.example.org/a.png", .alt = "A & B"},
    {.url = "https://example.org/b.png", .alt = "", .setting = IMAGE_LINE},
    {.url = "https://example.org/c.png", .alt = "C", .in_link = true},
    {.url = NULL, .alt = "<drawn>"},
};

enum { LARGE = 400 }; /* pixels of a picture on both sides */

static struct link_ref links[] = {
    {.article = 1},
    {.article = 1, .fragment = "there", .web = "https://example.org/1#there"},
    {.article = 0, .fragment = "here"},
    {.article = 1, .fragment = "gone", .web = "https://example.org/?a&b"},
    {.article = 1, .fragment = "gone"},
};

static struct frame frames[] = {
    {0},
    {0, 1, KEEP_SHOWN},
    {0, 1, KEEP_PLACEHOLDER},
    {0, 1, KEEP_SHOWN | KEEP_PLACEHOLDER},
    {0, 3, KEEP_SHOWN},
    {0, 1, KEEP_LARGE},
    {0, 1, KEEP_SMALL},
};

static const char *here[] = {"here"}, *there[] = {"there", "zoo"};

struct world {
    struct arena *arena;
    struct spool *spool;
    struct diag *diag;
    struct feed feed, other;
    struct entry entries[ARTICLES];
    struct article articles[ARTICLES], *list[ARTICLES];
    struct part parts[ARTICLES][PARTS];
    struct image_set *set;
    struct image_file file[2];
    const struct image_file *shown[1];
    struct library library;
    struct book_policy book_policy;
    struct book *book;
    struct epub_policy policy;
    struct epub epub;
};

/* ---- parts as they are written down ---- */

/* Read a hole off the front of *text, which begins with "{"; what stands for
 * text leaves the kind alone. */
static void read_hole(struct str *text, struct piece *p)
{
    size_t end = str_chr(*text, '}');
    struct str hole = str_sub(*text, 1, end - 1);
    size_t digit = 0;
    while (digit < hole.n && !chr_digit(hole.p[digit]))
        digit++;
    uint32_t n = digit < hole.n ? (uint32_t)atoi(hole.p + digit) : 0;
    *text = str_sub(*text, end + 1, text->n);
    if (str_starts(hole, STR("?"))) {
        p->frame = n;
        return;
    }
    p->n = n;
    p->kind = str_starts(hole, STR("image"))  ? PIECE_IMAGE
              : str_starts(hole, STR("link")) ? PIECE_LINK_START
                                              : PIECE_LINK_END;
}

static void set_part(struct world *w, struct part *part, const char *notation)
{
    struct buf xhtml = buf_make(BUF_LINE);
    uint32_t frame = 0;
    part->pieces = arena_alloc(w->arena, PIECES_MAX * sizeof *part->pieces);
    part->piece_count = 0;
    for (struct str text = str_of(notation); text.n;) {
        struct piece piece = {.frame = frame, .kind = PIECE_TEXT};
        if (*text.p == '{') {
            read_hole(&text, &piece);
            frame = piece.frame;
        } else {
            piece.n = (uint32_t)str_chr(text, '{');
            buf_str(&xhtml, str_sub(text, 0, piece.n));
            text = str_sub(text, piece.n, text.n);
        }
        assert_true(part->piece_count < PIECES_MAX);
        if (piece.kind != PIECE_TEXT || piece.n)
            part->pieces[part->piece_count++] = piece;
    }
    part->xhtml = spool_put(w->spool, xhtml.data, xhtml.len);
    buf_free(&xhtml);
}

/* ---- the world ---- */

static void set_article(struct world *w, size_t n)
{
    struct article *a = &w->articles[n];
    w->entries[n] = (struct entry){.feed = &w->feed,
                                   .id = arena_printf(w->arena, "entry %zu", n),
                                   .section = w->feed.title};
    *a = (struct article){.entry = &w->entries[n],
                          .title = n ? "Second <b>" : "First",
                          .parts = w->parts[n],
                          .part_count = PARTS,
                          .images = images,
                          .image_count = ARRAY_LEN(images),
                          .links = links,
                          .link_count = ARRAY_LEN(links),
                          .frames = frames,
                          .frame_count = ARRAY_LEN(frames)};
    w->list[n] = a;
    for (size_t i = 0; i < PARTS; i++)
        set_part(w, &w->parts[n][i], "<p>Text</p>");
}

static void set_image(struct world *w, size_t n, enum image_state state,
                      enum image_fault fault)
{
    struct image *image = &w->set->wanted[w->set->refs[n]].image;
    w->file[0] = (struct image_file){.media_type = "image/png",
                                     .name = "i0123456789.png",
                                     .data = spool_put(w->spool, "picture", 7),
                                     .width = LARGE,
                                     .height = LARGE};
    w->shown[0] = &w->file[0];
    *image = (struct image){.state = state, .fault = fault};
    if (state == IMAGE_SHOWN) {
        image->source.width = image->source.height = LARGE;
        image->files = w->file;
        image->file_count = 1;
        w->set->files = w->shown;
        w->set->file_count = 1;
    }
}

/* Bind the articles as they are now. */
static void bind(struct world *w)
{
    const struct image_policy none = {.none = true};
    book_free(w->book);
    w->book = book_make(&w->library, w->list, w->set, &w->book_policy, &none,
                        w->spool, w->diag);
    w->policy.version = "9.9";
    w->epub = (struct epub){.book = w->book,
                            .images = w->set,
                            .policy = &w->policy,
                            .spool = w->spool,
                            .arena = w->arena};
    assert_true(templates_load(&w->epub.templates, w->policy.templates,
                               w->arena, w->diag));
    resources_list(&w->epub, (struct span){0});
}

static int set_up(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    static struct feed *feed_list[2];
    static struct entry *entry_list[ARTICLES];
    *state = w;
    w->arena = arena_new();
    w->spool = spool_new();
    w->diag = diag_new();
    w->feed = (struct feed){.file = "f.xml", .id = "f", .title = "Feed & Co"};
    w->other = (struct feed){.file = "o.xml", .id = "o", .title = "Other"};
    for (size_t i = 0; i < ARTICLES; i++) {
        set_article(w, i);
        entry_list[i] = &w->entries[i];
    }
    feed_list[0] = &w->feed;
    feed_list[1] = &w->other;
    w->library = (struct library){.feeds = feed_list,
                                  .feed_count = 2,
                                  .entries = entry_list,
                                  .entry_count = ARTICLES};
    w->parts[0][0].ids = here;
    w->parts[0][0].id_count = ARRAY_LEN(here);
    w->parts[1][1].ids = there;
    w->parts[1][1].id_count = ARRAY_LEN(there);
    w->set = image_collect(w->list, ARTICLES, NULL);
    for (size_t i = 0; i < w->set->wanted_count; i++)
        w->set->wanted[i].image.state = IMAGE_VANISHED;
    bind(w);
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    book_free(w->book);
    image_set_free(w->set);
    diag_free(w->diag);
    spool_free(w->spool);
    arena_free(w->arena);
    free(w);
    return 0;
}

/* The first article's part, written down so, becomes this. */
static void check_part(struct world *w, size_t part, const char *notation,
                       const char *expected)
{
    struct buf out = buf_make(BUF_LINE);
    set_part(w, &w->parts[0][part], notation);
    assert_true(part_fill(&w->epub, &w->book->chapters[0], part, &out));
    buf_char(&out, '\0');
    assert_string_equal(out.data, expected);
    buf_free(&out);
}

#define IMG_OF(class)                                                          \
    "<img src=\"i0123456789.png\" alt=\"A &amp; B\"" class "/>"
#define SHOWN   IMG_OF("")
#define MISSING "<a class=\"missing\" href=\"https://www.example.org/a.png\">"

/* ---- pictures ---- */

static void test_shown(void **state)
{
    struct world *w = *state;
    set_image(w, 0, IMAGE_SHOWN, IMAGE_OK);
    set_image(w, 1, IMAGE_SHOWN, IMAGE_OK);
    check_part(w, 0, "<p>{image 0}</p>", "<p>" SHOWN "</p>");
    check_part(w, 0, "{image 1}",
               "<img src=\"i0123456789.png\" alt=\"\" class=\"block\"/>");
    struct image_ref others[ARRAY_LEN(images)];
    memcpy(others, images, sizeof images);
    others[1].site = "x.example";
    w->articles[0].images = others;
    check_part(w, 0, "{image 1}",
               "<img src=\"i0123456789.png\" alt=\"x.example\" "
               "class=\"block\"/>");
    set_image(w, 1, IMAGE_PLACEHOLDER, IMAGE_NOT_SAVED);
    check_part(w, 0, "{image 1}",
               "<a class=\"missing\" href=\"https://example.org/b.png\">"
               "[Image (not saved, example.org)]</a>");
}

/* One that is small stands in a line; of a row, only wide ones do not. */
static void test_sizes(void **state)
{
    static const char part[] = "{?5}<f>{?6}<p>{?}{image 0}{?6}</p>{?5}</f>{?}";
    struct world *w = *state;
    struct image_ref others[ARRAY_LEN(images)];
    memcpy(others, images, sizeof images);
    others[0].setting = IMAGE_ROW;
    w->articles[0].images = others;
    set_image(w, 0, IMAGE_SHOWN, IMAGE_OK);
    struct image *image = &w->set->wanted[w->set->refs[0]].image;
    check_part(w, 0, part, "<f>" IMG_OF(" class=\"block\"") "</f>");
    w->file[0].width = 299;
    check_part(w, 0, part, "<f>" IMG_OF("") "</f>");
    others[0].width = 64;
    check_part(w, 0, part, "<p>" IMG_OF(" class=\"line w64\"") "</p>");
    others[0].width = 0;
    w->file[1] = w->file[0];
    w->file[1].name = "i0123456789-2.png";
    image->file_count = 2;
    check_part(
        w, 0, part,
        "<f>" IMG_OF(" class=\"piece\"") "<img "
                                         "src=\"i0123456789-2.png\" alt=\"\" "
                                         "class=\"piece\"/></f>");
}

static void test_small(void **state)
{
    static const struct {
        unsigned width, height;                /* the file's */
        unsigned to_width, to_height, density; /* as the author wants it */
        unsigned small;
    } cases[] = {
        {14, 14, 0, 0, 0, 14},         {320, 64, 0, 0, 0, 320},
        {321, 64, 0, 0, 0, 0},         {320, 65, 0, 0, 0, 0},
        {640, 128, 320, 64, 0, 320},   {640, 128, 0, 64, 0, 320},
        {640, 128, 0, 0, 2000, 320},   {640, 128, 0, 0, 1000, 0},
        {16, 16, 64, 64, 0, 64},       {16, 16, 65, 65, 0, 0},
        {16, 16, 600, 16, 0, 0},       {1, 64, 0, 1, 0, 1},
        {0, 0, 16, 16, 0, 0},          {4000000000, 4000000000, 20, 0, 0, 20},
        {1, 4000000000, 300, 0, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const struct image image = {
            .source = {0, cases[i].width, cases[i].height}};
        const struct image_ref ref = {.width = cases[i].to_width,
                                      .height = cases[i].to_height,
                                      .density = cases[i].density};
        assert_int_equal(image_small(&image, &ref), cases[i].small);
    }
}

static void test_placeholders(void **state)
{
    struct world *w = *state;
    set_image(w, 0, IMAGE_PLACEHOLDER, IMAGE_NOT_FOUND);
    set_image(w, 1, IMAGE_PLACEHOLDER, IMAGE_NOT_SAVED);
    set_image(w, 2, IMAGE_PLACEHOLDER, IMAGE_TOO_LARGE);
    set_image(w, 3, IMAGE_PLACEHOLDER, IMAGE_BROKEN);
    check_part(w, 0, "{image 0}",
               MISSING "[Image: A &amp; B (not found, example.org)]</a>");
    check_part(w, 0, "{image 1}",
               "<a class=\"missing\" href=\"https://example.org/b.png\">"
               "[Image (not saved, example.org)]</a>");
    check_part(w, 0, "<a>{image 2}</a>",
               "<a><span class=\"missing\">"
               "[Image: C (too large, example.org)]</span></a>");
    check_part(w, 0, "{image 3}",
               "<span class=\"missing\">"
               "[Image: &lt;drawn&gt; (broken file)]</span>");
}

static void test_vanished(void **state)
{
    check_part(*state, 0, "<p>a{image 0}b</p>", "<p>ab</p>");
}

#define FRAMED "{?1}<s>{?2}<m>{?3}<e>{?}{image 0}{?3}</e>{?2}</m>{?1}</s>{?}"

static void test_frames(void **state)
{
    struct world *w = *state;
    check_part(w, 0, FRAMED ".", ".");
    set_image(w, 0, IMAGE_SHOWN, IMAGE_OK);
    check_part(w, 0, FRAMED ".", "<s><e>" SHOWN "</e></s>.");
    set_image(w, 0, IMAGE_PLACEHOLDER, IMAGE_NOT_FOUND);
    check_part(w, 0, FRAMED ".",
               "<m><e>" MISSING
               "[Image: A &amp; B (not found, example.org)]</a></e></m>.");
}

/* One of several is enough; and a frame takes its pictures and links along. */
static void test_frame_of_several(void **state)
{
    struct world *w = *state;
    const char *part = "{?4}a{image 2}{link 0}b{/link 0}{?}c";
    check_part(w, 0, part, "c");
    set_image(w, 3, IMAGE_SHOWN, IMAGE_OK);
    set_image(w, 2, IMAGE_PLACEHOLDER, IMAGE_NOT_FOUND);
    check_part(w, 0, part, "c");
    set_image(w, 2, IMAGE_SHOWN, IMAGE_OK);
    check_part(w, 0, part,
               arena_printf(w->arena,
                            "a<img src=\"i0123456789.png\" alt=\"C\"/>"
                            "<a href=\"%s\">b</a>c",
                            w->book->chapters[1].files[0]));
}

/* ---- links ---- */

static void test_links(void **state)
{
    struct world *w = *state;
    const struct chapter *c = w->book->chapters;
    check_part(w, 0, "{link 0}x{/link 0}",
               arena_printf(w->arena, "<a href=\"%s\">x</a>", c[1].files[0]));
    check_part(
        w, 0, "{link 1}x{/link 1}",
        arena_printf(w->arena, "<a href=\"%s#there\">x</a>", c[1].files[1]));
    check_part(w, 0, "{link 2}x{/link 2}", "<a href=\"#here\">x</a>");
    check_part(
        w, 1, "{link 2}x{/link 2}",
        arena_printf(w->arena, "<a href=\"%s#here\">x</a>", c[0].files[0]));
    check_part(w, 0, "{link 3}x{/link 3}",
               "<a href=\"https://example.org/?a&amp;b\">x</a>");
    check_part(w, 0, "a{link 4}<i>x</i>{/link 4}b", "a<i>x</i>b");
}

/* ---- pages ---- */

/* The page of this name. */
static const char *page(struct world *w, const char *name)
{
    struct buf out = buf_make(BUF_BODY);
    for (size_t i = 0; i < w->epub.resource_count; i++)
        if (strcmp(w->epub.resources[i].name, name) == 0)
            page_render(&w->epub, &w->epub.resources[i], &out);
    const char *text = arena_str(w->arena, buf_view(&out));
    buf_free(&out);
    return text;
}

#define assert_has(text, part)   assert_non_null(strstr(text, part))
#define assert_lacks(text, part) assert_null(strstr(text, part))

static void test_chapter(void **state)
{
    struct world *w = *state;
    struct person ada = {.name = "Ada <A>"};
    struct entry *e = &w->entries[1];
    const char *const *files = w->book->chapters[1].files;
    const char *text = page(w, files[0]);
    assert_has(text, "<h1 id=\"fb-title\">Second &lt;b&gt;</h1>");
    assert_has(text, "<p>Text</p>\n");
    assert_lacks(text, "byline");
    assert_lacks(text, "kicker");
    assert_lacks(text, "<footer");
    e->authors = (struct people){&ada, 1};
    e->link = "https://www.example.org/?a&b";
    assert_true(date_parse(STR("2026-03-27T10:00:00+02:00"), &e->published));
    text = page(w, files[0]);
    assert_has(text, "<span class=\"author\">Ada &lt;A&gt;</span> · "
                     "<time datetime=\"2026-03-27T10:00:00+02:00\">"
                     "27 March 2026</time>");
    assert_lacks(text, "<footer");
    text = page(w, files[1]);
    assert_lacks(text, "<h1");
    assert_has(text, "aria-label=\"Second &lt;b&gt;, part 2\"");
    assert_has(text, "<a href=\"https://www.example.org/?a&amp;b\">"
                     "Read the original at example.org</a>");
}

static void test_languages(void **state)
{
    struct world *w = *state;
    w->articles[1].language = "he";
    w->articles[1].direction = DIRECTION_RTL;
    w->book_policy.language = "fr";
    bind(w);
    const char *text = page(w, w->book->chapters[0].files[0]);
    assert_has(text, " lang=\"fr\" xml:lang=\"fr\">");
    assert_has(text, "class=\"chapter\"");
    text = page(w, w->book->chapters[1].files[1]);
    assert_has(text, " lang=\"he\" xml:lang=\"he\" dir=\"rtl\">");
    assert_has(text, "class=\"chapter rtl\"");
    w->book_policy.language = "ar";
    bind(w);
    text = page(w, w->book->chapters[0].files[0]);
    assert_has(text, " lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">");
    assert_has(page(w, "package.opf"), "page-progression-direction=\"rtl\"");
}

/* The reading order is the spine's, whatever the archive's is. */
static void test_spine(void **state)
{
    static const char *const ids[] = {
        "\"title\"", "\"nav\"", NULL, NULL, NULL, NULL, "\"sources\""};
    struct world *w = *state;
    const char *spine = strstr(page(w, "package.opf"), "<spine");
    size_t refs = 0;
    for (const char *at = spine; (at = strstr(at, "idref=")); refs++) {
        at += strlen("idref=");
        assert_true(refs < ARRAY_LEN(ids));
        if (ids[refs])
            assert_int_equal(strncmp(at, ids[refs], strlen(ids[refs])), 0);
    }
    assert_int_equal(refs, ARRAY_LEN(ids));
}

static void test_no_cover(void **state)
{
    struct world *w = *state;
    assert_lacks(page(w, "package.opf"), "cover");
    assert_lacks(page(w, "nav.xhtml"), "cover");
    assert_string_equal(page(w, "cover.xhtml"), "");
}

static void test_access(void **state)
{
    struct world *w = *state;
    const char *text = page(w, "package.opf");
    assert_lacks(text, "visual");
    assert_lacks(text, "alternativeText");
    assert_has(text, "accessModeSufficient\">textual</meta>");
    set_image(w, 0, IMAGE_SHOWN, IMAGE_OK);
    bind(w);
    text = page(w, "package.opf");
    assert_has(text, "accessMode\">visual</meta>");
    assert_has(text, "alternativeText");
    set_image(w, 1, IMAGE_SHOWN, IMAGE_OK);
    bind(w);
    text = page(w, "package.opf");
    assert_lacks(text, "alternativeText");
    assert_lacks(text, "accessModeSufficient\">textual</meta>");
}

static void test_two_feeds(void **state)
{
    struct world *w = *state;
    const char *text = page(w, "nav.xhtml");
    assert_lacks(text, "Feed &amp; Co");
    w->entries[1].feed = &w->other;
    w->entries[1].section = w->other.title;
    bind(w);
    const char *file = w->book->chapters[1].files[0];
    assert_has(page(w, "nav.xhtml"),
               arena_printf(w->arena,
                            "<li><a class=\"group\" href=\"%s\">Other</a>\n"
                            "<ol>\n<li><a href=\"%s\">",
                            file, file));
    text = page(w, "toc.ncx");
    assert_has(text, "<meta name=\"dtb:depth\" content=\"2\"/>");
    assert_has(text, "<navPoint id=\"n1\" playOrder=\"1\">");
    assert_has(text, "<navPoint id=\"n2\" playOrder=\"1\">");
    assert_has(text, "<navPoint id=\"n3\" playOrder=\"2\">");
    assert_has(text, "<navPoint id=\"n4\" playOrder=\"2\">");
    assert_has(page(w, file), "<p class=\"kicker\">Other</p>");
}

/* The second article is in another language, and a heading in its second
 * part. */
static void test_contents(void **state)
{
    static struct heading headings[] = {{"there", "A & B", 1},
                                        {"zoo", "Below", 2}};
    struct world *w = *state;
    struct article *a = &w->articles[1];
    a->headings = headings;
    a->heading_count = ARRAY_LEN(headings);
    a->language = "he";
    a->direction = DIRECTION_RTL;
    w->articles[0].language = "en-GB";
    w->book_policy.language = "en-US";
    bind(w);
    const char *file = w->book->chapters[1].files[1];
    const char *text = page(w, "nav.xhtml");
    assert_has(text, ".xhtml\">First</a></li>");
    assert_has(text, ".xhtml\" lang=\"he\" xml:lang=\"he\" dir=\"rtl\">"
                     "Second &lt;b&gt;</a>\n<ol>\n");
    assert_has(text,
               arena_printf(w->arena,
                            "<li><a class=\"within\" href=\"%s#there\"", file));
    assert_has(text, ">A &amp; B</a>\n<ol>\n<li><a class=\"within\"");
    text = page(w, "toc.ncx");
    assert_has(text, "<meta name=\"dtb:depth\" content=\"3\"/>");
    assert_has(text,
               arena_printf(w->arena,
                            "<navPoint id=\"n4\" playOrder=\"4\"><navLabel>"
                            "<text>Below</text></navLabel>"
                            "<content src=\"%s#zoo\"/></navPoint>\n</navPoint>",
                            file));
}

static void test_sources(void **state)
{
    struct world *w = *state;
    const char *text = page(w, "sources.xhtml");
    struct image_ref others[ARRAY_LEN(images)];
    assert_lacks(text, "Pictures");
    assert_has(text, "feedbind 9.9");
    set_image(w, 0, IMAGE_PLACEHOLDER, IMAGE_NOT_FOUND);
    set_image(w, 2, IMAGE_PLACEHOLDER, IMAGE_REFUSED);
    memcpy(others, images, sizeof images);
    others[0].alt = "Other";
    others[2].optional = true;
    w->articles[1].images = others;
    bind(w);
    text = page(w, "sources.xhtml");
    assert_has(text, "3 pictures could not be had");
    assert_has(text,
               arena_printf(w->arena,
                            "<li><a href=\"%s\">First</a>\n<ul>\n"
                            "<li>Image: A &amp; B (not found, example.org)"
                            "</li>\n<li>Image: C (refused, example.org)</li>\n"
                            "</ul></li>\n<li><a href=\"%s\">Second &lt;b&gt;"
                            "</a>\n<ul>\n<li>Image: Other (",
                            w->book->chapters[0].files[0],
                            w->book->chapters[1].files[0]));
}

/* ---- the file ---- */

static bool write_book(struct world *w, const char *path, unsigned jobs)
{
    struct pool *pool = pool_new(jobs);
    w->policy.output = path;
    w->policy.replace = true;
    bool ok = epub_write(w->book, w->set, &w->policy, w->spool, pool, w->diag);
    pool_free(pool);
    return ok;
}

static void test_same_bytes(void **state)
{
    static const char magic[] = "mimetypeapplication/epub+zip";
    struct world *w = *state;
    char *folder = scratch_make(w->arena);
    char *path = file_join(w->arena, folder, "book.epub");
    struct buf one = buf_make(BUF_BODY), four = buf_make(BUF_BODY);
    assert_true(write_book(w, path, 1));
    assert_true(file_read(path, &one));
    assert_true(write_book(w, path, 4));
    assert_true(file_read(path, &four));
    assert_int_equal(one.len, four.len);
    assert_memory_equal(one.data, four.data, one.len);
    assert_true(one.len > 1000);
    assert_memory_equal(one.data + 30, magic, sizeof magic - 1);
    buf_free(&one);
    buf_free(&four);
    assert_int_equal(scratch_remove(folder), 0);
}

static void test_not_written(void **state)
{
    struct world *w = *state;
    char *folder = scratch_make(w->arena);
    char *path = file_join(w->arena, folder, "no/book.epub");
    assert_false(write_book(w, path, 1));
    assert_int_equal(diag_count(w->diag, DIAG_ERROR), 1);
    w->policy.css = "no.css";
    assert_false(write_book(w, file_join(w->arena, folder, "b.epub"), 1));
    assert_int_equal(diag_count(w->diag, DIAG_ERROR), 2);
    assert_int_equal(rmdir(folder), 0);
}

static void test_own_templates(void **state)
{
    struct world *w = *state;
    char *folder = scratch_make(w->arena);
    assert_true(scratch_write(w->arena, folder, "title.xhtml",
                              "{{title}} by {{version}}"));
    w->policy.templates = folder;
    bind(w);
    assert_string_equal(page(w, "title.xhtml"), "Feed &amp; Co by 9.9");
    assert_has(page(w, "nav.xhtml"), "<h1");
    assert_true(scratch_write(w->arena, folder, "nav.xhtml", "{{#title}}"));
    assert_false(write_book(w, file_join(w->arena, folder, "b.epub"), 1));
    assert_int_equal(diag_count(w->diag, DIAG_ERROR), 1);
    assert_int_equal(scratch_remove(folder), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_shown),
        TEST(test_sizes),
        TEST(test_small),
        TEST(test_placeholders),
        TEST(test_vanished),
        TEST(test_frames),
        TEST(test_frame_of_several),
        TEST(test_links),
        TEST(test_chapter),
        TEST(test_languages),
        TEST(test_spine),
        TEST(test_no_cover),
        TEST(test_access),
        TEST(test_contents),
        TEST(test_two_feeds),
        TEST(test_sources),
        TEST(test_same_bytes),
        TEST(test_not_written),
        TEST(test_own_templates),
    };
    return cmocka_run_group_tests_name("epub", tests, NULL, NULL);
}
