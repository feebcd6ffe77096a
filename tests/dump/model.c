/* The content model as text, for the test that holds it against EPUBCheck: a
 * line for each element of the book and for each attribute.
 *
 *     element NAME CATEGORIES CHILDREN EXCLUDES NEED ATTRIBUTE…
 *     attribute NAME SYNTAX GLOBAL WORDS
 *
 * Sets are numbers, as in article/model.h; elements that a pass makes appear
 * under their names in the book, with the attributes that they always have as
 * NAME=VALUE. */
#include "dump.h"

#include "article/model.h"
#include "base/mem.h"

static const char *const syntaxes[] = {
    [SYNTAX_TEXT] = "text",       [SYNTAX_URL] = "url",
    [SYNTAX_INTEGER] = "integer", [SYNTAX_SPAN] = "span",
    [SYNTAX_BOOLEAN] = "boolean", [SYNTAX_KEYWORD] = "words",
    [SYNTAX_MARKER] = "words",    [SYNTAX_LANGUAGE] = "language",
    [SYNTAX_TOKENS] = "tokens",
};

static void dump_element(const struct element_model *e, FILE *out)
{
    fprintf(out, "element %s %u %u %u %s", model_name(e), e->category,
            e->children, e->excludes, e->need ? e->need : "-");
    const struct attribute_model *a;
    for (size_t i = 0; (a = model_attribute_row(i)); i++)
        if (model_attribute(e, a->name) == a)
            fprintf(out, " %zu", i);
    for (size_t i = 0; i < ARRAY_LEN(e->fixed) && e->fixed[i].name; i++)
        fprintf(out, " %s=%s", e->fixed[i].name, e->fixed[i].value);
    fputc('\n', out);
}

int dump_model(const char *path, FILE *out)
{
    const struct element_model *e;
    const struct attribute_model *a;
    (void)path;
    for (size_t i = 0; (e = model_row(i)); i++)
        if (e->category)
            dump_element(e, out);
    for (size_t i = 0; (a = model_attribute_row(i)); i++)
        fprintf(out, "attribute %s %s %s\n", a->as ? a->as : a->name,
                syntaxes[a->syntax], a->words ? a->words : "");
    return 0;
}
