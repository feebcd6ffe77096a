/* What relative addresses are relative to (RFC 3986, section 5.1): xml:base,
 * the article, the feed. */
#include "article/article_int.h"

/* A longer one is none: it would be copied for every link. */
enum { BASE_MAX = 2048 };

/* Attributes that hold one address. */
static const char *const addresses[] = {"href", "src", "data", "poster"};

static const struct url *usable(struct maker *m, struct str address,
                                const struct url *outer)
{
    return address.n && address.n <= BASE_MAX
               ? url_parse(m->arena, address, outer)
               : NULL;
}

static const struct url *base_of(struct maker *m)
{
    const struct entry *e = m->entry;
    const char *const candidates[] = {e->content.base, e->link, e->feed->link,
                                      e->feed->self};
    for (size_t i = 0; i < ARRAY_LEN(candidates); i++) {
        const struct url *u = usable(m, str_of(candidates[i]), NULL);
        if (u)
            return u;
    }
    return NULL;
}

/* ---- within the article ---- */

/* The nearest xml:base around an element, and what it says. */
struct near {
    const xmlNode *node;
    const struct url *url;
};

static void find_near(struct maker *m, const xmlNode *n, struct near *near)
{
    while (tree_is_element(n) && !tree_attr(n, "xml:base").n)
        n = n->parent;
    if (n == near->node)
        return;
    near->node = n;
    near->url = tree_is_element(n)
                    ? url_parse(m->arena, tree_attr(n, "xml:base"), NULL)
                    : NULL;
}

/* An inner xml:base becomes absolute, so that those below it need no more. */
static void settle(struct maker *m, xmlNode *n, struct near *near)
{
    find_near(m, n->parent, near);
    const struct url *outer = near->url ? near->url : m->base;
    const struct url *u = usable(m, str_trim(tree_attr(n, "xml:base")), outer);
    const char *text = u ? url_text(m->arena, u, false) : NULL;
    if (text && strlen(text) <= BASE_MAX)
        tree_set_attr(n, "xml:base", str_of(text));
    else
        tree_drop_attr(n, "xml:base");
}

/* A fragment alone is of this article, whatever the base. */
static void make_absolute(struct maker *m, xmlNode *n, struct near *near)
{
    for (size_t i = 0; i < ARRAY_LEN(addresses); i++) {
        struct str address = str_trim(tree_attr(n, addresses[i]));
        if (!address.n || address.p[0] == '#')
            continue;
        find_near(m, n, near);
        const struct url *u =
            near->url ? url_parse(m->arena, address, near->url) : NULL;
        if (u)
            tree_set_attr(n, addresses[i], str_of(url_text(m->arena, u, true)));
    }
}

void article_bases(struct maker *m)
{
    struct near near = {0};
    bool inner = false, named = false;
    const xmlNode *root = xmlDocGetRootElement(m->source);
    m->base = base_of(m);
    m->page = m->entry->link && strlen(m->entry->link) <= BASE_MAX
                  ? link_resolve(m, str_of(m->entry->link), NULL)
                  : NULL;
    for (xmlNode *n = tree_next(root, root); n; n = tree_next(root, n)) {
        if (!tree_is_element(n) || !n->properties)
            continue;
        if (tree_is(n, "base") && !named && tree_attr(n, "href").n) {
            const struct url *u =
                usable(m, str_trim(tree_attr(n, "href")), m->base);
            m->base = u ? u : m->base;
            named = true; /* HTML Standard 4.2.3: the first one counts */
        }
        if (tree_attr(n, "xml:base").n) {
            settle(m, n, &near);
            inner = true;
        }
        if (inner)
            make_absolute(m, n, &near);
    }
}
