/* Rebuilds an article's tree against the content model.
 *
 * Two things are kept apart: the blocks that are open in the book, and the
 * phrasing elements of the source around the current point. A block may start
 * anywhere: it closes the paragraph it is in. Phrasing is opened again where
 * the text goes on, inside the block. So whatever the nesting was, every word
 * keeps its place and its emphasis, and nothing stands where it may not. */
#include "article/clean/clean.h"

#include "article/model/attrs.h"

#include <stdlib.h>

/* Phrasing elements around one word. */
enum { WRAPPERS_LARGEST = 24 };

/* May an element or text of this category be a child of the block? */
static bool holds(const xmlNode *block, enum category category)
{
    return (model_of(block)->children & category) != 0;
}

/* ---- elements of the book ---- */

/* Holes have none. */
static void give_id(struct cleaner *c, xmlNode *to)
{
    if (c->ids.len && *to->name != '#' && !tree_attr(to, "id").p)
        tree_set_attr(to, "id", str_of(c->ids.items[--c->ids.len]));
}

void clean_hold_id(struct cleaner *c, const xmlNode *source)
{
    struct str id = tree_attr(source, "id");
    if (id.p)
        vec_push(&c->ids, arena_str(c->maker->arena, id));
}

xmlNode *clean_add(struct cleaner *c, xmlNode *parent,
                   const struct element_model *model, const xmlNode *source)
{
    xmlNode *n = tree_element(c->doc, model_name(model));
    tree_append(parent, n);
    if (source) {
        attrs_keep(c->maker->arena, n, source, model);
        clean_hold_id(c, source);
    }
    give_id(c, n);
    return n;
}

void clean_close_to(struct cleaner *c, xmlNode *block)
{
    for (size_t i = 0; i < c->open; i++)
        c->wrappers.items[i].open = NULL;
    c->open = 0;
    c->block = block;
}

/* Close the paragraph that is open, if one is. */
static void end_paragraph(struct cleaner *c)
{
    if (tree_is(c->block, "p"))
        clean_close_to(c, c->block->parent);
    else
        clean_close_to(c, c->block);
}

/* Enter the item that something other than an item goes to, in a list: for a
 * block the last one (`join`), for text one of its own. */
static void enter_item(struct cleaner *c, bool join)
{
    const char *name = holds(c->block, CAT_ITEM) ? "li" : "dd";
    xmlNode *last = c->block->last;
    bool joins = join && tree_is(last, name);
    clean_close_to(c, joins ? last
                            : clean_add(c, c->block, model_named(name), NULL));
    c->paragraphs = false;
}

static bool is_list(const xmlNode *block)
{
    return holds(block, CAT_ITEM) || holds(block, CAT_TERM);
}

xmlNode *clean_open(struct cleaner *c, const struct element_model *model,
                    const xmlNode *source)
{
    const xmlNode *host = tree_is(c->block, "p") ? c->block->parent : c->block;
    if (!is_list(host) && !holds(host, CAT_BLOCK))
        return NULL;
    end_paragraph(c);
    if (is_list(c->block))
        enter_item(c, true);
    c->block = clean_add(c, c->block, model, source);
    return c->block;
}

/* ---- text and phrasing ---- */

static xmlNode *insertion_point(const struct cleaner *c)
{
    return c->open ? c->wrappers.items[c->open - 1].open : c->block;
}

static size_t attributes_size(const xmlNode *n)
{
    size_t size = 0;
    for (const xmlAttr *a = n->properties; a; a = a->next)
        size += tree_attr(n, (const char *)a->name).n;
    return size;
}

/* What is opened again has its attributes again; long ones, not without end. */
static void give_attributes(struct cleaner *c, struct wrapper *w)
{
    enum { LONG = 1024, REPEATED_LARGEST = 16 << 20 };
    if (w->size > LONG && c->repeated + w->size > REPEATED_LARGEST)
        return;
    attrs_keep(c->maker->arena, w->open, w->source, w->model);
    c->repeated += w->size;
    w->size = attributes_size(w->open);
}

static void open_wrapper(struct cleaner *c, struct wrapper *w)
{
    w->open = tree_element(c->doc, model_name(w->model));
    tree_append(insertion_point(c), w->open);
    give_attributes(c, w);
    if (w->id_placed)
        tree_drop_attr(w->open, "id"); /* what a pass gave it has one place */
    else
        clean_hold_id(c, w->source);
    w->id_placed = true;
    give_id(c, w->open);
    c->open++;
}

/* Make the current point one where text may stand. */
static void ready_for_text(struct cleaner *c)
{
    if (is_list(c->block))
        enter_item(c, false);
    if (c->paragraphs && holds(c->block, CAT_BLOCK)) {
        clean_close_to(c, c->block);
        c->block = clean_add(c, c->block, model_named("p"), NULL);
    }
    while (c->open < c->wrappers.len)
        open_wrapper(c, &c->wrappers.items[c->open]);
    if (!c->block->children && tree_is_element(c->block->parent))
        give_id(c, c->block);
    while (c->ids.len)
        clean_add(c, insertion_point(c), model_named("span"), NULL);
}

/* Ids that nothing follows go to the end of the last text. */
static void place_rest(struct cleaner *c, xmlNode *root)
{
    xmlNode *last = root;
    while (tree_is_element(last->last) &&
           (last == root || !holds(last, CAT_TEXT) ||
            model_is(last->last, CAT_CAPTION)))
        last = last->last;
    while (c->ids.len && holds(last, CAT_TEXT))
        clean_add(c, last, model_named("span"), NULL);
    give_id(c, last);
}

xmlNode *clean_inline(struct cleaner *c)
{
    ready_for_text(c);
    return insertion_point(c);
}

/* White space between blocks means nothing; after text it does. */
static bool after_text(const struct cleaner *c)
{
    const xmlNode *last = insertion_point(c)->last;
    if (!last)
        return c->open > 0;
    if (tree_is_text(last))
        return true;
    enum role role = model_of(last)->role;
    return role == ROLE_PHRASING || role == ROLE_SPAN || role == ROLE_HOLE ||
           role == ROLE_UNIT;
}

void clean_text(struct cleaner *c, struct str text)
{
    if (!c->verbatim && !str_trim(text).n) {
        if (after_text(c))
            tree_append(insertion_point(c), tree_text(c->doc, STR(" ")));
        return;
    }
    tree_append(clean_inline(c), tree_text(c->doc, text));
}

static void put_break(struct cleaner *c)
{
    if (c->verbatim) {
        clean_text(c, STR("\n"));
        return;
    }
    clean_add(c, clean_inline(c), model_named("br"), NULL);
}

/* Where a paragraph would end but cannot, as in a heading, a line does. */
static void separate(struct cleaner *c)
{
    if (!holds(c->block, CAT_TEXT) || holds(c->block, CAT_BLOCK) ||
        tree_is(c->block, "p")) {
        end_paragraph(c);
        return;
    }
    const xmlNode *last = insertion_point(c)->last;
    while (last && tree_is_element(last) && last->last)
        last = last->last;
    if (!c->block->children || (last && tree_is(last, "br")))
        return;
    if (!c->verbatim)
        put_break(c);
    else if (!last || !tree_is_text(last) ||
             !str_ends(tree_content(last), STR("\n")))
        put_break(c);
}

/* An element within one of its own kind says nothing as a rule, unless an
 * attribute does; one that may not be within another, as a link in a link,
 * goes. */
static bool redundant(const struct cleaner *c, const xmlNode *n,
                      const struct element_model *model)
{
    bool plain = !model->nests && !attrs_any(c->maker->arena, n, model);
    for (size_t i = 0; i < c->wrappers.len; i++) {
        const struct element_model *around = c->wrappers.items[i].model;
        if ((plain && around == model) || (around->excludes & model->category))
            return true;
    }
    return false;
}

/* Is it one that only some elements may hold, and not the one around it? */
static bool misplaced(const struct cleaner *c,
                      const struct element_model *model)
{
    unsigned children =
        c->wrappers.len ? c->wrappers.items[c->wrappers.len - 1].model->children
                        : 0;
    return !(model->category & (children | CAT_PHRASING));
}

/* Each one is opened again in every block that it holds, so there is an end to
 * how many: a book is no more than some times as long as its source. */
static bool too_many(const struct cleaner *c)
{
    return c->wrappers.len >= WRAPPERS_LARGEST;
}

static void clean_phrasing(struct cleaner *c, xmlNode *n,
                           const struct element_model *model)
{
    if (redundant(c, n, model) || misplaced(c, model) || too_many(c)) {
        clean_hold_id(c, n);
        clean_children(c, n);
        return;
    }
    size_t at = c->wrappers.len;
    vec_push(&c->wrappers, ((struct wrapper){.source = n, .model = model}));
    clean_children(c, n);
    if (!c->wrappers.items[at].id_placed)
        clean_hold_id(c, n);
    if (c->open > at)
        c->open = at;
    c->wrappers.len = at;
}

/* A span is worth keeping for an attribute or an id. */
static bool worthwhile(const struct cleaner *c, const xmlNode *n,
                       const struct element_model *model)
{
    return n->properties &&
           (tree_attr(n, "id").p || attrs_any(c->maker->arena, n, model));
}

/* ---- blocks ---- */

void clean_children(struct cleaner *c, xmlNode *source)
{
    for (xmlNode *n = source->children; n; n = n->next)
        clean_node(c, n);
}

void clean_passage(struct cleaner *c, xmlNode *source)
{
    bool paragraphs = c->paragraphs;
    separate(c);
    xmlNode *block = c->block;
    clean_hold_id(c, source);
    c->paragraphs = !holds(block, CAT_ITEM);
    clean_children(c, source);
    separate(c);
    if (!holds(block, CAT_TEXT) || holds(block, CAT_BLOCK))
        clean_close_to(c, block);
    c->paragraphs = paragraphs;
}

/* Where no block can be, as in a heading, a block is a line. One of feedbind's
 * own keeps its attributes: they tell its words from the author's. */
static void clean_line(struct cleaner *c, xmlNode *n,
                       const struct element_model *model)
{
    if (!model->fixed[0].name) {
        clean_passage(c, n);
        return;
    }
    struct element_model *span = arena_alloc(c->maker->arena, sizeof *span);
    *span = *model;
    span->as = "span";
    span->category = CAT_PHRASING;
    separate(c);
    clean_phrasing(c, n, span);
    separate(c);
}

/* Ids at the end of text stay with it, those above the first `waiting`. */
static void place_ids(struct cleaner *c, xmlNode *block, size_t waiting)
{
    while (c->ids.len > waiting && c->block == block && block->children &&
           !holds(block, CAT_BLOCK))
        clean_add(c, block, model_named("span"), NULL);
}

/* Clean what is in a block of its own kind, and return to where it was. */
static void clean_block(struct cleaner *c, xmlNode *n,
                        const struct element_model *model, bool paragraphs)
{
    bool paragraphs_before = c->paragraphs, verbatim_before = c->verbatim;
    if (!clean_open(c, model, n)) {
        clean_line(c, n, model);
        return;
    }
    xmlNode *block = c->block, *outside = block->parent;
    size_t waiting = c->ids.len;
    c->paragraphs = paragraphs;
    c->verbatim = model->role == ROLE_VERBATIM;
    clean_children(c, n);
    place_ids(c, block, waiting);
    clean_close_to(c, outside);
    c->paragraphs = paragraphs_before;
    c->verbatim = verbatim_before;
}

static bool headings_allowed(const struct cleaner *c)
{
    for (const xmlNode *b = c->block; tree_is_element(b); b = b->parent)
        if (model_of(b)->excludes & CAT_HEADING)
            return false;
    return true;
}

static void clean_heading(struct cleaner *c, xmlNode *n,
                          const struct element_model *model)
{
    end_paragraph(c);
    if (headings_allowed(c))
        clean_block(c, n, model, false);
    else
        clean_passage(c, n);
}

static void clean_item(struct cleaner *c, xmlNode *list, xmlNode *n)
{
    clean_close_to(c, list);
    bool numbered = tree_is(list, "ol");
    c->block = clean_add(c, list,
                         numbered ? model_named("#numbered") : model_of(n), n);
    c->paragraphs = false;
    clean_children(c, n);
    clean_close_to(c, list);
}

/* Items of a list; anything else there goes to the item before it. Returns
 * the list, NULL where there could be none. */
static xmlNode *clean_list(struct cleaner *c, xmlNode *n,
                           const struct element_model *model, enum role item)
{
    bool paragraphs = c->paragraphs, verbatim = c->verbatim;
    xmlNode *list = clean_open(c, model, n);
    if (!list) {
        clean_passage(c, n);
        return NULL;
    }
    c->verbatim = false;
    for (xmlNode *child = n->children; child; child = child->next) {
        if (tree_is_element(child) && model_of(child)->role == item)
            clean_item(c, list, child);
        else
            clean_node(c, child);
    }
    clean_close_to(c, list->parent);
    c->paragraphs = paragraphs;
    c->verbatim = verbatim;
    return list;
}

/* A div that groups terms in a dl means nothing here. */
static void ungroup_terms(struct cleaner *c, xmlNode *list)
{
    for (xmlNode *n = list->children, *next; n; n = next) {
        next = n->next;
        if (!tree_is(n, "div"))
            continue;
        if (n->children)
            next = n->children;
        clean_hold_id(c, n);
        tree_unwrap(n);
    }
}

/* A dl is groups of one dt or more and one dd or more. */
static void clean_terms(struct cleaner *c, xmlNode *n,
                        const struct element_model *model)
{
    ungroup_terms(c, n);
    xmlNode *list = clean_list(c, n, model, ROLE_TERM);
    if (!list || !list->children)
        return;
    if (tree_is(list->children, "dd"))
        tree_before(list->children, tree_element(c->doc, "dt"));
    if (tree_is(list->last, "dt"))
        tree_append(list, tree_element(c->doc, "dd"));
}

/* A caption is the figure's first or last child, and there is only one. */
static bool may_caption(const struct cleaner *c, const xmlNode *n)
{
    if (!tree_is(c->block, "figure") || !tree_is(n->parent, "figure"))
        return false;
    for (const xmlNode *b = c->block->children; b; b = b->next)
        if (tree_is(b, "figcaption"))
            return false;
    if (!c->block->children)
        return true;
    for (n = n->next; n; n = n->next)
        if (tree_is_element(n) || !str_blank(tree_content(n)))
            return false;
    return true;
}

static void clean_caption(struct cleaner *c, xmlNode *n,
                          const struct element_model *model)
{
    end_paragraph(c);
    if (may_caption(c, n))
        clean_block(c, n, model, false);
    else
        clean_passage(c, n);
}

static void clean_hole(struct cleaner *c, const xmlNode *n)
{
    xmlNode *hole = clean_add(c, clean_inline(c), model_of(n), NULL);
    tree_set_attr(hole, "n", tree_attr(n, "n"));
}

static void clean_checkbox(struct cleaner *c, const xmlNode *n)
{
    struct str type = tree_attr(n, "type");
    if (!str_eq_nocase(type, STR("checkbox")) &&
        !str_eq_nocase(type, STR("radio")))
        return;
    clean_text(c, tree_attr(n, "checked").p ? STR("\u2611 ") : STR("\u2610 "));
}

/* Has it the attribute without which it means nothing? bdo turns text around,
 * and must say which way; time must say which. */
static bool has_needed(struct cleaner *c, const xmlNode *n,
                       const struct element_model *model)
{
    if (!model->need)
        return true;
    const struct attribute_model *a = model_attribute(model, model->need);
    struct str value = tree_attr(n, model->need);
    return a && value.p && model_value(a, c->maker->arena, value).p;
}

/* A passage is a block of its own if a pass gave it a class, or if it is in
 * another language or direction. */
static void clean_passage_or_block(struct cleaner *c, xmlNode *n,
                                   const struct element_model *model)
{
    if ((model->category & CAT_BLOCK) && attrs_any(c->maker->arena, n, model))
        clean_block(c, n, model, true);
    else
        clean_passage(c, n);
}

static void clean_element(struct cleaner *c, xmlNode *n)
{
    const struct element_model *model = model_of(n);
    switch (model->role) {
    case ROLE_DROP:
        break;
    case ROLE_UNIT:
        clean_unit(c, n);
        break;
    case ROLE_PIECE: /* without a formula or drawing around it */
    case ROLE_SCRIPTS:
    case ROLE_UNWRAP:
        clean_hold_id(c, n);
        clean_children(c, n);
        break;
    case ROLE_PASSAGE:
        clean_passage_or_block(c, n, model);
        break;
    case ROLE_ITEM:
    case ROLE_TERM:
        clean_passage(c, n);
        break;
    case ROLE_PHRASING:
        if (has_needed(c, n, model)) {
            clean_phrasing(c, n, model);
            break;
        }
        clean_hold_id(c, n);
        clean_children(c, n);
        break;
    case ROLE_SPAN:
        if (worthwhile(c, n, model))
            clean_phrasing(c, n, model);
        else
            clean_children(c, n);
        break;
    case ROLE_BREAK:
        put_break(c);
        break;
    case ROLE_RULE:
        if (clean_open(c, model, n))
            clean_close_to(c, c->block->parent);
        break;
    case ROLE_HOLE:
        clean_hole(c, n);
        break;
    case ROLE_CHECKBOX:
        clean_checkbox(c, n);
        break;
    case ROLE_BLOCK:
    case ROLE_VERBATIM:
    case ROLE_FIGURE:
        clean_block(c, n, model, model->role != ROLE_VERBATIM);
        break;
    case ROLE_HEADING:
        clean_heading(c, n, model);
        break;
    case ROLE_CAPTION:
        clean_caption(c, n, model);
        break;
    case ROLE_LIST:
        clean_list(c, n, model, ROLE_ITEM);
        break;
    case ROLE_TERMS:
        clean_terms(c, n, model);
        break;
    case ROLE_TABLE:
        clean_table(c, n);
        break;
    }
}

void clean_node(struct cleaner *c, xmlNode *n)
{
    if (tree_is_text(n))
        clean_text(c, tree_content(n));
    else if (tree_is_element(n))
        clean_element(c, n);
}

void article_clean(struct maker *m)
{
    m->clean = tree_new();
    xmlNode *root = tree_element(m->clean, "body");
    xmlDocSetRootElement(m->clean, root);
    struct cleaner c = {
        .maker = m, .doc = m->clean, .block = root, .paragraphs = true};
    clean_children(&c, xmlDocGetRootElement(m->source));
    place_rest(&c, root);
    free(c.wrappers.items);
    free(c.ids.items);
}
