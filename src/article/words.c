/* How many words a reader meets: runs between white space, line ends, and
 * the ends of what parts text. */
#include "article/article_int.h"
#include "article/model/model.h"

static bool parts_text(const xmlNode *n)
{
    return !(model_of(n)->category & CAT_PHRASING) || !n->children;
}

/* What the text stands in, phrasing aside. */
static const xmlNode *passage_of(const xmlNode *text)
{
    const xmlNode *n = text->parent;
    while (tree_is_element(n) && !parts_text(n))
        n = n->parent;
    return n;
}

/* Does the word that `before` ends in go on in `text`? */
static bool goes_on(const xmlNode *before, const xmlNode *text)
{
    struct str s = tree_content(text);
    return s.n && !chr_space((unsigned char)s.p[0]) &&
           passage_of(before) == passage_of(text);
}

void article_words(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->clean);
    const xmlNode *open = NULL; /* text that ends within a word */
    for (const xmlNode *n = root; n; n = tree_next(root, n)) {
        if (open && tree_is_element(n) && parts_text(n))
            open = NULL;
        if (!tree_is_text(n))
            continue;
        bool in_word = open && goes_on(open, n);
        for (const char *p = (const char *)n->content; *p; p++) {
            bool space = chr_space((unsigned char)*p);
            m->article->word_count += !space && !in_word;
            in_word = !space;
        }
        open = in_word ? n : NULL;
    }
}
