#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void mem_exhausted(void)
{
    fputs("feedbind: error: out of memory\n", stderr);
    exit(1);
}

void *mem_alloc(size_t n)
{
    void *p = calloc(1, n ? n : 1);
    if (!p)
        mem_exhausted();
    return p;
}

void *mem_realloc(void *p, size_t n)
{
    p = realloc(p, n ? n : 1);
    if (!p)
        mem_exhausted();
    return p;
}

char *mem_dup(const void *p, size_t n)
{
    if (n == SIZE_MAX)
        mem_exhausted();
    char *copy = malloc(n + 1);
    if (!copy)
        mem_exhausted();
    if (n)
        memcpy(copy, p, n);
    copy[n] = '\0';
    return copy;
}

size_t mem_first_from(const void *key, const void *items, size_t n, size_t size,
                      int (*compare)(const void *, const void *))
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (compare(key, (const char *)items + mid * size) > 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

void *vec_grow(void *items, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap)
        return items;
    size_t room = *cap ? *cap * 2 : 8;
    if (room < need)
        room = need;
    if (room > SIZE_MAX / 2 / size)
        mem_exhausted();
    *cap = room;
    return mem_realloc(items, room * size);
}
