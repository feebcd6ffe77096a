/* Keys: what several files or entries have in common. */
#include "feed/merge_int.h"

#include "base/canonical.h"

#include <stdlib.h>

void keys_add(key_list *keys, const char *text, size_t group, size_t number)
{
    if (text)
        vec_push(keys, ((struct key){text, group, number}));
}

static int compare(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    int c = strcmp(x->text, y->text);
    return c ? c : (x->number > y->number) - (x->number < y->number);
}

void keys_sort(key_list *keys)
{
    if (keys->len)
        qsort(keys->items, keys->len, sizeof *keys->items, compare);
}

size_t keys_run(const key_list *keys, size_t from)
{
    const struct key *first = &keys->items[from];
    size_t end = from + 1;
    while (end < keys->len && keys->items[end].group == first->group &&
           strcmp(keys->items[end].text, first->text) == 0)
        end++;
    return end;
}

size_t keys_find(const key_list *keys, const char *text, size_t group,
                 size_t number)
{
    const struct key key = {text, group, number};
    return mem_first_from(&key, keys->items, keys->len, sizeof key, compare);
}

const char *key_of_address(struct arena *a, const char *address, bool cut)
{
    if (!address)
        return NULL;
    struct arena *scratch = arena_new();
    struct canonical c = canonical(scratch, address);
    enum form form = !cut ? FORM_WHOLE : c.fragment ? FORM_FULL : FORM_CUT;
    const char *text = c.forms[form] ? c.forms[form] : c.forms[FORM_CUT];
    text = text ? arena_strdup(a, text) : NULL;
    arena_free(scratch);
    return text;
}
