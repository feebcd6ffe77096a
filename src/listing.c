#include "listing.h"

#include "base/mem.h"
#include "base/names.h"
#include "base/output.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MB = 1000 * 1000 };

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

bool listing_flush(struct diag *diag)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    diag_add(diag, DIAG_ERROR, (struct diag_place){0},
             "standard output cannot be written", "%s", strerror(errno));
    clearerr(stdout);
    return false;
}

static void list_images(const struct image_set *images)
{
    const char *const *urls;
    size_t count = image_set_urls(images, &urls);
    for (size_t i = 0; i < count; i++)
        puts(urls[i]);
}

/* "7 older than --since, 2 by other authors"; revisions are no articles. Their
 * number. */
static size_t count_left_out(const struct library *l, struct buf *out)
{
    size_t counts[DROP_REASON_COUNT] = {0}, sum = 0;
    for (size_t i = 0; i < l->dropped_count; i++)
        counts[l->dropped[i].reason] += !l->dropped[i].instead;
    for (int i = 0; i < DROP_REASON_COUNT; i++) {
        if (counts[i])
            buf_printf(out, "%s%zu %s", sum ? ", " : "", counts[i],
                       drop_reason_text((enum drop_reason)i));
        sum += counts[i];
    }
    return sum;
}

static void tell_left_out(const struct options *o, const struct library *l)
{
    struct buf reasons = buf_make(BUF_LINE);
    size_t n = count_left_out(l, &reasons);
    if (n && o->show != DIAG_QUIET)
        fprintf(stderr, "%zu article%s of %zu; not chosen: %s\n",
                l->entry_count, plural(l->entry_count), l->entry_count + n,
                reasons.data);
    buf_free(&reasons);
}

static void list_articles(const struct binding *b)
{
    for (size_t i = 0; i < b->library->entry_count; i++) {
        char text[DATE_TEXT] = "----------";
        struct date date = entry_date(b->library->entries[i]);
        size_t pictures = b->articles[i]->image_count;
        if (date.known)
            date_day(date, text);
        printf("%s  %3zu picture%s  %s\n", text, pictures,
               pictures == 1 ? " " : "s", b->articles[i]->title);
    }
}

/* A file name as make reads it. */
static void add_name(struct buf *out, const char *name)
{
    for (const char *p = name; *p; p++) {
        if (*p == ' ' || *p == '#' || *p == '\\')
            buf_char(out, '\\');
        if (*p == '$')
            buf_char(out, '$');
        buf_char(out, *p);
    }
}

typedef VEC(const char *) file_list;

/* What a book is made from, save standard input. */
static void list_sources(const struct binding *b, file_list *files)
{
    const struct options *o = b->options;
    for (size_t i = 0; i < b->library->file_count; i++)
        vec_push(files, b->library->files[i]);
    if (o->book.cover_picture)
        vec_push(files, o->book.cover_picture);
    if (o->epub.css)
        vec_push(files, o->epub.css);
}

static void add_rule(struct buf *text, const struct binding *b,
                     file_list *sources)
{
    size_t first = sources->len;
    list_sources(b, sources);
    add_name(text, b->output);
    buf_char(text, ':');
    for (size_t i = first; i < sources->len; i++) {
        buf_char(text, ' ');
        add_name(text, sources->items[i]);
    }
    buf_char(text, '\n');
}

static void add_empty_rules(struct buf *text, const file_list *sources)
{
    struct names *known = names_new();
    for (size_t i = 0; i < sources->len; i++) {
        size_t before = names_count(known);
        if (names_number(known, sources->items[i]) != before)
            continue;
        add_name(text, sources->items[i]);
        buf_puts(text, ":\n");
    }
    names_free(known);
}

bool listing_depfile(const struct shelf *s, struct diag *diag)
{
    const char *depfile = s->options->depfile;
    struct buf text = buf_make(BUF_BODY);
    file_list sources = {0};
    for (size_t i = 0; i < s->count; i++)
        if (s->books[i].written)
            add_rule(&text, &s->books[i], &sources);
    add_empty_rules(&text, &sources);
    bool ok = !text.len || output_write(depfile, true, text.data, text.len);
    if (!ok)
        diag_add(diag, DIAG_ERROR, (struct diag_place){.file = depfile},
                 "the dependency file cannot be written", "%s",
                 strerror(errno));
    free(sources.items);
    buf_free(&text);
    return ok;
}

static void sum_up_book(const struct binding *b)
{
    struct stat st;
    size_t articles = b->book->chapter_count, pictures = b->book->image_count;
    bool piped = strcmp(b->output, "-") == 0;
    fprintf(stderr, "%s: %zu article%s, %zu picture%s",
            piped ? "standard output" : b->output, articles, plural(articles),
            pictures, plural(pictures));
    if (b->book->missing_images)
        fprintf(stderr, " (%zu missing)", b->book->missing_images);
    if (!piped && stat(b->output, &st) == 0 && S_ISREG(st.st_mode))
        fprintf(stderr, st.st_size < MB ? ", %.0f kB" : ", %.1f MB",
                (double)st.st_size / (st.st_size < MB ? 1e3 : 1e6));
    fputc('\n', stderr);
}

/* "out: 4 books of 5 feeds, 1 unchanged; 1 failed" */
static void sum_up_shelf(const struct shelf *s)
{
    const struct options *o = s->options;
    const char *kind = o->split.kind ? "volume" : "book";
    size_t written = 0, unchanged = 0, failed = 0, empty = 0;
    for (size_t i = 0; i < s->count; i++) {
        written += s->books[i].written;
        unchanged += s->books[i].unchanged;
        failed += s->books[i].status == STATUS_FAILED;
        empty += s->books[i].status == STATUS_NOTHING;
    }
    fprintf(stderr, "%s: %zu %s%s", o->directory ? o->directory : "feedbind",
            written, kind, plural(written));
    if (o->directory)
        fprintf(stderr, " of %zu feed%s", o->feed_count, plural(o->feed_count));
    if (unchanged)
        fprintf(stderr, ", %zu unchanged", unchanged);
    if (failed)
        fprintf(stderr, "; %zu failed", failed);
    if (empty)
        fprintf(stderr, "; %zu without articles", empty);
    fputc('\n', stderr);
}

static void list_book(const struct binding *b)
{
    enum diag_show show = b->options->show;
    if (b->options->action == ACTION_LIST_IMAGES && b->images)
        list_images(b->images);
    else if (b->options->action == ACTION_LIST && b->articles)
        list_articles(b);
    else if (b->written && (show == DIAG_VERBOSE ||
                            (show == DIAG_NORMAL && isatty(STDERR_FILENO))))
        sum_up_book(b);
}

bool listing_books(const struct shelf *s, struct diag *diag)
{
    const struct options *o = s->options;
    diag_print(diag, stderr, o->show);
    for (size_t i = 0; i < s->count; i++)
        list_book(&s->books[i]);
    bool ok = listing_flush(diag);
    for (size_t i = 0; o->action == ACTION_LIST && i < s->count; i++)
        if (s->books[i].articles)
            tell_left_out(o, s->books[i].library);
    if ((o->directory || o->split.kind) && o->action == ACTION_BIND &&
        o->show != DIAG_QUIET)
        sum_up_shelf(s);
    return ok;
}

void listing_nothing(const struct library *l, struct diag *diag)
{
    struct buf reasons = buf_make(BUF_LINE);
    if (count_left_out(l, &reasons))
        diag_add(diag, DIAG_WARNING, (struct diag_place){0},
                 "no article was chosen; nothing was written", "%s",
                 reasons.data);
    else
        diag_add(diag, DIAG_WARNING, (struct diag_place){0},
                 "there is no article; nothing was written", NULL);
    buf_free(&reasons);
}

bool listing_refuse(const struct binding *b)
{
    size_t warnings = diag_count(b->diag, DIAG_WARNING) +
                      (b->before ? diag_count(b->before, DIAG_WARNING) : 0);
    if (diag_count(b->diag, DIAG_ERROR))
        return true;
    if (!warnings || !b->options->strict)
        return false;
    diag_add(b->diag, DIAG_ERROR, (struct diag_place){0},
             "stopped because of --strict", "%zu warning%s", warnings,
             plural(warnings));
    return true;
}
