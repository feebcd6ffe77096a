/* Percent-encoding (URL Standard, section 1.3). */
#include "base/url_int.h"

static bool in_set(char c, enum url_set set)
{
    static const char *const members[] = {
        [SET_C0] = "",
        [SET_FRAGMENT] = " \"<>`",
        [SET_QUERY] = " \"#<>",
        [SET_SPECIAL_QUERY] = " \"#<>'",
        [SET_PATH] = " \"#<>?^`{}",
        [SET_USERINFO] = " \"#<>?^`{}/:;=@[\\]|",
    };
    unsigned char u = (unsigned char)c;
    return u < ' ' || u > '~' || url_any(members[set], c);
}

static void encode_byte(struct buf *out, char c)
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned char u = (unsigned char)c;
    buf_add(out, (const char[]){'%', digits[u >> 4], digits[u & 15]}, 3);
}

void url_encode(struct buf *out, struct str s, enum url_set set)
{
    while (s.n) {
        size_t plain = 0; /* what stands for itself, copied at once */
        while (plain < s.n && !in_set(s.p[plain], set))
            plain++;
        buf_add(out, s.p, plain);
        s = str_sub(s, plain, s.n);
        if (!s.n)
            return;
        char bytes[4];
        size_t n = utf8_put(utf8_next(&s), bytes);
        for (size_t i = 0; i < n; i++)
            encode_byte(out, bytes[i]);
    }
}

struct str url_decode(struct arena *a, struct str s)
{
    char *out = arena_raw(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        int high = -1, low = -1;
        if (s.p[i] == '%' && s.n - i > 2) {
            high = chr_hex((unsigned char)s.p[i + 1]);
            low = chr_hex((unsigned char)s.p[i + 2]);
        }
        if (high >= 0 && low >= 0) {
            out[n++] = (char)(high * 16 + low);
            i += 2;
        } else {
            out[n++] = s.p[i];
        }
    }
    out[n] = '\0';
    return (struct str){out, n};
}
