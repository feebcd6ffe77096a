/* Workers: processes of feedbind-image and, for pictures that it has no codec
 * for, of feedbind-draw; started when first needed, used again and again, and
 * replaced when they die. */
#ifndef FEEDBIND_IMAGE_WORKER_H
#define FEEDBIND_IMAGE_WORKER_H

#include "base/buf.h"
#include "image/protocol.h"

struct worker_pool;

/* Up to `jobs` workers at once, whose programs are in `folder` and whose faces
 * are in `fonts` (NULL: they need none). Free with worker_pool_free, which ends
 * them. */
struct worker_pool *worker_pool_new(const char *folder, const char *fonts,
                                    unsigned jobs);
void worker_pool_free(struct worker_pool *pool);

enum worker_end {
    WORKER_DONE,   /* *reply is what it said, *out its file */
    WORKER_DIED,   /* or hung, or lied: it was ended */
    WORKER_ABSENT, /* the program cannot be started */
};

/* Have a worker do one request with the first request.size bytes of `file`, an
 * open file that stays the caller's; a reply's file is appended to `out`. Waits
 * for a free worker; may be called from several threads at once. */
enum worker_end worker_do(struct worker_pool *pool,
                          struct protocol_request request, int file,
                          struct protocol_reply *reply, struct buf *out);

#endif
