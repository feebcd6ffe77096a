#include "base/sets.h"

#include "base/mem.h"

#include <stdlib.h>

struct sets sets_new(size_t n)
{
    struct sets s = {mem_alloc(n * sizeof *s.up)};
    for (size_t i = 0; i < n; i++)
        s.up[i] = i;
    return s;
}

void sets_free(struct sets *s)
{
    free(s->up);
    s->up = NULL;
}

size_t sets_find(struct sets *s, size_t i)
{
    while (s->up[i] != i)
        i = s->up[i] = s->up[s->up[i]]; /* half the way for the next one */
    return i;
}

void sets_join(struct sets *s, size_t a, size_t b)
{
    a = sets_find(s, a);
    b = sets_find(s, b);
    if (a < b)
        s->up[b] = a;
    else
        s->up[a] = b;
}
