/* What a passage is made of, counted as far as a judgement of it needs. */
#ifndef FEEDBIND_ARTICLE_PRUNE_SURVEY_H
#define FEEDBIND_ARTICLE_PRUNE_SURVEY_H

#include "article/article_int.h"

enum {
    SURVEY_NODES = 600, /* with more nodes than this or … */
    SURVEY_WORDS = 400, /* … more words than this, it is no furniture */
    SURVEY_CREDIT = 8,  /* nodes to look at, for each that a pass comes by */
};

/* One pass's looks at passages of an article. They may overlap, so they are
 * paid for: a hostile article uses up the credit, and looks see nothing. */
struct surveyor {
    struct maker *maker;
    const struct url *page; /* the article's; NULL: not known */
    const char *site;       /* its host, else the feed's; NULL: not known */
    long credit;            /* nodes that may be looked at */
};

enum link_kind {
    LINK_NONE,  /* no address, or a script's */
    LINK_FLARE, /* a feed service's button */
    LINK_SHARE, /* tells others of this article */
    LINK_PAGE,  /* the article's own page */
    LINK_SITE,  /* another page of its site */
    LINK_OTHER,
};

struct survey {
    bool whole;     /* false: there is more than was looked at */
    unsigned words; /* all of them */
    unsigned loose; /* those outside of links and headings */
    unsigned plain; /* those of them that only label a share bar */
    unsigned links;
    unsigned kinds[LINK_OTHER + 1]; /* links by kind */
    unsigned pictures;              /* outside of links */
    unsigned fields;                /* to write into */
    unsigned mail_fields;
};

struct surveyor surveyor_make(struct maker *m);

/* Count what is in n, itself included. */
struct survey survey_of(struct surveyor *s, const xmlNode *n);

#endif
