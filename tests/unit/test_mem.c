#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static int by_value(const void *a, const void *b)
{
    const int *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static size_t first_from(int key, size_t n)
{
    static const int items[] = {1, 3, 3, 3, 5, 8};
    return mem_first_from(&key, items, n, sizeof key, by_value);
}

static void the_first_of_several_is_found(void **state)
{
    (void)state;
    assert_int_equal(first_from(3, 6), 1);
    assert_int_equal(first_from(3, 5), 1);
    assert_int_equal(first_from(1, 6), 0);
    assert_int_equal(first_from(8, 6), 5);
}

static void else_the_next_one(void **state)
{
    (void)state;
    assert_int_equal(first_from(0, 6), 0);
    assert_int_equal(first_from(4, 6), 4);
    assert_int_equal(first_from(9, 6), 6);
    assert_int_equal(first_from(9, 0), 0);
}

static void arrays_grow(void **state)
{
    VEC(size_t) numbers = {0};
    (void)state;
    for (size_t i = 0; i < 1000; i++)
        vec_push(&numbers, i * i);
    assert_int_equal(numbers.len, 1000);
    assert_in_range(numbers.cap, 1000, 2000);
    assert_int_equal(numbers.items[999], 998001);
    free(numbers.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_of_several_is_found),
        cmocka_unit_test(else_the_next_one),
        cmocka_unit_test(arrays_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
