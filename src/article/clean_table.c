/* Tables: caption, thead, one tbody, tfoot, in this order; rows hold cells and
 * nothing else. Gumbo has already moved what stood outside of cells before the
 * table. */
#include "article/clean.h"

#include <stdlib.h>

struct table {
    xmlNode *element, *caption, *head, *body, *foot;
};

static bool is_cell(const xmlNode *n)
{
    return tree_is(n, "td") || tree_is(n, "th");
}

/* A header cell without text labels nothing. */
static const char *cell_name(const xmlNode *source)
{
    static const char *const content[] = {"#image", NULL};
    return tree_is(source, "th") && !tree_empty(source, content) ? "th" : "td";
}

static void clean_cell(struct cleaner *c, xmlNode *row, xmlNode *source)
{
    const char *name = cell_name(source);
    xmlNode *cell = clean_add(c, row, model_named(name), source);
    clean_close_to(c, cell);
    c->paragraphs = false;
    clean_children(c, source);
}

static void clean_row(struct cleaner *c, xmlNode *section, xmlNode *source)
{
    bool any = false;
    for (const xmlNode *n = source->children; n; n = n->next)
        any |= is_cell(n);
    if (!any)
        return;
    xmlNode *row = clean_add(c, section, model_named("tr"), source);
    for (xmlNode *n = source->children; n; n = n->next)
        if (is_cell(n))
            clean_cell(c, row, n);
}

static xmlNode *section(struct cleaner *c, xmlNode **slot, const char *name)
{
    if (!*slot)
        *slot = tree_element(c->doc, name);
    return *slot;
}

static xmlNode *section_for(struct cleaner *c, struct table *t,
                            const xmlNode *source)
{
    if (tree_is(source, "thead") && !t->head && !t->body)
        return section(c, &t->head, "thead");
    if (tree_is(source, "tfoot") && !t->foot)
        return section(c, &t->foot, "tfoot");
    return section(c, &t->body, "tbody");
}

static void clean_part(struct cleaner *c, struct table *t, xmlNode *source)
{
    if (tree_is(source, "caption")) {
        clean_close_to(c, section(c, &t->caption, "caption"));
        clean_passage(c, source);
    } else if (tree_is(source, "thead") || tree_is(source, "tbody") ||
               tree_is(source, "tfoot")) {
        xmlNode *to = section_for(c, t, source);
        for (xmlNode *row = source->children; row; row = row->next)
            if (tree_is(row, "tr"))
                clean_row(c, to, row);
    } else if (tree_is(source, "tr")) {
        clean_row(c, section(c, &t->body, "tbody"), source);
    }
}

/* Put the sections together; a table without rows is no table, and its caption
 * a paragraph. */
static void assemble(struct table *t)
{
    if (t->head && !t->head->children) {
        tree_drop(t->head);
        t->head = NULL;
    }
    if (t->head && !t->body) {
        t->body = t->head;
        t->head = NULL;
        tree_rename(t->body, "tbody");
    }
    if (t->caption)
        tree_append(t->element, t->caption);
    xmlNode *const sections[] = {t->head, t->body, t->foot};
    bool rows = false;
    for (size_t i = 0; i < ARRAY_LEN(sections); i++) {
        if (!sections[i])
            continue;
        rows |= sections[i]->children != NULL;
        if (sections[i]->children)
            tree_append(t->element, sections[i]);
        else
            tree_drop(sections[i]);
    }
    if (rows)
        return;
    if (t->caption)
        tree_rename(t->caption, "p");
    tree_unwrap(t->element);
}

void clean_table(struct cleaner *c, xmlNode *source)
{
    bool paragraphs = c->paragraphs, verbatim = c->verbatim;
    struct table t = {.element = clean_open(c, model_named("table"), source)};
    if (!t.element) {
        clean_passage(c, source);
        return;
    }
    xmlNode *outside = t.element->parent;
    c->verbatim = false;
    for (xmlNode *n = source->children; n; n = n->next)
        if (tree_is_element(n))
            clean_part(c, &t, n);
    assemble(&t);
    clean_close_to(c, outside);
    c->paragraphs = paragraphs;
    c->verbatim = verbatim;
}
