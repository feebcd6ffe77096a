#include "base/names.h"

#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64 };

struct names {
    VEC(char *) list;
    size_t *slots; /* numbers; SIZE_MAX is free */
    size_t slot_count;
};

struct names *names_new(void)
{
    return mem_alloc(sizeof(struct names));
}

void names_free(struct names *n)
{
    if (!n)
        return;
    for (size_t i = 0; i < n->list.len; i++)
        free(n->list.items[i]);
    free(n->list.items);
    free(n->slots);
    free(n);
}

/* FNV-1a. */
static size_t hash_name(const char *name)
{
    uint64_t h = 14695981039346656037u;
    for (; *name; name++)
        h = (h ^ (unsigned char)*name) * 1099511628211u;
    return (size_t)h;
}

/* The slot of this name, or the free one where it belongs. */
static size_t *find_slot(struct names *n, const char *name)
{
    for (size_t i = hash_name(name);; i++) {
        size_t *slot = &n->slots[i & (n->slot_count - 1)];
        if (*slot == SIZE_MAX || strcmp(n->list.items[*slot], name) == 0)
            return slot;
    }
}

/* Keep the table at most half full. */
static void grow_slots(struct names *n)
{
    if (n->list.len * 2 < n->slot_count)
        return;
    n->slot_count = n->slot_count ? n->slot_count * 2 : FIRST_SLOTS;
    n->slots = mem_realloc(n->slots, n->slot_count * sizeof *n->slots);
    for (size_t i = 0; i < n->slot_count; i++)
        n->slots[i] = SIZE_MAX;
    for (size_t i = 0; i < n->list.len; i++)
        *find_slot(n, n->list.items[i]) = i;
}

size_t names_number(struct names *n, const char *name)
{
    grow_slots(n);
    size_t *slot = find_slot(n, name);
    if (*slot == SIZE_MAX) {
        *slot = n->list.len;
        vec_push(&n->list, mem_dup(name, strlen(name)));
    }
    return *slot;
}

size_t names_count(const struct names *n)
{
    return n->list.len;
}
