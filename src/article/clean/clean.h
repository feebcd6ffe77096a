/* The cleaner's own parts: what clean.c offers to the other clean_*.c. */
#ifndef FEEDBIND_ARTICLE_CLEAN_CLEAN_H
#define FEEDBIND_ARTICLE_CLEAN_CLEAN_H

#include "article/article_int.h"
#include "article/model/model.h"

/* A phrasing element of the source around what is being cleaned. It is opened
 * in the book where text comes, once in every block that the text is in. */
struct wrapper {
    const xmlNode *source;
    const struct element_model *model;
    xmlNode *open; /* in the current block; NULL: not yet */
    bool id_placed;
    size_t size; /* of its attributes, once it was open */
};

struct cleaner {
    struct maker *maker;
    xmlDoc *doc;
    xmlNode *block;               /* the innermost open block of the book */
    VEC(struct wrapper) wrappers; /* outermost first */
    size_t open;                  /* the first so many are open below block */
    size_t repeated;              /* bytes of attributes that were said again */
    bool paragraphs;              /* loose text in block gets a p of its own */
    bool verbatim;                /* inside pre */
    VEC(const char *)
    ids; /* of elements that are not in the book: they go to
            the next one that is */
};

/* Make an element of the book at the end of `parent`, as this row of the model
 * has it, with what the source element's attributes become (source may be
 * NULL). */
xmlNode *clean_add(struct cleaner *c, xmlNode *parent,
                   const struct element_model *model, const xmlNode *source);

/* Open a block in the current one, closing paragraphs and phrasing; NULL where
 * no block can be, as in a heading: then its content is a passage. */
xmlNode *clean_open(struct cleaner *c, const struct element_model *model,
                    const xmlNode *source);

/* Make `block` the current block; phrasing below it is closed. */
void clean_close_to(struct cleaner *c, xmlNode *block);

/* Make the current point one where text may stand; the element that it is
 * in. */
xmlNode *clean_inline(struct cleaner *c);

/* Text at the current point. */
void clean_text(struct cleaner *c, struct str text);

/* The id of an element that is not in the book is the next one's that is. */
void clean_hold_id(struct cleaner *c, const xmlNode *source);

void clean_node(struct cleaner *c, xmlNode *n);
void clean_children(struct cleaner *c, xmlNode *source);

/* Clean the children as paragraphs of their own. */
void clean_passage(struct cleaner *c, xmlNode *source);

/* A formula or drawing, whole: clean_unit.c. */
void clean_unit(struct cleaner *c, xmlNode *source);

/* What is left to do once a formula or drawing has been built from its source:
 * false if there is nothing to show. */
bool clean_formula(struct cleaner *c, xmlNode *math, const xmlNode *source);
bool clean_drawing(struct cleaner *c, xmlNode *svg, const xmlNode *source);

#endif
