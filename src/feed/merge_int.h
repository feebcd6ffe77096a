/* Shared by the files that merge. */
#ifndef FEEDBIND_FEED_MERGE_INT_H
#define FEEDBIND_FEED_MERGE_INT_H

#include "base/hash.h"
#include "base/mem.h"
#include "base/sets.h"
#include "feed/feed.h"

/* A file, while files are put in order. */
struct document {
    struct feed *feed;
    size_t first;         /* of its entries, in the library */
    size_t group;         /* its feed's number: of the first of its files, as
                             read */
    bool alone;           /* it is the only file of its feed */
    const char *sites[2]; /* addresses that are no article's; or NULL */
    struct date newest;   /* of its entries */
    struct hex digest;    /* of all that it says */
};

/* An entry, while revisions are looked for. */
struct member {
    struct entry *entry;
    size_t document;
    struct hex text; /* its hash; "": not asked for yet */
};

struct merging {
    struct library *library;
    bool moved; /* feeds that share articles are one */
    struct spool *spool;
    struct diag *diag;
    struct arena *arena; /* for what does not outlive the merging */
    struct document *documents;
    size_t document_count;
    struct member *members; /* in the order of the library's entries */
    size_t member_count;
};

/* What things have in common: equal texts of one group. */
struct key {
    const char *text;
    size_t group;
    size_t number; /* of the thing */
};

typedef VEC(struct key) key_list;

/* ---- documents.c: which files are of one feed, and their order ---- */

/* Find the library's documents and members. */
void documents_find(struct merging *m);

/* Put documents, members and the library's feeds and entries in order: feeds
 * as they were named, their files from the newest to the oldest. */
void documents_order(struct merging *m);

/* The hash of an entry's text. */
const char *member_text(struct merging *m, struct member *member);

/* ---- moved.c: which feeds are one that moved ---- */

/* Documents of one feed are in one set of `feeds`. Feeds that share half of the
 * articles that the smaller of them shows at a time are joined, or told. */
void moved_join(struct merging *m, struct sets *feeds);

/* ---- keys.c ---- */

/* Add one more; NULL is none. */
void keys_add(key_list *keys, const char *text, size_t group, size_t number);

/* Sort them by all of their members. */
void keys_sort(key_list *keys);

/* The end of the run of equal keys that begins at `from`. */
size_t keys_run(const key_list *keys, size_t from);

/* The first, of those that are sorted, that is not before this one; keys->len
 * if there is none. */
size_t keys_find(const key_list *keys, const char *text, size_t group,
                 size_t number);

/* What an address on the web is known by; NULL for none. Pages differ by what
 * trackers add to them (`cut`), files of a feed do not. */
const char *key_of_address(struct arena *a, const char *address, bool cut);

/* ---- articles.c: which entries are one article ---- */

/* Members of one article are in one set. */
void articles_find(struct merging *m, struct sets *articles);

/* ---- gone.c: which articles are not there any more ---- */

/* Give a reason to articles that were deleted, or are absent. `standing` is of
 * each member the one that stands, `all` what is dropped. */
void gone_find(struct merging *m, const size_t *standing, struct dropped *all);

/* ---- gaps.c: what may be missing ---- */

/* Find gaps between files, and pages that are in none, and tell both. */
void gaps_find(struct merging *m, const size_t *standing);

#endif
