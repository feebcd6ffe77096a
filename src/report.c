#include "report_int.h"

#include "base/mem.h"
#include "base/output.h"

#include <errno.h>

void report_put_entry(struct json_writer *w, const struct entry *e,
                      const char *title)
{
    char text[DATE_TEXT];
    struct date date = entry_date(e);
    json_put_text(w, "title", title);
    json_put_text(w, "id", e->id);
    json_put_text(w, "link", e->link);
    json_put_text(w, "file", e->feed->file);
    json_put_number(w, "line", e->line);
    json_put_text(w, "date", date.known ? date_rfc3339(date, text) : NULL);
    json_put_text(w, "date_from", date_origin_name(e->origin));
}

static void put_book(struct json_writer *w, const struct binding *b)
{
    const struct book *book = b->book;
    if (!b->written) {
        json_put_null(w, "book");
        return;
    }
    json_open_object(w, "book");
    json_put_text(w, "file", b->output);
    json_put_text(w, "title", book->title);
    json_put_text(w, "identifier", book->identifier);
    json_put_text(w, "language", book->language);
    json_put_text(w, "modified", book->modified);
    json_put_number(w, "missing_images", book->missing_images);
    json_close(w);
}

static void put_sources(struct json_writer *w, const struct library *l)
{
    json_open_array(w, "sources");
    for (size_t i = 0; l && i < l->feed_count; i++) {
        const struct feed *f = l->feeds[i];
        json_open_object(w, NULL);
        json_put_text(w, "file", f->file);
        json_put_text(w, "title", f->title);
        json_put_text(w, "id", f->id);
        json_put_text(w, "link", f->link);
        json_put_text(w, "self", f->self);
        json_put_number(w, "entries", f->entry_count);
        json_put_number(w, "excerpts", f->excerpt_count);
        json_close(w);
    }
    json_close(w);
}

/* A revision, to be held against another. */
static void put_revision(struct json_writer *w, const struct entry *e)
{
    const struct date dates[] = {e->updated, e->feed->snapshot};
    const char *const keys[] = {"updated", "snapshot"};
    char text[DATE_TEXT];
    report_put_entry(w, e, e->title);
    for (size_t i = 0; i < ARRAY_LEN(dates); i++)
        json_put_text(w, keys[i],
                      dates[i].known ? date_rfc3339(dates[i], text) : NULL);
    json_put_number(w, "bytes", entry_size(e));
}

static void put_changes(struct json_writer *w, const struct dropped *d)
{
    json_open_array(w, "changed");
    if (d->title_changed)
        json_put_text(w, NULL, "title");
    if (d->text_changed)
        json_put_text(w, NULL, "text");
    json_close(w);
}

static void put_instead(struct json_writer *w, const struct entry *e)
{
    if (!e) {
        json_put_null(w, "instead");
        return;
    }
    json_open_object(w, "instead");
    put_revision(w, e);
    json_close(w);
}

static void put_dropped(struct json_writer *w, const struct library *l)
{
    json_open_array(w, "dropped");
    for (size_t i = 0; l && i < l->dropped_count; i++) {
        const struct dropped *d = &l->dropped[i];
        json_open_object(w, NULL);
        put_revision(w, d->entry);
        json_put_text(w, "reason", drop_reason_text(d->reason));
        put_changes(w, d);
        put_instead(w, d->instead);
        json_close(w);
    }
    json_close(w);
}

static void put_gaps(struct json_writer *w, const struct library *l)
{
    char text[DATE_TEXT];
    json_open_array(w, "gaps");
    for (size_t i = 0; l && i < l->gap_count; i++) {
        const struct gap *g = &l->gaps[i];
        json_open_object(w, NULL);
        json_put_text(w, "feed", g->after->id);
        json_put_text(w, "from", date_rfc3339(g->from, text));
        json_put_text(w, "to", date_rfc3339(g->to, text));
        json_put_text(w, "before", g->before->file);
        json_put_text(w, "after", g->after->file);
        json_close(w);
    }
    json_close(w);
}

static void put_content(struct json_writer *w, const struct binding *b)
{
    const struct library *l = b->library;
    size_t count = b->articles ? l->entry_count : 0;
    struct report_messages *messages = report_messages_new(b);
    put_book(w, b);
    put_sources(w, l);
    json_open_array(w, "articles");
    for (size_t i = 0; i < count; i++)
        report_put_article(w, b, messages, i);
    json_close(w);
    put_dropped(w, l);
    put_gaps(w, l);
    report_put_messages(w, messages, count);
    report_messages_free(messages);
}

static void put_books(struct json_writer *w, const struct shelf *s)
{
    json_open_array(w, "books");
    for (size_t i = 0; i < s->count; i++) {
        json_open_object(w, NULL);
        json_put_number(w, "status", (uint64_t)s->books[i].status);
        put_content(w, &s->books[i]);
        json_close(w);
    }
    json_close(w);
}

static void put_report(struct json_writer *w, const struct shelf *s, int status)
{
    json_put_text(w, "feedbind", FEEDBIND_VERSION);
    json_put_number(w, "status", (uint64_t)status);
    if (!s->options->directory && !s->options->split.kind) {
        put_content(w, s->books);
        return;
    }
    put_books(w, s);
    json_open_array(w, "messages");
    for (size_t i = 0; i < s->count; i++)
        if (s->books[i].before &&
            (!i || s->books[i].before != s->books[i - 1].before))
            report_put_each(w, s->books[i].before);
    json_close(w);
}

bool report_write(const struct shelf *s, int status, struct diag *diag)
{
    const char *file = s->options->report;
    struct buf text = buf_make(BUF_MEMBER);
    struct json_writer *w = json_writer_new();
    put_report(w, s, status);
    json_write(w, &text);
    json_writer_free(w);
    errno = EFBIG;
    bool ok = !text.failed && output_write(file, true, text.data, text.len);
    if (!ok)
        diag_add(diag, DIAG_ERROR, (struct diag_place){.file = file},
                 "the report cannot be written", "%s", strerror(errno));
    buf_free(&text);
    return ok;
}
