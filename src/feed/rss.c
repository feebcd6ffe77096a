/* RSS 2.0 (www.rssboard.org/rss-specification) with the modules that it is
 * found with. */
#include "feed/feed_int.h"

static const struct rule rules[] = {
    {IN_DOCUMENT, "", "channel", FIELD_NONE, TAKE_ENTER, IN_FEED},

    {IN_FEED, "", "item", FIELD_NONE, TAKE_ENTER, IN_ENTRY},
    {IN_FEED, "", "image", FIELD_NONE, TAKE_ENTER, IN_IMAGE},
    {IN_FEED, "", "title", FIELD_TITLE, TAKE_MARKUP, 0},
    {IN_FEED, "", "link", FIELD_LINK, TAKE_TEXT, 0},
    {IN_FEED, NS_ATOM, "link", FIELD_SELF, TAKE_LINK, 0},
    {IN_FEED, "", "description", FIELD_DESCRIPTION, TAKE_MARKUP, 0},
    {IN_FEED, "", "language", FIELD_LANGUAGE, TAKE_TEXT, 0},
    {IN_FEED, NS_DC, "language", FIELD_LANGUAGE, TAKE_TEXT, 0},
    {IN_FEED, "", "copyright", FIELD_RIGHTS, TAKE_MARKUP, 0},
    {IN_FEED, NS_DC, "rights", FIELD_RIGHTS, TAKE_MARKUP, 0},
    {IN_FEED, "", "lastBuildDate", FIELD_UPDATED, TAKE_TEXT, 0},
    {IN_FEED, "", "pubDate", FIELD_UPDATED, TAKE_TEXT, 0},
    {IN_FEED, NS_DC, "date", FIELD_UPDATED, TAKE_TEXT, 0},
    {IN_FEED, NS_DC, "creator", FIELD_AUTHOR, TAKE_TEXT, 0},
    {IN_FEED, "", "managingEditor", FIELD_AUTHOR, TAKE_MAILBOX, 0},
    {IN_IMAGE, "", "url", FIELD_IMAGE, TAKE_TEXT, 0},

    {IN_ENTRY, NS_MEDIA, "group", FIELD_NONE, TAKE_ENTER, IN_ENTRY},
    {IN_ENTRY, "", "guid", FIELD_ID, TAKE_GUID, 0},
    {IN_ENTRY, NS_ATOM, "id", FIELD_ID, TAKE_TEXT, 0},
    {IN_ENTRY, "", "title", FIELD_TITLE, TAKE_MARKUP, 0},
    {IN_ENTRY, NS_DC, "title", FIELD_TITLE, TAKE_MARKUP, 0},
    {IN_ENTRY, NS_MEDIA, "title", FIELD_TITLE, TAKE_MARKUP, 0},
    {IN_ENTRY, NS_FEEDBURNER, "origLink", FIELD_LINK, TAKE_TEXT, 0},
    {IN_ENTRY, NS_PHEEDO, "origLink", FIELD_LINK, TAKE_TEXT, 0},
    {IN_ENTRY, "", "link", FIELD_LINK, TAKE_TEXT, 0},
    {IN_ENTRY, NS_ATOM, "link", FIELD_LINK, TAKE_LINK, 0},
    {IN_ENTRY, NS_DC, "creator", FIELD_AUTHOR, TAKE_TEXT, 0},
    {IN_ENTRY, "", "author", FIELD_AUTHOR, TAKE_MAILBOX, 0},
    {IN_ENTRY, "", "pubDate", FIELD_PUBLISHED, TAKE_TEXT, 0},
    {IN_ENTRY, NS_DC, "date", FIELD_PUBLISHED, TAKE_TEXT, 0},
    {IN_ENTRY, NS_ATOM, "published", FIELD_PUBLISHED, TAKE_TEXT, 0},
    {IN_ENTRY, NS_ATOM, "updated", FIELD_UPDATED, TAKE_TEXT, 0},
    {IN_ENTRY, "", "category", FIELD_CATEGORY, TAKE_MARKUP, 0},
    {IN_ENTRY, NS_DC, "subject", FIELD_CATEGORY, TAKE_MARKUP, 0},
    {IN_ENTRY, NS_CONTENT, "encoded", FIELD_CONTENT, TAKE_BODY, 0},
    {IN_ENTRY, NS_XHTML, "body", FIELD_CONTENT, TAKE_TYPED, 0},
    {IN_ENTRY, "", "description", FIELD_SUMMARY, TAKE_BODY, 0},
    {IN_ENTRY, NS_DC, "description", FIELD_SUMMARY, TAKE_BODY, 0},
    {IN_ENTRY, NS_MEDIA, "description", FIELD_SUMMARY, TAKE_BODY, 0},
    {IN_ENTRY, "", "enclosure", FIELD_ENCLOSURE, TAKE_URL, 0},
    {IN_ENTRY, NS_MEDIA, "content", FIELD_ENCLOSURE, TAKE_URL, 0},
};

const struct dialect dialect_rss = {"RSS 2.0", "", "rss", rules,
                                    ARRAY_LEN(rules)};
