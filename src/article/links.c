/* Links: resolved, internal where they lead to an article of the book, or
 * nothing but their text. */
#include "article/article_int.h"
#include "article/link_index.h"

/* Schemes that a reader may follow; EPUBCheck warns of those it does not
 * know. */
static const char *const schemes[] = {"http", "https", "mailto", "tel",
                                      "ftp",  "news",  "irc",    "xmpp",
                                      "sip",  "gopher"};

static bool known_scheme(const struct url *u)
{
    for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
        if (strcmp(u->scheme, schemes[i]) == 0)
            return true;
    return false;
}

/* A host that RFC 1123 or an IPv6 literal allows; the URL Standard lets pass
 * more than EPUBCheck and old readers do. */
static bool plain_host(const char *host)
{
    struct str s = str_of(host);
    if (!s.n || s.p[0] == '.' || str_find(s, STR("..")) < s.n)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!chr_alpha((unsigned char)s.p[i]) &&
            !chr_digit((unsigned char)s.p[i]) && !strchr("-_.:[]", s.p[i]))
            return false;
    return true;
}

/* Percent-encode what RFC 3986 does not allow in a path, query or fragment,
 * and "%" that begins no code. */
static bool allowed(const char *p)
{
    unsigned char c = (unsigned char)*p;
    if (c == '%')
        return chr_hex((unsigned char)p[1]) >= 0 &&
               chr_hex((unsigned char)p[2]) >= 0;
    return c > ' ' && c < 0x7F && !strchr("\"<>\\^`{|}[]#", c);
}

static void encode(struct buf *out, const char *part)
{
    while (*part) {
        const char *p = part;
        while (*p && allowed(p))
            p++;
        buf_add(out, part, (size_t)(p - part));
        if (*p)
            buf_printf(out, "%%%02X", (unsigned char)*p++);
        part = p;
    }
}

/* The address as a book may hold it, without fragment. */
static const char *address_text(struct maker *m, const struct url *u)
{
    struct buf text = buf_make(BUF_LINE);
    struct url front = *u;
    front.path = "";
    front.query = NULL;
    front.opaque_path = true;
    buf_puts(&text, url_text(m->arena, &front, false));
    encode(&text, u->path);
    if (u->query) {
        buf_char(&text, '?');
        encode(&text, u->query);
    }
    const char *copy =
        text.failed ? NULL : arena_str(m->arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

static const char *encoded(struct maker *m, const char *part)
{
    struct buf text = buf_make(BUF_LINE);
    encode(&text, part);
    const char *copy = arena_str(m->arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

const char *link_resolve(struct maker *m, struct str href,
                         const char **fragment)
{
    if (fragment)
        *fragment = NULL;
    const struct url *u = url_parse(m->arena, href, m->base);
    if (!u || !known_scheme(u))
        return NULL;
    if (u->host ? !plain_host(u->host) : !*u->path)
        return NULL;
    if (url_special(u) && !u->host)
        return NULL;
    if (strcmp(u->scheme, "mailto") == 0 && !strchr(u->path, '@'))
        return NULL;
    if (fragment && u->fragment)
        *fragment = encoded(m, u->fragment);
    return address_text(m, u);
}

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

static const char *with_fragment(struct maker *m, const char *address,
                                 const char *fragment)
{
    if (!address || !fragment)
        return address;
    return arena_printf(m->arena, "%s#%s", address, fragment);
}

static void make_internal(struct maker *m, xmlNode *a, struct link_ref link)
{
    const char *number = arena_printf(m->arena, "%zu", m->links.len);
    vec_push(&m->links, link);
    tree_rename(a, "#link");
    tree_set_attr(a, "target", str_of(number));
}

/* "#somewhere": in this article, else on its page on the web. */
static void link_within(struct maker *m, xmlNode *a, struct str fragment)
{
    const char *id = fragment.n ? target_id(m, fragment) : NULL;
    const char *page =
        m->entry->link ? link_resolve(m, str_of(m->entry->link), NULL) : NULL;
    const char *web =
        page && fragment.n
            ? with_fragment(m, page, encoded(m, arena_str(m->arena, fragment)))
            : NULL;
    if (id)
        make_internal(m, a, (struct link_ref){m->number, id, web});
    else if (web)
        tree_set_attr(a, "href", str_of(web));
    else
        tree_rename(a, "span");
}

static void link_elsewhere(struct maker *m, xmlNode *a, struct str href)
{
    const char *fragment;
    const char *address = link_resolve(m, href, &fragment);
    if (!address) {
        article_warn(m, "link left out, its text kept",
                     arena_str(m->arena, utf8_clip(href, 200)));
        tree_rename(a, "span");
        return;
    }
    size_t article;
    const char *web = with_fragment(m, address, fragment);
    if (!link_index_find(m->index, m->arena, address, &article) ||
        (article == m->number && !fragment)) {
        tree_set_attr(a, "href", str_of(web));
        return;
    }
    const char *id = NULL;
    if (fragment && article == m->number)
        id = target_id(m, str_of(fragment));
    else if (fragment)
        id = anchor_name(m->arena, url_decode(m->arena, str_of(fragment)));
    if (fragment && article == m->number && !id)
        tree_set_attr(a, "href", str_of(web));
    else
        make_internal(m, a, (struct link_ref){article, id, web});
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
            link_within(m, n, str_sub(href, 1, href.n));
        else
            link_elsewhere(m, n, href);
    }
}
