#include "article/clean/layout.h"

#include "article/model/model.h"
#include "base/mem.h"

/* What is in a table's own cells. */
struct facts {
    size_t rows, columns; /* columns: cells of the longest row */
    size_t cells;         /* that hold anything */
    size_t blocks;        /* that hold a paragraph */
    size_t rich;          /* that hold more than a line */
    bool header;          /* a header cell or caption with words */
    bool nested;          /* a table in a cell */
};

static const char *const content[] = {"#image", "#card", "hr", "table", NULL};

static bool is_paragraph(const xmlNode *n)
{
    return tree_is(n, "p") || tree_is(n, "div");
}

/* A paragraph that is not just around others. */
static bool is_leaf(const xmlNode *n)
{
    const xmlNode *child = n->children;
    while (child && !is_paragraph(child))
        child = child->next;
    return is_paragraph(n) && !child;
}

static bool is_rich_element(const xmlNode *n)
{
    static const char *const names[] = {"#card",   "#image", "hr",
                                        "details", "table",  NULL};
    const struct element_model *model = model_of(n);
    switch (model->role) {
    case ROLE_HEADING:
    case ROLE_LIST:
    case ROLE_TERMS:
    case ROLE_FIGURE:
    case ROLE_VERBATIM:
        return true;
    case ROLE_BLOCK:
        if (!tree_is(n, "p"))
            return true;
        break;
    default:
        break;
    }
    return tree_is_one_of(n, names);
}

/* Look at a cell up to what makes it rich. */
static void note_cell(struct facts *f, const xmlNode *cell)
{
    unsigned paragraphs = 0;
    bool rich = false;
    if (tree_empty(cell, content))
        return;
    f->cells++;
    f->header |= tree_is(cell, "th");
    for (const xmlNode *n = cell; !rich && (n = tree_next(cell, n));) {
        if (!tree_is_element(n))
            continue;
        f->nested |= tree_is(n, "table");
        paragraphs += is_leaf(n);
        rich = is_rich_element(n) || paragraphs > 1;
    }
    f->blocks += rich || paragraphs;
    f->rich += rich;
}

static void note_row(struct facts *f, const xmlNode *row)
{
    size_t cells = 0;
    for (const xmlNode *n = row->children; n; n = n->next) {
        if (!tree_is(n, "td") && !tree_is(n, "th"))
            continue;
        cells++;
        note_cell(f, n);
    }
    f->rows += cells > 0;
    if (cells > f->columns)
        f->columns = cells;
}

static void note_part(struct facts *f, const xmlNode *part)
{
    if (tree_is(part, "caption"))
        f->header |= !tree_empty(part, NULL);
    if (tree_is(part, "tr"))
        note_row(f, part);
    for (const xmlNode *n = part->children; n; n = n->next)
        if (tree_is(n, "tr"))
            note_row(f, n);
}

bool table_is_layout(const xmlNode *table)
{
    struct str role = str_trim(tree_attr(table, "role"));
    struct facts f = {0};
    if (str_eq_nocase(role, STR("presentation")) ||
        str_eq_nocase(role, STR("none")))
        return true;
    for (const xmlNode *n = table->children; n; n = n->next)
        if (tree_is_element(n))
            note_part(&f, n);
    if (f.rows <= 1 && f.columns <= 1)
        return true;
    if (f.header)
        return false;
    return f.nested || f.columns == 1 || f.rich == f.cells ||
           (f.rows == 1 && (f.rich > 0 || f.blocks == f.cells));
}
