/* A lexer of one character's look-back, and the objects and arrays that are
 * open. */
#include "text/json_read.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>

/* Bytes of a key; a longer one is cut. */
enum { KEY_MAX = 255 };

enum state { BETWEEN, STRING, ESCAPE, HEX, LITERAL };

struct frame {
    bool array;
    size_t key; /* of it, where it starts in `keys` */
};

struct json_reader {
    struct json_handler handler;
    VEC(struct frame) open;
    struct buf keys; /* of what is open, each with a NUL */
    struct buf key;  /* of the value that comes next */
    bool has_key;
    struct buf token;
    enum state state;
    unsigned digits, code; /* of \u */
    unsigned high;         /* a surrogate that waits for its second half */
    size_t unseen;         /* open below JSON_DEPTH */
    unsigned line, token_line;
    unsigned fault_line; /* 0: none */
    bool begun, ended;
};

struct json_reader *json_reader_new(const struct json_handler *handler)
{
    struct json_reader *r = mem_alloc(sizeof *r);
    r->handler = *handler;
    r->keys = buf_make(BUF_LINE);
    r->key = buf_make(BUF_LINE);
    r->token = buf_make(BUF_BODY);
    r->line = 1;
    return r;
}

void json_reader_free(struct json_reader *r)
{
    if (!r)
        return;
    free(r->open.items);
    buf_free(&r->keys);
    buf_free(&r->key);
    buf_free(&r->token);
    free(r);
}

static void fault(struct json_reader *r)
{
    if (!r->fault_line)
        r->fault_line = r->line;
}

/* ---- values ---- */

static const struct frame *innermost(const struct json_reader *r)
{
    return r->open.len ? &r->open.items[r->open.len - 1] : NULL;
}

/* The name of the value that comes now. */
static const char *name_of(const struct json_reader *r)
{
    const struct frame *f = innermost(r);
    return !f ? "" : f->array ? r->keys.data + f->key : r->key.data;
}

static bool awaits_key(const struct json_reader *r)
{
    return r->open.len && !innermost(r)->array && !r->has_key;
}

static void open_frame(struct json_reader *r, bool array)
{
    if (r->unseen || r->open.len == JSON_DEPTH) {
        r->unseen++;
        fault(r);
        return;
    }
    if (awaits_key(r)) /* it is nobody's */
        buf_clear(&r->key);
    struct frame f = {.array = array, .key = r->keys.len};
    char name[KEY_MAX + 1]; /* it may lie in `keys` itself */
    memcpy(name, name_of(r), strlen(name_of(r)) + 1);
    buf_add(&r->keys, name, strlen(name) + 1);
    vec_push(&r->open, f);
    r->has_key = false;
    if (!array)
        r->handler.open(r->handler.context, r->keys.data + f.key, r->line);
}

static void end_frame(struct json_reader *r)
{
    struct frame f = r->open.items[--r->open.len];
    if (!f.array)
        r->handler.close(r->handler.context, r->keys.data + f.key);
    buf_cut(&r->keys, f.key);
    r->has_key = false;
    r->ended = !r->open.len;
}

/* An end that is not the innermost's ends those within it too. */
static void close_frame(struct json_reader *r, bool array)
{
    size_t n = r->open.len;
    if (r->unseen) {
        r->unseen--;
        return;
    }
    while (n && r->open.items[n - 1].array != array)
        n--;
    if (!n || n != r->open.len)
        fault(r);
    while (n && r->open.len >= n)
        end_frame(r);
}

static void value(struct json_reader *r, enum json_kind kind)
{
    if (r->unseen || !r->open.len || awaits_key(r) || r->token.failed)
        fault(r);
    else
        r->handler.scalar(r->handler.context, name_of(r), buf_view(&r->token),
                          kind, r->token_line);
    r->has_key = false;
}

static void end_string(struct json_reader *r)
{
    if (r->high)
        buf_utf8(&r->token, 0xFFFD);
    r->high = 0;
    r->state = BETWEEN;
    if (!awaits_key(r) || r->unseen) {
        value(r, JSON_TEXT);
        return;
    }
    buf_clear(&r->key);
    buf_str(&r->key, utf8_clip(buf_view(&r->token), KEY_MAX));
    r->has_key = true;
}

static void end_literal(struct json_reader *r)
{
    struct str text = buf_view(&r->token);
    r->state = BETWEEN;
    if (str_eq(text, STR("null")))
        r->has_key = false;
    else if (str_eq(text, STR("true")) || str_eq(text, STR("false")))
        value(r, JSON_BOOL);
    else if (text.p[0] == '-' || chr_digit((unsigned char)text.p[0]))
        value(r, JSON_NUMBER);
    else
        fault(r), r->has_key = false;
}

/* ---- characters ---- */

static void put_code(struct json_reader *r)
{
    bool low = r->code >= 0xDC00 && r->code < 0xE000;
    unsigned high = r->high;
    r->high = 0;
    if (high && low) {
        buf_utf8(&r->token,
                 0x10000 + ((high - 0xD800) << 10) + (r->code - 0xDC00));
        return;
    }
    if (high)
        buf_utf8(&r->token, 0xFFFD);
    if (r->code >= 0xD800 && r->code < 0xDC00)
        r->high = r->code;
    else
        buf_utf8(&r->token, low || !r->code ? 0xFFFD : r->code);
}

static void escape(struct json_reader *r, char c)
{
    static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
    const char *at = c ? strchr(letters, c) : NULL;
    r->state = c == 'u' ? HEX : STRING;
    r->digits = r->code = 0;
    if (c == 'u')
        return;
    if (r->high)
        buf_utf8(&r->token, 0xFFFD);
    r->high = 0;
    if (!at && !strchr("\"\\/", c))
        fault(r);
    buf_char(&r->token, at ? meant[at - letters] : c);
}

/* Returns how many characters it took: what is no digit is text again. */
static size_t hex(struct json_reader *r, char c)
{
    int digit = chr_hex((unsigned char)c);
    if (digit < 0) {
        fault(r);
        buf_utf8(&r->token, 0xFFFD);
        r->state = STRING;
        return 0;
    }
    r->code = r->code << 4 | (unsigned)digit;
    if (++r->digits == 4) {
        put_code(r);
        r->state = STRING;
    }
    return 1;
}

static void between(struct json_reader *r, char c)
{
    if (chr_space((unsigned char)c) || c == ':')
        return;
    if (r->ended) { /* once is enough: what follows is no part of it */
        fault(r);
        return;
    }
    if (c == '{' || c == '[') {
        open_frame(r, c == '[');
    } else if (c == '}' || c == ']') {
        close_frame(r, c == ']');
    } else if (c == ',') {
        r->has_key = false;
    } else {
        r->state = c == '"' ? STRING : LITERAL;
        r->token_line = r->line;
        buf_clear(&r->token);
        if (c != '"')
            buf_char(&r->token, c);
    }
}

/* Take what is plain text of a string at the front of s. */
static size_t plain(struct json_reader *r, struct str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] != '"' && s.p[n] != '\\') {
        if (s.p[n] == '\n') {
            fault(r);
            r->line++;
        }
        n++;
    }
    if (n && r->high) {
        buf_utf8(&r->token, 0xFFFD);
        r->high = 0;
    }
    buf_str(&r->token, str_sub(s, 0, n));
    return n;
}

static bool ends_literal(char c)
{
    return chr_space((unsigned char)c) || strchr(",:]}[{\"", c);
}

/* Take one character, or a run of them, off the front of s; returns how many:
 * 0 where the state alone changed. */
static size_t step(struct json_reader *r, struct str s)
{
    char c = s.p[0];
    size_t n;
    switch (r->state) {
    case STRING:
        n = plain(r, s);
        if (n)
            return n;
        if (c == '\\')
            r->state = ESCAPE;
        else
            end_string(r);
        return 1;
    case ESCAPE:
        escape(r, c);
        return 1;
    case HEX:
        return hex(r, c);
    case LITERAL:
        if (c && !ends_literal(c)) {
            buf_char(&r->token, c);
            return 1;
        }
        end_literal(r);
        return 0;
    default:
        r->line += c == '\n';
        between(r, c);
        return 1;
    }
}

void json_reader_push(struct json_reader *r, struct str piece)
{
    while (piece.n)
        piece = str_sub(piece, step(r, piece), piece.n);
}

bool json_reader_end(struct json_reader *r, unsigned *line)
{
    bool cut = r->open.len || r->state != BETWEEN;
    if (cut)
        fault(r);
    if (r->state == LITERAL)
        end_literal(r);
    else if (r->state != BETWEEN && !awaits_key(r))
        end_string(r);
    r->unseen = 0;
    while (r->open.len)
        end_frame(r);
    *line = r->fault_line;
    return !r->fault_line;
}
