/* The table of devices, and what options make of it. */
#include "base/arena.h"
#include "base/diag.h"
#include "options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Screens are held upright; the smallest and largest that there are. */
static void rows_are_sane(void **state)
{
    size_t count;
    const struct device *table = device_table(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        const struct device *d = &table[i];
        assert_in_range(d->width, 480, 2064);
        assert_in_range(d->height, d->width + 1, 3000);
        assert_non_null(d->system);
        assert_true(d->system->max_bytes == 0 ||
                    d->system->max_bytes >= 1000000);
        assert_true(d->system->max_pixels == 0 ||
                    d->system->max_pixels >= 1000000);
        assert_in_range(strlen(d->what), 1, 40);
        assert_string_not_equal(d->name, "list");
        assert_int_equal(
            strspn(d->name, "abcdefghijklmnopqrstuvwxyz0123456789-"),
            strlen(d->name));
    }
}

/* The unknown device, then the others by name, each once. */
static void rows_are_in_order(void **state)
{
    size_t count;
    const struct device *table = device_table(&count);
    (void)state;
    assert_string_equal(table[0].name, "generic");
    for (size_t i = 2; i < count; i++)
        assert_true(strcmp(table[i - 1].name, table[i].name) < 0);
}

static void rows_are_found(void **state)
{
    size_t count;
    const struct device *table = device_table(&count);
    (void)state;
    for (size_t i = 0; i < count; i++)
        assert_ptr_equal(device_find(str_of(table[i].name)), &table[i]);
    assert_null(device_find(STR("")));
    assert_null(device_find(STR("kind")));
    assert_null(device_find(STR("kindle-")));
}

/* A name that others begin with is for any of them: no colour is lost. */
static void makes_keep_colours(void **state)
{
    size_t count, makes = 0;
    const struct device *table = device_table(&count);
    (void)state;
    for (size_t i = 1; i < count; i++) {
        bool make = !strchr(table[i].name, '-');
        makes += make;
        assert_false(make && table[i].grey);
    }
    assert_true(makes >= 10);
}

static void list_has_the_rows(void **state)
{
    size_t count, lines = 0;
    const struct device *table = device_table(&count);
    struct arena *a = arena_new();
    struct str rest = str_of(device_list(a)), line, word;
    (void)state;
    str_next(&rest, '\n', &line);
    for (; rest.n && str_next(&rest, '\n', &line); lines++) {
        const struct device *d = &table[lines];
        assert_in_range(line.n, 1, 80);
        str_next_word(&line, &word);
        assert_true(str_eq(word, str_of(d->name)));
        str_next_word(&line, &word);
        assert_true(str_eq(
            word, str_of(arena_printf(a, "%ux%u", d->width, d->height))));
        str_next_word(&line, &word);
        assert_true(str_eq(word, d->grey ? STR("gray") : STR("color")));
        assert_true(str_eq(str_trim(line), str_of(d->what)));
    }
    assert_int_equal(lines, count);
    arena_free(a);
}

/* ---- with options ---- */

static struct options parsed(char **argv)
{
    struct options o = {0};
    struct diag *diag = diag_new();
    int argc = 0;
    while (argv[argc])
        argc++;
    assert_true(options_parse(&o, argc, argv, stdout, diag));
    diag_free(diag);
    return o;
}

#define PARSE(...)                                                             \
    parsed((char *[]){(char[]){"feedbind"}, (char[]){"a.xml"}, __VA_ARGS__,    \
                      NULL})
#define WORD(text) ((char[]){text})

static void unknown_device_is_generic(void **state)
{
    (void)state;
    struct options o = PARSE(NULL);
    assert_string_equal(o.device->name, "generic");
    assert_int_equal(o.image.fit.width, 1264);
    assert_int_equal(o.image.fit.height, 1680);
    assert_int_equal(o.image.fit.quality, 82);
    assert_int_equal(o.image.fit.colours, FIT_COLOUR);
    assert_int_equal(o.image.fit.slices, FIT_SLICES_MAX);
    assert_int_equal(o.image.fit.max_bytes, 5000000);
    assert_false(o.article.plain_links);
    options_free(&o);
}

static void devices_differ(void **state)
{
    (void)state;
    struct options o = PARSE(WORD("--device=kobo-libra"));
    assert_int_equal(o.image.fit.colours, FIT_GREY);
    assert_int_equal(o.image.fit.max_bytes, 5000000);
    assert_true(o.article.plain_links);
    options_free(&o);
    o = PARSE(WORD("--device=ipad-13"));
    assert_int_equal(o.image.fit.width, 2048);
    assert_int_equal(o.image.fit.height, 2732);
    assert_int_equal(o.image.fit.max_pixels, 5600000);
    assert_int_equal(o.image.fit.max_bytes, 0);
    assert_false(o.image.fit.keep_alpha || o.image.fit.animation);
    options_free(&o);
    o = PARSE(WORD("--device=desktop"));
    assert_true(o.image.fit.keep_alpha && o.image.fit.animation);
    options_free(&o);
}

/* What is asked for goes over the device, before it or after. */
static void wishes_go_over_devices(void **state)
{
    (void)state;
    struct options o =
        PARSE(WORD("--color"), WORD("--size=600x800"), WORD("--device"),
              WORD("kindle-scribe"), WORD("--quality=50"));
    assert_int_equal(o.image.fit.width, 600);
    assert_int_equal(o.image.fit.height, 800);
    assert_int_equal(o.image.fit.quality, 50);
    assert_int_equal(o.image.fit.colours, FIT_COLOUR);
    assert_int_equal(o.image.fit.max_bytes, 5000000);
    options_free(&o);
    o = PARSE(WORD("--gray"), WORD("--device=kindle"));
    assert_int_equal(o.image.fit.colours, FIT_GREY);
    assert_int_equal(o.image.fit.width, 1264);
    options_free(&o);
    o = PARSE(WORD("--dither"), WORD("--gray"));
    assert_int_equal(o.image.fit.colours, FIT_GREY16);
    options_free(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_sane),
        cmocka_unit_test(rows_are_in_order),
        cmocka_unit_test(rows_are_found),
        cmocka_unit_test(makes_keep_colours),
        cmocka_unit_test(list_has_the_rows),
        cmocka_unit_test(unknown_device_is_generic),
        cmocka_unit_test(devices_differ),
        cmocka_unit_test(wishes_go_over_devices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
