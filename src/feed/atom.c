/* Atom: 1.0 (RFC 4287), and 0.3 (draft-ietf-atompub-format-00), whose
 * namespace is taken for that of 1.0. */
#include "feed/feed_int.h"

static const struct rule rules[] = {
    {IN_FEED, NS_ATOM, "entry", FIELD_NONE, TAKE_ENTER, IN_ENTRY},
    {IN_FEED, NS_ATOM, "id", FIELD_ID, TAKE_TEXT, 0},
    {IN_FEED, NS_ATOM, "title", FIELD_TITLE, TAKE_TYPED, 0},
    {IN_FEED, NS_ATOM, "link", FIELD_LINK, TAKE_LINK, 0},
    {IN_FEED, NS_ATOM, "subtitle", FIELD_DESCRIPTION, TAKE_TYPED, 0},
    {IN_FEED, NS_ATOM, "tagline", FIELD_DESCRIPTION, TAKE_TYPED, 0},
    {IN_FEED, NS_ATOM, "rights", FIELD_RIGHTS, TAKE_TYPED, 0},
    {IN_FEED, NS_ATOM, "copyright", FIELD_RIGHTS, TAKE_TYPED, 0},
    {IN_FEED, NS_ATOM, "logo", FIELD_IMAGE, TAKE_TEXT, 0},
    {IN_FEED, NS_ITUNES, "image", FIELD_IMAGE, TAKE_PICTURE, 0},
    {IN_FEED, NS_MEDIA, "thumbnail", FIELD_IMAGE, TAKE_PICTURE, 0},
    {IN_FEED, NS_ATOM, "icon", FIELD_IMAGE, TAKE_TEXT, 0},
    {IN_FEED, NS_ATOM, "updated", FIELD_UPDATED, TAKE_TEXT, 0},
    {IN_FEED, NS_ATOM, "modified", FIELD_UPDATED, TAKE_TEXT, 0},
    {IN_FEED, NS_ATOM, "author", FIELD_AUTHOR, TAKE_ENTER, IN_PERSON},
    {IN_FEED, NS_DC, "language", FIELD_LANGUAGE, TAKE_TEXT, 0},

    {IN_PERSON, NS_ATOM, "name", FIELD_AUTHOR, TAKE_TEXT, 0},
    {IN_PERSON, NS_ATOM, "uri", FIELD_AUTHOR_URI, TAKE_TEXT, 0},
    {IN_PERSON, NS_ATOM, "url", FIELD_AUTHOR_URI, TAKE_TEXT, 0},

    {IN_ENTRY, NS_MEDIA, "group", FIELD_NONE, TAKE_ENTER, IN_ENTRY},
    {IN_ENTRY, NS_ATOM, "id", FIELD_ID, TAKE_TEXT, 0},
    {IN_ENTRY, NS_ATOM, "title", FIELD_TITLE, TAKE_TYPED, 0},
    {IN_ENTRY, NS_MEDIA, "title", FIELD_TITLE, TAKE_MARKUP, 0},
    {IN_ENTRY, NS_FEEDBURNER, "origLink", FIELD_LINK, TAKE_TEXT, 0},
    {IN_ENTRY, NS_ATOM, "link", FIELD_LINK, TAKE_LINK, 0},
    {IN_ENTRY, NS_ATOM, "author", FIELD_AUTHOR, TAKE_ENTER, IN_PERSON},
    {IN_ENTRY, NS_DC, "creator", FIELD_AUTHOR, TAKE_TEXT, 0},
    {IN_ENTRY, NS_ATOM, "published", FIELD_PUBLISHED, TAKE_TEXT, 0},
    {IN_ENTRY, NS_ATOM, "issued", FIELD_PUBLISHED, TAKE_TEXT, 0},
    {IN_ENTRY, NS_ATOM, "created", FIELD_PUBLISHED, TAKE_TEXT, 0},
    {IN_ENTRY, NS_DC, "date", FIELD_PUBLISHED, TAKE_TEXT, 0},
    {IN_ENTRY, NS_ATOM, "updated", FIELD_UPDATED, TAKE_TEXT, 0},
    {IN_ENTRY, NS_ATOM, "modified", FIELD_UPDATED, TAKE_TEXT, 0},
    {IN_ENTRY, NS_ATOM, "category", FIELD_CATEGORY, TAKE_TERM, 0},
    {IN_ENTRY, NS_DC, "subject", FIELD_CATEGORY, TAKE_TEXT, 0},
    {IN_ENTRY, NS_ATOM, "content", FIELD_CONTENT, TAKE_TYPED, 0},
    {IN_ENTRY, NS_ATOM, "summary", FIELD_SUMMARY, TAKE_TYPED, 0},
    {IN_ENTRY, NS_MEDIA, "description", FIELD_SUMMARY, TAKE_BODY, 0},
    {IN_ENTRY, NS_MEDIA, "content", FIELD_ENCLOSURE, TAKE_URL, 0},
};

const struct dialect dialect_atom = {NS_ATOM, rules, ARRAY_LEN(rules)};
