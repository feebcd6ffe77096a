/* Attributes of the book's elements. */
#ifndef FEEDBIND_ARTICLE_ATTRS_H
#define FEEDBIND_ARTICLE_ATTRS_H

#include "article/article.h"
#include "article/model.h"
#include "xml/tree.h"

/* Give `to` those of the source element's attributes that it may have (an OR
 * of keep_attr; lang and dir always) and whose values are valid. Ids are not
 * attributes in this sense: article/clean.c places them. */
void attrs_keep(struct arena *arena, xmlNode *to, const xmlNode *source,
                unsigned allowed);

#endif
