/* Where platforms keep the TeX of a formula. */
#ifndef FEEDBIND_ARTICLE_MATH_FORMULA_TEX_H
#define FEEDBIND_ARTICLE_MATH_FORMULA_TEX_H

#include "base/arena.h"
#include "xml/tree.h"

/* The TeX that an attribute of n, or of an element below it, holds; p is NULL
 * if there is none. */
struct str tex_of(struct arena *arena, const xmlNode *n);

/* Is it a place that a script would fill with the formula? */
bool is_tex_place(const xmlNode *n);

/* Is it an element whose text is TeX, for a script to show? */
bool is_tex(const xmlNode *n);

#endif
