#include "base/diag.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"

#include <stdarg.h>
#include <stdlib.h>

struct diag {
    struct arena *arena; /* all strings */
    VEC(struct diag_message) messages;
    size_t printed; /* messages already printed */
    size_t count[DIAG_ERROR + 1];
    const char *about; /* NULL: nothing */
};

struct diag *diag_new(void)
{
    struct diag *d = mem_alloc(sizeof *d);
    d->arena = arena_new();
    return d;
}

struct diag *diag_new_about(const char *file)
{
    struct diag *d = diag_new();
    d->about = file ? arena_strdup(d->arena, file) : NULL;
    return d;
}

void diag_free(struct diag *d)
{
    if (!d)
        return;
    arena_free(d->arena);
    free(d->messages.items);
    free(d);
}

/* Characters that could drive a terminal, or turn a line around. */
static bool unprintable(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static const char *printable(struct arena *a, const char *text)
{
    if (!text)
        return NULL;
    struct buf out = buf_make(BUF_LINE);
    for (struct str s = str_of(text); s.n;) {
        uint32_t c = utf8_next(&s);
        buf_utf8(&out, unprintable(c) ? '?' : c);
    }
    const char *copy = arena_str(a, buf_view(&out));
    buf_free(&out);
    return copy;
}

static void add(struct diag *d, struct diag_message m)
{
    m.place.file = printable(d->arena, m.place.file ? m.place.file : d->about);
    m.place.article = printable(d->arena, m.place.article);
    m.place.group = printable(d->arena, m.place.group);
    m.text = printable(d->arena, m.text);
    m.detail = printable(d->arena, m.detail);
    d->count[m.level]++;
    vec_push(&d->messages, m);
}

void diag_add(struct diag *d, enum diag_level level, struct diag_place place,
              const char *text, const char *detail, ...)
{
    char *formatted = NULL;
    if (detail) {
        va_list args;
        va_start(args, detail);
        if (vasprintf(&formatted, detail, args) < 0)
            mem_exhausted();
        va_end(args);
    }
    add(d, (struct diag_message){level, place, text, formatted});
    free(formatted);
}

void diag_join(struct diag *to, struct diag *from)
{
    for (size_t i = 0; from && i < from->messages.len; i++)
        add(to, from->messages.items[i]);
    diag_free(from);
}

size_t diag_messages(const struct diag *d, const struct diag_message **out)
{
    *out = d->messages.items;
    return d->messages.len;
}

size_t diag_count(const struct diag *d, enum diag_level level)
{
    return d->count[level];
}

/* ---- printing ---- */

const char *diag_level_text(enum diag_level level)
{
    static const char *const levels[] = {"note", "warning", "error"};
    return levels[level];
}

static void print_one(const struct diag_message *m, FILE *out)
{
    fputs("feedbind: ", out);
    if (m->place.file) {
        fputs(m->place.file, out);
        if (m->place.line)
            fprintf(out, ":%u", m->place.line);
        fputs(": ", out);
    }
    fprintf(out, "%s: %s", diag_level_text(m->level), m->text);
    if (m->detail)
        fprintf(out, ": %s", m->detail);
    if (m->place.article)
        fprintf(out, " (in \"%s\")", m->place.article);
}

static int compare(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

/* By group, then in the order of printing. */
static int by_group(const void *a, const void *b)
{
    const struct diag_message *x = *(const struct diag_message *const *)a,
                              *y = *(const struct diag_message *const *)b;
    int c = (x->level > y->level) - (x->level < y->level);
    if (!c)
        c = compare(x->text, y->text);
    if (!c)
        c = compare(x->place.file, y->place.file);
    if (!c)
        c = compare(x->place.group, y->place.group);
    return c ? c : (x > y) - (x < y);
}

static bool same_group(const struct diag_message *x,
                       const struct diag_message *y)
{
    return x->level == y->level && compare(x->text, y->text) == 0 &&
           compare(x->place.file, y->place.file) == 0 &&
           compare(x->place.group, y->place.group) == 0;
}

/* For each message how many of its group it stands for: all for the first,
 * none for the others. */
static size_t *fold(const struct diag_message *messages, size_t n)
{
    size_t *stands_for = mem_alloc(n * sizeof *stands_for);
    const struct diag_message **sorted = mem_alloc(n * sizeof(*sorted));
    for (size_t i = 0; i < n; i++)
        sorted[i] = &messages[i];
    qsort(sorted, n, sizeof(*sorted), by_group);
    for (size_t i = 0, first = 0; i < n; i++) {
        if (!same_group(sorted[i], sorted[first]))
            first = i;
        stands_for[sorted[first] - messages]++;
    }
    free(sorted);
    return stands_for;
}

void diag_print(struct diag *d, FILE *out, enum diag_show show)
{
    size_t n = d->messages.len - d->printed;
    if (!n)
        return;
    const struct diag_message *messages = d->messages.items + d->printed;
    size_t *stands_for = fold(messages, n);
    enum diag_level least = show == DIAG_QUIET    ? DIAG_ERROR
                            : show == DIAG_NORMAL ? DIAG_WARNING
                                                  : DIAG_NOTE;
    for (size_t i = 0; i < n; i++) {
        if (messages[i].level < least ||
            (show != DIAG_VERBOSE && !stands_for[i]))
            continue;
        print_one(&messages[i], out);
        if (show != DIAG_VERBOSE && stands_for[i] > 1)
            fprintf(out, " (and %zu more like it; --verbose lists them)",
                    stands_for[i] - 1);
        fputc('\n', out);
    }
    d->printed = d->messages.len;
    free(stands_for);
}
