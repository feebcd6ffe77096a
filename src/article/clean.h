/* The cleaner's own parts: what clean.c offers to clean_table.c. */
#ifndef FEEDBIND_ARTICLE_CLEAN_H
#define FEEDBIND_ARTICLE_CLEAN_H

#include "article/article_int.h"
#include "article/model.h"

/* A phrasing element of the source around what is being cleaned. It is opened
 * in the book where text comes, once in every block that the text is in. */
struct wrapper {
    const xmlNode *source;
    const struct element_model *model;
    xmlNode *open; /* in the current block; NULL: not yet */
    bool id_placed;
};

struct cleaner {
    struct maker *maker;
    xmlDoc *doc;
    xmlNode *block;               /* the innermost open block of the book */
    VEC(struct wrapper) wrappers; /* outermost first */
    size_t open;                  /* the first so many are open below block */
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

void clean_children(struct cleaner *c, xmlNode *source);

/* Clean the children as paragraphs of their own. */
void clean_passage(struct cleaner *c, xmlNode *source);

#endif
