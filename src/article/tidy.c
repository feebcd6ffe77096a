/* After cleaning: empty elements and stray breaks go, text is trimmed. */
#include "article/article_int.h"
#include "article/model.h"

/* Elements that are there for their place, not for their content. */
static bool has_place(const xmlNode *n)
{
    static const char *const names[] = {"td",     "th", "dt", "dd",  "tr",
                                        "#image", "hr", "br", "body"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (tree_is(n, names[i]))
            return true;
    return false;
}

static bool blank_text(const xmlNode *n)
{
    return tree_is_text(n) && !str_trim(tree_content(n)).n;
}

static bool is_block(const xmlNode *n)
{
    if (!tree_is_element(n))
        return false;
    enum role role = model_of(n)->role;
    return role != ROLE_PHRASING && role != ROLE_SPAN && role != ROLE_HOLE &&
           role != ROLE_BREAK;
}

/* Drop an element that shows nothing; what follows takes over its id. */
static void drop_empty(xmlNode *n)
{
    struct str id = tree_attr(n, "id");
    xmlNode *heir = n->next;
    while (id.p && heir && !tree_is_element(heir))
        heir = heir->next;
    if (id.p && heir && !tree_attr(heir, "id").p)
        tree_set_attr(heir, "id", id);
    tree_drop(n);
}

static void set_text(xmlNode *n, struct str text)
{
    xmlNode *replacement = tree_text(n->doc, text);
    tree_before(n, replacement);
    tree_drop(n);
}

/* Where a block's text begins or ends: white space and breaks mean nothing. */
static void trim_start(xmlNode *block)
{
    for (xmlNode *n; (n = block->children);) {
        if (blank_text(n) || tree_is(n, "br")) {
            drop_empty(n);
            continue;
        }
        if (tree_is_text(n)) {
            struct str text = tree_content(n);
            while (text.n && chr_space((unsigned char)text.p[0]))
                text = str_sub(text, 1, text.n);
            if (text.n < tree_content(n).n)
                set_text(n, text);
        }
        return;
    }
}

static void trim_end(xmlNode *block)
{
    for (xmlNode *n; (n = block->last);) {
        if (blank_text(n) || tree_is(n, "br")) {
            drop_empty(n);
            continue;
        }
        if (tree_is_text(n)) {
            struct str text = tree_content(n);
            while (text.n && chr_space((unsigned char)text.p[text.n - 1]))
                text.n--;
            if (text.n < tree_content(n).n)
                set_text(n, text);
        }
        return;
    }
}

static bool is_space(const xmlNode *n)
{
    return blank_text(n) || tree_is(n, "br");
}

/* Breaks and blanks beside blocks mean nothing either. */
static void trim_between(xmlNode *parent)
{
    for (xmlNode *n = parent->children, *next; n; n = next) {
        next = n->next;
        if (is_space(n) && n->prev && is_block(n->prev))
            drop_empty(n);
    }
    for (xmlNode *n = parent->last, *previous; n; n = previous) {
        previous = n->prev;
        if (is_space(n) && n->next && is_block(n->next))
            drop_empty(n);
    }
}

/* pre keeps all but the white space after its last line. */
static void trim_code(xmlNode *pre)
{
    xmlNode *last = pre->last;
    while (last && tree_is_element(last) && last->last)
        last = last->last;
    if (!last || !tree_is_text(last))
        return;
    struct str text = tree_content(last);
    while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
        text.n--;
    if (text.n < tree_content(last).n)
        set_text(last, text);
}

/* A paragraph that is all there is in an item or cell adds but space. */
static void unwrap_single(xmlNode *n)
{
    static const char *const hosts[] = {"li", "td", "th",
                                        "dd", "dt", "figcaption"};
    if (!tree_is(n->children, "p") || n->children->next ||
        n->children->properties)
        return;
    for (size_t i = 0; i < ARRAY_LEN(hosts); i++)
        if (tree_is(n, hosts[i])) {
            tree_unwrap(n->children);
            return;
        }
}

/* Code that holds neither text nor a picture. */
static bool blank_code(const xmlNode *n)
{
    static const char *const pictures[] = {"#image", NULL};
    return tree_is(n, "pre") && tree_empty(n, pictures);
}

static void tidy(xmlNode *n)
{
    bool verbatim = tree_is(n, "pre");
    for (xmlNode *child = n->children, *next; child; child = next) {
        next = child->next;
        if (!tree_is_element(child))
            continue;
        if (!verbatim)
            tidy(child);
        bool anchor = tree_is(child, "span") && tree_attr(child, "id").p;
        if (blank_code(child) ||
            (!child->children && !has_place(child) && !anchor))
            drop_empty(child);
    }
    if (verbatim) {
        trim_code(n);
    } else if (is_block(n)) {
        trim_between(n);
        trim_start(n);
        trim_end(n);
        unwrap_single(n);
    }
}

void article_tidy(struct maker *m)
{
    tidy(xmlDocGetRootElement(m->clean));
}
