#include "text/template.h"

#include "base/mem.h"

#include <stdlib.h>

enum { SECTIONS_MAX = 32, SCOPES_MAX = 64, PARTIALS_MAX = 16 };

enum node_kind {
    NODE_TEXT,
    NODE_INDENT, /* a line of the template begins */
    NODE_ESCAPED,
    NODE_RAW,
    NODE_SECTION,
    NODE_INVERTED,
    NODE_PARTIAL,
};

struct node {
    enum node_kind kind;
    struct str text;   /* the text, or the name */
    size_t end;        /* sections: the node after the last inside */
    struct str indent; /* partials: before each of its lines; NULL if it is
                          not alone on its line */
};

struct template
{
    struct node *nodes;
    size_t count;
};

/* ---- compiling ---- */

struct compiler {
    struct arena *arena;
    struct str text; /* all of it */
    size_t at;
    VEC(struct node) nodes;
    VEC(size_t) open; /* sections */
    bool at_line;     /* a line begins at `at` */
    const char *error;
};

struct tag {
    char kind; /* '\0' for a plain variable, else its sigil */
    struct str name;
    size_t start, end; /* in the text */
};

static bool read_tag(struct compiler *c, struct tag *tag)
{
    struct str rest = str_sub(c->text, c->at, c->text.n);
    size_t open = str_find(rest, STR("{{"));
    if (open == rest.n)
        return false;
    bool triple = str_starts(str_sub(rest, open, 3), STR("{{{"));
    struct str close = triple ? STR("}}}") : STR("}}");
    struct str inside = str_sub(rest, open + close.n, rest.n);
    size_t length = str_find(inside, close);
    if (length == inside.n) {
        c->error = "a tag does not end";
        return false;
    }
    struct str name = str_trim(str_sub(inside, 0, length));
    tag->kind = triple ? '&' : '\0';
    if (!triple && name.n && strchr("#^/!&>=", name.p[0])) {
        tag->kind = name.p[0];
        name = str_trim(str_sub(name, 1, name.n));
    }
    tag->name = name;
    tag->start = c->at + open;
    tag->end = tag->start + 2 * close.n + length;
    return true;
}

static void add(struct compiler *c, enum node_kind kind, struct str text)
{
    vec_push(&c->nodes, ((struct node){.kind = kind, .text = text}));
}

static void begin_line(struct compiler *c)
{
    if (c->at_line)
        add(c, NODE_INDENT, (struct str){0});
    c->at_line = false;
}

static void add_text(struct compiler *c, struct str text)
{
    if (!text.n)
        return;
    begin_line(c);
    add(c, NODE_TEXT, text);
    c->at_line = text.p[text.n - 1] == '\n';
}

static bool blank(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ' && s.p[i] != '\t')
            return false;
    return true;
}

/* A tag that puts nothing, alone on its line, takes the whole line away. Sets
 * where the text before it ends and where that after it starts. */
static bool standalone(const struct compiler *c, const struct tag *tag,
                       size_t *before, size_t *after)
{
    size_t start = tag->start, end = tag->end;
    while (start > c->at && c->text.p[start - 1] != '\n')
        start--;
    bool at_line = start == 0 || c->text.p[start - 1] == '\n';
    while (end < c->text.n && c->text.p[end] != '\n')
        end++;
    struct str left = str_sub(c->text, start, tag->start - start);
    struct str right = str_sub(c->text, tag->end, end - tag->end);
    if (str_ends(right, STR("\r")))
        right.n--;
    if (!tag->kind || tag->kind == '&' || !at_line || !blank(left) ||
        !blank(right))
        return false;
    *before = start;
    *after = end < c->text.n ? end + 1 : end;
    return true;
}

static void end_section(struct compiler *c, struct str name)
{
    struct node *open =
        c->open.len ? &c->nodes.items[c->open.items[c->open.len - 1]] : NULL;
    if (!open || !str_eq(open->text, name)) {
        c->error = arena_printf(c->arena, "section {{/%.*s}} ends nothing",
                                STR_ARG(name));
        return;
    }
    open->end = c->nodes.len;
    c->open.len--;
}

static void start_section(struct compiler *c, enum node_kind kind,
                          struct str name)
{
    if (c->open.len == SECTIONS_MAX)
        c->error = "sections nest too deep";
    vec_push(&c->open, c->nodes.len);
    add(c, kind, name);
}

static void compile_tag(struct compiler *c, const struct tag *tag,
                        struct str indent)
{
    switch (tag->kind) {
    case '#':
        start_section(c, NODE_SECTION, tag->name);
        break;
    case '^':
        start_section(c, NODE_INVERTED, tag->name);
        break;
    case '/':
        end_section(c, tag->name);
        break;
    case '&':
        add(c, NODE_RAW, tag->name);
        break;
    case '>':
        add(c, NODE_PARTIAL, tag->name);
        c->nodes.items[c->nodes.len - 1].indent = indent;
        break;
    case '!':
        break;
    case '=':
        c->error = "delimiters cannot be set";
        break;
    default:
        add(c, NODE_ESCAPED, tag->name);
    }
}

struct template *template_make(struct arena *a, struct str text,
                               const char **error)
{
    struct compiler c = {.arena = a, .text = text, .at_line = true};
    struct tag tag;
    while (!c.error && read_tag(&c, &tag)) {
        size_t before = tag.start, after = tag.end;
        struct str indent = {0};
        bool alone = standalone(&c, &tag, &before, &after);
        add_text(&c, str_sub(text, c.at, before - c.at));
        if (alone)
            indent = str_sub(text, before, tag.start - before);
        else
            begin_line(&c);
        compile_tag(&c, &tag, indent);
        c.at = after;
    }
    add_text(&c, str_sub(text, c.at, text.n));
    if (!c.error && c.open.len)
        c.error = arena_printf(
            a, "section {{#%.*s}} does not end",
            STR_ARG(c.nodes.items[c.open.items[c.open.len - 1]].text));
    struct template *t = arena_alloc(a, sizeof *t);
    t->nodes = arena_copy(a, c.nodes.items, c.nodes.len, sizeof *t->nodes);
    t->count = c.nodes.len;
    free(c.nodes.items);
    free(c.open.items);
    *error = c.error;
    return c.error ? NULL : t;
}

/* ---- rendering ---- */

/* What stands before each line of a partial, and of those around it. */
struct indent {
    const struct indent *outer;
    struct str text;
};

struct renderer {
    template_look look;
    template_partial partial;
    const void *context;
    struct buf *out;
    struct scope scopes[SCOPES_MAX];
    size_t depth;    /* of scopes; the first is {NULL, 0} */
    size_t partials; /* open */
    const struct indent *indent;
};

static struct value find(const struct renderer *r, struct str name)
{
    for (size_t i = r->depth; i-- > 0;) {
        struct value v = r->look(r->context, r->scopes[i], name);
        if (v.kind != VALUE_NONE)
            return v;
    }
    return (struct value){0};
}

static size_t times(const struct value *v)
{
    if (v->kind == VALUE_LIST)
        return v->count;
    return v->kind != VALUE_NONE && v->text.n ? 1 : 0;
}

static void put_indent(struct buf *out, const struct indent *indent)
{
    if (!indent)
        return;
    put_indent(out, indent->outer); /* at most PARTIALS_MAX */
    buf_str(out, indent->text);
}

/* The template's own lines are indented, those within values are not. */
static void put_text(struct renderer *r, struct str text)
{
    while (r->indent && text.n) {
        struct str line = str_sub(text, 0, str_chr(text, '\n') + 1);
        buf_str(r->out, line);
        text = str_sub(text, line.n, text.n);
        if (text.n)
            put_indent(r->out, r->indent);
    }
    buf_str(r->out, text);
}

static void put_value(struct renderer *r, const struct node *n)
{
    struct value v = find(r, n->text);
    if (v.kind == VALUE_RAW || (v.kind == VALUE_TEXT && n->kind == NODE_RAW))
        buf_str(r->out, v.text);
    else if (v.kind == VALUE_TEXT)
        buf_escape(r->out, v.text);
}

static void render(struct renderer *r, const struct template *t, size_t from,
                   size_t to);

static void render_section(struct renderer *r, const struct template *t,
                           size_t at)
{
    struct value v = find(r, t->nodes[at].text);
    size_t count = times(&v);
    for (size_t i = 0; i < count; i++) {
        bool scoped = v.kind == VALUE_LIST && r->depth < SCOPES_MAX;
        if (scoped)
            r->scopes[r->depth++] = (struct scope){v.list, i};
        render(r, t, at + 1, t->nodes[at].end);
        r->depth -= scoped;
    }
}

static void render_inverted(struct renderer *r, const struct template *t,
                            size_t at)
{
    struct value v = find(r, t->nodes[at].text);
    if (!times(&v))
        render(r, t, at + 1, t->nodes[at].end);
}

static void render_partial(struct renderer *r, const struct node *n)
{
    const struct template *t =
        r->partial ? r->partial(r->context, n->text) : NULL;
    const struct indent inner = {r->indent, n->indent}, *outer = r->indent;
    if (!t || r->partials == PARTIALS_MAX)
        return;
    r->indent = n->indent.p ? &inner : NULL;
    r->partials++;
    render(r, t, 0, t->count);
    r->partials--;
    r->indent = outer;
}

static void render(struct renderer *r, const struct template *t, size_t from,
                   size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct node *n = &t->nodes[i];
        switch (n->kind) {
        case NODE_INDENT:
            put_indent(r->out, r->indent);
            break;
        case NODE_TEXT:
            put_text(r, n->text);
            break;
        case NODE_ESCAPED:
        case NODE_RAW:
            put_value(r, n);
            break;
        case NODE_SECTION:
            render_section(r, t, i);
            i = n->end - 1;
            break;
        case NODE_INVERTED:
            render_inverted(r, t, i);
            i = n->end - 1;
            break;
        case NODE_PARTIAL:
            render_partial(r, n);
            break;
        }
    }
}

void template_render(const struct template *t, template_look look,
                     template_partial partial, const void *context,
                     struct buf *out)
{
    struct renderer r = {.look = look,
                         .partial = partial,
                         .context = context,
                         .out = out,
                         .depth = 1};
    render(&r, t, 0, t->count);
}
