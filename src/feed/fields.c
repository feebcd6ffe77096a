/* What the elements of a feed tell, set by the rank of the rule that knows
 * them. */
#include "feed/reader.h"

#include "base/url.h"

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

/* An address is relative to the xml:base in force; without one it stays as it
 * is until the feed's own address is known. */
static const char *based(const struct reader *r, const char *address)
{
    const char *base = r->levels.items[r->levels.len - 1].base;
    const struct url *b = base ? url_parse(r->arena, str_of(base), NULL) : NULL;
    const struct url *u = b ? url_parse(r->arena, str_of(address), b) : NULL;
    return u ? url_text(r->arena, u, true) : address;
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
        f->link = based(r, value);
        break;
    case FIELD_SELF:
        f->self = based(r, value);
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
        f->image = based(r, value);
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
        e->link = based(r, value);
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

/* Nobody sorts an article into more; a feed that does is not to cost time. */
enum { CATEGORIES_MAX = 200 };

static void add_category(struct reader *r, const char *name)
{
    if (r->categories.len == CATEGORIES_MAX)
        return;
    for (size_t i = 0; i < r->categories.len; i++)
        if (str_eq_nocase(str_of(r->categories.items[i]), str_of(name)))
            return;
    vec_push(&r->categories, name);
}

/* Articles have a handful of addresses; a feed that gives more is not to cost
 * time. */
enum { ALIASES_MAX = 16 };

static void add_alias(struct reader *r, const char *address)
{
    if (r->aliases.len == ALIASES_MAX)
        return;
    address = based(r, address);
    for (size_t i = 0; i < r->aliases.len; i++)
        if (strcmp(r->aliases.items[i], address) == 0)
            return;
    vec_push(&r->aliases, address);
}

/* What is no date must not stand over another field's that is. */
static bool says_something(const struct rule *rule, const char *value)
{
    bool dated = rule->field == FIELD_PUBLISHED || rule->field == FIELD_UPDATED;
    struct date date;
    return value && (!dated || date_parse(str_of(value), &date));
}

void field_set(struct reader *r, const struct rule *rule, const char *value)
{
    if (!says_something(rule, value))
        return;
    if (r->entry && (rule->field == FIELD_LINK || rule->field == FIELD_ALIAS))
        add_alias(r, value);
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

/* The URL Standard would take "mailto:x" or "tag:…" as a URL too. */
static bool web_address(struct str s)
{
    return str_starts_nocase(s, STR("http://")) ||
           str_starts_nocase(s, STR("https://"));
}

void field_set_id(struct reader *r, const struct rule *rule, const char *id,
                  bool permalink)
{
    field_set(r, rule, id);
    if (id && r->entry && !r->entry->link && permalink &&
        web_address(str_of(id)))
        r->entry->link = id;
}

/* ---- bodies ---- */

void field_set_body(struct reader *r, const struct rule *rule)
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
    if (rule->field == FIELD_CONTENT)
        r->entry->content = body;
    else
        r->entry->summary = body;
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

const char *field_attr(struct reader *r, const struct xml_attr *attrs,
                       size_t count, const char *name)
{
    return value_text(r->arena, xml_attr_value(attrs, count, name));
}

void field_add_enclosure(struct reader *r, const struct xml_attr *attrs,
                         size_t count, const char *url, const char *length)
{
    const char *address = field_attr(r, attrs, count, url);
    if (!r->entry || !address)
        return;
    struct enclosure e = {.url = based(r, address),
                          .type = field_attr(r, attrs, count, "type"),
                          .title = field_attr(r, attrs, count, "title"),
                          .length =
                              number(xml_attr_value(attrs, count, length))};
    vec_push(&r->enclosures, e);
}

/* What a link of this relation is: the IANA's registry of link relations. */
static enum field relation(const struct reader *r, const struct rule *rule,
                           struct str rel)
{
    static const struct {
        const char *rel;
        bool entry;
        enum field field;
    } relations[] = {
        {"self", false, FIELD_SELF},
        {"canonical", true, FIELD_ALIAS},
        {"shortlink", true, FIELD_ALIAS},
    };
    if (!rel.n || str_eq(rel, STR("alternate")))
        return rule->field == FIELD_LINK ? FIELD_LINK : FIELD_NONE;
    for (size_t i = 0; i < ARRAY_LEN(relations); i++)
        if (relations[i].entry == (r->entry != NULL) &&
            str_eq(rel, str_of(relations[i].rel)))
            return relations[i].field;
    return FIELD_NONE;
}

static bool is_page(struct str type)
{
    return !type.n || str_starts_nocase(type, STR("text/html")) ||
           str_starts_nocase(type, STR("application/xhtml"));
}

void field_take_link(struct reader *r, const struct rule *rule,
                     const struct xml_attr *attrs, size_t count)
{
    struct str rel = str_trim(xml_attr_value(attrs, count, "rel"));
    const char *href = field_attr(r, attrs, count, "href");
    if (!href)
        return;
    if (str_eq(rel, STR("enclosure"))) {
        field_add_enclosure(r, attrs, count, "href", "length");
        return;
    }
    enum field field = relation(r, rule, rel);
    bool page = is_page(xml_attr_value(attrs, count, "type"));
    if (r->entry && page && (field == FIELD_LINK || field == FIELD_ALIAS))
        add_alias(r, href);
    if (field == FIELD_SELF)
        set_feed(r, FIELD_SELF, href);
    else if (field == FIELD_LINK && page && outranks(r, rule, false)) {
        if (r->entry)
            set_entry(r, FIELD_LINK, href);
        else
            set_feed(r, FIELD_LINK, href);
    }
}
