/* The spool: one unlinked temporary file for what is too large to hold.
 *
 * Bodies, parts, encoded images and deflated members are put into the spool
 * and read back by span into bounded buffers. Memory then grows with the
 * number of articles, not with their bytes. All calls may come from several
 * threads at once. Failures (a full disk) are sticky: after one, puts return
 * empty spans and gets fail; test spool_error once at the end of a stage. */
#ifndef FEEDBIND_BASE_SPOOL_H
#define FEEDBIND_BASE_SPOOL_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct spool;

struct span {
    uint64_t at, n; /* n = 0: empty */
};

/* The file is opened by the first put. Free with spool_free. */
struct spool *spool_new(void);
void spool_free(struct spool *s);

/* Store n bytes and return where they are. */
struct span spool_put(struct spool *s, const void *data, size_t n);

/* Make *span, the last thing that was put (or {0}), n bytes longer. False on
 * failure, or if something else was put since. */
bool spool_grow(struct spool *s, struct span *span, const void *data, size_t n);

/* Append a span's bytes to `out`; false on failure or past its ceiling. */
bool spool_get(struct spool *s, struct span span, struct buf *out);

/* Read n bytes from `offset` within the span into p; false on failure. */
bool spool_read(struct spool *s, struct span span, uint64_t offset, void *p,
                size_t n);

/* 0, or the errno of the first failure. */
int spool_error(struct spool *s);

#endif
