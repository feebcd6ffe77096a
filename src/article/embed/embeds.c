/* Embeds become cards: what it was, its title, and a link to its page. What
 * is known of platforms is in two tables: embed_marks.c, providers.c. */
#include "article/embed/embed.h"
#include "article/style/css.h"

/* Links below a card that are asked whether they lead to its page. */
enum { LINKS_ASKED = 8 };

struct scene {
    struct maker *m;
    const xmlNode *root;
    const char *page;     /* of the last card; NULL: there is none */
    const xmlNode *after; /* the first node after that card; NULL for none */
    bool inside, beside;  /* are we in that card, or right after it? */
};

/* ---- frames that only count readers ---- */

static bool one_pixel(struct str value)
{
    value = str_trim(value);
    if (str_ends(value, STR("px")))
        value.n -= 2;
    return str_eq(value, STR("0")) || str_eq(value, STR("1"));
}

static bool is_tracker(const xmlNode *n)
{
    struct str width = tree_attr(n, "width"), height = tree_attr(n, "height");
    struct str style = tree_attr(n, "style");
    struct css_declaration d;
    while (css_next(&style, &d)) {
        if (str_eq_nocase(d.name, STR("width")))
            width = d.value;
        else if (str_eq_nocase(d.name, STR("height")))
            height = d.value;
    }
    return one_pixel(width) && one_pixel(height);
}

/* ---- pages ---- */

/* A page, without what does not tell two pages apart. */
static struct str essence(const char *page)
{
    struct str s = str_of(page);
    size_t scheme = str_find(s, STR("://"));
    if (scheme < s.n)
        s = str_sub(s, scheme + 3, s.n);
    s = url_without_www(s);
    while (str_ends(s, STR("/")))
        s.n--;
    return s;
}

static bool same_page(const char *a, const char *b)
{
    return a && b && str_eq(essence(a), essence(b));
}

/* Does one of the first links below lead there? */
static bool links_to(struct maker *m, const xmlNode *n, const char *page)
{
    unsigned asked = 0;
    for (const xmlNode *at = n; asked < LINKS_ASKED && (at = tree_next(n, at));)
        if (tree_is(at, "a") && tree_attr(at, "href").n) {
            struct embed behind = {0};
            provider_find(m, str_trim(tree_attr(at, "href")), &behind);
            if (same_page(behind.page, page))
                return true;
            asked++;
        }
    return false;
}

/* ---- cards ---- */

static xmlNode *add_element(xmlNode *parent, const char *name)
{
    xmlNode *n = tree_element(parent->doc, name);
    tree_append(parent, n);
    return n;
}

/* The address as a person reads it. */
static const char *address_words(struct maker *m, const char *page)
{
    enum { LONGEST = 90 };
    struct str s = essence(page), clipped = utf8_clip(s, LONGEST);
    return arena_printf(m->arena, "%.*s%s", STR_ARG(clipped),
                        clipped.n < s.n ? "\u2026" : "");
}

static xmlNode *make_head(xmlDoc *doc, const struct embed *e)
{
    xmlNode *head = tree_element(doc, "#card-kind");
    tree_set_attr(head, "#added", STR(""));
    tree_append(head, tree_text(doc, str_of(e->kind)));
    return head;
}

/* A picture that is not missed where it cannot be had. */
static xmlNode *make_picture(xmlDoc *doc, const char *address)
{
    xmlNode *line = tree_element(doc, "p"), *img = add_element(line, "img");
    tree_set_attr(img, "src", str_of(address));
    tree_set_attr(img, "alt", STR(""));
    tree_set_attr(img, "#optional", STR("1"));
    return line;
}

static void add_link(struct maker *m, xmlNode *card, const struct embed *e)
{
    xmlNode *line = add_element(card, e->title ? "#card-title" : "#card-link");
    xmlNode *link = add_element(line, "a");
    tree_set_attr(line, "#added", STR(""));
    const char *words = e->title ? e->title : address_words(m, e->page);
    tree_set_attr(link, "href", str_of(e->page));
    tree_append(link, tree_text(card->doc, str_of(words)));
}

/* Make the words of a text node a link; white space around them stays. */
static void link_text(xmlNode *text, const char *page)
{
    struct str all = tree_content(text), words = str_trim(all);
    size_t before = (size_t)(words.p - all.p);
    xmlNode *link = tree_element(text->doc, "a");
    tree_set_attr(link, "href", str_of(page));
    tree_append(link, tree_text(text->doc, words));
    tree_before(text, tree_text(text->doc, str_sub(all, 0, before)));
    tree_before(text, link);
    tree_before(text,
                tree_text(text->doc, str_sub(all, before + words.n, all.n)));
    tree_drop(text);
}

/* Where the words of a card are all one link, or an address that is none yet,
 * its first words are the link. */
static bool link_words(xmlNode *card, const char *page)
{
    for (xmlNode *n = card; (n = tree_next(card, n));)
        if (tree_is_words(n)) {
            link_text(n, page);
            return true;
        }
    return false;
}

/* What is a heading in a card is none of the article. */
static void lower_headings(xmlNode *card)
{
    for (xmlNode *n = card; (n = tree_next(card, n));)
        if (heading_level(n))
            tree_rename(n, "#card-head");
}

/* The element itself is the card: what browsers show of it stays in it. */
static xmlNode *become_card(struct maker *m, xmlNode *n, struct embed *e)
{
    bool words = !tree_empty(n, NULL), was_link = tree_is(n, "a");
    bool linked = !was_link && links_to(m, n, e->page);
    tree_rename(n, "#card");
    tree_drop_attr(n, "href");
    if (!linked && (was_link || e->bare))
        linked = link_words(n, e->page);
    lower_headings(n);
    xmlNode *head = make_head(n->doc, e);
    if (n->children)
        tree_before(n->children, head);
    else
        tree_append(n, head);
    if (e->thumb && !tree_below(n, "img"))
        tree_after(head, make_picture(n->doc, e->thumb));
    if (words)
        e->title = NULL;
    if (!linked)
        add_link(m, n, e);
    return n;
}

/* The element is gone: browsers show nothing of what is below it. */
static xmlNode *make_card(struct maker *m, xmlNode *n, const struct embed *e)
{
    xmlNode *card = tree_element(n->doc, "#card");
    tree_append(card, make_head(n->doc, e));
    if (e->thumb)
        tree_append(card, make_picture(n->doc, e->thumb));
    add_link(m, card, e);
    tree_before(n, card);
    tree_drop(n);
    return card;
}

/* ---- the pass ---- */

/* An embed without a page: what is below it is all that there is. Like those
 * below, true if n is gone. */
static bool leave(xmlNode *n, const struct embed *e)
{
    if (e->words)
        return false;
    if (tree_is(n, "object")) {
        tree_rename(n, "div");
        return false;
    }
    tree_drop(n);
    return true;
}

static void place(struct scene *s, xmlNode *n, struct embed *e)
{
    const xmlNode *card =
        e->words ? become_card(s->m, n, e) : make_card(s->m, n, e);
    vec_push(&s->m->embeds, ((struct embed_ref){e->kind, e->page}));
    s->page = e->page;
    s->after = tree_skip(s->root, card);
    s->inside = true;
    s->beside = false;
}

/* What a copy of the card before it shows is left as it is. */
static bool take(struct scene *s, xmlNode *n, struct embed *e)
{
    bool again = (s->inside || s->beside) && same_page(s->page, e->page);
    if (!e->page)
        return leave(n, e);
    bool shows = e->words && !tree_empty(n, NULL);
    bool counts = !e->words && !e->told && is_tracker(n);
    if (again && shows)
        return false;
    if (again || (counts && rule_applies(s->m, RULE_TRACKING_PIXEL))) {
        tree_drop(n);
        return true;
    }
    place(s, n, e);
    return !e->words;
}

/* The first node after the last card was reached, or words between. */
static void pass_by(struct scene *s, const xmlNode *n)
{
    if (s->page && n == s->after) {
        s->inside = false;
        s->beside = true;
    }
    if (tree_is_words(n))
        s->beside = false;
}

void article_embeds(struct maker *m)
{
    xmlNode *root = xmlDocGetRootElement(m->source);
    struct scene s = {.m = m, .root = root};
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        xmlNode *after = tree_skip(root, n);
        struct embed e;
        pass_by(&s, n);
        bool gone = tree_is_element(n) && !tree_foreign(n) &&
                    embed_read(m, n, &e) && take(&s, n, &e);
        next = gone ? after : tree_next(root, n);
    }
}
