/* How many words a reader meets: runs between white space, line ends, and
 * the ends of what parts text. */
#include "article/article_int.h"
#include "article/model.h"

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

void article_words(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->clean), *passage = NULL;
    bool in_word = false;
    for (const xmlNode *n = root; n; n = tree_next(root, n)) {
        if (tree_is_element(n))
            in_word &= !parts_text(n);
        if (!tree_is_text(n))
            continue;
        struct str text = tree_content(n);
        in_word &= passage == passage_of(n);
        passage = passage_of(n);
        for (size_t i = 0; i < text.n; i++) {
            bool space = chr_space((unsigned char)text.p[i]);
            m->article->word_count += !space && !in_word;
            in_word = !space;
        }
    }
}
