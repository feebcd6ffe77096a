#include "base/str.h"

int chr_hex(int c)
{
    if (chr_digit(c))
        return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

uint32_t chr_windows_1252(uint32_t c)
{
    static const uint16_t table[] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
        0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    return table[c - 0x80];
}

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (!a.n || memcmp(a.p, b.p, a.n) == 0);
}

bool str_eq_nocase(struct str a, struct str b)
{
    return a.n == b.n && str_starts_nocase(a, b);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

bool str_starts_nocase(struct str s, struct str prefix)
{
    if (s.n < prefix.n)
        return false;
    for (size_t i = 0; i < prefix.n; i++)
        if (chr_lower((unsigned char)s.p[i]) !=
            chr_lower((unsigned char)prefix.p[i]))
            return false;
    return true;
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n &&
           str_eq(str_sub(s, s.n - suffix.n, suffix.n), suffix);
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

size_t str_chr(struct str s, char needle)
{
    const char *at = s.n ? memchr(s.p, needle, s.n) : NULL;
    return at ? (size_t)(at - s.p) : s.n;
}

size_t str_find(struct str s, struct str needle)
{
    if (!needle.n)
        return 0;
    const char *at = s.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
    return at ? (size_t)(at - s.p) : s.n;
}

size_t str_find_nocase(struct str s, struct str needle)
{
    for (size_t i = 0; i + needle.n <= s.n; i++)
        if (str_starts_nocase(str_sub(s, i, needle.n), needle))
            return i;
    return s.n;
}

struct str str_sub(struct str s, size_t from, size_t n)
{
    if (from > s.n)
        from = s.n;
    if (n > s.n - from)
        n = s.n - from;
    return (struct str){s.p ? s.p + from : s.p, n};
}

struct str str_trim(struct str s)
{
    while (s.n && chr_space((unsigned char)s.p[0]))
        s.p++, s.n--;
    while (s.n && chr_space((unsigned char)s.p[s.n - 1]))
        s.n--;
    return s;
}

bool str_decimal(struct str s, uint64_t *out)
{
    enum { DIGITS_MAX = 18 };
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!chr_digit((unsigned char)s.p[i]))
            return false;
        *out = *out * 10 + (uint64_t)(s.p[i] - '0');
    }
    return s.n > 0 && s.n <= DIGITS_MAX;
}

bool str_take_digits(struct str *s, size_t min, size_t max, int *out)
{
    size_t n = 0;
    *out = 0;
    while (n < s->n && n < max && chr_digit((unsigned char)s->p[n]))
        *out = *out * 10 + s->p[n++] - '0';
    *s = str_sub(*s, n, s->n);
    return n >= min;
}

bool str_blank(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (chr_space((unsigned char)s.p[i]))
            continue;
        if (!str_starts(str_sub(s, i, 2), STR("\xC2\xA0")))
            return false;
        i++;
    }
    return true;
}

bool str_next(struct str *rest, char sep, struct str *token)
{
    if (!rest->p)
        return false;
    size_t n = str_chr(*rest, sep);
    *token = str_sub(*rest, 0, n);
    *rest =
        n < rest->n ? str_sub(*rest, n + 1, rest->n) : (struct str){NULL, 0};
    return true;
}

bool str_next_word(struct str *rest, struct str *word)
{
    size_t from = 0, to;
    while (from < rest->n && chr_space((unsigned char)rest->p[from]))
        from++;
    for (to = from; to < rest->n && !chr_space((unsigned char)rest->p[to]);)
        to++;
    *word = str_sub(*rest, from, to - from);
    *rest = str_sub(*rest, to, rest->n);
    return word->n > 0;
}

/* Length of the well-formed sequence at the front of s, 0 if there is none;
 * RFC 3629 section 4. */
static size_t sequence(struct str s, uint32_t *c)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t n = p[0] < 0x80                   ? 1
               : p[0] >= 0xC2 && p[0] < 0xE0 ? 2
               : p[0] >= 0xE0 && p[0] < 0xF0 ? 3
               : p[0] >= 0xF0 && p[0] < 0xF5 ? 4
                                             : 0;
    if (!n || n > s.n)
        return 0;
    *c = n == 1 ? p[0] : p[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        *c = *c << 6 | (p[i] & 0x3F);
    }
    bool overlong = (n == 3 && *c < 0x800) || (n == 4 && *c < 0x10000);
    bool outside = *c > 0x10FFFF || (*c >= 0xD800 && *c < 0xE000);
    return overlong || outside ? 0 : n;
}

uint32_t utf8_next(struct str *s)
{
    uint32_t c = 0;
    size_t n = sequence(*s, &c);
    if (!n) {
        c = 0xFFFD;
        n = 1;
    }
    s->p += n;
    s->n -= n;
    return c;
}

size_t utf8_put(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)((0xF00u >> n & 0xF0u) | c);
    return n;
}

/* Length of the run of ASCII at the front, by eight bytes where it can. */
static size_t ascii_run(struct str s)
{
    size_t n = 0;
    for (uint64_t eight; n + sizeof eight <= s.n; n += sizeof eight) {
        memcpy(&eight, s.p + n, sizeof eight);
        if (eight & 0x8080808080808080U)
            break;
    }
    while (n < s.n && (unsigned char)s.p[n] < 0x80)
        n++;
    return n;
}

size_t utf8_valid(struct str s)
{
    size_t done = ascii_run(s), n;
    uint32_t c;
    while (done < s.n && (n = sequence(str_sub(s, done, s.n), &c)) > 0) {
        done += n;
        done += ascii_run(str_sub(s, done, s.n));
    }
    return done;
}

struct str utf8_clip(struct str s, size_t n)
{
    uint32_t c;
    if (n >= s.n)
        return s;
    for (size_t back = 1; back < 4 && back <= n; back++)
        if (sequence(str_sub(s, n - back, s.n), &c) > back)
            return str_sub(s, 0, n - back);
    return str_sub(s, 0, n);
}

bool chr_xml(uint32_t c)
{
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    if (c >= 0x7F && c < 0xA0)
        return false;
    if ((c >= 0xD800 && c < 0xE000) || (c >= 0xFDD0 && c <= 0xFDEF))
        return false;
    return (c & 0xFFFE) != 0xFFFE && c != 0xFEFF && c <= 0x10FFFF;
}
