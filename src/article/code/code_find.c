/* Finds what shows code and makes a pre of each block of it. */
#include "article/code/code_int.h"
#include "article/model/model.h"

static bool is_inline_code(const xmlNode *n)
{
    return tree_is(n, "code") || tree_is(n, "tt");
}

/* True if the code's text is of several lines. */
static bool has_lines(const xmlNode *code)
{
    for (const xmlNode *n = code; n; n = tree_next(code, n)) {
        if (tree_is(n, "br"))
            return true;
        struct str text = tree_is_text(n) ? str_trim(tree_content(n)) : STR("");
        if (str_chr(text, '\n') < text.n)
            return true;
    }
    return false;
}

static bool may_hold_loose_code(const xmlNode *n)
{
    const struct element_model *model = model_of(n);
    const unsigned blocks = CAT_BLOCK | CAT_ITEM | CAT_TERM | CAT_CELL;
    return (model->category & blocks) && (model->children & CAT_TEXT);
}

/* Code alone in its block, in several lines, is a block: what many editors
 * write that know no pre. */
static bool holds_loose_code(const xmlNode *block)
{
    if (!may_hold_loose_code(block))
        return false;
    bool code = false, lines = false, broken = false;
    for (const xmlNode *n = block->children; n; n = n->next) {
        if (is_inline_code(n)) {
            lines |= has_lines(n) || (code && broken);
            code = true;
        } else if (tree_is(n, "br")) {
            broken = true;
        } else if (!tree_is_text(n) || !str_blank(tree_content(n))) {
            return false;
        }
    }
    return lines;
}

/* Put a pre around all that is in n; returns it. */
static xmlNode *wrap_content(xmlNode *n)
{
    xmlNode *pre = tree_element(n->doc, "pre");
    tree_move_children(n, pre);
    tree_append(n, pre);
    return pre;
}

/* What editors put on the clipboard: white space counts, in a face for code. */
static bool looks_verbatim(const xmlNode *n)
{
    if (!tree_attr(n, "style").p || !(model_of(n)->category & CAT_BLOCK))
        return false;
    struct str face = code_style(n, STR("font-family"));
    return face.n &&
           str_starts_nocase(code_style(n, STR("white-space")), STR("pre")) &&
           str_find_nocase(face, STR("mono")) < face.n;
}

static bool is_verbatim(const xmlNode *n)
{
    if (tree_is(n, "textarea"))
        return has_lines(n);
    return model_of(n)->role == ROLE_VERBATIM;
}

/* A list whose items call themselves lines of code. */
static bool is_line_list(const xmlNode *n)
{
    if (model_of(n)->role != ROLE_LIST)
        return false;
    const xmlNode *item = n->children;
    while (item && !tree_is_element(item))
        item = item->next;
    return item && (code_marks(item) & CODE_ITEM);
}

/* A pre that holds a pre is not one, if that is all it holds: Rouge has one
 * around its table. */
static bool is_shell(const xmlNode *n, unsigned below)
{
    if (!(below & CODE_PRE))
        return false;
    for (const xmlNode *at = tree_next(n, n); at;) {
        if (tree_is_words(at))
            return false;
        at = tree_is(at, "pre") ? tree_skip(n, at) : tree_next(n, at);
    }
    return true;
}

static void open_shell(xmlNode *pre)
{
    tree_rename(pre, "div");
    for (xmlNode *n = pre->children; n; n = n->next)
        if (tree_is(n, "code"))
            tree_rename(n, "div");
}

/* A page may call a box of anything "highlight": is there code in it? */
static bool holds_code(const xmlNode *area)
{
    const unsigned code = CODE_BLOCK | CODE_LINE | CODE_TABLE;
    for (const xmlNode *n = area; n; n = tree_next(area, n))
        if (tree_is_element(n) && (is_verbatim(n) || (code_marks(n) & code) ||
                                   (is_inline_code(n) && has_lines(n))))
            return true;
    return false;
}

static bool all_lines(const xmlNode *n)
{
    for (const xmlNode *child = n->children; child; child = child->next)
        if (tree_is_element(child) && model_of(child)->role != ROLE_ITEM &&
            !(code_marks(child) & (CODE_LINE | CODE_ITEM)))
            return false;
    return true;
}

static bool is_block(const xmlNode *n, unsigned marks, unsigned around)
{
    if (model_of(n)->category & (CAT_TABLE_PART | CAT_ROW | CAT_CAPTION))
        return false;
    return (marks & CODE_BLOCK) ||
           ((marks & CODE_INNER) && (around & CODE_AREA) && all_lines(n)) ||
           is_line_list(n) || looks_verbatim(n);
}

/* Parts of lists and tables stay what they are, around it or in it. */
static void make_pre(xmlNode *n)
{
    const struct element_model *model = model_of(n);
    if (model->role == ROLE_LIST)
        tree_wrap(n, "pre");
    else if (model->category & (CAT_CELL | CAT_ITEM | CAT_TERM))
        wrap_content(n);
    else
        tree_rename(n, "pre");
}

/* What n becomes, now that all below it is done. */
static unsigned shape(struct maker *m, xmlNode *n, unsigned around,
                      unsigned below)
{
    if (tree_is(n, "table"))
        return code_table(m, n, around, below);
    if ((around | below) & CODE_PRE)
        return below;
    if (is_block(n, code_marks(n), around))
        make_pre(n);
    else if (holds_loose_code(n))
        tree_set_attr(wrap_content(n), "#loose", STR(""));
    else
        return below;
    return below | CODE_PRE;
}

static unsigned find_below(struct maker *m, xmlNode *n, unsigned around);

/* CodeMirror makes each line of a block a pre; one that is none is a block of
 * its own. */
static bool holds_lines_alone(const xmlNode *block)
{
    for (const xmlNode *n = block; (n = tree_next(block, n));)
        if (tree_is(n, "pre") && !(code_marks(n) & CODE_LINE))
            return false;
    return true;
}

/* `around` is what the elements around n are, the value what it and those below
 * it are, as far as that matters to the other. */
static unsigned find_in(struct maker *m, xmlNode *n, unsigned around)
{
    unsigned marks = code_marks(n);
    bool verbatim = is_verbatim(n);
    if ((marks & CODE_AREA) && !(around & CODE_AREA) &&
        ((around & CODE_PROSE) || !holds_code(n)))
        marks ^= CODE_AREA | CODE_PROSE;
    if (verbatim && (around & CODE_BLOCK) && (marks & CODE_LINE)) {
        tree_rename(n, "div");
        verbatim = false;
    }
    if ((marks & CODE_BLOCK) && !(around & CODE_BLOCK) && !holds_lines_alone(n))
        marks &= ~(unsigned)CODE_BLOCK;
    unsigned inside = around | (marks & (CODE_AREA | CODE_PROSE | CODE_BLOCK)) |
                      (verbatim ? CODE_AREA | CODE_PRE : 0U);
    unsigned below = find_below(m, n, inside);
    if (marks & CODE_TITLE)
        tree_set_attr(n, "#class", STR("code-title"));
    if (verbatim) {
        if (is_shell(n, below))
            open_shell(n);
        else
            tree_rename(n, "pre");
        return below | CODE_PRE;
    }
    return shape(m, n, around, below | (marks & CODE_TABLE));
}

static unsigned find_below(struct maker *m, xmlNode *n, unsigned around)
{
    unsigned below = 0;
    for (xmlNode *child = n->children, *next; child; child = next) {
        next = child->next;
        if (!tree_is_element(child) || tree_foreign(child))
            continue;
        unsigned left_out = code_left_out(m, child, around);
        below |= left_out ? left_out : find_in(m, child, around);
    }
    return below;
}

void code_find(struct maker *m)
{
    find_in(m, xmlDocGetRootElement(m->source), 0);
}
