/* base/spool: spans come back as they went in; failures stick. */
#include "base/pool.h"
#include "base/spool.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_spans(void **state)
{
    (void)state;
    struct spool *s = spool_new();
    struct buf b = buf_make(16);
    struct span first = spool_put(s, "first", 5), none = spool_put(s, NULL, 0),
                second = spool_put(s, "the second", 10);
    assert_int_equal(none.n, 0);
    assert_true(spool_get(s, second, &b));
    assert_string_equal(b.data, "the second");
    assert_true(spool_get(s, none, &b));
    assert_true(spool_get(s, first, &b)); /* appended */
    assert_string_equal(b.data, "the secondfirst");
    assert_false(spool_get(s, second, &b)); /* past the ceiling */
    assert_true(b.failed);
    char part[4] = "";
    assert_true(spool_read(s, second, 4, part, 3));
    assert_string_equal(part, "sec");
    assert_false(spool_read(s, first, 4, part, 2)); /* past its end */
    assert_false(spool_read(s, first, UINT64_MAX, part, 2));
    assert_int_equal(spool_error(s), 0);
    buf_free(&b);
    spool_free(s);
    spool_free(NULL);
}

enum { SPANS = 2000 };

struct puts {
    struct spool *spool;
    struct span spans[SPANS];
};

static void put(void *context, size_t i)
{
    struct puts *p = context;
    char data[512];
    memset(data, 'a' + (int)(i % 26), i % sizeof data);
    p->spans[i] = spool_put(p->spool, data, i % sizeof data);
}

static void test_threads(void **state)
{
    (void)state;
    struct puts p = {.spool = spool_new()};
    struct pool *pool = pool_new(8);
    pool_each(pool, SPANS, put, &p);
    struct buf b = buf_make(BUF_LINE);
    for (size_t i = 0; i < SPANS; i++) {
        buf_clear(&b);
        assert_int_equal(p.spans[i].n, i % 512);
        assert_true(spool_get(p.spool, p.spans[i], &b));
        for (size_t j = 0; j < b.len; j++)
            assert_int_equal(b.data[j], 'a' + (int)(i % 26));
    }
    buf_free(&b);
    pool_free(pool);
    spool_free(p.spool);
}

/* The child's exit status: 0, or the number of the first check that failed. */
static int full_disk(void)
{
    static char big[8192];
    struct rlimit limit = {4096, 4096};
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) < 0)
        return 1;
    struct spool *s = spool_new();
    struct buf b = buf_make(BUF_LINE);
    struct span good = spool_put(s, big, 1000);
    if (good.n != 1000 || !spool_get(s, good, &b))
        return 2;
    struct span bad = spool_put(s, big, sizeof big);
    if (bad.n || spool_error(s) != EFBIG)
        return 3;
    if (spool_put(s, big, 1).n || spool_error(s) != EFBIG)
        return 4; /* there would be room for it, but failures stick */
    if (spool_get(s, good, &b) || spool_get(s, bad, &b))
        return 5;
    buf_free(&b);
    spool_free(s);
    return 0;
}

static int no_folder(void)
{
    setenv("TMPDIR", "/nonexistent", 1);
    struct spool *s = spool_new();
    if (spool_error(s)) /* nothing is opened before the first put */
        return 1;
    if (spool_put(s, "x", 1).n || spool_error(s) != ENOENT)
        return 2;
    spool_free(s);
    return 0;
}

static void check_in_child(int (*check)(void))
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(check());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void test_full_disk(void **state)
{
    (void)state;
    check_in_child(full_disk);
}

static void test_no_folder(void **state)
{
    (void)state;
    check_in_child(no_folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_no_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
