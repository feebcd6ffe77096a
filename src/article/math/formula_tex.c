#include "article/math/formula_tex.h"

#include "base/buf.h"
#include "base/mem.h"

/* Attributes that hold TeX, and the class of the elements that they are on. */
static const struct {
    const char *class, *attribute;
    const char *key; /* of a string in JSON; NULL: it is all of the value */
    bool place;      /* else it is beside what is shown */
} sources[] = {
    {"latex-rendered", "data-attrs", "persistentExpression", true},
    {"ztext-math", "data-tex", NULL, true},
    {"ql-formula", "data-value", NULL, true},
    {"mjx-math", "aria-label", NULL, false},
};

/* Classes of elements whose text is TeX. */
static const char *const marks[] = {"math",   "math-container", "math-tex",
                                    "kdmath", "arithmatex",     "tex"};

/* ---- JSON ---- */

static void unescape(struct str *text, struct buf *out)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    char c = text->p[0];
    *text = str_sub(*text, 1, text->n);
    const char *known = strchr(from, c);
    if (c == 'u' && text->n >= 4) {
        uint32_t code = 0;
        for (size_t i = 0; i < 4; i++) {
            int digit = chr_hex((unsigned char)text->p[i]);
            code = code * 16 + (uint32_t)(digit < 0 ? 0 : digit);
        }
        if (chr_xml(code))
            buf_utf8(out, code);
        *text = str_sub(*text, 4, text->n);
    } else if (c && known) {
        buf_char(out, to[known - from]);
    } else {
        buf_char(out, c);
    }
}

/* The string that follows "KEY": in JSON; no more of JSON is looked at. */
static struct str json_string(struct arena *arena, struct str json,
                              const char *key)
{
    const char *name = arena_printf(arena, "\"%s\"", key);
    struct str text = str_sub(json, str_find(json, str_of(name)), json.n);
    text = str_trim(str_sub(text, strlen(name), text.n));
    if (!text.n || text.p[0] != ':')
        return (struct str){NULL, 0};
    text = str_trim(str_sub(text, 1, text.n));
    if (!text.n || text.p[0] != '"')
        return (struct str){NULL, 0};
    text = str_sub(text, 1, text.n);
    struct buf out = buf_make(BUF_LINE);
    while (text.n && text.p[0] != '"') {
        char c = text.p[0];
        text = str_sub(text, 1, text.n);
        if (c == '\\' && text.n)
            unescape(&text, &out);
        else
            buf_char(&out, c);
    }
    struct str value = arena_view(arena, buf_view(&out));
    buf_free(&out);
    return value;
}

/* ---- where TeX is ---- */

static int source_of(const xmlNode *n)
{
    bool classed = tree_attr(n, "class").n > 0;
    for (size_t i = 0; classed && i < ARRAY_LEN(sources); i++)
        if (tree_has_class(n, sources[i].class))
            return (int)i;
    return -1;
}

struct str tex_of(struct arena *arena, const xmlNode *n)
{
    for (const xmlNode *at = n; at; at = tree_next(n, at)) {
        int i = tree_is_element(at) ? source_of(at) : -1;
        if (i < 0)
            continue;
        struct str value = tree_attr(at, sources[i].attribute);
        if (sources[i].key)
            value = json_string(arena, value, sources[i].key);
        if (!str_blank(value))
            return value;
    }
    return (struct str){NULL, 0};
}

bool is_tex_place(const xmlNode *n)
{
    int i = source_of(n);
    return i >= 0 && sources[i].place;
}

/* In delimiters, or with what no prose has. */
static bool looks_like_tex(struct str text)
{
    text = str_trim(text);
    return str_starts(text, STR("\\")) || str_starts(text, STR("$")) ||
           str_chr(text, '\\') < text.n || str_chr(text, '^') < text.n ||
           str_chr(text, '_') < text.n;
}

bool is_tex(const xmlNode *n)
{
    bool marked = tree_is(n, "math-renderer");
    if (!tree_is(n, "span") && !tree_is(n, "div") && !marked)
        return false;
    if (!tree_is_text(n->children) || n->children->next ||
        !looks_like_tex(tree_content(n->children)))
        return false;
    for (size_t i = 0; !marked && i < ARRAY_LEN(marks); i++)
        marked = tree_has_class(n, marks[i]);
    return marked;
}
