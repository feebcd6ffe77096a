#include "article/finish/records.h"

#include "article/model/model.h"

#include <stdlib.h>

enum {
    HEADS_LARGEST = 4,
    COLUMNS_LARGEST = 100,
    COPY_LARGEST = 60,       /* bytes of a repeated header or cell */
    COPY_COST = 40,          /* bytes of the tags around a copy */
    COPIES_LEAST = 64 << 10, /* bytes of copies that any table may have … */
    COPIES_PER_BYTE = 16,    /* … and for each byte of its text */
};

/* A cell that may be said again, in other records. */
struct sayable {
    const struct grid_cell *cell;
    struct str copy; /* its text, clipped */
    bool said;
};

struct recorder {
    struct maker *m;
    const struct grid *g;
    xmlNode *out;            /* the records' div */
    size_t heads;            /* rows of headers */
    struct sayable **labels; /* heads × width: the header there, or NULL */
    struct sayable **below;  /* width: the cell that reaches into the row */
    size_t copies;           /* bytes that may still be copied */
};

/* A cell that is alone in its row, across columns, is of none of them. */
static bool is_wide(const struct grid *g, const struct grid_cell *cell)
{
    return cell->columns > 1 && cell->column == 0 &&
           grid_row_end(g, cell->row) == g->rows.items[cell->row].first + 1;
}

static size_t count_heads(const struct grid *g)
{
    size_t heads = 0;
    while (heads < g->rows.len && g->rows.items[heads].head)
        heads++;
    return heads;
}

bool records_possible(const struct grid *g)
{
    size_t heads = count_heads(g);
    if (heads > HEADS_LARGEST || g->width < 2 || g->width > COLUMNS_LARGEST)
        return false;
    for (size_t i = 0; i < g->cells.len; i++)
        if (g->cells.items[i].row >= heads && !is_wide(g, &g->cells.items[i]))
            return true;
    return false;
}

/* ---- pieces ---- */

static bool is_phrasing(const xmlNode *n)
{
    return (model_of(n)->category & CAT_PHRASING) != 0;
}

static bool holds_phrasing(const xmlNode *n)
{
    for (const xmlNode *at = n; (at = tree_next(n, at));)
        if (tree_is_element(at) && !is_phrasing(at))
            return false;
    return true;
}

/* Leave of what is in n the phrasing alone, with spaces between blocks. */
static void flatten(xmlNode *n)
{
    for (xmlNode *at = tree_next(n, n), *next; at; at = next) {
        next = tree_next(n, at);
        if (!tree_is_element(at) || is_phrasing(at))
            continue;
        tree_before(at, tree_text(at->doc, STR(" ")));
        tree_after(at, tree_text(at->doc, STR(" ")));
        next = at->children ? at->children : at->next;
        tree_unwrap(at);
    }
}

static void take_attributes(xmlNode *to, const xmlNode *from)
{
    static const char *const names[] = {"id", "lang", "dir"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct str value = tree_attr(from, names[i]);
        if (value.p && !tree_attr(to, names[i]).p)
            tree_set_attr(to, names[i], value);
    }
}

static xmlNode *add(xmlNode *parent, const char *name, const char *class)
{
    xmlNode *n = tree_element(parent->doc, name);
    if (class)
        tree_set_attr(n, "class", str_of(class));
    tree_append(parent, n);
    return n;
}

/* Words that the source does not have there. */
static void add_field(xmlNode *parent, const char *name, struct str text)
{
    xmlNode *field = add(parent, name, "field");
    tree_append(field, tree_text(parent->doc, text));
}

static struct str text_of(struct maker *m, const xmlNode *n, size_t most)
{
    struct buf text = buf_make(BUF_BODY);
    tree_line(n, &text);
    struct str s = arena_view(m->arena, utf8_clip(buf_view(&text), most));
    buf_free(&text);
    return s;
}

static struct sayable *make_sayable(struct maker *m,
                                    const struct grid_cell *cell)
{
    struct sayable *s = arena_alloc(m->arena, sizeof *s);
    s->cell = cell;
    s->copy = text_of(m, cell->node, COPY_LARGEST);
    return s;
}

/* Say it: the cell's content itself the first time, a copy later. */
static void say(struct recorder *r, struct sayable *s, xmlNode *to,
                const char *name)
{
    if (!s->said) {
        xmlNode *around = add(to, name, NULL);
        flatten(s->cell->node);
        take_attributes(around, s->cell->node);
        tree_move_children(s->cell->node, around);
        s->said = true;
    } else if (s->copy.n && r->copies >= s->copy.n + COPY_COST) {
        r->copies -= s->copy.n + COPY_COST;
        add_field(to, name, s->copy);
    }
}

/* ---- headers ---- */

/* The headers that column `column` has, each once for all the columns that the
 * cell before it takes. */
static struct sayable *label_at(const struct recorder *r, size_t head,
                                size_t column)
{
    return r->labels[head * r->g->width + column];
}

static bool is_blank(const struct sayable *s)
{
    return !s->copy.n && s->said;
}

/* Is there a header over these columns that was not said yet? */
static bool has_unsaid(const struct recorder *r, size_t from, size_t to)
{
    for (size_t column = from; column < to; column++)
        for (size_t head = 0; head < r->heads; head++) {
            const struct sayable *s = label_at(r, head, column);
            if (s && !s->said)
                return true;
        }
    return false;
}

static void add_labels(struct recorder *r, xmlNode *to, size_t from, size_t end)
{
    const struct sayable *last[HEADS_LARGEST] = {0};
    bool any = false;
    for (size_t column = from; column < end; column++)
        for (size_t head = 0; head < r->heads; head++) {
            struct sayable *s = label_at(r, head, column);
            if (!s || s == last[head] || is_blank(s))
                continue;
            bool above = head > 0 && s == label_at(r, head - 1, column);
            last[head] = s;
            if (above)
                continue;
            if (any)
                add_field(to, "span", STR(", "));
            say(r, s, to, "b");
            any = true;
        }
    if (any)
        add_field(to, "span", STR(": "));
}

/* Headers of the whole table stand before it, as its caption does. */
static void put_before(struct recorder *r, xmlNode *from, const char *class)
{
    xmlNode *p = add(r->out, "p", class);
    flatten(from);
    take_attributes(p, from);
    tree_move_children(from, p);
}

static void read_heads(struct recorder *r)
{
    const struct grid *g = r->g;
    size_t places = r->heads * g->width;
    r->labels = mem_alloc(places * sizeof *r->labels);
    for (size_t i = 0; i < g->cells.len; i++) {
        const struct grid_cell *cell = &g->cells.items[i];
        if (cell->row >= r->heads)
            break;
        if (is_wide(g, cell)) {
            put_before(r, cell->node, "caption");
            continue;
        }
        struct sayable *s = make_sayable(r->m, cell);
        static const char *const content[] = {"#image", NULL};
        s->said = tree_empty(cell->node, content);
        for (size_t row = 0; row < cell->rows; row++)
            for (size_t column = 0; column < cell->columns; column++)
                r->labels[(cell->row + row) * g->width + cell->column +
                          column] = s;
    }
}

/* ---- rows ---- */

static bool is_empty(const xmlNode *n)
{
    static const char *const content[] = {"#image", "#card", "hr", NULL};
    return tree_empty(n, content);
}

/* One cell as an item, with its headers before it. */
static void add_item(struct recorder *r, xmlNode *list, size_t from, size_t end,
                     struct sayable *s)
{
    xmlNode *cell = s ? s->cell->node : NULL;
    bool empty = !cell || (s->said ? !s->copy.n : is_empty(cell));
    if (empty && !has_unsaid(r, from, end))
        return;
    xmlNode *item = add(list, "li", NULL);
    bool blocks = !empty && !s->said && !holds_phrasing(cell);
    add_labels(r, blocks ? add(item, "p", NULL) : item, from, end);
    if (empty)
        return;
    if (!s->said) {
        take_attributes(item, cell);
        tree_move_children(cell, item);
        s->said = true;
    } else {
        say(r, s, item, "span");
    }
}

/* The row's first cell, if it is a line, is the record's title. */
static bool add_title(struct recorder *r, struct sayable *s)
{
    enum { TITLE_LARGEST = 200 };
    if (!s || s->cell->columns > 1 ||
        (!s->said &&
         (is_empty(s->cell->node) || !holds_phrasing(s->cell->node) ||
          text_of(r->m, s->cell->node, TITLE_LARGEST + 1).n > TITLE_LARGEST)))
        return false;
    xmlNode *title = add(r->out, "p", "record");
    add_labels(r, title, 0, 1);
    say(r, s, title, "b");
    return true;
}

/* Note which cells are in the row: those of rows above that reach into it, and
 * its own; true if one of these is as wide as the table. */
static bool read_row(struct recorder *r, size_t row)
{
    bool wide = false;
    for (size_t column = 0; column < r->g->width; column++) {
        const struct sayable *s = r->below[column];
        if (s && s->cell->row + s->cell->rows <= row)
            r->below[column] = NULL;
    }
    for (size_t i = r->g->rows.items[row].first; i < grid_row_end(r->g, row);
         i++) {
        const struct grid_cell *cell = &r->g->cells.items[i];
        struct sayable *s = make_sayable(r->m, cell);
        wide |= is_wide(r->g, cell);
        for (size_t k = 0; k < cell->columns; k++)
            r->below[cell->column + k] = s;
    }
    return wide;
}

static void add_wide(struct recorder *r, xmlNode *cell)
{
    if (is_empty(cell))
        return;
    if (holds_phrasing(cell)) {
        put_before(r, cell, "record");
        return;
    }
    xmlNode *div = add(r->out, "div", NULL);
    take_attributes(div, cell);
    tree_move_children(cell, div);
}

static void add_row(struct recorder *r, size_t row)
{
    size_t width = r->g->width;
    const xmlNode *last = r->out->last;
    if (read_row(r, row)) {
        struct sayable *s = r->below[0];
        if (!s->said)
            add_wide(r, s->cell->node);
        s->said = true;
        return;
    }
    size_t column = add_title(r, r->below[0]) ? 1 : 0;
    xmlNode *list = add(r->out, "ul", "record");
    for (size_t end; column < width; column = end) {
        struct sayable *s = r->below[column];
        for (end = column + 1; s && end < width && r->below[end] == s;)
            end++;
        add_item(r, list, column, end, s);
    }
    if (!list->children)
        tree_drop(list);
    xmlNode *first = last ? last->next : r->out->children;
    if (first)
        take_attributes(first, r->g->rows.items[row].node);
}

void records_make(struct maker *m, xmlNode *table, const struct grid *g)
{
    struct recorder r = {.m = m, .g = g, .heads = count_heads(g)};
    r.out = tree_element(table->doc, "div");
    tree_set_attr(r.out, "class", STR("records"));
    tree_before(table, r.out);
    take_attributes(r.out, table);
    r.copies = COPIES_LEAST + COPIES_PER_BYTE * text_of(m, table, BUF_BODY).n;
    if (tree_is(table->children, "caption"))
        put_before(&r, table->children, "caption");
    read_heads(&r);
    r.below = mem_alloc(g->width * sizeof *r.below);
    for (size_t row = r.heads; row < g->rows.len; row++)
        add_row(&r, row);
    free(r.labels);
    free(r.below);
    tree_drop(table);
}
