#include "base/buf.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Where an empty buffer points, so that data is never NULL. Never written. */
static const char empty[1];

struct buf buf_make(size_t max)
{
    return (struct buf){.data = (char *)(uintptr_t)empty, .max = max};
}

void buf_free(struct buf *b)
{
    if (b->cap)
        free(b->data);
    *b = buf_make(b->max);
}

void buf_clear(struct buf *b)
{
    b->failed = false;
    buf_cut(b, 0);
}

void buf_cut(struct buf *b, size_t n)
{
    if (n > b->len)
        return;
    b->len = n;
    if (b->cap)
        b->data[n] = '\0';
}

char *buf_room(struct buf *b, size_t n)
{
    if (b->failed || n > b->max - b->len) {
        b->failed = true;
        return NULL;
    }
    size_t need = b->len + n + 1;
    if (need > b->cap) {
        size_t cap = b->cap ? b->cap : 128;
        while (cap < need)
            cap *= 2;
        b->data = mem_realloc(b->cap ? b->data : NULL, cap);
        b->cap = cap;
        b->data[b->len] = '\0';
    }
    return b->data + b->len;
}

void buf_add(struct buf *b, const void *data, size_t n)
{
    char *to = n ? buf_room(b, n) : NULL;
    if (!to)
        return;
    memcpy(to, data, n);
    to[n] = '\0';
    b->len += n;
}

void buf_str(struct buf *b, struct str s)
{
    buf_add(b, s.p, s.n);
}

void buf_puts(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_utf8(struct buf *b, uint32_t c)
{
    char bytes[4];
    buf_add(b, bytes, utf8_put(c, bytes));
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) /* more than INT_MAX bytes */
        b->failed = true;
    char *to = n > 0 ? buf_room(b, (size_t)n) : NULL;
    if (!to)
        return;
    va_start(args, format);
    vsnprintf(to, (size_t)n + 1, format, args);
    va_end(args);
    b->len += (size_t)n;
}

static const char *entity(uint32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

void buf_escape(struct buf *b, struct str s)
{
    while (s.n) {
        size_t plain = 0; /* ASCII that stands for itself, copied at once */
        while (plain < s.n && (unsigned char)s.p[plain] < 0x7F &&
               ((unsigned char)s.p[plain] >= 0x20 || s.p[plain] == '\n') &&
               !entity((unsigned char)s.p[plain]))
            plain++;
        buf_add(b, s.p, plain);
        s = str_sub(s, plain, s.n);
        if (!s.n)
            break;
        uint32_t c = utf8_next(&s);
        if (entity(c))
            buf_puts(b, entity(c));
        else if (chr_xml(c))
            buf_utf8(b, c);
    }
}

void buf_collapse(struct buf *b, struct str s)
{
    struct str word;
    bool first = true;
    while (str_next_word(&s, &word)) {
        if (!first)
            buf_char(b, ' ');
        buf_str(b, word);
        first = false;
    }
}
