#include "base/arena.h"

#include "base/mem.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 1024, LARGEST_BLOCK = 256 * 1024 };

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) char data[];
};

struct arena {
    struct block *blocks; /* the newest first; objects come from it alone */
    size_t next_size, used;
};

struct arena *arena_new(void)
{
    struct arena *a = mem_alloc(sizeof *a);
    a->next_size = FIRST_BLOCK;
    return a;
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    for (struct block *b = a->blocks, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(a);
}

static struct block *new_block(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct block))
        mem_exhausted();
    struct block *b = malloc(sizeof *b + size);
    if (!b)
        mem_exhausted();
    *b = (struct block){.size = size};
    return b;
}

/* A request too large to share a block gets one of its own, behind the
 * current one, so that the current one is still filled. */
static void *own_block(struct arena *a, size_t n)
{
    struct block *b = new_block(n);
    b->used = n;
    if (a->blocks) {
        b->next = a->blocks->next;
        a->blocks->next = b;
    } else {
        a->blocks = b;
    }
    return b->data;
}

void *arena_raw(struct arena *a, size_t n)
{
    const size_t align = alignof(max_align_t);
    if (n > SIZE_MAX - align)
        mem_exhausted();
    n = (n + align - 1) / align * align;
    a->used += n;
    if (n > a->next_size / 4 && n > FIRST_BLOCK / 4)
        return own_block(a, n);
    if (!a->blocks || a->blocks->size - a->blocks->used < n) {
        struct block *b = new_block(a->next_size);
        b->next = a->blocks;
        a->blocks = b;
        if (a->next_size < LARGEST_BLOCK)
            a->next_size *= 2;
    }
    void *p = a->blocks->data + a->blocks->used;
    a->blocks->used += n;
    return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
    void *p = arena_raw(a, n);
    memset(p, 0, n);
    return p;
}

char *arena_str(struct arena *a, struct str s)
{
    char *copy = arena_raw(a, s.n + 1);
    if (s.n)
        memcpy(copy, s.p, s.n);
    copy[s.n] = '\0';
    return copy;
}

struct str arena_view(struct arena *a, struct str s)
{
    return (struct str){arena_str(a, s), s.n};
}

char *arena_strdup(struct arena *a, const char *s)
{
    return arena_str(a, str_of(s));
}

void *arena_copy(struct arena *a, const void *items, size_t count, size_t size)
{
    if (!count)
        return NULL;
    if (count > SIZE_MAX / size)
        mem_exhausted();
    return memcpy(arena_raw(a, count * size), items, count * size);
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        mem_exhausted();
    char *text = arena_raw(a, (size_t)n + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)n + 1, format, args);
    va_end(args);
    return text;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}
