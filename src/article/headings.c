/* Headings: the article's title is the page's h1, so the author's begin at h2
 * and skip no level. */
#include "article/article_int.h"

enum { FIRST_LEVEL = 2, LAST_LEVEL = 6 };

int heading_level(const xmlNode *n)
{
    if (!tree_is_element(n) || n->name[0] != 'h' || n->name[1] < '1' ||
        n->name[1] > '6' || n->name[2])
        return 0;
    return n->name[1] - '0';
}

/* Letters and digits in lower case: how titles are compared. */
static void essence(struct str text, struct buf *out)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c >= 0x80 || chr_alpha(c) || chr_digit(c))
            buf_char(out, (char)chr_lower(c));
    }
}

/* True if the heading says what the title says. */
static bool repeats_title(struct maker *m, const xmlNode *heading)
{
    struct buf text = buf_make(BUF_LINE), said = buf_make(BUF_LINE),
               title = buf_make(BUF_LINE);
    tree_gather(heading, &text);
    essence(buf_view(&text), &said);
    essence(str_of(m->entry->title), &title);
    bool same = said.len && str_eq(buf_view(&said), buf_view(&title));
    for (const xmlNode *n = heading; same && (n = tree_next(heading, n));)
        same = !tree_is(n, "#image");
    buf_free(&text);
    buf_free(&said);
    buf_free(&title);
    return same;
}

static void drop_repeated_title(struct maker *m, const xmlNode *root)
{
    xmlNode *first = root->children;
    if (first && heading_level(first) && repeats_title(m, first))
        rule_drop(m, RULE_TITLE_HEADING, first);
}

/* A heading's new level is one below that of the last one above it which the
 * author ranked higher: a stack of the author's levels. */
static void renumber(const xmlNode *root)
{
    int ranks[LAST_LEVEL];
    int depth = 0;
    for (xmlNode *n = tree_next(root, root); n; n = tree_next(root, n)) {
        int rank = heading_level(n);
        if (!rank)
            continue;
        while (depth && ranks[depth - 1] >= rank)
            depth--;
        ranks[depth++] = rank;
        int level = FIRST_LEVEL - 1 + depth;
        char name[] = {
            'h', (char)('0' + (level < LAST_LEVEL ? level : LAST_LEVEL)), '\0'};
        tree_rename(n, name);
    }
}

void article_headings(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->clean);
    drop_repeated_title(m, root);
    renumber(root);
}
