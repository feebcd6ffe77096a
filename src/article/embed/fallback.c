/* What stands in a frame for browsers that show none: HTML, but read as text
 * alone. Platforms put a link there, which can know more than the frame. */
#include "article/embed/embed.h"
#include "xml/html.h"

static const xmlNode *first_link(const xmlNode *root)
{
    const xmlNode *n = root;
    while ((n = tree_next(root, n)))
        if (tree_is(n, "a")) {
            struct str href = str_trim(tree_attr(n, "href"));
            if (href.n && href.p[0] != '#')
                return n;
        }
    return NULL;
}

/* The link's words, made in the arena; NULL if they are but an address. */
static const char *words_of(struct arena *arena, const xmlNode *link)
{
    struct buf line = buf_make(BUF_LINE);
    tree_line(link, &line);
    struct str words = buf_view(&line);
    const char *copy = words.n && str_find(words, STR("://")) == words.n
                           ? arena_str(arena, words)
                           : NULL;
    buf_free(&line);
    return copy;
}

/* The link tells of the embed if the embed has nothing else, or if both lead
 * to the same kind of page: others lead to a newer browser, say. */
static void use(struct maker *m, const xmlNode *link, struct embed *e)
{
    struct embed behind = {.kind = e->kind};
    bool known = provider_find(m, str_trim(tree_attr(link, "href")), &behind);
    if (!behind.page ||
        (e->page && !(known && strcmp(behind.kind, e->kind) == 0)))
        return;
    e->told = !e->page;
    e->kind = behind.kind;
    e->page = behind.page;
    if (!e->thumb)
        e->thumb = behind.thumb;
    if (!e->title)
        e->title = words_of(m->arena, link);
}

void embed_fall_back(struct maker *m, const xmlNode *n, struct embed *e)
{
    struct buf text = buf_make(BUF_BODY);
    tree_gather(n, &text);
    if (str_find_nocase(buf_view(&text), STR("<a ")) < text.len) {
        xmlDoc *doc = html_parse(buf_view(&text));
        const xmlNode *link = first_link(xmlDocGetRootElement(doc));
        if (link)
            use(m, link, e);
        tree_free(doc);
    }
    buf_free(&text);
}
