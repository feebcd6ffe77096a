/* Canonical addresses of all entries: which article of the book a link leads
 * to. */
#ifndef FEEDBIND_ARTICLE_LINK_LINK_INDEX_H
#define FEEDBIND_ARTICLE_LINK_LINK_INDEX_H

#include "article/article.h"

struct link_target {
    size_t article; /* its number */
    bool fragment;  /* the address's fragment is an id there; false: it has
                       none, or one that is part of what it names */
};

/* True, and *target, if `address` (absolute) is that of an entry, what differs
 * between addresses of one page aside. Of several entries with the address,
 * the one numbered `from` stands, in whose article the link is, else the first
 * of its feed, else the first. Temporary text is made in the arena. */
bool link_index_find(const struct link_index *index, struct arena *arena,
                     const char *address, size_t from,
                     struct link_target *target);

#endif
