/* The article's end, where feeds and sites add lines of their own: "The post …
 * appeared first on …", "Continue reading", a list of other articles. Only
 * what stands last is looked at, and what a line says and where its links lead
 * must both speak for it. */
#include "article/prune/survey.h"
#include "article/prune/trackers.h"
#include "article/style/letters.h"

enum {
    LINES = 12,      /* that are taken from an article's end, at most */
    LINE_WORDS = 80, /* in one of them, a title included */
    MORE_WORDS = 8,  /* in a link that only leads on */
    LIST_WORDS = 6,  /* beside a link in a list of articles: a date */
    HEADING_WORDS = 8,
};

/* Lines that are two links, to the article and to its site, and this: how they
 * begin, what stands between the links and, but for a full stop, after them, in
 * the languages of a wide-spread program. */
static const struct {
    const char *start, *middle, *end;
} sources[] = {
    {"The post ", " appeared first on ", ""},
    {"Der Beitrag ", " erschien zuerst auf ", ""},
    {"L’article ", " est apparu en premier sur ", ""},
    {"Cet article ", " est apparu en premier sur ", ""},
    {"La entrada ", " se publicó primero en ", ""},
    {"La entrada ", " aparece primero en ", ""},
    {"O post ", " apareceu primeiro em ", ""},
    {"O conteúdo ", " aparece primeiro em ", ""},
    {"L'articolo ", " proviene da ", ""},
    {"L’articolo ", " proviene da ", ""},
    {"Het bericht ", " verscheen eerst op ", ""},
    {"Artykuł ", " pochodzi z serwisu ", ""},
    {"Wpis ", " pojawił się pierwszy raz na ", ""},
    {"Сообщение ", " появились сначала на ", ""},
    {"Запись ", " впервые появилась ", ""},
    {"Inlägget ", " dök först upp på ", ""},
    {"Indlægget ", " blev først udgivet på ", ""},
    {"Innlegget ", " dukket først opp på ", ""},
    {"Artikkeli ", " julkaistiin ensimmäisen kerran ", ""},
    {"", " first appeared on ", ""},
    {"", "最先出现在", ""},
    {"投稿 ", " は ", " に最初に表示されました"},
};

/* What Medium adds below the articles of its publications. */
static const char *const services[] = {
    "on Medium, where people are continuing the conversation by highlighting "
    "and responding to this story.",
};

/* What a link says that only leads to the article's own page, in lower case:
 * with the article's title or the like after it, to so many words, or alone. */
static const struct {
    const char *words;
    unsigned most; /* 0: alone */
} onward[] = {
    {"continue reading", LINE_WORDS},
    {"read the rest of", MORE_WORDS},
    {"read the full", MORE_WORDS},
    {"read more", 0},
    {"keep reading", 0},
    {"read full article", 0},
    {"read full post", 0},
    {"read full story", 0},
    {"read the rest", 0},
    {"read on", 0},
    {"view comments", 0},
    {"comments", 0},
    {"comment", 0},
    {"leave a comment", 0},
    {"permalink", 0},
    {"weiterlesen", 0},
    {"lire la suite", 0},
    {"leer más", 0},
    {"seguir leyendo", 0},
    {"lees verder", 0},
    {"continua a leggere", MORE_WORDS},
    {"leggi tutto", 0},
    {"läs mer", 0},
    {"continue lendo", MORE_WORDS},
};

/* Headings of lists of other articles; an author's "Further reading" is none
 * of them. */
static const char *const related[] = {
    "related posts",
    "related articles",
    "related stories",
    "related content",
    "related",
    "you might also like",
    "you may also like",
    "you might also enjoy",
    "you may also enjoy",
    "more from this blog",
    "recommended for you",
    "recommended posts",
    "similar posts",
    "ähnliche beiträge",
    "das könnte dich auch interessieren",
    "articles similaires",
    "entradas relacionadas",
    "articoli correlati",
    "gerelateerde berichten",
    "posts relacionados",
    "похожие записи",
    "関連記事",
    "相关文章",
};

static struct str text_of(const xmlNode *n, struct buf *text)
{
    buf_clear(text);
    tree_line(n, text);
    return buf_view(text);
}

/* ---- lines ---- */

/* Take these words off the front of *rest. */
static bool take(struct str *rest, struct str words)
{
    if (!str_starts(*rest, words))
        return false;
    *rest = str_sub(*rest, words.n, rest->n);
    return true;
}

/* The next link below n, after `from`, and what it says. */
static const xmlNode *next_link(const xmlNode *n, const xmlNode *from,
                                struct buf *said)
{
    while ((from = tree_next(n, from)) && !tree_is(from, "a"))
        ;
    if (from)
        text_of(from, said);
    return from;
}

/* Is the line nothing but that? */
static bool is_source_line(const xmlNode *n, struct str text, size_t row)
{
    struct buf title = buf_make(BUF_LINE), site = buf_make(BUF_LINE);
    const xmlNode *first = next_link(n, n, &title);
    bool is = first && next_link(n, first, &site) &&
              take(&text, str_of(sources[row].start)) &&
              take(&text, buf_view(&title)) &&
              take(&text, str_of(sources[row].middle)) &&
              take(&text, buf_view(&site)) &&
              take(&text, str_of(sources[row].end));
    buf_free(&title);
    buf_free(&site);
    text = str_trim(text);
    return is && (!text.n || str_eq(text, STR(".")) || str_eq(text, STR("。")));
}

static bool names_source(const xmlNode *n, struct str text,
                         const struct survey *s, bool site_known)
{
    if (s->links != 2 || s->pictures || s->fields ||
        (site_known && !(s->kinds[LINK_PAGE] + s->kinds[LINK_SITE])))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(sources); i++)
        if (is_source_line(n, text, i))
            return true;
    return false;
}

static bool names_service(struct str text)
{
    for (size_t i = 0; i < ARRAY_LEN(services); i++)
        if (str_ends(text, str_of(services[i])))
            return true;
    return false;
}

/* Marks before the words, as in "» Read more", do not count. */
static struct str without_marks(struct str text)
{
    while (text.n && !chr_alpha((unsigned char)*text.p) &&
           !chr_digit((unsigned char)*text.p) &&
           !(str_starts(text, STR("\xC3"))))
        text = str_sub(text, 1, text.n);
    return text;
}

/* Has it more words than a count of comments? */
static bool says_more(struct str text)
{
    while (text.n) {
        uint32_t c = utf8_next(&text);
        if (letter_is(c) && !(c < 0x80 && chr_digit((int)c)))
            return true;
    }
    return false;
}

static bool leads_on(struct str text, const struct survey *s)
{
    if (s->links != 1 || s->kinds[LINK_PAGE] != 1 || s->loose || s->pictures)
        return false;
    struct str words = without_marks(text);
    for (size_t i = 0; i < ARRAY_LEN(onward); i++) {
        struct str start = str_of(onward[i].words);
        if (!str_starts_nocase(words, start))
            continue;
        struct str rest = str_sub(words, start.n, words.n);
        if (onward[i].most ? s->words <= onward[i].most : !says_more(rest))
            return true;
    }
    return false;
}

/* A feed service's buttons, without words. */
static bool is_flares(const struct survey *s)
{
    return s->links && s->kinds[LINK_FLARE] == s->links && !s->loose &&
           !s->pictures;
}

static bool is_line(struct surveyor *v, const xmlNode *n, struct buf *text)
{
    struct survey s = survey_of(v, n);
    if (!s.whole || s.words > LINE_WORDS)
        return false;
    if (is_flares(&s))
        return true;
    struct str said = text_of(n, text);
    return names_source(n, said, &s, v->site != NULL) || names_service(said) ||
           leads_on(said, &s);
}

/* ---- lists of other articles ---- */

static bool is_related_heading(struct surveyor *v, const xmlNode *n,
                               struct buf *text)
{
    static const char *const names[] = {"h1", "h2", "h3",  "h4", "h5",
                                        "h6", "p",  "div", NULL};
    if (!tree_is_one_of(n, names) || survey_of(v, n).words > HEADING_WORDS)
        return false;
    struct str said = text_of(n, text);
    while (said.n && strchr(":.!\xE2\x80\xA6", said.p[said.n - 1]))
        said.n--;
    for (size_t i = 0; i < ARRAY_LEN(related); i++)
        if (str_eq_nocase(said, str_of(related[i])))
            return true;
    return false;
}

static bool is_site_list(struct surveyor *v, const xmlNode *n)
{
    struct survey s = survey_of(v, n);
    return (tree_is(n, "ul") || tree_is(n, "ol") || tree_is(n, "div")) &&
           s.whole && s.links && s.kinds[LINK_SITE] == s.links && !s.pictures &&
           !s.fields && s.loose <= LIST_WORDS * s.links;
}

/* ---- from the end on ---- */

/* Does n show anything? A picture that only counts readers does not. */
static bool shows(struct maker *m, const xmlNode *n)
{
    static const char *const seen[] = {"img",   "picture", "iframe", "video",
                                       "audio", "object",  "embed",  "svg",
                                       "math",  "input",   "hr",     NULL};
    if (tree_is_text(n))
        return !str_blank(tree_content(n));
    if (tree_is(n, "img"))
        return !tracker_is(m, n, str_trim(tree_attr(n, "src")));
    return tree_is_one_of(n, seen) ||
           (!tree_is(n, "script") && !tree_is(n, "style") &&
            !tree_empty(n, seen));
}

static xmlNode *last_shown(struct maker *m, xmlNode *n)
{
    while (n && !shows(m, n))
        n = n->prev;
    return n;
}

static bool drop_related(struct surveyor *v, xmlNode *list, struct buf *text)
{
    struct maker *m = v->maker;
    xmlNode *heading = last_shown(m, list->prev);
    if (m->policy->keep[RULE_RELATED_POSTS] || !is_site_list(v, list) ||
        !heading || !is_related_heading(v, heading, text))
        return false;
    xmlNode *both = tree_wrap(heading, "div");
    tree_append(both, list);
    return rule_drop(m, RULE_RELATED_POSTS, both);
}

/* A line between the text and what is gone is of no use. */
static void drop_rule_at_end(struct maker *m, const xmlNode *parent)
{
    xmlNode *last = last_shown(m, parent->last);
    if (tree_is(last, "hr"))
        tree_drop(last);
}

static bool holds_blocks(const xmlNode *n)
{
    static const char *const names[] = {"div",  "section", "article", "footer",
                                        "main", "aside",   NULL};
    return tree_is_one_of(n, names);
}

/* Take one line off the end; false if what stands there is the article's, or
 * all that there is. */
static bool take_last(struct surveyor *v, struct buf *text)
{
    const xmlNode *parent = xmlDocGetRootElement(v->maker->source);
    bool more = false;
    for (xmlNode *n; tree_is_element(n = last_shown(v->maker, parent->last));
         parent = n) {
        more = more || last_shown(v->maker, n->prev);
        if (more &&
            (is_line(v, n, text) ? rule_drop(v->maker, RULE_FEED_FOOTER, n)
                                 : drop_related(v, n, text))) {
            drop_rule_at_end(v->maker, parent);
            return true;
        }
        if (!holds_blocks(n))
            return false;
    }
    return false;
}

void article_closing(struct maker *m)
{
    struct surveyor v = surveyor_make(m);
    struct buf text = buf_make(BUF_LINE);
    for (int i = 0; i < LINES && take_last(&v, &text); i++)
        ;
    buf_free(&text);
}
