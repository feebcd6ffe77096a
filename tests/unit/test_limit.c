/* Numbers set by name. */

#include "base/limit.h"
#include "net/fetch_policy.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct numbers {
    uint64_t bytes, ms;
};

static const struct limit rows[] = {
    {"bytes", offsetof(struct numbers, bytes), 1, 0, 2000000000, "of it"},
    {"seconds", offsetof(struct numbers, ms), 1000, 1, 5000, "to wait"},
};

static bool set(struct numbers *n, const char *setting)
{
    struct arena *a = arena_new();
    bool ok = !limits_read(rows, 2, n, str_of(setting), a);
    arena_free(a);
    return ok;
}

static void test_values(void **state)
{
    static const struct {
        const char *setting;
        uint64_t bytes, ms;
    } good[] = {
        {"bytes=0", 0, 7},           {"bytes=24", 24, 7},
        {"bytes=50M", 50000000, 7},  {"bytes=1.5K", 1500, 7},
        {"bytes=2G", 2000000000, 7}, {"seconds=2", 7, 2000},
        {"seconds=2.5", 7, 2500},    {"seconds=0.001", 7, 1},
        {"seconds=0.005K", 7, 5000}, {"bytes=007", 7, 7},
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct numbers n = {7, 7};
        if (!set(&n, good[i].setting))
            fail_msg("%s is refused", good[i].setting);
        assert_int_equal(n.bytes, good[i].bytes);
        assert_int_equal(n.ms, good[i].ms);
    }
}

static void test_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "bytes",
        "bytes=",
        "bytes=-1",
        "bytes=1.",
        "bytes=.5K",
        "bytes=1.5",
        "bytes=3G",
        "bytes=1k",
        "bytes=1KK",
        "bytes= 1",
        "bytes=1 ",
        "byte=1",
        "bytes2=1",
        "seconds=0",
        "seconds=5.001",
        "seconds=0.0001",
        "=1",
        "bytes=18446744073709551616",
        "seconds=99999999999999G",
        "bytes=1.0000",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct numbers n = {7, 7};
        if (set(&n, bad[i]))
            fail_msg("%s is taken", bad[i]);
        assert_int_equal(n.bytes, 7);
        assert_int_equal(n.ms, 7);
    }
}

static void test_sizes(void **state)
{
    static const struct {
        const char *text;
        uint64_t bytes; /* 0: it is none */
    } sizes[] = {
        {"1", 1},
        {"50M", 50000000},
        {"25MB", 25000000},
        {"1.5G", 1500000000},
        {"1.5GiB", 1610612736},
        {"2Ki", 2048},
        {"0.3KiB", 307},
        {"100B", 100},
        {"1.5", 1},
        {"99999999G", 99999999000000000},
        {"0", 0},
        {"0.5", 0},
        {"", 0},
        {"M", 0},
        {"50m", 0},
        {"50 M", 0},
        {"-1", 0},
        {"1.", 0},
        {"1iB", 0},
        {"1MBB", 0},
        {"1MMB", 0},
        {"99999999999999G", 0},
        {"999999999999999G", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint64_t bytes;
        bool ok = size_read(str_of(sizes[i].text), &bytes);
        if (ok != (sizes[i].bytes > 0) || (ok && bytes != sizes[i].bytes))
            fail_msg("%s is read otherwise", sizes[i].text);
    }
}

static void test_text(void **state)
{
    static const struct numbers one = {50000000, 2500}, two = {1500, 3000};
    struct arena *a = arena_new();
    struct numbers n = one;
    (void)state;
    assert_string_equal(limits_text(rows, 2, &one, a),
                        "  bytes              of it (50M)\n"
                        "  seconds            to wait (2.500)\n");
    assert_string_equal(limit_value(&rows[0], &two, a), "1500");
    assert_string_equal(limit_value(&rows[1], &two, a), "3");
    assert_string_equal(limits_read(rows, 2, &n, STR("seconds=6"), a),
                        "must be seconds=NUMBER, from 0.001 to 5");
    arena_free(a);
}

/* What is usual is allowed, and its text says the same again. */
static void test_policy(void **state)
{
    struct arena *a = arena_new();
    size_t count;
    const struct limit *limits = fetch_limits(&count);
    struct fetch_policy policy = fetch_policy_make(), again = policy;
    (void)state;
    for (size_t i = 0; i < count; i++) {
        uint64_t number = UINT64_MAX;
        memcpy((char *)&again + limits[i].offset, &number, sizeof number);
        const char *setting = arena_printf(a, "%s=%s", limits[i].name,
                                           limit_value(&limits[i], &policy, a));
        assert_null(limits_read(limits, count, &again, str_of(setting), a));
    }
    assert_memory_equal(&policy, &again, sizeof policy);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_sizes),  cmocka_unit_test(test_text),
        cmocka_unit_test(test_policy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
