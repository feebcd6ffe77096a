/* Attributes of the book's elements. */
#ifndef FEEDBIND_ARTICLE_ATTRS_H
#define FEEDBIND_ARTICLE_ATTRS_H

#include "article/model.h"

/* Give `to`, which is made of `source`, the attributes that its model says:
 * those of the source's that it may have, with valid values, and those that it
 * always has. Ids are not attributes in this sense: article/clean.c places
 * them. */
void attrs_keep(struct arena *arena, xmlNode *to, const xmlNode *source,
                const struct element_model *model);

/* True if the source has any attribute that the model would keep. */
bool attrs_any(struct arena *arena, const xmlNode *source,
               const struct element_model *model);

#endif
