/* Whose message is it? Told by what it says of its place, since it may come
 * from any stage. */
#include "report_int.h"

#include "base/mem.h"

#include <stdlib.h>

struct owner {
    struct diag_place place;
    size_t article;
};

struct held {
    const struct diag_message *message;
    size_t article;
};

struct report_messages {
    struct held *items; /* by article, then in order */
    size_t count;
};

static int compare(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int compare_places(const struct diag_place *x,
                          const struct diag_place *y)
{
    int c = compare(x->file, y->file);
    if (!c)
        c = (x->line > y->line) - (x->line < y->line);
    return c ? c : compare(x->article, y->article);
}

static int by_place(const void *a, const void *b)
{
    const struct owner *x = a, *y = b;
    int c = compare_places(&x->place, &y->place);
    return c ? c : (x->article > y->article) - (x->article < y->article);
}

static int by_article(const void *a, const void *b)
{
    const struct held *x = a, *y = b;
    int c = (x->article > y->article) - (x->article < y->article);
    return c ? c : (x->message > y->message) - (x->message < y->message);
}

/* The first article of this place, else `count`. */
static size_t owner_of(const struct owner *owners, size_t count,
                       const struct diag_place *place)
{
    const struct owner key = {.place = *place};
    size_t i = mem_first_from(&key, owners, count, sizeof key, by_place);
    bool found = i < count && compare_places(&owners[i].place, place) == 0;
    return found ? owners[i].article : count;
}

struct report_messages *report_messages_new(const struct binding *b)
{
    const struct diag_message *all;
    size_t n = diag_messages(b->diag, &all);
    size_t count = b->articles ? b->library->entry_count : 0;
    struct owner *owners = mem_alloc(count * sizeof *owners);
    for (size_t i = 0; i < count; i++) {
        const struct entry *e = b->articles[i]->entry;
        owners[i] = (struct owner){{.file = e->feed->file,
                                    .line = e->line,
                                    .article = b->articles[i]->title},
                                   i};
    }
    qsort(owners, count, sizeof *owners, by_place);
    struct report_messages *messages = mem_alloc(sizeof *messages);
    *messages = (struct report_messages){
        .items = mem_alloc(n * sizeof *messages->items), .count = n};
    for (size_t i = 0; i < n; i++)
        messages->items[i] =
            (struct held){&all[i], owner_of(owners, count, &all[i].place)};
    qsort(messages->items, n, sizeof *messages->items, by_article);
    free(owners);
    return messages;
}

void report_messages_free(struct report_messages *messages)
{
    free(messages->items);
    free(messages);
}

static void put_message(struct json_writer *w, const struct diag_message *m)
{
    json_open_object(w, NULL);
    json_put_text(w, "level", diag_level_text(m->level));
    json_put_text(w, "file", m->place.file);
    if (m->place.line)
        json_put_number(w, "line", m->place.line);
    else
        json_put_null(w, "line");
    json_put_text(w, "text", m->text);
    json_put_text(w, "detail", m->detail);
    json_close(w);
}

void report_put_messages(struct json_writer *w,
                         const struct report_messages *messages, size_t article)
{
    const struct held key = {.article = article};
    size_t i = mem_first_from(&key, messages->items, messages->count,
                              sizeof key, by_article);
    json_open_array(w, "messages");
    for (; i < messages->count && messages->items[i].article == article; i++)
        put_message(w, messages->items[i].message);
    json_close(w);
}

void report_put_each(struct json_writer *w, const struct diag *diag)
{
    const struct diag_message *all;
    size_t n = diag_messages(diag, &all);
    for (size_t i = 0; i < n; i++)
        put_message(w, &all[i]);
}
