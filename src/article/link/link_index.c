#include "article/link/link_index.h"

#include "base/mem.h"
#include "base/url.h"

#include <stdlib.h>

/* How an address came to be an entry's; the better first. */
enum rank {
    RANK_LINK,
    RANK_ID,
    RANK_ALIAS,
    RANK_CUT, /* one of these, less than whole */
    RANK_COUNT
};

struct place {
    const char *key; /* canonical */
    size_t feed;     /* number of its feed */
    enum rank rank;
    size_t article;
};

typedef VEC(const char *) key_list;

struct link_index {
    struct arena *arena;
    VEC(struct place) places; /* sorted by all of their members */
    size_t *feeds;            /* of each article */
    key_list sites;           /* sorted: what is no article's alone */
};

/* ---- canonical addresses ---- */

/* Query parameters that tell where a reader came from or how a page is shown,
 * and not which page it is. "*" stands for any end. */
static const char *const ignored[] = {
    "utm_*",   "fbclid", "gclid",   "dclid",   "gbraid",    "wbraid",
    "msclkid", "yclid",  "twclid",  "igshid",  "mc_cid",    "mc_eid",
    "mkt_tok", "_hs*",   "pk_*",    "mtm_*",   "matomo_*",  "piwik_*",
    "ref",     "ref_*",  "referer", "source",  "cmpid",     "ncid",
    "ocid",    "xtor",   "share",   "feature", "amp",       "triedRedirect",
    "at_*",    "s_cid",  "trk",     "sh",      "guccounter"};

/* Hosts for other screens, before the site's own. */
static const char *const host_beginnings[] = {"www.", "m.", "mobile.", "amp."};

/* Hosts that show the pages of another. */
static const struct {
    const char *host, *shows;
} mirrors[] = {
    {"forem.com", "dev.to"},
    {"old.reddit.com", "reddit.com"},
    {"twitter.com", "x.com"},
};

/* What a path may end in and still name the same page; a slash is one anyway.
 */
static const char *const path_endings[] = {
    "/index.html", "/index.htm", "/index.php", "/default.aspx",
    "/amp",        ".html",      ".htm"};

static bool is_ignored(struct str parameter)
{
    struct str name = str_sub(parameter, 0, str_chr(parameter, '='));
    for (size_t i = 0; i < ARRAY_LEN(ignored); i++) {
        struct str row = str_of(ignored[i]);
        bool any = str_ends(row, STR("*"));
        row.n -= any;
        if (any ? str_starts_nocase(name, row) : str_eq_nocase(name, row))
            return true;
    }
    return false;
}

/* Percent-encoding as RFC 3986, section 6.2.2, makes it: of what needs it
 * alone, in upper case. */
static void add_normal(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        int high = i + 2 < s.n ? chr_hex((unsigned char)s.p[i + 1]) : -1;
        int low = high >= 0 ? chr_hex((unsigned char)s.p[i + 2]) : -1;
        if (s.p[i] != '%' || low < 0) {
            buf_char(out, s.p[i]);
            continue;
        }
        int c = high * 16 + low;
        if (chr_alpha(c) || chr_digit(c) || (c && strchr("-._~", c)))
            buf_char(out, (char)c);
        else
            buf_printf(out, "%%%02X", (unsigned)c);
        i += 2;
    }
}

static struct str site_of(struct str host)
{
    for (size_t i = 0; i < ARRAY_LEN(host_beginnings); i++) {
        struct str beginning = str_of(host_beginnings[i]);
        struct str rest = str_sub(host, beginning.n, host.n);
        if (str_starts(host, beginning) && str_chr(rest, '.') < rest.n) {
            host = rest;
            break;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(mirrors); i++)
        if (str_eq(host, str_of(mirrors[i].host)))
            return str_of(mirrors[i].shows);
    return host;
}

static struct str cut_slashes(struct str path)
{
    while (str_ends(path, STR("/")))
        path.n--;
    return path;
}

/* The path without endings that say nothing. */
static struct str cut_endings(struct str path)
{
    for (size_t i = 0; i < ARRAY_LEN(path_endings); i++) {
        path = cut_slashes(path);
        if (str_ends(path, str_of(path_endings[i])))
            path.n -= strlen(path_endings[i]);
    }
    return path;
}

static void add_path(struct buf *out, struct str path)
{
    struct str segment;
    path = cut_slashes(path);
    while (path.n && str_next(&path, '/', &segment)) {
        if (!segment.n)
            continue; /* at the beginning, or of "//" */
        buf_char(out, '/');
        add_normal(out, segment);
    }
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The order of parameters does not matter. */
static void add_query(struct buf *out, const char *query, bool cut)
{
    struct str rest = str_of(query), parameter;
    VEC(struct str) parameters = {0};
    while (rest.n && str_next(&rest, '&', &parameter))
        if (parameter.n && !(cut && is_ignored(parameter)))
            vec_push(&parameters, parameter);
    if (parameters.len)
        qsort(parameters.items, parameters.len, sizeof *parameters.items,
              by_text);
    for (size_t i = 0; i < parameters.len; i++) {
        buf_char(out, i ? '&' : '?');
        add_normal(out, parameters.items[i]);
    }
    free(parameters.items);
}

/* An address in canonical forms, NULL for one that says no more than the next:
 * addresses of one page have the same, and the last at least. */
enum form { FORM_FULL, FORM_WHOLE, FORM_CUT, FORM_COUNT };

struct canonical {
    const char *forms[FORM_COUNT]; /* with its fragment; without; without what
                                      need not matter either */
    bool fragment;                 /* it has one that may be an id */
};

static const char *form_of(struct arena *arena, const struct url *u,
                           enum form form)
{
    struct str path = str_of(u->path);
    struct buf text = buf_make(BUF_LINE);
    buf_str(&text, site_of(str_of(u->host)));
    if (u->port >= 0)
        buf_printf(&text, ":%d", u->port);
    add_path(&text, form == FORM_CUT ? cut_endings(path) : path);
    if (u->query)
        add_query(&text, u->query, form == FORM_CUT);
    if (form == FORM_FULL) {
        buf_char(&text, '#');
        add_normal(&text, str_of(u->fragment));
    }
    const char *copy = text.failed ? NULL : arena_str(arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

/* All NULL if it is no address on the web. */
static struct canonical canonical(struct arena *arena, const char *address)
{
    const struct url *u =
        address ? url_parse(arena, str_of(address), NULL) : NULL;
    struct canonical c = {0};
    if (!u || !url_is_web(u))
        return c;
    c.fragment = u->fragment && !is_ignored(str_of(u->fragment));
    if (u->fragment)
        c.forms[FORM_FULL] = form_of(arena, u, FORM_FULL);
    c.forms[FORM_WHOLE] = form_of(arena, u, FORM_WHOLE);
    c.forms[FORM_CUT] = form_of(arena, u, FORM_CUT);
    if (c.forms[FORM_WHOLE] && c.forms[FORM_CUT] &&
        strcmp(c.forms[FORM_WHOLE], c.forms[FORM_CUT]) == 0)
        c.forms[FORM_WHOLE] = NULL;
    return c;
}

/* ---- making the index ---- */

static int by_all(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int c = strcmp(x->key, y->key);
    if (!c)
        c = (x->feed > y->feed) - (x->feed < y->feed);
    if (!c)
        c = (x->rank > y->rank) - (x->rank < y->rank);
    return c ? c : (x->article > y->article) - (x->article < y->article);
}

static int by_key(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The sites' and the feeds' own addresses: entries that have nothing better
 * give them as theirs. */
static void add_sites(struct link_index *index, const struct library *l)
{
    for (size_t i = 0; i < l->feed_count; i++) {
        const char *const addresses[] = {l->feeds[i]->link, l->feeds[i]->self};
        for (size_t k = 0; k < ARRAY_LEN(addresses); k++) {
            struct canonical c = canonical(index->arena, addresses[k]);
            if (c.forms[FORM_CUT])
                vec_push(&index->sites, c.forms[FORM_CUT]);
        }
    }
    if (index->sites.len)
        qsort(index->sites.items, index->sites.len, sizeof *index->sites.items,
              by_key);
}

static bool is_site(const struct link_index *index, const char *key)
{
    return index->sites.len &&
           bsearch(&key, index->sites.items, index->sites.len,
                   sizeof *index->sites.items, by_key);
}

static void add_address(struct link_index *index, struct arena *scratch,
                        const char *address, enum rank rank, size_t article)
{
    struct canonical c = canonical(scratch, address);
    for (size_t i = 0; i < FORM_COUNT; i++) {
        const char *key = c.forms[i];
        if (!key || is_site(index, key))
            continue;
        vec_push(&index->places,
                 ((struct place){arena_strdup(index->arena, key),
                                 index->feeds[article], rank, article}));
        rank = RANK_CUT;
    }
}

static void add_entry(struct link_index *index, const struct entry *e,
                      size_t article)
{
    struct arena *scratch = arena_new();
    add_address(index, scratch, e->link, RANK_LINK, article);
    add_address(index, scratch, e->id, RANK_ID, article);
    for (size_t i = 0; i < e->alias_count; i++)
        add_address(index, scratch, e->aliases[i], RANK_ALIAS, article);
    arena_free(scratch);
}

struct link_index *link_index_new(const struct library *l)
{
    struct link_index *index = mem_alloc(sizeof *index);
    index->arena = arena_new();
    index->feeds = mem_alloc(l->entry_count * sizeof *index->feeds);
    add_sites(index, l);
    for (size_t i = 0; i < l->entry_count; i++) {
        const struct entry *e = l->entries[i];
        if (i) /* entries of one feed follow each other */
            index->feeds[i] =
                index->feeds[i - 1] +
                (strcmp(e->feed->id, l->entries[i - 1]->feed->id) != 0);
        add_entry(index, e, i);
    }
    if (index->places.len)
        qsort(index->places.items, index->places.len,
              sizeof *index->places.items, by_all);
    return index;
}

void link_index_free(struct link_index *index)
{
    if (!index)
        return;
    arena_free(index->arena);
    free(index->places.items);
    free(index->sites.items);
    free(index->feeds);
    free(index);
}

/* ---- asking it ---- */

/* The first place that is not before this one; NULL if there is none. */
static const struct place *first_from(const struct link_index *index,
                                      struct place wanted)
{
    size_t first = mem_first_from(&wanted, index->places.items,
                                  index->places.len, sizeof wanted, by_all);
    return first < index->places.len ? &index->places.items[first] : NULL;
}

static bool is_own(const struct link_index *index, const char *key,
                   size_t article)
{
    for (int rank = 0; rank < RANK_COUNT; rank++) {
        struct place own = {key, index->feeds[article], (enum rank)rank,
                            article};
        const struct place *p = first_from(index, own);
        if (p && by_all(p, &own) == 0)
            return true;
    }
    return false;
}

/* What several entries have in common is the address of none of them. */
static bool shared(const struct link_index *index, const struct place *p)
{
    const struct place *end = index->places.items + index->places.len;
    return p->rank == RANK_CUT && p + 1 < end && p[1].feed == p->feed &&
           p[1].article != p->article && strcmp(p[1].key, p->key) == 0;
}

static bool find_key(const struct link_index *index, const char *key,
                     size_t from, size_t *article)
{
    if (is_own(index, key, from)) {
        *article = from;
        return true;
    }
    const size_t feeds[] = {index->feeds[from], 0};
    for (size_t i = 0; i < ARRAY_LEN(feeds); i++) {
        const struct place *p =
            first_from(index, (struct place){.key = key, .feed = feeds[i]});
        bool same = p && strcmp(p->key, key) == 0;
        if (!same || (i == 0 && p->feed != feeds[i]))
            continue;
        *article = p->article;
        return !shared(index, p);
    }
    return false;
}

bool link_index_find(const struct link_index *index, struct arena *arena,
                     const char *address, size_t from,
                     struct link_target *target)
{
    struct canonical c = canonical(arena, address);
    for (size_t i = 0; i < FORM_COUNT; i++) {
        target->fragment = c.fragment && i != FORM_FULL;
        if (c.forms[i] && find_key(index, c.forms[i], from, &target->article))
            return true;
    }
    return false;
}
