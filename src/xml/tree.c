#include "xml/tree.h"

#include "base/mem.h"

#include <libxml/dict.h>

/* A foreign element's _private points to its space's place here. */
static const char spaces[SPACE_COUNT] = {0};

static const xmlChar *xml(const char *s)
{
    return (const xmlChar *)s;
}

static void *checked(void *p)
{
    if (!p)
        mem_exhausted();
    return p;
}

xmlDoc *tree_new(void)
{
    xmlDoc *doc = checked(xmlNewDoc(xml("1.0")));
    doc->dict = checked(xmlDictCreate());
    return doc;
}

void tree_free(xmlDoc *doc)
{
    if (doc)
        xmlFreeDoc(doc); /* frees the dictionary with it */
}

xmlNode *tree_element(xmlDoc *doc, const char *name)
{
    xmlChar *interned = checked((void *)(uintptr_t)xmlDictLookup(
        doc->dict, xml(name), -1)); /* the dictionary owns it */
    return checked(xmlNewDocNodeEatName(doc, NULL, interned, NULL));
}

enum tree_space tree_space(const xmlNode *n)
{
    const char *place = n->_private;
    return place ? (enum tree_space)(place - spaces) : SPACE_HTML;
}

void tree_set_space(xmlNode *n, enum tree_space space)
{
    n->_private = space ? (void *)(uintptr_t)&spaces[space] : NULL;
    tree_set_note(n, 0);
}

static bool is_in(const xmlNode *n, enum tree_space space, const char *name)
{
    return tree_is_element(n) && tree_space(n) == space &&
           strcmp((const char *)n->name, name) == 0;
}

bool tree_is_one_of(const xmlNode *n, const char *const *names)
{
    for (size_t i = 0; names[i]; i++)
        if (tree_is(n, names[i]))
            return true;
    return false;
}

bool tree_is_math(const xmlNode *n, const char *name)
{
    return is_in(n, SPACE_MATH, name);
}

bool tree_is_svg(const xmlNode *n, const char *name)
{
    return is_in(n, SPACE_SVG, name);
}

xmlNode *tree_text(xmlDoc *doc, struct str text)
{
    if (text.n > INT32_MAX)
        mem_exhausted();
    return checked(xmlNewDocTextLen(doc, xml(text.p), (int)text.n));
}

static xmlAttr *find_attr(const xmlNode *n, const char *name)
{
    for (xmlAttr *a = n->properties; a; a = a->next)
        if (*a->name == (xmlChar)*name &&
            strcmp((const char *)a->name, name) == 0)
            return a;
    return NULL;
}

struct str tree_attr(const xmlNode *n, const char *name)
{
    const xmlAttr *a = find_attr(n, name);
    if (!a)
        return (struct str){NULL, 0};
    return str_of(a->children ? (const char *)a->children->content : "");
}

void tree_set_attr(xmlNode *n, const char *name, struct str value)
{
    xmlNode *text = tree_text(n->doc, value);
    xmlAttr *a = find_attr(n, name);
    if (!a)
        a = checked(xmlNewProp(n, xml(name), NULL));
    xmlFreeNodeList(a->children); /* `value` may be a part of it */
    text->parent = (xmlNode *)a;
    a->children = a->last = text;
}

void tree_drop_attr(xmlNode *n, const char *name)
{
    xmlAttr *a = find_attr(n, name);
    if (a)
        xmlRemoveProp(a);
}

bool tree_has_class(const xmlNode *n, const char *token)
{
    struct str value = tree_attr(n, "class");
    size_t length = strlen(token);
    if (value.n < length)
        return false;
    for (const char *p = value.p; p && (p = strstr(p, token)); p += length)
        if ((p == value.p || chr_space((unsigned char)p[-1])) &&
            (!p[length] || chr_space((unsigned char)p[length])))
            return true;
    return false;
}

/* xmlAddChild and its like merge neighbouring text nodes and free one of them,
 * which is a trap for a caller that still holds it; so the links are set
 * here. */
static void insert(xmlNode *parent, xmlNode *before, xmlNode *n)
{
    if (before == n) /* it is there already */
        return;
    xmlUnlinkNode(n);
    xmlNode *previous = before ? before->prev : parent->last;
    n->parent = parent;
    n->prev = previous;
    n->next = before;
    if (previous)
        previous->next = n;
    else
        parent->children = n;
    if (before)
        before->prev = n;
    else
        parent->last = n;
}

void tree_append(xmlNode *parent, xmlNode *n)
{
    insert(parent, NULL, n);
}

void tree_before(xmlNode *place, xmlNode *n)
{
    insert(place->parent, place, n);
}

void tree_after(xmlNode *place, xmlNode *n)
{
    insert(place->parent, place->next, n);
}

void tree_move_children(xmlNode *from, xmlNode *to)
{
    for (xmlNode *n; (n = from->children);)
        tree_append(to, n);
}

void tree_rename(xmlNode *n, const char *name)
{
    /* The old name is the dictionary's too: nothing to free. */
    n->name =
        checked((void *)(uintptr_t)xmlDictLookup(n->doc->dict, xml(name), -1));
    tree_set_note(n, 0);
}

void tree_unwrap(xmlNode *n)
{
    for (xmlNode *child; (child = n->children);)
        tree_before(n, child);
    tree_drop(n);
}

xmlNode *tree_wrap(xmlNode *n, const char *name)
{
    xmlNode *around = tree_element(n->doc, name);
    tree_before(n, around);
    tree_append(around, n);
    return around;
}

void tree_drop(xmlNode *n)
{
    xmlUnlinkNode(n);
    xmlFreeNode(n);
}

xmlNode *tree_copy(xmlDoc *doc, const xmlNode *n)
{
    if (tree_is_text(n))
        return tree_text(doc, tree_content(n));
    xmlNode *copy = tree_element(doc, (const char *)n->name);
    tree_set_space(copy, tree_space(n));
    for (const xmlAttr *a = n->properties; a; a = a->next)
        tree_set_attr(copy, (const char *)a->name,
                      tree_attr(n, (const char *)a->name));
    for (const xmlNode *child = n->children; child; child = child->next)
        tree_append(copy, tree_copy(doc, child));
    return copy;
}

xmlNode *tree_next(const xmlNode *root, const xmlNode *n)
{
    return tree_is_element(n) && n->children ? n->children : tree_skip(root, n);
}

xmlNode *tree_skip(const xmlNode *root, const xmlNode *n)
{
    while (n != root && !n->next)
        n = n->parent;
    return n == root ? NULL : n->next;
}

xmlNode *tree_below(const xmlNode *n, const char *name)
{
    xmlNode *at = tree_next(n, n);
    while (at && !tree_is(at, name))
        at = tree_next(n, at);
    return at;
}

xmlNode *tree_solid(xmlNode *n)
{
    while (n && tree_is_blank(n))
        n = n->next;
    return n;
}

xmlNode *tree_solid_back(xmlNode *n)
{
    while (n && tree_is_blank(n))
        n = n->prev;
    return n;
}

void tree_gather(const xmlNode *n, struct buf *out)
{
    if (tree_is_text(n))
        buf_str(out, tree_content(n));
    for (const xmlNode *at = n; (at = tree_next(n, at));)
        if (tree_is_text(at))
            buf_str(out, tree_content(at));
}

void tree_line(const xmlNode *n, struct buf *out)
{
    struct buf text = buf_make(out->max);
    tree_gather(n, &text);
    buf_collapse(out, buf_view(&text));
    buf_free(&text);
}

bool tree_empty(const xmlNode *n, const char *const *kept)
{
    for (const xmlNode *at = n; (at = tree_next(n, at));) {
        if (tree_is_words(at) || (kept && tree_is_one_of(at, kept)))
            return false;
    }
    return true;
}
