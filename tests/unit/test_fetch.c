/* The downloader's judgements that need no network; tests/net has the rest. */

#include "net/fetch_int.h"
#include "net/fetch_origins.h"
#include "net/fetch_queue.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_queue_shares(void **state)
{
    struct queue *q = queue_new(8, 2);
    size_t job;
    (void)state;
    assert_false(queue_take(q, 0, &job));
    for (size_t i = 0; i < 5; i++)
        queue_add(q, i, "a", false);
    queue_add(q, 5, "b", false);
    queue_add(q, 6, "c", false);
    /* In turn, one until "a" has answered, and two of it at most then. */
    const size_t order[] = {0, 5, 6, 1};
    for (size_t i = 0; i < 4; i++) {
        if (i == 3) {
            assert_false(queue_take(q, 0, &job));
            queue_answered(q, 0);
        }
        assert_true(queue_take(q, 0, &job));
        assert_int_equal(job, order[i]);
    }
    assert_false(queue_take(q, 0, &job));
    queue_done(q, 5);
    assert_false(queue_take(q, 0, &job));
    queue_done(q, 0);
    assert_true(queue_take(q, 0, &job));
    assert_int_equal(job, 2);
    assert_false(queue_take(q, 0, &job));
    queue_free(q);
}

/* A redirect goes before what waits, on its new host. */
static void test_queue_urgent(void **state)
{
    struct queue *q = queue_new(4, 1);
    size_t job;
    (void)state;
    queue_add(q, 0, "a", false);
    queue_add(q, 1, "b", false);
    queue_add(q, 2, "b", false);
    assert_true(queue_take(q, 0, &job) && job == 0);
    assert_true(queue_take(q, 0, &job) && job == 1);
    queue_done(q, 0);
    queue_add(q, 0, "b", true);
    assert_false(queue_take(q, 0, &job));
    queue_done(q, 1);
    assert_true(queue_take(q, 0, &job) && job == 0);
    queue_done(q, 0);
    assert_true(queue_take(q, 0, &job) && job == 2);
    assert_false(queue_take(q, 0, &job));
    queue_free(q);
}

/* Each job of very many hosts comes out once. */
static void test_queue_many(void **state)
{
    enum { JOBS = 5000 };
    struct queue *q = queue_new(JOBS, 6);
    unsigned char *seen = calloc(JOBS, 1);
    size_t job, out = 0;
    char host[16];
    (void)state;
    for (size_t i = 0; i < JOBS; i++) {
        snprintf(host, sizeof host, "%zu", i % 700);
        queue_add(q, i, host, i % 3 == 0);
    }
    while (queue_take(q, 0, &job)) {
        queue_answered(q, job);
        assert_int_equal(seen[job]++, 0);
        if (++out % 2)
            queue_done(q, job);
    }
    assert_true(out >= 700 * 6);
    for (size_t i = 0; i < 5; i++) /* the rest is held back by its hosts */
        assert_false(queue_take(q, 0, &job));
    free(seen);
    queue_free(q);
}

/* A job that waits for its time keeps nobody waiting; it is next then. */
static void test_queue_later(void **state)
{
    struct queue *q = queue_new(4, 1);
    size_t job;
    (void)state;
    assert_int_equal(queue_wakes(q), UINT64_MAX);
    queue_add_later(q, 0, "a", 300);
    queue_add_later(q, 1, "a", 100);
    queue_add(q, 2, "a", false);
    queue_add(q, 3, "a", false);
    assert_int_equal(queue_wakes(q), 100);
    assert_true(queue_take(q, 99, &job) && job == 2);
    queue_done(q, 2);
    assert_true(queue_take(q, 100, &job) && job == 1);
    assert_int_equal(queue_wakes(q), 300);
    assert_false(queue_take(q, 400, &job)); /* one is out */
    assert_int_equal(queue_wakes(q), UINT64_MAX);
    queue_done(q, 1);
    assert_true(queue_take(q, 400, &job) && job == 0);
    queue_done(q, 0);
    assert_true(queue_take(q, 400, &job) && job == 3);
    queue_free(q);
}

/* Who sleeps wakes in the order of the times. */
static void test_queue_order(void **state)
{
    enum { JOBS = 200 };
    struct queue *q = queue_new(JOBS, 1);
    uint64_t last = 0;
    size_t job;
    (void)state;
    for (size_t i = 0; i < JOBS; i++)
        queue_add_later(q, i, "a", i * 7919 % JOBS);
    for (size_t i = 0; i < JOBS; i++) {
        uint64_t wakes = queue_wakes(q);
        assert_true(wakes >= last);
        last = wakes;
        assert_true(queue_take(q, wakes, &job));
        assert_int_equal(job * 7919 % JOBS, wakes);
        queue_done(q, job);
    }
    queue_free(q);
}

/* A host that rests gives nothing, and half as much at once afterwards; the
 * others go on. */
static void test_queue_rest(void **state)
{
    struct queue *q = queue_new(9, 4);
    size_t job;
    (void)state;
    for (size_t i = 0; i < 8; i++)
        queue_add(q, i, "a", false);
    assert_true(queue_take(q, 0, &job) && job == 0);
    queue_answered(q, 0);
    assert_true(queue_take(q, 0, &job) && job == 1);
    assert_false(queue_rests(q, 0));
    queue_rest(q, 0, 500);
    queue_rest(q, 1, 400); /* the same trouble: no earlier, no slower */
    assert_true(queue_rests(q, 1));
    queue_done(q, 0);
    queue_add(q, 0, "a", true);
    queue_add(q, 8, "b", false);
    assert_true(queue_take(q, 10, &job) && job == 8);
    assert_false(queue_take(q, 400, &job));
    assert_false(queue_take(q, 499, &job));
    assert_true(queue_take(q, 500, &job) && job == 0);
    assert_false(queue_take(q, 500, &job)); /* it and 1 are out */
    queue_done(q, 1);
    assert_true(queue_take(q, 500, &job) && job == 2);
    assert_false(queue_take(q, 500, &job));
    queue_rest(q, 2, 600);
    queue_rest(q, 2, 700); /* longer */
    queue_done(q, 0);
    queue_done(q, 2);
    assert_false(queue_take(q, 699, &job));
    assert_true(queue_take(q, 700, &job) && job == 3);
    assert_false(queue_take(q, 700, &job));
    queue_free(q);
}

static void test_backoff(void **state)
{
    (void)state;
    assert_int_equal(retry_backoff(1000, 0), 1000);
    assert_int_equal(retry_backoff(1000, 1), 2000);
    assert_int_equal(retry_backoff(1000, 3), 8000);
    assert_int_equal(retry_backoff(1000, 6), 60000);
    assert_int_equal(retry_backoff(1000, UINT64_MAX), 60000);
    assert_int_equal(retry_backoff(90000, 2), 90000);
}

static void test_trouble(void **state)
{
    static const struct {
        long status;
        enum fetch_trouble trouble;
    } cases[] = {
        {404, TROUBLE_NONE},    {403, TROUBLE_NONE},    {416, TROUBLE_NONE},
        {408, TROUBLE_REQUEST}, {421, TROUBLE_REQUEST}, {425, TROUBLE_REQUEST},
        {429, TROUBLE_HOST},    {500, TROUBLE_REQUEST}, {501, TROUBLE_NONE},
        {502, TROUBLE_REQUEST}, {503, TROUBLE_REQUEST}, {504, TROUBLE_REQUEST},
        {505, TROUBLE_NONE},    {599, TROUBLE_REQUEST}, {600, TROUBLE_NONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(retry_trouble(cases[i].status, false),
                         cases[i].trouble);
    assert_int_equal(retry_trouble(503, true), TROUBLE_HOST);
    assert_int_equal(retry_trouble(500, true), TROUBLE_REQUEST);
}

static void test_retry_after(void **state)
{
    enum { NOW = 784111777 }; /* Sun, 06 Nov 1994 08:49:37 GMT */
    static const struct {
        const char *value;
        uint64_t ms;
    } good[] = {
        {"0", 0},
        {" 120 ", 120000},
        {"Sun, 06 Nov 1994 08:49:47 GMT", 10000},
        {"Sun, 06 Nov 1994 08:49:27 GMT", 0},
        {"999999999999999999", 1000000000000},
    };
    static const char *const bad[] = {
        "", "-1", "1.5", "soon", "1 s", "0x1", "99999999999999999999"};
    uint64_t ms;
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(retry_after(str_of(good[i].value), NOW, &ms));
        assert_int_equal(ms, good[i].ms);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (retry_after(str_of(bad[i]), NOW, &ms))
            fail_msg("\"%s\" is a time", bad[i]);
    }
}

static void test_validators(void **state)
{
    static const char early[] = "Sun, 06 Nov 1994 08:49:37 GMT";
    static const char late[] = "Sun, 06 Nov 1994 08:49:38 GMT";
    (void)state;
    assert_string_equal(resume_validator("\"a\"", early, late), "\"a\"");
    assert_null(resume_validator("W/\"a\"", early, late));
    assert_null(resume_validator("a", early, late));
    assert_string_equal(resume_validator(NULL, early, late), early);
    assert_null(resume_validator(NULL, early, early));
    assert_null(resume_validator(NULL, late, early));
    assert_null(resume_validator(NULL, early, NULL));
    assert_null(resume_validator(NULL, "yesterday", late));
    assert_null(resume_validator(NULL, NULL, late));
}

static void test_ranges(void **state)
{
    static const char *const bad[] = {
        "",           "bytes",       "bytes 5-9",    "bytes */10",
        "bytes 9-5/", "bytes 9-5/*", "bytes 5-9/9",  "bytes 5-/10",
        "lines 5-9/", "bytes -9/10", "bytes 5-9/1x", "bytes 5-9/10/11",
    };
    struct range r;
    (void)state;
    assert_true(range_read(STR("bytes 5-9/10"), &r));
    assert_true(r.first == 5 && r.last == 9 && r.length == 10);
    assert_true(range_continues(&r, 5, 10));
    assert_true(range_continues(&r, 5, 0));
    assert_false(range_continues(&r, 4, 10));
    assert_false(range_continues(&r, 6, 10));
    assert_false(range_continues(&r, 5, 11));
    assert_true(range_read(STR(" Bytes 0-0/*"), &r));
    assert_true(r.first == 0 && r.last == 0 && r.length == 0);
    assert_true(range_continues(&r, 0, 10));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (range_read(str_of(bad[i]), &r))
            fail_msg("\"%s\" is a range", bad[i]);
    }
}

static void test_origins(void **state)
{
    struct arena *a = arena_new();
    struct origins *o = origins_new(2);
    const struct url *one = url_parse(a, STR("https://a.org/1"), NULL);
    const struct url *two = url_parse(a, STR("https://a.org/2"), NULL);
    const struct url *plain = url_parse(a, STR("http://a.org/1"), NULL);
    const struct url *port = url_parse(a, STR("https://a.org:1/"), NULL);
    (void)state;
    /* Nothing good was had yet: all trouble is the origin's. */
    assert_true(origins_trouble(o, one, false, "x"));
    assert_int_equal(origins_rest(o, one), 1);
    assert_int_equal(origins_rest(o, two), 2);
    assert_null(origins_given_up(o, one));
    assert_true(origins_trouble(o, two, false, "y"));
    assert_int_equal(origins_rest(o, two), 3);
    assert_string_equal(origins_given_up(o, one), "y");
    assert_null(origins_given_up(o, plain));
    assert_null(origins_given_up(o, port));
    origins_well(o, two);
    assert_null(origins_given_up(o, one));
    assert_int_equal(origins_rests(o, one), 0);
    /* Something good was: it is the request's, unless it goes on so. */
    for (int i = 0; i < 12; i++)
        assert_false(origins_trouble(o, one, false, "x"));
    assert_true(origins_trouble(o, one, false, "x"));
    origins_well(o, two);
    assert_false(origins_trouble(o, one, false, "x"));
    assert_true(origins_trouble(o, one, true, "x"));
    assert_true(origins_trouble(o, plain, true, "w"));
    origins_give_up(o, plain);
    assert_string_equal(origins_given_up(o, plain), "w");
    origins_free(o);
    arena_free(a);
}

static bool is_public(const char *text)
{
    struct sockaddr_in in = {.sin_family = AF_INET};
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &in.sin_addr) == 1)
        return reach_public((struct sockaddr *)&in);
    assert_int_equal(inet_pton(AF_INET6, text, &in6.sin6_addr), 1);
    return reach_public((struct sockaddr *)&in6);
}

static void test_addresses(void **state)
{
    static const char *const private[] = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::7f00:1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fdff::1",
        "ff02::1",
        "64:ff9b::a00:1",
        "2002:7f00:1::1",
        "100::1",
    };
    static const char *const public[] = {
        "1.1.1.1",         "9.255.255.255",  "11.0.0.0",
        "100.63.255.255",  "100.128.0.0",    "126.255.255.255",
        "128.0.0.0",       "169.253.0.1",    "172.15.255.255",
        "172.32.0.0",      "192.0.1.0",      "192.167.255.255",
        "198.17.255.255",  "198.20.0.0",     "223.255.255.255",
        "2606:4700::1",    "::ffff:1.1.1.1", "64:ff9b::101:101",
        "2002:101:101::1", "100:0:0:1::1",   "fb00::1",
    };
    (void)state;
    for (size_t i = 0; i < sizeof private / sizeof *private; i++) {
        if (is_public(private[i]))
            fail_msg("%s is held to be public", private[i]);
    }
    for (size_t i = 0; i < sizeof public / sizeof *public; i++) {
        if (!is_public(public[i]))
            fail_msg("%s is held to be private", public[i]);
    }
}

static void test_local_names(void **state)
{
    (void)state;
    assert_true(reach_local_name("localhost"));
    assert_true(reach_local_name("localhost."));
    assert_true(reach_local_name("a.localhost"));
    assert_true(reach_local_name("127.0.0.1"));
    assert_true(reach_local_name("[::1]"));
    assert_false(reach_local_name("notlocalhost"));
    assert_false(reach_local_name("localhost.example"));
    assert_false(reach_local_name("1.1.1.1"));
    assert_false(reach_local_name("[2606:4700::1]"));
    assert_false(reach_local_name(""));
}

static void test_proxies(void **state)
{
    struct sockaddr_in proxy = {.sin_family = AF_INET, .sin_port = htons(3128)};
    struct sockaddr_in other;
    (void)state;
    inet_pton(AF_INET, "127.0.0.1", &proxy.sin_addr);
    other = proxy;
    other.sin_port = htons(3129);
    setenv("http_proxy", "http://user:word@127.0.0.1:3128/", 1);
    struct reach *r = reach_new();
    assert_true(reach_allows(r, (struct sockaddr *)&proxy));
    assert_false(reach_allows(r, (struct sockaddr *)&other));
    reach_free(r);
    unsetenv("http_proxy");
    r = reach_new();
    assert_false(reach_allows(r, (struct sockaddr *)&proxy));
    reach_free(r);
}

static void test_pages(void **state)
{
    static const char *const pages[] = {
        "<!DOCTYPE html>", "  \n<!doctype HTML >",
        "<HTML lang=en>",  "\xEF\xBB\xBF<html>",
        "<p>Not found",    "<a href=x>",
        "<Title>",
    };
    static const char *const others[] = {
        "",
        "<svg xmlns=x>",
        "<?xml version='1.0'?><svg/>",
        "<html",
        "<!DOCTYPE svg>",
        "GIF89a",
        "\x89PNG\r\n",
        "<abbr>",
        "<polygon>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (!answer_is_page(str_of(pages[i])))
            fail_msg("%s is no page", pages[i]);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (answer_is_page(str_of(others[i])))
            fail_msg("%s is a page", others[i]);
    }
}

static const char *referer(struct arena *a, const char *article,
                           const char *target)
{
    const struct url *to = url_parse(a, str_of(target), NULL);
    return request_referer(a, url_parse(a, str_of(article), NULL), to);
}

static void test_referer(void **state)
{
    struct arena *a = arena_new();
    (void)state;
    assert_string_equal(referer(a, "https://u:p@a.org/x?y#z", "https://b.org"),
                        "https://a.org/x?y");
    assert_string_equal(referer(a, "http://a.org/x", "https://b.org"),
                        "http://a.org/x");
    assert_null(referer(a, "https://a.org/x", "http://a.org/y"));
    assert_null(referer(a, "file:///home/x", "https://b.org"));
    assert_null(referer(a, "no address", "https://b.org"));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_queue_shares),
        cmocka_unit_test(test_queue_urgent),
        cmocka_unit_test(test_queue_many),
        cmocka_unit_test(test_queue_later),
        cmocka_unit_test(test_queue_order),
        cmocka_unit_test(test_queue_rest),
        cmocka_unit_test(test_backoff),
        cmocka_unit_test(test_trouble),
        cmocka_unit_test(test_retry_after),
        cmocka_unit_test(test_validators),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_origins),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_local_names),
        cmocka_unit_test(test_proxies),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_referer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
