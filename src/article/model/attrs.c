/* Which attributes an element of the book keeps, and with which values. */
#include "article/model/attrs.h"

#include "base/mem.h"

/* The value that the source's attribute has in the book; p is NULL if it has
 * none. *row tells of it. */
static struct str value_of(struct arena *arena, const xmlAttr *a,
                           const struct element_model *model,
                           const struct attribute_model **row)
{
    *row = model_attribute(model, (const char *)a->name);
    if (!*row)
        return (struct str){NULL, 0};
    const char *text = a->children ? (const char *)a->children->content : "";
    return model_value(*row, arena, str_of(text));
}

bool attrs_any(struct arena *arena, const xmlNode *source,
               const struct element_model *model)
{
    const struct attribute_model *row;
    for (const xmlAttr *a = source->properties; a; a = a->next)
        if (value_of(arena, a, model, &row).p)
            return true;
    return false;
}

void attrs_keep(struct arena *arena, xmlNode *to, const xmlNode *source,
                const struct element_model *model)
{
    for (const xmlAttr *a = source->properties; a; a = a->next) {
        const struct attribute_model *row;
        struct str value = value_of(arena, a, model, &row);
        const char *name = value.p && row->as ? row->as : (const char *)a->name;
        if (value.p && !tree_attr(to, name).p)
            tree_set_attr(to, name, value);
    }
    for (size_t i = 0; i < ARRAY_LEN(model->fixed); i++) {
        const char *name = model->fixed[i].name;
        if (!name)
            break;
        struct str more = tree_attr(to, name);
        const char *value =
            more.p ? arena_printf(arena, "%s %.*s", model->fixed[i].value,
                                  STR_ARG(more))
                   : model->fixed[i].value;
        tree_set_attr(to, name, str_of(value));
    }
}

void attrs_add_class(struct arena *arena, xmlNode *n, struct str name)
{
    struct str before = tree_attr(n, "#class");
    if (before.n)
        name = str_of(
            arena_printf(arena, "%.*s %.*s", STR_ARG(before), STR_ARG(name)));
    tree_set_attr(n, "#class", name);
}
