/* Shared by the content model's tables. */
#ifndef FEEDBIND_ARTICLE_MODEL_MODEL_INT_H
#define FEEDBIND_ARTICLE_MODEL_MODEL_INT_H

#include "article/model/model.h"

/* Is the word one of these, which have spaces between? NULL: none. */
bool model_lists(const char *words, struct str word);

/* Is the value of an attribute of MathML or SVG, without white space around
 * it, written as its syntax asks? (model_syntax.c) */
bool model_valid(const struct attribute_model *attribute, struct str value);

#endif
