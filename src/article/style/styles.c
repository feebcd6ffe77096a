/* Old HTML and style attributes become what a book can say.
 *
 * Emphasis that stands in a style becomes the element that means it (b, i, u,
 * s, code, sub, sup) rather than a class: it survives readers that ignore a
 * book's styles, and the cleaner carries it through any nesting. What no
 * element says (alignment, indentation, small capitals …) becomes a class of
 * the book's own in "#class". Colours, sizes and fonts are the reader's. */
#include "article/article_int.h"
#include "article/model/attrs.h"
#include "article/model/model.h"
#include "article/style/look.h"

enum {
    SHORT_TEXT = 24,    /* bytes that may be kept on one line */
    SPACES_LARGEST = 8, /* that are kept side by side */
    WRAPS_LARGEST = 64, /* elements put around elements, on one path */
};

/* Emphasis: the element that says it, and the class that takes it back. */
static const struct {
    unsigned char aspect, value;
    const char *element, *undo;
} effects[] = {
    {ASPECT_WEIGHT, LOOK_YES, "b", "regular"},
    {ASPECT_SLANT, LOOK_YES, "i", "upright"},
    {ASPECT_UNDERLINE, LOOK_YES, "u", NULL},
    {ASPECT_STRIKE, LOOK_YES, "s", NULL},
    {ASPECT_FACE, LOOK_YES, "code", NULL},
    {ASPECT_SHIFT, LOOK_SUB, "sub", NULL},
    {ASPECT_SHIFT, LOOK_SUPER, "sup", NULL},
};

/* What else text can look like: classes. */
static const struct {
    unsigned char aspect, value;
    const char *name;
} classes[] = {
    {ASPECT_CAPS, LOOK_YES, "small-caps"},
    {ASPECT_CASE, LOOK_UPPER, "uppercase"},
    {ASPECT_CASE, LOOK_LOWER, "lowercase"},
    {ASPECT_CASE, LOOK_TITLE, "capitalize"},
};

/* Numberings: the type attribute, "" for the usual one. */
static const struct {
    unsigned char value;
    const char *type;
} numberings[] = {
    {LOOK_DECIMAL, ""},      {LOOK_LOWER_ALPHA, "a"}, {LOOK_UPPER_ALPHA, "A"},
    {LOOK_LOWER_ROMAN, "i"}, {LOOK_UPPER_ROMAN, "I"},
};

/* What surrounds an element. */
struct around {
    struct look look;     /* in effect; what tables and lists were told waits
                             here for their cells and items */
    unsigned shown;       /* aspects that the book shows already */
    unsigned char align;  /* as the book shows it: CENTER, LEFT or RIGHT */
    unsigned char indent; /* steps */
    unsigned char wraps;
    bool rtl;      /* text runs from right to left */
    bool titled;   /* in bold by its kind, as a heading is */
    bool in_link;  /* underlined by its kind */
    bool verbatim; /* in pre */
};

/* What is to be done to an element once its children are done. */
struct plan {
    const char *wraps[ARRAY_LEN(effects) + 1]; /* outermost first */
    size_t wrap_count;
    const char *classes[8];
    size_t class_count;
};

/* What an element can take. */
enum host {
    HOST_NONE,   /* holds parts, not text: ul, table, tr */
    HOST_INLINE, /* wraps text */
    HOST_BLOCK,  /* div, p, li */
    HOST_CELL,   /* a block that the book aligns by its kind: td, h2 */
    HOST_FIXED,  /* and whose alignment does not change: pre, figcaption */
};

/* An element, what it says by its name and what by its attributes. */
struct subject {
    xmlNode *n;
    enum host host;
    struct look own, said;
    bool plain; /* its name means nothing but how it looks */
};

static const struct {
    const char *name;
    enum host host;
} hosts[] = {
    {"caption", HOST_FIXED}, {"figcaption", HOST_FIXED},
    {"optgroup", HOST_NONE}, {"select", HOST_NONE},
    {"tbody", HOST_NONE},    {"td", HOST_CELL},
    {"tfoot", HOST_NONE},    {"th", HOST_CELL},
    {"thead", HOST_NONE},    {"tr", HOST_NONE},
};

static enum role role_of(const xmlNode *n)
{
    return model_of(n)->role;
}

static enum host host_of(const xmlNode *n)
{
    for (size_t i = 0; i < ARRAY_LEN(hosts); i++)
        if (tree_is(n, hosts[i].name))
            return hosts[i].host;
    switch (role_of(n)) {
    case ROLE_PHRASING:
    case ROLE_SPAN:
    case ROLE_UNWRAP:
        return HOST_INLINE;
    case ROLE_BLOCK:
    case ROLE_PASSAGE:
    case ROLE_ITEM:
    case ROLE_TERM:
        return HOST_BLOCK;
    case ROLE_HEADING:
        return HOST_CELL;
    case ROLE_VERBATIM:
        return HOST_FIXED;
    default:
        return HOST_NONE;
    }
}

static void plan_class(struct plan *plan, const char *name)
{
    if (plan->class_count < ARRAY_LEN(plan->classes))
        plan->classes[plan->class_count++] = name;
}

/* ---- emphasis ---- */

/* Is there nothing below n but text, phrasing and lines of div or p? */
static bool is_lines(const xmlNode *n)
{
    for (const xmlNode *at = n; (at = tree_next(n, at));) {
        if (!tree_is_element(at) || tree_is(at, "div") || tree_is(at, "p") ||
            tree_is(at, "br"))
            continue;
        if (tree_foreign(at) || host_of(at) != HOST_INLINE)
            return false;
    }
    return true;
}

/* Kinds that have the look anyway: their style need not say so. */
static bool is_natural(const struct around *a, unsigned aspect)
{
    return (aspect == ASPECT_WEIGHT && a->titled) ||
           (aspect == ASPECT_UNDERLINE && a->in_link);
}

static void plan_effect(struct subject *x, struct around *a, size_t effect,
                        struct plan *plan)
{
    unsigned aspect = effects[effect].aspect, value = effects[effect].value;
    bool own = x->own.value[aspect] == value;
    bool shown = (a->shown & 1U << aspect) != 0;
    if (x->said.value[aspect] == LOOK_NORMAL) {
        if (own && x->plain)
            tree_rename(x->n, "span");
        if (effects[effect].undo && (shown || (own && !x->plain)))
            plan_class(plan, effects[effect].undo);
        a->shown &= ~(1U << aspect);
        return;
    }
    if (a->look.value[aspect] != value)
        return;
    if (own && shown && x->plain)
        tree_rename(x->n, "span");
    if (!own && !shown && !is_natural(a, aspect) && a->wraps < WRAPS_LARGEST) {
        plan->wraps[plan->wrap_count++] = effects[effect].element;
        a->wraps++;
    }
    a->shown |= 1U << aspect;
}

/* Monospaced lines whose spaces count are code. */
static void plan_code(const struct subject *x, struct around *a,
                      struct plan *plan)
{
    const unsigned char *look = a->look.value;
    if ((x->host != HOST_BLOCK && x->host != HOST_CELL) || a->verbatim ||
        look[ASPECT_FACE] != LOOK_YES || look[ASPECT_SPACE] != LOOK_SPACES ||
        !(x->said.value[ASPECT_FACE] || x->said.value[ASPECT_SPACE]) ||
        role_of(x->n) == ROLE_HEADING || !is_lines(x->n))
        return;
    a->verbatim = true;
    a->shown |= 1U << ASPECT_FACE;
    plan->wraps[plan->wrap_count++] = "pre";
}

static void plan_text(const struct subject *x, struct around *a,
                      const struct look *outer, struct plan *plan)
{
    for (size_t i = 0; i < ARRAY_LEN(classes); i++) {
        unsigned aspect = classes[i].aspect, value = a->look.value[aspect];
        if (value != classes[i].value ||
            (a->shown & 1U << aspect && outer->value[aspect] == value))
            continue;
        plan_class(plan, classes[i].name);
        a->shown |= 1U << aspect;
    }
    if (x->own.value[ASPECT_SPACE] == LOOK_NOWRAP ||
        x->said.value[ASPECT_SPACE] == LOOK_NOWRAP)
        plan_class(plan, "nowrap");
}

/* ---- blocks ---- */

static unsigned char side_of(const struct look *look, bool rtl)
{
    switch (look->value[ASPECT_ALIGN]) {
    case LOOK_CENTER:
    case LOOK_LEFT:
    case LOOK_RIGHT:
        return look->value[ASPECT_ALIGN];
    case LOOK_END:
        return rtl ? LOOK_LEFT : LOOK_RIGHT;
    default:
        return rtl ? LOOK_RIGHT : LOOK_LEFT;
    }
}

/* Text that turns around begins on the other side. */
static void turn(const struct subject *x, struct around *a)
{
    const struct look natural = {0};
    struct str dir = tree_attr(x->n, "dir");
    bool rtl = str_eq(dir, STR("rtl"));
    if (rtl == a->rtl || (!rtl && !str_eq(dir, STR("ltr"))))
        return;
    if (a->align == side_of(&natural, a->rtl))
        a->align = side_of(&natural, rtl);
    a->rtl = rtl;
}

static void plan_alignment(const struct subject *x, struct around *a,
                           struct plan *plan)
{
    const struct look natural = {0};
    const bool rtl = a->rtl;
    if (x->host == HOST_CELL || x->host == HOST_FIXED || tree_is(x->n, "table"))
        a->align = side_of(&natural, rtl);
    if (x->host != HOST_CELL && x->host != HOST_BLOCK)
        return;
    unsigned char side = side_of(&a->look, rtl);
    if (side != a->align)
        plan_class(plan, side == LOOK_CENTER  ? "center"
                         : side == LOOK_RIGHT ? "right"
                                              : "left");
    a->align = side;
}

/* Paragraphs and divisions are indented; what is nested in them adds up, up to
 * what a small screen can bear. */
static void plan_indent(const struct subject *x, struct around *a,
                        struct plan *plan)
{
    static const char *const names[] = {"indent", "indent-2", "indent-3"};
    if (x->host != HOST_BLOCK ||
        (role_of(x->n) != ROLE_PASSAGE && !tree_is(x->n, "p")))
        return;
    const unsigned char *said = x->said.value;
    unsigned steps = said[ASPECT_MARGIN_LEFT + a->rtl] +
                     (unsigned)said[ASPECT_PADDING_LEFT + a->rtl];
    unsigned room = ARRAY_LEN(names) - a->indent;
    if (steps > room)
        steps = room;
    if (steps)
        plan_class(plan, names[steps - 1]);
    if (said[ASPECT_FIRST_LINE] == LOOK_YES)
        plan_class(plan, "first-line");
    a->indent = (unsigned char)(a->indent + steps);
}

/* A list's markers, as it says them, or as its first item does. */
static unsigned marker_of(const struct subject *x)
{
    const xmlNode *item = x->n->children;
    while (item && !tree_is(item, "li"))
        item = item->next;
    if (x->said.value[ASPECT_MARKER] || !item)
        return x->said.value[ASPECT_MARKER];
    return look_of_attributes(item).value[ASPECT_MARKER];
}

static void mark_list(const struct subject *x, struct plan *plan)
{
    unsigned marker = marker_of(x);
    if (marker == LOOK_NONE)
        plan_class(plan, "unmarked");
    if (marker == LOOK_BULLET)
        tree_rename(x->n, "ul");
    for (size_t i = 0; i < ARRAY_LEN(numberings); i++) {
        if (numberings[i].value != marker)
            continue;
        tree_rename(x->n, "ol");
        if (*numberings[i].type)
            tree_set_attr(x->n, "type", str_of(numberings[i].type));
        else
            tree_drop_attr(x->n, "type");
    }
}

/* ---- text whose line ends count ---- */

/* A line of it. Spaces side by side become ones that are kept, but for the
 * last, where the line may be broken; so do all at the line's beginning. */
static void keep_spaces(struct str line, bool begins, struct buf *out)
{
    for (size_t i = 0, n; i < line.n; i = n) {
        for (n = i; n < line.n && (line.p[n] == ' ' || line.p[n] == '\t');)
            n++;
        size_t kept = n - i;
        bool last = kept > 0 && !(begins && i == 0);
        kept -= last;
        for (size_t k = 0; k < kept && k < SPACES_LARGEST; k++)
            buf_utf8(out, 0xA0);
        if (last)
            buf_char(out, ' ');
        for (i = n; n < line.n && line.p[n] != ' ' && line.p[n] != '\t';)
            n++;
        buf_str(out, str_sub(line, i, n - i));
    }
}

static void keep_lines(xmlNode *n, bool spaces)
{
    struct str text = tree_content(n), line;
    bool blank = str_blank(text), begins = false;
    struct buf out = buf_make(BUF_BODY);
    while (str_next(&text, '\n', &line)) {
        if (begins)
            tree_before(n, tree_element(n->doc, "br"));
        buf_clear(&out);
        if (spaces && !blank)
            keep_spaces(line, begins, &out);
        else
            buf_str(&out, line);
        tree_before(n, tree_text(n->doc, buf_view(&out)));
        begins = true;
    }
    buf_free(&out);
    tree_drop(n);
}

static void visit_text(xmlNode *n, const struct around *a)
{
    unsigned space = a->look.value[ASPECT_SPACE];
    if (!a->verbatim && (space == LOOK_LINES || space == LOOK_SPACES))
        keep_lines(n, space == LOOK_SPACES);
}

/* ---- the walk ---- */

/* What the element says takes effect, as far as it can have one there. */
static void merge(struct subject *x, struct around *a)
{
    if (x->said.value[ASPECT_FACE] == LOOK_YES && !is_lines(x->n))
        x->said.value[ASPECT_FACE] = LOOK_UNSAID;
    if (x->host != HOST_INLINE)
        x->said.value[ASPECT_SHIFT] = LOOK_UNSAID;
    else
        x->said.value[ASPECT_ALIGN] = LOOK_UNSAID;
    if (x->host == HOST_FIXED || tree_is(x->n, "table"))
        a->look.value[ASPECT_ALIGN] = LOOK_UNSAID;
    for (size_t i = 0; i < ASPECT_COUNT; i++) {
        if (x->own.value[i])
            a->look.value[i] = x->own.value[i];
        if (x->said.value[i])
            a->look.value[i] = x->said.value[i];
    }
    a->titled |= x->host == HOST_CELL && !tree_is(x->n, "td");
    a->titled |= tree_is(x->n, "dt") || tree_is(x->n, "summary");
    a->in_link |= tree_is(x->n, "a");
    a->verbatim |= role_of(x->n) == ROLE_VERBATIM;
}

static void make_plan(struct subject *x, struct around *a, struct plan *plan)
{
    struct look outer = a->look;
    merge(x, a);
    if (role_of(x->n) == ROLE_LIST)
        mark_list(x, plan);
    turn(x, a);
    plan_alignment(x, a, plan);
    plan_indent(x, a, plan);
    if (x->host == HOST_NONE)
        return;
    plan_text(x, a, &outer, plan);
    plan_code(x, a, plan);
    for (size_t i = 0; i < ARRAY_LEN(effects); i++)
        plan_effect(x, a, i, plan);
}

static void add_class(struct maker *m, xmlNode *n, const char *name)
{
    if (role_of(n) == ROLE_UNWRAP)
        tree_rename(n, "span");
    attrs_add_class(m->arena, n, str_of(name));
}

static void carry_out(struct maker *m, xmlNode *n, const struct plan *plan,
                      size_t text)
{
    for (size_t i = 0; i < plan->class_count && text; i++)
        if (strcmp(plan->classes[i], "nowrap") != 0 || text <= SHORT_TEXT)
            add_class(m, n, plan->classes[i]);
    for (size_t i = plan->wrap_count; i-- > 0 && n->children;) {
        xmlNode *around = tree_element(n->doc, plan->wraps[i]);
        tree_move_children(n, around);
        tree_append(n, around);
    }
}

/* Returns how many bytes of words are below n. */
static size_t visit(struct maker *m, xmlNode *n, struct around a)
{
    struct subject x = {.n = n};
    struct plan plan = {0};
    size_t text = 0;
    if (tree_foreign(n) || role_of(n) == ROLE_DROP)
        return 0;
    x.host = host_of(n);
    x.own = look_of_element(n, &x.plain);
    x.said = look_of_attributes(n);
    if (tree_is(n, "center"))
        tree_rename(n, "div");
    make_plan(&x, &a, &plan);
    for (xmlNode *child = n->children, *next; child; child = next) {
        next = child->next;
        if (tree_is_element(child)) {
            text += visit(m, child, a);
        } else if (tree_is_text(child)) {
            text += str_trim(tree_content(child)).n;
            if (x.host != HOST_NONE)
                visit_text(child, &a);
        }
    }
    carry_out(m, n, &plan, text);
    return text;
}

void article_styles(struct maker *m)
{
    bool rtl = m->article->direction == DIRECTION_RTL;
    struct around a = {.align = rtl ? LOOK_RIGHT : LOOK_LEFT, .rtl = rtl};
    visit(m, xmlDocGetRootElement(m->source), a);
}
