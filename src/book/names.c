/* Names of members: derived from what an article is, so that they stay when
 * other articles come and go. */
#include "book/book_int.h"

#include "base/hash.h"

#include <stdlib.h>

enum { DIGITS = 10, MORE_DIGITS = 24 };

struct name {
    struct hex hash;
    size_t chapter;
};

static int by_hash(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    int c = strcmp(x->hash.text, y->hash.text);
    return c ? c : (x->chapter > y->chapter) - (x->chapter < y->chapter);
}

static bool clash(const struct name *a, const struct name *b)
{
    return strncmp(a->hash.text, b->hash.text, DIGITS) == 0;
}

static void name_files(struct making *m, const struct name *n, int digits)
{
    struct chapter *c = &m->book->chapters[n->chapter];
    size_t count = c->article->part_count;
    c->files = arena_alloc(m->arena, count * sizeof *c->files);
    for (size_t i = 0; i < count; i++)
        c->files[i] =
            i ? arena_printf(m->arena, "a%.*s-%zu.xhtml", digits, n->hash.text,
                             i + 1)
              : arena_printf(m->arena, "a%.*s.xhtml", digits, n->hash.text);
}

void book_name_chapters(struct making *m)
{
    size_t n = m->book->chapter_count;
    struct name *names = mem_alloc(n * sizeof *names);
    for (size_t i = 0; i < n; i++) {
        const struct entry *e = m->book->chapters[i].article->entry;
        const struct str identity[] = {str_of(e->feed->id), str_of(e->id)};
        names[i] = (struct name){hash_fields(identity, ARRAY_LEN(identity)), i};
    }
    if (n)
        qsort(names, n, sizeof *names, by_hash);
    for (size_t i = 0; i < n; i++) {
        bool clashes = (i && clash(&names[i - 1], &names[i])) ||
                       (i + 1 < n && clash(&names[i], &names[i + 1]));
        name_files(m, &names[i], clashes ? MORE_DIGITS : DIGITS);
    }
    free(names);
}
