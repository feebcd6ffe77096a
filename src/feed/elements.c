/* The field machine: a dialect's rules, applied to a file's elements. */
#include "feed/reader.h"

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
    {NULL, JSON_ROOT, &dialect_json, IN_FEED},
};

/* Does the element have the attribute that the rule wants? */
static bool fits(const struct rule *rule, const struct element *e)
{
    struct str wanted = str_of(rule->when), name, value, has = {"", 0};
    if (!rule->when)
        return true;
    str_next(&wanted, '=', &name);
    for (size_t i = 0; i < e->count; i++)
        if (str_eq(name, str_of(e->attrs[i].name.local)))
            has = str_trim(e->attrs[i].value);
    while (str_next(&wanted, '|', &value))
        if (str_eq_nocase(has, value))
            return true;
    return false;
}

static const struct rule *find_in(const struct rule *rules, size_t count,
                                  enum context in, const struct element *e,
                                  bool attribute)
{
    for (size_t i = 0; i < count; i++) {
        const struct rule *rule = &rules[i];
        if (rule->in == in && (rule->take == TAKE_ATTR) == attribute &&
            strcmp(rule->local, e->name.local) == 0 &&
            strcmp(rule->space, e->name.space) == 0 && fits(rule, e))
            return rule;
    }
    return NULL;
}

/* The rule of an element, or attribute, by its name. */
static const struct rule *find_rule(const struct reader *r, enum context in,
                                    struct element e, bool attribute)
{
    const struct dialect *d = r->dialect;
    e.name.space = space_usual(e.name.space);
    if (!*e.name.space && !attribute)
        e.name.space = d->space;
    const struct rule *rule =
        find_in(d->rules, d->rule_count, in, &e, attribute);
    return rule ? rule
                : find_in(module_rules, module_rule_count, in, &e, attribute);
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

/* Attributes of an element that is entered, as rdf:about. */
static void take_attributes(struct reader *r, enum context in,
                            const struct element *e)
{
    for (size_t i = 0; i < e->count; i++) {
        const struct element as = {.name = e->attrs[i].name};
        const struct rule *rule = find_rule(r, in, as, true);
        const char *value =
            rule ? value_text(r->arena, e->attrs[i].value) : NULL;
        if (rule && rule->field == FIELD_ID)
            field_set_id(r, rule, value, true);
        else if (rule)
            field_set(r, rule, value);
    }
}

static void enter(struct reader *r, const struct rule *rule,
                  const struct element *e)
{
    r->levels.items[r->levels.len - 1].in = rule->enter;
    if (rule->enter == IN_ENTRY && !r->entry)
        entry_begin(r, e->line);
    r->person = 0;
    r->person_uri = NULL;
    if (rule->take != TAKE_ENTER)
        return;
    if (rule->enter == IN_MEDIUM)
        media_begin(r);
    take_attributes(r, rule->enter, e);
}

static void start_known(struct reader *r, const struct rule *rule,
                        const struct element *e)
{
    const char *value;
    if (rule->enter)
        enter(r, rule, e);
    switch (rule->take) {
    case TAKE_ENTER:
        break;
    case TAKE_LINK:
        link_take(r, rule, e);
        break;
    case TAKE_FILE:
    case TAKE_OFFER:
    case TAKE_PAGE:
        media_take(r, rule, e, "url");
        break;
    case TAKE_PART:
        parts_take(r, rule, e);
        break;
    case TAKE_PICTURE:
        value = link_attr(r, e, "href");
        field_set(r, rule, value ? value : link_attr(r, e, "url"));
        break;
    case TAKE_TERM:
        value = link_attr(r, e, "label");
        field_set(r, rule, value ? value : link_attr(r, e, "term"));
        break;
    default:
        gather_begin(r, rule, e);
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

static void on_start(void *context, struct xml_name name,
                     const struct xml_attr *attrs, size_t count, unsigned line)
{
    struct reader *r = context;
    const struct element e = {name, attrs, count, line};
    vec_push(&r->levels, level_of(r, attrs, count));
    buf_clear(&r->loose);
    if (r->levels.len == 1) {
        start_root(r, name);
    } else if (!r->dialect) {
        leads_note(r, &e);
    } else if (!r->now.rule) {
        enum context in = r->levels.items[r->levels.len - 2].in;
        const struct rule *rule = find_rule(r, in, e, false);
        if (rule)
            start_known(r, rule, &e);
    } else if (r->now.nested) {
        xhtml_start(&r->now.xhtml, name, attrs, count);
    } else {
        r->now.spoiled = true;
    }
}

/* ---- text in elements that are entered ---- */

static const struct rule *loose_rule(const struct reader *r)
{
    const struct element text = {.name = {"", "#text"}};
    enum context in = r->levels.items[r->levels.len - 1].in;
    return in == IN_UNKNOWN ? NULL : find_rule(r, in, text, false);
}

static void take_loose(struct reader *r, struct str text, unsigned line)
{
    if (str_blank(text) || !r->dialect || !r->levels.len)
        return;
    if (loose_rule(r))
        buf_str(&r->loose, text);
    else if (r->dialect->typed &&
             r->levels.items[r->levels.len - 1].in != IN_UNKNOWN)
        field_fault(r, FAULT_MEMBER, line);
}

static void end_loose(struct reader *r)
{
    const struct rule *rule = r->loose.len ? loose_rule(r) : NULL;
    if (rule)
        field_set(r, rule, value_text(r->arena, buf_view(&r->loose)));
    buf_clear(&r->loose);
}

static void on_text(void *context, struct str text, unsigned line)
{
    struct reader *r = context;
    if (!r->now.rule)
        take_loose(r, text, line);
    else if (r->now.nested)
        xhtml_text(&r->now.xhtml, text);
    else
        buf_str(&r->now.text, text);
}

static void on_end(void *context, struct xml_name name)
{
    struct reader *r = context;
    if (r->now.rule && r->now.depth == r->levels.len)
        gather_end(r);
    else if (r->now.rule && r->now.nested)
        xhtml_end(&r->now.xhtml, name);
    end_loose(r);
    if (r->entry && r->levels.len == r->entry_depth)
        entry_finish(r);
    r->levels.len--;
}

struct xml_handler elements_handler(struct reader *r)
{
    return (struct xml_handler){
        .context = r, .start = on_start, .end = on_end, .text = on_text};
}
