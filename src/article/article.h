/* Stage: an entry's HTML -> XHTML parts with holes.
 *
 * article_make reads one entry's body, cleans it against the content model
 * (article/model/model.h) and writes it once, as one or more parts: spans of
 * XHTML, put into the spool, with holes between them. A hole is what can be
 * known only later: which pictures exist, and where the target of a link within
 * the book came to lie. Holes are filled by the epub stage. */
#ifndef FEEDBIND_ARTICLE_ARTICLE_H
#define FEEDBIND_ARTICLE_ARTICLE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/spool.h"
#include "feed/feed.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Named rules: all that feedbind leaves out of an article or moves within it
 * is left out or moved by one of these. Listed in src/README.md. */
#define ARTICLE_RULES(X)                                                       \
    X(RULE_CODE_TOOLBAR, "code-toolbar", "copy buttons and tools beside code") \
    X(RULE_DUPLICATE_IMAGE, "duplicate-image",                                 \
      "a copy of the picture before it")                                       \
    X(RULE_EMOJI_IMAGE, "emoji-image",                                         \
      "a picture of an emoji, which becomes the character")                    \
    X(RULE_EMPTY_HEADING, "empty-heading",                                     \
      "a heading without words or picture")                                    \
    X(RULE_FEED_FOOTER, "feed-footer",                                         \
      "a line or bar that a feed adds below each article")                     \
    X(RULE_FOOTNOTES, "footnotes", "notes, moved to the article's end")        \
    X(RULE_HEADING_ANCHOR, "heading-anchor",                                   \
      "a heading's sign that links to it; a wiki's edit links")                \
    X(RULE_ICON, "icon", "a small drawing beside words")                       \
    X(RULE_LARGE_DRAWING, "large-drawing",                                     \
      "a drawing too large for a page of the book; its words stay")            \
    X(RULE_LINE_NUMBERS, "line-numbers", "line numbers beside code")           \
    X(RULE_MATH_COPY, "math-copy", "a formula that is there twice")            \
    X(RULE_NOTE_BACKLINK, "note-backlink",                                     \
      "a sign in a note that leads back to the text")                          \
    X(RULE_PLAYER_CONTROLS, "player-controls",                                 \
      "buttons and times of a player that the book has none of")               \
    X(RULE_RELATED_POSTS, "related-posts",                                     \
      "a list of other articles of the site")                                  \
    X(RULE_SCRIPT_RESIDUE, "script-residue",                                   \
      "script text that a platform left behind after an embed")                \
    X(RULE_SHARE_BAR, "share-bar", "links to tell others of the article by")   \
    X(RULE_SIGNUP_FORM, "signup-form",                                         \
      "a form or button to subscribe to a newsletter")                         \
    X(RULE_SPACER, "spacer",                                                   \
      "a picture, paragraph or line that is only blank")                       \
    X(RULE_TABLE_ORDER, "table-order",                                         \
      "a caption or foot, moved to where browsers show it")                    \
    X(RULE_TABLE_RECORDS, "table-records",                                     \
      "a wide table's headers, moved to the rows' cells")                      \
    X(RULE_TITLE_HEADING, "title-heading",                                     \
      "a first heading that repeats the article's title")                      \
    X(RULE_TRACKING_PIXEL, "tracking-pixel",                                   \
      "a picture that is there to be counted, not seen")

enum article_rule {
#define X(id, name, what) id,
    ARTICLE_RULES(X)
#undef X
        RULE_COUNT
};

/* The rule's name as --keep takes it, and what it leaves out. */
const char *article_rule_name(enum article_rule rule);
const char *article_rule_what(enum article_rule rule);

/* Words that a rule left out of the article, or moved within it. */
struct removal {
    enum article_rule rule;
    bool moved;
    const char *text; /* white space folded */
};

/* What becomes of a table that is too wide for a small screen. */
enum table_policy {
    TABLES_AUTO,    /* shrink, or records for what does not fit even so */
    TABLES_KEEP,    /* nothing */
    TABLES_SHRINK,  /* smaller text */
    TABLES_RECORDS, /* a record for each row */
};

struct article_policy {
    unsigned tab_width; /* columns to a tab stop in code, 1 to 16 */
    unsigned toc_depth; /* levels of headings in the contents, 0 to 6 */
    size_t part_limit;  /* bytes of XHTML in a part, holes at their largest */
    enum table_policy tables;
    bool keep[RULE_COUNT]; /* rules that are turned off */
    bool plain_links; /* links to other articles lead to their beginnings: there
                         are readers that take a link to an id elsewhere for a
                         footnote's */
};

/* What else is in the block that a picture stands in. */
enum image_setting {
    IMAGE_ALONE, /* nothing */
    IMAGE_ROW,   /* other pictures */
    IMAGE_LINE,  /* words */
};

/* A picture that the article refers to. */
struct image_ref {
    const char *url;  /* absolute http or https; NULL for a data: URL */
    struct span data; /* the bytes of a data: URL; empty otherwise */
    const char *alt;  /* "" for a decorative one; never NULL */
    const char *site; /* what stands for an empty alt where nothing else says
                         where the link around it leads; NULL for none */
    bool in_link;     /* its hole lies within a link: no link of its own */
    bool optional;    /* one that cannot be had leaves nothing behind */
    enum image_setting setting;
    unsigned width, height; /* how large the author wants it shown, in CSS
                               pixels; 0: not said */
    unsigned density; /* pixels of the file to one of CSS where that is not
                         said, in thousandths; 0: 1000 */
};

/* A link whose address within the book is known only at the end. */
struct link_ref {
    size_t article;       /* the target's number in the library */
    const char *fragment; /* an id there; NULL for its beginning */
    const char *web;      /* the address on the web if the id is nowhere in the
                             book; NULL: the link is lost, not the text */
    const char *attributes; /* all but href, as they are written: " id=…" */
};

/* Why a link is none in the book, or not the one that the author meant. */
#define LINK_FAULTS(X)                                                         \
    X(LINK_FINE, "")                                                           \
    X(LINK_BROKEN, "its address is broken")                                    \
    X(LINK_SCHEME, "nothing that a reader could open")                         \
    X(LINK_UNBASED, "relative to an unknown address")                          \
    X(LINK_NOWHERE, "leads nowhere") /* its id is not there */

enum link_fault {
#define X(id, text) id,
    LINK_FAULTS(X)
#undef X
        LINK_FAULT_COUNT
};

const char *link_fault_text(enum link_fault fault);

/* What became of a link of the source. */
enum link_result { LINK_WEB, LINK_BOOK, LINK_TEXT };

struct link_use {
    const char *href; /* as it was written, its beginning at least */
    const char *web;  /* the address on the web; NULL for none */
    enum link_result result;
    enum link_fault fault;
    size_t ref; /* LINK_BOOK: its number in the article's links */
};

/* What a book cannot show, and has a card for. */
struct embed_ref {
    const char *kind; /* "Video on YouTube" */
    const char *url;  /* the page that the card links to */
};

/* A frame: spans that are kept only if one of a run of pictures came out as
 * the frame asks. So a picture that vanishes takes its empty a, p and figure
 * along, and one that is shown gets its figure, unless it is as small as what
 * stands in a line of text. */
enum frame_keep {
    KEEP_LARGE = 1,
    KEEP_SMALL = 2,
    KEEP_SHOWN = KEEP_LARGE | KEEP_SMALL,
    KEEP_PLACEHOLDER = 4,
};

struct frame {
    uint32_t first, last; /* images[first] … images[last - 1] of the article */
    uint8_t keep;         /* OR of frame_keep: kept if any of them is so */
};

enum piece_kind {
    PIECE_TEXT,       /* the next `n` bytes of the part's span */
    PIECE_IMAGE,      /* images[n]: an <img/>, a placeholder, or nothing; all
                         of them phrasing content */
    PIECE_LINK_START, /* <a href="…"> of links[n], or nothing if it is lost */
    PIECE_LINK_END,   /* </a> of links[n], left out when its start was */
};

struct piece {
    uint32_t n;
    uint32_t frame; /* kept only with frames[frame]; 0: always */
    uint8_t kind;
};

struct part {
    struct span xhtml; /* what stands in the chapter's section, well-formed
                          once all pieces are put together */
    struct piece *pieces;
    size_t piece_count;
    const char **ids; /* in this part, sorted by strcmp */
    size_t id_count;
    bool has_math, has_svg; /* MathML, SVG: the manifest must say so */
    bool unlabelled_svg;    /* one of them says nothing to who cannot see */
};

/* A heading of the article that is in the contents. */
struct heading {
    const char *id;   /* in one of the parts */
    const char *text; /* a line of plain text, never empty */
    unsigned level;   /* 1 to 5, for h2 to h6 */
};

/* DIRECTION_BOOKS: nothing tells, so it is the book's. */
enum direction { DIRECTION_BOOKS, DIRECTION_LTR, DIRECTION_RTL };

struct article {
    struct arena *arena; /* all strings and arrays below */
    const struct entry *entry;
    const char *title;        /* never empty: "Untitled, 26 June 2026" */
    const char *language;     /* BCP 47, valid; NULL: the book's */
    enum direction direction; /* of its text */
    struct part *parts;       /* at least one */
    size_t part_count;
    struct image_ref *images;
    size_t image_count;
    struct link_ref *links;
    size_t link_count;
    struct link_use *link_uses; /* in order */
    size_t link_use_count;
    struct embed_ref *embeds; /* in reading order */
    size_t embed_count;
    struct frame *frames; /* frames[0] is unused */
    size_t frame_count;
    struct heading *headings; /* in reading order */
    size_t heading_count;
    unsigned rules[RULE_COUNT]; /* how often each was applied */
    struct removal *removals;   /* those that had words, in order */
    size_t removal_count;
    size_t word_count; /* runs of anything but white space */
    struct diag *diag; /* this article's messages; moved out by the caller */
};

/* Where links between articles lead: canonical addresses of all entries of a
 * library, made once and then only read. */
struct link_index;
struct link_index *link_index_new(const struct library *l);
void link_index_free(struct link_index *index);

/* Make entry number `n` of the library. Safe to call from several threads at
 * once, with different n. Never fails: a body that could not be read gives an
 * article that says so, and a warning. article_free the result. */
struct article *article_make(const struct library *l, size_t n,
                             const struct link_index *index,
                             const struct article_policy *policy,
                             struct spool *spool);

void article_free(struct article *a);

bool part_has(const struct part *p, const char *id);

/* The first part that has the id, or has it as sanitisers write it, with
 * "user-content-" before it; *id is then the one that is there. NULL if none
 * has. */
const struct part *article_part_with(const struct article *a, const char **id);

/* The language tag that this text is or means: well-formed (BCP 47), its
 * language known or possible, in the usual case, without extensions; "en_us"
 * gives "en-US", "eng" and "English" give "en". Made in the arena; NULL if it
 * means none. `text` may be NULL. */
const char *language_tag(struct arena *arena, const char *text);

/* Is the language (NULL for none) written from right to left? And may it be,
 * by some? */
bool language_rtl(const char *tag);
bool language_rtl_maybe(const char *tag);

#endif
