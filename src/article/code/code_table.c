/* Tables that are there to hold code, each line in a row or all in one cell,
 * with or without its numbers. */
#include "article/code/code_int.h"
#include "article/model/model.h"

static bool begins_with_code(const xmlNode *cell)
{
    return tree_is(tree_solid(cell->children), "pre");
}

/* Numbers of lines in a cell that does not say so: there are several, and the
 * cell after it has the code. */
static bool is_number_cell(const xmlNode *cell)
{
    const xmlNode *next = cell->next;
    while (next && !model_is(next, CAT_CELL))
        next = next->next;
    return next && begins_with_code(cell) && begins_with_code(next) &&
           code_only_numbers(cell);
}

/* The next cell of the table, in document order; not those of tables in it. */
static xmlNode *next_cell(const xmlNode *table, const xmlNode *n)
{
    xmlNode *at =
        model_is(n, CAT_CELL) ? tree_skip(table, n) : tree_next(table, n);
    while (at && !model_is(at, CAT_CELL))
        at = tree_is(at, "table") ? tree_skip(table, at) : tree_next(table, at);
    return at;
}

/* True if no row has code in more than one cell. */
static bool single_column(const xmlNode *table)
{
    const xmlNode *row = NULL;
    for (const xmlNode *n = table; (n = next_cell(table, n));) {
        if (code_shows_nothing(n))
            continue;
        if (n->parent == row)
            return false;
        row = n->parent;
    }
    return true;
}

/* Put what its cells and captions hold in the table's place. */
static void dissolve(xmlNode *table)
{
    for (xmlNode *n = tree_next(table, table), *next; n; n = next) {
        next = tree_next(table, n);
        if (!model_is(n, CAT_CELL) && !tree_is(n, "caption"))
            continue;
        next = tree_skip(table, n);
        tree_rename(n, "div");
        tree_before(table, n);
    }
    tree_drop(table);
}

unsigned code_table(struct maker *m, xmlNode *table, unsigned around,
                    unsigned below)
{
    for (xmlNode *n = next_cell(table, table), *next; n; n = next) {
        next = next_cell(table, n);
        if ((below & CODE_PRE) && is_number_cell(n) &&
            rule_drop(m, RULE_LINE_NUMBERS, n))
            below |= CODE_TABLE;
    }
    bool code = (below & (CODE_TABLE | CODE_GUTTER)) || (around & CODE_PRE);
    below &= ~(unsigned)(CODE_TABLE | CODE_GUTTER);
    if (!code || !single_column(table))
        return below;
    if (below & CODE_PRE) {
        dissolve(table);
    } else if (!(around & CODE_PRE)) {
        tree_wrap(table, "pre");
        below |= CODE_PRE;
    }
    return below;
}
