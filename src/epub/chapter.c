/* What a chapter's page says of its article. */
#include "epub/page_int.h"

#include "base/url.h"

static const struct article *article(const struct page *p)
{
    return p->resource->chapter->article;
}

GET_TEXT(title, article(p)->title)
GET_TEXT(feed, entry_feed(article(p)->entry)->title)

/* An article that states no language is taken to be in the book's. */
GET_TEXT(language,
         article(p)->language ? article(p)->language : p->book->language)
GET_FLAG(rtl, article_rtl(p->book, article(p)))
GET_MAYBE(link, article(p)->entry->link)
GET_MAYBE(discussion, article(p)->entry->comments ? article(p)->entry->comments
                                                  : article(p)->entry->link)
GET_FLAG(cut, article(p)->entry->cut)
GET_FLAG(first_part, p->resource->part == 0)
GET_FLAG(last_part, p->resource->part + 1 == article(p)->part_count)
GET_FLAG(has_byline, article(p)->entry->authors.len > 0 ||
                         entry_date(article(p)->entry).known)

GET(part_number)
{
    UNUSED_ITEM;
    return numbered(p, p->resource->part + 1);
}

GET(authors)
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

/* A date that is not the author's says so. */
GET(date)
{
    static const struct {
        const char *before, *after;
    } words[] = {
        [ORIGIN_NEIGHBOURS] = {"about ", ""},
        [ORIGIN_SAVED] = {"", " (date of the saved feed)"},
        [ORIGIN_FEED] = {"", " (date of the feed)"},
    };
    UNUSED_ITEM;
    char text[DATE_TEXT];
    const struct entry *e = article(p)->entry;
    struct date date = entry_date(e);
    if (!date.known)
        return flag(false);
    date_words(date, text);
    return TEXT(e->about.known
                    ? arena_printf(p->arena, "%s%s%s", words[e->origin].before,
                                   text, words[e->origin].after)
                    : arena_strdup(p->arena, text));
}

GET(datetime)
{
    UNUSED_ITEM;
    char text[DATE_TEXT];
    struct date date = entry_date(article(p)->entry);
    return date.known ? TEXT(arena_strdup(p->arena, date_rfc3339(date, text)))
                      : flag(false);
}

GET(tags)
{
    UNUSED_ITEM;
    const struct entry *e = article(p)->entry;
    return TEXT(joined(p, e->categories, e->category_count));
}

/* "12 comments"; "Comments" where the feed tells but their page. */
GET(comments)
{
    UNUSED_ITEM;
    const struct entry *e = article(p)->entry;
    if (e->comment_count == 1)
        return TEXT("1 comment");
    if (e->comment_count)
        return TEXT(arena_printf(p->arena, "%llu comments",
                                 (unsigned long long)e->comment_count));
    return e->comments ? TEXT("Comments") : flag(false);
}

GET(site)
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

static const struct field fields[] = {
    {"chapter-title", title},       {"chapter-feed", feed},
    {"chapter-language", language}, {"chapter-rtl", rtl},
    {"chapter-link", link},         {"chapter-site", site},
    {"chapter-comments", comments}, {"chapter-discussion", discussion},
    {"chapter-authors", authors},   {"chapter-signed", has_byline},
    {"chapter-date", date},         {"chapter-datetime", datetime},
    {"chapter-tags", tags},         {"chapter-cut", cut},
    {"first-part", first_part},     {"last-part", last_part},
    {"part-number", part_number},   {"body", body},
};

const struct field *chapter_field(struct str name)
{
    return field_of(fields, ARRAY_LEN(fields), name);
}
