/* Atom: 1.0 (RFC 4287), and 0.3 (draft-ietf-atompub-format-00), whose
 * namespace is taken for that of 1.0; Blogger's export files. */
#include "feed/feed_int.h"

static const struct rule rules[] = {
    RULE(IN_FEED, NS_ATOM, "entry", FIELD_NONE, TAKE_ENTER, .enter = IN_ENTRY),
    RULE(IN_FEED, NS_ATOM, "id", FIELD_ID, TAKE_TEXT),
    RULE(IN_FEED, NS_ATOM, "title", FIELD_TITLE, TAKE_TYPED),
    RULE(IN_FEED, NS_ATOM, "link", FIELD_LINK, TAKE_LINK),
    RULE(IN_FEED, NS_ATOM, "subtitle", FIELD_DESCRIPTION, TAKE_TYPED),
    RULE(IN_FEED, NS_ATOM, "tagline", FIELD_DESCRIPTION, TAKE_TYPED),
    RULE(IN_FEED, NS_ATOM, "rights", FIELD_RIGHTS, TAKE_TYPED),
    RULE(IN_FEED, NS_ATOM, "copyright", FIELD_RIGHTS, TAKE_TYPED),
    RULE(IN_FEED, NS_ATOM, "logo", FIELD_IMAGE, TAKE_TEXT),
    RULE(IN_FEED, NS_ITUNES, "image", FIELD_IMAGE, TAKE_PICTURE),
    RULE(IN_FEED, NS_MEDIA, "thumbnail", FIELD_IMAGE, TAKE_PICTURE),
    RULE(IN_FEED, NS_ATOM, "icon", FIELD_IMAGE, TAKE_TEXT),
    RULE(IN_FEED, NS_ATOM, "updated", FIELD_UPDATED, TAKE_TEXT),
    RULE(IN_FEED, NS_ATOM, "modified", FIELD_UPDATED, TAKE_TEXT),
    RULE(IN_FEED, NS_ATOM, "author", FIELD_AUTHOR, TAKE_ENTER,
         .enter = IN_PERSON),
    RULE(IN_FEED, NS_DC, "language", FIELD_LANGUAGE, TAKE_TEXT),

    RULE(IN_PERSON, NS_ATOM, "name", FIELD_AUTHOR, TAKE_TEXT),
    RULE(IN_PERSON, NS_ATOM, "#text", FIELD_AUTHOR, TAKE_TEXT),
    RULE(IN_PERSON, NS_ATOM, "uri", FIELD_AUTHOR_URI, TAKE_TEXT),
    RULE(IN_PERSON, NS_ATOM, "url", FIELD_AUTHOR_URI, TAKE_TEXT),

    RULE(IN_ENTRY, NS_ATOM, "id", FIELD_ID, TAKE_TEXT),
    RULE(IN_ENTRY, NS_ATOM, "title", FIELD_TITLE, TAKE_TYPED),
    RULE(IN_ENTRY, NS_FEEDBURNER, "origLink", FIELD_LINK, TAKE_TEXT),
    RULE(IN_ENTRY, NS_ATOM, "link", FIELD_LINK, TAKE_LINK),
    RULE(IN_ENTRY, NS_ATOM, "author", FIELD_AUTHOR, TAKE_ENTER,
         .enter = IN_PERSON),
    RULE(IN_ENTRY, NS_ATOM, "published", FIELD_PUBLISHED, TAKE_TEXT),
    RULE(IN_ENTRY, NS_ATOM, "issued", FIELD_PUBLISHED, TAKE_TEXT),
    RULE(IN_ENTRY, NS_ATOM, "created", FIELD_PUBLISHED, TAKE_TEXT),
    RULE(IN_ENTRY, NS_ATOM, "updated", FIELD_UPDATED, TAKE_TEXT),
    RULE(IN_ENTRY, NS_ATOM, "modified", FIELD_UPDATED, TAKE_TEXT),
    RULE(IN_ENTRY, NS_ATOM, "category", FIELD_KIND, TAKE_TERM,
         .when = "scheme=http://schemas.google.com/g/2005#kind"),
    RULE(IN_ENTRY, NS_BLOGGER, "type", FIELD_KIND, TAKE_TEXT),
    RULE(IN_ENTRY, NS_BLOGGER, "status", FIELD_STATUS, TAKE_TEXT),
    RULE(IN_ENTRY, NS_APP, "control", FIELD_NONE, TAKE_ENTER,
         .enter = IN_ENTRY),
    RULE(IN_ENTRY, NS_APP, "draft", FIELD_STATUS, TAKE_TEXT),
    RULE(IN_ENTRY, NS_ATOM, "category", FIELD_CATEGORY, TAKE_TERM),
    RULE(IN_ENTRY, NS_ATOM, "content", FIELD_BODY, TAKE_TYPED),
    RULE(IN_ENTRY, NS_ATOM, "summary", FIELD_BODY, TAKE_TYPED),
};

const struct dialect dialect_atom = {
    .space = NS_ATOM, .rules = rules, .rule_count = ARRAY_LEN(rules)};
