#include "base/pool.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct pool {
    unsigned jobs, started;
    pthread_t *threads;
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t wake;  /* there is work, or the end */
    pthread_cond_t idle;  /* the last call returned */
    void (*work)(void *context, size_t i);
    void *context;
    size_t next, count; /* calls that are still to begin */
    size_t busy;        /* calls that have not returned */
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
static void do_one(struct pool *p)
{
    size_t i = p->next++;
    p->busy++;
    pthread_mutex_unlock(&p->lock);
    p->work(p->context, i);
    pthread_mutex_lock(&p->lock);
    p->busy--;
    if (!p->busy && p->next == p->count)
        pthread_cond_signal(&p->idle);
}

static void *run(void *pool)
{
    struct pool *p = pool;
    pthread_mutex_lock(&p->lock);
    while (!p->end) {
        if (p->next < p->count)
            do_one(p);
        else
            pthread_cond_wait(&p->wake, &p->lock);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

void pool_each(struct pool *p, size_t n, void (*work)(void *context, size_t i),
               void *context)
{
    pthread_mutex_lock(&p->lock);
    p->work = work;
    p->context = context;
    p->next = 0;
    p->count = n;
    /* The caller works too, so jobs - 1 threads are enough; if one cannot be
     * started the others do its work. */
    while (p->started + 1 < p->jobs && p->started + 1 < n &&
           pthread_create(&p->threads[p->started], NULL, run, p) == 0)
        p->started++;
    pthread_cond_broadcast(&p->wake);
    while (p->next < p->count)
        do_one(p);
    while (p->busy)
        pthread_cond_wait(&p->idle, &p->lock);
    p->count = p->next = 0;
    pthread_mutex_unlock(&p->lock);
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
