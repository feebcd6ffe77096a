/* What no browser shows, and what platforms leave behind. */
#include "article/article_int.h"
#include "article/look.h"

/* Script text that a platform's sanitiser left as words after an embed when it
 * took the script element away: how it begins, and how it ends. */
static const struct {
    struct str start, end;
} residues[] = {
    {{"// Detect dark theme", 20}, {"}", 1}},
};

static bool is_residue(struct str text)
{
    text = str_trim(text);
    for (size_t i = 0; i < ARRAY_LEN(residues); i++)
        if (str_starts(text, residues[i].start) &&
            str_ends(text, residues[i].end) &&
            str_find(text, STR("getElementById")) < text.n)
            return true;
    return false;
}

/* Text right after an embed: nothing but white space lies between. */
static bool follows_embed(const xmlNode *text)
{
    const xmlNode *n = text->prev;
    while (n && tree_is_text(n) && str_blank(tree_content(n)))
        n = n->prev;
    return tree_is(n, "iframe") || tree_is(n, "blockquote") || tree_is(n, "br");
}

static bool hidden(const xmlNode *n)
{
    return n->properties && (tree_attr(n, "hidden").p || look_hides(n));
}

void article_prune(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        if (tree_is_element(n) && hidden(n)) {
            next = tree_skip(root, n);
            tree_drop(n);
        } else if (tree_is_text(n) && is_residue(tree_content(n)) &&
                   follows_embed(n)) {
            rule_drop(m, RULE_SCRIPT_RESIDUE, n);
        }
    }
}
