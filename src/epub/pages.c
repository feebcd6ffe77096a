/* Renders pages: tables of the names that any of them knows, and of what they
 * mean. */
#include "epub/page_int.h"

#include <stdlib.h>

bool article_rtl(const struct book *b, const struct article *a)
{
    return a->direction == DIRECTION_BOOKS ? b->rtl
                                           : a->direction == DIRECTION_RTL;
}

struct value numbered(const struct page *p, size_t n)
{
    return TEXT(arena_printf(p->arena, "%zu", n));
}

struct value list_of(const struct page *p, const struct field *fields,
                     size_t field_count, size_t first, size_t count)
{
    struct items *items = arena_alloc(p->arena, sizeof *items);
    *items = (struct items){fields, field_count, first};
    return (struct value){.kind = VALUE_LIST, .count = count, .list = items};
}

const char *counted(const struct page *p, size_t n, const char *noun)
{
    return arena_printf(p->arena, "%zu %s%s", n, noun, n == 1 ? "" : "s");
}

const char *joined(const struct page *p, const char *const *words, size_t n)
{
    struct buf text = buf_make(BUF_BODY);
    for (size_t i = 0; i < n; i++)
        buf_printf(&text, "%s%s", i ? ", " : "", words[i]);
    const char *copy = arena_str(p->arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

const struct field *field_of(const struct field *fields, size_t count,
                             struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(str_of(fields[i].name), name))
            return &fields[i];
    return NULL;
}

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

static const struct field section_fields[] = {
    {"number", item_number},  {"title", section_title},
    {"order", section_order}, {"file", section_file},
    {"count", section_count}, {"chapters", section_chapters}};

/* ---- feeds ---- */

static const struct feed *feed_at(const struct page *p, size_t item)
{
    return p->book->feeds[item].feed;
}

static struct value text_or_not(const char *text)
{
    return text ? TEXT(text) : flag(false);
}

GET(feed_title)
{
    return TEXT(feed_at(p, item)->title);
}

GET(feed_articles)
{
    return TEXT(counted(p, p->book->feeds[item].count, "article"));
}

GET(feed_site)
{
    return text_or_not(feed_at(p, item)->link);
}

GET(feed_self)
{
    return text_or_not(feed_at(p, item)->self);
}

GET(feed_about)
{
    return text_or_not(feed_at(p, item)->description);
}

GET(feed_rights)
{
    return text_or_not(feed_at(p, item)->rights);
}

static const struct field feed_fields[] = {
    {"number", item_number},     {"title", feed_title},
    {"count", feed_articles},    {"site", feed_site},
    {"feed", feed_self},         {"about", feed_about},
    {"feed-rights", feed_rights}};

/* ---- the contents ---- */

static const struct toc_entry *entry_at(const struct page *p, size_t item)
{
    return &p->book->contents[item];
}

GET(entry_title)
{
    return TEXT(entry_at(p, item)->title);
}

GET(entry_number)
{
    return numbered(p, entry_at(p, item)->number);
}

GET(entry_place)
{
    return numbered(p, entry_at(p, item)->place);
}

GET(entry_href)
{
    const struct toc_entry *e = entry_at(p, item);
    return TEXT(e->fragment
                    ? arena_printf(p->arena, "%s#%s", e->file, e->fragment)
                    : e->file);
}

GET(entry_kind)
{
    static const char *const kinds[] = {
        [TOC_SECTION] = "group", [TOC_ARTICLE] = "", [TOC_HEADING] = "within"};
    return TEXT(kinds[entry_at(p, item)->kind]);
}

/* Another language than the book's, regions aside. */
GET(entry_language)
{
    const struct article *a = entry_at(p, item)->article;
    struct str own = str_of(a ? a->language : NULL);
    struct str books = str_of(p->book->language);
    bool same = str_eq_nocase(str_sub(own, 0, str_chr(own, '-')),
                              str_sub(books, 0, str_chr(books, '-')));
    return TEXT(own.n && !same ? own.p : "");
}

GET(entry_direction)
{
    const struct article *a = entry_at(p, item)->article;
    bool rtl = a ? article_rtl(p->book, a) : p->book->rtl;
    return TEXT(rtl == p->book->rtl ? "" : rtl ? "rtl" : "ltr");
}

GET(entry_nests)
{
    return flag(entry_at(p, item)->count > 0);
}

/* Is the list below the entry left out of the page? Reading systems list it
 * all the same (EPUB 3.3, section 7.4.2.2 on "hidden"). */
GET(entry_folds)
{
    return flag(p->book->folded && entry_at(p, item)->kind == TOC_ARTICLE);
}

static struct value entries_below(const struct page *p, size_t item);

static const struct field entry_fields[] = {
    {"title", entry_title},
    {"number", entry_number},
    {"place", entry_place},
    {"href", entry_href},
    {"kind", entry_kind},
    {"nests", entry_nests},
    {"folds", entry_folds},
    {"entry-language", entry_language},
    {"entry-direction", entry_direction},
    {"entries", entries_below}};

static struct value entries_below(const struct page *p, size_t item)
{
    const struct toc_entry *e = entry_at(p, item);
    return LIST(entry_fields, e->first, e->count);
}

GET(contents)
{
    UNUSED_ITEM;
    return entries_below(p, 0);
}

/* ---- the book ---- */

static bool has_cover(const struct page *p)
{
    return p->book->cover.name != NULL;
}

static bool visual(const struct page *p)
{
    return p->book->has_images || has_cover(p);
}

GET_TEXT(language, p->book->language)
GET_TEXT(identifier, p->book->identifier)
GET_TEXT(title, p->book->title)
GET_TEXT(modified, p->book->modified)
GET_TEXT(version, p->epub->policy->version)
GET_TEXT(first_file, p->book->chapters[0].files[0])
GET_TEXT(article_count, counted(p, p->book->chapter_count, "article"))
GET_TEXT(feed_count, counted(p, p->book->feed_count, "feed"))
static const struct book_volume *volume_of(const struct page *p)
{
    static const struct book_volume none = {0};
    return p->book->volume ? p->book->volume : &none;
}

GET_MAYBE(series, volume_of(p)->series)
GET_MAYBE(series_identifier, volume_of(p)->series_identifier)
GET_MAYBE(position, volume_of(p)->position)
GET_MAYBE(publisher, p->book->publisher)
GET_MAYBE(book_date, p->book->date)
GET_MAYBE(range, p->book->range)
GET_MAYBE(rights, p->book->rights)
GET_MAYBE(description, p->book->description)
GET_MAYBE(cover_file, p->book->cover.name)
GET_TEXT(cover_alt, p->book->cover_alt)
GET_FLAG(rtl, p->book->rtl)
GET_FLAG(flat, p->book->feed_count == 1)
GET_FLAG(user_css, p->epub->user_css)
GET_FLAG(cover, has_cover(p))
GET_FLAG(is_visual, visual(p))
GET_FLAG(sufficient_textual, !p->book->has_images || p->book->all_alt)
GET_FLAG(has_math, p->book->has_math)
GET_FLAG(alternative_text, visual(p) && p->book->all_alt)
GET_LIST(creators, creator_fields, p->book->creator_count)
GET_LIST(contributors, contributor_fields, p->book->contributor_count)
GET_LIST(sources, source_fields, p->book->source_count)
GET_LIST(subjects, subject_fields, p->book->subject_count)
GET_LIST(spine, spine_fields, p->epub->spine_count)
GET_LIST(chapters, chapter_fields, p->book->chapter_count)
GET_LIST(sections, section_fields, p->book->section_count)
GET_LIST(feeds, feed_fields, p->book->feed_count)

GET(depth)
{
    UNUSED_ITEM;
    return numbered(p, p->book->depth);
}

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
    if (!visual(p))
        return TEXT("Text with headings and a table of contents; it has no "
                    "pictures.");
    if (!p->book->has_images)
        return TEXT("Text with headings and a table of contents; it has no "
                    "pictures but its cover.");
    if (p->book->all_alt)
        return TEXT("Text with headings and a table of contents; all pictures "
                    "have the descriptions that their authors gave.");
    return TEXT("Text with headings and a table of contents; some pictures "
                "have no description.");
}

GET(byline)
{
    UNUSED_ITEM;
    const struct book *b = p->book;
    return TEXT(joined(p, b->creators, b->creator_count));
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
    {"series", series},
    {"series-identifier", series_identifier},
    {"position", position},
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
    {"has-math", has_math},
    {"accessibility-summary", accessibility_summary},
    {"creators", creators},
    {"contributors", contributors},
    {"sources", sources},
    {"subjects", subjects},
    {"resources", resources},
    {"spine", spine},
    {"chapters", chapters},
    {"sections", sections},
    {"feeds", feeds},
    {"contents", contents},
};

static struct value look(const void *context, struct scope scope,
                         struct str name)
{
    const struct page *p = context;
    const struct items *items = scope.list;
    const struct field *field = NULL;
    size_t item = 0;
    if (items) {
        field = field_of(items->fields, items->field_count, name);
        item = items->first + scope.item;
    } else if (p->resource->kind == RESOURCE_CHAPTER) {
        field = chapter_field(name);
    } else if (p->resource->page == TEMPLATE_SOURCES) {
        field = absent_field(name);
    } else if (p->resource->page == TEMPLATE_CSS) {
        field = widths_field(name);
    }
    if (!field && !items)
        field = field_of(book_fields, ARRAY_LEN(book_fields), name);
    return field ? field->get(p, item) : (struct value){0};
}

static const struct template *partial(const void *context, struct str name)
{
    static const struct {
        struct str name;
        enum template_id id;
    } partials[] = {{{"styles", 6}, TEMPLATE_STYLES},
                    {{"nav-entry", 9}, TEMPLATE_NAV_ENTRY},
                    {{"ncx-entry", 9}, TEMPLATE_NCX_ENTRY}};
    const struct page *p = context;
    for (size_t i = 0; i < ARRAY_LEN(partials); i++)
        if (str_eq(name, partials[i].name))
            /* To cppcheck "template" is a word of C++, and the type is lost. */
            /* cppcheck-suppress CastIntegerToAddressAtReturn */
            return p->epub->templates.items[partials[i].id];
    return NULL;
}

/* ---- rendering ---- */

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
        absent_collect(&p);
    } else if (id == TEMPLATE_CSS) {
        widths_collect(&p);
    }
    template_render(e->templates.items[id], look, partial, &p, out);
    buf_free(&body_text);
    arena_free(p.arena);
}
