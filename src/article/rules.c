#include "article/article_int.h"
#include "article/model/model.h"

static const struct {
    const char *name, *what;
} rules[RULE_COUNT] = {
#define X(id, name, what) [id] = {name, what},
    ARTICLE_RULES(X)
#undef X
};

const char *article_rule_name(enum article_rule rule)
{
    return rules[rule].name;
}

const char *article_rule_what(enum article_rule rule)
{
    return rules[rule].what;
}

bool rule_applies(struct maker *m, enum article_rule rule)
{
    if (m->policy->keep[rule])
        return false;
    m->article->rules[rule]++;
    return true;
}

static bool record(struct maker *m, enum article_rule rule, struct str words,
                   bool moved)
{
    if (!rule_applies(m, rule))
        return false;
    struct buf text = buf_make(BUF_BODY);
    buf_collapse(&text, words);
    if (text.len)
        vec_push(&m->removals,
                 ((struct removal){rule, moved,
                                   arena_str(m->arena, buf_view(&text))}));
    buf_free(&text);
    return true;
}

bool rule_words(struct maker *m, enum article_rule rule, struct str words)
{
    return record(m, rule, words, false);
}

/* The words that a browser shows: blocks part them. What passes added (#added)
 * is none of the author's. */
static void gather_words(const xmlNode *n, struct buf *out)
{
    if (tree_is_text(n))
        buf_str(out, tree_content(n));
    if (!tree_is_element(n) || model_of(n)->role == ROLE_DROP ||
        tree_attr(n, "#added").p)
        return;
    unsigned category = model_of(n)->category;
    const char *around = category && !(category & CAT_PHRASING) ? " " : "";
    buf_puts(out, around);
    for (const xmlNode *child = n->children; child; child = child->next)
        gather_words(child, out);
    buf_puts(out, tree_is(n, "br") ? " " : around);
}

static bool in_unseen(const xmlNode *n)
{
    for (n = n->parent; tree_is_element(n); n = n->parent)
        if (model_of(n)->role == ROLE_DROP)
            return true;
    return false;
}

static bool record_node(struct maker *m, enum article_rule rule,
                        const xmlNode *n, bool moved)
{
    struct buf text = buf_make(BUF_BODY);
    if (!in_unseen(n))
        gather_words(n, &text);
    bool applies = record(m, rule, buf_view(&text), moved);
    buf_free(&text);
    return applies;
}

bool rule_drop(struct maker *m, enum article_rule rule, xmlNode *n)
{
    if (!record_node(m, rule, n, false))
        return false;
    tree_drop(n);
    return true;
}

bool rule_moves(struct maker *m, enum article_rule rule, const xmlNode *n)
{
    return record_node(m, rule, n, true);
}
