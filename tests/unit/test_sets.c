#include "base/sets.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void test_sets(void **state)
{
    (void)state;
    struct sets s = sets_new(6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(sets_find(&s, i), i);
    sets_join(&s, 5, 3);
    sets_join(&s, 4, 5);
    sets_join(&s, 1, 2);
    assert_int_equal(sets_find(&s, 5), 3);
    assert_int_equal(sets_find(&s, 4), 3);
    assert_int_equal(sets_find(&s, 2), 1);
    sets_join(&s, 4, 2);
    sets_join(&s, 2, 4);
    for (size_t i = 1; i < 6; i++)
        assert_int_equal(sets_find(&s, i), 1);
    assert_int_equal(sets_find(&s, 0), 0);
    sets_free(&s);
}

/* It is not quadratic, nor does it recurse. */
static void test_many(void **state)
{
    enum { MANY = 200000 };
    (void)state;
    struct sets s = sets_new(MANY);
    for (size_t i = MANY - 1; i; i--)
        sets_join(&s, i, i - 1);
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(sets_find(&s, i), 0);
    sets_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
