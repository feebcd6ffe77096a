/* base/pool: every call once, whatever the number of threads. */
#include "base/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include <pthread.h>

enum { CALLS = 5000 };

struct calls {
    atomic_uint times[CALLS];
    atomic_uint started, both;
    pthread_t caller;
    unsigned order[CALLS];
    atomic_bool elsewhere;
};

static void count(void *context, size_t i)
{
    struct calls *c = context;
    c->order[i] = c->started++;
    c->times[i]++;
    if (!pthread_equal(pthread_self(), c->caller))
        c->elsewhere = true;
}

static void check_counts(unsigned jobs, size_t n)
{
    struct calls *c = calloc(1, sizeof *c);
    c->caller = pthread_self();
    struct pool *p = pool_new(jobs);
    for (unsigned round = 1; round <= 3; round++) {
        pool_each(p, n, count, c);
        for (size_t i = 0; i < CALLS; i++)
            assert_int_equal(c->times[i], i < n ? round : 0);
    }
    if (jobs == 1)
        assert_false(c->elsewhere);
    pool_free(p);
    free(c);
}

static void test_every_call_once(void **state)
{
    (void)state;
    static const unsigned jobs[] = {1, 2, 3, 8, 100};
    static const size_t counts[] = {0, 1, 2, 7, CALLS};
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++)
        for (size_t j = 0; j < sizeof counts / sizeof *counts; j++)
            check_counts(jobs[i], counts[j]);
}

static void test_alone_in_order(void **state)
{
    (void)state;
    struct calls *c = calloc(1, sizeof *c);
    c->caller = pthread_self();
    struct pool *p = pool_new(1);
    pool_each(p, CALLS, count, c);
    for (unsigned i = 0; i < CALLS; i++)
        assert_int_equal(c->order[i], i);
    pool_free(p);
    free(c);
}

/* Both calls return only if both run at once. */
static void meet(void *context, size_t i)
{
    struct calls *c = context;
    (void)i;
    c->started++;
    for (int wait = 0; c->started < 2 && wait < 10000; wait++)
        usleep(1000);
    if (c->started == 2)
        c->both++;
}

static void test_at_once(void **state)
{
    (void)state;
    struct calls *c = calloc(1, sizeof *c);
    struct pool *p = pool_new(2);
    pool_each(p, 2, meet, c);
    assert_int_equal(c->both, 2);
    pool_free(p);
    free(c);
}

struct nest {
    struct pool *pool;
    atomic_uint times, busy, most;
};

static void inner(void *context, size_t i)
{
    struct nest *n = context;
    unsigned busy = ++n->busy;
    (void)i;
    usleep(100);
    for (unsigned most = n->most;
         busy > most && !atomic_compare_exchange_weak(&n->most, &most, busy);)
        ;
    n->times++;
    n->busy--;
}

static void outer(void *context, size_t i)
{
    struct nest *n = context;
    pool_each(n->pool, i, inner, n);
}

/* Calls within calls are all made, by the pool's threads and no more. */
static void test_nested(void **state)
{
    (void)state;
    static const unsigned jobs[] = {1, 2, 5};
    for (size_t k = 0; k < sizeof jobs / sizeof *jobs; k++) {
        struct nest n = {.pool = pool_new(jobs[k])};
        pool_each(n.pool, 20, outer, &n);
        assert_int_equal(n.times, 190);
        assert_true(n.most <= jobs[k] && n.most > 0);
        pool_free(n.pool);
    }
}

static void test_limits(void **state)
{
    (void)state;
    struct pool *p = pool_new(0);
    assert_int_equal(pool_jobs(p), 1);
    pool_free(p);
    p = pool_new(100000);
    assert_int_equal(pool_jobs(p), 256);
    pool_free(p); /* before any thread was started */
    pool_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_call_once),
        cmocka_unit_test(test_alone_in_order),
        cmocka_unit_test(test_at_once),
        cmocka_unit_test(test_nested),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
