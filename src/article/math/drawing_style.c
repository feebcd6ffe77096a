#include "article/math/drawing_style.h"

#include "article/model/model.h"
#include "article/style/css.h"
#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>

/* What an honest drawing needs far less of. */
enum { MOST_RULES = 512, LONGEST_BODY = 1024, STEPS = 4000000 };

struct rule {
    struct str selector, body;
    unsigned weight; /* its specificity: ids, classes, names */
    unsigned order;
};

struct drawing_sheet {
    struct arena *arena;
    struct rule *rules; /* the strongest last */
    size_t count;
    size_t steps; /* that are left for comparing: they bound the time */
};

typedef VEC(struct rule) rule_list;

/* ---- reading ---- */

static unsigned weight_of(struct str selector)
{
    enum { ID = 10000, CLASS = 100 };
    unsigned weight = 0;
    bool word = false;
    for (size_t i = 0; i < selector.n; i++) {
        char c = selector.p[i];
        bool begins = chr_alpha((unsigned char)c) && !word;
        weight += c == '#' ? ID : c == '.' ? CLASS : begins ? 1 : 0;
        word = !chr_space((unsigned char)c) && c != '>';
    }
    return weight;
}

static void add_rules(rule_list *rules, struct str selectors, struct str body)
{
    struct str selector;
    if (body.n > LONGEST_BODY)
        return;
    while (rules->len < MOST_RULES && str_next(&selectors, ',', &selector)) {
        selector = str_trim(selector);
        if (selector.n)
            vec_push(rules, ((struct rule){selector, body, weight_of(selector),
                                           (unsigned)rules->len}));
    }
}

static struct str skip_space(struct str css)
{
    for (;;) {
        while (css.n && chr_space((unsigned char)css.p[0]))
            css = str_sub(css, 1, css.n);
        if (!str_starts(css, STR("/*")))
            return css;
        css = str_sub(css, str_find(css, STR("*/")) + 2, css.n);
    }
}

/* Past a block in braces, and those in it. */
static struct str skip_block(struct str css)
{
    size_t depth = 0, i = 0;
    for (; i < css.n; i++) {
        depth += css.p[i] == '{';
        if (css.p[i] == '}' && depth-- <= 1)
            break;
        if (css.p[i] == ';' && !depth)
            break;
    }
    return str_sub(css, i + 1, css.n);
}

static void read_sheet(rule_list *rules, struct str css)
{
    while ((css = skip_space(css)).n && rules->len < MOST_RULES) {
        if (css.p[0] == '@') {
            css = skip_block(css);
            continue;
        }
        size_t open = str_chr(css, '{'), close = str_chr(css, '}');
        if (open < close)
            add_rules(rules, str_sub(css, 0, open),
                      str_sub(css, open + 1, close - open - 1));
        css = str_sub(css, close + 1, css.n);
    }
}

static int by_weight(const void *a, const void *b)
{
    const struct rule *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

struct drawing_sheet *drawing_sheet_make(struct arena *arena,
                                         const xmlNode *svg)
{
    struct drawing_sheet *sheet = arena_alloc(arena, sizeof *sheet);
    struct buf css = buf_make(BUF_BODY);
    rule_list rules = {0};
    for (const xmlNode *n = svg; (n = tree_next(svg, n));)
        if (tree_is_svg(n, "style"))
            tree_gather(n, &css);
    read_sheet(&rules, css.len ? arena_view(arena, buf_view(&css)) : STR(""));
    if (rules.len)
        qsort(rules.items, rules.len, sizeof *rules.items, by_weight);
    sheet->arena = arena;
    sheet->rules =
        arena_copy(arena, rules.items, rules.len, sizeof *rules.items);
    sheet->count = rules.len;
    sheet->steps = STEPS;
    free(rules.items);
    buf_free(&css);
    return sheet;
}

/* ---- matching ---- */

static bool name_char(char c)
{
    return chr_alpha((unsigned char)c) || chr_digit((unsigned char)c) ||
           c == '-' || c == '_' || (c & 0x80);
}

static struct str take_name(struct str *s)
{
    size_t n = 0;
    while (n < s->n && name_char(s->p[n]))
        n++;
    struct str name = str_sub(*s, 0, n);
    *s = str_sub(*s, n, s->n);
    return name;
}

static bool has_class(const xmlNode *n, struct str name)
{
    struct str rest = tree_attr(n, "class"), word;
    while (str_next_word(&rest, &word))
        if (str_eq(word, name))
            return true;
    return false;
}

/* "rect.box#id" */
static bool is_such(const xmlNode *n, struct str compound)
{
    struct str name = take_name(&compound);
    if (!name.n && str_starts(compound, STR("*")))
        compound = str_sub(compound, 1, compound.n);
    if (name.n && !str_eq(name, tree_name(n)))
        return false;
    while (compound.n) {
        char kind = compound.p[0];
        compound = str_sub(compound, 1, compound.n);
        name = take_name(&compound);
        if (!name.n || (kind != '.' && kind != '#') ||
            !(kind == '.' ? has_class(n, name)
                          : str_eq(tree_attr(n, "id"), name)))
            return false;
    }
    return true;
}

static struct str take_last(struct str *selector)
{
    *selector = str_trim(*selector);
    size_t n = selector->n;
    while (n > 0 && !chr_space((unsigned char)selector->p[n - 1]))
        n--;
    struct str last = str_sub(*selector, n, selector->n);
    selector->n = n;
    return last;
}

static bool matches(struct drawing_sheet *sheet, const xmlNode *n,
                    struct str selector)
{
    struct str compound = take_last(&selector);
    if (!is_such(n, compound))
        return false;
    while ((compound = take_last(&selector)).n) {
        bool child = str_eq(compound, STR(">"));
        if (child)
            compound = take_last(&selector);
        do {
            n = n->parent;
            if (!tree_foreign(n) || !sheet->steps)
                return false;
            sheet->steps--;
        } while (!is_such(n, compound) && !child);
        if (child && !is_such(n, compound))
            return false;
    }
    return true;
}

/* ---- attributes ---- */

/* Declarations that mean something else as an attribute. */
static bool differs_in_style(struct str name)
{
    return str_eq(name, STR("transform")) || str_eq(name, STR("d")) ||
           str_eq(name, STR("href"));
}

static void declare(struct arena *arena, xmlNode *n, struct str declarations)
{
    struct css_declaration d;
    while (css_next(&declarations, &d)) {
        const char *name = arena_str(arena, d.name);
        if (!differs_in_style(d.name) && model_attribute(model_of(n), name))
            tree_set_attr(n, name, d.value);
    }
}

void drawing_style(struct drawing_sheet *sheet, xmlNode *n)
{
    for (size_t i = 0; i < sheet->count && sheet->steps; i++) {
        sheet->steps--;
        if (matches(sheet, n, sheet->rules[i].selector))
            declare(sheet->arena, n, sheet->rules[i].body);
    }
    struct str style = tree_attr(n, "style");
    if (!style.n)
        return;
    declare(sheet->arena, n, arena_view(sheet->arena, style));
    tree_drop_attr(n, "style");
}
