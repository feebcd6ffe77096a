/* How values of attributes are written in MathML and SVG. */
#include "article/model/model_int.h"

/* ---- MathML ---- */

/* Take a number off the front: "2", "-.5", "3." (MathML 3, 2.1.5.1). */
static bool take_number(struct str *s)
{
    size_t n = 0, digits = 0;
    if (n < s->n && s->p[n] == '-')
        n++;
    for (; n < s->n && chr_digit((unsigned char)s->p[n]); n++)
        digits++;
    if (n < s->n && s->p[n] == '.')
        n++;
    for (; n < s->n && chr_digit((unsigned char)s->p[n]); n++)
        digits++;
    *s = str_sub(*s, n, s->n);
    return digits > 0;
}

static bool named_space(struct str s)
{
    static const char names[] =
        "veryverythinmathspace verythinmathspace thinmathspace "
        "mediummathspace thickmathspace verythickmathspace "
        "veryverythickmathspace";
    static const struct str negative = {"negative", 8};
    if (str_starts(s, negative))
        s = str_sub(s, negative.n, s.n);
    return model_lists(names, s);
}

static bool valid_length(const struct attribute_model *a, struct str value)
{
    struct str unit = value;
    if (model_lists(a->words, value) || named_space(value))
        return true;
    return take_number(&unit) &&
           (!unit.n || model_lists("em ex in cm mm pt px pc %", unit));
}

static bool valid_lengths(const struct attribute_model *a, struct str value)
{
    struct str word;
    size_t count = 0;
    while (str_next_word(&value, &word)) {
        if (!valid_length(a, word))
            return false;
        count++;
    }
    return count > 0;
}

/* A length, or one that adds to what it would be: "+2em", "80%height". */
static bool valid_padding(struct str value)
{
    static const struct attribute_model plain = {0};
    struct str unit = value;
    if (str_starts(value, STR("+")))
        unit = str_sub(unit, 1, unit.n);
    if (str_starts(value, STR("+-")) || !take_number(&unit))
        return false;
    return valid_length(&plain, value) || !unit.n ||
           model_lists("em ex in cm mm pt px pc % height depth width "
                       "%height %depth %width",
                       unit);
}

static bool valid_words(const char *words, struct str value)
{
    struct str word;
    size_t count = 0;
    while (str_next_word(&value, &word)) {
        if (!model_lists(words, word))
            return false;
        count++;
    }
    return count > 0;
}

/* ---- SVG ---- */

/* Nothing but letters, digits and these. */
static bool made_of(struct str value, const char *others)
{
    for (size_t i = 0; i < value.n; i++)
        if (!chr_alpha((unsigned char)value.p[i]) &&
            !chr_digit((unsigned char)value.p[i]) &&
            !chr_space((unsigned char)value.p[i]) &&
            (!value.p[i] || !strchr(others, value.p[i])))
            return false;
    return value.n > 0;
}

/* Numbers with or without a unit; no words longer than that. */
static bool valid_numbers(struct str value)
{
    enum { LONGEST_UNIT = 2 };
    size_t letters = 0;
    for (size_t i = 0; i < value.n; i++) {
        letters = chr_alpha((unsigned char)value.p[i]) ? letters + 1 : 0;
        if (letters > LONGEST_UNIT)
            return false;
    }
    return made_of(value, "+-.,%");
}

static bool valid_path(struct str value)
{
    for (size_t i = 0; i < value.n; i++)
        if (chr_alpha((unsigned char)value.p[i]) &&
            !strchr("MmZzLlHhVvCcSsQqTtAaEe", value.p[i]))
            return false;
    return made_of(value, "+-.,");
}

static bool valid_plain(struct str value)
{
    return made_of(value, "+-.,%#()'_/") &&
           str_find(value, STR("--")) == value.n && /* var(--name) */
           str_find_nocase(value, STR("url(")) == value.n;
}

/* "url(#id)", with nothing around it. */
static bool valid_server(struct str value)
{
    static const struct str start = {"url(#", 5};
    size_t end = str_chr(value, ')');
    return str_starts(value, start) && end + 1 == value.n && end > start.n &&
           made_of(str_sub(value, start.n, end - start.n), "-_.");
}

static bool valid_local(struct str value)
{
    return value.n > 1 && value.p[0] == '#' &&
           made_of(str_sub(value, 1, value.n), "-_.");
}

/* "none", "xMidYMid slice" */
static bool valid_aspect(struct str value)
{
    static const char align[] =
        "none xMinYMin xMidYMin xMaxYMin xMinYMid xMidYMid xMaxYMid xMinYMax "
        "xMidYMax xMaxYMax";
    struct str word;
    if (!str_next_word(&value, &word) || !model_lists(align, word))
        return false;
    return !str_next_word(&value, &word) ||
           (model_lists("meet slice", word) && !str_trim(value).n);
}

bool model_valid(const struct attribute_model *a, struct str value)
{
    switch (a->syntax) {
    case SYNTAX_WORDS:
        return valid_words(a->words, value);
    case SYNTAX_LENGTH:
        return valid_length(a, value);
    case SYNTAX_LENGTHS:
        return valid_lengths(a, value);
    case SYNTAX_PADDING:
        return valid_padding(value);
    case SYNTAX_NUMBERS:
        return valid_numbers(value) || model_lists(a->words, value);
    case SYNTAX_PATH:
        return valid_path(value);
    case SYNTAX_PLAIN:
        return valid_plain(value);
    case SYNTAX_PAINT:
        return valid_plain(value) || valid_server(value);
    case SYNTAX_SERVER:
        return valid_server(value);
    case SYNTAX_LOCAL:
        return valid_local(value);
    case SYNTAX_ASPECT:
        return valid_aspect(value);
    case SYNTAX_ANY:
        return true;
    default:
        return false;
    }
}
