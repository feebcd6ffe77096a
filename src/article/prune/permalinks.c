/* Links that generators put into headings, so that a heading's address can be
 * copied: "#", "¶", a picture of a chain. A book has no addresses to copy. */
#include "article/article_int.h"
#include "article/style/letters.h"

/* What they show. */
static bool is_sign(uint32_t c)
{
    static const uint32_t signs[] = {'#',    0x00A7, 0x00B6,  0x221E,
                                     0x2693, 0x26D3, 0x1F517, 0x1F587};
    for (size_t i = 0; i < ARRAY_LEN(signs); i++)
        if (c == signs[i])
            return true;
    return letter_invisible(c);
}

/* What some say instead, to those who cannot see the sign. */
static const char *const phrases[] = {
    "anchor",  "copy link", "direct link to", "link",
    "link to", "permalink", "section titled", "go to section",
};

static const char *const classes[] = {
    "anchor",          "anchor-heading",  "anchor-link",       "anchorjs-link",
    "autolink",        "deep-link",       "direct-link",       "hash-link",
    "hanchor",         "header-anchor",   "header-link",       "headerlink",
    "heading-anchor",  "heading-link",    "heading-permalink", "headline-hash",
    "heading__anchor", "headings-anchor", "link-anchor",       "octicon-link",
    "permalink",       "section-anchor",  "section-link",      "self-link",
    "toc-anchor",
};

static bool has_class(const xmlNode *a)
{
    for (size_t i = 0; i < ARRAY_LEN(classes); i++)
        if (tree_has_class(a, classes[i]))
            return true;
    return false;
}

/* Does the text begin with one of the phrases, as whole words? */
static bool is_phrase(struct str text)
{
    struct str rest = text;
    while (rest.n && is_sign(utf8_next(&rest)))
        text = rest;
    for (size_t i = 0; i < ARRAY_LEN(phrases); i++) {
        struct str phrase = str_of(phrases[i]);
        if (str_starts_nocase(text, phrase) &&
            (text.n == phrase.n || chr_space((unsigned char)text.p[phrase.n])))
            return true;
    }
    return false;
}

/* What is below n. */
struct content {
    size_t words;       /* characters that are no signs */
    bool text, picture; /* anything to be seen */
};

static bool is_picture(const xmlNode *n)
{
    return tree_is(n, "img") || tree_space(n) == SPACE_SVG;
}

/* A picture's own words are not words. */
static struct content content_of(const xmlNode *n, struct buf *words)
{
    struct content c = {0};
    for (const xmlNode *at = tree_next(n, n); at;) {
        if (tree_is_text(at)) {
            struct str text = tree_content(at);
            c.text |= !str_blank(text);
            buf_str(words, text);
            while (text.n)
                c.words += !is_sign(utf8_next(&text));
        }
        c.picture |= is_picture(at);
        at = is_picture(at) ? tree_skip(n, at) : tree_next(n, at);
    }
    return c;
}

/* Is it a sign or picture that links to where it stands? */
static bool shows_address(const xmlNode *a, struct content *c)
{
    struct buf words = buf_make(BUF_BODY);
    *c = content_of(a, &words);
    bool known = has_class(a);
    bool within = str_starts(str_trim(tree_attr(a, "href")), STR("#"));
    bool unspoken = str_eq(tree_attr(a, "aria-hidden"), STR("true"));
    bool shows = c->words
                     ? known && is_phrase(buf_view(&words))
                     : (c->text || c->picture) && (known || within || unspoken);
    buf_free(&words);
    return shows;
}

/* The heading that the link is in or, if its class says so, beside. */
static xmlNode *heading_of(const xmlNode *a)
{
    for (xmlNode *n = a->parent; tree_is_element(n); n = n->parent)
        if (heading_level(n))
            return n;
    if (!has_class(a))
        return NULL;
    xmlNode *before = tree_solid_back(a->prev), *after = tree_solid(a->next);
    return heading_level(before) ? before : heading_level(after) ? after : NULL;
}

/* A heading, and how many words it has. */
struct title {
    xmlNode *heading;
    size_t words;
};

static void read_title(struct title *t, xmlNode *heading)
{
    struct buf words = buf_make(BUF_BODY);
    if (t->heading != heading)
        t->words = content_of(heading, &words).words;
    t->heading = heading;
    buf_free(&words);
}

/* The heading gets the id of an empty span within it, or has it in front. */
static void give_id(xmlNode *heading, xmlNode *span)
{
    if (tree_attr(heading, "id").n) {
        if (heading->children != span)
            tree_before(heading->children, span);
        return;
    }
    tree_set_attr(heading, "id", tree_attr(span, "id"));
    tree_drop(span);
}

/* Drop the link, which is in the heading or beside it, if it only shows an
 * address, and if words are left. */
static void drop_permalink(struct maker *m, struct title *t, xmlNode *a,
                           bool inside)
{
    struct content c;
    if (!shows_address(a, &c) || t->words <= (inside ? c.words : 0))
        return;
    t->words -= inside ? c.words : 0;
    if (target_keep(m, a) && inside)
        give_id(t->heading, a->prev);
    rule_drop(m, RULE_HEADING_ANCHOR, a);
}

void article_permalinks(struct maker *m)
{
    struct title title = {0};
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        xmlNode *heading = tree_is(n, "a") ? heading_of(n) : NULL;
        if (!heading)
            continue;
        bool inside = n->parent != heading->parent;
        if (!inside && target_keep(m, n))
            tree_before(heading, n->prev); /* the heading's id, by rights */
        next = tree_skip(root, n);
        read_title(&title, heading);
        if (!m->policy->keep[RULE_HEADING_ANCHOR])
            drop_permalink(m, &title, n, inside);
    }
}
