/* Shared by the files that choose and order. */
#ifndef FEEDBIND_FEED_SELECT_INT_H
#define FEEDBIND_FEED_SELECT_INT_H

#include "base/mem.h"
#include "feed/feed.h"

/* An entry with what it is sorted by. */
struct place {
    struct entry *entry;
    size_t feed;   /* the feed's number */
    size_t number; /* of the entry, as read */
    int64_t when;
    int64_t rank;    /* of its section, … */
    const char *key; /* … and then by this: never NULL */
};

/* choose.c: why the policy leaves this entry out, or DROP_NONE. Not for --last,
 * which depends on others. */
enum drop_reason choose_entry(const struct select_policy *policy,
                              const struct entry *e);

/* sections.c: set rank and key of each place. Places of one section have the
 * same, and those of others do not. */
void rank_sections(const struct library *l, const struct select_policy *policy,
                   struct place *places, size_t n);

/* sections.c: when the places are in order, name each entry's section. */
void name_sections(const struct library *l, const struct select_policy *policy,
                   const struct place *places, size_t n);

#endif
