/* Which attributes an element of the book keeps, and with which values. */
#include "article/attrs.h"

#include "base/mem.h"

/* A valid integer of the HTML Standard (2.3.4.1), of at most nine digits. */
static bool valid_integer(struct str value)
{
    if (value.n && value.p[0] == '-')
        value = str_sub(value, 1, value.n);
    for (size_t i = 0; i < value.n; i++)
        if (!chr_digit((unsigned char)value.p[i]))
            return false;
    return value.n > 0 && value.n < 10;
}

static bool valid_span(struct str value)
{
    return value.n >= 1 && value.n <= 3 && valid_integer(value) &&
           value.p[0] > '0' && !str_eq(value, STR("1"));
}

static bool valid_marker(struct str value)
{
    return value.n == 1 && strchr("1aAiI", value.p[0]);
}

static bool valid_scope(struct str value)
{
    return str_eq(value, STR("row")) || str_eq(value, STR("col")) ||
           str_eq(value, STR("rowgroup")) || str_eq(value, STR("colgroup"));
}

static bool valid_text(struct str value)
{
    return !str_blank(value);
}

static bool valid_direction(struct str value)
{
    return str_eq(value, STR("ltr")) || str_eq(value, STR("rtl")) ||
           str_eq(value, STR("auto"));
}

static bool any_value(struct str value)
{
    (void)value;
    return true;
}

/* The short names that Rouge and Pygments share: one to three letters, the
 * third of which may be a digit. */
static bool valid_token(struct str value)
{
    if (value.n < 1 || value.n > 2)
        return value.n == 3 && str_eq(str_sub(value, 0, 1), STR("g"));
    return chr_alpha((unsigned char)value.p[0]) &&
           (value.n == 1 || chr_alpha((unsigned char)value.p[1]) ||
            chr_digit((unsigned char)value.p[1]));
}

struct attr_rule {
    const char *name;
    unsigned bit; /* of enum keep_attr; 0: on any element */
    bool (*valid)(struct str value);
    const char *as; /* the value in the book; NULL: as it is */
};

static const struct attr_rule rules[] = {
    {"dir", 0, valid_direction, NULL},
    {"title", ATTR_TITLE, valid_text, NULL},
    {"start", ATTR_START, valid_integer, NULL},
    {"reversed", ATTR_REVERSED, any_value, "reversed"},
    {"type", ATTR_MARKER, valid_marker, NULL},
    {"value", ATTR_VALUE, valid_integer, NULL},
    {"colspan", ATTR_SPANS, valid_span, NULL},
    {"rowspan", ATTR_SPANS, valid_span, NULL},
    {"scope", ATTR_SCOPE, valid_scope, NULL},
    {"href", ATTR_HREF, any_value, NULL},
    {"target", ATTR_TARGET, any_value, NULL},
    {"class", ATTR_TOKEN, valid_token, NULL},
};

/* lang is repaired where it can be. On code it names a programming language
 * more often than not, and is dropped. */
static void keep_language(struct arena *arena, xmlNode *to,
                          const xmlNode *source)
{
    struct str value = tree_attr(source, "lang");
    if (!value.p)
        value = tree_attr(source, "xml:lang");
    if (!value.n || tree_is(source, "pre") || tree_is(source, "code"))
        return;
    const char *tag = language_tag(arena, arena_str(arena, value));
    if (tag)
        tree_set_attr(to, "lang", str_of(tag));
}

static bool lower_case(struct str value)
{
    for (size_t i = 0; i < value.n; i++)
        if (chr_lower((unsigned char)value.p[i]) != (unsigned char)value.p[i])
            return false;
    return true;
}

/* Keywords are compared without regard to case, and kept in lower case. */
static struct str keyword(struct arena *arena, struct str value)
{
    if (lower_case(value))
        return value;
    char *lower = arena_str(arena, value);
    for (char *p = lower; *p; p++)
        *p = (char)chr_lower((unsigned char)*p);
    return str_of(lower);
}

void attrs_keep(struct arena *arena, xmlNode *to, const xmlNode *source,
                unsigned allowed)
{
    for (size_t i = 0; i < ARRAY_LEN(rules) && source->properties; i++) {
        const struct attr_rule *rule = &rules[i];
        if (rule->bit && !(rule->bit & allowed))
            continue;
        struct str value = tree_attr(source, rule->name);
        if (!value.p)
            continue;
        if (rule->valid == valid_direction || rule->valid == valid_scope)
            value = keyword(arena, str_trim(value));
        if (rule->valid == valid_integer || rule->valid == valid_span)
            value = str_trim(value);
        if (rule->valid(value))
            tree_set_attr(to, rule->name, rule->as ? str_of(rule->as) : value);
    }
    if (source->properties)
        keep_language(arena, to, source);
}
