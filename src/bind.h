/* One book's way through the stages, from articles that were chosen to a file
 * that is in its place. A run has one of these for each book. */
#ifndef FEEDBIND_BIND_H
#define FEEDBIND_BIND_H

#include "options.h"

#include <pthread.h>

enum status {
    STATUS_DONE = 0,
    STATUS_FAILED = 1,
    STATUS_USAGE = 2,
    STATUS_NOTHING = 3,
};

/* What a book is made of, and every value that its making gives, in the order
 * of their making; NULL for what it did not come to. */
struct binding {
    const struct options *options;
    struct spool *spool; /* these three are shared by all books of a run … */
    struct pool *pool;
    pthread_mutex_t *network; /* … which download one after another, so that no
                                 server is asked more than the limits say */
    const char *const *feeds; /* as the user named them */
    size_t feed_count;
    const struct library *library; /* what was chosen */
    struct book_policy policy;     /* the options', and which volume it is */
    struct diag *diag;             /* messages so far */
    const struct diag *before;     /* of a volume: those of reading the feeds */
    struct link_index *index;
    struct article **articles; /* of all the library's entries */
    struct image_set *images;
    struct book *book;
    const char *output; /* a path; NULL as long as the title does not tell */
    struct arena *arena;
    bool written;   /* the book is in its place … */
    bool unchanged; /* … where it was before */
    enum status status;
};

/* All books of a run, in the order of their feeds. */
struct shelf {
    const struct options *options;
    struct binding *books;
    size_t count;
};

/* Go as far as the options want: to the list of pictures, to pictures in the
 * store, or to the book. Sets the status. Different bindings may do so at once.
 * What neither a list nor a report needs is freed again. */
void bind_book(struct binding *b);

/* Free what bind_book made. */
void binding_free(struct binding *b);

#endif
