#include "article/picture/data_url.h"

#include "base/url.h"

static int base64_digit(int c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (chr_digit(c))
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static void decode_base64(struct str text, struct buf *out)
{
    unsigned bits = 0, n = 0;
    for (size_t i = 0; i < text.n && text.p[i] != '='; i++) {
        int digit = base64_digit((unsigned char)text.p[i]);
        if (digit < 0)
            continue;
        bits = (bits << 6 | (unsigned)digit) & 0xFFFFFF;
        if (++n % 4 != 1)
            buf_char(out, (char)(bits >> (4 - n % 4) % 4 * 2 & 0xFF));
    }
}

void data_url_decode(struct arena *scratch, struct str url, struct buf *out)
{
    size_t comma = str_chr(url, ',');
    struct str head = str_trim(str_sub(url, 0, comma));
    struct str body = url_decode(scratch, str_sub(url, comma + 1, url.n));
    if (str_ends(head, STR(";base64")))
        decode_base64(body, out);
    else
        buf_str(out, body);
}
