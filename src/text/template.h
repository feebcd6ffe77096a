/* Mustache templates (the mustache(5) specification: variables, unescaped
 * variables, sections, inverted sections, comments, partials, standalone
 * lines), with values by callback. Lambdas and set-delimiter tags included
 * only as far as the specification's core cases. */
#ifndef FEEDBIND_TEXT_TEMPLATE_H
#define FEEDBIND_TEXT_TEMPLATE_H

#include "base/arena.h"
#include "base/buf.h"

struct template;

/* A value that a template asks for. */
enum value_kind { VALUE_NONE, VALUE_TEXT, VALUE_RAW, VALUE_LIST };

struct value {
    enum value_kind kind;
    struct str text;  /* TEXT: escaped where it is put; RAW: never */
    size_t count;     /* LIST: how often the section is rendered; 0: not */
    const void *list; /* LIST: whatever `look` needs to find its items */
};

/* Where values come from: a stack of open list items, innermost last. */
struct scope {
    const void *list; /* the list's `list` */
    size_t item;      /* from 0 */
};

/* Find `name` in the item `scope`; VALUE_NONE if it has no such name, and the
 * scope around it is asked next, down to the outermost {NULL, 0}. */
typedef struct value (*template_look)(const void *context, struct scope scope,
                                      struct str name);

/* Compile. NULL and a sentence in *error when the text is no template. */
struct template *template_make(struct arena *a, struct str text,
                               const char **error);

/* Named partials: returns a compiled template or NULL. */
typedef const struct template *(*template_partial)(const void *context,
                                                   struct str name);

/* Render into `out`. `partial` may be NULL. */
void template_render(const struct template *t, template_look look,
                     template_partial partial, const void *context,
                     struct buf *out);

#endif
