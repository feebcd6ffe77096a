/* Language tags: repaired where it is clear what they mean, else none. */

#include "article/article.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    const char *text, *tag;
} samples[] = {
    {"en", "en"},
    {"EN-us", "en-US"},
    {"en_US", "en-US"},
    {"en_US.UTF-8", "en-US"},
    {"en-us, fr", "en-US"},
    {"  pt-br\n", "pt-BR"},
    {"zh-hans-cn", "zh-Hans-CN"},
    {"zh-Hant", "zh-Hant"},
    {"zh-cmn-hans", "zh-cmn-Hans"},
    {"es-419", "es-419"},
    {"en-US-posix", "en-US-posix"},
    {"de-DE-1996", "de-DE-1996"},
    {"sl-rozaj-biske", "sl-rozaj-biske"},
    {"sr-Latn-RS", "sr-Latn-RS"},
    {"en-UK", "en-GB"},
    /* what does not fit, and all after it, goes */
    {"en-", "en"},
    {"en--US", "en"},
    {"en-US-Latn", "en-US"},
    {"en-US-GB", "en-US"},
    {"de-1996-1996", "de-1996"},
    {"en-toolongsubtag", "en"},
    {"en-x-pirate", "en"},
    {"en-US-u-co-phonebk", "en-US"},
    /* codes of three letters, names, old tags, countries */
    {"eng", "en"},
    {"ger", "de"},
    {"deu-AT", "de-AT"},
    {"fil", "fil"},
    {"mfe", "mfe"},
    {"English", "en"},
    {"English (United States)", "en"},
    {"Deutsch", "de"},
    {"i-klingon", "tlh"},
    {"no-bok", "nb"},
    {"iw", "he"},
    {"iw-IL", "he-IL"},
    {"jp", "ja"},
    {"zh-min-nan", "nan"},
    /* no language */
    {NULL, NULL},
    {"", NULL},
    {" ", NULL},
    {"-", NULL},
    {"C", NULL},
    {"C.UTF-8", NULL},
    {"POSIX", NULL},
    {"x-none", NULL},
    {"i-default", NULL},
    {"und", NULL},
    {"mul", NULL},
    {"zxx", NULL},
    {"html", NULL},
    {"shell", NULL},
    {"javascript", NULL},
    {"go", NULL},
    {"js", NULL},
    {"php", NULL},
    {"c++", NULL},
    {"1a", NULL},
    {"e1", NULL},
    {"日本語", NULL},
    {"en-US-xxxxxxxx-yyyyyyyy-zzzzzzzz-wwwwwwww-vvvvvvvv",
     "en-US-xxxxxxxx-yyyyyyyy-zzzzzzzz"},
};

static void test_tags(void **state)
{
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        const char *tag = language_tag(arena, samples[i].text);
        if (samples[i].tag) {
            assert_non_null(tag);
            assert_string_equal(tag, samples[i].tag);
        } else {
            assert_null(tag);
        }
    }
    arena_free(arena);
}

static void test_directions(void **state)
{
    static const char *const rtl[] = {"ar",      "he-IL",   "fa",
                                      "ur-PK",   "yi",      "ckb",
                                      "az-Arab", "pa-Arab", "ks-Arab-IN"};
    static const char *const ltr[] = {"en",      "az",      "he-Latn",
                                      "ks-Deva", "yi-Latn", "arn"};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rtl); i++)
        assert_true(language_rtl(rtl[i]));
    for (size_t i = 0; i < ARRAY_LEN(ltr); i++)
        assert_false(language_rtl(ltr[i]));
    assert_false(language_rtl(NULL));
    assert_true(language_rtl_maybe("az-IR"));
    assert_true(language_rtl_maybe("he"));
    assert_false(language_rtl_maybe("en"));
    assert_false(language_rtl_maybe(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_directions),
    };
    return cmocka_run_group_tests_name("language", tests, NULL, NULL);
}
