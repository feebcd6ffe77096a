/* The field machine: a dialect's rules, applied to a file's elements. */
#include "feed/feed_int.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/url.h"
#include "xml/mend.h"

#include <stdlib.h>

static const struct dialect *const dialects[] = {&dialect_rss, &dialect_atom};

/* An element that is open, and what is in force within it. */
struct level {
    enum context in;  /* of its children */
    const char *base; /* xml:base as written, joined; NULL for none */
    const char *language;
};

/* An element whose content is being gathered. */
struct gathering {
    const struct rule *rule; /* NULL: none */
    size_t depth;            /* of the element */
    struct buf text;
    struct xhtml_writer xhtml;
    bool nested; /* elements inside are written as HTML */
    bool html;   /* the text is HTML */
    unsigned line;
    const char *term; /* from attributes */
    bool permalink;
};

/* The rank of the rule that a field was set by: lower is better. */
typedef unsigned short ranks[FIELD_COUNT];
enum { UNSET = 0xFFFF };

struct reader {
    struct library *library;
    struct spool *spool;
    struct arena *arena;
    const struct dialect *dialect; /* NULL: the root is not known yet */
    const char *root;              /* of what is no feed */
    struct feed *feed;
    struct entry *entry;                   /* open; NULL: none */
    struct hex content_hash, summary_hash; /* of the open entry; "" for none */
    ranks feed_ranks, entry_ranks;
    VEC(struct level) levels;
    VEC(struct entry *) entries;
    VEC(struct person) feed_people, people;
    VEC(const char *) categories;
    VEC(struct enclosure) enclosures;
    struct gathering now;
    const char *alternate; /* an HTML page's link to its feed */
    struct xml_parser *parser;
};

/* ---- fields ---- */

static enum context context_of(const struct reader *r)
{
    return r->levels.len ? r->levels.items[r->levels.len - 1].in : IN_DOCUMENT;
}

/* Does this rule's value stand over what the field has? Values of one rule
 * come first to stand, unless the field holds many. */
static bool outranks(struct reader *r, const struct rule *rule, bool many)
{
    unsigned short *rank =
        r->entry ? &r->entry_ranks[rule->field] : &r->feed_ranks[rule->field];
    unsigned short mine = (unsigned short)(rule - r->dialect->rules);
    if (mine > *rank || (mine == *rank && !many))
        return false;
    *rank = mine;
    return true;
}

static void set_feed(struct reader *r, enum field field, const char *value)
{
    struct feed *f = r->feed;
    struct date date;
    switch (field) {
    case FIELD_ID:
        f->id = value;
        break;
    case FIELD_TITLE:
        f->title = value;
        break;
    case FIELD_LINK:
        f->link = value;
        break;
    case FIELD_SELF:
        f->self = value;
        break;
    case FIELD_DESCRIPTION:
        f->description = value;
        break;
    case FIELD_LANGUAGE:
        f->language = value;
        break;
    case FIELD_RIGHTS:
        f->rights = value;
        break;
    case FIELD_IMAGE:
        f->image = value;
        break;
    case FIELD_UPDATED:
        if (date_parse(str_of(value), &date))
            f->updated = date;
        break;
    default:
        break;
    }
}

static void set_entry(struct reader *r, enum field field, const char *value)
{
    struct entry *e = r->entry;
    switch (field) {
    case FIELD_ID:
        e->id = value;
        break;
    case FIELD_TITLE:
        e->title = value;
        break;
    case FIELD_LINK:
        e->link = value;
        break;
    case FIELD_PUBLISHED:
        date_parse(str_of(value), &e->published);
        break;
    case FIELD_UPDATED:
        date_parse(str_of(value), &e->updated);
        break;
    default:
        break;
    }
}

static void add_person(struct reader *r, const struct rule *rule,
                       const char *name)
{
    unsigned short before =
        r->entry ? r->entry_ranks[FIELD_AUTHOR] : r->feed_ranks[FIELD_AUTHOR];
    if (!outranks(r, rule, true))
        return;
    bool better = before != (unsigned short)(rule - r->dialect->rules);
    if (r->entry) {
        if (better)
            r->people.len = 0;
        vec_push(&r->people, ((struct person){.name = name}));
    } else {
        if (better)
            r->feed_people.len = 0;
        vec_push(&r->feed_people, ((struct person){.name = name}));
    }
}

static void add_person_uri(struct reader *r, const char *uri)
{
    size_t n = r->entry ? r->people.len : r->feed_people.len;
    struct person *people = r->entry ? r->people.items : r->feed_people.items;
    if (n)
        people[n - 1].uri = uri;
}

static void add_category(struct reader *r, const char *name)
{
    for (size_t i = 0; i < r->categories.len; i++)
        if (str_eq_nocase(str_of(r->categories.items[i]), str_of(name)))
            return;
    vec_push(&r->categories, name);
}

static void set_value(struct reader *r, const struct rule *rule,
                      const char *value)
{
    if (!value)
        return;
    if (rule->field == FIELD_AUTHOR) {
        add_person(r, rule, value);
    } else if (rule->field == FIELD_AUTHOR_URI) {
        add_person_uri(r, value);
    } else if (rule->field == FIELD_CATEGORY) {
        if (r->entry)
            add_category(r, value);
    } else if (outranks(r, rule, false)) {
        if (r->entry)
            set_entry(r, rule->field, value);
        else
            set_feed(r, rule->field, value);
    }
}

/* ---- bodies ---- */

static void set_body(struct reader *r, const struct rule *rule)
{
    struct gathering *g = &r->now;
    struct str text = buf_view(&g->text);
    if (!r->entry || str_blank(text) || !outranks(r, rule, false))
        return;
    const struct level *level = &r->levels.items[r->levels.len - 1];
    struct body body = {
        .kind = g->html ? BODY_HTML : BODY_TEXT,
        .span = spool_put(r->spool, text.p, text.n),
        .line = g->line,
        .base = level->base,
        .language = level->language,
    };
    if (rule->field == FIELD_CONTENT) {
        r->entry->content = body;
        r->content_hash = hash_bytes(text);
    } else {
        r->entry->summary = body;
        r->summary_hash = hash_bytes(text);
    }
}

/* ---- links and enclosures ---- */

static uint64_t number(struct str s)
{
    uint64_t n = 0;
    for (size_t i = 0; i < s.n && i < 18; i++) {
        if (!chr_digit((unsigned char)s.p[i]))
            return 0;
        n = n * 10 + (uint64_t)(s.p[i] - '0');
    }
    return n;
}

static const char *attr_text(struct reader *r, const struct xml_attr *attrs,
                             size_t count, const char *name)
{
    return value_text(r->arena, xml_attr_value(attrs, count, name));
}

static void add_enclosure(struct reader *r, const struct xml_attr *attrs,
                          size_t count, const char *url, const char *length)
{
    const char *address = attr_text(r, attrs, count, url);
    if (!r->entry || !address)
        return;
    struct enclosure e = {.url = address,
                          .type = attr_text(r, attrs, count, "type"),
                          .title = attr_text(r, attrs, count, "title"),
                          .length =
                              number(xml_attr_value(attrs, count, length))};
    vec_push(&r->enclosures, e);
}

/* atom:link (RFC 4287, 4.2.7): without "rel" it is the alternate. */
static void take_link(struct reader *r, const struct rule *rule,
                      const struct xml_attr *attrs, size_t count)
{
    struct str rel = str_trim(xml_attr_value(attrs, count, "rel"));
    const char *href = attr_text(r, attrs, count, "href");
    struct rule as = *rule;
    if (!href)
        return;
    if (str_eq(rel, STR("enclosure"))) {
        add_enclosure(r, attrs, count, "href", "length");
    } else if (str_eq(rel, STR("self")) && !r->entry) {
        set_feed(r, FIELD_SELF, href);
    } else if ((!rel.n || str_eq(rel, STR("alternate"))) &&
               as.field == FIELD_LINK) {
        struct str type = xml_attr_value(attrs, count, "type");
        bool page = !type.n || str_starts_nocase(type, STR("text/html")) ||
                    str_starts_nocase(type, STR("application/xhtml"));
        if (page && outranks(r, rule, false)) {
            if (r->entry)
                set_entry(r, FIELD_LINK, href);
            else
                set_feed(r, FIELD_LINK, href);
        }
    }
}

/* ---- elements ---- */

static const struct rule *find_rule(const struct reader *r,
                                    struct xml_name name)
{
    enum context in = context_of(r);
    for (size_t i = 0; i < r->dialect->rule_count; i++) {
        const struct rule *rule = &r->dialect->rules[i];
        if (rule->in == in && strcmp(rule->local, name.local) == 0 &&
            strcmp(rule->space, name.space) == 0)
            return rule;
    }
    return NULL;
}

/* The language and base in force within an element. */
static struct level level_of(struct reader *r, const struct xml_attr *attrs,
                             size_t count)
{
    struct level level = {.in = IN_UNKNOWN};
    if (r->levels.len) {
        const struct level *around = &r->levels.items[r->levels.len - 1];
        level.base = around->base;
        level.language = around->language;
    }
    struct str base = xml_attr_in(attrs, count, NS_XML, "base");
    struct str language = xml_attr_in(attrs, count, NS_XML, "lang");
    if (base.n) {
        const struct url *outer =
            level.base ? url_parse(r->arena, str_of(level.base), NULL) : NULL;
        const struct url *u = url_parse(r->arena, base, outer);
        level.base = u ? url_text(r->arena, u, false) : level.base;
    }
    if (language.p)
        level.language = value_text(r->arena, language);
    return level;
}

static void begin_gathering(struct reader *r, const struct rule *rule,
                            const struct xml_attr *attrs, size_t count,
                            unsigned line)
{
    struct gathering *g = &r->now;
    struct str type = str_trim(xml_attr_value(attrs, count, "type"));
    bool xhtml = rule->take == TAKE_TYPED &&
                 (str_eq(type, STR("xhtml")) ||
                  str_starts(type, STR("application/xhtml")) ||
                  strcmp(rule->space, NS_XHTML) == 0);
    bool html = rule->take == TAKE_BODY ||
                (rule->take == TAKE_TYPED &&
                 (str_eq(type, STR("html")) ||
                  str_starts_nocase(type, STR("text/html"))));
    buf_clear(&g->text);
    g->rule = rule;
    g->depth = r->levels.len;
    g->nested = xhtml || html;
    g->html = xhtml || html;
    g->xhtml = (struct xhtml_writer){.out = &g->text, .escape = xhtml};
    g->line = line;
    g->term = NULL;
    struct str permalink = xml_attr_value(attrs, count, "isPermaLink");
    g->permalink = !str_eq_nocase(permalink, STR("false"));
    struct str src = xml_attr_value(attrs, count, "src");
    if (rule->take == TAKE_TYPED && src.n && r->entry && !r->entry->link)
        r->entry->link = value_text(r->arena, src);
}

static void start_entry(struct reader *r, unsigned line)
{
    r->entry = arena_alloc(r->arena, sizeof *r->entry);
    r->entry->feed = r->feed;
    r->entry->line = line;
    r->content_hash = r->summary_hash = (struct hex){{0}};
    memset(r->entry_ranks, 0xFF, sizeof r->entry_ranks);
    r->people.len = r->categories.len = r->enclosures.len = 0;
}

static void start_known(struct reader *r, const struct rule *rule,
                        const struct xml_attr *attrs, size_t count,
                        unsigned line)
{
    struct level *level = &r->levels.items[r->levels.len - 1];
    const char *term;
    switch (rule->take) {
    case TAKE_ENTER:
        level->in = rule->enter;
        if (rule->enter == IN_ENTRY && !r->entry)
            start_entry(r, line);
        break;
    case TAKE_LINK:
        take_link(r, rule, attrs, count);
        break;
    case TAKE_URL:
        add_enclosure(r, attrs, count, "url",
                      strcmp(rule->local, "content") == 0 ? "fileSize"
                                                          : "length");
        level->in = context_of(r);
        break;
    case TAKE_TERM:
        term = attr_text(r, attrs, count, "label");
        set_value(r, rule, term ? term : attr_text(r, attrs, count, "term"));
        break;
    default:
        begin_gathering(r, rule, attrs, count, line);
        break;
    }
}

static void start_root(struct reader *r, struct xml_name name)
{
    struct level *level = &r->levels.items[0];
    for (size_t i = 0; i < ARRAY_LEN(dialects); i++)
        if (strcmp(name.local, dialects[i]->root) == 0 &&
            (strcmp(name.space, dialects[i]->space) == 0 ||
             !*dialects[i]->space))
            r->dialect = dialects[i];
    if (r->dialect)
        level->in = *r->dialect->space ? IN_FEED : IN_DOCUMENT;
    else
        r->root = arena_strdup(r->arena, name.local);
}

/* <link rel="alternate" type="application/rss+xml" href="…"> of a page. */
static void note_alternate(struct reader *r, struct xml_name name,
                           const struct xml_attr *attrs, size_t count)
{
    struct str type = xml_attr_value(attrs, count, "type");
    if (r->alternate || strcmp(name.local, "link") != 0 ||
        (!str_eq(type, STR("application/rss+xml")) &&
         !str_eq(type, STR("application/atom+xml"))))
        return;
    r->alternate = attr_text(r, attrs, count, "href");
}

static void on_start(void *context, struct xml_name name,
                     const struct xml_attr *attrs, size_t count, unsigned line)
{
    struct reader *r = context;
    vec_push(&r->levels, level_of(r, attrs, count));
    if (r->levels.len == 1) {
        start_root(r, name);
        return;
    }
    if (!r->dialect) {
        note_alternate(r, name, attrs, count);
        return;
    }
    if (r->now.rule) {
        if (r->now.nested)
            xhtml_start(&r->now.xhtml, name, attrs, count);
        return;
    }
    r->levels.len--; /* rules name the context of the parent */
    const struct rule *rule = find_rule(r, name);
    r->levels.len++;
    if (rule)
        start_known(r, rule, attrs, count, line);
}

static void on_text(void *context, struct str text, unsigned line)
{
    struct reader *r = context;
    (void)line;
    if (!r->now.rule)
        return;
    if (r->now.nested)
        xhtml_text(&r->now.xhtml, text);
    else
        buf_str(&r->now.text, text);
}

/* The URL Standard would take "mailto:x" or "tag:…" as a URL too. */
static bool web_address(struct str s)
{
    return str_starts_nocase(s, STR("http://")) ||
           str_starts_nocase(s, STR("https://"));
}

static void take_guid(struct reader *r, const struct rule *rule)
{
    const char *id = value_text(r->arena, buf_view(&r->now.text));
    set_value(r, rule, id);
    if (id && r->entry && !r->entry->link && r->now.permalink &&
        web_address(str_of(id)))
        r->entry->link = id;
}

static void end_gathering(struct reader *r)
{
    const struct rule *rule = r->now.rule;
    struct str text = buf_view(&r->now.text);
    bool body = rule->field == FIELD_CONTENT || rule->field == FIELD_SUMMARY;
    if (body)
        set_body(r, rule);
    else if (rule->take == TAKE_GUID)
        take_guid(r, rule);
    else if (rule->take == TAKE_MAILBOX)
        set_value(r, rule, value_mailbox(r->arena, text));
    else if (rule->take == TAKE_MARKUP || r->now.html)
        set_value(r, rule, value_markup(r->arena, text));
    else
        set_value(r, rule, value_text(r->arena, text));
    r->now.rule = NULL;
}

/* An entry without id and link is told by what it says. */
static const char *derived_id(const struct reader *r, const struct entry *e)
{
    char date[DATE_TEXT] = "";
    if (e->published.known)
        date_utc(e->published, date);
    const struct str fields[] = {str_of(e->title), str_of(date),
                                 str_of(r->content_hash.text),
                                 str_of(r->summary_hash.text)};
    struct hex hash = hash_fields(fields, ARRAY_LEN(fields));
    return arena_printf(r->arena, "sha256:%s", hash.text);
}

static void finish_entry(struct reader *r)
{
    struct entry *e = r->entry;
    e->authors.len = r->people.len;
    e->authors.items = arena_copy(r->arena, r->people.items, r->people.len,
                                  sizeof *r->people.items);
    e->category_count = r->categories.len;
    e->categories = arena_copy(r->arena, r->categories.items, r->categories.len,
                               sizeof *r->categories.items);
    e->enclosure_count = r->enclosures.len;
    e->enclosures = arena_copy(r->arena, r->enclosures.items, r->enclosures.len,
                               sizeof *r->enclosures.items);
    if (!e->id && !e->link)
        e->id = derived_id(r, e);
    bool same = strcmp(r->content_hash.text, r->summary_hash.text) == 0;
    bool only_summary = e->content.kind == BODY_NONE;
    if (only_summary)
        e->content = e->summary;
    if (only_summary || same) /* a summary that is the article says nothing */
        e->summary = (struct body){0};
    vec_push(&r->entries, e);
    r->entry = NULL;
}

static void on_end(void *context, struct xml_name name)
{
    struct reader *r = context;
    if (r->now.rule && r->now.depth == r->levels.len)
        end_gathering(r);
    else if (r->now.rule && r->now.nested)
        xhtml_end(&r->now.xhtml, name);
    enum context in = context_of(r);
    r->levels.len--;
    if (in == IN_ENTRY && r->entry && context_of(r) == IN_FEED)
        finish_entry(r);
}

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
    for (size_t i = 0; i < e->enclosure_count; i++) {
        const char *url = absolute(a, e->enclosures[i].url, base);
        if (url)
            e->enclosures[i].url = url;
    }
}

static void finish_feed(struct reader *r)
{
    struct feed *f = r->feed;
    struct arena *a = r->arena;
    const struct url *self = parsed(a, f->self);
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
    for (size_t i = 0; i < r->entries.len; i++) {
        struct entry *e = r->entries.items[i];
        if (!e->authors.len)
            e->authors = f->authors;
        resolve_entry(r, e, site);
    }
}

/* ---- files ---- */

static void to_parser(void *context, const char *data, size_t n)
{
    struct reader *r = context;
    xml_parser_push(r->parser, data, n);
}

static void to_mend(void *context, struct str text)
{
    mend_push(context, text);
}

static const char *guess(const struct reader *r,
                         const struct input_report *report)
{
    struct str head = str_trim((struct str){report->head, report->head_length});
    if (r->root && str_eq_nocase(str_of(r->root), STR("html")))
        return r->alternate
                   ? arena_printf(r->arena,
                                  "is a web page, not a feed; its feed is %s",
                                  r->alternate)
                   : "is a web page, not a feed";
    if (r->root)
        return arena_printf(r->arena,
                            "is no feed that feedbind reads: its root element "
                            "is <%s>",
                            r->root);
    if (str_starts(head, STR("{")))
        return "is JSON, which feedbind does not read";
    return "is no feed: there is no XML in it";
}

static void warn_input(const struct input_report *report, const char *file,
                       struct diag *diag)
{
    if (report->unknown_encoding)
        diag_add(diag, DIAG_WARNING, (struct diag_place){.file = file},
                 "encoding not known, UTF-8 assumed", "%s",
                 report->unknown_encoding);
    if (report->bad_bytes)
        diag_add(diag, DIAG_WARNING,
                 (struct diag_place){.file = file, .line = report->bad_line},
                 "bytes that are not in the file's encoding; "
                 "taken as Windows-1252 or replaced",
                 "%zu", report->bad_bytes);
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

static void free_reader(struct reader *r)
{
    free(r->levels.items);
    free(r->entries.items);
    free(r->feed_people.items);
    free(r->people.items);
    free(r->categories.items);
    free(r->enclosures.items);
    buf_free(&r->now.text);
}

typedef VEC(struct feed *) feed_list;
typedef VEC(struct entry *) entry_list;

static void keep(struct reader *r, feed_list *feeds, entry_list *entries)
{
    finish_feed(r);
    vec_push(feeds, r->feed);
    for (size_t i = 0; i < r->entries.len; i++)
        vec_push(entries, r->entries.items[i]);
}

/* Read one file; false if it gave no feed. */
static bool read_file(struct reader *r, const char *file, struct diag *diag)
{
    struct input_report report;
    const struct xml_handler handler = {
        .context = r, .start = on_start, .end = on_end, .text = on_text};
    unsigned line = 0;
    r->parser = xml_parser_new(&handler);
    struct mend *mend = mend_new(to_parser, r);
    input_read(r->arena, file, to_mend, mend, &report);
    if (!report.error)
        mend_end(mend);
    bool complete = xml_parser_end(r->parser, &line);
    const char *error = report.error;
    if (!error && !r->dialect)
        error = guess(r, &report);
    if (error) {
        diag_add(diag, DIAG_ERROR, (struct diag_place){.file = file}, error,
                 NULL);
    } else {
        warn_input(&report, file, diag);
        warn_mended(mend, file, diag);
    }
    if (!error && !complete)
        diag_add(diag, DIAG_WARNING,
                 (struct diag_place){.file = file, .line = line},
                 "not well-formed XML, or cut off; what could be read is kept",
                 NULL);
    xml_parser_free(r->parser);
    mend_free(mend);
    return !error;
}

struct library *feed_read(const char *const *files, size_t file_count,
                          struct spool *spool, struct diag *diag,
                          size_t *failed)
{
    struct library *l = mem_alloc(sizeof *l);
    feed_list feeds = {0};
    entry_list entries = {0};
    l->arena = arena_new();
    *failed = 0;
    for (size_t i = 0; i < file_count; i++) {
        struct reader r = {.library = l, .spool = spool, .arena = l->arena};
        r.now.text = buf_make(BUF_BODY);
        r.feed = arena_alloc(l->arena, sizeof *r.feed);
        r.feed->file = strcmp(files[i], "-") == 0 ? "standard input" : files[i];
        memset(r.feed_ranks, 0xFF, sizeof r.feed_ranks);
        if (read_file(&r, files[i], diag))
            keep(&r, &feeds, &entries);
        else
            ++*failed;
        free_reader(&r);
    }
    l->feeds =
        arena_copy(l->arena, feeds.items, feeds.len, sizeof *feeds.items);
    l->feed_count = feeds.len;
    l->entries =
        arena_copy(l->arena, entries.items, entries.len, sizeof *entries.items);
    l->entry_count = entries.len;
    free(feeds.items);
    free(entries.items);
    return l;
}

void library_free(struct library *l)
{
    if (!l)
        return;
    arena_free(l->arena);
    free(l);
}
