/* A pool of threads. */
#ifndef FEEDBIND_BASE_POOL_H
#define FEEDBIND_BASE_POOL_H

#include <stddef.h>

struct pool;

/* Return a pool of `jobs` threads, 1 to 256; with 1, work is done by the
 * caller and no thread is started. Threads start with the first pool_each.
 * Free with pool_free. */
struct pool *pool_new(unsigned jobs);
void pool_free(struct pool *p);

/* Number of threads that work at once. */
unsigned pool_jobs(const struct pool *p);

/* Call work(context, i) for i = 0 … n-1, in any order, on the threads, and
 * return when all calls have returned. Lower numbers start first. The calls
 * must not depend on each other. A call may itself use pool_each: its calls go
 * before those of the outer one, and all together have the pool's threads. */
void pool_each(struct pool *p, size_t n, void (*work)(void *context, size_t i),
               void *context);

#endif
