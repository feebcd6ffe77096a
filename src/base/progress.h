/* A line on a terminal that says how far work that lasts has come.
 *
 * It is written over itself, at most five times a second, first after half a
 * second, and is gone at the end: what lasts no time says nothing, and what is
 * printed for good stands on a clean line. The clock is read for this alone. */
#ifndef FEEDBIND_BASE_PROGRESS_H
#define FEEDBIND_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress;

/* A line on standard error, or, if not `shown`, none. Free with
 * progress_free, which clears it. */
struct progress *progress_new(bool shown);
void progress_free(struct progress *p);

/* Show this text, if it is time to. May be called from several threads. */
void progress_show(struct progress *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Milliseconds since progress_new. */
uint64_t progress_elapsed(const struct progress *p);

#endif
