/* Shared inside the feed stage. */
#ifndef FEEDBIND_FEED_FEED_INT_H
#define FEEDBIND_FEED_FEED_INT_H

#include "base/buf.h"
#include "base/mem.h"
#include "feed/source.h"
#include "text/decode.h"
#include "xml/parse.h"

/* ---- input.c: files -> UTF-8 ---- */

/* What a file turned out to be before it was parsed. */
struct input_report {
    const char *error; /* made in the arena; NULL: it was read */
    struct decode_report decoding;
    char head[64]; /* the file's first bytes, for guessing */
    size_t head_length;
};

/* Read the source, decoded, in pieces. */
void input_read(struct arena *a, const struct source *source, decode_sink piece,
                void *context, struct input_report *report);

/* ---- fields: what feeds say ---- */

/* A thing that elements of feeds tell. */
enum field {
    FIELD_NONE,
    FIELD_ID,
    FIELD_TITLE,
    FIELD_LINK,
    FIELD_ALIAS, /* another address of the same */
    FIELD_SELF,
    FIELD_DESCRIPTION,
    FIELD_LANGUAGE,
    FIELD_RIGHTS,
    FIELD_IMAGE,
    FIELD_PUBLISHED,
    FIELD_UPDATED,
    FIELD_AUTHOR,
    FIELD_AUTHOR_URI,
    FIELD_CATEGORY,
    FIELD_BODY,    /* text of the article, or about it */
    FIELD_CAPTION, /* … which is no standfirst */
    FIELD_MEDIUM,  /* an enclosure: its address, and what else is told of it */
    FIELD_MEDIUM_TYPE,
    FIELD_MEDIUM_TITLE,
    FIELD_MEDIUM_LENGTH,
    FIELD_DURATION,
    FIELD_PICTURE, /* one for the entry, small perhaps */
    FIELD_ABOUT,   /* a page that the entry is about */
    FIELD_VERSION, /* what says that JSON is a feed */
    FIELD_COMMENTS,
    FIELD_COMMENT_FEED,
    FIELD_COMMENT_COUNT,
    FIELD_KIND,     /* of an export's entry: what it is */
    FIELD_STATUS,   /* … whether it is public */
    FIELD_PASSWORD, /* … who may read it */
    FIELD_ACCOUNT,  /* of an export's author: the name that entries give, … */
    FIELD_NAME,     /* … and the one to show */
    FIELD_PAGE,     /* another page of the feed */
    FIELD_COMPLETE, /* the feed has all articles, … */
    FIELD_ARCHIVE,  /* … or a part that does not change */
    FIELD_TOMBSTONE,
    FIELD_COUNT
};

/* How an element tells it. */
enum take {
    TAKE_ENTER,   /* its children do, in the context `enter` */
    TAKE_TEXT,    /* its text */
    TAKE_MARKUP,  /* its text, from which tags and entities are taken out */
    TAKE_BODY,    /* HTML */
    TAKE_TYPED,   /* text, HTML or XHTML, as its attribute "type" says */
    TAKE_MAILBOX, /* "name@host (Name)" */
    TAKE_GUID,    /* an id that may be a link too */
    TAKE_LINK,    /* attributes href, rel, type, title, length; `field` is
                     that of the alternate */
    TAKE_FILE,    /* attribute url, and type, length; may be entered */
    TAKE_OFFER,   /* the same of one of several forms of one medium */
    TAKE_PAGE,    /* the same of a page beside the article */
    TAKE_PICTURE, /* attribute href, else url */
    TAKE_TERM,    /* attribute label, else term */
    TAKE_PART,    /* attributes ref, when; or that it is there */
    TAKE_ATTR,    /* an attribute of the element that entered the context; of
                     ids, those that may be a link too */
};

/* Where an element stands. */
enum context {
    IN_DOCUMENT,
    IN_FEED,
    IN_ENTRY,
    IN_IMAGE,
    IN_PERSON,
    IN_ACCOUNT,
    IN_MEDIUM,
    IN_UNKNOWN, /* in an element that no rule names */
};

/* One element of a dialect. Of several rules for one field of one context the
 * first has priority, wherever the elements stand in the file. */
struct rule {
    enum context in;
    const char *space; /* "": none */
    const char *local;
    enum field field;
    enum take take;
    enum context enter;
    /* An attribute that it must have, as "name=value|value"; without a value:
     * or must not. NULL: any. */
    const char *when;
};

#define RULE(context, its_space, name, its_field, how, ...)                    \
    {                                                                          \
        .in = (context), .space = (its_space), .local = (name),                \
        .field = (its_field), .take = (how), __VA_ARGS__                       \
    }

/* A dialect: its rules, and the namespace of its elements, which may be left
 * out in a feed. */
struct dialect {
    const char *space;
    const struct rule *rules;
    size_t rule_count;
    bool typed; /* what should be text, and holds elements, is a fault */
};

/* Rules of one context may have the element "#text": the text that stands in
 * the entered element itself. */
extern const struct dialect dialect_rss;
extern const struct dialect dialect_atom;
extern const struct dialect dialect_json;

/* Elements that any dialect may have; what its own rules say goes first. */
extern const struct rule module_rules[];
extern const size_t module_rule_count;

/* The name of the outermost object. */
#define JSON_ROOT "#json"

/* ---- spaces.c: namespaces as the rules spell them ---- */

/* Those of RSS itself, which most of its feeds leave out, are "". */
#define NS_ATOM       "http://www.w3.org/2005/Atom"
#define NS_CONTENT    "http://purl.org/rss/1.0/modules/content/"
#define NS_DC         "http://purl.org/dc/elements/1.1/"
#define NS_DCTERMS    "http://purl.org/dc/terms/"
#define NS_MEDIA      "http://search.yahoo.com/mrss/"
#define NS_ITUNES     "http://www.itunes.com/dtds/podcast-1.0.dtd"
#define NS_HISTORY    "http://purl.org/syndication/history/1.0"
#define NS_TOMBSTONES "http://purl.org/atompub/tombstones/1.0"
#define NS_FEEDBURNER "http://rssnamespace.org/feedburner/ext/1.0"
#define NS_PHEEDO     "http://www.pheedo.com/namespace/pheedo"
#define NS_PODCAST    "https://podcastindex.org/namespace/1.0"
#define NS_SLASH      "http://purl.org/rss/1.0/modules/slash/"
#define NS_WFW        "http://wellformedweb.org/CommentAPI/"
#define NS_THR        "http://purl.org/syndication/thread/1.0"
#define NS_WP         "http://wordpress.org/export/"
#define NS_EXCERPT    "http://wordpress.org/export/excerpt/"
#define NS_BLOGGER    "http://schemas.google.com/blogger/2018"
#define NS_APP        "http://www.w3.org/2007/app"
#define NS_YANDEX     "http://news.yandex.ru"
#define NS_RDF        "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define NS_XHTML      "http://www.w3.org/1999/xhtml"
#define NS_XML        "http://www.w3.org/XML/1998/namespace"

/* The namespace as the rules spell it: other spellings are met, and feeds that
 * use a prefix without declaring it (then the prefix is what `space` is). */
const char *space_usual(const char *space);

/* ---- values.c ---- */

/* Text with white space collapsed; NULL if there is none. */
const char *value_text(struct arena *a, struct str text);

/* The same of HTML: known tags are taken out, references read. What looks like
 * a tag and is none ("a < b", "List<T>") stays. */
const char *value_markup(struct arena *a, struct str text);

/* A whole number in decimal; 0 if it is none. */
uint64_t value_number(struct str s);

/* Seconds, of "H:M:S", "M:S" or a number of them; 0 if it is neither. */
unsigned value_seconds(struct str s);

/* The name in "name@host (Name)", else all of it. */
const char *value_mailbox(struct arena *a, struct str text);

/* ---- xhtml.c: an XML tree of HTML -> HTML syntax ---- */

/* Writes elements so that an HTML parser builds the same tree: void elements
 * without end tags, empty ones with. */
struct xhtml_writer {
    struct buf *out;
    size_t depth;       /* of open elements */
    size_t silent_from; /* in raw text that no browser shows, since this depth;
                           0: not */
    size_t flat_from;   /* in an element that holds text alone */
    bool escape;        /* text is text; false: it is HTML already */
};

void xhtml_start(struct xhtml_writer *w, struct xml_name name,
                 const struct xml_attr *attrs, size_t count);
void xhtml_end(struct xhtml_writer *w, struct xml_name name);
void xhtml_text(struct xhtml_writer *w, struct str text);

#endif
