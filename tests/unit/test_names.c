/* Names and their numbers. */

#include "base/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void test_numbers(void **state)
{
    enum { NAMES = 1000 };
    struct names *n = names_new();
    char name[16];
    (void)state;
    assert_int_equal(names_count(n), 0);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < NAMES; i++) {
            snprintf(name, sizeof name, "%zu", i);
            assert_int_equal(names_number(n, name), i);
        }
        assert_int_equal(names_count(n), NAMES);
    }
    assert_int_equal(names_number(n, ""), NAMES);
    names_free(n);
    names_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
