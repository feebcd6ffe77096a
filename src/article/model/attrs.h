/* Attributes of the book's elements. */
#ifndef FEEDBIND_ARTICLE_MODEL_ATTRS_H
#define FEEDBIND_ARTICLE_MODEL_ATTRS_H

#include "article/model/model.h"

/* Give `to`, which is made of `source`, the attributes that its model says:
 * those of the source's that it may have, with valid values, and those that it
 * always has. Ids are not attributes in this sense: article/clean/clean.c
 * places them. */
void attrs_keep(struct arena *arena, xmlNode *to, const xmlNode *source,
                const struct element_model *model);

/* Add a class of the book to what an element of the source is to have. */
void attrs_add_class(struct arena *arena, xmlNode *n, struct str name);

/* True if the source has any attribute that the model would keep. */
bool attrs_any(struct arena *arena, const xmlNode *source,
               const struct element_model *model);

#endif
