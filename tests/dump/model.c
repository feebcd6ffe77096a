/* The content model as text, for the test that holds it against EPUBCheck: a
 * line for each element of the book and for each attribute.
 *
 *     element NAME SPACE CATEGORIES CHILDREN EXCLUDES NEEDS COUNT ATTRIBUTE…
 *     attribute NAME SYNTAX WORDS
 *
 * Sets are numbers, as in article/model/model.h; NEEDS have commas between;
 * elements that a pass makes appear under their names in the book, with the
 * attributes that they always have as NAME=VALUE. */
#include "dump.h"

#include "article/model/model.h"
#include "base/mem.h"

static const char *const syntaxes[] = {
    [SYNTAX_TEXT] = "text",       [SYNTAX_URL] = "url",
    [SYNTAX_INTEGER] = "integer", [SYNTAX_SPAN] = "span",
    [SYNTAX_BOOLEAN] = "boolean", [SYNTAX_KEYWORD] = "words",
    [SYNTAX_MARKER] = "words",    [SYNTAX_LANGUAGE] = "language",
    [SYNTAX_TOKENS] = "tokens",   [SYNTAX_WORDS] = "several",
    [SYNTAX_LENGTH] = "length",   [SYNTAX_LENGTHS] = "lengths",
    [SYNTAX_PADDING] = "padding", [SYNTAX_NUMBERS] = "numbers",
    [SYNTAX_PATH] = "path",       [SYNTAX_PLAIN] = "plain",
    [SYNTAX_PAINT] = "paint",     [SYNTAX_SERVER] = "server",
    [SYNTAX_LOCAL] = "local",     [SYNTAX_ASPECT] = "aspect",
    [SYNTAX_ANY] = "any",         [SYNTAX_DATE] = "date",
};

static const struct vocabulary *const spaces[SPACE_COUNT] = {
    [SPACE_HTML] = &model_html,
    [SPACE_MATH] = &model_math,
    [SPACE_SVG] = &model_svg,
};

static void dump_needs(const char *needs, FILE *out)
{
    fputc(' ', out);
    for (const char *p = needs ? needs : "-"; *p; p++)
        fputc(*p == ' ' ? ',' : *p, out);
}

/* Attributes are told by their place in the dump: `first` is the number of
 * their vocabulary's first. */
static void dump_element(const struct element_model *e, size_t first, FILE *out)
{
    const struct vocabulary *v = spaces[e->space];
    fprintf(out, "element %s %d %u %u %u", model_name(e), e->space, e->category,
            e->children, e->excludes);
    dump_needs(e->need, out);
    fprintf(out, " %u", e->count);
    for (size_t i = 0; i < v->attribute_count; i++)
        if (model_attribute(e, v->attributes[i].name) == &v->attributes[i])
            fprintf(out, " %zu", first + i);
    for (size_t i = 0; i < ARRAY_LEN(e->fixed) && e->fixed[i].name; i++)
        fprintf(out, " %s=%s", e->fixed[i].name, e->fixed[i].value);
    fputc('\n', out);
}

int dump_model(const char *path, FILE *out)
{
    size_t first = 0;
    (void)path;
    for (size_t s = 0; s < SPACE_COUNT; s++) {
        const struct vocabulary *v = spaces[s];
        for (size_t i = 0; i < v->element_count; i++)
            if (v->elements[i].category)
                dump_element(&v->elements[i], first, out);
        first += v->attribute_count;
    }
    for (size_t s = 0; s < SPACE_COUNT; s++)
        for (size_t i = 0; i < spaces[s]->attribute_count; i++) {
            const struct attribute_model *a = &spaces[s]->attributes[i];
            fprintf(out, "attribute %s %s %s\n", a->as ? a->as : a->name,
                    syntaxes[a->syntax], a->words ? a->words : "");
        }
    return 0;
}
