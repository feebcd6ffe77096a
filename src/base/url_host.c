/* Hosts: domains, IPv4 and IPv6 addresses (URL Standard, section 3). */
#include "base/url_int.h"

#include <stdio.h>

static bool forbidden_host(char c)
{
    return !c || url_any("\t\n\r #/:<>?@[\\]^|", c);
}

static bool forbidden_domain(char c)
{
    return forbidden_host(c) || (unsigned char)c <= 0x1F || c == '%' ||
           c == 0x7F;
}

/* ---- IPv4 (3.5, "IPv4 parser") ---- */

/* One part: decimal, 0x hexadecimal or 0 octal. Values past 32 bits stay
 * there. */
static bool ipv4_number(struct str part, uint64_t *value)
{
    int base = 10;
    if (part.n >= 2 && part.p[0] == '0' && (part.p[1] | 32) == 'x') {
        base = 16;
        part = str_sub(part, 2, part.n);
    } else if (part.n >= 2 && part.p[0] == '0') {
        base = 8;
        part = str_sub(part, 1, part.n);
    }
    *value = 0;
    for (size_t i = 0; i < part.n; i++) {
        int digit = chr_hex((unsigned char)part.p[i]);
        if (digit < 0 || digit >= base)
            return false;
        if (*value <= UINT32_MAX)
            *value = *value * (unsigned)base + (unsigned)digit;
    }
    return true;
}

static struct str last_label(struct str host)
{
    if (str_ends(host, STR(".")))
        host.n--;
    for (size_t i = host.n; i-- > 0;)
        if (host.p[i] == '.')
            return str_sub(host, i + 1, host.n);
    return host;
}

static bool ends_in_number(struct str host)
{
    struct str last = last_label(host);
    uint64_t value;
    bool digits = last.n > 0;
    for (size_t i = 0; i < last.n; i++)
        digits &= chr_digit((unsigned char)last.p[i]);
    bool hex = last.n >= 2 && last.p[0] == '0' && (last.p[1] | 32) == 'x';
    return digits || (hex && ipv4_number(last, &value));
}

static const char *ipv4(struct arena *a, struct str host)
{
    uint64_t numbers[4], address;
    size_t count = 0;
    struct str part;
    if (str_ends(host, STR(".")))
        host.n--;
    while (str_next(&host, '.', &part)) {
        if (count == 4 || !part.n || !ipv4_number(part, &numbers[count++]))
            return NULL;
    }
    if (count == 0)
        return NULL;
    for (size_t i = 0; i + 1 < count; i++)
        if (numbers[i] > 255)
            return NULL;
    address = numbers[count - 1];
    if (address >= (uint64_t)1 << (8 * (5 - count)))
        return NULL;
    for (size_t i = 0; i + 1 < count; i++)
        address += numbers[i] << (8 * (3 - i));
    return arena_printf(a, "%u.%u.%u.%u", (unsigned)(address >> 24 & 255),
                        (unsigned)(address >> 16 & 255),
                        (unsigned)(address >> 8 & 255),
                        (unsigned)(address & 255));
}

/* ---- IPv6 (3.5, "IPv6 parser") ---- */

/* The dotted end of an IPv6 address, into two pieces. */
static bool ipv6_dotted(struct str s, uint16_t pieces[8], int *index)
{
    int seen = 0;
    if (*index > 6)
        return false;
    while (s.n) {
        int value = -1;
        if (seen > 0) {
            if (s.p[0] != '.' || seen == 4)
                return false;
            s = str_sub(s, 1, s.n);
        }
        for (; s.n && chr_digit((unsigned char)s.p[0]);
             s = str_sub(s, 1, s.n)) {
            if (value == 0)
                return false;
            value = (value < 0 ? 0 : value * 10) + s.p[0] - '0';
            if (value > 255)
                return false;
        }
        if (value < 0)
            return false;
        pieces[*index] = (uint16_t)(pieces[*index] * 256 + value);
        if (++seen == 2 || seen == 4)
            ++*index;
    }
    return seen == 4;
}

/* Up to four hexadecimal digits. */
static size_t ipv6_piece(struct str s, unsigned *value)
{
    size_t n = 0;
    *value = 0;
    while (n < s.n && n < 4 && chr_hex((unsigned char)s.p[n]) >= 0)
        *value = *value * 16 + (unsigned)chr_hex((unsigned char)s.p[n++]);
    return n;
}

/* Move the pieces after "::" to the end. */
static void ipv6_expand(uint16_t pieces[8], int compress, int index)
{
    for (int to = 7, swaps = index - compress; to != 0 && swaps > 0;
         to--, swaps--) {
        uint16_t piece = pieces[compress + swaps - 1];
        pieces[compress + swaps - 1] = pieces[to];
        pieces[to] = piece;
    }
}

static bool ipv6_parse(struct str s, uint16_t pieces[8])
{
    int index = 0, compress = -1;
    if (str_starts(s, STR(":"))) {
        if (!str_starts(s, STR("::")))
            return false;
        s = str_sub(s, 2, s.n);
        compress = ++index;
    }
    while (s.n) {
        unsigned value;
        if (index == 8)
            return false;
        if (s.p[0] == ':') {
            if (compress >= 0)
                return false;
            s = str_sub(s, 1, s.n);
            compress = ++index;
            continue;
        }
        size_t n = ipv6_piece(s, &value);
        if (n < s.n && s.p[n] == '.') {
            if (n == 0 || !ipv6_dotted(s, pieces, &index))
                return false;
            break;
        }
        if (n < s.n && (s.p[n] != ':' || n + 1 == s.n))
            return false;
        pieces[index++] = (uint16_t)value;
        s = str_sub(s, n < s.n ? n + 1 : n, s.n);
    }
    if (compress < 0)
        return index == 8;
    ipv6_expand(pieces, compress, index);
    return true;
}

/* The longest run of zeros, of two or more, is written "::". */
static int ipv6_longest_zeros(const uint16_t pieces[8], int *length)
{
    int best = -1;
    *length = 1;
    for (int i = 0; i < 8; i++) {
        int n = 0;
        while (i + n < 8 && !pieces[i + n])
            n++;
        if (n > *length) {
            best = i;
            *length = n;
        }
        i += n;
    }
    return best;
}

static const char *ipv6(struct arena *a, struct str s)
{
    uint16_t pieces[8] = {0};
    if (!ipv6_parse(s, pieces))
        return NULL;
    int length, zeros = ipv6_longest_zeros(pieces, &length);
    char text[48] = "[";
    size_t n = 1;
    for (int i = 0; i < 8;) {
        if (i == zeros) {
            n += (size_t)snprintf(text + n, sizeof text - n, "%s",
                                  i ? ":" : "::");
            i += length;
            continue;
        }
        n += (size_t)snprintf(text + n, sizeof text - n, i < 7 ? "%x:" : "%x",
                              pieces[i]);
        i++;
    }
    return arena_printf(a, "%s]", text);
}

/* ---- hosts ---- */

static const char *opaque_host(struct arena *a, struct str input)
{
    for (size_t i = 0; i < input.n; i++)
        if (forbidden_host(input.p[i]))
            return NULL;
    struct buf out = buf_make(BUF_BODY);
    url_encode(&out, input, SET_C0);
    const char *host = out.failed ? NULL : arena_str(a, buf_view(&out));
    buf_free(&out);
    return host;
}

static const char *domain(struct arena *a, struct str input)
{
    struct str decoded = url_decode(a, input);
    if (utf8_valid(decoded) != decoded.n)
        return NULL; /* U+FFFD is in no domain */
    struct buf out = buf_make(BUF_BODY);
    bool ok = url_domain_to_ascii(&out, decoded) && out.len > 0;
    for (size_t i = 0; i < out.len; i++)
        ok = ok && !forbidden_domain(out.data[i]);
    const char *text = ok ? arena_str(a, buf_view(&out)) : NULL;
    buf_free(&out);
    return text;
}

const char *url_host(struct arena *a, struct str input, bool special)
{
    if (str_starts(input, STR("["))) {
        if (!str_ends(input, STR("]")))
            return NULL;
        return ipv6(a, str_sub(input, 1, input.n - 2));
    }
    if (!special)
        return opaque_host(a, input);
    const char *host = domain(a, input);
    if (!host || !ends_in_number(str_of(host)))
        return host;
    return ipv4(a, str_of(host));
}
