#include "base/base64.h"

static int digit_of(int c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (chr_digit(c))
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

void base64_decode(struct str text, struct buf *out)
{
    unsigned bits = 0, n = 0;
    for (size_t i = 0; i < text.n && text.p[i] != '='; i++) {
        int digit = digit_of((unsigned char)text.p[i]);
        if (digit < 0)
            continue;
        bits = (bits << 6 | (unsigned)digit) & 0xFFFFFF;
        if (++n % 4 != 1)
            buf_char(out, (char)(bits >> (4 - n % 4) % 4 * 2 & 0xFF));
    }
}
