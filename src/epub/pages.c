/* Values for the pages' templates: tables of names and of what they mean. */
#include "epub/epub_int.h"

#include "base/url.h"

#include <stdlib.h>

enum { MISSING_MAX = 200 };

/* A page that is being rendered. */
struct page {
    const struct epub *epub;
    const struct book *book;
    const struct resource *resource;
    struct arena *arena;
    struct str body;       /* a chapter's part */
    struct absent *absent; /* pictures that are not in the book */
    size_t absent_count;   /* at most MISSING_MAX */
};

/* A picture that is not there. */
struct absent {
    const struct chapter *chapter;
    size_t image;
};

struct field {
    const char *name;
    struct value (*get)(const struct page *p, size_t item);
};

/* A list: what its items know, and the number of its first. */
struct items {
    const struct field *fields;
    size_t field_count;
    size_t first;
};

#define TEXT(text) value_text_of(text)

static struct value flag(bool on)
{
    return (struct value){.kind = VALUE_LIST, .count = on};
}

static struct value numbered(const struct page *p, size_t n)
{
    return TEXT(arena_printf(p->arena, "%zu", n));
}

static struct value list_of(const struct page *p, const struct field *fields,
                            size_t field_count, size_t first, size_t count)
{
    struct items *items = arena_alloc(p->arena, sizeof *items);
    *items = (struct items){fields, field_count, first};
    return (struct value){.kind = VALUE_LIST, .count = count, .list = items};
}

#define LIST(fields, first, count)                                             \
    list_of(p, fields, ARRAY_LEN(fields), first, count)

static const char *counted(const struct page *p, size_t n, const char *noun)
{
    return arena_printf(p->arena, "%zu %s%s", n, noun, n == 1 ? "" : "s");
}

#define GET(name)   static struct value name(const struct page *p, size_t item)
#define UNUSED_ITEM (void)item
#define UNUSED      (void)p, (void)item

/* ---- lists of words ---- */

GET(item_number)
{
    return numbered(p, item + 1);
}

GET(creator_name)
{
    return TEXT(p->book->creators[item]);
}

static const struct field creator_fields[] = {{"number", item_number},
                                              {"name", creator_name}};

GET(contributor_name)
{
    return TEXT(p->book->contributors[item]);
}

static const struct field contributor_fields[] = {{"number", item_number},
                                                  {"name", contributor_name}};

GET(source_address)
{
    return TEXT(p->book->sources[item]);
}

static const struct field source_fields[] = {{"address", source_address}};

GET(subject)
{
    return TEXT(p->book->subjects[item]);
}

static const struct field subject_fields[] = {{"subject", subject}};

/* ---- resources ---- */

GET(resource_id)
{
    return TEXT(p->epub->resources[item].id);
}

GET(resource_name)
{
    return TEXT(p->epub->resources[item].name);
}

GET(resource_type)
{
    return TEXT(p->epub->resources[item].type);
}

GET(resource_properties)
{
    const char *properties = p->epub->resources[item].properties;
    return properties ? TEXT(properties) : flag(false);
}

static const struct field resource_fields[] = {
    {"id", resource_id},
    {"name", resource_name},
    {"type", resource_type},
    {"properties", resource_properties}};

GET(spine_id)
{
    return TEXT(p->epub->resources[p->epub->spine[item]].id);
}

static const struct field spine_fields[] = {{"id", spine_id}};

/* ---- chapters and sections ---- */

GET(chapter_title)
{
    return TEXT(p->book->chapters[item].article->title);
}

GET(chapter_file)
{
    return TEXT(p->book->chapters[item].files[0]);
}

static const struct field chapter_fields[] = {
    {"number", item_number}, {"title", chapter_title}, {"file", chapter_file}};

GET(section_title)
{
    return TEXT(p->book->sections[item].title);
}

GET(section_order)
{
    return numbered(p, p->book->sections[item].first + 1);
}

GET(section_file)
{
    return TEXT(p->book->chapters[p->book->sections[item].first].files[0]);
}

GET(section_count)
{
    const struct section *s = &p->book->sections[item];
    return TEXT(counted(p, s->last - s->first, "article"));
}

GET(section_chapters)
{
    const struct section *s = &p->book->sections[item];
    return LIST(chapter_fields, s->first, s->last - s->first);
}

GET(section_site)
{
    const char *link = p->book->sections[item].feed->link;
    return link ? TEXT(link) : flag(false);
}

GET(section_feed)
{
    const char *self = p->book->sections[item].feed->self;
    return self ? TEXT(self) : flag(false);
}

GET(section_about)
{
    const char *about = p->book->sections[item].feed->description;
    return about ? TEXT(about) : flag(false);
}

GET(section_rights)
{
    const char *rights = p->book->sections[item].feed->rights;
    return rights ? TEXT(rights) : flag(false);
}

static const struct field section_fields[] = {
    {"number", item_number},  {"title", section_title},
    {"order", section_order}, {"file", section_file},
    {"count", section_count}, {"chapters", section_chapters},
    {"site", section_site},   {"feed", section_feed},
    {"about", section_about}, {"feed-rights", section_rights}};

/* ---- pictures that are not there ---- */

GET(absent_file)
{
    return TEXT(p->absent[item].chapter->files[0]);
}

GET(absent_article)
{
    return TEXT(p->absent[item].chapter->article->title);
}

GET(absent_words)
{
    const struct absent *a = &p->absent[item];
    const struct image *image =
        image_of(p->epub->images, a->chapter->number, a->image);
    struct buf words = buf_make(BUF_LINE);
    placeholder_words(&a->chapter->article->images[a->image], image, p->arena,
                      &words);
    struct value v = TEXT(arena_str(p->arena, buf_view(&words)));
    buf_free(&words);
    return v;
}

static const struct field absent_fields[] = {{"file", absent_file},
                                             {"article", absent_article},
                                             {"words", absent_words}};

GET(missing)
{
    UNUSED_ITEM;
    return LIST(absent_fields, 0, p->absent_count);
}

GET(missing_count)
{
    UNUSED_ITEM;
    size_t n = p->book->missing_images;
    if (!n)
        return flag(false);
    return TEXT(
        arena_printf(p->arena,
                     "%s could not be had when the book was made. In %s place "
                     "stands a box with a link.",
                     counted(p, n, "picture"), n == 1 ? "its" : "their"));
}

GET(missing_more)
{
    UNUSED_ITEM;
    size_t more = p->book->missing_images - p->absent_count;
    return more ? TEXT(arena_printf(p->arena, "and %zu more", more))
                : flag(false);
}

/* ---- the book ---- */

#define BOOK_TEXT(name, value)                                                 \
    GET(name)                                                                  \
    {                                                                          \
        UNUSED_ITEM;                                                           \
        return TEXT(value);                                                    \
    }
/* What the feeds may leave unsaid; without it the name means nothing, which
 * is not the same as being unknown. */
#define BOOK_MAYBE(name, value)                                                \
    GET(name)                                                                  \
    {                                                                          \
        UNUSED_ITEM;                                                           \
        return (value) ? TEXT(value) : flag(false);                            \
    }
#define BOOK_FLAG(name, value)                                                 \
    GET(name)                                                                  \
    {                                                                          \
        UNUSED_ITEM;                                                           \
        return flag(value);                                                    \
    }
#define BOOK_LIST(name, fields, count)                                         \
    GET(name)                                                                  \
    {                                                                          \
        UNUSED_ITEM;                                                           \
        return LIST(fields, 0, count);                                         \
    }

static bool has_cover(const struct page *p)
{
    return p->book->cover.state == IMAGE_SHOWN;
}

static bool visual(const struct page *p)
{
    return p->book->has_images || has_cover(p);
}

BOOK_TEXT(language, p->book->language)
BOOK_TEXT(identifier, p->book->identifier)
BOOK_TEXT(title, p->book->title)
BOOK_TEXT(modified, p->book->modified)
BOOK_TEXT(version, p->epub->policy->version)
BOOK_TEXT(first_file, p->book->chapters[0].files[0])
BOOK_TEXT(article_count, counted(p, p->book->chapter_count, "article"))
BOOK_TEXT(feed_count, counted(p, p->book->section_count, "feed"))
BOOK_TEXT(depth, p->book->section_count > 1 ? "2" : "1")
BOOK_MAYBE(publisher, p->book->publisher)
BOOK_MAYBE(book_date, p->book->date)
BOOK_MAYBE(range, p->book->range)
BOOK_MAYBE(rights, p->book->rights)
BOOK_MAYBE(description, p->book->description)
BOOK_MAYBE(cover_file, p->book->cover.name)
BOOK_TEXT(cover_alt, p->book->cover_alt)
BOOK_FLAG(rtl, p->book->rtl)
BOOK_FLAG(flat, p->book->section_count == 1)
BOOK_FLAG(user_css, p->epub->user_css)
BOOK_FLAG(cover, has_cover(p))
BOOK_FLAG(is_visual, visual(p))
BOOK_FLAG(sufficient_textual, !p->book->has_images || p->book->all_alt)
BOOK_FLAG(alternative_text, visual(p) && p->book->all_alt)
BOOK_LIST(creators, creator_fields, p->book->creator_count)
BOOK_LIST(contributors, contributor_fields, p->book->contributor_count)
BOOK_LIST(sources, source_fields, p->book->source_count)
BOOK_LIST(subjects, subject_fields, p->book->subject_count)
BOOK_LIST(spine, spine_fields, p->epub->spine_count)
BOOK_LIST(chapters, chapter_fields, p->book->chapter_count)
BOOK_LIST(sections, section_fields, p->book->section_count)

/* The manifest begins with the first resource that has an id. */
GET(resources)
{
    UNUSED_ITEM;
    size_t first = 0;
    while (!p->epub->resources[first].id)
        first++;
    return LIST(resource_fields, first, p->epub->resource_count - first);
}

GET(accessibility_summary)
{
    UNUSED_ITEM;
    if (!p->book->has_images)
        return TEXT("Text with headings and a table of contents; it has no "
                    "pictures but its cover.");
    if (p->book->all_alt)
        return TEXT("Text with headings and a table of contents; all pictures "
                    "have the descriptions that their authors gave.");
    return TEXT("Text with headings and a table of contents; some pictures "
                "have no description.");
}

static const char *joined(const struct page *p, const char *const *words,
                          size_t n)
{
    struct buf text = buf_make(BUF_BODY);
    for (size_t i = 0; i < n; i++)
        buf_printf(&text, "%s%s", i ? ", " : "", words[i]);
    const char *copy = arena_str(p->arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

GET(byline)
{
    UNUSED_ITEM;
    const struct book *b = p->book;
    return TEXT(joined(p, b->creators, b->creator_count));
}

/* ---- the chapter at hand ---- */

static const struct article *article(const struct page *p)
{
    return p->resource->chapter->article;
}

BOOK_TEXT(this_title, article(p)->title)
BOOK_TEXT(this_feed, article(p)->entry->feed->title)
BOOK_TEXT(this_language,
          article(p)->language ? article(p)->language : p->book->language)
BOOK_FLAG(this_rtl, article(p)->language ? article(p)->rtl : p->book->rtl)
BOOK_MAYBE(this_link, article(p)->entry->link)
BOOK_FLAG(first_part, p->resource->part == 0)
BOOK_FLAG(last_part, p->resource->part + 1 == article(p)->part_count)
BOOK_FLAG(this_signed, article(p)->entry->authors.len > 0 ||
                           entry_date(article(p)->entry).known)

GET(part_number)
{
    UNUSED_ITEM;
    return numbered(p, p->resource->part + 1);
}

GET(this_authors)
{
    UNUSED_ITEM;
    const struct people *people = &article(p)->entry->authors;
    struct buf text = buf_make(BUF_BODY);
    for (size_t i = 0; i < people->len; i++)
        buf_printf(&text, "%s%s", i ? ", " : "", people->items[i].name);
    struct value v = TEXT(arena_str(p->arena, buf_view(&text)));
    buf_free(&text);
    return v;
}

GET(this_date)
{
    UNUSED_ITEM;
    char text[DATE_TEXT];
    struct date date = entry_date(article(p)->entry);
    return date.known ? TEXT(arena_strdup(p->arena, date_words(date, text)))
                      : flag(false);
}

GET(this_datetime)
{
    UNUSED_ITEM;
    char text[DATE_TEXT];
    struct date date = entry_date(article(p)->entry);
    return date.known ? TEXT(arena_strdup(p->arena, date_rfc3339(date, text)))
                      : flag(false);
}

GET(this_tags)
{
    UNUSED_ITEM;
    const struct entry *e = article(p)->entry;
    return TEXT(joined(p, e->categories, e->category_count));
}

GET(this_site)
{
    UNUSED_ITEM;
    const struct url *u =
        url_parse(p->arena, str_of(article(p)->entry->link), NULL);
    const char *site = u ? url_site(p->arena, u) : "";
    return TEXT(*site ? site : "its source");
}

GET(body)
{
    UNUSED_ITEM;
    return (struct value){.kind = VALUE_RAW, .text = p->body};
}

/* ---- names ---- */

static const struct field book_fields[] = {
    {"language", language},
    {"identifier", identifier},
    {"title", title},
    {"modified", modified},
    {"version", version},
    {"first-file", first_file},
    {"count", article_count},
    {"feed-count", feed_count},
    {"depth", depth},
    {"publisher", publisher},
    {"date", book_date},
    {"range", range},
    {"rights", rights},
    {"description", description},
    {"byline", byline},
    {"cover-file", cover_file},
    {"cover-alt", cover_alt},
    {"rtl", rtl},
    {"flat", flat},
    {"user-css", user_css},
    {"has-cover", cover},
    {"visual", is_visual},
    {"sufficient-textual", sufficient_textual},
    {"alternative-text", alternative_text},
    {"accessibility-summary", accessibility_summary},
    {"creators", creators},
    {"contributors", contributors},
    {"sources", sources},
    {"subjects", subjects},
    {"resources", resources},
    {"spine", spine},
    {"chapters", chapters},
    {"sections", sections},
    {"missing", missing},
    {"missing-count", missing_count},
    {"missing-more", missing_more},
};

static const struct field this_fields[] = {
    {"chapter-title", this_title},
    {"chapter-feed", this_feed},
    {"chapter-language", this_language},
    {"chapter-rtl", this_rtl},
    {"chapter-link", this_link},
    {"chapter-site", this_site},
    {"chapter-authors", this_authors},
    {"chapter-signed", this_signed},
    {"chapter-date", this_date},
    {"chapter-datetime", this_datetime},
    {"chapter-tags", this_tags},
    {"first-part", first_part},
    {"last-part", last_part},
    {"part-number", part_number},
    {"body", body},
};

static const struct field *find(const struct field *fields, size_t count,
                                struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(str_of(fields[i].name), name))
            return &fields[i];
    return NULL;
}

static struct value look(const void *context, struct scope scope,
                         struct str name)
{
    const struct page *p = context;
    const struct items *items = scope.list;
    const struct field *field = NULL;
    size_t item = 0;
    if (items) {
        field = find(items->fields, items->field_count, name);
        item = items->first + scope.item;
    } else if (p->resource->kind == RESOURCE_CHAPTER) {
        field = find(this_fields, ARRAY_LEN(this_fields), name);
    }
    if (!field && !items)
        field = find(book_fields, ARRAY_LEN(book_fields), name);
    return field ? field->get(p, item) : (struct value){0};
}

static const struct template *partial(const void *context, struct str name)
{
    const struct page *p = context;
    return str_eq(name, STR("styles"))
               ? p->epub->templates.items[TEMPLATE_STYLES]
               : NULL;
}

/* ---- rendering ---- */

static void collect_absent(struct page *p)
{
    const struct book *b = p->book;
    p->absent = arena_alloc(p->arena, MISSING_MAX * sizeof *p->absent);
    for (size_t i = 0; i < b->chapter_count; i++) {
        const struct article *a = b->chapters[i].article;
        for (size_t k = 0; k < a->image_count; k++)
            if (p->absent_count < MISSING_MAX &&
                image_of(p->epub->images, i, k)->state == IMAGE_PLACEHOLDER)
                p->absent[p->absent_count++] =
                    (struct absent){&b->chapters[i], k};
    }
}

void page_render(const struct epub *e, const struct resource *r,
                 struct buf *out)
{
    struct page p = {
        .epub = e, .book = e->book, .resource = r, .arena = arena_new()};
    struct buf body_text = buf_make(BUF_MEMBER);
    enum template_id id = r->page;
    if (r->kind == RESOURCE_CHAPTER) {
        id = TEMPLATE_CHAPTER;
        part_fill(e, r->chapter, r->part, &body_text);
        p.body = buf_view(&body_text);
    } else if (id == TEMPLATE_SOURCES) {
        collect_absent(&p);
    }
    template_render(e->templates.items[id], look, partial, &p, out);
    buf_free(&body_text);
    arena_free(p.arena);
}
