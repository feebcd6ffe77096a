/* The styles of a drawing, as attributes of its elements. */
#ifndef FEEDBIND_ARTICLE_MATH_DRAWING_STYLE_H
#define FEEDBIND_ARTICLE_MATH_DRAWING_STYLE_H

#include "base/arena.h"
#include "xml/tree.h"

/* The rules of the style elements in a drawing. */
struct drawing_sheet;
struct drawing_sheet *drawing_sheet_make(struct arena *arena,
                                         const xmlNode *svg);

/* Give an element of the drawing, as attributes, what the rules and its own
 * style say; an attribute is weaker than either. Of selectors, those of names,
 * classes and ids, of descendants and children count; media do not. */
void drawing_style(struct drawing_sheet *sheet, xmlNode *n);

#endif
