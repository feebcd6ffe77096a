#include "article/prune/survey.h"

#include "article/prune/sharing.h"

/* Bytes of a word that count as one; of text without spaces, more words. */
enum { WORD_BYTES = 24 };

struct place {
    bool in_link, in_heading;
};

/* A look at one passage. */
struct look_at {
    struct surveyor *surveyor;
    struct survey counted;
    unsigned nodes;
    struct arena *scratch;
};

/* The host without "www.", by which pages of one site are known. */
static const char *site_of(const struct url *u)
{
    if (!u || !u->host || !*u->host)
        return NULL;
    return url_without_www(str_of(u->host)).p;
}

/* Does the address, percent-encoded or not, name a page of the site? */
static bool names_site(struct look_at *s, const struct url *u)
{
    const char *const parts[] = {u->path, u->query, u->fragment};
    struct str site = str_of(s->surveyor->site);
    for (size_t i = 0; site.n && i < ARRAY_LEN(parts); i++) {
        struct str part = url_decode(s->scratch, str_of(parts[i]));
        if (str_find(part, site) < part.n)
            return true;
    }
    return false;
}

static bool same_page(const struct url *a, const struct url *b)
{
    struct str one = str_of(a->path), two = str_of(b->path);
    if (str_ends(one, STR("/")))
        one.n--;
    if (str_ends(two, STR("/")))
        two.n--;
    return str_eq(one, two) &&
           (!b->query || (a->query && strcmp(a->query, b->query) == 0));
}

static bool asks_to_share(struct str query)
{
    return str_starts(query, STR("share=")) ||
           str_find(query, STR("&share=")) < query.n ||
           str_find(query, STR("action=share")) < query.n;
}

/* Buttons below an article that feed services made. */
static bool is_flare(const struct url *u)
{
    return str_starts(str_of(u->path), STR("/~ff/")) ||
           (url_within(u, "feedblitz.com") &&
            str_starts(str_of(u->path), STR("/_/")));
}

static enum link_kind kind_of(struct look_at *s, const xmlNode *a)
{
    struct str href = str_trim(tree_attr(a, "href"));
    const struct url *u =
        href.n ? url_parse(s->scratch, href, s->surveyor->maker->base) : NULL;
    if (!u || *href.p == '#' || strcmp(u->scheme, "javascript") == 0)
        return LINK_NONE;
    if (is_flare(u))
        return LINK_FLARE;
    if (sharing_address(u))
        return strcmp(u->scheme, "mailto") == 0 || names_site(s, u)
                   ? LINK_SHARE
                   : LINK_OTHER;
    if (!s->surveyor->site || !u->host || !url_within(u, s->surveyor->site))
        return LINK_OTHER;
    if (asks_to_share(str_of(u->query)))
        return LINK_SHARE;
    return s->surveyor->page && same_page(u, s->surveyor->page) ? LINK_PAGE
                                                                : LINK_SITE;
}

static void count_text(struct survey *s, struct str text, struct place place)
{
    struct str word;
    while (s->words <= SURVEY_WORDS && str_next_word(&text, &word)) {
        unsigned n = 1 + (unsigned)(word.n / WORD_BYTES);
        if (str_blank(word))
            continue;
        s->words += n;
        if (place.in_link || place.in_heading)
            continue;
        s->loose += n;
        if (sharing_label(word))
            s->plain += n;
    }
}

static bool is_unseen(const xmlNode *n)
{
    return tree_is(n, "script") || tree_is(n, "style") ||
           tree_is(n, "template");
}

static void count_field(struct survey *s, const xmlNode *n)
{
    static const char *const unwritten[] = {"hidden", "submit",   "button",
                                            "image",  "checkbox", "radio"};
    struct str type = tree_attr(n, "type"), name = tree_attr(n, "name");
    for (size_t i = 0; i < ARRAY_LEN(unwritten); i++)
        if (str_eq_nocase(type, str_of(unwritten[i])))
            return;
    s->fields++;
    if (str_eq_nocase(type, STR("email")) ||
        str_find_nocase(name, STR("email")) < name.n)
        s->mail_fields++;
}

static void count_element(struct look_at *s, const xmlNode *n,
                          struct place *place)
{
    struct survey *c = &s->counted;
    if (tree_is(n, "a") || tree_is(n, "button")) {
        c->links++;
        c->kinds[kind_of(s, n)]++;
        place->in_link = true;
    } else if (tree_is(n, "img") || tree_is(n, "iframe") ||
               tree_is(n, "video") || tree_is(n, "pre")) {
        c->pictures += !place->in_link;
    } else if (tree_is(n, "textarea")) {
        c->fields += 2; /* to write a letter into, not an address */
    } else if (tree_is(n, "input")) {
        count_field(c, n);
    }
    place->in_heading = place->in_heading || heading_level(n);
}

static void count(struct look_at *s, const xmlNode *n, struct place place)
{
    struct survey *c = &s->counted;
    if (++s->nodes > SURVEY_NODES || --s->surveyor->credit < 0 ||
        c->words > SURVEY_WORDS) {
        c->whole = false;
        return;
    }
    if (tree_is_text(n)) {
        count_text(c, tree_content(n), place);
        return;
    }
    if (!tree_is_element(n) || is_unseen(n))
        return;
    count_element(s, n, &place);
    for (const xmlNode *child = n->children; child && c->whole;
         child = child->next)
        count(s, child, place);
}

struct surveyor surveyor_make(struct maker *m)
{
    const char *link = m->entry->link;
    const char *feed = m->entry->feed->link;
    const struct url *page =
        link ? url_parse(m->arena, str_of(link), NULL) : NULL;
    const struct url *home =
        feed ? url_parse(m->arena, str_of(feed), NULL) : NULL;
    return (struct surveyor){.maker = m,
                             .page = page,
                             .site = site_of(page ? page : home),
                             .credit = 32L * SURVEY_NODES};
}

struct survey survey_of(struct surveyor *surveyor, const xmlNode *n)
{
    struct look_at s = {.surveyor = surveyor,
                        .counted = {.whole = true},
                        .scratch = arena_new()};
    count(&s, n, (struct place){false, false});
    arena_free(s.scratch);
    s.counted.whole = s.counted.whole && s.counted.words <= SURVEY_WORDS;
    return s.counted;
}
