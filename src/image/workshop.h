/* Where pictures are made: workers, the spool that takes what they make, and
 * names for it. Shared by the files of the image stage. */
#ifndef FEEDBIND_IMAGE_WORKSHOP_H
#define FEEDBIND_IMAGE_WORKSHOP_H

#include "image/image_int.h"
#include "image/worker.h"

#include <pthread.h>

struct workshop {
    struct image_set *set;
    const struct image_policy *policy;
    struct spool *spool;
    struct worker_pool *workers;
    pthread_mutex_t lock; /* guards the set's arena while threads work */
};

void workshop_open(struct workshop *w, struct image_set *set,
                   const struct image_policy *policy, struct spool *spool);
void workshop_close(struct workshop *w);

/* Workers for a while: the policy's crew, else such as are ended when they are
 * given back. */
struct worker_pool *workshop_hire(const struct image_policy *policy);
void workshop_dismiss(const struct image_policy *policy,
                      struct worker_pool *workers);

/* What a worker said of a picture, and the bytes that came with it. */
struct made {
    enum worker_end end;
    struct fit fit; /* what was asked for */
    struct protocol_reply reply;
    struct buf bytes; /* buf_free it */
};

/* Have the picture made. May be called from several threads at once, as
 * may the next two. */
struct made workshop_make(struct workshop *w, const struct fit *fit,
                          const struct saved *file);

/* The name of the format that it was saved in, the set's; NULL: it is not
 * known, or no worker answered. */
const char *workshop_format(struct workshop *w, const struct made *made);

/* The picture, which came out well (RESULT_MADE), as files of the book: in the
 * spool, with names that say which bytes it was made from, and what for.
 * wanted[i].hash and .bytes are set. */
struct image workshop_keep(struct workshop *w, size_t i,
                           const struct made *made);

#endif
