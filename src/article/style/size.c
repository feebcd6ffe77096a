#include "article/style/size.h"

#include "article/style/css.h"

/* "100", "100px", "99.5", but not "100%" (HTML Standard, section 2.3.4.4). */
static int attribute_pixels(const xmlNode *n, const char *name)
{
    struct str value = str_trim(tree_attr(n, name));
    int pixels = 0;
    size_t i = 0;
    for (; i < value.n && chr_digit((unsigned char)value.p[i]); i++)
        if (pixels < SIZE_LARGEST)
            pixels = pixels * 10 + value.p[i] - '0';
    if (i == 0 || str_ends(value, STR("%")))
        return -1;
    return pixels < SIZE_LARGEST ? pixels : SIZE_LARGEST;
}

static int style_pixels(const xmlNode *n, const char *name)
{
    struct str rest = tree_attr(n, "style"), part;
    struct css_declaration d;
    int pixels = -1;
    while (css_next(&rest, &d))
        if (css_is(d.name, str_of(name)) && css_next_part(&d.value, &part))
            pixels =
                chr_digit((unsigned char)*part.p) && !str_ends(part, STR("%"))
                    ? css_length(part) / 100
                    : -1;
    return pixels;
}

int size_stated(const xmlNode *n, const char *name)
{
    int pixels = style_pixels(n, name);
    return pixels >= 0 ? pixels : attribute_pixels(n, name);
}
