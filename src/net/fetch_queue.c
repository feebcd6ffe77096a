#include "net/fetch_queue.h"

#include "base/mem.h"
#include "base/names.h"

#include <stdlib.h>
#include <string.h>

#define NONE SIZE_MAX

/* Places are numbers, not pointers: the arrays grow. */
struct host {
    size_t first, last; /* waiting jobs; NONE for none */
    size_t next_ready;
    uint64_t out, share;
    uint64_t rests_until;
    bool answered, resting;
    bool ready; /* in the line of hosts that may give a job */
};

struct job {
    size_t host;
    size_t next; /* in the host's line */
};

/* Somebody sleeps: a job, or a host that rests. */
struct sleeper {
    uint64_t wakes;
    size_t job; /* NONE: the host alone */
    size_t host;
};

struct queue {
    uint64_t per_host;
    struct job *jobs;
    struct names *names; /* of hosts */
    VEC(struct host) hosts;
    VEC(struct sleeper) sleepers; /* a heap, who wakes first on top */
    size_t first_ready, last_ready;
};

struct queue *queue_new(size_t jobs, uint64_t per_host)
{
    struct queue *q = mem_alloc(sizeof *q);
    q->per_host = per_host;
    q->jobs = mem_alloc(jobs * sizeof *q->jobs);
    q->names = names_new();
    q->first_ready = q->last_ready = NONE;
    return q;
}

void queue_free(struct queue *q)
{
    if (!q)
        return;
    names_free(q->names);
    free(q->hosts.items);
    free(q->sleepers.items);
    free(q->jobs);
    free(q);
}

static size_t find_host(struct queue *q, const char *name)
{
    size_t number = names_number(q->names, name);
    if (number == q->hosts.len) {
        struct host host = {.first = NONE,
                            .last = NONE,
                            .next_ready = NONE,
                            .share = q->per_host};
        vec_push(&q->hosts, host);
    }
    return number;
}

/* --- hosts in turn ---------------------------------------------------- */

static bool may_give(const struct host *h)
{
    return h->first != NONE && !h->resting &&
           h->out < (h->answered ? h->share : 1);
}

/* Put the host at the end of the line if it may give a job. */
static void make_ready(struct queue *q, size_t number)
{
    struct host *h = &q->hosts.items[number];
    if (h->ready || !may_give(h))
        return;
    h->ready = true;
    h->next_ready = NONE;
    if (q->last_ready == NONE)
        q->first_ready = number;
    else
        q->hosts.items[q->last_ready].next_ready = number;
    q->last_ready = number;
}

static void add_to_line(struct queue *q, size_t job, bool urgent)
{
    struct host *h = &q->hosts.items[q->jobs[job].host];
    q->jobs[job].next = urgent ? h->first : NONE;
    if (h->first == NONE || urgent)
        h->first = job;
    else
        q->jobs[h->last].next = job;
    if (h->last == NONE || !urgent)
        h->last = job;
    make_ready(q, q->jobs[job].host);
}

/* --- who sleeps ------------------------------------------------------- */

static void sleep_until(struct queue *q, struct sleeper s)
{
    vec_push(&q->sleepers, s);
    size_t i = q->sleepers.len - 1;
    for (; i > 0 && q->sleepers.items[(i - 1) / 2].wakes > s.wakes;
         i = (i - 1) / 2)
        q->sleepers.items[i] = q->sleepers.items[(i - 1) / 2];
    q->sleepers.items[i] = s;
}

/* The one on top wakes. */
static struct sleeper wake_one(struct queue *q)
{
    struct sleeper *heap = q->sleepers.items, top = heap[0];
    size_t n = --q->sleepers.len, i = 0;
    struct sleeper last = heap[n];
    for (size_t child; (child = 2 * i + 1) < n; i = child) {
        if (child + 1 < n && heap[child + 1].wakes < heap[child].wakes)
            child++;
        if (heap[child].wakes >= last.wakes)
            break;
        heap[i] = heap[child];
    }
    heap[i] = last;
    return top;
}

static void wake_some(struct queue *q, uint64_t now)
{
    while (q->sleepers.len > 0 && q->sleepers.items[0].wakes <= now) {
        struct sleeper s = wake_one(q);
        struct host *h = &q->hosts.items[s.host];
        if (s.job != NONE) {
            add_to_line(q, s.job, true);
        } else if (h->rests_until <= now) {
            h->resting = false;
            make_ready(q, s.host);
        }
    }
}

uint64_t queue_wakes(const struct queue *q)
{
    return q->sleepers.len > 0 ? q->sleepers.items[0].wakes : UINT64_MAX;
}

/* --- coming and going ------------------------------------------------- */

void queue_add(struct queue *q, size_t job, const char *host, bool urgent)
{
    q->jobs[job].host = find_host(q, host);
    add_to_line(q, job, urgent);
}

void queue_add_later(struct queue *q, size_t job, const char *host,
                     uint64_t when)
{
    q->jobs[job].host = find_host(q, host);
    sleep_until(q, (struct sleeper){when, job, q->jobs[job].host});
}

bool queue_take(struct queue *q, uint64_t now, size_t *job)
{
    wake_some(q, now);
    while (q->first_ready != NONE) {
        size_t number = q->first_ready;
        struct host *h = &q->hosts.items[number];
        q->first_ready = h->next_ready;
        if (q->first_ready == NONE)
            q->last_ready = NONE;
        h->ready = false;
        if (!may_give(h)) /* it was told to rest while it was in line */
            continue;
        *job = h->first;
        h->first = q->jobs[h->first].next;
        if (h->first == NONE)
            h->last = NONE;
        h->out++;
        make_ready(q, number);
        return true;
    }
    return false;
}

void queue_done(struct queue *q, size_t job)
{
    size_t number = q->jobs[job].host;
    q->hosts.items[number].out--;
    make_ready(q, number);
}

void queue_answered(struct queue *q, size_t job)
{
    size_t number = q->jobs[job].host;
    q->hosts.items[number].answered = true;
    make_ready(q, number);
}

bool queue_rests(const struct queue *q, size_t job)
{
    return q->hosts.items[q->jobs[job].host].resting;
}

void queue_rest(struct queue *q, size_t job, uint64_t until)
{
    size_t number = q->jobs[job].host;
    struct host *h = &q->hosts.items[number];
    if (!h->resting)
        h->share = h->share > 1 ? h->share / 2 : 1;
    if (h->resting && until <= h->rests_until)
        return;
    h->resting = true;
    h->rests_until = until;
    sleep_until(q, (struct sleeper){until, NONE, number});
}
