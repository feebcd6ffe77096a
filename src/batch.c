#include "batch.h"

#include "base/caseless.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/names.h"

#include <errno.h>
#include <stdlib.h>

enum { DIGITS = 6 };

/* What tells feeds apart, from the first on, if titles do not. */
enum level { BY_TITLE, BY_FEED, BY_FILE };

struct name {
    const char *text; /* NULL: there will be no book */
    enum level level;
};

struct naming {
    const struct shelf *shelf;
    struct arena *arena;
    struct name *names; /* of the shelf's books */
};

static const char *name_of(const struct naming *n, size_t i)
{
    const struct binding *b = &n->shelf->books[i];
    enum level level = n->names[i].level;
    const struct str apart[] = {str_of(b->library->feeds[0]->id),
                                str_of(b->feeds[0])};
    const char *digits = level == BY_TITLE
                             ? NULL
                             : arena_printf(n->arena, "(%.*s)", DIGITS,
                                            hash_fields(apart, level).text);
    const struct book_volume *volume = b->policy.volume;
    if (!volume)
        return book_file_name(
            n->arena, book_title(n->arena, b->library, &b->policy), digits);
    return book_file_name(
        n->arena, volume->series,
        digits ? arena_printf(n->arena, "%s %s", digits, volume->name)
               : volume->name);
}

/* For each name its number; those that some file system takes for one have the
 * same. Their uses are counted. */
static void number_names(const struct naming *n, size_t *numbers, size_t *uses)
{
    struct names *known = names_new();
    struct caseless *caseless = caseless_new();
    for (size_t i = 0; i < n->shelf->count; i++) {
        if (!n->names[i].text)
            continue;
        struct buf folded = buf_make(BUF_LINE);
        caseless_fold(caseless, str_of(n->names[i].text), &folded);
        buf_char(&folded, '\0');
        numbers[i] = names_number(known, folded.data);
        uses[numbers[i]]++;
        buf_free(&folded);
    }
    caseless_free(caseless);
    names_free(known);
}

/* Name all of this level; whatever clashes goes to the next one. */
static void name_level(const struct naming *n, enum level level)
{
    size_t count = n->shelf->count;
    size_t *numbers = mem_alloc(count * sizeof *numbers);
    size_t *uses = mem_alloc(count * sizeof *uses);
    for (size_t i = 0; i < count; i++)
        if (n->shelf->books[i].status == STATUS_DONE &&
            n->names[i].level == level)
            n->names[i].text = name_of(n, i);
    number_names(n, numbers, uses);
    for (size_t i = 0; i < count; i++)
        if (n->names[i].text && uses[numbers[i]] > 1 && level < BY_FILE)
            n->names[i].level = level + 1;
    free(numbers);
    free(uses);
}

static void fail_all(const struct shelf *s)
{
    for (size_t i = 0; i < s->count; i++)
        s->books[i].status = STATUS_FAILED;
}

void batch_name(const struct shelf *s, struct arena *a, struct diag *diag)
{
    const char *folder = s->options->directory;
    if (!file_make_dirs(folder)) {
        diag_add(diag, DIAG_ERROR, (struct diag_place){.file = folder},
                 "the folder cannot be made", "%s", strerror(errno));
        fail_all(s);
        return;
    }
    const struct naming n = {s, a, mem_alloc(s->count * sizeof(struct name))};
    for (enum level level = BY_TITLE; level <= BY_FILE; level++)
        name_level(&n, level);
    for (size_t i = 0; i < s->count; i++)
        if (n.names[i].text)
            s->books[i].output = file_join(a, folder, n.names[i].text);
    free(n.names);
}
