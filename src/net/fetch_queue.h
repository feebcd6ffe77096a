/* Whose turn it is: jobs waiting by host, hosts served in turn, no host more
 * than its share at once. (curl has limits of its own, but the time that a
 * transfer waits for them counts against its time-outs.)
 *
 * A host's share is one until it has answered: one that is not there costs one
 * transfer's time, and the next ones find a connection that can be shared. It
 * is `per_host` then, and half of what it was each time that the host is told
 * to rest. What waits for a time, a host or a job, takes no place of others.
 *
 * Times are the caller's, milliseconds of any clock that does not go back. */
#ifndef FEEDBIND_NET_FETCH_QUEUE_H
#define FEEDBIND_NET_FETCH_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct queue;

/* A queue for jobs 0 … jobs-1. queue_free it. */
struct queue *queue_new(size_t jobs, uint64_t per_host);
void queue_free(struct queue *q);

/* Let a job wait for its host; first in line if `urgent`. */
void queue_add(struct queue *q, size_t job, const char *host, bool urgent);

/* The same, urgent, from this time on. */
void queue_add_later(struct queue *q, size_t job, const char *host,
                     uint64_t when);

/* Take the next job that may start; false if none may. */
bool queue_take(struct queue *q, uint64_t now, size_t *job);

/* When waiting in vain should end: the time at which a job or a host wakes;
 * UINT64_MAX if none sleeps. */
uint64_t queue_wakes(const struct queue *q);

/* A job that was taken is back; it may be added again. */
void queue_done(struct queue *q, size_t job);

/* The host of a job that was taken has answered. */
void queue_answered(struct queue *q, size_t job);

/* It is to be left alone until this time; those of its jobs that are out stay
 * out. */
void queue_rest(struct queue *q, size_t job, uint64_t until);

/* Is it left alone? */
bool queue_rests(const struct queue *q, size_t job);

#endif
