/* Headings: the article's title is the page's h1, so the author's begin at h2
 * and skip no level. */
#include "article/article_int.h"
#include "article/style/letters.h"

enum { FIRST_LEVEL = 2, LAST_LEVEL = 6 };

int heading_level(const xmlNode *n)
{
    if (!tree_is_element(n) || n->name[0] != 'h' || n->name[1] < '1' ||
        n->name[1] > '6' || n->name[2])
        return 0;
    return n->name[1] - '0';
}

/* ---- a heading that is the title ---- */

/* The text without what follows its last "separator", if that is what the feed
 * is called: "Ten maps - The Map Room". */
static struct str without_site(struct maker *m, struct str text)
{
    static const struct str separators[] = {{" | ", 3}, {" - ", 3}, {" – ", 5},
                                            {" — ", 5}, {" · ", 4}, {" « ", 4},
                                            {" » ", 4}, {" :: ", 4}};
    struct buf site = buf_make(BUF_LINE), end = buf_make(BUF_LINE);
    letters_fold(str_of(m->entry->feed->title), &site);
    for (size_t i = 0; i < ARRAY_LEN(separators); i++) {
        size_t at = text.n;
        for (size_t next = 0; next < text.n;) {
            struct str rest = str_sub(text, next, text.n);
            size_t found = str_find(rest, separators[i]);
            if (found < rest.n)
                at = next + found;
            next += found + separators[i].n;
        }
        if (at == text.n)
            continue;
        buf_clear(&end);
        letters_fold(str_sub(text, at, text.n), &end);
        if (end.len && str_eq(buf_view(&end), buf_view(&site)))
            text = str_sub(text, 0, at);
    }
    buf_free(&site);
    buf_free(&end);
    return text;
}

/* True if the heading says what the title says, but for punctuation, case and
 * the site's name. */
static bool repeats_title(struct maker *m, const xmlNode *heading)
{
    struct buf line = buf_make(BUF_LINE), said = buf_make(BUF_LINE),
               title = buf_make(BUF_LINE);
    tree_line(heading, &line);
    letters_fold(without_site(m, buf_view(&line)), &said);
    letters_fold(without_site(m, str_of(m->entry->title)), &title);
    bool same = said.len && str_eq(buf_view(&said), buf_view(&title));
    buf_free(&line);
    buf_free(&said);
    buf_free(&title);
    return same && !tree_below(heading, "#image");
}

/* The first heading, if it stands at the top: nothing but pictures and a line
 * or two, as of a date and an author, come before it. */
static xmlNode *top_heading(const xmlNode *root)
{
    enum { SHORT_TEXT = 120 };
    size_t words = 0;
    for (xmlNode *n = tree_next(root, root); n; n = tree_next(root, n)) {
        if (heading_level(n))
            return n;
        if (tree_is_text(n))
            words += str_trim(tree_content(n)).n;
        if (words > SHORT_TEXT)
            break;
    }
    return NULL;
}

static void drop_repeated_title(struct maker *m, const xmlNode *root)
{
    xmlNode *first = top_heading(root);
    if (!first || m->policy->keep[RULE_TITLE_HEADING] ||
        !repeats_title(m, first))
        return;
    tidy_pass_ids(m, first);
    rule_drop(m, RULE_TITLE_HEADING, first);
}

/* ---- how headings look ---- */

static bool is_bold(const xmlNode *n)
{
    return tree_is(n, "b") || tree_is(n, "strong");
}

/* All of a heading is bold; an element that says so adds nothing, where it is
 * around all of it. */
static bool all_bold(const xmlNode *heading)
{
    bool any = false;
    for (const xmlNode *n = tree_next(heading, heading); n;) {
        any |= is_bold(n);
        if (tree_is(n, "#image") || tree_is_words(n))
            return false;
        n = is_bold(n) ? tree_skip(heading, n) : tree_next(heading, n);
    }
    return any;
}

static void unbold(xmlNode *heading)
{
    for (xmlNode *n = tree_next(heading, heading), *next; n; n = next) {
        next = tree_next(heading, n);
        if (!is_bold(n))
            continue;
        if (n->properties)
            tree_rename(n, "span");
        else
            tree_unwrap(n);
    }
}

static bool is_blank(const xmlNode *n)
{
    return tree_is(n, "br") ||
           (tree_is_text(n) && !str_trim(tree_content(n)).n);
}

/* Drop n and what it leaves empty. */
static void drop_up(const xmlNode *heading, xmlNode *n)
{
    xmlNode *around = n->parent;
    while (around != heading && !n->prev && !n->next &&
           !tree_attr(around, "id").p) {
        n = around;
        around = n->parent;
    }
    tree_drop(n);
}

/* White space at one end of the heading goes, within links and emphasis
 * too. */
static void trim(xmlNode *heading, bool start)
{
    xmlNode *n = heading;
    for (;;) {
        while (tree_is_element(n) && n->children)
            n = start ? n->children : n->last;
        if (!is_blank(n))
            break;
        drop_up(heading, n);
        n = heading;
    }
    if (!tree_is_text(n))
        return;
    struct str text = tree_content(n), inner = str_trim(text);
    size_t before = start ? (size_t)(inner.p - text.p) : 0;
    size_t length = start ? text.n : (size_t)(inner.p - text.p) + inner.n;
    if (before == 0 && length == text.n)
        return;
    tree_before(n, tree_text(n->doc, str_sub(text, before, length)));
    tree_drop(n);
}

/* ---- levels ---- */

/* A heading's new level is one below that of the last one above it which the
 * author ranked higher: a stack of the author's levels. */
static void renumber(const xmlNode *root)
{
    int ranks[LAST_LEVEL];
    int depth = 0;
    for (xmlNode *n = tree_next(root, root); n; n = tree_next(root, n)) {
        int rank = heading_level(n);
        if (!rank)
            continue;
        while (depth && ranks[depth - 1] >= rank)
            depth--;
        ranks[depth++] = rank;
        int level = FIRST_LEVEL - 1 + depth;
        char name[] = {
            'h', (char)('0' + (level < LAST_LEVEL ? level : LAST_LEVEL)), '\0'};
        tree_rename(n, name);
    }
}

void article_headings(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->clean);
    drop_repeated_title(m, root);
    renumber(root);
    for (xmlNode *n = tree_next(root, root); n; n = tree_next(root, n)) {
        if (!heading_level(n))
            continue;
        if (all_bold(n))
            unbold(n);
        trim(n, true);
        trim(n, false);
    }
}
