/* Properties of style attributes, as far as they say that something is code or
 * what a token is. */
#include "article/code/code_int.h"
#include "article/style/css.h"

struct str code_style(const xmlNode *n, struct str property)
{
    struct str rest = tree_attr(n, "style");
    struct css_declaration declaration;
    while (rest.n && css_next(&rest, &declaration))
        if (str_eq_nocase(declaration.name, property))
            return declaration.value;
    return (struct str){0};
}
