/* Stage: feed files -> a library of entries.
 *
 * Reads RSS (0.90 to 2.0), Atom (0.3, 1.0), JSON Feed (1.0, 1.1) and the
 * export files of WordPress and Blogger, as they are found in the wild: decode
 * to UTF-8, mend, libxml2's SAX2 push parser; bodies go to the spool.
 * Which element means what is tables whose order is the priority. No DTD,
 * external entity or XInclude is ever loaded. */
#ifndef FEEDBIND_FEED_FEED_H
#define FEEDBIND_FEED_FEED_H

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/limit.h"
#include "base/period.h"
#include "base/spool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All strings are UTF-8 without markup, trimmed, white space collapsed, made
 * in the library's arena; NULL where the feed says nothing. URLs are absolute
 * (base/url) or NULL. */

struct person {
    const char *name; /* never NULL */
    const char *uri;
};

struct people {
    struct person *items;
    size_t len;
};

enum body_kind {
    BODY_NONE,
    BODY_TEXT, /* plain text: characters are themselves */
    BODY_HTML, /* HTML syntax, a fragment of a body */
};

struct body {
    enum body_kind kind;
    struct span span;     /* in the spool, UTF-8 */
    unsigned line;        /* of its first character in the file, from 1 */
    const char *base;     /* xml:base in force, absolute; NULL for none */
    const char *language; /* xml:lang in force, as written; NULL for none */
};

/* What belongs to an article and is not in its text: an RSS enclosure,
 * media:content, Atom's link rel=enclosure, a JSON attachment. */
struct enclosure {
    const char *url;  /* never NULL */
    const char *type; /* a media type, or its first half; "text/html" for a
                         page that the article is about, or its transcript */
    const char *title;
    const char *still; /* a picture that stands for a video; NULL for none */
    uint64_t length;   /* bytes, 0 for unknown */
    unsigned seconds;  /* that it plays, 0 for unknown */
};

/* A picture, by its type, else by its address. */
bool enclosure_is_picture(const struct enclosure *e);

/* at:deleted-entry (RFC 6721, section 3): an article that was deleted. */
struct tombstone {
    const char *id;
    struct date when;
};

/* One file. Files of one feed, saved at different times or parts of its
 * archive, are one feed once they are merged. */
struct feed {
    const char *file;  /* as the user named it: "feeds/2026.zip/planet.xml" */
    const char *id;    /* what the feed is: atom:id, else its self link, else
                          its site's link, else its title, else file's name */
    const char *title; /* never NULL */
    const char *link;  /* the site */
    const char *self;  /* the feed's own address */
    const char *description;
    const char *language; /* as written */
    const char *rights;
    const char *image; /* its sign: a podcast's picture, the channel's image, a
                          logo, else an icon */
    const char *address; /* where the file was got, says a web archive */
    struct date saved;   /* when: a web archive says, or the file's name; never
                            the file's own time */
    struct date updated;
    struct people authors;
    size_t entry_count;   /* entries read, before selection */
    size_t excerpt_count; /* of them, those whose text breaks off */
    bool complete; /* fh:complete (RFC 5005, section 2): has all articles */
    bool archive;  /* fh:archive (section 4): will not change */
    const char **pages; /* other pages of the feed, which it names (sections 3
                           and 4) */
    size_t page_count;
    struct tombstone *tombstones;
    size_t tombstone_count;
    /* By feed_merge: */
    struct date snapshot; /* saved, else updated, else its newest article's */
    const struct feed *latest; /* of the files of one feed, which have one
                                  id, the newest, which speaks for it */
};

/* Where an entry's date is from; the name is the report's. */
#define DATE_ORIGINS(X)                                                        \
    X(ORIGIN_NONE, NULL) /* it has none */                                     \
    X(ORIGIN_PUBLISHED, "published")                                           \
    X(ORIGIN_UPDATED, "updated")                                               \
    X(ORIGIN_NEIGHBOURS, "neighbours") /* by its place between others */       \
    X(ORIGIN_SAVED, "saved")           /* the day that the file was saved */   \
    X(ORIGIN_FEED, "feed")             /* the day that the feed was updated */

enum date_origin {
#define X(id, name) id,
    DATE_ORIGINS(X)
#undef X
};

const char *date_origin_name(enum date_origin origin);

struct entry {
    const struct feed *feed;
    const char *id;    /* guid or atom:id, else link, else a hash of title, date
                          and body; never NULL; unique within its feed after
                          feed_merge */
    const char *title; /* NULL: the author gave none */
    const char *link;  /* the article's own address */
    const char **aliases; /* all that the feed calls its address, at most 16 */
    size_t alias_count;
    struct people authors; /* of the entry, else of the feed */
    struct date published, updated;
    struct date about;       /* what is taken for them where neither is there */
    enum date_origin origin; /* of entry_date */
    bool cut;                /* the file breaks off in it */
    const char **categories; /* unique ignoring case, in order */
    size_t category_count;
    /* Each once; of several forms of one medium, one. A picture that the feed
     * gives beside the text is there only if the text has none. */
    struct enclosure *enclosures;
    size_t enclosure_count;
    struct body content;  /* the article: of all that the feed says, what says
                             most */
    struct body summary;  /* a standfirst, with which the article does not
                             begin; else NONE */
    const char *comments; /* the page of its comments; NULL if there are none */
    const char *comment_feed;
    uint64_t comment_count; /* 0: none, or the feed does not say */
    unsigned line;
    const char *section; /* by feed_select: its section's title, one pointer for
                            each section; NULL: the book has none */
};

/* Why an entry is no article of the book. */
#define DROP_REASONS(X)                                                        \
    X(DROP_REVISED, "a later revision stands")                                 \
    X(DROP_REPEATED, "repeated without a change")                              \
    X(DROP_DELETED, "deleted by their author")                                 \
    X(DROP_ABSENT, "absent from the newest complete feed")                     \
    X(DROP_UNDATED, "without a date")                                          \
    X(DROP_EARLY, "older than --since")                                        \
    X(DROP_LATE, "newer than --until")                                         \
    X(DROP_AUTHOR, "by other authors")                                         \
    X(DROP_CATEGORY, "in other categories")                                    \
    X(DROP_TITLE, "with other titles")                                         \
    X(DROP_SEEN, "in an earlier book")                                         \
    X(DROP_OLDER, "older than the newest of --last")

enum drop_reason {
    DROP_NONE,
#define X(id, text) id,
    DROP_REASONS(X)
#undef X
        DROP_REASON_COUNT
};

/* Words that may follow "3 articles are". DROP_NONE has none. */
const char *drop_reason_text(enum drop_reason reason);

struct dropped {
    const struct entry *entry;
    const struct entry *instead; /* the revision that stands; NULL: none */
    enum drop_reason reason;
    bool title_changed, text_changed; /* from this one to `instead` */
};

/* A time of which no file tells: none of the articles up to `before` is in a
 * newer file. */
struct gap {
    const struct feed *before, *after;
    struct date from, to;
};

struct library {
    struct arena *arena; /* all strings and arrays below */
    struct feed **feeds;
    size_t feed_count;
    struct entry **entries; /* of all feeds: file by file as read; after
                               feed_select in the book's order */
    size_t entry_count;
    struct dropped *dropped; /* as the entries were, by feed_merge, then by
                                feed_select */
    size_t dropped_count;
    struct gap *gaps; /* by feed_merge: by feeds, then from the oldest */
    size_t gap_count;
    const char **files; /* on disk, from which feeds were read */
    size_t file_count;
};

/* What is read, and how much at most: for each of `files` that is a folder or
 * an archive. */
struct feed_policy {
    const char *const *files; /* as the user named them; "-": standard input */
    size_t file_count;
    const char *workers;  /* folder that holds feedbind-unpack */
    uint64_t max_bytes;   /* unpacked */
    uint64_t max_ratio;   /* of these to the bytes that were packed */
    uint64_t max_members; /* files within */
};

/* A policy with usual limits, and nothing to read. */
struct feed_policy feed_policy_make(void);

/* Its numbers that a user may set. */
const struct limit *feed_limits(size_t *count);

/* Read the files in the order in which they are named. A folder stands for all
 * feeds in it and in the folders within, an archive for those that it holds, by
 * content and not by name, in the order of their paths (bytes); an OPML list
 * for the files beside it that it names. Each name that gives none, and each
 * file that can't be read, is an error in `diag`; what was mended is one
 * warning per kind of fault. Returns the library (library_free it), which may
 * be empty; *failed counts the names that had an error. */
struct library *feed_read(const struct feed_policy *policy, struct spool *spool,
                          struct diag *diag, size_t *failed);

void library_free(struct library *l);

struct merge_policy {
    bool moved; /* feeds that share articles are one that moved */
};

/* Make one feed of the files that are of one, and one article of its revisions.
 *
 * Files are of one feed if they have one id or address, or one names the other
 * as a page of it; if asked for, also if they share many articles. They get the
 * id of the newest, and follow each other from the newest to the oldest, where
 * the first of them was named; so the order in which they were read does not
 * matter.
 *
 * Entries of one feed are one article if they have one id, else one address,
 * else one text of one date; what two entries of one file have in common makes
 * them no article. The newest revision stands: by its date of update, else its
 * file's, else the one with more text. Dropped are articles whose tombstone is
 * newer, unless a file after it has them again, and those that are only in
 * files older than the newest complete one. Told are gaps, and pages that are
 * in no file. Pure, deterministic. */
void feed_merge(struct library *l, const struct merge_policy *policy,
                struct spool *spool, struct diag *diag);

/* The feed of an entry, as its newest file tells it. */
const struct feed *entry_feed(const struct entry *e);

/* Bytes of its article and standfirst, as the feed has them. */
uint64_t entry_size(const struct entry *e);

enum feed_order { ORDER_NEWEST, ORDER_OLDEST };

/* What the book's sections are. */
enum feed_group {
    GROUP_FEED,
    GROUP_MONTH,    /* by the clock of each article's author */
    GROUP_CATEGORY, /* the first that the article names */
    GROUP_AUTHOR,   /* likewise */
    GROUP_NONE,
};

/* Names, any of which will do, folded by base/caseless; none: all do. */
struct chosen {
    const char **folded;
    size_t count;
};

/* All that is asked for must be met, each in one of the ways it names. */
struct select_policy {
    enum feed_order order;
    enum feed_group group;
    const struct caseless *caseless; /* NULL only if nothing needs it */
    struct period since, until;      /* both inclusive */
    struct chosen authors, categories;
    const struct pattern **titles;
    size_t title_count;
    size_t last;             /* the newest so many of what is left; 0: all */
    const struct seen *seen; /* these are not wanted; NULL: all are */
};

/* Choose from what is merged, and order it: what is not chosen is added to what
 * was dropped. Sections follow each other as the feeds were named, by their
 * date, or by name; in each, articles go by date, those without a date where
 * the file had them. Pure, deterministic. */
void feed_select(struct library *l, const struct select_policy *policy,
                 struct diag *diag);

/* The date that orders and labels an entry: published, else updated, else what
 * it is taken to be. */
struct date entry_date(const struct entry *e);

#endif
