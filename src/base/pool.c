#include "base/pool.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

/* The calls of one pool_each. */
struct batch {
    void (*work)(void *context, size_t i);
    void *context;
    size_t next, count; /* calls that are still to begin */
    size_t busy;        /* calls that have not returned */
    struct batch *older;
};

struct pool {
    unsigned jobs, started;
    pthread_t *threads;
    pthread_mutex_t lock;  /* guards all below, and the batches */
    pthread_cond_t wake;   /* there is work, or the end */
    pthread_cond_t idle;   /* the last call of a batch returned */
    struct batch *batches; /* those that have not ended, the newest first */
    bool end;
};

struct pool *pool_new(unsigned jobs)
{
    struct pool *p = mem_alloc(sizeof *p);
    p->jobs = jobs < 1 ? 1 : jobs > 256 ? 256 : jobs;
    p->threads = mem_alloc(p->jobs * sizeof *p->threads);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->wake, NULL);
    pthread_cond_init(&p->idle, NULL);
    return p;
}

unsigned pool_jobs(const struct pool *p)
{
    return p->jobs;
}

/* Do one call; the lock is held before and after, not during. */
static void do_one(struct pool *p, struct batch *b)
{
    size_t i = b->next++;
    b->busy++;
    pthread_mutex_unlock(&p->lock);
    b->work(b->context, i);
    pthread_mutex_lock(&p->lock);
    b->busy--;
    if (!b->busy && b->next == b->count)
        pthread_cond_broadcast(&p->idle);
}

/* What was begun last is ended first, so that little is under way at once. */
static struct batch *find_work(const struct pool *p)
{
    struct batch *b = p->batches;
    while (b && b->next == b->count)
        b = b->older;
    return b;
}

static void *run(void *pool)
{
    struct pool *p = pool;
    pthread_mutex_lock(&p->lock);
    while (!p->end) {
        struct batch *b = find_work(p);
        if (b)
            do_one(p, b);
        else
            pthread_cond_wait(&p->wake, &p->lock);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static void remove_batch(struct pool *p, const struct batch *b)
{
    struct batch **at = &p->batches;
    while (*at != b)
        at = &(*at)->older;
    *at = b->older;
}

void pool_each(struct pool *p, size_t n, void (*work)(void *context, size_t i),
               void *context)
{
    struct batch *b = mem_alloc(sizeof *b);
    pthread_mutex_lock(&p->lock);
    *b = (struct batch){
        .work = work, .context = context, .count = n, .older = p->batches};
    p->batches = b;
    /* The caller works too, so jobs - 1 threads are enough; if one cannot be
     * started the others do its work. */
    while (p->started + 1 < p->jobs && p->started + 1 < n &&
           pthread_create(&p->threads[p->started], NULL, run, p) == 0)
        p->started++;
    pthread_cond_broadcast(&p->wake);
    while (b->next < b->count)
        do_one(p, b);
    while (b->busy)
        pthread_cond_wait(&p->idle, &p->lock);
    remove_batch(p, b);
    pthread_mutex_unlock(&p->lock);
    free(b);
}

void pool_free(struct pool *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->end = true;
    pthread_cond_broadcast(&p->wake);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->started; i++)
        pthread_join(p->threads[i], NULL);
    pthread_cond_destroy(&p->wake);
    pthread_cond_destroy(&p->idle);
    pthread_mutex_destroy(&p->lock);
    free(p->threads);
    free(p);
}
