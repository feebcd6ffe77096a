/* Addresses in attributes. */
#include "feed/reader.h"

const char *link_attr(struct reader *r, const struct element *e,
                      const char *name)
{
    return value_text(r->arena, xml_attr_value(e->attrs, e->count, name));
}

/* What a link of this relation is: the IANA's registry of link relations. */
static enum field relation(const struct reader *r, const struct rule *rule,
                           struct str rel, bool page)
{
    static const struct {
        const char *rel;
        bool entry, page;
        enum field field;
    } relations[] = {
        {"self", false, true, FIELD_SELF},
        {"self", false, false, FIELD_SELF},
        {"canonical", true, true, FIELD_ALIAS},
        {"shortlink", true, true, FIELD_ALIAS},
        {"replies", true, true, FIELD_COMMENTS},
        {"replies", true, false, FIELD_COMMENT_FEED},
    };
    if (!rel.n || str_eq(rel, STR("alternate")))
        return rule->field == FIELD_LINK && page ? FIELD_LINK : FIELD_NONE;
    for (size_t i = 0; i < ARRAY_LEN(relations); i++)
        if (relations[i].entry == (r->entry != NULL) &&
            relations[i].page == page && str_eq(rel, str_of(relations[i].rel)))
            return relations[i].field;
    return FIELD_NONE;
}

static bool is_page(struct str type)
{
    return !type.n || str_starts_nocase(type, STR("text/html")) ||
           str_starts_nocase(type, STR("application/xhtml"));
}

/* RFC 4685, section 5: how many replies are behind the link. */
static void take_count(struct reader *r, const struct element *e)
{
    struct str count = xml_attr_in(e->attrs, e->count, NS_THR, "count");
    if (value_number(count))
        r->entry->comment_count = value_number(count);
}

void link_take(struct reader *r, const struct rule *rule,
               const struct element *e)
{
    struct str rel = str_trim(xml_attr_value(e->attrs, e->count, "rel"));
    bool page = is_page(xml_attr_value(e->attrs, e->count, "type"));
    const char *href = link_attr(r, e, "href");
    if (!href)
        return;
    if (str_eq(rel, STR("enclosure"))) {
        media_take(r, rule, e, "href");
        return;
    }
    if (parts_take_link(r, rel, href))
        return;
    enum field field = relation(r, rule, rel, page);
    if (r->entry && (field == FIELD_LINK || field == FIELD_ALIAS))
        field_add_alias(r, href);
    if (field == FIELD_COMMENTS || field == FIELD_COMMENT_FEED)
        take_count(r, e);
    if (field != FIELD_NONE && field != FIELD_ALIAS &&
        (field != FIELD_LINK || field_outranks(r, rule, false)))
        field_put(r, field, href);
}
