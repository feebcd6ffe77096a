/* A library, field by field, and the messages of its reading. */
#include "dump.h"

#include "base/file.h"
#include "feed/feed.h"
#include "xml/html.h"

static void field(FILE *out, const char *name, const char *value)
{
    if (value)
        fprintf(out, "  %s: %s\n", name, value);
}

static void date(FILE *out, const char *name, struct date d)
{
    char text[DATE_TEXT];
    if (d.known)
        field(out, name, date_rfc3339(d, text));
}

static void people(FILE *out, const struct people *p)
{
    for (size_t i = 0; i < p->len; i++)
        fprintf(out, "  author: %s%s%s\n", p->items[i].name,
                p->items[i].uri ? " " : "",
                p->items[i].uri ? p->items[i].uri : "");
}

static void body(FILE *out, const char *name, const struct body *b,
                 struct spool *spool)
{
    struct buf text = buf_make(BUF_BODY);
    if (b->kind == BODY_NONE)
        return;
    spool_get(spool, b->span, &text);
    fprintf(out, "  %s (%s, line %u%s%s%s%s):\n%s\n  .\n", name,
            b->kind == BODY_HTML ? "html" : "text", b->line,
            b->base ? ", base " : "", b->base ? b->base : "",
            b->language ? ", language " : "", b->language ? b->language : "",
            text.data);
    buf_free(&text);
}

static void dump_feed_fields(FILE *out, const struct feed *f)
{
    fprintf(out, "feed: %s\n", f->title);
    field(out, "id", f->id);
    field(out, "link", f->link);
    field(out, "self", f->self);
    field(out, "description", f->description);
    field(out, "language", f->language);
    field(out, "rights", f->rights);
    field(out, "image", f->image);
    date(out, "updated", f->updated);
    people(out, &f->authors);
    if (f->complete || f->archive)
        field(out, "is", f->complete ? "complete" : "an archive");
    for (size_t i = 0; i < f->page_count; i++)
        field(out, "page", f->pages[i]);
    for (size_t i = 0; i < f->tombstone_count; i++) {
        field(out, "deleted", f->tombstones[i].id);
        date(out, "  when", f->tombstones[i].when);
    }
}

static void enclosure(FILE *out, const struct enclosure *e)
{
    fprintf(out, "  enclosure: %s %s %llu", e->url, e->type ? e->type : "-",
            (unsigned long long)e->length);
    if (e->seconds)
        fprintf(out, " %u s", e->seconds);
    if (e->still)
        fprintf(out, " still %s", e->still);
    fprintf(out, "%s%s\n", e->title ? " " : "", e->title ? e->title : "");
}

static void dump_entry(FILE *out, const struct entry *e, struct spool *spool)
{
    fprintf(out, "entry: %s\n", e->title ? e->title : "(none)");
    field(out, "id", e->id);
    field(out, "link", e->link);
    for (size_t i = 0; i < e->alias_count; i++)
        if (!e->link || strcmp(e->aliases[i], e->link) != 0)
            field(out, "alias", e->aliases[i]);
    people(out, &e->authors);
    date(out, "published", e->published);
    date(out, "updated", e->updated);
    date(out, "about", e->about);
    field(out, "date from",
          e->about.known ? date_origin_name(e->origin) : NULL);
    field(out, "cut", e->cut ? "yes" : NULL);
    for (size_t i = 0; i < e->category_count; i++)
        field(out, "category", e->categories[i]);
    for (size_t i = 0; i < e->enclosure_count; i++)
        enclosure(out, &e->enclosures[i]);
    field(out, "comments", e->comments);
    field(out, "comment feed", e->comment_feed);
    if (e->comment_count)
        fprintf(out, "  comment count: %llu\n",
                (unsigned long long)e->comment_count);
    body(out, "content", &e->content, spool);
    body(out, "summary", &e->summary, spool);
}

int dump_feed(const char *path, FILE *out)
{
    struct spool *spool = spool_new();
    struct diag *diag = diag_new();
    size_t failed;
    xml_init();
    struct feed_policy read = feed_policy_make();
    read.files = &path;
    read.file_count = 1;
    struct arena *a = arena_new();
    char *home = file_program_dir(a);
    read.workers = file_join(a, home ? home : ".", "..");
    struct library *l = feed_read(&read, spool, diag, &failed);
    const struct select_policy policy = {.order = ORDER_NEWEST};
    feed_merge(l, &(struct merge_policy){0}, spool, diag);
    feed_select(l, &policy, diag);
    for (size_t i = 0; i < l->feed_count; i++)
        dump_feed_fields(out, l->feeds[i]);
    for (size_t i = 0; i < l->entry_count; i++)
        dump_entry(out, l->entries[i], spool);
    diag_print(diag, out, DIAG_VERBOSE);
    library_free(l);
    arena_free(a);
    diag_free(diag);
    spool_free(spool);
    xml_end();
    return 0;
}
