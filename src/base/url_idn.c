/* Internationalized domain names (URL Standard, section 3.3).
 *
 * libidn2 maps, checks and encodes, one label at a time: lengths (which the
 * standard leaves unchecked) are then no business of the domain, and empty
 * labels and ASCII ones with hyphens anywhere pass as they must. What libidn2
 * refuses, because IDNA 2008 has no symbols, is encoded here if it is made of
 * ASCII and symbols: people do have domains with hearts in them. */
#include "base/url_int.h"

#include "base/mem.h"

#include <idn2.h>

/* The longest label, in bytes, that is looked at. libidn2 takes 63 characters
 * at most; Punycode takes time in the square of the length. */
enum { LABEL_MAX = 1024 };

/* ---- symbols ---- */

/* Characters that IDNA 2008 refuses and UTS 46 takes as they are: "valid" with
 * the status NV8 in its table. Those of the symbol blocks, not of scripts. */
static bool symbol(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0xA1, 0xA7},       {0xA9, 0xA9},       {0xAB, 0xAC},
        {0xAE, 0xAE},       {0xB0, 0xB1},       {0xB6, 0xB6},
        {0xBB, 0xBB},       {0xBF, 0xBF},       {0xD7, 0xD7},
        {0xF7, 0xF7},       {0x2010, 0x2010},   {0x2012, 0x2016},
        {0x2018, 0x2023},   {0x2027, 0x2027},   {0x2030, 0x2032},
        {0x2035, 0x2035},   {0x2038, 0x203B},   {0x203D, 0x203D},
        {0x203F, 0x2046},   {0x204A, 0x2056},   {0x2058, 0x205E},
        {0x20A0, 0x20A7},   {0x20A9, 0x20C0},   {0x2104, 0x2104},
        {0x2108, 0x2108},   {0x2114, 0x2114},   {0x2117, 0x2118},
        {0x211E, 0x211F},   {0x2123, 0x2123},   {0x2125, 0x2125},
        {0x2127, 0x2127},   {0x2129, 0x2129},   {0x212E, 0x212E},
        {0x213A, 0x213A},   {0x2141, 0x2144},   {0x214A, 0x214D},
        {0x214F, 0x214F},   {0x218A, 0x218B},   {0x2190, 0x222B},
        {0x222E, 0x222E},   {0x2231, 0x2328},   {0x232B, 0x2426},
        {0x2440, 0x244A},   {0x24EB, 0x2A0B},   {0x2A0D, 0x2A73},
        {0x2A77, 0x2ADB},   {0x2ADD, 0x2B73},   {0x2B76, 0x2B95},
        {0x2B97, 0x2BFF},   {0x1F000, 0x1F02B}, {0x1F030, 0x1F093},
        {0x1F0A0, 0x1F0AE}, {0x1F0B1, 0x1F0BF}, {0x1F0C1, 0x1F0CF},
        {0x1F0D1, 0x1F0F5}, {0x1F10D, 0x1F10F}, {0x1F16D, 0x1F16F},
        {0x1F1AD, 0x1F1AD}, {0x1F1E6, 0x1F1FF}, {0x1F260, 0x1F265},
        {0x1F300, 0x1F6D7}, {0x1F6DC, 0x1F6EC}, {0x1F6F0, 0x1F6FC},
        {0x1F700, 0x1F776}, {0x1F77B, 0x1F7D9}, {0x1F7E0, 0x1F7EB},
        {0x1F7F0, 0x1F7F0}, {0x1F800, 0x1F80B}, {0x1F810, 0x1F847},
        {0x1F850, 0x1F859}, {0x1F860, 0x1F887}, {0x1F890, 0x1F8AD},
        {0x1F8B0, 0x1F8B1}, {0x1F900, 0x1FA53}, {0x1FA60, 0x1FA6D},
        {0x1FA70, 0x1FA7C}, {0x1FA80, 0x1FA88}, {0x1FA90, 0x1FABD},
        {0x1FABF, 0x1FAC5}, {0x1FACE, 0x1FADB}, {0x1FAE0, 0x1FAE8},
        {0x1FAF0, 0x1FAF8},
    };
    for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
        if (c <= ranges[i].last)
            return c >= ranges[i].first;
    return false;
}

/* Characters that UTS 46 takes out, those that are met: the hyphen and spaces
 * that show nothing, and the choice between a drawn and a coloured symbol. */
static bool ignored(uint32_t c)
{
    return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF ||
           (c >= 0xFE00 && c <= 0xFE0F);
}

/* The characters of a label of ASCII and symbols; 0 if it is another one. */
static size_t symbol_label(struct str label, uint32_t out[LABEL_MAX])
{
    size_t n = 0;
    bool any = false;
    while (label.n) {
        uint32_t c = utf8_next(&label);
        if (ignored(c))
            continue;
        if (c >= 0x80 && !symbol(c))
            return 0;
        any |= c >= 0x80;
        out[n++] = (uint32_t)chr_lower((int)c);
    }
    return any ? n : 0;
}

/* ---- Punycode (RFC 3492) ---- */

enum {
    BASE = 36,
    T_MIN = 1,
    T_MAX = 26,
    SKEW = 38,
    DAMP = 700,
    FIRST_BIAS = 72,
    FIRST_CHARACTER = 128,
};

/* Section 6.1. */
static uint32_t adapt(uint32_t delta, size_t count, bool first)
{
    uint32_t k = 0;
    delta /= first ? DAMP : 2;
    for (delta += delta / (uint32_t)count; delta > (BASE - T_MIN) * T_MAX / 2;
         k += BASE)
        delta /= BASE - T_MIN;
    return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static uint32_t threshold(uint32_t k, uint32_t bias)
{
    return k <= bias + T_MIN ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
}

/* A number of variable length (section 3.3). */
static void put_number(struct buf *out, uint32_t q, uint32_t bias)
{
    static const char digits[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    for (uint32_t k = BASE;; k += BASE) {
        uint32_t t = threshold(k, bias);
        if (q < t)
            break;
        buf_char(out, digits[t + (q - t) % (BASE - t)]);
        q = (q - t) / (BASE - t);
    }
    buf_char(out, digits[q]);
}

static uint32_t next_character(const uint32_t *c, size_t n, uint32_t from)
{
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < n; i++)
        if (c[i] >= from && c[i] < least)
            least = c[i];
    return least;
}

/* Section 6.3. At most LABEL_MAX characters below 2^21: nothing overflows. */
static void punycode_encode(struct buf *out, const uint32_t *c, size_t n)
{
    uint32_t m = FIRST_CHARACTER, delta = 0, bias = FIRST_BIAS;
    size_t basic = 0;
    for (size_t i = 0; i < n; i++)
        if (c[i] < FIRST_CHARACTER) {
            buf_char(out, (char)c[i]);
            basic++;
        }
    if (basic)
        buf_char(out, '-');
    for (size_t done = basic; done < n; delta++, m++) {
        uint32_t next = next_character(c, n, m);
        delta += (next - m) * (uint32_t)(done + 1);
        m = next;
        for (size_t i = 0; i < n; i++) {
            if (c[i] < m)
                delta++;
            if (c[i] != m)
                continue;
            put_number(out, delta, bias);
            bias = adapt(delta, done + 1, done == basic);
            delta = 0;
            done++;
        }
    }
}

static int digit(char c)
{
    if (chr_digit((unsigned char)c))
        return c - '0' + 26;
    return chr_alpha((unsigned char)c) ? (c | 32) - 'a' : -1;
}

/* Take a number off the front of *s; UINT32_MAX if there is none that could
 * be a place and a character. */
static uint32_t get_number(struct str *s, uint32_t bias)
{
    uint64_t value = 0, weight = 1;
    for (uint32_t k = BASE; s->n; k += BASE) {
        int d = digit(s->p[0]);
        uint32_t t = threshold(k, bias);
        if (d < 0)
            break;
        *s = str_sub(*s, 1, s->n);
        value += (uint64_t)d * weight;
        if ((uint32_t)d < t)
            return value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
        weight *= BASE - t;
        if (weight > UINT32_MAX)
            break;
    }
    return UINT32_MAX;
}

/* Section 6.2. The number of characters, 0 if s is no Punycode. */
static size_t punycode_decode(struct str s, uint32_t out[LABEL_MAX])
{
    uint64_t place = 0, m = FIRST_CHARACTER;
    uint32_t bias = FIRST_BIAS;
    size_t n = s.n, basic;
    while (n > 0 && s.p[n - 1] != '-')
        n--;
    basic = n ? n - 1 : 0;
    for (size_t i = 0; i < basic; i++)
        out[i] = (unsigned char)s.p[i];
    s = str_sub(s, n, s.n);
    for (n = basic; s.n; n++) {
        uint32_t delta = get_number(&s, bias);
        if (delta == UINT32_MAX)
            return 0;
        place += delta;
        m += place / (n + 1);
        place %= n + 1;
        if (m > 0x10FFFF)
            return 0;
        memmove(out + place + 1, out + place, (n - place) * sizeof *out);
        out[place++] = (uint32_t)m;
        bias = adapt(delta, n + 1, n == basic);
    }
    return n;
}

/* ---- labels ---- */

static bool encoded(struct str label)
{
    return str_starts_nocase(label, STR("xn--"));
}

static bool ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

static void put_lower(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        buf_char(out, (char)chr_lower((unsigned char)s.p[i]));
}

/* Append a label of symbols that is encoded as Unicode; false if it is none
 * or is encoded in another way than this. */
static bool symbols_to_unicode(struct buf *out, struct str label)
{
    uint32_t c[LABEL_MAX];
    size_t n = punycode_decode(str_sub(label, 4, label.n), c);
    struct buf text = buf_make(BUF_LINE), again = buf_make(BUF_LINE);
    for (size_t i = 0; i < n; i++)
        buf_utf8(&text, c[i]);
    bool ok = n && symbol_label(buf_view(&text), c) == n;
    if (ok)
        punycode_encode(&again, c, n);
    ok = ok && str_eq_nocase(buf_view(&again), str_sub(label, 4, label.n));
    if (ok)
        buf_str(out, buf_view(&text));
    buf_free(&text);
    buf_free(&again);
    return ok;
}

static bool symbols_to_ascii(struct buf *out, struct str label)
{
    uint32_t c[LABEL_MAX];
    if (encoded(label)) {
        struct buf unused = buf_make(BUF_LINE);
        bool ok = symbols_to_unicode(&unused, label);
        buf_free(&unused);
        if (ok)
            put_lower(out, label);
        return ok;
    }
    size_t n = symbol_label(label, c);
    if (!n)
        return false;
    buf_puts(out, "xn--");
    punycode_encode(out, c, n);
    return true;
}

static bool label_to_ascii(struct buf *out, struct str label)
{
    if (ascii(label) && !encoded(label)) {
        put_lower(out, label);
        return true;
    }
    if (label.n > LABEL_MAX || memchr(label.p, 0, label.n))
        return false;
    char text[LABEL_MAX + 1], *result = NULL;
    memcpy(text, label.p, label.n);
    text[label.n] = '\0';
    int flags = IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT;
    bool ok = idn2_to_ascii_8z(text, &result, flags) == IDN2_OK;
    if (ok)
        buf_puts(out, result);
    idn2_free(result);
    return ok || symbols_to_ascii(out, label);
}

static void label_to_unicode(struct buf *out, struct str label)
{
    char text[LABEL_MAX + 1], *result = NULL;
    if (!encoded(label) || label.n > LABEL_MAX) {
        buf_str(out, label);
        return;
    }
    memcpy(text, label.p, label.n);
    text[label.n] = '\0';
    if (idn2_to_unicode_8z8z(text, &result, 0) == IDN2_OK)
        buf_puts(out, result);
    else if (!symbols_to_unicode(out, label))
        buf_str(out, label);
    idn2_free(result);
}

/* ---- domains ---- */

/* Take a label off the front of *s, at one of the full stops of UTS 46
 * (section 4.4). False when *s was used up. */
static bool next_label(struct str *s, struct str *label)
{
    if (!s->p)
        return false;
    struct str rest = *s;
    while (rest.n) {
        size_t n = s->n - rest.n;
        uint32_t c = utf8_next(&rest);
        if (c != '.' && c != 0x3002 && c != 0xFF0E && c != 0xFF61)
            continue;
        *label = str_sub(*s, 0, n);
        *s = rest;
        return true;
    }
    *label = *s;
    *s = (struct str){NULL, 0};
    return true;
}

bool url_domain_to_ascii(struct buf *out, struct str domain)
{
    struct str label;
    bool first = true;
    while (next_label(&domain, &label)) {
        if (!first)
            buf_char(out, '.');
        if (!label_to_ascii(out, label))
            return false;
        first = false;
    }
    return !out->failed;
}

void url_domain_to_unicode(struct buf *out, struct str domain)
{
    struct str label;
    bool first = true;
    while (str_next(&domain, '.', &label)) {
        if (!first)
            buf_char(out, '.');
        label_to_unicode(out, label);
        first = false;
    }
}
