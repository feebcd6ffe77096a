/* One article of HTML, for programs that call article_make themselves. */
#ifndef FEEDBIND_TESTS_ONE_H
#define FEEDBIND_TESTS_ONE_H

#include "article/article.h"
#include "base/buf.h"

/* What article_make needs; all of it lives until one_free. */
struct one {
    struct arena *arena;
    struct spool *spool;
    struct feed feed;
    struct entry entry;
    struct entry *entries[1];
    struct feed *feeds[1];
    struct library library;
    struct link_index *index;
    struct article_policy policy;
};

/* Give `html` as the article. */
void one_init(struct one *one, struct str html);
void one_free(struct one *one);

/* article_free the result. */
struct article *one_make(struct one *one);

/* Append the parts' XHTML, without what goes into the holes. */
void one_text(const struct one *one, const struct article *a, struct buf *out);

#endif
