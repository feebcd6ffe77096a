/* The downloader's judgements that need no network; tests/net has the rest. */

#include "net/fetch_int.h"
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
    assert_false(queue_take(q, &job));
    for (size_t i = 0; i < 5; i++)
        queue_add(q, i, "a", false);
    queue_add(q, 5, "b", false);
    queue_add(q, 6, "c", false);
    /* In turn, and two of "a" at most. */
    const size_t order[] = {0, 5, 6, 1};
    for (size_t i = 0; i < 4; i++) {
        assert_true(queue_take(q, &job));
        assert_int_equal(job, order[i]);
    }
    assert_false(queue_take(q, &job));
    queue_done(q, 5);
    assert_false(queue_take(q, &job));
    queue_done(q, 0);
    assert_true(queue_take(q, &job));
    assert_int_equal(job, 2);
    assert_false(queue_take(q, &job));
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
    assert_true(queue_take(q, &job) && job == 0);
    assert_true(queue_take(q, &job) && job == 1);
    queue_done(q, 0);
    queue_add(q, 0, "b", true);
    assert_false(queue_take(q, &job));
    queue_done(q, 1);
    assert_true(queue_take(q, &job) && job == 0);
    queue_done(q, 0);
    assert_true(queue_take(q, &job) && job == 2);
    assert_false(queue_take(q, &job));
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
    while (queue_take(q, &job)) {
        assert_int_equal(seen[job]++, 0);
        if (++out % 2)
            queue_done(q, job);
    }
    assert_true(out >= 700 * 6);
    for (size_t i = 0; i < 5; i++) /* the rest is held back by its hosts */
        assert_false(queue_take(q, &job));
    free(seen);
    queue_free(q);
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
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_local_names),
        cmocka_unit_test(test_proxies),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_referer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
