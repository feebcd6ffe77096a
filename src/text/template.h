/* Mustache templates, by the specification's core modules
 * (github.com/mustache/spec: interpolation, sections, inverted, comments,
 * partials), with values by callback. A name with dots is a name like others,
 * and there is no implicit iterator; set-delimiter tags and lambdas are left
 * out: a book's pages need none of them. */
#ifndef FEEDBIND_TEXT_TEMPLATE_H
#define FEEDBIND_TEXT_TEMPLATE_H

#include "base/arena.h"
#include "base/buf.h"

#include <stddef.h>

struct template;

/* A value that a template asks for. */
enum value_kind { VALUE_NONE, VALUE_TEXT, VALUE_RAW, VALUE_LIST };

struct value {
    enum value_kind kind;
    struct str text;  /* TEXT: escaped where it is put; RAW: never */
    size_t count;     /* LIST: how often the section is rendered; 0: not */
    const void *list; /* LIST: whatever `look` needs to find its items */
};

static inline struct value value_text_of(const char *text)
{
    return (struct value){.kind = text ? VALUE_TEXT : VALUE_NONE,
                          .text = str_of(text)};
}

/* An item of a list, or {NULL, 0} for what is outside of all lists. */
struct scope {
    const void *list; /* the value's `list` */
    size_t item;      /* from 0 */
};

/* Find `name` in one item; VALUE_NONE if it has none of that name, and the
 * item around it is asked next, down to {NULL, 0}. */
typedef struct value (*template_look)(const void *context, struct scope scope,
                                      struct str name);

/* Compile; all that the template needs lives in the arena, `text` is
 * borrowed. NULL, and a sentence without full stop in *error, when `text` is
 * no template, or one whose sections nest more than 32 deep. */
struct template *template_make(struct arena *a, struct str text,
                               const char **error);

/* A partial by its name; NULL: there is none, and nothing is put. */
typedef const struct template *(*template_partial)(const void *context,
                                                   struct str name);

/* Render into `out`. A section of text is rendered once if the text is not
 * empty. `partial` may be NULL. Partials nest 16 deep at most, and one alone
 * on its line has its own lines, not those of its values, indented as it
 * is. Safe from several threads at once. */
void template_render(const struct template *t, template_look look,
                     template_partial partial, const void *context,
                     struct buf *out);

#endif
