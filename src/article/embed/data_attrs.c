#include "article/embed/data_attrs.h"

#include "base/buf.h"

/* Take a string (RFC 8259, section 7) off the front of *json, which begins
 * with its quotation mark; without its quotation marks, escapes as they are. */
static struct str take_string(struct str *json)
{
    size_t n = 1;
    while (n < json->n && json->p[n] != '"')
        n += json->p[n] == '\\' ? 2 : 1;
    struct str text = str_sub(*json, 1, n - 1);
    *json = str_sub(*json, n + 1, json->n);
    return text;
}

static uint32_t hex4(struct str s)
{
    uint32_t c = 0;
    for (size_t i = 0; i < 4; i++) {
        int digit = i < s.n ? chr_hex((unsigned char)s.p[i]) : -1;
        if (digit < 0)
            return 0xFFFD;
        c = c << 4 | (uint32_t)digit;
    }
    return c;
}

/* Take the character of a \u escape, past its "u", off the front; two for one
 * beyond U+FFFF. */
static uint32_t take_code(struct str *rest)
{
    uint32_t c = hex4(*rest);
    *rest = str_sub(*rest, 4, rest->n);
    if (c >= 0xD800 && c < 0xDC00 && str_starts(*rest, STR("\\u"))) {
        uint32_t low = hex4(str_sub(*rest, 2, rest->n));
        if (low >= 0xDC00 && low < 0xE000) {
            *rest = str_sub(*rest, 6, rest->n);
            return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return c >= 0xD800 && c < 0xE000 ? 0xFFFD : c;
}

static struct str unescape(struct arena *arena, struct str text)
{
    struct buf out = buf_make(BUF_LINE);
    while (text.n) {
        size_t plain = str_chr(text, '\\');
        buf_str(&out, str_sub(text, 0, plain));
        text = str_sub(text, plain, text.n);
        if (text.n < 2)
            break;
        char c = text.p[1];
        text = str_sub(text, 2, text.n);
        if (c == 'u')
            buf_utf8(&out, take_code(&text));
        else
            buf_char(&out, strchr("bfnrt", c) ? ' ' : c);
    }
    struct str copy = arena_view(arena, buf_view(&out));
    buf_free(&out);
    return copy;
}

/* The value that json begins with, if it is a string or a number. */
static struct str value_at(struct arena *arena, struct str json)
{
    json = str_trim(json);
    if (json.n && json.p[0] == '"')
        return unescape(arena, take_string(&json));
    size_t n = 0;
    while (n < json.n && (chr_digit((unsigned char)json.p[n]) ||
                          json.p[n] == '-' || json.p[n] == '.'))
        n++;
    return n ? str_sub(json, 0, n) : (struct str){NULL, 0};
}

struct str data_attr(struct arena *arena, struct str json, struct str key)
{
    int depth = 0;
    json = str_trim(json); /* once, where every look ahead would end */
    while (json.n) {
        char c = json.p[0];
        if (c == '"') {
            struct str text = take_string(&json);
            struct str rest = str_trim(json);
            if (depth == 1 && str_eq(text, key) && rest.n && rest.p[0] == ':')
                return value_at(arena, str_sub(rest, 1, rest.n));
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        json = str_sub(json, 1, json.n);
    }
    return (struct str){NULL, 0};
}
