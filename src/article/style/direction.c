/* Which way an article's text runs, and where in it language or direction
 * change.
 *
 * Platforms state a language of their own, such as "en", for what people write
 * in Hebrew or Arabic. So the letters have a say. */
#include "article/article_int.h"
#include "article/model/attrs.h"
#include "article/model/model.h"
#include "article/style/letters.h"

enum vote { ARABIC, FULA, HEBREW, NKO, PERSIAN, SYRIAC, THAANA, URDU, OTHER };

/* Letters that run from right to left, by the blocks that Unicode sets apart
 * for them (DerivedBidiClass), and whose they are. The first row that has the
 * letter tells; letters of Arabic script that some languages alone use weigh
 * as much as they are rare. */
static const struct range {
    uint32_t first, last;
    enum vote vote;
    unsigned weight;
} leftward[] = {
    {0x0590, 0x05FF, HEBREW, 1},  {0x0679, 0x0679, URDU, 24},
    {0x067E, 0x067E, PERSIAN, 8}, {0x0686, 0x0686, PERSIAN, 8},
    {0x0688, 0x0688, URDU, 24},   {0x0691, 0x0691, URDU, 24},
    {0x0698, 0x0698, PERSIAN, 8}, {0x06A9, 0x06A9, PERSIAN, 8},
    {0x06AF, 0x06AF, PERSIAN, 8}, {0x06BA, 0x06BA, URDU, 24},
    {0x06BE, 0x06C1, URDU, 24},   {0x06CC, 0x06CC, PERSIAN, 8},
    {0x06D2, 0x06D2, URDU, 24},   {0x0600, 0x06FF, ARABIC, 1},
    {0x0700, 0x074F, SYRIAC, 1},  {0x0750, 0x077F, ARABIC, 1},
    {0x0780, 0x07BF, THAANA, 1},  {0x07C0, 0x07FF, NKO, 1},
    {0x0800, 0x086F, OTHER, 1},   {0x0870, 0x08FF, ARABIC, 1},
    {0xFB1D, 0xFB4F, HEBREW, 1},  {0xFB50, 0xFDFF, ARABIC, 1},
    {0xFE70, 0xFEFE, ARABIC, 1},  {0x10800, 0x10FFF, OTHER, 1},
    {0x1E800, 0x1E8FF, OTHER, 1}, {0x1E900, 0x1E95F, FULA, 1},
    {0x1E960, 0x1EFFF, OTHER, 1},
};

static const char *const languages[] = {
    [ARABIC] = "ar", [FULA] = "ff-Adlm", [HEBREW] = "he",
    [NKO] = "nqo",   [PERSIAN] = "fa",   [SYRIAC] = "syr",
    [THAANA] = "dv", [URDU] = "ur",      [OTHER] = NULL,
};

struct letters {
    size_t left, right; /* that run leftward, rightward */
    size_t votes[OTHER + 1];
};

static void count_wide(struct letters *l, uint32_t c)
{
    enum { FIRST_LETTER = 0xC0, FIRST_LEFTWARD = 0x590 };
    if (c < FIRST_LETTER)
        return;
    for (size_t i = 0; c >= FIRST_LEFTWARD && i < ARRAY_LEN(leftward); i++)
        if (c >= leftward[i].first && c <= leftward[i].last) {
            l->left++;
            l->votes[leftward[i].vote] += leftward[i].weight;
            return;
        }
    l->right += letter_is(c);
}

static void count_letters(struct letters *l, struct str text)
{
    while (text.n) {
        size_t i = 0;
        for (; i < text.n && (unsigned char)text.p[i] < 0x80; i++)
            l->right += chr_alpha((unsigned char)text.p[i]);
        text = str_sub(text, i, text.n);
        if (text.n)
            count_wide(l, utf8_next(&text));
    }
}

static bool is_code(const xmlNode *n)
{
    static const char *const names[] = {"pre",  "code", "kbd",
                                        "samp", "tt",   NULL};
    return tree_is_one_of(n, names);
}

/* Code is in no people's language. */
static bool is_wordless(const xmlNode *n)
{
    return tree_is_element(n) && (model_of(n)->role == ROLE_DROP || is_code(n));
}

static struct letters letters_of(const struct maker *m)
{
    struct letters l = {0};
    const xmlNode *root = xmlDocGetRootElement(m->source);
    count_letters(&l, str_of(m->entry->title));
    for (const xmlNode *n = tree_next(root, root); n;) {
        if (tree_is_text(n))
            count_letters(&l, tree_content(n));
        n = is_wordless(n) ? tree_skip(root, n) : tree_next(root, n);
    }
    return l;
}

static const char *likely_language(const struct letters *l)
{
    size_t best = 0;
    for (size_t i = 1; i < ARRAY_LEN(l->votes); i++)
        if (l->votes[i] > l->votes[best])
            best = i;
    return languages[best];
}

/* Most letters tell. Where the feed names a language that is written from
 * right to left, a few are enough: names and terms may be Latin. */
static void set_direction(struct article *a, const struct letters *l)
{
    enum { FEW = 10 };
    size_t all = l->left + l->right;
    bool stated = language_rtl(a->language);
    bool left = stated ? l->left * FEW >= all : l->left * 2 > all;
    a->direction = !all   ? DIRECTION_BOOKS
                   : left ? DIRECTION_RTL
                          : DIRECTION_LTR;
    if (!all && a->language)
        a->direction = stated ? DIRECTION_RTL : DIRECTION_LTR;
    if (all && left && !language_rtl_maybe(a->language))
        a->language = likely_language(l);
}

/* ---- changes within the article ---- */

/* What is in force around an element; empty: not known. */
struct setting {
    struct str language, direction;
};

/* Keep a language that is one, and another than that around it: editors put
 * one on every word. */
static void settle_language(struct maker *m, xmlNode *n, struct setting *s)
{
    struct str value = tree_attr(n, "lang");
    if (!value.p)
        value = tree_attr(n, "xml:lang");
    if (!value.p)
        return;
    const char *tag = language_tag(m->arena, arena_str(m->arena, value));
    tree_drop_attr(n, "xml:lang");
    tree_drop_attr(n, "lang");
    if (!tag || str_eq(str_of(tag), s->language) || is_code(n))
        return;
    tree_set_attr(n, "lang", str_of(tag));
    s->language = str_of(tag);
}

/* Blocks that turn around are set to the other side by the style sheet. */
static void mark_block(struct maker *m, xmlNode *n, struct str direction)
{
    enum role role = model_of(n)->role;
    if (role != ROLE_PHRASING && role != ROLE_SPAN && !is_code(n) &&
        !str_eq(direction, STR("auto")))
        attrs_add_class(m->arena, n, direction);
}

static const struct str *direction_of(struct str value)
{
    static const struct str directions[] = {
        {"ltr", 3}, {"rtl", 3}, {"auto", 4}};
    for (size_t i = 0; i < ARRAY_LEN(directions); i++)
        if (str_eq_nocase(str_trim(value), directions[i]))
            return &directions[i];
    return NULL;
}

/* Code runs from left to right, whatever the words around it do. */
static void settle_direction(struct maker *m, xmlNode *n, struct setting *s)
{
    static const struct str rightward = {"ltr", 3};
    const struct str *value = direction_of(tree_attr(n, "dir"));
    if (tree_is(n, "bdo"))
        return;
    if (!value && is_code(n) && s->direction.n)
        value = &rightward;
    tree_drop_attr(n, "dir");
    if (!value || (str_eq(s->direction, *value) && !tree_is(n, "bdi")))
        return;
    s->direction = *value;
    tree_set_attr(n, "dir", *value);
    mark_block(m, n, *value);
}

static void settle(struct maker *m, xmlNode *n, struct setting s)
{
    settle_language(m, n, &s);
    settle_direction(m, n, &s);
    for (xmlNode *child = n->children; child; child = child->next)
        if (tree_is_element(child))
            settle(m, child, s);
}

void article_direction(struct maker *m)
{
    struct article *a = m->article;
    const struct letters letters = letters_of(m);
    set_direction(a, &letters);
    struct setting s = {.language = str_of(a->language)};
    if (a->direction != DIRECTION_BOOKS)
        s.direction = a->direction == DIRECTION_RTL ? STR("rtl") : STR("ltr");
    settle(m, xmlDocGetRootElement(m->source), s);
}
