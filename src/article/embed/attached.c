/* What belongs to the article and is not in its text: the standfirst and the
 * pictures go before it, a card for every other file after it. */
#include "article/article_int.h"
#include "xml/html.h"

/* ---- the standfirst ---- */

static bool parts_words(const xmlNode *n)
{
    static const char *const names[] = {"br", "p",  "div", "li", "ul", "ol",
                                        "h1", "h2", "h3",  "tr", "td", NULL};
    return tree_is_one_of(n, names);
}

static bool is_unseen(const xmlNode *n)
{
    static const char *const names[] = {"script", "style", "template", NULL};
    return tree_is_one_of(n, names);
}

/* Its words alone: it is one paragraph. */
static void gather(const xmlNode *root, struct buf *words)
{
    for (const xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = is_unseen(n) ? tree_skip(root, n) : tree_next(root, n);
        if (tree_is_text(n))
            buf_str(words, tree_content(n));
        else if (parts_words(n))
            buf_char(words, ' ');
    }
}

static xmlNode *make_standfirst(struct maker *m)
{
    const struct body *summary = &m->entry->summary;
    struct buf text = buf_make(BUF_BODY), words = buf_make(BUF_BODY),
               line = buf_make(BUF_BODY);
    if (summary->kind != BODY_NONE)
        spool_get(m->spool, summary->span, &text);
    if (summary->kind == BODY_HTML) {
        xmlDoc *doc = html_parse(buf_view(&text));
        gather(xmlDocGetRootElement(doc), &words);
        tree_free(doc);
    } else {
        buf_str(&words, buf_view(&text));
    }
    buf_collapse(&line, buf_view(&words));
    xmlNode *n = NULL;
    if (line.len) {
        n = tree_element(m->source, "#standfirst");
        tree_append(n, tree_text(m->source, buf_view(&line)));
    }
    buf_free(&text);
    buf_free(&words);
    buf_free(&line);
    return n;
}

/* ---- files ---- */

/* Does the text show it, or lead to it? */
static bool is_shown(const struct maker *m, const char *url)
{
    static const char *const attributes[] = {"href", "src", "data"};
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (const xmlNode *n = root; (n = tree_next(root, n));)
        for (size_t i = 0; tree_is_element(n) && i < ARRAY_LEN(attributes); i++)
            if (str_eq(str_trim(tree_attr(n, attributes[i])), str_of(url)))
                return true;
    return false;
}

static xmlNode *make_figure(struct maker *m, const struct enclosure *e)
{
    xmlNode *figure = tree_element(m->source, "figure");
    xmlNode *img = tree_element(m->source, "img");
    tree_append(figure, img);
    tree_set_attr(img, "src", str_of(e->url));
    tree_set_attr(img, "alt", str_of(e->title));
    return figure;
}

/* Which element embeds are known by, by how the type begins. */
static const char *element_of(const struct enclosure *e)
{
    static const struct {
        const char *type, *element;
    } rows[] = {
        {"audio", "audio"},
        {"video", "video"},
        {"application/x-shockwave-flash", "video"},
        {"text/html", "#page"},
        {"text/", "#document"},
        {"document", "#document"},
        {"application/pdf", "#document"},
        {"application/epub", "#document"},
        {"application/msword", "#document"},
        {"application/vnd.o", "#document"},
        {"application/vnd.ms-", "#document"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (str_starts_nocase(str_of(e->type), str_of(rows[i].type)))
            return rows[i].element;
    return "#file";
}

static struct str file_name(const char *url)
{
    struct str s = str_of(url), part, name = {"", 0};
    s = str_sub(s, 0, str_chr(s, '#'));
    s = str_sub(s, 0, str_chr(s, '?'));
    while (str_next(&s, '/', &part))
        name = part.n ? part : name;
    return name;
}

static void put_time(struct buf *out, unsigned seconds)
{
    if (seconds >= 3600)
        buf_printf(out, "%u:%02u:%02u", seconds / 3600, seconds / 60 % 60,
                   seconds % 60);
    else
        buf_printf(out, "%u:%02u", seconds / 60, seconds % 60);
}

/* "The tide (1:02:03, 28.4 MB)" */
static void put_title(struct buf *out, const struct enclosure *e, bool page)
{
    enum { TENTH = 100000 }; /* of a megabyte */
    unsigned long long tenths = (e->length + TENTH / 2) / TENTH;
    if (e->title)
        buf_puts(out, e->title);
    else if (!page)
        buf_str(out, file_name(e->url));
    if (!out->len || (!e->seconds && !tenths))
        return;
    buf_puts(out, " (");
    if (e->seconds)
        put_time(out, e->seconds);
    if (tenths)
        buf_printf(out, "%s%llu.%llu MB", e->seconds ? ", " : "", tenths / 10,
                   tenths % 10);
    buf_char(out, ')');
}

/* An embed, of which article_embeds makes a card. */
static xmlNode *make_embed(struct maker *m, const struct enclosure *e)
{
    xmlNode *n = tree_element(m->source, element_of(e));
    struct buf title = buf_make(BUF_LINE);
    put_title(&title, e, tree_is(n, "#page"));
    tree_set_attr(n, "src", str_of(e->url));
    if (title.len)
        tree_set_attr(n, "title", buf_view(&title));
    if (e->still)
        tree_set_attr(n, "poster", str_of(e->still));
    buf_free(&title);
    return n;
}

static void put_first(xmlNode *root, xmlNode *n)
{
    if (root->children)
        tree_before(root->children, n);
    else
        tree_append(root, n);
}

void article_attached(struct maker *m)
{
    xmlNode *root = xmlDocGetRootElement(m->source);
    const struct entry *e = m->entry;
    for (size_t i = 0; i < e->enclosure_count; i++) {
        const struct enclosure *one = &e->enclosures[i];
        if (!enclosure_is_picture(one) && !is_shown(m, one->url))
            tree_append(root, make_embed(m, one));
    }
    for (size_t i = e->enclosure_count; i--;) {
        const struct enclosure *one = &e->enclosures[i];
        if (enclosure_is_picture(one) && !is_shown(m, one->url))
            put_first(root, make_figure(m, one));
    }
    xmlNode *standfirst = make_standfirst(m);
    if (standfirst)
        put_first(root, standfirst);
}
