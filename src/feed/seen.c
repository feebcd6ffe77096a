#include "feed/seen.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/output.h"
#include "feed/feed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* Five seconds: a run holds the lock for some milliseconds. */
enum { LOCK_TRIES = 500, LOCK_PAUSE = 10 * 1000 * 1000 };

static const char first_line[] = "feedbind articles 1\n";

/* Lines are held, compared and written as text: dates of one form sort as they
 * follow each other. */
struct line {
    struct hex identity;
    char revision[DATE_TEXT];
};

struct seen {
    VEC(struct line) lines; /* by identity, each once */
};

static int by_identity(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    return strcmp(x->identity.text, y->identity.text);
}

static int by_identity_latest(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    int c = by_identity(a, b);
    return c ? c : strcmp(y->revision, x->revision);
}

/* Of one article the latest revision stays. */
static void sort_lines(struct seen *s)
{
    size_t kept = 0;
    if (s->lines.len)
        qsort(s->lines.items, s->lines.len, sizeof *s->lines.items,
              by_identity_latest);
    for (size_t i = 0; i < s->lines.len; i++)
        if (!kept || by_identity(&s->lines.items[kept - 1], &s->lines.items[i]))
            s->lines.items[kept++] = s->lines.items[i];
    s->lines.len = kept;
}

static struct line line_of(const struct entry *e)
{
    const struct str identity[] = {str_of(e->feed->id), str_of(e->id)};
    struct line line = {
        .identity = hash_fields(identity, ARRAY_LEN(identity)),
        .revision = "-",
    };
    struct date revision = e->updated.known ? e->updated : e->published;
    if (revision.known)
        date_utc(revision, line.revision);
    return line;
}

/* ---- reading ---- */

static bool read_revision(struct str text, char out[DATE_TEXT])
{
    struct date d;
    if (str_eq(text, STR("-"))) {
        memcpy(out, "-", sizeof "-");
        return true;
    }
    return date_parse(text, &d) && str_eq(text, str_of(date_utc(d, out)));
}

static bool read_line(struct str text, struct line *line)
{
    size_t digits = sizeof line->identity.text - 1;
    if (text.n <= digits || text.p[digits] != ' ')
        return false;
    for (size_t i = 0; i < digits; i++)
        if (chr_hex((unsigned char)text.p[i]) < 0 ||
            text.p[i] != chr_lower((unsigned char)text.p[i]))
            return false;
    memcpy(line->identity.text, text.p, digits);
    line->identity.text[digits] = '\0';
    return read_revision(str_sub(text, digits + 1, text.n), line->revision);
}

/* The number of the line that is not as it should be; 0: all are. */
static unsigned read_text(struct seen *s, struct str text)
{
    struct str rest = text, words;
    unsigned number = 1;
    if (!str_starts(text, str_of(first_line)))
        return 1;
    str_next(&rest, '\n', &words);
    while (rest.n) {
        struct line line;
        number++;
        bool whole = str_chr(rest, '\n') < rest.n;
        str_next(&rest, '\n', &words);
        if (!whole || !read_line(words, &line))
            return number;
        vec_push(&s->lines, line);
    }
    sort_lines(s);
    return 0;
}

struct seen *seen_read(const char *path, struct diag *diag)
{
    struct seen *s = mem_alloc(sizeof *s);
    struct buf text = buf_make(BUF_BODY);
    unsigned wrong = 0;
    bool ok = true;
    if (file_read(path, &text)) {
        wrong = read_text(s, buf_view(&text));
    } else if (errno != ENOENT) {
        ok = false;
        diag_add(diag, DIAG_ERROR, (struct diag_place){.file = path},
                 "the state file cannot be read", "%s", strerror(errno));
    }
    buf_free(&text);
    if (wrong)
        diag_add(diag, DIAG_ERROR,
                 (struct diag_place){.file = path, .line = wrong},
                 "this is no state file that --new has written; it was left as "
                 "it is",
                 NULL);
    if (ok && !wrong)
        return s;
    seen_free(s);
    return NULL;
}

void seen_free(struct seen *s)
{
    if (!s)
        return;
    free(s->lines.items);
    free(s);
}

bool seen_has(const struct seen *s, const struct entry *e)
{
    struct line line = line_of(e);
    return s->lines.len && bsearch(&line, s->lines.items, s->lines.len,
                                   sizeof line, by_identity);
}

/* ---- writing ---- */

/* Keep other runs from the file: its folder is locked, since a file that is
 * replaced cannot be. Whoever holds that lock for long does so for a reason of
 * their own, such as flock(1) around this run, and is not waited for; where
 * nothing can be locked, nothing is. The lock's descriptor, or -1. */
static int lock_folder_of(const char *path)
{
    char *real = realpath(path, NULL);
    const char *file = real ? real : path;
    const char *slash = strrchr(file, '/');
    char *folder = slash ? mem_dup(file, (size_t)(slash - file) + 1) : NULL;
    int fd = open(folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int i = 0; fd >= 0 && i < LOCK_TRIES; i++) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
            break;
        nanosleep(&(struct timespec){.tv_nsec = LOCK_PAUSE}, NULL);
    }
    free(folder);
    free(real);
    return fd;
}

static bool write_lines(const char *path, const struct seen *s,
                        struct diag *diag)
{
    struct buf text = buf_make(BUF_BODY);
    buf_puts(&text, first_line);
    for (size_t i = 0; i < s->lines.len; i++)
        buf_printf(&text, "%s %s\n", s->lines.items[i].identity.text,
                   s->lines.items[i].revision);
    errno = EFBIG;
    bool ok = !text.failed && output_write(path, true, text.data, text.len);
    if (!ok)
        diag_add(diag, DIAG_ERROR, (struct diag_place){.file = path},
                 "the state file cannot be written; the book is in its place",
                 "%s", strerror(errno));
    buf_free(&text);
    return ok;
}

bool seen_add(const char *path, const struct library *l, struct diag *diag)
{
    int lock = lock_folder_of(path);
    struct seen *s = seen_read(path, diag);
    bool ok = false;
    for (size_t i = 0; s && i < l->entry_count; i++)
        vec_push(&s->lines, line_of(l->entries[i]));
    if (s) {
        sort_lines(s);
        ok = write_lines(path, s, diag);
    }
    seen_free(s);
    if (lock >= 0)
        close(lock);
    return ok;
}
