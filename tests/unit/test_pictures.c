/* What markup and addresses tell about pictures. */

#include "article/picture/media_query.h"
#include "article/picture/picture_address.h"
#include "article/picture/srcset.h"
#include "base/buf.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static bool any(struct str address)
{
    return address.n > 0;
}

/* The set as it was understood: "address width density;" each. */
static void test_srcset_is_taken_apart(void **state)
{
    static const struct {
        const char *set, *read;
    } cases[] = {
        {"", ""},
        {" ,, ,", ""},
        {"a", "a 0 1000;"},
        {"a,", "a 0 1000;"},
        {"a,,, b", "a 0 1000;b 0 1000;"},
        {"a,b 2x", "a,b 0 2000;"},
        {"a 1x,b 2x", "a 0 1000;b 0 2000;"},
        {"a 1.5x, b .5x", "a 0 1500;b 0 500;"},
        {"a 100w , b 200w 50h", "a 100 1000;b 200 1000;"},
        {"a 0w, b 2q, c -1x, d 1e3w, e 1.2.3x, f w", ""},
        {"a (x, y) , b", "b 0 1000;"},
        {"data:,x 2x, http://e/a,b,c 3x",
         "data:,x 0 2000;http://e/a,b,c 0 3000;"},
        {"a\t9999999999w", "a 999999 1000;"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str rest = str_of(cases[i].set);
        struct buf read = buf_make(BUF_LINE);
        struct srcset_candidate c;
        while (srcset_next(&rest, &c))
            buf_printf(&read, "%.*s %u %u;", STR_ARG(c.address), c.width,
                       c.density);
        assert_string_equal(read.data, cases[i].read);
        buf_free(&read);
    }
}

static void test_srcset_choice(void **state)
{
    static const struct {
        const char *set, *chosen;
    } cases[] = {
        {"a 100w, b 300w, c 200w", "b"},
        {"a 900w, b 500w, c 600w, d 400w", "b"},
        {"a 1x, b 3x, c 2x", "b"},
        {"a 2x, b 10w", "b"},
        {"a, b", "a"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct srcset_candidate c;
        assert_true(srcset_choose(str_of(cases[i].set), 500, any, &c));
        assert_true(str_eq(c.address, str_of(cases[i].chosen)));
    }
}

static void test_media(void **state)
{
    static const struct {
        const char *query;
        bool holds;
    } cases[] = {
        {"", true},
        {"screen", true},
        {"ALL", true},
        {"print", false},
        {"not print", true},
        {"print, screen", true},
        {"(min-width: 1000px)", true},
        {"(min-width:1000.5px)", false},
        {"(max-width: 999px)", false},
        {"(min-width: 62.5em)", true},
        {"(min-width: 62.6em)", false},
        {"(min-width: 0)", true},
        {"(min-width: 10)", false},
        {"(width >= 1000px)", true},
        {"(width > 1000px)", false},
        {"(width<1001px)", true},
        {"(width <= 1000px)", true},
        {"only screen and (min-width: 10px) and (orientation: portrait)", true},
        {"screen and (orientation: landscape)", false},
        {"not screen and (orientation: landscape)", true},
        {"(prefers-color-scheme: dark)", false},
        {"(something-new: yes)", false},
        {"(min-width", false},
        {"((((", false},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (media_matches(str_of(cases[i].query), 1000) != cases[i].holds)
            fail_msg("%s", cases[i].query);
}

static void test_sizes_of_one_picture(void **state)
{
    static const struct {
        const char *one, *other;
        bool same;
    } cases[] = {
        {"http://e.org/a.jpg", "https://www.e.org/a.jpg?w=3", true},
        {"http://e.org/a-300x200.jpg", "http://e.org/a.jpg", true},
        {"http://e.org/a-scaled.jpg", "http://e.org/a-1024x683.jpg", true},
        {"http://e.org/a_300x.jpg", "http://e.org/a@2x.png", true},
        {"http://e.org/s320/a.jpg", "http://e.org/s1600/a.jpg", true},
        {"http://e.org/w640-h480/a.jpg", "http://e.org/s1600/a.jpg", true},
        {"http://e.org/max/300/a.jpg", "http://e.org/max/1024/a.jpg", true},
        {"http://e.org/id=w300-h200-no", "http://e.org/id=s0", true},
        {"http://c.org/w_9,c_fit/https%3A%2F%2Fe.org%2Fa.jpg",
         "https://e.org/a.jpg", true},
        {"http://i0.wp.com/e.org/a.jpg", "http://e.org/a.jpg", true},
        {"http://e.org/a.jpg", "http://e.org/b.jpg", false},
        {"http://e.org/1/a.jpg", "http://e.org/2/a.jpg", false},
        {"http://e.org/a-2.jpg", "http://e.org/a-3.jpg", false},
        {"http://e.org/img?id=1", "http://e.org/img?id=2", false},
        {"http://e.org/a.jpg", "http://f.org/a.jpg", false},
        {"http://e.org/2020/a.jpg", "http://e.org/2021/a.jpg", false},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *one = picture_key(a, str_of(cases[i].one));
        const char *other = picture_key(a, str_of(cases[i].other));
        if ((strcmp(one, other) == 0) != cases[i].same)
            fail_msg("%s: %s, %s", cases[i].one, one, other);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_srcset_is_taken_apart),
        cmocka_unit_test(test_srcset_choice),
        cmocka_unit_test(test_media),
        cmocka_unit_test(test_sizes_of_one_picture),
    };
    return cmocka_run_group_tests_name("pictures", tests, NULL, NULL);
}
