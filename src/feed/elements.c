/* The field machine: a dialect's rules, applied to a file's elements. */
#include "feed/reader.h"

#include "base/hash.h"
#include "base/url.h"

static const struct dialect *const dialects[] = {&dialect_rss, &dialect_atom};

static enum context context_of(const struct reader *r)
{
    return r->levels.len ? r->levels.items[r->levels.len - 1].in : IN_DOCUMENT;
}

/* The namespace as the rules spell it: other spellings are met, and feeds that
 * use a prefix without declaring it (then the prefix is what `space` is). */
static const char *usual_space(const char *space)
{
    static const struct {
        const char *met, *usual;
    } spellings[] = {
        {"atom", NS_ATOM},
        {"atom10", NS_ATOM},
        {"content", NS_CONTENT},
        {"dc", NS_DC},
        {"feedburner", NS_FEEDBURNER},
        {"itunes", NS_ITUNES},
        {"media", NS_MEDIA},
        {"pheedo", NS_PHEEDO},
        {"http://www.itunes.com/DTDs/Podcast-1.0.dtd", NS_ITUNES},
        {"http://search.yahoo.com/mrss", NS_MEDIA},
        {"https://search.yahoo.com/mrss/", NS_MEDIA},
        {"http://www.rssboard.org/media-rss", NS_MEDIA},
    };
    for (size_t i = 0; i < ARRAY_LEN(spellings); i++)
        if (strcmp(space, spellings[i].met) == 0)
            return spellings[i].usual;
    return space;
}

static const struct rule *find_rule(const struct reader *r,
                                    struct xml_name name)
{
    enum context in = context_of(r);
    const char *space = usual_space(name.space);
    for (size_t i = 0; i < r->dialect->rule_count; i++) {
        const struct rule *rule = &r->dialect->rules[i];
        if (rule->in == in && strcmp(rule->local, name.local) == 0 &&
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
    memset(r->entry_ranks, 0xFF, sizeof r->entry_ranks);
    r->people.len = r->categories.len = 0;
    r->aliases.len = r->enclosures.len = 0;
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
    field_set(r, rule, id);
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
        field_set_body(r, rule);
    else if (rule->take == TAKE_GUID)
        take_guid(r, rule);
    else if (rule->take == TAKE_MAILBOX)
        field_set(r, rule, value_mailbox(r->arena, text));
    else if (rule->take == TAKE_MARKUP || r->now.html)
        field_set(r, rule, value_markup(r->arena, text));
    else
        field_set(r, rule, value_text(r->arena, text));
    r->now.rule = NULL;
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
        end_gathering(r);
    else if (r->now.rule && r->now.nested)
        xhtml_end(&r->now.xhtml, name);
    enum context in = context_of(r);
    r->levels.len--;
    if (in == IN_ENTRY && r->entry && context_of(r) == IN_FEED)
        finish_entry(r);
}

struct xml_handler elements_handler(struct reader *r)
{
    return (struct xml_handler){
        .context = r, .start = on_start, .end = on_end, .text = on_text};
}
