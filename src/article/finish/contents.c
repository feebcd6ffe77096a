/* Headings that are in the book's contents. */
#include "article/article_int.h"
#include "article/style/letters.h"

#include <stdlib.h>

enum {
    TOP_LEVEL = 2,    /* h2: h1 is the article's title */
    TEXT_MAX = 200,   /* bytes of a line of the contents */
    LINES_MAX = 1000, /* of an article */
};

/* A heading within one of these is part of something quoted or shown, not of
 * the article. */
static bool is_apart(const xmlNode *n)
{
    static const char *const names[] = {"blockquote", "td",    "th", "dd",
                                        "figure",     "aside", NULL};
    return tree_is_one_of(n, names);
}

static bool within(const xmlNode *n)
{
    for (; tree_is_element(n); n = n->parent)
        if (is_apart(n))
            return true;
    return false;
}

/* What is read above or beside the words, not with them: how they sound, the
 * number of a note. */
static bool is_aside(const xmlNode *n)
{
    const xmlNode *first = tree_is(n, "sup") ? n->children : NULL;
    return tree_is(first, "a") || tree_is(first, "#link") || tree_is(n, "rt") ||
           tree_is(n, "rp") || tree_is(n, "rtc") ||
           str_eq(tree_attr(n, "role"), STR("doc-noteref"));
}

/* Add the words of a heading, pictures' too. False if it has none but
 * these. */
static bool gather(const struct maker *m, const xmlNode *heading,
                   struct buf *out)
{
    bool words = false;
    for (const xmlNode *n = tree_next(heading, heading), *next; n; n = next) {
        struct str formula =
            tree_foreign(n) ? tree_attr(n, "alttext") : STR("");
        bool whole = is_aside(n) || formula.n;
        next = whole ? tree_skip(heading, n) : tree_next(heading, n);
        if (formula.n) {
            words = true;
            buf_str(out, formula);
        } else if (tree_is_text(n)) {
            words |= letters_visible(tree_content(n));
            buf_str(out, tree_content(n));
        } else if (tree_is(n, "#image")) {
            size_t number = strtoul(tree_attr(n, "n").p, NULL, 10);
            buf_printf(out, " %s ", m->images.items[number].alt);
        } else if (tree_is(n, "br")) {
            buf_char(out, ' ');
        }
    }
    return words;
}

/* At most TEXT_MAX bytes, cut between words if there are any. */
static const char *clipped(struct arena *a, struct str text)
{
    if (text.n <= TEXT_MAX)
        return arena_str(a, text);
    struct str clip = utf8_clip(text, TEXT_MAX);
    size_t n = clip.n;
    while (n > TEXT_MAX / 2 && clip.p[n - 1] != ' ')
        n--;
    if (n > TEXT_MAX / 2)
        clip = str_trim(str_sub(clip, 0, n));
    return arena_printf(a, "%.*s…", STR_ARG(clip));
}

/* The heading's text on one line; NULL if there is none. */
static const char *text_of(const struct maker *m, const xmlNode *heading)
{
    struct buf words = buf_make(BUF_BODY), line = buf_make(BUF_BODY);
    const char *text = NULL;
    if (gather(m, heading, &words)) {
        buf_collapse(&line, buf_view(&words));
        text = clipped(m->arena, buf_view(&line));
    }
    buf_free(&words);
    buf_free(&line);
    return text;
}

static const char *id_of(struct maker *m, xmlNode *heading)
{
    if (!tree_attr(heading, "id").p) {
        const char *id = arena_printf(m->arena, "fb-%zu", m->headings.len + 1);
        tree_set_attr(heading, "id", str_of(id));
    }
    return arena_str(m->arena, tree_attr(heading, "id"));
}

void article_contents(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->clean);
    int last = TOP_LEVEL - 1 + (int)m->policy->toc_depth;
    for (xmlNode *n = tree_next(root, root); n && m->headings.len < LINES_MAX;
         n = tree_next(root, n)) {
        int level = heading_level(n);
        if (level < TOP_LEVEL || level > last || within(n))
            continue;
        const char *text = text_of(m, n);
        if (text)
            vec_push(&m->headings,
                     ((struct heading){.id = id_of(m, n),
                                       .text = text,
                                       .level = (unsigned)level - 1}));
    }
}
