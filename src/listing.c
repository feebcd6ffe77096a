#include "listing.h"

#include "base/mem.h"
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

bool listing_images(const struct image_set *images, struct diag *diag)
{
    const char *const *urls;
    size_t count = image_set_urls(images, &urls);
    for (size_t i = 0; i < count; i++)
        puts(urls[i]);
    return listing_flush(diag);
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

bool listing_articles(const struct options *o, const struct library *l,
                      struct article *const *articles, struct diag *diag)
{
    for (size_t i = 0; i < l->entry_count; i++) {
        char text[DATE_TEXT] = "----------";
        struct date date = entry_date(l->entries[i]);
        if (date.known)
            date_day(date, text);
        printf("%s  %3zu picture%s  %s\n", text, articles[i]->image_count,
               articles[i]->image_count == 1 ? " " : "s", articles[i]->title);
    }
    bool ok = listing_flush(diag);
    diag_print(diag, stderr, o->show);
    tell_left_out(o, l);
    return ok;
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

/* What the book is made from, save standard input: NULL after the last. */
static const char **list_sources(const struct binding *b)
{
    const struct options *o = b->options;
    const char **files = mem_alloc((b->feed_count + 3) * sizeof *files);
    size_t n = 0;
    for (size_t i = 0; i < b->feed_count; i++)
        if (strcmp(b->feeds[i], "-") != 0)
            files[n++] = b->feeds[i];
    if (o->book.cover_picture)
        files[n++] = o->book.cover_picture;
    if (o->epub.css)
        files[n] = o->epub.css;
    return files;
}

bool listing_depfile(const struct binding *b, struct diag *diag)
{
    const char *depfile = b->options->depfile;
    struct buf text = buf_make(BUF_BODY);
    const char **sources = list_sources(b);
    add_name(&text, b->output);
    buf_char(&text, ':');
    for (const char **file = sources; *file; file++) {
        buf_char(&text, ' ');
        add_name(&text, *file);
    }
    buf_char(&text, '\n');
    for (const char **file = sources; *file; file++) {
        add_name(&text, *file);
        buf_puts(&text, ":\n");
    }
    bool ok = output_write(depfile, true, text.data, text.len);
    if (!ok)
        diag_add(diag, DIAG_ERROR, (struct diag_place){.file = depfile},
                 "the dependency file cannot be written", "%s",
                 strerror(errno));
    free(sources);
    buf_free(&text);
    return ok;
}

void listing_summary(const struct binding *b, struct diag *diag)
{
    struct stat st;
    enum diag_show show = b->options->show;
    size_t articles = b->book->chapter_count, pictures = b->book->image_count;
    bool piped = strcmp(b->output, "-") == 0;
    if (show == DIAG_QUIET || (show == DIAG_NORMAL && !isatty(STDERR_FILENO)))
        return;
    diag_print(diag, stderr, show);
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

bool listing_refuse(const struct options *o, struct diag *diag)
{
    size_t warnings = o->strict ? diag_count(diag, DIAG_WARNING) : 0;
    if (diag_count(diag, DIAG_ERROR))
        return true;
    if (!warnings)
        return false;
    diag_add(diag, DIAG_ERROR, (struct diag_place){0},
             "stopped because of --strict", "%zu warning%s", warnings,
             plural(warnings));
    return true;
}
