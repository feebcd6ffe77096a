/* RSS: 0.90 and 1.0 (web.resource.org/rss/1.0/spec), which are RDF and have
 * their items beside the channel; 0.91 to 2.0
 * (www.rssboard.org/rss-specification); WordPress's export files (WXR), which
 * are RSS 2.0. */
#include "feed/feed_int.h"

static const struct rule rules[] = {
    RULE(IN_DOCUMENT, "", "channel", FIELD_NONE, TAKE_ENTER, .enter = IN_FEED),
    RULE(IN_DOCUMENT, "", "item", FIELD_NONE, TAKE_ENTER, .enter = IN_ENTRY),
    RULE(IN_DOCUMENT, "", "image", FIELD_NONE, TAKE_ENTER, .enter = IN_IMAGE),

    RULE(IN_FEED, "", "item", FIELD_NONE, TAKE_ENTER, .enter = IN_ENTRY),
    RULE(IN_FEED, "", "image", FIELD_NONE, TAKE_ENTER, .enter = IN_IMAGE),
    RULE(IN_FEED, NS_RDF, "about", FIELD_ID, TAKE_ATTR),
    RULE(IN_FEED, "", "title", FIELD_TITLE, TAKE_MARKUP),
    RULE(IN_FEED, "", "link", FIELD_LINK, TAKE_TEXT),
    RULE(IN_FEED, NS_ATOM, "link", FIELD_SELF, TAKE_LINK),
    RULE(IN_FEED, "", "description", FIELD_DESCRIPTION, TAKE_MARKUP),
    RULE(IN_FEED, "", "language", FIELD_LANGUAGE, TAKE_TEXT),
    RULE(IN_FEED, NS_DC, "language", FIELD_LANGUAGE, TAKE_TEXT),
    RULE(IN_FEED, "", "copyright", FIELD_RIGHTS, TAKE_MARKUP),
    RULE(IN_FEED, NS_DC, "rights", FIELD_RIGHTS, TAKE_MARKUP),
    RULE(IN_FEED, "", "lastBuildDate", FIELD_UPDATED, TAKE_TEXT),
    RULE(IN_FEED, "", "pubDate", FIELD_UPDATED, TAKE_TEXT),
    RULE(IN_FEED, NS_DC, "date", FIELD_UPDATED, TAKE_TEXT),
    RULE(IN_FEED, NS_DC, "creator", FIELD_AUTHOR, TAKE_TEXT),
    RULE(IN_FEED, "", "managingEditor", FIELD_AUTHOR, TAKE_MAILBOX),
    RULE(IN_FEED, NS_DC, "publisher", FIELD_AUTHOR, TAKE_MAILBOX),
    RULE(IN_FEED, NS_ITUNES, "image", FIELD_IMAGE, TAKE_PICTURE),
    RULE(IN_IMAGE, "", "url", FIELD_IMAGE, TAKE_TEXT),
    RULE(IN_FEED, NS_WP, "author", FIELD_NONE, TAKE_ENTER, .enter = IN_ACCOUNT),
    RULE(IN_ACCOUNT, NS_WP, "author_login", FIELD_ACCOUNT, TAKE_TEXT),
    RULE(IN_ACCOUNT, NS_WP, "author_display_name", FIELD_NAME, TAKE_TEXT),

    RULE(IN_ENTRY, "", "guid", FIELD_ID, TAKE_GUID),
    RULE(IN_ENTRY, NS_ATOM, "id", FIELD_ID, TAKE_TEXT),
    RULE(IN_ENTRY, NS_RDF, "about", FIELD_ID, TAKE_ATTR),
    RULE(IN_ENTRY, NS_DC, "identifier", FIELD_ID, TAKE_TEXT),
    RULE(IN_ENTRY, "", "title", FIELD_TITLE, TAKE_MARKUP),
    RULE(IN_ENTRY, NS_FEEDBURNER, "origLink", FIELD_LINK, TAKE_TEXT),
    RULE(IN_ENTRY, NS_PHEEDO, "origLink", FIELD_LINK, TAKE_TEXT),
    RULE(IN_ENTRY, "", "link", FIELD_LINK, TAKE_TEXT),
    RULE(IN_ENTRY, NS_ATOM, "link", FIELD_LINK, TAKE_LINK),
    RULE(IN_ENTRY, NS_DC, "creator", FIELD_AUTHOR, TAKE_TEXT),
    RULE(IN_ENTRY, "", "author", FIELD_AUTHOR, TAKE_MAILBOX),
    RULE(IN_ENTRY, NS_ATOM, "author", FIELD_NONE, TAKE_ENTER,
         .enter = IN_PERSON),
    RULE(IN_PERSON, NS_ATOM, "name", FIELD_AUTHOR, TAKE_TEXT),
    RULE(IN_PERSON, NS_ATOM, "uri", FIELD_AUTHOR_URI, TAKE_TEXT),
    RULE(IN_ENTRY, "", "pubDate", FIELD_PUBLISHED, TAKE_TEXT),
    RULE(IN_ENTRY, NS_DC, "date", FIELD_PUBLISHED, TAKE_TEXT),
    RULE(IN_ENTRY, NS_ATOM, "published", FIELD_PUBLISHED, TAKE_TEXT),
    RULE(IN_ENTRY, NS_WP, "post_date_gmt", FIELD_PUBLISHED, TAKE_TEXT),
    RULE(IN_ENTRY, NS_ATOM, "updated", FIELD_UPDATED, TAKE_TEXT),
    RULE(IN_ENTRY, NS_WP, "post_modified_gmt", FIELD_UPDATED, TAKE_TEXT),
    /* Forms and menus are no category that a reader would know. */
    RULE(IN_ENTRY, "", "category", FIELD_NONE, TAKE_TEXT,
         .when = "domain=post_format|nav_menu"),
    RULE(IN_ENTRY, "", "category", FIELD_CATEGORY, TAKE_MARKUP),
    RULE(IN_ENTRY, NS_CONTENT, "encoded", FIELD_BODY, TAKE_BODY),
    RULE(IN_ENTRY, NS_XHTML, "body", FIELD_BODY, TAKE_TYPED),
    RULE(IN_ENTRY, NS_XHTML, "div", FIELD_BODY, TAKE_TYPED),
    RULE(IN_ENTRY, NS_ATOM, "content", FIELD_BODY, TAKE_TYPED),
    RULE(IN_ENTRY, "", "description", FIELD_BODY, TAKE_BODY),
    RULE(IN_ENTRY, NS_ATOM, "summary", FIELD_BODY, TAKE_TYPED),
    RULE(IN_ENTRY, "", "enclosure", FIELD_MEDIUM, TAKE_FILE),
    RULE(IN_ENTRY, "", "comments", FIELD_COMMENTS, TAKE_TEXT),
    RULE(IN_ENTRY, NS_WP, "post_type", FIELD_KIND, TAKE_TEXT),
    RULE(IN_ENTRY, NS_WP, "status", FIELD_STATUS, TAKE_TEXT),
    RULE(IN_ENTRY, NS_WP, "post_password", FIELD_PASSWORD, TAKE_TEXT),
};

const struct dialect dialect_rss = {
    .space = "", .rules = rules, .rule_count = ARRAY_LEN(rules)};
