/* Who wrote the book: up to three people are its creators; more of them are
 * contributors, and the feed's name stands for them. */
#include "book/book_int.h"

#include <stdlib.h>

enum { CREATORS_MAX = 3 };

void text_list_add(text_list *list, const char *text)
{
    if (!text || str_blank(str_of(text)) || list->len >= LIST_MAX)
        return;
    for (size_t i = 0; i < list->len; i++)
        if (str_eq_nocase(str_of(list->items[i]), str_of(text)))
            return;
    vec_push(list, text);
}

size_t text_list_keep(text_list *list, struct arena *a, const char ***out)
{
    size_t n = list->len;
    *out = arena_copy(a, list->items, n, sizeof *list->items);
    free(list->items);
    *list = (text_list){0};
    return n;
}

/* Nobody is both a creator and a contributor. */
static void drop_all(text_list *list, const text_list *others)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->len; i++) {
        bool found = false;
        for (size_t k = 0; k < others->len; k++)
            found |=
                str_eq_nocase(str_of(list->items[i]), str_of(others->items[k]));
        if (!found)
            list->items[kept++] = list->items[i];
    }
    list->len = kept;
}

void book_name_people(struct making *m)
{
    struct book *b = m->book;
    text_list people = {0}, creators = {0};
    for (size_t i = 0; i < b->chapter_count; i++) {
        const struct people *authors = &b->chapters[i].article->entry->authors;
        for (size_t k = 0; k < authors->len; k++)
            text_list_add(&people, authors->items[k].name);
    }
    if (m->policy->author) {
        text_list_add(&creators, m->policy->author);
    } else if (people.len && people.len <= CREATORS_MAX) {
        for (size_t i = 0; i < people.len; i++)
            text_list_add(&creators, people.items[i]);
    } else if (b->feed_count == 1) {
        text_list_add(&creators, b->feeds[0].feed->title);
    } else {
        text_list_add(&creators, "Various authors");
    }
    drop_all(&people, &creators);
    b->creator_count = text_list_keep(&creators, m->arena, &b->creators);
    b->contributor_count = text_list_keep(&people, m->arena, &b->contributors);
}
