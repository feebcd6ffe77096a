/* Files that are no feeds and tell where feeds are: web pages (HTML, "link
 * rel=alternate") and lists (OPML 2.0, "outline"). */
#include "feed/reader.h"

#include "base/url.h"

static struct str attr_of(const struct element *e, const char *name)
{
    return str_trim(xml_attr_value(e->attrs, e->count, name));
}

static const char *kept(struct reader *r, struct str value)
{
    return value.n ? arena_str(r->arena, value) : NULL;
}

static bool is_feed_type(struct str type)
{
    static const char *const types[] = {
        "application/rss+xml", "application/atom+xml", "application/feed+json"};
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_eq_nocase(type, str_of(types[i])))
            return true;
    return false;
}

static void note_page(struct reader *r, const struct element *e)
{
    struct leads *l = &r->leads;
    struct str href = attr_of(e, "href");
    bool link = str_eq_nocase(str_of(e->name.local), STR("link"));
    if (link && !l->feed && is_feed_type(attr_of(e, "type")))
        l->feed = kept(r, href);
    bool own = str_eq_nocase(str_of(e->name.local), STR("base")) ||
               (link && str_eq_nocase(attr_of(e, "rel"), STR("canonical")));
    if (own && !l->page)
        l->page = kept(r, href);
}

static bool on_the_web(struct str address)
{
    return str_starts_nocase(address, STR("http://")) ||
           str_starts_nocase(address, STR("https://"));
}

/* An outline's addresses: the first that may be a file is one, else the first
 * of all is on the web. */
static void note_outline(struct reader *r, const struct element *e)
{
    static const char *const names[] = {"xmlUrl", "url", "htmlUrl"};
    struct outline o = {0};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct str value = attr_of(e, names[i]);
        bool web = on_the_web(value);
        if (web && !o.address)
            o.address = kept(r, value);
        else if (!web && !o.file)
            o.file = kept(r, value);
    }
    if (o.file || o.address)
        vec_push(&r->leads.outlines, o);
}

void leads_note(struct reader *r, const struct element *e)
{
    if (strcmp(e->name.local, "outline") == 0)
        note_outline(r, e);
    else
        note_page(r, e);
}

const char *leads_of_page(const struct reader *r)
{
    const struct leads *l = &r->leads;
    struct arena *a = r->arena;
    if (!l->feed)
        return "is a web page, not a feed";
    const struct url *page =
        l->page ? url_parse(a, str_of(l->page), NULL) : NULL;
    const struct url *feed = url_parse(a, str_of(l->feed), page);
    if (feed && feed->host)
        return arena_printf(a, "is a web page, not a feed; save its feed: %s",
                            curl_line(a, url_text(a, feed, true)));
    return arena_printf(a,
                        "is a web page, not a feed; its feed is at %s, seen "
                        "from the page's own address",
                        l->feed);
}
