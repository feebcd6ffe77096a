/* Trees of elements: libxml2's nodes, held for one article.
 *
 * The only header that shows a third party's type. Nodes are libxml2's, with
 * the usual meaning of name, content, children, next, parent and properties.
 * Names are plain, without prefix; which vocabulary an element is of is told
 * by tree_space, not by libxml2's namespaces. Of attributes, xlink's and xml's
 * have their prefix. No tree is deeper than HTML_DEPTH (xml/html.h), so a walk
 * may recurse. */
#ifndef FEEDBIND_XML_TREE_H
#define FEEDBIND_XML_TREE_H

#include "base/buf.h"
#include "base/str.h"

#include <libxml/tree.h>
#include <stdbool.h>

/* The vocabularies of a page (HTML Standard, 13.1.2). */
enum tree_space { SPACE_HTML, SPACE_MATH, SPACE_SVG };
enum { SPACE_COUNT = SPACE_SVG + 1 };

/* A new document, and its end (NULL is allowed). All nodes of a document,
 * also the detached ones, must be attached or freed by tree_drop first. */
xmlDoc *tree_new(void);
void tree_free(xmlDoc *doc);

/* New nodes, not yet in the tree; tree_* calls below place them. An element is
 * HTML's until tree_set_space. */
xmlNode *tree_element(xmlDoc *doc, const char *name);
xmlNode *tree_text(xmlDoc *doc, struct str text);

enum tree_space tree_space(const xmlNode *n);
void tree_set_space(xmlNode *n, enum tree_space space);

/* A small number that whoever looks an element up by its name may keep on it:
 * 0 at first, and again when it gets another name or space. It is no part of
 * the tree's value, so a const node takes it too. */
static inline unsigned tree_note(const xmlNode *n)
{
    return n->extra;
}

static inline void tree_set_note(const xmlNode *n, unsigned note)
{
    ((xmlNode *)(uintptr_t)n)->extra = (unsigned short)note;
}

/* An HTML element of this name. Asked so often that most of the answers are
 * given without a call, by the first letter. */
static inline bool tree_is(const xmlNode *n, const char *name)
{
    return n && n->type == XML_ELEMENT_NODE && !n->_private &&
           *n->name == (xmlChar)*name &&
           strcmp((const char *)n->name, name) == 0;
}

/* An HTML element of one of these names, a list that ends in NULL. */
bool tree_is_one_of(const xmlNode *n, const char *const *names);

/* An element of this name in MathML, SVG. */
bool tree_is_math(const xmlNode *n, const char *name);
bool tree_is_svg(const xmlNode *n, const char *name);

/* An element of SVG or MathML. */
static inline bool tree_foreign(const xmlNode *n)
{
    return n->type == XML_ELEMENT_NODE && n->_private;
}

static inline bool tree_is_element(const xmlNode *n)
{
    return n && n->type == XML_ELEMENT_NODE;
}

static inline bool tree_is_text(const xmlNode *n)
{
    return n && n->type == XML_TEXT_NODE;
}

static inline struct str tree_name(const xmlNode *n)
{
    return str_of((const char *)n->name);
}

/* The text node's text. */
static inline struct str tree_content(const xmlNode *n)
{
    return str_of((const char *)n->content);
}

/* A text node of nothing but white space; one with more than that. */
static inline bool tree_is_blank(const xmlNode *n)
{
    return tree_is_text(n) && str_blank(tree_content(n));
}

static inline bool tree_is_words(const xmlNode *n)
{
    return tree_is_text(n) && !str_blank(tree_content(n));
}

/* An attribute's value as a view into the tree; p is NULL without it. */
struct str tree_attr(const xmlNode *n, const char *name);

/* An attribute that is there keeps its place. `value` may be a view of it. */
void tree_set_attr(xmlNode *n, const char *name, struct str value);
void tree_drop_attr(xmlNode *n, const char *name);

/* True if the class attribute holds this token. */
bool tree_has_class(const xmlNode *n, const char *token);

/* Place a node (it is taken out of where it was). Text nodes that come to lie
 * beside each other stay apart. */
void tree_append(xmlNode *parent, xmlNode *n);
void tree_before(xmlNode *place, xmlNode *n);
void tree_after(xmlNode *place, xmlNode *n);

/* Move all children of `from` to the end of `to`. */
void tree_move_children(xmlNode *from, xmlNode *to);

/* Give the element another name. */
void tree_rename(xmlNode *n, const char *name);

/* Put the children in the element's place; the element is freed. */
void tree_unwrap(xmlNode *n);

/* Put a new element where n is, with n as its only child; returns it. */
xmlNode *tree_wrap(xmlNode *n, const char *name);

/* Take n with all below it out of the tree and free it. */
void tree_drop(xmlNode *n);

/* A copy of n, with all below it, as a node of another document. */
xmlNode *tree_copy(xmlDoc *doc, const xmlNode *n);

/* The next node in document order below `root`, after n (start with root
 * itself); NULL at the end. tree_skip passes over what is below n. */
xmlNode *tree_next(const xmlNode *root, const xmlNode *n);
xmlNode *tree_skip(const xmlNode *root, const xmlNode *n);

/* The first HTML element of this name below n; NULL if there is none. */
xmlNode *tree_below(const xmlNode *n, const char *name);

/* The first of n and the siblings after it, or before it, that is more than
 * white space; NULL if there is none. n may be NULL. */
xmlNode *tree_solid(xmlNode *n);
xmlNode *tree_solid_back(xmlNode *n);

/* Append the text of all that is below n; tree_line collapses its white space,
 * so that it is one line. */
void tree_gather(const xmlNode *n, struct buf *out);
void tree_line(const xmlNode *n, struct buf *out);

/* True if no text but white space and no element named in `kept` (a list that
 * ends in NULL; may be NULL) is below n. */
bool tree_empty(const xmlNode *n, const char *const *kept);

#endif
