/* The field machine, shared by its files: what is open while a feed file is
 * read. */
#ifndef FEEDBIND_FEED_READER_H
#define FEEDBIND_FEED_READER_H

#include "feed/feed_int.h"
#include "feed/says.h"
#include "feed/source.h"
#include "text/json_read.h"

/* An element that is open, and what is in force within it. */
struct level {
    enum context in;  /* of its children */
    const char *base; /* xml:base as written, joined; NULL for none */
    const char *language;
};

/* An element whose content is being gathered. */
struct gathering {
    const struct rule *rule; /* NULL: none */
    size_t depth;            /* of the element */
    struct buf text;
    struct xhtml_writer xhtml;
    bool nested; /* elements inside are written as HTML */
    bool html;   /* the text is HTML */
    bool base64; /* … in Base64 */
    bool other;  /* the text is nothing that can be read */
    unsigned line;
    bool permalink;
    bool spoiled; /* elements stood in it, where there should be none */
};

/* An element's start. */
struct element {
    struct xml_name name;
    const struct xml_attr *attrs;
    size_t count;
    unsigned line;
};

/* What may be the article, or its standfirst. */
struct candidate {
    unsigned short rank;
    struct buf text; /* owned */
    bool html;
    bool caption;     /* it is no standfirst */
    struct body body; /* without a span */
};

/* Why a medium is there. */
enum medium_role {
    MEDIUM_FILE,    /* attached */
    MEDIUM_OFFER,   /* a form of a medium, beside others */
    MEDIUM_PICTURE, /* it stands for the article */
    MEDIUM_PAGE,
};

struct medium {
    enum medium_role role;
    struct enclosure enclosure; /* its url may be NULL still */
    uint64_t width;
};

/* Things of a kind that were left out. */
struct left_out {
    const char *kind;
    size_t count;
    unsigned line; /* of the first */
};

/* What was noticed in a feed, and done about it. */
#define FEED_FAULTS(X)                                                         \
    X(FAULT_MEMBER, DIAG_WARNING,                                              \
      "members that are not of the kind that JSON Feed says; left out")        \
    X(FAULT_NO_TEXT, DIAG_WARNING, "content that is no text; left out")        \
    X(FAULT_TWICE, DIAG_NOTE, "HTML that was escaped twice; read as HTML")     \
    X(FAULT_PLAIN, DIAG_NOTE, "HTML that is called plain text; read as HTML")  \
    X(FAULT_SHORT, DIAG_NOTE,                                                  \
      "articles whose summary says more than their content; taken instead")

enum feed_fault {
#define X(id, level, text) id,
    FEED_FAULTS(X)
#undef X
        FEED_FAULT_COUNT
};

struct fault_count {
    size_t count;
    unsigned line; /* of the first */
};

/* An author of an export file. */
struct account {
    const char *login, *name;
};

/* A feed that a list names: a path, an address on the web, or both. */
struct outline {
    const char *file, *address;
};

/* What a file that is no feed tells of feeds. */
struct leads {
    const char *feed, *page; /* a web page's feed; its own address */
    VEC(struct outline) outlines;
};

/* The rank of the rule that a field was set by: lower is better. */
typedef unsigned short ranks[FIELD_COUNT];

typedef VEC(struct person) people_list;
typedef VEC(struct left_out) left_out_list;

/* How the texts of a feed's articles end: what excerpts have in common. */
struct excerpts {
    size_t teasers;           /* that say so: "[…]", "Read more" */
    size_t open;              /* in the middle of a sentence */
    size_t articles;          /* that have a text */
    size_t shortest, longest; /* letters of open ones */
};

struct reader {
    struct spool *spool;
    struct arena *arena;
    const struct dialect *dialect; /* NULL: the root is not known yet */
    const char *root;              /* of what is no feed */
    struct feed *feed;
    struct entry *entry; /* open; NULL: none */
    size_t entry_depth;  /* of its element */
    ranks feed_ranks, entry_ranks;
    VEC(struct level) levels;
    VEC(struct entry *) entries;
    people_list feed_people, people;
    size_t person;          /* the last one's number, from 1; 0: an element of
                               a person's is open, and has no name yet */
    const char *person_uri; /* of that one */
    VEC(const char *) pages;
    VEC(struct tombstone) tombstones;
    VEC(const char *) categories;
    VEC(const char *) aliases;
    VEC(struct medium) media;
    VEC(struct candidate) bodies;
    left_out_list other_kinds, unpublished;
    VEC(struct account) accounts;
    const char *kind, *status; /* of the open entry, in an export */
    bool locked;               /* it has a password */
    const char *entry_language;
    unsigned seconds; /* that the entry's medium plays */
    struct fault_count faults[FEED_FAULT_COUNT];
    struct buf loose; /* text in an element that was entered */
    bool versioned;   /* JSON says that it is a feed */
    bool cut;         /* the file broke off: what is open now is not whole */
    struct excerpts excerpts;
    struct gathering now;
    struct leads leads;
    struct xml_parser *parser;
};

/* ---- fields.c: what elements tell, set by rank ---- */

/* The place of a rule among all: lower is better. */
unsigned short rule_rank(const struct reader *r, const struct rule *rule);

/* Does this rule's value stand over what the field has? Values of one rule
 * come first to stand, unless the field holds many. If so, it is taken to be
 * set. */
bool field_outranks(struct reader *r, const struct rule *rule, bool many);

/* Set a field of the open entry, else of the feed. */
void field_put(struct reader *r, enum field field, const char *value);

/* One more of the open entry's addresses. */
void field_add_alias(struct reader *r, const char *address);

/* Set or add the field of a rule; NULL says nothing. */
void field_set(struct reader *r, const struct rule *rule, const char *value);

/* An id; a link too where the entry has none, if it may be one and is. */
void field_set_id(struct reader *r, const struct rule *rule, const char *id,
                  bool permalink);

/* An address as the feed writes it, made absolute if an xml:base is in
 * force. */
const char *field_based(const struct reader *r, const char *address);

/* One more of those, seen on this line. */
void field_fault(struct reader *r, enum feed_fault fault, unsigned line);

/* ---- links.c: attributes that are addresses ---- */

/* An attribute's text; NULL if it is not there, or empty. */
const char *link_attr(struct reader *r, const struct element *e,
                      const char *name);

/* atom:link (RFC 4287, 4.2.7): without "rel" it is the alternate. */
void link_take(struct reader *r, const struct rule *rule,
               const struct element *e);

/* ---- parts.c: what a file says of the feed that it is a part of ---- */

void parts_add_page(struct reader *r, const char *address);

/* A feed's link; false if it leads to no page of the feed. */
bool parts_take_link(struct reader *r, struct str rel, const char *href);

/* An element that says what the file is, or what was deleted. */
void parts_take(struct reader *r, const struct rule *rule,
                const struct element *e);

/* When the feed's own address is known: to the feed. */
void parts_finish(struct reader *r);
void parts_free(struct reader *r);

/* ---- media.c: what belongs to an entry ---- */

/* A medium whose address is in the attribute `url`. */
void media_take(struct reader *r, const struct rule *rule,
                const struct element *e, const char *url);

/* Begin one of which nothing is known yet. */
void media_begin(struct reader *r);

/* Set a field of the last one. */
void media_set(struct reader *r, enum field field, const char *value);

/* Those that stand, to the open entry; `pictures` tells that its text has
 * some. */
void media_finish(struct reader *r, bool pictures);

/* ---- bodies.c: which text is the article ---- */

/* The text gathered may be. */
void bodies_take(struct reader *r, const struct rule *rule);

/* Choose; to the spool and the open entry. True if the article has
 * pictures. */
bool bodies_finish(struct reader *r);
void bodies_clear(struct reader *r);

/* ---- excerpts.c: is it the whole text? ---- */

/* Count the text of an article, which says this. */
void excerpts_count(struct excerpts *e, const struct says *says,
                    struct str text, bool html);

/* When the feed's articles are counted: are they excerpts? Then say so. */
void excerpts_settle(const struct reader *r, struct diag *diag);

/* ---- dates.c: dates that are missing, and dates that cannot be ---- */

/* When the feed's entries, in the order of its file, are known. */
void dates_settle(const struct reader *r, struct diag *diag);

/* ---- exports.c: which entries of an export are articles ---- */

/* Is the open entry none? Then it was counted. */
bool export_leaves_out(struct reader *r);

/* Say what was left out. */
void export_tell(const struct reader *r, struct diag *diag);

/* ---- gather.c: an element's text ---- */

/* Gather the text of the innermost element. */
void gather_begin(struct reader *r, const struct rule *rule,
                  const struct element *e);

/* The element ends: set the field that its rule says. */
void gather_end(struct reader *r);

/* ---- entries.c ---- */

void entry_begin(struct reader *r, unsigned line);
void entry_finish(struct reader *r);

/* ---- elements.c: a dialect's rules, applied to elements ---- */

/* An xml_handler for this reader. */
struct xml_handler elements_handler(struct reader *r);

/* ---- json.c ---- */

/* Gives JSON as elements to this handler, which must live as long. */
struct json_handler json_elements(struct xml_handler *handler);

/* ---- leads.c: where feeds are, says what is none ---- */

/* Note what an element of such a file tells. */
void leads_note(struct reader *r, const struct element *e);

/* What to say of a web page. */
const char *leads_of_page(const struct reader *r);

/* ---- read.c: a file ---- */

enum read_end {
    READ_FEED,   /* r->feed and r->entries are what it says */
    READ_LIST,   /* an OPML list, of r->leads.outlines */
    READ_OTHER,  /* no feed, which was found and not named */
    READ_FAILED, /* an error was told */
};

/* A reader of one file. Free it with feed_reader_free. */
struct reader feed_reader_make(struct arena *a, struct spool *spool,
                               const struct source *s);
enum read_end feed_reader_read(struct reader *r, const struct source *s,
                               struct diag *diag);
void feed_reader_free(struct reader *r);

#endif
