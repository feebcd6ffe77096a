/* JSON Feed 1.0 and 1.1 (www.jsonfeed.org/version/1.1): its members are
 * elements for the field machine, an array's elements one after the other. */
#include "feed/reader.h"

static const struct rule rules[] = {
    RULE(IN_FEED, "", "version", FIELD_VERSION, TAKE_TEXT),
    RULE(IN_FEED, "", "items", FIELD_NONE, TAKE_ENTER, .enter = IN_ENTRY),
    RULE(IN_FEED, "", "title", FIELD_TITLE, TAKE_TEXT),
    RULE(IN_FEED, "", "home_page_url", FIELD_LINK, TAKE_TEXT),
    RULE(IN_FEED, "", "feed_url", FIELD_SELF, TAKE_TEXT),
    RULE(IN_FEED, "", "next_url", FIELD_PAGE, TAKE_TEXT),
    RULE(IN_FEED, "", "description", FIELD_DESCRIPTION, TAKE_TEXT),
    RULE(IN_FEED, "", "language", FIELD_LANGUAGE, TAKE_TEXT),
    RULE(IN_FEED, "", "icon", FIELD_IMAGE, TAKE_TEXT),
    RULE(IN_FEED, "", "favicon", FIELD_IMAGE, TAKE_TEXT),
    RULE(IN_FEED, "", "authors", FIELD_AUTHOR, TAKE_ENTER, .enter = IN_PERSON),
    RULE(IN_FEED, "", "author", FIELD_AUTHOR, TAKE_ENTER, .enter = IN_PERSON),

    RULE(IN_PERSON, "", "name", FIELD_AUTHOR, TAKE_TEXT),
    RULE(IN_PERSON, "", "#text", FIELD_AUTHOR, TAKE_TEXT),
    RULE(IN_PERSON, "", "url", FIELD_AUTHOR_URI, TAKE_TEXT),

    RULE(IN_ENTRY, "", "id", FIELD_ID, TAKE_GUID),
    RULE(IN_ENTRY, "", "url", FIELD_LINK, TAKE_TEXT),
    RULE(IN_ENTRY, "", "title", FIELD_TITLE, TAKE_TEXT),
    RULE(IN_ENTRY, "", "content_html", FIELD_BODY, TAKE_BODY),
    RULE(IN_ENTRY, "", "content_text", FIELD_BODY, TAKE_TEXT),
    RULE(IN_ENTRY, "", "summary", FIELD_BODY, TAKE_TEXT),
    RULE(IN_ENTRY, "", "date_published", FIELD_PUBLISHED, TAKE_TEXT),
    RULE(IN_ENTRY, "", "date_modified", FIELD_UPDATED, TAKE_TEXT),
    RULE(IN_ENTRY, "", "authors", FIELD_AUTHOR, TAKE_ENTER, .enter = IN_PERSON),
    RULE(IN_ENTRY, "", "author", FIELD_AUTHOR, TAKE_ENTER, .enter = IN_PERSON),
    RULE(IN_ENTRY, "", "tags", FIELD_CATEGORY, TAKE_TEXT),
    RULE(IN_ENTRY, "", "language", FIELD_LANGUAGE, TAKE_TEXT),
    RULE(IN_ENTRY, "", "attachments", FIELD_NONE, TAKE_ENTER,
         .enter = IN_MEDIUM),
    RULE(IN_ENTRY, "", "external_url", FIELD_ABOUT, TAKE_TEXT),
    RULE(IN_ENTRY, "", "image", FIELD_PICTURE, TAKE_TEXT),
    RULE(IN_ENTRY, "", "banner_image", FIELD_PICTURE, TAKE_TEXT),

    RULE(IN_MEDIUM, "", "url", FIELD_MEDIUM, TAKE_TEXT),
    RULE(IN_MEDIUM, "", "mime_type", FIELD_MEDIUM_TYPE, TAKE_TEXT),
    RULE(IN_MEDIUM, "", "title", FIELD_MEDIUM_TITLE, TAKE_TEXT),
    RULE(IN_MEDIUM, "", "size_in_bytes", FIELD_MEDIUM_LENGTH, TAKE_TEXT),
    RULE(IN_MEDIUM, "", "duration_in_seconds", FIELD_DURATION, TAKE_TEXT),
};

const struct dialect dialect_json = {
    .rules = rules, .rule_count = ARRAY_LEN(rules), .space = "", .typed = true};

/* ---- its objects as elements ---- */

static struct xml_name element(const char *key)
{
    return (struct xml_name){"", *key ? key : JSON_ROOT};
}

static void on_open(void *context, const char *key, unsigned line)
{
    const struct xml_handler *h = context;
    h->start(h->context, element(key), NULL, 0, line);
}

static void on_close(void *context, const char *key)
{
    const struct xml_handler *h = context;
    h->end(h->context, element(key));
}

/* No member that is read is true or false: such a value is an element, as an
 * object is. */
static void on_scalar(void *context, const char *key, struct str text,
                      enum json_kind kind, unsigned line)
{
    const struct xml_handler *h = context;
    const struct xml_name inner = {"", "#bool"};
    h->start(h->context, element(key), NULL, 0, line);
    if (kind == JSON_BOOL) {
        h->start(h->context, inner, NULL, 0, line);
        h->end(h->context, inner);
    } else {
        h->text(h->context, text, line);
    }
    h->end(h->context, element(key));
}

struct json_handler json_elements(struct xml_handler *handler)
{
    return (struct json_handler){.context = handler,
                                 .open = on_open,
                                 .close = on_close,
                                 .scalar = on_scalar};
}
