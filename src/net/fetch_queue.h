/* Whose turn it is: jobs waiting by host, hosts served in turn, no host more
 * than its share at once. (curl has limits of its own, but the time that a
 * transfer waits for them counts against its time-outs.) */
#ifndef FEEDBIND_NET_FETCH_QUEUE_H
#define FEEDBIND_NET_FETCH_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct queue;

/* A queue for jobs 0 … jobs-1 of which `per_host` may be out at once for one
 * host. queue_free it. */
struct queue *queue_new(size_t jobs, uint64_t per_host);
void queue_free(struct queue *q);

/* Let a job wait for its host; first in line if `urgent`. */
void queue_add(struct queue *q, size_t job, const char *host, bool urgent);

/* Take the next job that may start; false if none may. */
bool queue_take(struct queue *q, size_t *job);

/* A job that was taken is back; it may be added again. */
void queue_done(struct queue *q, size_t job);

#endif
