/* A file through decoder, mender or JSON, parser and field machine; then what
 * can be known only at its end. */
#include "feed/reader.h"

#include "base/file.h"
#include "base/url.h"
#include "xml/mend.h"

#include <stdlib.h>

/* ---- a feed as a whole ---- */

static const char *absolute(struct arena *a, const char *address,
                            const struct url *base)
{
    const struct url *u = address ? url_parse(a, str_of(address), base) : NULL;
    return u && u->host ? url_text(a, u, true) : NULL;
}

static const struct url *parsed(struct arena *a, const char *address)
{
    return address ? url_parse(a, str_of(address), NULL) : NULL;
}

static void resolve_entry(struct reader *r, struct entry *e,
                          const struct url *site)
{
    struct arena *a = r->arena;
    const struct url *base = parsed(a, e->content.base);
    base = base ? base : site;
    const char *written = e->link;
    e->link = absolute(a, e->link, base);
    if (!e->id)
        e->id = e->link ? e->link : written;
    size_t kept = 0;
    for (size_t i = 0; i < e->alias_count; i++) {
        const char *alias = absolute(a, e->aliases[i], base);
        if (alias)
            e->aliases[kept++] = alias;
    }
    e->alias_count = kept;
    kept = 0;
    for (size_t i = 0; i < e->enclosure_count; i++) {
        struct enclosure enclosure = e->enclosures[i];
        enclosure.url = absolute(a, enclosure.url, base);
        enclosure.still = absolute(a, enclosure.still, base);
        if (enclosure.url)
            e->enclosures[kept++] = enclosure;
    }
    e->enclosure_count = kept;
    e->comments = absolute(a, e->comments, base);
    e->comment_feed = absolute(a, e->comment_feed, base);
}

static void finish_feed(struct reader *r)
{
    struct feed *f = r->feed;
    struct arena *a = r->arena;
    const struct url *self = parsed(a, f->self ? f->self : f->address);
    f->link = absolute(a, f->link, self);
    f->self = absolute(a, f->self, NULL);
    const struct url *site = f->link ? parsed(a, f->link) : self;
    f->image = absolute(a, f->image, site);
    if (!f->title)
        f->title = arena_str(a, file_base_name(f->file));
    if (!f->id)
        f->id = f->self ? f->self : f->link ? f->link : f->title;
    f->authors.len = r->feed_people.len;
    f->authors.items = arena_copy(a, r->feed_people.items, r->feed_people.len,
                                  sizeof *r->feed_people.items);
    f->entry_count = r->entries.len;
    parts_finish(r);
    for (size_t i = 0; i < r->entries.len; i++) {
        struct entry *e = r->entries.items[i];
        if (!e->authors.len)
            e->authors = f->authors;
        resolve_entry(r, e, site);
    }
}

/* ---- files ---- */

/* JSON or XML: told by the first character that is no space. */
struct syntax {
    struct reader *reader;
    struct mend *mend;
    struct json_reader *json;
    bool is_json, is_xml;
};

/* What may miss its end tag. "summary", "source", "title" and "link" are HTML's
 * as well. */
static const struct mend_element elements[] = {
    {"item", MEND_UNIT | MEND_SURE},
    {"entry", MEND_UNIT | MEND_SURE},
    {"title", MEND_TEXT},
    {"link", MEND_TEXT},
    {"guid", MEND_TEXT | MEND_SURE},
    {"id", MEND_TEXT | MEND_SURE},
    {"pubDate", MEND_TEXT | MEND_SURE},
    {"published", MEND_TEXT | MEND_SURE},
    {"updated", MEND_TEXT | MEND_SURE},
    {"lastBuildDate", MEND_TEXT | MEND_SURE},
    {"dc:date", MEND_TEXT | MEND_SURE},
    {"dc:creator", MEND_TEXT | MEND_SURE},
    {"category", MEND_TEXT | MEND_SURE},
    {"comments", MEND_TEXT | MEND_SURE},
    {"enclosure", MEND_TEXT | MEND_SURE},
    {"description", MEND_BODY | MEND_SURE},
    {"content:encoded", MEND_BODY | MEND_SURE},
    {"content", MEND_BODY | MEND_SURE},
    {"summary", MEND_BODY},
};

static void to_parser(void *context, const char *data, size_t n)
{
    struct reader *r = context;
    xml_parser_push(r->parser, data, n);
}

static void to_syntax(void *context, struct str text)
{
    struct syntax *s = context;
    if (!s->is_json && !s->is_xml && !str_blank(text)) {
        s->is_json = str_starts(str_trim(text), STR("{"));
        s->is_xml = !s->is_json;
    }
    if (!s->is_xml)
        json_reader_push(s->json, text);
    if (!s->is_json)
        mend_push(s->mend, text);
}

/* Returns whether it was complete; *line is where it broke off. */
static bool end_syntax(struct syntax *s, unsigned *line)
{
    unsigned unused;
    mend_end(s->mend);
    s->reader->cut = s->is_json || mend_cut(s->mend);
    bool xml = xml_parser_end(s->reader->parser, s->is_json ? &unused : line);
    bool json = json_reader_end(s->json, s->is_json ? line : &unused);
    return s->is_json ? json : xml;
}

/* Pictures and the like have control characters near their beginning. */
static bool binary(struct str head)
{
    for (size_t i = 0; i < head.n; i++) {
        unsigned char c = (unsigned char)head.p[i];
        if (c && c < 0x20 && !chr_space(c) && c != '\v' && c != 0x1B)
            return true;
    }
    return false;
}

static const char *guess(const struct reader *r,
                         const struct input_report *report)
{
    struct str head = str_trim((struct str){report->head, report->head_length});
    if (r->root && str_eq_nocase(str_of(r->root), STR("html")))
        return leads_of_page(r);
    if (binary(head))
        return "is no feed: it is not text";
    if (r->root)
        return arena_printf(r->arena,
                            "is no feed that feedbind reads: its root element "
                            "is <%s>",
                            r->root);
    if (str_starts(head, STR("[")))
        return "is JSON, and no JSON Feed";
    return "is no feed: there is no XML in it";
}

static void warn_encoding(const struct decode_report *d, const char *file,
                          struct diag *diag)
{
    static const char *const texts[] = {
        [CHOICE_UNKNOWN] = "encoding not known; read as what its bytes are",
        [CHOICE_OTHER] = "encoding is not the one declared; "
                         "read as what its bytes are",
        [CHOICE_GUESSED] = "no encoding declared, and not UTF-8; guessed",
    };
    const struct diag_place place = {.file = file};
    if (d->choice == CHOICE_GUESSED)
        diag_add(diag, DIAG_WARNING, place, texts[d->choice], "%s",
                 d->encoding);
    else if (d->choice != CHOICE_CERTAIN)
        diag_add(diag, DIAG_WARNING, place, texts[d->choice],
                 "%s declared, %s read", d->declared, d->encoding);
}

static void warn_decoded(const struct decode_report *d, const char *file,
                         struct diag *diag)
{
    warn_encoding(d, file, diag);
    if (d->bad_bytes)
        diag_add(diag, DIAG_WARNING,
                 (struct diag_place){.file = file, .line = d->bad_line},
                 "bytes that are not in the file's encoding; "
                 "taken as Windows-1252 or replaced",
                 "%zu", d->bad_bytes);
    if (d->twice)
        diag_add(diag, DIAG_WARNING,
                 (struct diag_place){.file = file, .line = d->twice_line},
                 "text that was encoded twice; decoded twice", "%zu", d->twice);
}

static void warn_mended(const struct mend *m, const char *file,
                        struct diag *diag)
{
    const struct mend_count *counts = mend_counts(m);
    for (size_t i = 0; i < MEND_FAULT_COUNT; i++)
        if (counts[i].count)
            diag_add(diag, i == MEND_ENTITY ? DIAG_NOTE : DIAG_WARNING,
                     (struct diag_place){.file = file, .line = counts[i].line},
                     mend_fault_text((enum mend_fault)i), "%zu",
                     counts[i].count);
}

static void warn_faults(const struct reader *r, struct diag *diag)
{
    static const struct {
        enum diag_level level;
        const char *text;
    } faults[FEED_FAULT_COUNT] = {
#define X(id, level, text) {level, text},
        FEED_FAULTS(X)
#undef X
    };
    for (size_t i = 0; i < FEED_FAULT_COUNT; i++)
        if (r->faults[i].count)
            diag_add(diag, faults[i].level,
                     (struct diag_place){.file = r->feed->file,
                                         .line = r->faults[i].line},
                     faults[i].text, "%zu", r->faults[i].count);
    export_tell(r, diag);
}

void feed_reader_free(struct reader *r)
{
    free(r->levels.items);
    free(r->entries.items);
    free(r->feed_people.items);
    free(r->people.items);
    free(r->categories.items);
    free(r->aliases.items);
    free(r->media.items);
    bodies_clear(r);
    free(r->bodies.items);
    free(r->other_kinds.items);
    free(r->unpublished.items);
    free(r->accounts.items);
    free(r->leads.outlines.items);
    parts_free(r);
    buf_free(&r->now.text);
    buf_free(&r->loose);
}

struct reader feed_reader_make(struct arena *a, struct spool *spool,
                               const struct source *s)
{
    struct reader r = {.spool = spool, .arena = a};
    r.now.text = buf_make(BUF_BODY);
    r.loose = buf_make(BUF_LINE);
    r.feed = arena_alloc(a, sizeof *r.feed);
    r.feed->file = s->name;
    r.feed->address = s->address;
    r.feed->saved = s->saved;
    memset(r.feed_ranks, 0xFF, sizeof r.feed_ranks);
    return r;
}

/* NULL, or why the file is no feed. */
static const char *refusal(const struct reader *r,
                           const struct input_report *report)
{
    if (report->error)
        return report->error;
    if (!r->dialect)
        return guess(r, report);
    return r->dialect == &dialect_json && !r->versioned && !r->entries.len
               ? "is JSON, and no JSON Feed"
               : NULL;
}

static void warn(const struct reader *r, const struct syntax *s,
                 const struct input_report *report, struct diag *diag)
{
    warn_decoded(&report->decoding, r->feed->file, diag);
    warn_mended(s->mend, r->feed->file, diag);
    warn_faults(r, diag);
}

/* The article in which the file breaks off is the last. */
static void warn_incomplete(const struct reader *r, struct diag_place place,
                            const char *text, struct diag *diag)
{
    size_t n = r->entries.len;
    if (n && r->entries.items[n - 1]->cut) {
        place.article = r->entries.items[n - 1]->title;
        text = "breaks off in an article; what is there of it is kept";
    }
    diag_add(diag, DIAG_WARNING, place, text, NULL);
}

/* What the file is, if `error` does not say that it cannot be read at all. */
static enum read_end end_of(const struct reader *r, const struct source *s,
                            const struct input_report *report,
                            const char *error)
{
    if (!error)
        return READ_FEED;
    if (report->error)
        return READ_FAILED;
    if (s->found)
        return READ_OTHER;
    return r->root && strcmp(r->root, "opml") == 0 ? READ_LIST : READ_FAILED;
}

static void read_syntax(struct reader *r, const struct source *s,
                        struct syntax *syntax, struct diag *diag,
                        enum read_end *end)
{
    const char *const incomplete[] = {
        "not well-formed XML, or cut off; what could be read is kept",
        "not well-formed JSON, or cut off; what could be read is kept"};
    struct input_report report;
    struct diag_place place = {.file = s->name};
    unsigned line = 0;
    input_read(r->arena, s, to_syntax, syntax, &report);
    bool complete = end_syntax(syntax, &line);
    const char *error = refusal(r, &report);
    *end = end_of(r, s, &report, error);
    if (*end == READ_OTHER)
        return;
    if (*end == READ_FAILED) {
        diag_add(diag, DIAG_ERROR, place, error, NULL);
        return;
    }
    warn(r, syntax, &report, diag);
    place.line = line;
    if (!complete)
        warn_incomplete(r, place, incomplete[syntax->is_json], diag);
}

enum read_end feed_reader_read(struct reader *r, const struct source *s,
                               struct diag *diag)
{
    struct xml_handler handler = elements_handler(r);
    const struct json_handler json = json_elements(&handler);
    r->parser = xml_parser_new(&handler);
    struct syntax syntax = {.reader = r,
                            .mend = mend_new(to_parser, r),
                            .json = json_reader_new(&json)};
    mend_know(syntax.mend, elements, ARRAY_LEN(elements));
    enum read_end end;
    read_syntax(r, s, &syntax, diag, &end);
    if (end == READ_FEED) {
        finish_feed(r);
        dates_settle(r, diag);
        excerpts_settle(r, diag);
    }
    xml_parser_free(r->parser);
    mend_free(syntax.mend);
    json_reader_free(syntax.json);
    return end;
}
