/* Embeds become cards: what it was, its title, and a link. Providers are rows
 * of a table. */
#include "article/article_int.h"

struct provider {
    const char *host; /* the address's host, or what it ends in after a dot */
    const char *path; /* what its path begins with */
    const char *kind; /* what the card says */
    /* The page that a person would open; %s is the id, which is what follows
     * the path, or the value of query parameter `key`. NULL: the address as
     * it is. */
    const char *page;
    const char *key; /* NULL: the path's rest */
};

static const struct provider providers[] = {
    {"youtube.com", "/embed/", "Video on YouTube",
     "https://www.youtube.com/watch?v=%s", NULL},
    {"youtube-nocookie.com", "/embed/", "Video on YouTube",
     "https://www.youtube.com/watch?v=%s", NULL},
    {"youtube.com", "/", "Video on YouTube", NULL, NULL},
    {"player.vimeo.com", "/video/", "Video on Vimeo", "https://vimeo.com/%s",
     NULL},
    {"platform.twitter.com", "/embed/", "Post on X",
     "https://x.com/i/status/%s", "id"},
    {"open.spotify.com", "/embed/", "Audio on Spotify",
     "https://open.spotify.com/%s", NULL},
    {"soundcloud.com", "/", "Audio on SoundCloud", NULL, NULL},
    {"codepen.io", "/", "Code on CodePen", NULL, NULL},
    {"codesandbox.io", "/", "Code on CodeSandbox", NULL, NULL},
};

/* Elements that embed something, and what a card says without a provider. */
static const struct {
    const char *name, *address, *kind;
} embeds[] = {
    {"iframe", "src", "Embedded page"},
    {"embed", "src", "Embedded object"},
    {"object", "data", "Embedded object"},
    {"video", "src", "Video"},
    {"audio", "src", "Audio"},
};

static bool host_matches(struct str host, struct str wanted)
{
    return str_eq(host, wanted) ||
           (str_ends(host, wanted) && host.p[host.n - wanted.n - 1] == '.');
}

static const struct provider *provider_of(const struct url *u)
{
    for (size_t i = 0; i < ARRAY_LEN(providers); i++)
        if (u->host &&
            host_matches(str_of(u->host), str_of(providers[i].host)) &&
            str_starts(str_of(u->path), str_of(providers[i].path)))
            return &providers[i];
    return NULL;
}

static struct str query_value(const char *query, struct str key)
{
    struct str rest = str_of(query), pair;
    while (rest.n && str_next(&rest, '&', &pair)) {
        size_t at = str_chr(pair, '=');
        if (str_eq(str_sub(pair, 0, at), key))
            return str_sub(pair, at + 1, pair.n);
    }
    return (struct str){NULL, 0};
}

/* The page behind the embed, else the embed's own address. */
static const char *page_of(struct maker *m, const struct provider *p,
                           const struct url *u)
{
    if (p && p->page) {
        struct str id =
            p->key ? query_value(u->query, str_of(p->key))
                   : str_sub(str_of(u->path), strlen(p->path), strlen(u->path));
        const char *slot = strstr(p->page, "%s");
        if (id.n && slot)
            return arena_printf(m->arena, "%.*s%.*s%s", (int)(slot - p->page),
                                p->page, STR_ARG(id), slot + 2);
    }
    return url_text(m->arena, u, true);
}

/* The address may be on the element, or on a source below it. */
static struct str address_of(const xmlNode *n, const char *attribute)
{
    struct str address = tree_attr(n, attribute);
    if (!address.n)
        address = tree_attr(n, "data-src");
    for (const xmlNode *at = n; !address.n && (at = tree_next(n, at));)
        if (tree_is(at, "source") || tree_is(at, "embed"))
            address = tree_attr(at, "src");
    return str_trim(address);
}

static xmlNode *add_element(xmlNode *parent, const char *name)
{
    xmlNode *n = tree_element(parent->doc, name);
    tree_append(parent, n);
    return n;
}

/* A card in the element's place. */
static void make_card(struct maker *m, xmlNode *n, const char *kind,
                      const char *page)
{
    xmlNode *card = tree_element(n->doc, "#card");
    xmlNode *head = add_element(card, "#card-kind");
    tree_append(head, tree_text(n->doc, str_of(kind)));
    struct str title = str_trim(tree_attr(n, "title"));
    xmlNode *line = add_element(card, "#card-title");
    xmlNode *link = add_element(line, "a");
    tree_set_attr(link, "href", str_of(page));
    tree_append(link, tree_text(n->doc, title.n ? title : str_of(page)));
    (void)m;
    tree_before(n, card);
}

/* Words in a player that has no address are all there is of it. */
static void make_embed(struct maker *m, xmlNode *n, size_t row)
{
    struct str address = address_of(n, embeds[row].address);
    const struct url *u =
        address.n ? url_parse(m->arena, address, m->base) : NULL;
    if (u && url_is_web(u)) {
        const struct provider *p = provider_of(u);
        make_card(m, n, p ? p->kind : embeds[row].kind, page_of(m, p, u));
    }
    tree_drop(n);
}

void article_embeds(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        for (size_t i = 0; tree_is_element(n) && i < ARRAY_LEN(embeds); i++) {
            if (!tree_is(n, embeds[i].name))
                continue;
            next = tree_skip(root, n);
            make_embed(m, n, i);
            break;
        }
    }
}
