/* The content of a pre, written anew: its lines as a browser shows them, tabs
 * as spaces, and highlighters' elements as runs of text of one token each. */
#include "article/code/code_int.h"
#include "article/model/model.h"

#include <stdlib.h>

struct writer {
    xmlNode *pre;
    xmlNode *into;         /* the innermost element that is kept */
    struct buf run;        /* text that is not placed yet */
    enum code_token token; /* of the run */
    enum code_token mark;  /* of the marked stretch, or TOKEN_NONE */
    unsigned width;        /* of tabs */
    unsigned column;
    bool started;      /* a line that is not blank has been seen */
    bool open;         /* the line has something on it */
    bool ended;        /* the line's element has ended, but not the line */
    bool returned;     /* U+000D was the last character */
    bool after_break;  /* br was the last thing */
    bool loose;        /* the source is no pre: line ends after br are none */
    bool in_line;      /* within an element that is a line */
    size_t line_count; /* ends of lines so far */
    const struct code_targets *targets;
};

static bool blank(struct str text)
{
    return str_trim(text).n == 0;
}

/* ---- runs ---- */

static void place_text(struct writer *w, struct str text)
{
    if (text.n)
        tree_append(w->into, tree_text(w->pre->doc, text));
}

/* Put the run where it belongs. White space at its end is outside of it. Blank
 * lines before the first that is not are given up. */
static void flush(struct writer *w)
{
    struct str text = buf_view(&w->run);
    const char *class = code_token_class(w->token);
    if (!w->started || !text.n)
        return;
    size_t n = text.n;
    while (class && n && chr_space((unsigned char)text.p[n - 1]))
        n--;
    if (class && n) {
        xmlNode *span = tree_element(w->pre->doc, "span");
        tree_set_attr(span, "#class", str_of(class));
        tree_append(span, tree_text(w->pre->doc, str_sub(text, 0, n)));
        tree_append(w->into, span);
    }
    place_text(w, class ? str_sub(text, n, text.n) : text);
    buf_clear(&w->run);
}

static void set_token(struct writer *w, enum code_token token)
{
    const char *before = code_token_class(w->token);
    if (before != code_token_class(token))
        flush(w);
    w->token = token;
}

/* ---- lines ---- */

static void end_line(struct writer *w)
{
    w->column = 0;
    w->open = w->ended = w->returned = false;
    w->line_count++;
    if (w->started)
        buf_char(&w->run, '\n');
    else
        buf_clear(&w->run);
}

/* Does what follows stand one column further on? */
static bool takes_room(struct str character)
{
    static const char *const none[] = {"\u00ad", "\u200b", "\ufe0f", "\ufeff"};
    for (size_t i = 0; i < ARRAY_LEN(none); i++)
        if (str_eq(character, str_of(none[i])))
            return false;
    return true;
}

static void put_character(struct writer *w, struct str character)
{
    char c = character.p[0];
    if (c == '\n' || (w->returned && c != '\r'))
        end_line(w);
    w->returned = c == '\r';
    if (c == '\n' || c == '\r')
        return;
    w->open = true;
    if (c == '\t' || c == '\f' || str_eq(character, STR("\u00a0"))) {
        unsigned n = c == '\t' ? w->width - w->column % w->width : 1;
        for (w->column += n; n > 0; n--)
            buf_char(&w->run, ' ');
        return;
    }
    w->started |= c != ' ';
    w->column += takes_room(character);
    buf_str(&w->run, character);
}

/* Operators and brackets, which some highlighters take for words. */
static bool only_marks(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (chr_alpha(c) || chr_digit(c) || c > 0x7f)
            return false;
    }
    return true;
}

static void put_text(struct writer *w, struct str text, enum code_token token)
{
    if (w->loose && w->after_break && str_starts(text, STR("\n")))
        text = str_sub(text, 1, text.n);
    w->after_break = false;
    if (w->ended && text.n && text.p[0] != '\n')
        end_line(w);
    if (token < TOKEN_COMMENT && only_marks(text))
        token = TOKEN_PLAIN;
    if (!blank(text))
        set_token(w, token);
    while (text.n) {
        struct str rest = text;
        utf8_next(&rest);
        put_character(w, str_sub(text, 0, text.n - rest.n));
        text = rest;
    }
}

/* ---- elements ---- */

static void write_children(struct writer *w, xmlNode *n, enum code_token token);

static bool is_line(const xmlNode *n)
{
    if (!tree_is_element(n) || tree_foreign(n))
        return false;
    unsigned category = model_of(n)->category;
    return (category && !(category & (CAT_PHRASING | CAT_CELL))) ||
           (code_marks(n) & CODE_LINE);
}

/* Tables and lists hold no text but that of their parts. */
static bool is_frame(const xmlNode *n)
{
    const struct element_model *model = model_of(n);
    return model->category && !(model->children & CAT_TEXT);
}

/* Between elements that are lines, spaces mean nothing, and the first line end
 * is that of the line before. */
static void write_text(struct writer *w, const xmlNode *n,
                       enum code_token token)
{
    struct str text = tree_content(n);
    if (is_frame(n->parent) && blank(text))
        return;
    if (!w->ended || !blank(text) || (n->next && !is_line(n->next))) {
        put_text(w, text, token);
        return;
    }
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\n')
            put_text(w, STR("\n"), token);
}

/* Something that is kept as it is. */
static void place(struct writer *w, xmlNode *n)
{
    if (w->ended)
        end_line(w);
    w->started = w->open = true;
    w->after_break = false;
    flush(w);
    tree_append(w->into, n);
}

/* Highlighters number lines by ids with links to themselves, which are empty;
 * books of code would hold thousands. */
static bool numbers_line(const xmlNode *n, struct str id)
{
    const xmlNode *link = tree_is(n, "a") ? n : n->children;
    struct str href = tree_is(link, "a") ? tree_attr(link, "href") : STR("");
    return (code_marks(n) & (CODE_LINE | CODE_GUTTER)) ||
           (href.n && str_eq(str_sub(href, 1, href.n), id));
}

/* The id of an element that is but a place; p is NULL if it may be lost. */
static struct str place_of(const struct writer *w, const xmlNode *n)
{
    struct str id = tree_attr(n, "id");
    if (!id.n && tree_is(n, "a"))
        id = tree_attr(n, "name");
    if (!code_is_target(w->targets, id) && numbers_line(n, id))
        id = (struct str){0};
    return id.n ? id : (struct str){0};
}

/* A place in the text, for links to lead to. */
static void put_place(struct writer *w, struct str id)
{
    xmlNode *span = tree_element(w->pre->doc, "span");
    tree_set_attr(span, "id", id);
    set_token(w, TOKEN_NONE);
    flush(w);
    tree_append(w->into, span);
}

/* An element that is a line, or starts and ends one. */
static void write_line(struct writer *w, xmlNode *n, enum code_token token)
{
    bool line = code_marks(n) & CODE_LINE, outer = w->in_line;
    bool inside = model_of(n)->category & CAT_PHRASING;
    struct str id = place_of(w, n);
    if (w->ended || (w->open && !inside))
        end_line(w);
    if (id.p)
        put_place(w, id);
    size_t before = w->line_count;
    w->in_line |= line;
    write_children(w, n, token);
    w->in_line = outer;
    w->ended |= w->open || (line && w->line_count == before);
    w->open = false;
    tree_drop(n);
}

/* Take the line ends that the run ends in off it; how many they were. */
static size_t take_line_ends(struct writer *w)
{
    size_t n = 0;
    while (w->started && n < w->run.len &&
           w->run.data[w->run.len - n - 1] == '\n')
        n++;
    buf_cut(&w->run, w->run.len - n);
    return n;
}

/* An element that stays around its content: a link, emphasis, changed lines.
 * Without content it is but a place. */
static void write_around(struct writer *w, xmlNode *n, enum code_token token)
{
    xmlNode *content = tree_element(n->doc, "#content");
    xmlNode *outside = w->into;
    tree_move_children(n, content);
    set_token(w, TOKEN_NONE);
    flush(w);
    tree_append(w->into, n);
    w->into = n;
    write_children(w, content, token);
    size_t line_ends = take_line_ends(w);
    set_token(w, TOKEN_NONE);
    flush(w);
    w->into = outside;
    tree_drop(content);
    for (; line_ends; line_ends--)
        buf_char(&w->run, '\n');
    if (n->children)
        return;
    struct str id = place_of(w, n);
    if (id.p)
        put_place(w, id);
    tree_drop(n);
}

/* Elements that are but tokens go, and leave their place. */
static void write_through(struct writer *w, xmlNode *n, enum code_token token)
{
    struct str id = place_of(w, n);
    if (id.p)
        put_place(w, id);
    write_children(w, n, token);
    tree_drop(n);
}

/* Text before a cell and in it are two words. */
static void write_cell(struct writer *w, xmlNode *n, enum code_token token)
{
    if (w->open)
        put_text(w, STR(" "), token);
    write_through(w, n, token);
}

/* What has no text of its own, as pictures and videos, stays as it is. */
static bool stays_whole(const xmlNode *n)
{
    enum role role = model_of(n)->role;
    return tree_foreign(n) || tree_is(n, "picture") || role == ROLE_DROP ||
           role == ROLE_HOLE || role == ROLE_CHECKBOX;
}

/* code is a token in a line alone: around lines, its class is a language. */
static bool may_be_token(const struct writer *w, const xmlNode *n)
{
    return model_of(n)->role != ROLE_PHRASING ||
           (tree_is(n, "code") && w->in_line);
}

/* Put an element of a class of the book around all that is in n. */
static void mark(xmlNode *n, enum code_token token)
{
    if (tree_empty(n, NULL))
        return;
    xmlNode *span = tree_element(n->doc, "span");
    tree_set_attr(span, "#class", str_of(code_token_class(token)));
    tree_move_children(n, span);
    tree_append(n, span);
}

/* What other passes make something of: emphasis by a style, a language, a
 * direction. */
static bool says_more(const xmlNode *n)
{
    static const char *const properties[] = {"font-weight", "font-style",
                                             "text-decoration"};
    if (tree_attr(n, "lang").n || tree_attr(n, "dir").n)
        return true;
    for (size_t i = 0; i < ARRAY_LEN(properties); i++)
        if (code_style(n, str_of(properties[i])).n)
            return true;
    return false;
}

static void write_element(struct writer *w, xmlNode *n, enum code_token token)
{
    const struct element_model *model = model_of(n);
    enum code_token own = may_be_token(w, n) ? code_token(n) : TOKEN_NONE;
    enum code_token outer = w->mark;
    if (own >= TOKEN_MARKED && own != outer) {
        mark(n, own);
        w->mark = own;
    } else if (own != TOKEN_NONE && own < TOKEN_MARKED) {
        token = own;
    }
    if (is_line(n))
        write_line(w, n, token);
    else if (model->category & CAT_CELL)
        write_cell(w, n, token);
    else if (tree_attr(n, "#class").p ||
             (own == TOKEN_NONE &&
              (model->role == ROLE_PHRASING || says_more(n))))
        write_around(w, n, token);
    else
        write_through(w, n, token);
    w->mark = outer;
}

static void write_node(struct writer *w, xmlNode *n, enum code_token token)
{
    if (!tree_is_element(n)) {
        if (tree_is_text(n))
            write_text(w, n, token);
        tree_drop(n);
        return;
    }
    if (tree_is(n, "br")) {
        put_text(w, STR("\n"), token);
        w->after_break = true;
        tree_drop(n);
    } else if (stays_whole(n)) {
        place(w, n);
    } else {
        write_element(w, n, token);
    }
}

static void write_children(struct writer *w, xmlNode *n, enum code_token token)
{
    for (xmlNode *child; (child = n->children);)
        write_node(w, child, token);
}

/* ---- the end ---- */

/* Without the blank lines that it ends in; p is NULL if it is blank. */
static struct str trimmed(struct str text)
{
    size_t n = text.n, end = text.n;
    while (n && chr_space((unsigned char)text.p[n - 1])) {
        n--;
        if (text.p[n] == '\n')
            end = n;
    }
    return n ? str_sub(text, 0, end) : (struct str){0};
}

static xmlNode *last_leaf(xmlNode *n)
{
    while (tree_is_element(n) && n->last)
        n = n->last;
    return n;
}

static void trim_end(xmlNode *pre)
{
    for (xmlNode *n; (n = last_leaf(pre)) != pre; tree_drop(n)) {
        if (!tree_is_text(n)) {
            if (model_of(n)->role == ROLE_PHRASING && !tree_attr(n, "id").p)
                continue;
            return;
        }
        struct str text = trimmed(tree_content(n));
        if (!text.p)
            continue;
        if (text.n < tree_content(n).n) {
            tree_before(n, tree_text(n->doc, text));
            tree_drop(n);
        }
        return;
    }
}

void code_lines(const struct maker *m, xmlNode *pre,
                const struct code_targets *targets)
{
    struct writer w = {.pre = pre,
                       .into = pre,
                       .run = buf_make(BUF_BODY),
                       .targets = targets,
                       .width = m->policy->tab_width,
                       .loose = tree_attr(pre, "#loose").p};
    xmlNode *content = tree_element(pre->doc, "#content");
    tree_move_children(pre, content);
    write_children(&w, content, TOKEN_NONE);
    tree_drop(content);
    flush(&w);
    trim_end(pre);
    buf_free(&w.run);
}
