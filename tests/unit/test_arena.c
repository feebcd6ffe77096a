/* Arenas and the memory below them. AddressSanitizer sees what goes past an
 * object's block; these tests see what goes past the object. */

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Objects of all sizes, each filled with its number, do not overlap and are
 * aligned. */
static void test_objects_do_not_overlap(void **state)
{
    enum { COUNT = 3000 };
    struct arena *a = arena_new();
    unsigned char *objects[COUNT];
    size_t sizes[COUNT];
    unsigned random = 1;
    (void)state;
    for (unsigned i = 0; i < COUNT; i++) {
        random = random * 1103515245 + 12345;
        sizes[i] = (random >> 16) % (i % 50 ? 300 : 100000);
        objects[i] = i % 2 ? arena_raw(a, sizes[i]) : arena_alloc(a, sizes[i]);
        assert_non_null(objects[i]);
        assert_int_equal((uintptr_t)objects[i] % alignof(max_align_t), 0);
        for (size_t b = 0; !(i % 2) && b < sizes[i]; b++)
            assert_int_equal(objects[i][b], 0);
        memset(objects[i], (int)(i % 251), sizes[i]);
    }
    for (unsigned i = 0; i < COUNT; i++)
        for (size_t b = 0; b < sizes[i]; b++)
            assert_int_equal(objects[i][b], i % 251);
    arena_free(a);
}

static void test_first_object_may_be_large(void **state)
{
    (void)state;
    for (size_t n = 0; n < 1000000; n = n * 3 + 1) {
        struct arena *a = arena_new();
        memset(arena_raw(a, n), 1, n);
        char *small = arena_strdup(a, "small");
        memset(arena_alloc(a, n), 1, n);
        assert_string_equal(small, "small");
        assert_true(arena_used(a) >= 2 * n + sizeof "small");
        assert_true(arena_used(a) <= 2 * n + 100);
        arena_free(a);
    }
    arena_free(NULL);
}

static void test_texts(void **state)
{
    struct arena *a = arena_new();
    (void)state;
    char *text = arena_str(a, STR("a\0b"));
    assert_memory_equal(text, "a\0b", 4);
    struct str view = arena_view(a, STR("a\0b"));
    assert_true(str_eq(view, STR("a\0b")));
    assert_int_equal(view.p[3], '\0');
    assert_string_equal(arena_str(a, (struct str){NULL, 0}), "");
    assert_string_equal(arena_strdup(a, ""), "");
    assert_string_equal(arena_printf(a, "%d-%s", 12, "x"), "12-x");
    assert_string_equal(arena_printf(a, "%s", ""), "");
    char *wide = arena_printf(a, "%5000d", 7);
    assert_int_equal(strlen(wide), 5000);
    assert_int_equal(wide[4999], '7');
    arena_free(a);
}

static void test_copy(void **state)
{
    static const uint32_t numbers[] = {1, 2, 3};
    struct arena *a = arena_new();
    (void)state;
    uint32_t *copy = arena_copy(a, numbers, 3, sizeof *numbers);
    assert_memory_equal(copy, numbers, sizeof numbers);
    assert_null(arena_copy(a, NULL, 0, 4));
    arena_free(a);
}

static void test_arrays_grow(void **state)
{
    VEC(uint64_t) numbers = {0};
    (void)state;
    for (uint64_t i = 0; i < 10000; i++)
        vec_push(&numbers, i * i);
    assert_int_equal(numbers.len, 10000);
    assert_true(numbers.cap >= numbers.len && numbers.cap < 3 * numbers.len);
    for (uint64_t i = 0; i < 10000; i++)
        assert_int_equal(numbers.items[i], i * i);
    uint64_t *before = numbers.items;
    assert_ptr_equal(vec_grow(before, &numbers.cap, 1, 8), before);
    numbers.items = vec_grow(before, &numbers.cap, 100000, 8);
    assert_true(numbers.cap >= 100000);
    assert_int_equal(numbers.items[9999], 9999u * 9999u);
    free(numbers.items);
}

static void test_blocks(void **state)
{
    (void)state;
    char *p = mem_alloc(0), *q = mem_alloc(0);
    assert_ptr_not_equal(p, q);
    p = mem_realloc(p, 100);
    memset(p, 1, 100);
    p = mem_realloc(p, 0);
    assert_non_null(p);
    free(p);
    free(q);
    p = mem_dup("a\0b", 3);
    assert_memory_equal(p, "a\0b", 4);
    free(p);
    p = mem_dup(NULL, 0);
    assert_string_equal(p, "");
    free(p);
}

/* ---- out of memory ---- */

/* AddressSanitizer: let malloc return NULL, as it does elsewhere. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static void ask_alloc(struct arena *a)
{
    (void)a;
    free(mem_alloc(SIZE_MAX / 2));
}

static void ask_vec(struct arena *a)
{
    size_t cap = 0;
    (void)a;
    vec_grow(NULL, &cap, SIZE_MAX / 16 + 2, 16); /* wraps to 16 */
}

static void ask_copy(struct arena *a)
{
    arena_copy(a, "", SIZE_MAX / 4 + 2, 4);
}

static void ask_arena(struct arena *a)
{
    arena_raw(a, SIZE_MAX - 3);
}

static void ask_dup(struct arena *a)
{
    (void)a;
    mem_dup("", SIZE_MAX);
}

/* What a child says that asks for too much, and how it ends. */
static int too_much(void (*ask)(struct arena *), struct arena *a,
                    struct buf *said)
{
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        ask(a);
        _exit(0);
    }
    close(ends[1]);
    assert_true(file_read_fd(ends[0], said));
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The program ends with status 1 and one sentence. */
static void test_out_of_memory(void **state)
{
    static void (*const asks[])(struct arena *) = {ask_alloc, ask_vec, ask_copy,
                                                   ask_arena, ask_dup};
    struct arena *a = arena_new();
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(asks); i++) {
        struct buf said = buf_make(BUF_LINE);
        assert_int_equal(too_much(asks[i], a, &said), 1);
        /* The sanitizer may have had a word before. */
        assert_true(
            str_ends(buf_view(&said), STR("feedbind: error: out of memory\n")));
        buf_free(&said);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_objects_do_not_overlap),
        cmocka_unit_test(test_first_object_may_be_large),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_arrays_grow),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
