#include "article/style/css.h"

#include "base/mem.h"

static bool name_char(unsigned char c)
{
    return chr_alpha(c) || chr_digit(c) || c == '-' || c == '_' || c == '\\' ||
           c >= 0x80;
}

static size_t comment_length(struct str s)
{
    if (!str_starts(s, STR("/*")))
        return 0;
    size_t n = 2 + str_find(str_sub(s, 2, s.n), STR("*/")) + 2;
    return n < s.n ? n : s.n;
}

/* A string ends with its quote, before the end of its line, or with all. */
static size_t string_length(struct str s)
{
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i] == '\\')
            i++;
        else if (s.p[i] == '\n')
            return i;
        else if (s.p[i] == s.p[0])
            return i + 1;
    }
    return s.n;
}

/* url( with an address that is not quoted: in it only ")" means anything. */
static size_t url_length(struct str s)
{
    size_t i = 4;
    if (!str_starts_nocase(s, STR("url(")))
        return 0;
    while (i < s.n && chr_space((unsigned char)s.p[i]))
        i++;
    if (i < s.n && (s.p[i] == '"' || s.p[i] == '\''))
        return 0;
    while (i < s.n && s.p[i] != ')')
        i += s.p[i] == '\\' ? 2 : 1;
    return i < s.n ? i + 1 : s.n;
}

/* A backslash takes the next character along, or up to six hexadecimal digits
 * and the space after them. */
static size_t escape_length(struct str s)
{
    size_t n = 1;
    while (n < s.n && n <= 6 && chr_hex((unsigned char)s.p[n]) >= 0)
        n++;
    if (n == 1 || (n < s.n && chr_space((unsigned char)s.p[n])))
        n++;
    return n;
}

/* Bytes of the token that s (not empty) begins with; words are one token, and
 * any other character is one of its own. */
static size_t token_length(struct str s)
{
    size_t n = comment_length(s);
    if (!n)
        n = url_length(s);
    if (!n && (s.p[0] == '"' || s.p[0] == '\''))
        n = string_length(s);
    if (n)
        return n;
    while (n < s.n && name_char((unsigned char)s.p[n]))
        n += s.p[n] == '\\' ? escape_length(str_sub(s, n, s.n)) : 1;
    if (!n)
        return 1;
    return n < s.n ? n : s.n;
}

static struct str skip(struct str s, size_t n)
{
    return str_sub(s, n, s.n);
}

static struct str skip_blank(struct str s)
{
    for (size_t n; s.n; s = skip(s, n)) {
        n = chr_space((unsigned char)s.p[0]) ? 1 : comment_length(s);
        if (!n)
            break;
    }
    return s;
}

/* How deep in brackets one is after this token. */
static unsigned nesting(unsigned depth, struct str token)
{
    if (token.n != 1)
        return depth;
    if (strchr("([{", token.p[0]))
        return depth + 1;
    return depth && strchr(")]}", token.p[0]) ? depth - 1 : depth;
}

/* Bytes up to the first of `ends` outside of brackets; white space is one of
 * the ends if `blank`. */
static size_t length_to(struct str s, const char *ends, bool blank)
{
    struct str rest = s;
    for (unsigned depth = 0; rest.n;) {
        struct str token = str_sub(rest, 0, token_length(rest));
        unsigned char c = (unsigned char)token.p[0];
        if (!depth && ((token.n == 1 && strchr(ends, c)) ||
                       (blank && (chr_space(c) || comment_length(rest)))))
            break;
        depth = nesting(depth, token);
        rest = skip(rest, token.n);
    }
    return s.n - rest.n;
}

/* Take "!important" off the value's end. */
static void read_important(struct css_declaration *d)
{
    size_t mark = length_to(d->value, "!", false);
    struct str word = skip_blank(skip(d->value, mark + 1));
    size_t n = word.n ? token_length(word) : 0;
    d->important = n && css_is(str_sub(word, 0, n), STR("important"));
    if (d->important)
        d->value = str_sub(d->value, 0, mark);
    d->value = str_trim(d->value);
}

bool css_next(struct str *rest, struct css_declaration *d)
{
    while (rest->n) {
        struct str s = skip_blank(*rest);
        size_t end = length_to(s, ";", false);
        *rest = skip(s, end + 1);
        s = str_sub(s, 0, end);
        if (!s.n || !name_char((unsigned char)s.p[0]))
            continue;
        d->name = str_sub(s, 0, token_length(s));
        s = skip_blank(skip(s, d->name.n));
        if (!str_starts(s, STR(":")))
            continue;
        d->value = skip(s, 1);
        read_important(d);
        return true;
    }
    return false;
}

bool css_next_part(struct str *value, struct str *part)
{
    struct str s = skip_blank(*value);
    size_t n = length_to(s, ",/", true);
    if (!n && s.n)
        n = 1;
    *part = str_sub(s, 0, n);
    *value = skip(s, n);
    return n > 0;
}

/* Take one character off, with its escape if it is written as one. */
static uint32_t next_char(struct str *s)
{
    uint32_t c = 0;
    size_t i = 1;
    if (s->p[0] != '\\' || s->n < 2)
        return utf8_next(s);
    while (i < s->n && i <= 6 && chr_hex((unsigned char)s->p[i]) >= 0)
        c = c * 16 + (uint32_t)chr_hex((unsigned char)s->p[i++]);
    *s = skip(*s, i);
    if (i == 1)
        return utf8_next(s);
    if (s->n && chr_space((unsigned char)s->p[0]))
        *s = skip(*s, 1);
    return c;
}

bool css_is(struct str part, struct str word)
{
    for (size_t i = 0; i < word.n; i++) {
        if (!part.n)
            return false;
        uint32_t c = next_char(&part);
        if (c >= 0x80 || chr_lower((int)c) != (unsigned char)word.p[i])
            return false;
    }
    return !part.n;
}

/* ---- lengths ---- */

enum { HUNDRED = 100, LONGEST = 100000 };

static const struct {
    struct str name;
    int hundredths; /* of a pixel */
} units[] = {
    {{"px", 2}, 100},  {{"em", 2}, 1600}, {{"rem", 3}, 1600}, {{"ex", 2}, 800},
    {{"ch", 2}, 800},  {{"pt", 2}, 133},  {{"pc", 2}, 1600},  {{"in", 2}, 9600},
    {{"cm", 2}, 3780}, {{"mm", 2}, 378},  {{"%", 1}, 600},
};

/* A number in hundredths, clipped; *s goes on behind it. */
static int read_number(struct str *s)
{
    int value = 0, digits = 0;
    bool point = false;
    for (; s->n; *s = skip(*s, 1)) {
        unsigned char c = (unsigned char)s->p[0];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (!chr_digit(c))
            break;
        if (digits < 2 && value < LONGEST * HUNDRED)
            value = value * 10 + (c - '0');
        digits += point;
    }
    for (; digits < 2 && value < LONGEST * HUNDRED; digits++)
        value *= 10;
    return value < LONGEST * HUNDRED ? value : LONGEST * HUNDRED;
}

int css_length(struct str part)
{
    bool negative = str_starts(part, STR("-"));
    if (negative || str_starts(part, STR("+")))
        part = skip(part, 1);
    int64_t value = read_number(&part);
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        if (!css_is(part, units[i].name))
            continue;
        value = value * units[i].hundredths / HUNDRED;
        if (value > LONGEST * HUNDRED)
            value = LONGEST * HUNDRED;
        return (int)(negative ? -value : value);
    }
    return 0;
}
