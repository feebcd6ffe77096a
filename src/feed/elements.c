/* The field machine: a dialect's rules, applied to a file's elements. */
#include "feed/reader.h"

#include "base/hash.h"
#include "base/url.h"

/* A feed's root element tells its dialect. */
static const struct {
    const char *space; /* NULL: any */
    const char *local;
    const struct dialect *dialect;
    enum context enter;
} roots[] = {
    {NULL, "rss", &dialect_rss, IN_DOCUMENT},
    {NS_RDF, "RDF", &dialect_rss, IN_DOCUMENT},
    {NS_ATOM, "feed", &dialect_atom, IN_FEED},
    {"", "feed", &dialect_atom, IN_FEED},
};

/* The rule of an element, or attribute, by its name. */
static const struct rule *find_rule(const struct reader *r, enum context in,
                                    struct xml_name name, bool attribute)
{
    const char *space = space_usual(name.space);
    if (!*space && !attribute)
        space = r->dialect->space;
    for (size_t i = 0; i < r->dialect->rule_count; i++) {
        const struct rule *rule = &r->dialect->rules[i];
        if (rule->in == in && (rule->take == TAKE_ATTR) == attribute &&
            strcmp(rule->local, name.local) == 0 &&
            strcmp(rule->space, space) == 0)
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

static void start_entry(struct reader *r, unsigned line)
{
    r->entry = arena_alloc(r->arena, sizeof *r->entry);
    r->entry->feed = r->feed;
    r->entry->line = line;
    r->entry_depth = r->levels.len;
    memset(r->entry_ranks, 0xFF, sizeof r->entry_ranks);
    r->people.len = r->categories.len = 0;
    r->aliases.len = r->enclosures.len = 0;
}

/* Attributes of an element that is entered, as rdf:about. */
static void take_attributes(struct reader *r, enum context in,
                            const struct xml_attr *attrs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct rule *rule = find_rule(r, in, attrs[i].name, true);
        const char *value = rule ? value_text(r->arena, attrs[i].value) : NULL;
        if (rule && rule->field == FIELD_ID)
            field_set_id(r, rule, value, true);
        else if (rule)
            field_set(r, rule, value);
    }
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
        take_attributes(r, rule->enter, attrs, count);
        break;
    case TAKE_LINK:
        field_take_link(r, rule, attrs, count);
        break;
    case TAKE_URL:
        field_add_enclosure(r, attrs, count, "url",
                            strcmp(rule->local, "content") == 0 ? "fileSize"
                                                                : "length");
        break;
    case TAKE_PICTURE:
        term = field_attr(r, attrs, count, "href");
        field_set(r, rule, term ? term : field_attr(r, attrs, count, "url"));
        break;
    case TAKE_TERM:
        term = field_attr(r, attrs, count, "label");
        field_set(r, rule, term ? term : field_attr(r, attrs, count, "term"));
        break;
    default:
        gather_begin(r, rule, attrs, count, line);
        break;
    }
}

static void start_root(struct reader *r, struct xml_name name)
{
    const char *space = space_usual(name.space);
    for (size_t i = 0; i < ARRAY_LEN(roots) && !r->dialect; i++)
        if (strcmp(name.local, roots[i].local) == 0 &&
            (!roots[i].space || strcmp(space, roots[i].space) == 0)) {
            r->dialect = roots[i].dialect;
            r->levels.items[0].in = roots[i].enter;
        }
    if (!r->dialect)
        r->root = arena_strdup(r->arena, name.local);
    else
        r->feed->language = r->levels.items[0].language;
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
    r->alternate = field_attr(r, attrs, count, "href");
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
    enum context in = r->levels.items[r->levels.len - 2].in;
    const struct rule *rule = find_rule(r, in, name, false);
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

static struct hex body_hash(const struct reader *r, const struct body *body)
{
    struct buf text = buf_make(BUF_BODY);
    spool_get(r->spool, body->span, &text);
    struct hex hash = hash_bytes(buf_view(&text));
    buf_free(&text);
    return hash;
}

/* An entry without id and link is told by what it says. */
static const char *derived_id(const struct reader *r, const struct entry *e)
{
    char date[DATE_TEXT] = "";
    if (e->published.known)
        date_utc(e->published, date);
    struct hex content = body_hash(r, &e->content),
               summary = body_hash(r, &e->summary);
    const struct str fields[] = {str_of(e->title), str_of(date),
                                 str_of(content.text), str_of(summary.text)};
    struct hex hash = hash_fields(fields, ARRAY_LEN(fields));
    return arena_printf(r->arena, "sha256:%s", hash.text);
}

static bool same_body(const struct reader *r, const struct body *a,
                      const struct body *b)
{
    if (a->kind != b->kind || a->span.n != b->span.n)
        return false;
    struct hex x = body_hash(r, a), y = body_hash(r, b);
    return strcmp(x.text, y.text) == 0;
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
    e->alias_count = r->aliases.len;
    e->aliases = arena_copy(r->arena, r->aliases.items, r->aliases.len,
                            sizeof *r->aliases.items);
    e->enclosure_count = r->enclosures.len;
    e->enclosures = arena_copy(r->arena, r->enclosures.items, r->enclosures.len,
                               sizeof *r->enclosures.items);
    if (!e->id && !e->link)
        e->id = derived_id(r, e);
    bool same = e->summary.kind && same_body(r, &e->content, &e->summary);
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
        gather_end(r);
    else if (r->now.rule && r->now.nested)
        xhtml_end(&r->now.xhtml, name);
    if (r->entry && r->levels.len == r->entry_depth)
        finish_entry(r);
    r->levels.len--;
}

struct xml_handler elements_handler(struct reader *r)
{
    return (struct xml_handler){
        .context = r, .start = on_start, .end = on_end, .text = on_text};
}
