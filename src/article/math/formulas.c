/* Formulas as platforms write them: most hold one twice, as MathML and as what
 * it looks like, and a style that a book has not hides one of the two. What is
 * kept is the MathML, else the TeX, as code; where there is neither, it is text
 * like any other. */
#include "article/article_int.h"
#include "article/math/formula_tex.h"
#include "article/model/model.h"
#include "xml/html.h"

#include <stdlib.h>

/* What stands around one formula, by its class. */
static const struct {
    const char *name;
    bool display; /* on a line of its own */
} wrappers[] = {
    {"katex-display", true},   {"katex", false},
    {"MathJax_Display", true}, {"MathJax_SVG_Display", true},
    {"MathJax", false},        {"MathJax_SVG", false},
    {"MathJax_CHTML", false},  {"MJXc-display", true},
    {"mjx-chtml", false},      {"mjpage__block", true},
    {"mjpage", false},         {"mwe-math-element", false},
};

/* Shorter classes, as code has thousands, are none of them. */
enum { WRAPPER_SHORTEST = sizeof "katex" - 1 };

static bool find_wrapper(const xmlNode *n, bool *display)
{
    if (!tree_is_element(n) || tree_foreign(n) ||
        tree_attr(n, "class").n < WRAPPER_SHORTEST)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(wrappers); i++)
        if (tree_has_class(n, wrappers[i].name)) {
            *display = wrappers[i].display ||
                       str_eq(tree_attr(n, "display"), STR("true"));
            return true;
        }
    return false;
}

/* ---- what is seen ---- */

static void gather_seen(const xmlNode *n, struct buf *words)
{
    if (tree_is_text(n))
        buf_str(words, tree_content(n));
    if (!tree_is_element(n) || model_of(n)->role == ROLE_DROP || node_hidden(n))
        return;
    for (const xmlNode *child = n->children; child; child = child->next)
        gather_seen(child, words);
}

static bool shows_picture(const xmlNode *n)
{
    for (const xmlNode *at = n; at; at = tree_next(n, at))
        if (tree_is(at, "img") || tree_is_svg(at, "svg"))
            return true;
    return false;
}

/* Leave out what shows the formula a second time, if it shows anything. */
static void drop_copy(struct maker *m, xmlNode *n)
{
    struct buf words = buf_make(BUF_BODY);
    gather_seen(n, &words);
    if (shows_picture(n) || !str_blank(buf_view(&words)))
        rule_words(m, RULE_MATH_COPY, buf_view(&words));
    buf_free(&words);
    tree_drop(n);
}

/* ---- MathML ---- */

/* The one formula below n; NULL if there is none, or several. */
static xmlNode *single_math(const xmlNode *n)
{
    xmlNode *found = NULL;
    for (xmlNode *at = tree_next(n, n); at;) {
        bool math = tree_is_math(at, "math");
        if (math && found)
            return NULL;
        if (math)
            found = at;
        at = math ? tree_skip(n, at) : tree_next(n, at);
    }
    return found;
}

/* MathML that stands in an attribute or a script, as a node of this tree. */
static xmlNode *parse_math(xmlDoc *doc, struct str text)
{
    xmlDoc *parsed = html_parse(text);
    const xmlNode *math = single_math(xmlDocGetRootElement(parsed));
    xmlNode *copy = math ? tree_copy(doc, math) : NULL;
    if (copy)
        tree_set_attr(copy, "#added", STR(""));
    tree_free(parsed);
    return copy;
}

static xmlNode *attribute_math(const xmlNode *wrapper)
{
    for (const xmlNode *n = wrapper; n; n = tree_next(wrapper, n)) {
        struct str text = tree_is_element(n) ? tree_attr(n, "data-mathml")
                                             : (struct str){NULL, 0};
        if (text.n)
            return parse_math(wrapper->doc, text);
    }
    return NULL;
}

/* Put the formula where the wrapper is, which goes. */
static void take_place(struct maker *m, xmlNode *wrapper, xmlNode *formula,
                       bool display)
{
    struct str id = tree_attr(wrapper, "id");
    tree_before(wrapper, formula);
    if (id.n && !tree_attr(formula, "id").p)
        tree_set_attr(formula, "id", id);
    if (display && tree_is_math(formula, "math"))
        tree_set_attr(formula, "display", STR("block"));
    tree_drop_attr(formula, "style");
    tree_drop_attr(formula, "hidden");
    drop_copy(m, wrapper);
}

/* ---- TeX ---- */

/* TeX that no browser shows. */
static xmlNode *make_code(xmlDoc *doc, struct str tex)
{
    xmlNode *code = tree_element(doc, "code");
    tree_set_attr(code, "#class", STR("tex"));
    tree_set_attr(code, "#added", STR(""));
    tree_append(code, tree_text(doc, str_trim(tex)));
    return code;
}

/* A formula that is nothing but drawn is none of the icons. */
static void mark_drawings(xmlNode *wrapper)
{
    for (xmlNode *n = wrapper; n; n = tree_next(wrapper, n))
        if (tree_is_svg(n, "svg"))
            tree_set_attr(n, "#formula", STR(""));
}

static bool make_wrapper(struct maker *m, xmlNode *wrapper, bool display)
{
    xmlNode *formula = single_math(wrapper);
    if (!formula)
        formula = attribute_math(wrapper);
    struct str tex = {NULL, 0};
    if (!formula)
        tex = tex_of(m->arena, wrapper);
    if (tex.n)
        formula = make_code(wrapper->doc, tex);
    if (formula)
        take_place(m, wrapper, formula, display);
    else
        mark_drawings(wrapper);
    return formula != NULL;
}

/* An element that holds nothing but TeX, for a script to show: it is code. */
static void mark_tex(xmlNode *n)
{
    bool phrase = model_of(n)->role != ROLE_PASSAGE;
    xmlNode *code = n;
    if (!phrase) {
        code = tree_element(n->doc, "code");
        tree_move_children(n, code);
        tree_append(n, code);
    } else {
        tree_rename(n, "code");
    }
    tree_set_attr(code, "#class", STR("tex"));
}

/* A place that a script fills: its TeX is in an attribute. */
static void fill_tex(struct maker *m, xmlNode *n)
{
    struct str tex = tex_of(m->arena, n);
    struct buf words = buf_make(BUF_BODY);
    gather_seen(n, &words);
    if (tex.n && str_blank(buf_view(&words)) && !single_math(n))
        tree_append(n, make_code(n->doc, tex));
    buf_free(&words);
}

/* ---- MathJax 2: a preview, what is shown, and a script with the source ----
 */

static xmlNode *element_before(const xmlNode *n)
{
    xmlNode *before = tree_solid_back(n->prev);
    return tree_is_element(before) ? before : NULL;
}

static bool holds_mathml(const xmlNode *script)
{
    return str_starts_nocase(str_trim(tree_attr(script, "type")),
                             STR("math/mml"));
}

/* A script's text, if it came as XML's: there "<" is written "&lt;", or in a
 * section that TeX takes for a comment. */
static struct str script_text(struct arena *arena, const xmlNode *script)
{
    static const struct {
        struct str written, means;
    } escapes[] = {{{"&lt;", 4}, {"<", 1}},
                   {{"&gt;", 4}, {">", 1}},
                   {{"&amp;", 5}, {"&", 1}},
                   {{"% <![CDATA[", 11}, {"", 0}},
                   {{"%]]>", 4}, {"", 0}}};
    struct buf raw = buf_make(BUF_BODY), text = buf_make(BUF_BODY);
    tree_gather(script, &raw);
    for (struct str rest = buf_view(&raw); rest.n;) {
        size_t i = 0;
        while (i < ARRAY_LEN(escapes) && !str_starts(rest, escapes[i].written))
            i++;
        bool escaped = i < ARRAY_LEN(escapes);
        buf_str(&text, escaped ? escapes[i].means : str_sub(rest, 0, 1));
        rest = str_sub(rest, escaped ? escapes[i].written.n : 1, rest.n);
    }
    struct str view = arena_view(arena, str_trim(buf_view(&text)));
    buf_free(&raw);
    buf_free(&text);
    return view;
}

static xmlNode *script_formula(struct maker *m, const xmlNode *script)
{
    if (!holds_mathml(script)) {
        struct str tex = script_text(m->arena, script);
        return str_blank(tex) ? NULL : make_code(script->doc, tex);
    }
    struct buf source = buf_make(BUF_BODY);
    tree_gather(script, &source);
    xmlNode *formula = parse_math(script->doc, buf_view(&source));
    buf_free(&source);
    return formula;
}

/* The script's TeX says in words what the formula before it shows. */
static void describe(struct maker *m, xmlNode *math, const xmlNode *script)
{
    if (!holds_mathml(script) && !tree_attr(math, "alttext").p)
        tree_set_attr(math, "alttext", script_text(m->arena, script));
}

/* What stands before the script may be the formula already. */
static void make_script(struct maker *m, xmlNode *script)
{
    xmlNode *shown = element_before(script), *formula = NULL;
    bool display;
    bool done =
        shown && (tree_is_math(shown, "math") || tree_attr(shown, "#class").p);
    if (done && tree_is_math(shown, "math"))
        describe(m, shown, script);
    if (!done && (formula = script_formula(m, script))) {
        tree_before(script, formula);
        if (shown && find_wrapper(shown, &display))
            drop_copy(m, shown);
        shown = formula;
    }
    xmlNode *preview = shown ? element_before(shown) : NULL;
    if ((done || formula) && preview &&
        tree_has_class(preview, "MathJax_Preview"))
        drop_copy(m, preview);
    tree_drop(script);
}

/* ---- the pass ---- */

/* A vocabulary whose elements have a prefix: HTML knows none, and shows their
 * text. */
struct prefixed {
    char prefix[16]; /* with the colon */
    enum tree_space space;
};

/* The element's name without the prefix; NULL if it has not that. */
static const char *bare_name(const struct prefixed *p, const xmlNode *n)
{
    struct str prefix = str_of(p->prefix), name = tree_name(n);
    return !tree_foreign(n) && str_starts(name, prefix) ? name.p + prefix.n
                                                        : NULL;
}

/* What is before ":math" or ":svg"; false if the element is none of them. */
static bool find_prefix(const xmlNode *n, struct prefixed *p)
{
    static const struct {
        struct str name;
        enum tree_space space;
    } roots[] = {{{":math", 5}, SPACE_MATH}, {{":svg", 4}, SPACE_SVG}};
    struct str name = tree_name(n);
    size_t prefix = str_chr(name, ':') + 1;
    if (prefix >= sizeof p->prefix)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(roots); i++)
        if (str_eq(str_sub(name, prefix - 1, name.n), roots[i].name)) {
            *p = (struct prefixed){.space = roots[i].space};
            memcpy(p->prefix, name.p, prefix);
            return true;
        }
    return false;
}

/* What neither a formula nor a drawing shows: is it nothing, or a formula's
 * copy in TeX? */
static bool may_go(struct maker *m, const struct prefixed *p, const xmlNode *n)
{
    struct buf words = buf_make(BUF_BODY);
    gather_seen(n, &words);
    bool goes = str_blank(buf_view(&words)) ||
                (p->space == SPACE_MATH &&
                 rule_words(m, RULE_MATH_COPY, buf_view(&words)));
    buf_free(&words);
    return goes;
}

/* Would all that is read in n be read in the formula or drawing? `held`: n is
 * in what may have text. */
static bool bears_text(struct maker *m, const struct prefixed *p,
                       const xmlNode *n, bool held)
{
    if (tree_is_text(n))
        return held || str_blank(tree_content(n));
    const char *name = bare_name(p, n);
    const struct element_model *model =
        name ? model_in(p->space, name) : model_of(n);
    if (node_hidden(n) || (!name && model->role == ROLE_DROP))
        return true;
    if (model->role == ROLE_DROP || model->category & CAT_SERVER)
        return may_go(m, p, n);
    held = held || (name && model->children & CAT_TEXT);
    for (const xmlNode *child = n->children; child; child = child->next)
        if (!bears_text(m, p, child, held))
            return false;
    return true;
}

/* m:math, svg:svg */
static void make_prefixed(struct maker *m, xmlNode *root)
{
    struct prefixed p;
    if (!find_prefix(root, &p) ||
        !bears_text(m, &p, root, p.space == SPACE_MATH))
        return;
    for (xmlNode *n = root; n; n = tree_next(root, n)) {
        const char *name = tree_is_element(n) ? bare_name(&p, n) : NULL;
        if (!name)
            continue;
        tree_rename(n, name);
        tree_set_space(n, p.space);
    }
}

static bool is_math_script(const xmlNode *n)
{
    return tree_is(n, "script") &&
           str_starts_nocase(str_trim(tree_attr(n, "type")), STR("math/"));
}

/* False if n and what is below it is done with. */
static bool make_formula(struct maker *m, xmlNode *n)
{
    bool display = false;
    if (is_math_script(n)) {
        make_script(m, n);
        return false;
    }
    if (find_wrapper(n, &display))
        return !make_wrapper(m, n, display);
    if (is_tex_place(n))
        fill_tex(m, n);
    else if (is_tex(n))
        mark_tex(n);
    return true;
}

void article_formulas(struct maker *m)
{
    bool kept = m->policy->keep[RULE_MATH_COPY];
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        xmlNode *after = tree_skip(root, n);
        next = tree_next(root, n);
        if (!tree_is_element(n) || tree_foreign(n))
            continue;
        if (node_hidden(n) ||
            (model_of(n)->role == ROLE_DROP && !is_math_script(n))) {
            next = after; /* no browser shows it: later passes see to it */
            continue;
        }
        make_prefixed(m, n);
        next = !kept && !make_formula(m, n) ? after : tree_next(root, n);
    }
}
