#include "article/picture/media_query.h"

#include "base/mem.h"

/* What holds of an e-reader besides its width. */
static const struct {
    const char *name, *value;
} facts[] = {
    {"orientation", "portrait"},
    {"prefers-color-scheme", "light"},
    {"prefers-reduced-motion", "reduce"},
    {"dynamic-range", "standard"},
    {"update", "slow"},
    {"hover", "none"},
};

enum bound { AT_LEAST, AT_MOST, ABOVE, BELOW };

/* How a width is asked for: before the length. */
static const struct {
    const char *text;
    enum bound bound;
} bounds[] = {
    {"min-width:", AT_LEAST},
    {"max-width:", AT_MOST},
    {"min-device-width:", AT_LEAST},
    {"max-device-width:", AT_MOST},
    {"width>=", AT_LEAST},
    {"width<=", AT_MOST},
    {"width>", ABOVE},
    {"width<", BELOW},
};

/* "600px" or "40em", in thousandths of pixels; -1 for no such length. */
static long length_of(struct str s)
{
    long value = 0, unit = 1000;
    size_t i = 0;
    bool point = false;
    for (; i < s.n && (chr_digit((unsigned char)s.p[i]) || s.p[i] == '.'); i++)
        if (s.p[i] == '.')
            point = true;
        else if (point)
            value += (s.p[i] - '0') * (unit /= 10);
        else if (value < 1000000000)
            value = value * 10 + (s.p[i] - '0') * 1000L;
    struct str rest = str_sub(s, i, s.n);
    if (str_eq_nocase(rest, STR("em")) || str_eq_nocase(rest, STR("rem")))
        return value * 16;
    bool pixels = str_eq_nocase(rest, STR("px")) || (!rest.n && !value);
    return i && pixels ? value : -1;
}

static bool width_holds(struct str length, enum bound bound, unsigned width)
{
    long asked = length_of(length), have = (long)width * 1000;
    if (asked < 0)
        return false;
    return bound == AT_LEAST  ? have >= asked
           : bound == AT_MOST ? have <= asked
           : bound == ABOVE   ? have > asked
                              : have < asked;
}

/* What stands between parentheses, without its white space. */
static bool feature_holds(struct str feature, unsigned width)
{
    for (size_t i = 0; i < ARRAY_LEN(bounds); i++) {
        struct str text = str_of(bounds[i].text);
        if (str_starts_nocase(feature, text))
            return width_holds(str_sub(feature, text.n, feature.n),
                               bounds[i].bound, width);
    }
    size_t colon = str_chr(feature, ':');
    for (size_t i = 0; i < ARRAY_LEN(facts); i++)
        if (str_eq_nocase(str_sub(feature, 0, colon), str_of(facts[i].name)) &&
            str_eq_nocase(str_sub(feature, colon + 1, feature.n),
                          str_of(facts[i].value)))
            return true;
    return false;
}

/* The next "(…)" or word of a query, without white space; false at its end. */
static bool next_term(struct str *rest, char term[128], size_t *length)
{
    *length = 0;
    *rest = str_trim(*rest);
    if (!rest->n)
        return false;
    bool feature = *rest->p == '(';
    size_t i = feature;
    for (; i < rest->n; i++) {
        char c = rest->p[i];
        if (feature ? c == ')' : chr_space((unsigned char)c) || c == '(')
            break;
        if (!chr_space((unsigned char)c) && *length < 128)
            term[(*length)++] = c;
    }
    *rest = str_sub(*rest, i + feature, rest->n);
    return true;
}

static bool query_matches(struct str query, unsigned width)
{
    bool holds = true, negated = false;
    char term[128];
    struct str s = {term, 0};
    for (;;) {
        bool feature = str_starts(str_trim(query), STR("("));
        if (!next_term(&query, term, &s.n))
            return holds != negated;
        if (feature)
            holds = holds && feature_holds(s, width);
        else if (str_eq_nocase(s, STR("not")))
            negated = true;
        else if (!str_eq_nocase(s, STR("only")) &&
                 !str_eq_nocase(s, STR("and")))
            holds = holds && (str_eq_nocase(s, STR("all")) ||
                              str_eq_nocase(s, STR("screen")));
    }
}

bool media_matches(struct str queries, unsigned width)
{
    struct str query;
    if (str_blank(queries))
        return true;
    while (str_next(&queries, ',', &query))
        if (query_matches(query, width))
            return true;
    return false;
}
