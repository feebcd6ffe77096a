/* What stands beside code and is none: line numbers, and tools that work on it
 * in a browser. */
#include "article/code/code_int.h"

bool code_shows_nothing(const xmlNode *n)
{
    static const char *const seen[] = {"img", "input", NULL};
    return tree_empty(n, seen);
}

bool code_only_numbers(const xmlNode *n)
{
    bool digits = false;
    for (const xmlNode *at = n; at; at = tree_next(n, at)) {
        if (!tree_is_text(at))
            continue;
        struct str text = tree_content(at);
        while (text.n) {
            uint32_t c = utf8_next(&text);
            bool digit = c < 0x80 && chr_digit((int)c);
            digits |= digit;
            if (!digit && c != 0xa0 && (c > 0x7f || chr_alpha((int)c)))
                return false;
        }
    }
    return digits;
}

/* What cannot be selected with the code is no code. */
static bool unselectable(const xmlNode *n)
{
    return str_eq_nocase(code_style(n, STR("user-select")), STR("none")) ||
           str_eq_nocase(code_style(n, STR("-webkit-user-select")),
                         STR("none"));
}

static bool is_button(const xmlNode *n)
{
    return tree_is(n, "button") || tree_is(n, "clipboard-copy") ||
           str_eq_nocase(tree_attr(n, "role"), STR("button"));
}

/* What buttons beside code say; the first few say it nowhere else. */
enum { COPY_WORDS = 5 };
static const char *const button_words[] = {
    "copy",     "copied",   "copy code", "copied!", "copy to clipboard",
    "collapse", "edit",     "execute",   "expand",  "explain",
    "play",     "raw",      "run",       "save",    "toggle word wrap",
    "try it",   "view raw", "wrap",      "download"};

/* A button whose whole text is one of the first `count` words. */
static bool says(const xmlNode *n, size_t count)
{
    const xmlNode *text = NULL;
    for (const xmlNode *at = n->children; at; at = tree_next(n, at)) {
        if (!tree_is_text(at) || str_blank(tree_content(at)))
            continue;
        if (text)
            return false;
        text = at;
    }
    for (size_t i = 0; i < count && text; i++)
        if (str_eq_nocase(str_trim(tree_content(text)),
                          str_of(button_words[i])))
            return true;
    return false;
}

static bool is_gutter(const xmlNode *n, unsigned marks, unsigned around)
{
    return (around & CODE_AREA) && ((marks & CODE_GUTTER) || unselectable(n)) &&
           code_only_numbers(n);
}

static bool is_tool(const xmlNode *n, unsigned marks, unsigned around)
{
    bool area = around & CODE_AREA;
    return (marks & CODE_TOOL) || (area && (marks & CODE_TOOLBAR)) ||
           (is_button(n) &&
            says(n, area ? ARRAY_LEN(button_words) : COPY_WORDS));
}

unsigned code_left_out(struct maker *m, xmlNode *n, unsigned around)
{
    unsigned marks = code_marks(n);
    if (is_gutter(n, marks, around) && rule_drop(m, RULE_LINE_NUMBERS, n))
        return CODE_GUTTER;
    if (is_tool(n, marks, around) && rule_drop(m, RULE_CODE_TOOLBAR, n))
        return CODE_TOOLBAR;
    return 0;
}
