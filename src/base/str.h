/* Views of text that somebody else owns, and UTF-8.
 *
 * A view is a pointer and a length; it need not end in NUL and never owns.
 * "White space" is ASCII white space (space, \t, \n, \f, \r), as in the HTML
 * and URL Standards; letter case is ASCII case. Nothing depends on a
 * locale. */
#ifndef FEEDBIND_BASE_STR_H
#define FEEDBIND_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *p;
    size_t n;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})

/* For printf: "%.*s", STR_ARG(s). */
#define STR_ARG(s) (int)(s).n, (s).p

/* A view of a C string; NULL gives an empty view. */
static inline struct str str_of(const char *s)
{
    return (struct str){s ? s : "", s ? strlen(s) : 0};
}

static inline bool chr_space(int c)
{
    return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

static inline bool chr_digit(int c)
{
    return c >= '0' && c <= '9';
}

static inline bool chr_alpha(int c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static inline int chr_lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

/* -1 if c is no hexadecimal digit. */
int chr_hex(int c);

/* The character that Windows-1252 has at c, 0x80 to 0x9F; 0 if it leaves that
 * free (Encoding Standard, index windows-1252). */
uint32_t chr_windows_1252(uint32_t c);

bool str_eq(struct str a, struct str b);
bool str_eq_nocase(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_starts_nocase(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Byte order; the shorter of equals first. For qsort and bsearch. */
int str_cmp(struct str a, struct str b);

/* Index of the first `needle` (byte, text), or s.n when there is none. */
size_t str_chr(struct str s, char needle);
size_t str_find(struct str s, struct str needle);
size_t str_find_nocase(struct str s, struct str needle);

/* The part from byte `from` on, at most `n` bytes of it; clipped to s. */
struct str str_sub(struct str s, size_t from, size_t n);

/* Without white space at either end. */
struct str str_trim(struct str s);

/* A number of 1 to 18 decimal digits, and nothing else; false if it is none,
 * and *out is of no use then. */
bool str_decimal(struct str s, uint64_t *out);

/* Take up to `max` digits (at most 9), at least `min`, off the front of *s: the
 * number that they are. False if there are fewer, which are taken, too. */
bool str_take_digits(struct str *s, size_t min, size_t max, int *out);

/* True if s holds nothing but white space and U+00A0. */
bool str_blank(struct str s);

/* Take the next token up to `sep` off the front of *rest; false when *rest
 * was used up. Empty tokens count: "a,,b" gives "a", "", "b". */
bool str_next(struct str *rest, char sep, struct str *token);

/* Take the next run of non-white-space off the front of *rest. */
bool str_next_word(struct str *rest, struct str *word);

/* Take one character off the front of *s (s->n > 0). A byte that is not part
 * of well-formed UTF-8 (RFC 3629) gives 0xFFFD and takes that byte alone. */
uint32_t utf8_next(struct str *s);

/* Write character c (a scalar value) to out; return its length, 1 to 4. */
size_t utf8_put(uint32_t c, char out[4]);

/* Length of the longest prefix of s that is well-formed UTF-8. */
size_t utf8_valid(struct str s);

/* The longest prefix of s of at most n bytes that ends between characters, as
 * utf8_next takes them. */
struct str utf8_clip(struct str s, size_t n);

/* True if XML 1.0 (section 2.2) allows c and EPUB readers can bear it: no
 * controls but \t \n \r, no surrogates, no noncharacters, no BOM. */
bool chr_xml(uint32_t c);

#endif
