/* Links: resolved, internal where they lead to an article of the book, or
 * nothing but their text. */
#include "article/article_int.h"
#include "article/link/link_index.h"

enum { TOLD_MAX = 200 }; /* bytes of an address as it was written */

const char *link_fault_text(enum link_fault fault)
{
    static const char *const texts[LINK_FAULT_COUNT] = {
#define X(id, text) [id] = (text),
        LINK_FAULTS(X)
#undef X
    };
    return texts[fault];
}

/* ---- the three things that a link can become ---- */

static struct link_use *note(struct maker *m, struct str href,
                             enum link_result result)
{
    struct link_use use = {.href =
                               arena_str(m->arena, utf8_clip(href, TOLD_MAX)),
                           .result = result};
    vec_push(&m->link_uses, use);
    return &m->link_uses.items[m->link_uses.len - 1];
}

/* Such links lead nowhere but are what scripts are hung on. */
static bool hangs_scripts(struct str href)
{
    static const char *const nowhere[] = {"#", "javascript:", "javascript:;",
                                          "javascript:void(0)",
                                          "javascript:void(0);"};
    for (size_t i = 0; i < ARRAY_LEN(nowhere); i++)
        if (str_eq_nocase(href, str_of(nowhere[i])))
            return true;
    return false;
}

static void make_text(struct maker *m, xmlNode *a, struct str href,
                      enum link_fault fault)
{
    struct link_use *use = note(m, href, LINK_TEXT);
    use->fault = fault;
    tree_rename(a, "span");
    if (hangs_scripts(href))
        return;
    article_warn(m,
                 arena_printf(m->arena, "link left out, its text kept: %s",
                              link_fault_text(fault)),
                 use->href);
}

static void make_web(struct maker *m, xmlNode *a, struct str href,
                     const char *web)
{
    note(m, href, LINK_WEB)->web = web;
    tree_set_attr(a, "href", str_of(web));
}

static void make_internal(struct maker *m, xmlNode *a, struct str href,
                          struct link_ref link)
{
    struct link_use *use = note(m, href, LINK_BOOK);
    use->web = link.web;
    use->ref = m->links.len;
    const char *number = arena_printf(m->arena, "%zu", m->links.len);
    vec_push(&m->links, link);
    tree_rename(a, "#link");
    tree_set_attr(a, "target", str_of(number));
}

/* ---- fragments ---- */

/* The id that a fragment means: as it is, percent-decoded, or as sanitisers
 * prefix it. */
static const char *target_id(struct maker *m, struct str fragment)
{
    struct str decoded = url_decode(m->arena, fragment);
    const char *id = anchor_find(m, fragment);
    if (!id)
        id = anchor_find(m, decoded);
    if (!id)
        id = anchor_find(m, str_of(arena_printf(m->arena, "user-content-%.*s",
                                                STR_ARG(decoded))));
    return id;
}

/* Without a text directive, which names no id (URL Fragment Text
 * Directives, section 3.2). */
static struct str without_directive(struct str fragment)
{
    return str_sub(fragment, 0, str_find(fragment, STR(":~:")));
}

static const char *with_fragment(struct maker *m, const char *address,
                                 const char *fragment)
{
    if (!address || !fragment)
        return address;
    return arena_printf(m->arena, "%s#%s", address, fragment);
}

/* A fragment of this article: `web` is where it leads if there is no such id.
 * HTML Standard 7.4.6.4: "top" is the page's top if no id is called so. */
static void link_here(struct maker *m, xmlNode *a, struct str href,
                      struct str fragment, const char *web)
{
    struct str name = without_directive(fragment);
    const char *id = name.n ? target_id(m, name) : NULL;
    if (id || str_eq_nocase(name, STR("top")))
        make_internal(m, a, href,
                      (struct link_ref){
                          .article = m->number, .fragment = id, .web = web});
    else if (web)
        make_web(m, a, href, web);
    else
        make_text(m, a, href, LINK_NOWHERE);
}

/* "#somewhere": in this article, else on its page on the web. */
static void link_within(struct maker *m, xmlNode *a, struct str href)
{
    struct str fragment = str_sub(href, 1, href.n);
    const char *web = NULL;
    if (fragment.n && m->page)
        web = with_fragment(
            m, m->page,
            address_encoded(m->arena, arena_str(m->arena, fragment)));
    link_here(m, a, href, fragment, web);
}

/* ---- articles of the book ---- */

static const char *id_there(struct maker *m, const char *fragment)
{
    struct str name = without_directive(str_of(fragment));
    if (m->policy->plain_links || !name.n)
        return NULL;
    return anchor_name(m->arena, url_decode(m->arena, name));
}

static void link_elsewhere(struct maker *m, xmlNode *a, struct str href)
{
    const char *fragment;
    enum link_fault fault;
    const char *address = address_resolve(m, href, &fragment, &fault);
    if (!address) {
        make_text(m, a, href, fault);
        return;
    }
    const char *web = with_fragment(m, address, fragment);
    struct link_target target;
    if (!link_index_find(m->index, m->arena, web, m->number, &target))
        make_web(m, a, href, web);
    else if (target.article != m->number)
        make_internal(m, a, href,
                      (struct link_ref){.article = target.article,
                                        .fragment = target.fragment
                                                        ? id_there(m, fragment)
                                                        : NULL,
                                        .web = web});
    else if (target.fragment)
        link_here(m, a, href, str_of(fragment), web);
    else
        make_web(m, a, href, web);
}

void article_links(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        if (!tree_is(n, "a"))
            continue;
        struct str href = str_trim(tree_attr(n, "href"));
        if (!href.n)
            tree_rename(n, "span"); /* an anchor, or nothing */
        else if (href.p[0] == '#')
            link_within(m, n, href);
        else
            link_elsewhere(m, n, href);
    }
}
