/* What options' arguments are made of. */
#include "options_int.h"

bool options_number(struct str text, unsigned min, unsigned max, unsigned *out)
{
    unsigned n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (!chr_digit((unsigned char)text.p[i]) || n > max)
            return false;
        n = n * 10 + (unsigned)(text.p[i] - '0');
    }
    *out = n;
    return text.n && n >= min && n <= max;
}

bool options_words(const char *argument)
{
    struct str s = str_of(argument);
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F)
            return false;
    return utf8_valid(s) == s.n && !str_blank(s);
}

void texts_add(struct arena *a, struct texts *list, const char *text)
{
    const char **items = arena_alloc(a, (list->count + 1) * sizeof *items);
    for (size_t i = 0; i < list->count; i++)
        items[i] = list->items[i];
    items[list->count++] = text;
    list->items = items;
}
