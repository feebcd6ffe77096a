/* Language tags (BCP 47, RFC 5646), as far as a book needs them. */
#include "article/article_int.h"

static size_t letters(struct str s)
{
    size_t n = 0;
    while (n < s.n && chr_alpha((unsigned char)s.p[n]))
        n++;
    return n;
}

static bool alphanumeric(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!chr_alpha((unsigned char)s.p[i]) &&
            !chr_digit((unsigned char)s.p[i]))
            return false;
    return s.n > 0;
}

/* What may follow the primary subtag: a script, a region, variants; no
 * extensions and no private use, which readers do not know. */
static bool valid_subtag(struct str s)
{
    bool digits = s.n > 0 && chr_digit((unsigned char)s.p[0]);
    if (!alphanumeric(s))
        return false;
    switch (s.n) {
    case 2:
        return letters(s) == 2;
    case 3:
        return letters(s) == 3 || digits;
    case 4:
        return letters(s) == 4 || digits;
    default:
        return s.n >= 5 && s.n <= 8;
    }
}

static int rank(struct str s)
{
    if (s.n == 4 && letters(s) == 4)
        return 1; /* script */
    if (s.n == 2 || (s.n == 3 && letters(s) == 0))
        return 2;            /* region */
    return s.n == 3 ? 0 : 3; /* extended language; variant */
}

const char *language_tag(struct arena *arena, const char *tag)
{
    if (!tag || strlen(tag) > 35)
        return NULL;
    char *text = arena_str(arena, str_trim(str_of(tag)));
    for (char *p = text; *p; p++)
        if (*p == '_')
            *p = '-';
    struct str rest = str_of(text), subtag;
    if (!str_next(&rest, '-', &subtag) || letters(subtag) != subtag.n ||
        subtag.n < 2 || subtag.n > 3)
        return NULL;
    char *at = text;
    for (; at < subtag.p + subtag.n; at++)
        *at = (char)chr_lower((unsigned char)*at);
    int last = -1;
    while (str_next(&rest, '-', &subtag)) {
        if (!valid_subtag(subtag) || rank(subtag) <= last)
            return NULL;
        last = rank(subtag) == 3 ? 2 : rank(subtag);
    }
    return text;
}

bool language_rtl(const char *tag)
{
    static const char *const rtl[] = {"ar",  "arc", "ckb", "dv", "fa",
                                      "he",  "iw",  "ks",  "ps", "sd",
                                      "syr", "ug",  "ur",  "yi"};
    if (!tag)
        return false;
    struct str rest = str_of(tag), primary, script;
    str_next(&rest, '-', &primary);
    if (str_next(&rest, '-', &script) && script.n == 4)
        return str_eq_nocase(script, STR("Arab")) ||
               str_eq_nocase(script, STR("Hebr"));
    for (size_t i = 0; i < ARRAY_LEN(rtl); i++)
        if (str_eq_nocase(primary, str_of(rtl[i])))
            return true;
    return false;
}
