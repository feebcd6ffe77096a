#include "volumes.h"

#include "base/mem.h"

#include <stdlib.h>

/* An article, and which volume it is in: these go by their numbers. */
struct place {
    struct entry *entry;
    size_t at; /* in the library */
    uint64_t number;
};

static int by_age(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    struct date dx = entry_date(x->entry), dy = entry_date(y->entry);
    if (dx.known != dy.known)
        return dx.known ? 1 : -1;
    if (dx.seconds != dy.seconds)
        return dx.seconds > dy.seconds ? 1 : -1;
    int c = strcmp(x->entry->feed->id, y->entry->feed->id);
    return c ? c : strcmp(x->entry->id, y->entry->id);
}

static int by_volume(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->number != y->number)
        return x->number > y->number ? 1 : -1;
    return (x->at > y->at) - (x->at < y->at);
}

/* 2024, or 202403 for March of it; 0 without a date. */
static uint64_t period_of(const struct entry *e, enum split_kind kind)
{
    struct date date = entry_date(e);
    struct civil c = date_local(date);
    uint64_t year = (uint64_t)c.year;
    return !date.known          ? 0
           : kind == SPLIT_YEAR ? year
                                : year * 100 + (uint64_t)c.month;
}

static void number_places(struct place *places, size_t n,
                          const struct split *split)
{
    if (split->kind == SPLIT_COUNT)
        qsort(places, n, sizeof *places, by_age);
    for (size_t i = 0; i < n; i++)
        places[i].number = split->kind == SPLIT_COUNT
                               ? i / split->amount + 1
                               : period_of(places[i].entry, split->kind);
    qsort(places, n, sizeof *places, by_volume);
}

static const char *month_words(struct arena *a, struct date date)
{
    char text[DATE_TEXT];
    return arena_strdup(a, strchr(date_words(date, text), ' '));
}

static void set_label(struct book_volume *label, enum split_kind kind,
                      const struct place *first, struct arena *a)
{
    unsigned long long number = first->number;
    label->position = arena_printf(a, "%llu", number);
    label->name = label->position;
    if (!number) {
        label->name = "undated";
        label->words = ", undated";
    } else if (kind == SPLIT_YEAR) {
        label->words = arena_printf(a, " %s", label->name);
    } else if (kind == SPLIT_MONTH) {
        label->name =
            arena_printf(a, "%04llu-%02llu", number / 100, number % 100);
        label->words = month_words(a, entry_date(first->entry));
    } else {
        label->words = arena_printf(a, ", volume %s", label->name);
    }
}

/* Those of one number, from the first on; how many they are. */
static size_t fill(struct volume *v, const struct place *places, size_t n,
                   struct arena *a)
{
    size_t count = 0;
    while (count < n && places[count].number == places[0].number)
        count++;
    v->library.entries = arena_alloc(a, count * sizeof *v->library.entries);
    v->library.entry_count = count;
    for (size_t i = 0; i < count; i++)
        v->library.entries[i] = places[i].entry;
    return count;
}

size_t volumes_make(const struct library *l, const struct options *o,
                    struct arena *a, struct volume **out)
{
    size_t n = l->entry_count, count = 0;
    struct place *places = mem_alloc(n * sizeof *places);
    struct volume *volumes = arena_alloc(a, n * sizeof *volumes);
    const char *series = book_title(a, l, &o->book);
    const char *identifier = book_identifier(a, l, &o->book);
    for (size_t i = 0; i < n; i++)
        places[i] = (struct place){.entry = l->entries[i], .at = i};
    number_places(places, n, &o->split);
    for (size_t i = 0; i < n; count++) {
        struct volume *v = &volumes[count];
        v->library = *l;
        v->label = (struct book_volume){.series = series,
                                        .series_identifier = identifier};
        if (count) /* what was dropped is told once */
            v->library.dropped_count = 0;
        set_label(&v->label, o->split.kind, &places[i], a);
        i += fill(v, places + i, n - i, a);
    }
    free(places);
    *out = volumes;
    return count;
}

const char *volume_file(const struct volume *v, const char *output,
                        struct arena *a)
{
    struct str path = str_of(output);
    struct str ending = str_ends(path, STR(".epub")) ? STR(".epub") : STR("");
    return output ? arena_printf(a, "%.*s-%s%s", (int)(path.n - ending.n),
                                 path.p, v->label.name, ending.p)
                  : book_file_name(a, v->label.series, v->label.name);
}
