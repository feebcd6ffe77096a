/* What the elements of a feed tell, set by the rank of the rule that knows
 * them. */
#include "feed/reader.h"

#include "base/url.h"

/* The rules of modules follow the dialect's own. */
unsigned short rule_rank(const struct reader *r, const struct rule *rule)
{
    uintptr_t at = (uintptr_t)rule, modules = (uintptr_t)module_rules;
    bool module = at >= modules &&
                  at < modules + module_rule_count * sizeof *module_rules;
    return (unsigned short)(module ? r->dialect->rule_count +
                                         (size_t)(rule - module_rules)
                                   : (size_t)(rule - r->dialect->rules));
}

bool field_outranks(struct reader *r, const struct rule *rule, bool many)
{
    unsigned short *rank =
        r->entry ? &r->entry_ranks[rule->field] : &r->feed_ranks[rule->field];
    unsigned short mine = rule_rank(r, rule);
    if (mine > *rank || (mine == *rank && !many))
        return false;
    *rank = mine;
    return true;
}

/* An address is relative to the xml:base in force; without one it stays as it
 * is until the feed's own address is known. */
const char *field_based(const struct reader *r, const char *address)
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
        f->link = field_based(r, value);
        break;
    case FIELD_SELF:
        f->self = field_based(r, value);
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
        f->image = field_based(r, value);
        break;
    case FIELD_UPDATED:
        if (date_parse(str_of(value), &date))
            f->updated = date;
        break;
    case FIELD_PAGE:
        parts_add_page(r, value);
        break;
    case FIELD_VERSION:
        r->versioned = strstr(value, "jsonfeed.org") != NULL;
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
        e->link = field_based(r, value);
        break;
    case FIELD_PUBLISHED:
        date_parse(str_of(value), &e->published);
        break;
    case FIELD_UPDATED:
        date_parse(str_of(value), &e->updated);
        break;
    case FIELD_LANGUAGE:
        r->entry_language = value;
        break;
    case FIELD_COMMENTS:
        e->comments = field_based(r, value);
        break;
    case FIELD_COMMENT_FEED:
        e->comment_feed = field_based(r, value);
        break;
    case FIELD_COMMENT_COUNT:
        e->comment_count = value_number(str_of(value));
        break;
    case FIELD_KIND:
        r->kind = value;
        break;
    case FIELD_STATUS:
        r->status = value;
        break;
    case FIELD_PASSWORD:
        r->locked = true;
        break;
    default:
        break;
    }
}

/* A blog's authors; one export has no more. */
enum { ACCOUNTS_MAX = 1000 };

static void set_account(struct reader *r, enum field field, const char *value)
{
    size_t n = r->accounts.len;
    if (field == FIELD_NAME && n)
        r->accounts.items[n - 1].name = value;
    else if (field == FIELD_ACCOUNT && n < ACCOUNTS_MAX)
        vec_push(&r->accounts, ((struct account){.login = value}));
}

/* In an export, entries name their author by the account. */
static const char *shown_name(const struct reader *r, const char *name)
{
    for (size_t i = 0; i < r->accounts.len; i++)
        if (r->accounts.items[i].name &&
            strcmp(r->accounts.items[i].login, name) == 0)
            return r->accounts.items[i].name;
    return name;
}

/* Nothing is written by more; a feed that says so is not to cost time. */
enum { PEOPLE_MAX = 100 };

static void add_person(struct reader *r, const struct rule *rule,
                       const char *name)
{
    unsigned short before =
        r->entry ? r->entry_ranks[FIELD_AUTHOR] : r->feed_ranks[FIELD_AUTHOR];
    people_list *people = r->entry ? &r->people : &r->feed_people;
    if (!field_outranks(r, rule, true))
        return;
    if (before != rule_rank(r, rule))
        people->len = 0;
    name = shown_name(r, name);
    size_t i = 0;
    while (i < people->len && strcmp(people->items[i].name, name) != 0)
        i++;
    if (i == PEOPLE_MAX)
        return;
    if (i == people->len)
        vec_push(people, ((struct person){.name = name}));
    if (!people->items[i].uri)
        people->items[i].uri = r->person_uri;
    r->person = i + 1;
}

/* It may come before the name. */
static void add_person_uri(struct reader *r, const char *uri)
{
    people_list *people = r->entry ? &r->people : &r->feed_people;
    if (!r->person)
        r->person_uri = uri;
    else if (!people->items[r->person - 1].uri)
        people->items[r->person - 1].uri = uri;
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

void field_add_alias(struct reader *r, const char *address)
{
    if (r->aliases.len == ALIASES_MAX)
        return;
    address = field_based(r, address);
    for (size_t i = 0; i < r->aliases.len; i++)
        if (strcmp(r->aliases.items[i], address) == 0)
            return;
    vec_push(&r->aliases, address);
}

void field_put(struct reader *r, enum field field, const char *value)
{
    if (r->entry)
        set_entry(r, field, value);
    else
        set_feed(r, field, value);
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
        field_add_alias(r, value);
    if (rule->field == FIELD_AUTHOR) {
        add_person(r, rule, value);
    } else if (rule->field == FIELD_AUTHOR_URI) {
        add_person_uri(r, value);
    } else if (rule->field == FIELD_CATEGORY) {
        if (r->entry)
            add_category(r, value);
    } else if (rule->field >= FIELD_MEDIUM && rule->field <= FIELD_ABOUT) {
        media_set(r, rule->field, value);
    } else if (rule->field == FIELD_ACCOUNT || rule->field == FIELD_NAME) {
        set_account(r, rule->field, value);
    } else if (field_outranks(r, rule, false)) {
        field_put(r, rule->field, value);
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

void field_fault(struct reader *r, enum feed_fault fault, unsigned line)
{
    struct fault_count *f = &r->faults[fault];
    if (!f->count++)
        f->line = line;
}
