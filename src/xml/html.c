#include "xml/html.h"

#include "base/arena.h"
#include "base/mem.h"
#include "xml/html_int.h"

#include <gumbo.h>
#include <libxml/parser.h>
#include <stdlib.h>

void xml_init(void)
{
    xmlInitParser();
}

void xml_end(void)
{
    xmlCleanupParser();
}

static void *arena_for_gumbo(void *arena, size_t n)
{
    return arena_raw(arena, n);
}

static void leave_for_arena(void *arena, void *p)
{
    (void)arena;
    (void)p;
}

static bool plain_name(const char *name)
{
    if (!chr_alpha((unsigned char)*name))
        return false;
    for (; *name; name++)
        if (!chr_alpha((unsigned char)*name) &&
            !chr_digit((unsigned char)*name) && !strchr("-_.:", *name))
            return false;
    return true;
}

/* What the first attribute says that it is; NULL if that says nothing. */
static const char *own_name(const GumboElement *e)
{
    const GumboAttribute *first =
        e->attributes.length ? e->attributes.data[0] : NULL;
    return first && strncmp(first->name, HTML_NAMED, 1) == 0 ? first->name + 1
                                                             : NULL;
}

/* The element's name as the parser understood it; unknown elements carry only
 * their source text, and SVG's have capitals (linearGradient). What is no plain
 * name is a "span". */
static const char *element_name(const GumboElement *e, struct buf *scratch)
{
    GumboStringPiece piece = e->original_tag;
    gumbo_tag_from_original_text(&piece);
    const char *svg = e->tag_namespace == GUMBO_NAMESPACE_SVG && piece.length
                          ? gumbo_normalize_svg_tagname(&piece)
                          : NULL;
    if (svg)
        return svg;
    const char *taken = gumbo_normalized_tagname(e->tag), *own = own_name(e);
    if (own && strcmp(html_taken_for(own), taken) == 0)
        return own;
    if (e->tag != GUMBO_TAG_UNKNOWN)
        return taken;
    buf_clear(scratch);
    for (size_t i = 0; i < piece.length; i++)
        buf_char(scratch, (char)chr_lower((unsigned char)piece.data[i]));
    return scratch->len && plain_name(scratch->data) ? scratch->data : "span";
}

static const char *attribute_prefix(GumboAttributeNamespaceEnum ns)
{
    return ns == GUMBO_ATTR_NAMESPACE_XLINK ? "xlink:"
           : ns == GUMBO_ATTR_NAMESPACE_XML ? "xml:"
                                            : "";
}

static void copy_attributes(const GumboElement *e, xmlNode *to,
                            struct buf *scratch)
{
    for (unsigned i = 0; i < e->attributes.length; i++) {
        const GumboAttribute *a = e->attributes.data[i];
        if (!plain_name(a->name))
            continue;
        buf_clear(scratch);
        buf_puts(scratch, attribute_prefix(a->attr_namespace));
        buf_puts(scratch, a->name);
        tree_set_attr(to, scratch->data, str_of(a->value));
    }
}

static bool is_element(const GumboNode *n)
{
    return n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE;
}

static enum tree_space space_of(const GumboElement *e)
{
    return e->tag_namespace == GUMBO_NAMESPACE_SVG      ? SPACE_SVG
           : e->tag_namespace == GUMBO_NAMESPACE_MATHML ? SPACE_MATH
                                                        : SPACE_HTML;
}

struct copier {
    xmlDoc *doc;
    struct buf scratch;
    xmlNode *parent; /* gets the node that is looked at */
};

static void copy_text(struct copier *c, const GumboNode *n)
{
    tree_append(c->parent, tree_text(c->doc, str_of(n->v.text.text)));
}

static xmlNode *copy_element(struct copier *c, const GumboElement *e)
{
    xmlNode *copy = tree_element(c->doc, element_name(e, &c->scratch));
    copy_attributes(e, copy, &c->scratch);
    tree_set_space(copy, space_of(e));
    tree_append(c->parent, copy);
    return copy;
}

/* A node whose children are being copied. */
struct level {
    const GumboVector *nodes;
    unsigned next; /* of nodes, to be copied */
    xmlNode *copy; /* gets them */
    unsigned depth;
};

/* Gumbo's tree may be deeper than html_bound meant it to be, where an end tag
 * was taken at its word there and the standard ignores it: then the levels are
 * left out here. */
static void copy_tree(struct copier *c, const GumboNode *root)
{
    VEC(struct level) open = {0};
    vec_push(&open,
             ((struct level){&root->v.element.children, 0, c->parent, 0}));
    while (open.len) {
        struct level *top = &open.items[open.len - 1];
        if (top->next == top->nodes->length) {
            open.len--;
            continue;
        }
        const GumboNode *n = top->nodes->data[top->next++];
        c->parent = top->copy;
        if (is_element(n)) {
            struct level inside = {&n->v.element.children, 0, top->copy,
                                   top->depth};
            if (inside.depth + 1 < HTML_DEPTH) {
                inside.copy = copy_element(c, &n->v.element);
                inside.depth++;
            }
            vec_push(&open, inside);
        } else if (n->type != GUMBO_NODE_COMMENT) {
            copy_text(c, n);
        }
    }
    free(open.items);
}

/* Never NULL: what would put a frameset there instead is left out before. */
static const GumboNode *body_of(const GumboNode *html)
{
    const GumboVector *children = &html->v.element.children;
    for (unsigned i = 0; i < children->length; i++) {
        const GumboNode *n = children->data[i];
        if (is_element(n) && n->v.element.tag == GUMBO_TAG_BODY)
            return n;
    }
    return html;
}

/* A block that Gumbo knows to be special; others are, and it knows it not. */
#define SPECIAL_BLOCK "hgroup"

const char *html_taken_for(const char *name)
{
    if (strcmp(name, "main") == 0 || strcmp(name, "search") == 0)
        return SPECIAL_BLOCK;
    return gumbo_tag_enum(name) != GUMBO_TAG_UNKNOWN ? name : "";
}

bool html_shares(const char *name)
{
    const char *taken = html_taken_for(name);
    return !*taken || strcmp(taken, SPECIAL_BLOCK) == 0;
}

/* The whole of a page, not a fragment by Gumbo's reckoning: by the standard of
 * its time, a fragment's svg swallowed the paragraphs after it. */
xmlDoc *html_parse(struct str html)
{
    struct buf bounded = buf_make(BUF_BODY);
    buf_puts(&bounded, "<!DOCTYPE html><body>");
    html_bound(html, HTML_DEPTH - 56, &bounded);
    struct arena *memory = arena_new();
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = arena_for_gumbo;
    options.deallocator = leave_for_arena;
    options.userdata = memory;
    options.max_errors = 0;
    const GumboOutput *output =
        gumbo_parse_with_options(&options, bounded.data, bounded.len);
    struct copier c = {.doc = tree_new(), .scratch = buf_make(BUF_LINE)};
    c.parent = tree_element(c.doc, "body");
    xmlDocSetRootElement(c.doc, c.parent);
    copy_tree(&c, body_of(output->root));
    buf_free(&c.scratch);
    arena_free(memory);
    buf_free(&bounded);
    return c.doc;
}
