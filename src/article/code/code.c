/* Code blocks: whatever shows code becomes a pre that holds its lines and
 * nothing else, with the name of its language above. */
#include "article/code/code_int.h"

#include <stdlib.h>

const struct code_word *code_word_find(const struct code_word *rows,
                                       size_t count, struct str name)
{
    char lower[48];
    if (!name.n || name.n > sizeof lower)
        return NULL;
    for (size_t i = 0; i < name.n; i++)
        lower[i] = (char)chr_lower((unsigned char)name.p[i]);
    const struct str key = {lower, name.n};
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int c = (unsigned char)*lower - (unsigned char)*rows[mid].name;
        if (c == 0)
            c = str_cmp(key, str_of(rows[mid].name));
        if (c == 0)
            return &rows[mid];
        if (c < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

/* ---- ids that links lead to ---- */

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Links of lines of code to themselves hold nothing. */
static struct code_targets find_targets(struct arena *arena,
                                        const xmlNode *root)
{
    struct code_targets targets = {0};
    for (const xmlNode *n = root; n; n = tree_next(root, n)) {
        struct str href =
            tree_is(n, "a") && n->children ? tree_attr(n, "href") : STR("");
        size_t hash = str_chr(href, '#');
        if (hash + 1 < href.n)
            vec_push(&targets.ids,
                     str_of(arena_str(arena, str_sub(href, hash + 1, href.n))));
    }
    if (targets.ids.len)
        qsort(targets.ids.items, targets.ids.len, sizeof *targets.ids.items,
              by_text);
    return targets;
}

bool code_is_target(const struct code_targets *targets, struct str id)
{
    return id.n && targets->ids.len &&
           bsearch(&id, targets->ids.items, targets->ids.len, sizeof id,
                   by_text);
}

/* ---- the pass ---- */

/* Numbers of lines that are kept. */
static bool in_gutter(const xmlNode *pre)
{
    return (code_marks(pre) | code_marks(pre->parent)) & CODE_GUTTER;
}

static void put_label(xmlNode *pre, const char *language)
{
    xmlNode *label = tree_element(pre->doc, "#code-label");
    tree_set_attr(label, "#added", STR(""));
    tree_append(label, tree_text(pre->doc, str_of(language)));
    tree_before(pre, label);
}

void article_code(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    code_find(m);
    struct code_targets targets = find_targets(m->arena, root);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        if (!tree_is(n, "pre") || tree_foreign(n))
            continue;
        next = tree_skip(root, n);
        const char *language = code_language(m->arena, n);
        code_lines(m, n, &targets);
        if (language && !code_shows_nothing(n) && !in_gutter(n))
            put_label(n, language);
    }
    free(targets.ids.items);
}
