#include "net/fetch_queue.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define NONE SIZE_MAX

/* Places are numbers, not pointers: the arrays grow. */
struct host {
    char *name;
    size_t first, last; /* waiting jobs; NONE for none */
    size_t next_ready;
    uint64_t out;
    bool ready; /* in the line of hosts that can give a job */
};

struct job {
    size_t host;
    size_t next; /* in the host's line */
};

struct queue {
    uint64_t per_host;
    struct job *jobs;
    VEC(struct host) hosts;
    size_t *slots; /* hash table of hosts; NONE is free */
    size_t slot_count;
    size_t first_ready, last_ready;
};

struct queue *queue_new(size_t jobs, uint64_t per_host)
{
    struct queue *q = mem_alloc(sizeof *q);
    q->per_host = per_host;
    q->jobs = mem_alloc(jobs * sizeof *q->jobs);
    q->first_ready = q->last_ready = NONE;
    return q;
}

void queue_free(struct queue *q)
{
    if (!q)
        return;
    for (size_t i = 0; i < q->hosts.len; i++)
        free(q->hosts.items[i].name);
    free(q->hosts.items);
    free(q->slots);
    free(q->jobs);
    free(q);
}

/* FNV-1a. */
static size_t hash_name(const char *name)
{
    uint64_t h = 14695981039346656037u;
    for (; *name; name++)
        h = (h ^ (unsigned char)*name) * 1099511628211u;
    return (size_t)h;
}

/* The slot of this host, or the free one where it belongs. */
static size_t *find_slot(struct queue *q, const char *name)
{
    for (size_t i = hash_name(name);; i++) {
        size_t *slot = &q->slots[i & (q->slot_count - 1)];
        if (*slot == NONE || strcmp(q->hosts.items[*slot].name, name) == 0)
            return slot;
    }
}

/* Keep the table at most half full. */
static void grow_slots(struct queue *q)
{
    if (q->hosts.len * 2 < q->slot_count)
        return;
    q->slot_count = q->slot_count ? q->slot_count * 2 : 64;
    q->slots = mem_realloc(q->slots, q->slot_count * sizeof *q->slots);
    for (size_t i = 0; i < q->slot_count; i++)
        q->slots[i] = NONE;
    for (size_t i = 0; i < q->hosts.len; i++)
        *find_slot(q, q->hosts.items[i].name) = i;
}

static size_t find_host(struct queue *q, const char *name)
{
    grow_slots(q);
    size_t *slot = find_slot(q, name);
    if (*slot == NONE) {
        struct host host = {.name = mem_dup(name, strlen(name)),
                            .first = NONE,
                            .last = NONE,
                            .next_ready = NONE};
        *slot = q->hosts.len;
        vec_push(&q->hosts, host);
    }
    return *slot;
}

/* Put the host at the end of the line if it can give a job. */
static void make_ready(struct queue *q, size_t number)
{
    struct host *h = &q->hosts.items[number];
    if (h->ready || h->first == NONE || h->out >= q->per_host)
        return;
    h->ready = true;
    h->next_ready = NONE;
    if (q->last_ready == NONE)
        q->first_ready = number;
    else
        q->hosts.items[q->last_ready].next_ready = number;
    q->last_ready = number;
}

void queue_add(struct queue *q, size_t job, const char *host, bool urgent)
{
    size_t number = find_host(q, host);
    struct host *h = &q->hosts.items[number];
    q->jobs[job] = (struct job){number, urgent ? h->first : NONE};
    if (h->first == NONE || urgent)
        h->first = job;
    else
        q->jobs[h->last].next = job;
    if (h->last == NONE || !urgent)
        h->last = job;
    make_ready(q, number);
}

bool queue_take(struct queue *q, size_t *job)
{
    size_t number = q->first_ready;
    if (number == NONE)
        return false;
    struct host *h = &q->hosts.items[number];
    q->first_ready = h->next_ready;
    if (q->first_ready == NONE)
        q->last_ready = NONE;
    h->ready = false;
    *job = h->first;
    h->first = q->jobs[h->first].next;
    if (h->first == NONE)
        h->last = NONE;
    h->out++;
    make_ready(q, number);
    return true;
}

void queue_done(struct queue *q, size_t job)
{
    size_t number = q->jobs[job].host;
    q->hosts.items[number].out--;
    make_ready(q, number);
}
