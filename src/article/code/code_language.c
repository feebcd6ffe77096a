/* The language of a code block, where the source names it. */
#include "article/code/code_int.h"

/* What stands before a language's name in a class, or is the class before. */
static const char *const prefixes[] = {
    "language-", "lang-", "highlight-source-", "highlight-text-", "brush:",
    "lang:",     "src-",
};

/* The same around names that must be known: Sphinx, gists, Enlighter. */
static const char *const weak_prefixes[] = {"highlight-", "type-"};
static const struct str weak_suffix = {"EnlighterJS", 11};

static const char *const data_attributes[] = {
    "data-lang", "data-language", "data-enlighter-language", "data-code-lang",
    "data-shcb-language-slug"};

/* A name as sources give it, "ts{1,3}" or "rust,no_run", alone. */
static struct str name_in(struct str value)
{
    size_t n = 0;
    value = str_trim(value);
    while (n < value.n && !strchr(":;,{}=()[]\"' \t\r\n", value.p[n]))
        n++;
    return str_sub(value, 0, n);
}

/* A name that no table holds is shown if it could be one. */
static const char *unknown_name(struct arena *arena, struct str name)
{
    if (!name.n || name.n > 20 || !chr_alpha((unsigned char)name.p[0]))
        return NULL;
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (!chr_alpha(c) && !chr_digit(c) && !strchr("+#.-_", c))
            return NULL;
    }
    return arena_str(arena, name);
}

/* The language that the source surely names; "" is none, NULL is no name. */
static const char *named(struct arena *arena, struct str value)
{
    struct str name = name_in(value);
    const struct code_word *row = code_language_find(name);
    return row ? row->text : unknown_name(arena, name);
}

/* The same for a bare class or a lang attribute, which may mean others. */
static const char *maybe_named(struct str name, unsigned except)
{
    const struct code_word *row = code_language_find(name);
    return row && !(row->flags & except) ? row->text : NULL;
}

/* The language that the class names, or the one after it: "brush: js". */
static const char *by_class(struct arena *arena, struct str class,
                            struct str rest)
{
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
        struct str prefix = str_of(prefixes[i]);
        if (!str_starts_nocase(class, prefix))
            continue;
        struct str name = str_sub(class, prefix.n, class.n);
        if (!name.n && !str_next_word(&rest, &name))
            return NULL;
        return named(arena, name);
    }
    for (size_t i = 0; i < ARRAY_LEN(weak_prefixes); i++) {
        struct str prefix = str_of(weak_prefixes[i]);
        if (str_starts(class, prefix))
            return maybe_named(str_sub(class, prefix.n, class.n),
                               LANGUAGE_UNSURE);
    }
    if (str_ends(class, weak_suffix))
        return maybe_named(str_sub(class, 0, class.n - weak_suffix.n),
                           LANGUAGE_UNSURE);
    return NULL;
}

static const char *by_classes(struct arena *arena, struct str classes,
                              bool bare)
{
    const char *found = NULL;
    struct str class;
    while (!found && classes.n && str_next_word(&classes, &class)) {
        found = by_class(arena, class, classes);
        if (!found && bare)
            found = maybe_named(class, LANGUAGE_UNSURE);
    }
    return found;
}

static const char *of_element(struct arena *arena, const xmlNode *n, bool code)
{
    const char *found = NULL;
    for (size_t i = 0; i < ARRAY_LEN(data_attributes) && !found; i++) {
        struct str value = tree_attr(n, data_attributes[i]);
        found = value.n ? named(arena, value) : NULL;
    }
    if (!found && code)
        found = maybe_named(str_trim(tree_attr(n, "lang")),
                            LANGUAGE_NATURAL | LANGUAGE_UNSURE);
    bool bare = code || (code_marks(n) & CODE_AREA);
    return found ? found : by_classes(arena, tree_attr(n, "class"), bare);
}

/* The elements around a pre that may be there for it alone. */
static bool wraps(const xmlNode *n)
{
    static const char *const names[] = {"div",  "figure", "pre",   "span",
                                        "code", "table",  "tbody", "td",
                                        "tr",   NULL};
    return tree_is_one_of(n, names);
}

/* The same, for what may be around many a pre: each is read once. */
static const char *of_wrapper(struct arena *arena, xmlNode *n)
{
    if (!tree_attr(n, "#language").p) {
        const char *found = of_element(arena, n, false);
        tree_set_attr(n, "#language", str_of(found ? found : "?"));
    }
    struct str name = tree_attr(n, "#language");
    return str_eq(name, STR("?")) ? NULL : arena_str(arena, name);
}

/* What the pre holds, or was put around. */
static const char *of_content(struct arena *arena, const xmlNode *pre)
{
    const char *found = NULL;
    for (const xmlNode *n = pre->children; n && !found; n = n->next) {
        const xmlNode *code = tree_is(n, "span") ? n->children : n;
        if (tree_is(code, "code") || tree_is(code, "ol") ||
            tree_is(code, "table"))
            found = of_element(arena, code, tree_is(code, "code"));
    }
    return found;
}

const char *code_language(struct arena *arena, const xmlNode *pre)
{
    enum { LEVELS = 8 }; /* Rouge: div, div, div, table, tbody, tr, td, pre */
    const char *found = of_content(arena, pre);
    if (!found)
        found = of_element(arena, pre, true);
    xmlNode *n = pre->parent;
    for (int i = 0; i < LEVELS && !found && wraps(n); i++, n = n->parent)
        found = of_wrapper(arena, n);
    return found && *found ? found : NULL;
}
