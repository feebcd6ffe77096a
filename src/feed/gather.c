/* The text of an element, gathered until its end: which of the syntaxes that
 * feeds use it is in, and what its rule makes of it. */
#include "feed/reader.h"

#include "base/base64.h"

enum syntax {
    SYNTAX_TEXT,
    SYNTAX_HTML,  /* escaped, or else elements of HTML */
    SYNTAX_XHTML, /* elements */
    SYNTAX_OTHER, /* nothing that can be read */
};

/* By the attribute "type": RFC 4287, 3.1.1 and 4.1.3.1; media types. The first
 * that it begins with. */
static enum syntax by_type(struct str type)
{
    static const struct {
        const char *type;
        enum syntax syntax;
    } rows[] = {
        {"html", SYNTAX_HTML},      {"text/html", SYNTAX_HTML},
        {"xhtml", SYNTAX_XHTML},    {"application/xhtml", SYNTAX_XHTML},
        {"text/xml", SYNTAX_XHTML}, {"text", SYNTAX_TEXT},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (str_starts_nocase(type, str_of(rows[i].type)))
            return rows[i].syntax;
    bool xml = str_ends(type, STR("+xml")) || str_ends(type, STR("/xml"));
    bool media = str_chr(type, '/') < type.n;
    return xml ? SYNTAX_XHTML : media ? SYNTAX_OTHER : SYNTAX_TEXT;
}

/* Atom 0.3 says by "mode" how the text is written, "type" being what it is. */
static enum syntax by_mode(enum syntax syntax, struct str mode)
{
    if (str_eq(mode, STR("xml")) && syntax == SYNTAX_HTML)
        return SYNTAX_XHTML;
    if (str_eq(mode, STR("escaped")) && syntax == SYNTAX_XHTML)
        return SYNTAX_HTML;
    return syntax;
}

static enum syntax syntax_of(const struct rule *rule, struct str type,
                             struct str mode)
{
    if (rule->take == TAKE_BODY)
        return SYNTAX_HTML;
    if (rule->take != TAKE_TYPED)
        return SYNTAX_TEXT;
    if (strcmp(rule->space, NS_XHTML) == 0)
        return SYNTAX_XHTML;
    return by_mode(by_type(type), mode);
}

static struct str attr(const struct element *e, const char *name)
{
    return str_trim(xml_attr_value(e->attrs, e->count, name));
}

void gather_begin(struct reader *r, const struct rule *rule,
                  const struct element *e)
{
    struct gathering *g = &r->now;
    struct str type = attr(e, "type"), mode = attr(e, "mode");
    struct str src = attr(e, "src");
    enum syntax syntax = syntax_of(rule, type, mode);
    buf_clear(&g->text);
    g->rule = rule;
    g->depth = r->levels.len;
    g->base64 = rule->take == TAKE_TYPED && str_eq(mode, STR("base64"));
    g->html = syntax == SYNTAX_HTML || syntax == SYNTAX_XHTML;
    g->nested = g->html && !g->base64 && !r->dialect->typed;
    g->other = syntax == SYNTAX_OTHER;
    g->xhtml = (struct xhtml_writer){.out = &g->text,
                                     .escape = syntax == SYNTAX_XHTML};
    g->line = e->line;
    g->spoiled = false;
    g->permalink = !str_eq_nocase(attr(e, "isPermaLink"), STR("false"));
    if (rule->take == TAKE_TYPED && src.n && r->entry && !r->entry->link)
        r->entry->link = value_text(r->arena, src);
}

/* Bytes that may be in any encoding: what is no UTF-8 is U+FFFD. */
static void decode(struct gathering *g)
{
    struct buf bytes = buf_make(BUF_BODY);
    base64_decode(buf_view(&g->text), &bytes);
    buf_clear(&g->text);
    for (struct str rest = buf_view(&bytes); rest.n;)
        buf_utf8(&g->text, utf8_next(&rest));
    buf_free(&bytes);
}

/* What says something even if its end is missing; half an address or a date
 * says something else. */
static bool may_be_cut(enum field field)
{
    return field == FIELD_BODY || field == FIELD_CAPTION ||
           field == FIELD_TITLE || field == FIELD_DESCRIPTION;
}

void gather_end(struct reader *r)
{
    struct gathering *g = &r->now;
    const struct rule *rule = g->rule;
    if (r->cut && !may_be_cut(rule->field)) {
        g->rule = NULL;
        return;
    }
    if (g->base64 && !g->other)
        decode(g);
    struct str text = buf_view(&g->text);
    g->rule = NULL;
    if (g->other && !str_blank(text))
        field_fault(r, FAULT_NO_TEXT, g->line);
    else if (g->spoiled && r->dialect->typed)
        field_fault(r, FAULT_MEMBER, g->line);
    else if (rule->field == FIELD_BODY || rule->field == FIELD_CAPTION)
        bodies_take(r, rule);
    else if (rule->take == TAKE_GUID)
        field_set_id(r, rule, value_text(r->arena, text), g->permalink);
    else if (rule->take == TAKE_MAILBOX)
        field_set(r, rule, value_mailbox(r->arena, text));
    else if (rule->take == TAKE_MARKUP || g->html)
        field_set(r, rule, value_markup(r->arena, text));
    else
        field_set(r, rule, value_text(r->arena, text));
}
