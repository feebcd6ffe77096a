#include "article/model/model_int.h"

#include "article/article.h"
#include "base/date.h"
#include "base/mem.h"

#include <string.h>

/* Kinds of rows, for what most of them have in common. */
#define UNWRAP(n)                                                              \
    {                                                                          \
        .name = (n), .role = ROLE_UNWRAP                                       \
    }
#define DROP(n)                                                                \
    {                                                                          \
        .name = (n), .role = ROLE_DROP                                         \
    }
#define PASSAGE(n)                                                             \
    {                                                                          \
        .name = (n), .role = ROLE_PASSAGE, .as = "div", .category = CAT_BLOCK, \
        .children = CAT_FLOW                                                   \
    }
#define SPAN(n)                                                                \
    {                                                                          \
        .name = (n), .role = ROLE_SPAN, .as = "span",                          \
        .category = CAT_PHRASING, .children = CAT_WORDS                        \
    }
#define PHRASE(n, ...)                                                         \
    {                                                                          \
        .name = (n), .role = ROLE_PHRASING, .category = CAT_PHRASING,          \
        .children = CAT_WORDS, __VA_ARGS__                                     \
    }
#define LINK(n, ...)                                                           \
    {                                                                          \
        .name = (n), .role = ROLE_PHRASING,                                    \
        .category = CAT_PHRASING | CAT_LINK, .children = CAT_WORDS,            \
        .excludes = CAT_LINK, __VA_ARGS__                                      \
    }
#define RUBY_TEXT(n)                                                           \
    {                                                                          \
        .name = (n), .role = ROLE_PHRASING, .as = "rt",                        \
        .category = CAT_RUBY_TEXT, .children = CAT_WORDS,                      \
        .excludes = CAT_RUBY_TEXT                                              \
    }
#define BLOCK(n, ...)                                                          \
    {                                                                          \
        .name = (n), .role = ROLE_BLOCK, .category = CAT_BLOCK,                \
        .children = CAT_FLOW, __VA_ARGS__                                      \
    }
#define PARAGRAPH(n, ...)                                                      \
    {                                                                          \
        .name = (n), .role = ROLE_BLOCK, .as = "p", .category = CAT_BLOCK,     \
        .children = CAT_WORDS, __VA_ARGS__                                     \
    }
#define HEADING(n)                                                             \
    {                                                                          \
        .name = (n), .role = ROLE_HEADING,                                     \
        .category = CAT_BLOCK | CAT_HEADING, .children = CAT_WORDS             \
    }
#define VERBATIM(n)                                                            \
    {                                                                          \
        .name = (n), .role = ROLE_VERBATIM, .as = "pre",                       \
        .category = CAT_BLOCK, .children = CAT_WORDS                           \
    }
#define LIST(n, ...)                                                           \
    {                                                                          \
        .name = (n), .role = ROLE_LIST, .category = CAT_BLOCK,                 \
        .children = CAT_ITEM, __VA_ARGS__                                      \
    }
/* What is a passage outside of its table. */
#define TABLE_PART(n, cat, holds, ...)                                         \
    {                                                                          \
        .name = (n), .role = ROLE_PASSAGE, .category = (cat),                  \
        .children = (holds), __VA_ARGS__                                       \
    }

/* Sorted by name. */
static const struct element_model models[] = {
    LINK("#backlink", .as = "#link", .attributes = "target #anchor",
         .fixed = {{"epub:type", "backlink"}, {"role", "doc-backlink"}}),
    BLOCK("#card", .as = "div", .fixed = {{"class", "embed"}}),
    PARAGRAPH("#card-head", .fixed = {{"class", "embed-head"}}),
    PARAGRAPH("#card-kind", .fixed = {{"class", "embed-kind"}}),
    PARAGRAPH("#card-link", .fixed = {{"class", "embed-link"}, {"dir", "ltr"}}),
    PARAGRAPH("#card-title", .fixed = {{"class", "embed-title"}}),
    PARAGRAPH("#code-label", .fixed = {{"class", "code-label"}}),
    PASSAGE("#frame"),
    {.name = "#image", .role = ROLE_HOLE, .category = CAT_PHRASING},
    LINK("#link", .attributes = "target"),
    BLOCK("#note", .as = "aside",
          .fixed = {{"class", "note"},
                    {"epub:type", "footnote"},
                    {"role", "doc-footnote"}}),
    LINK("#noteref", .as = "#link", .attributes = "target #anchor",
         .fixed = {{"epub:type", "noteref"}, {"role", "doc-noteref"}}),
    BLOCK("#notes", .as = "section",
          .fixed = {{"class", "notes"},
                    {"epub:type", "footnotes"},
                    {"aria-label", "Notes"}}),
    {.name = "#numbered", /* an item of ol */
     .role = ROLE_ITEM,
     .as = "li",
     .category = CAT_ITEM,
     .children = CAT_FLOW,
     .attributes = "value"},
    PARAGRAPH("#standfirst", .fixed = {{"class", "standfirst"}}),
    LINK("a", .attributes = "href"),
    PHRASE("abbr", .attributes = "title"),
    PHRASE("acronym", .as = "abbr", .attributes = "title"),
    PASSAGE("address"),
    UNWRAP("applet"),
    DROP("area"),
    PASSAGE("article"),
    PASSAGE("aside"),
    DROP("audio"),
    PHRASE("b"),
    DROP("base"),
    DROP("basefont"),
    PHRASE("bdi", .nests = true),
    PHRASE("bdo", .nests = true, .attributes = "dir", .need = "dir"),
    DROP("bgsound"),
    SPAN("big"),
    SPAN("blink"),
    BLOCK("blockquote"),
    PASSAGE("body"),
    {.name = "br", .role = ROLE_BREAK, .category = CAT_PHRASING},
    SPAN("button"),
    DROP("canvas"),
    TABLE_PART("caption", CAT_TABLE_PART, CAT_WORDS),
    PASSAGE("center"), /* article/style/styles.c tells which way */
    PHRASE("cite"),
    PHRASE("code"),
    DROP("col"),
    DROP("colgroup"),
    DROP("datalist"),
    {.name = "dd",
     .role = ROLE_TERM,
     .category = CAT_TERM,
     .children = CAT_FLOW},
    PHRASE("del"),
    PASSAGE("details"),
    {.name = "dfn",
     .role = ROLE_PHRASING,
     .category = CAT_PHRASING | CAT_DEFINITION,
     .children = CAT_WORDS,
     .excludes = CAT_DEFINITION,
     .attributes = "title"},
    PASSAGE("dialog"),
    LIST("dir", .as = "ul"),
    PASSAGE("div"),
    {.name = "dl",
     .role = ROLE_TERMS,
     .category = CAT_BLOCK,
     .children = CAT_TERM},
    {.name = "dt",
     .role = ROLE_TERM,
     .category = CAT_TERM,
     .children = CAT_FLOW,
     .excludes = CAT_HEADING},
    PHRASE("em"),
    DROP("embed"),
    PASSAGE("fieldset"),
    {.name = "figcaption",
     .role = ROLE_CAPTION,
     .category = CAT_CAPTION,
     .children = CAT_FLOW},
    {.name = "figure",
     .role = ROLE_FIGURE,
     .category = CAT_BLOCK,
     .children = CAT_FLOW | CAT_CAPTION},
    SPAN("font"),
    PASSAGE("footer"),
    PASSAGE("form"),
    DROP("frame"),
    HEADING("h1"),
    HEADING("h2"),
    HEADING("h3"),
    HEADING("h4"),
    HEADING("h5"),
    HEADING("h6"),
    DROP("head"),
    PASSAGE("header"),
    PASSAGE("hgroup"),
    {.name = "hr", .role = ROLE_RULE, .category = CAT_BLOCK},
    PHRASE("i"),
    DROP("iframe"),
    DROP("img"), /* article/picture/pictures.c made a hole or text of it */
    {.name = "input", .role = ROLE_CHECKBOX},
    PHRASE("ins"),
    PHRASE("kbd"),
    SPAN("label"),
    PASSAGE("legend"),
    {.name = "li",
     .role = ROLE_ITEM,
     .category = CAT_ITEM,
     .children = CAT_FLOW},
    DROP("link"),
    VERBATIM("listing"),
    PASSAGE("main"),
    UNWRAP("map"),
    PHRASE("mark"),
    PASSAGE("marquee"),
    LIST("menu", .as = "ul"),
    DROP("meta"),
    DROP("meter"),
    PASSAGE("nav"),
    SPAN("nobr"),
    DROP("noembed"),
    DROP("noframes"),
    UNWRAP("noscript"),
    DROP("object"),
    LIST("ol", .attributes = "start reversed type"),
    PASSAGE("optgroup"),
    PASSAGE("option"),
    PARAGRAPH("p"),
    DROP("param"),
    UNWRAP("picture"),
    VERBATIM("plaintext"),
    VERBATIM("pre"),
    DROP("progress"),
    PHRASE("q", .nests = true),
    UNWRAP("rb"),
    DROP("rp"),
    RUBY_TEXT("rt"),
    RUBY_TEXT("rtc"),
    {.name = "ruby",
     .role = ROLE_PHRASING,
     .category = CAT_PHRASING,
     .children = CAT_WORDS | CAT_RUBY_TEXT},
    PHRASE("s"),
    PHRASE("samp"),
    DROP("script"),
    PASSAGE("search"),
    PASSAGE("section"),
    PASSAGE("select"),
    PHRASE("small", .nests = true),
    DROP("source"),
    SPAN("span"),
    PHRASE("strike", .as = "s"),
    PHRASE("strong"),
    DROP("style"),
    PHRASE("sub", .nests = true),
    PARAGRAPH("summary", .fixed = {{"class", "summary"}}),
    PHRASE("sup", .nests = true),
    {.name = "table",
     .role = ROLE_TABLE,
     .category = CAT_BLOCK,
     .children = CAT_TABLE_PART},
    TABLE_PART("tbody", CAT_TABLE_PART, CAT_ROW),
    TABLE_PART("td", CAT_CELL, CAT_FLOW, .attributes = "colspan rowspan"),
    DROP("template"),
    PASSAGE("textarea"),
    TABLE_PART("tfoot", CAT_TABLE_PART, CAT_ROW),
    TABLE_PART("th", CAT_CELL, CAT_FLOW, .excludes = CAT_HEADING,
               .attributes = "colspan rowspan scope"),
    TABLE_PART("thead", CAT_TABLE_PART, CAT_ROW),
    {.name = "time",
     .role = ROLE_PHRASING,
     .category = CAT_PHRASING | CAT_TIME,
     .children = CAT_WORDS,
     .excludes = CAT_TIME,
     .attributes = "datetime",
     .need = "datetime"},
    DROP("title"),
    TABLE_PART("tr", CAT_ROW, CAT_CELL),
    DROP("track"),
    PHRASE("tt", .as = "code"),
    PHRASE("u"),
    LIST("ul"),
    PHRASE("var"),
    DROP("video"),
    DROP("wbr"),
    VERBATIM("xmp"),
};

/* ---- attributes ---- */

/* Sorted by name; of several rows of one name, an element has the first that it
 * may have. "#class" is what feedbind's passes want as class: the
 * source's own classes mean nothing in a book. On code, lang names a
 * programming language more often than not. */
static const struct attribute_model attributes[] = {
    {"#anchor", "id", SYNTAX_TEXT, false, NULL, NULL}, /* a hole's */
    {"#class", "class", SYNTAX_TOKENS, true, NULL, NULL},
    {"colspan", NULL, SYNTAX_SPAN, false, NULL, NULL},
    {"datetime", NULL, SYNTAX_DATE, false, NULL, NULL},
    {"dir", NULL, SYNTAX_KEYWORD, true, "bdo", "ltr rtl auto"},
    {"dir", NULL, SYNTAX_KEYWORD, false, NULL, "ltr rtl"},
    {"href", NULL, SYNTAX_URL, false, NULL, NULL},
    {"lang", NULL, SYNTAX_LANGUAGE, true, "code pre", NULL},
    {"reversed", NULL, SYNTAX_BOOLEAN, false, NULL, NULL},
    {"rowspan", NULL, SYNTAX_SPAN, false, NULL, NULL},
    {"scope", NULL, SYNTAX_KEYWORD, false, NULL, "row col rowgroup colgroup"},
    {"start", NULL, SYNTAX_INTEGER, false, NULL, NULL},
    {"target", NULL, SYNTAX_INTEGER, false, NULL, NULL}, /* of #link */
    {"title", NULL, SYNTAX_TEXT, false, NULL, NULL},
    {"type", NULL, SYNTAX_MARKER, false, NULL, "1 a A i I"},
    {"value", NULL, SYNTAX_INTEGER, false, NULL, NULL},
    {"xml:lang", "lang", SYNTAX_LANGUAGE, true, "code pre", NULL},
};

const struct vocabulary model_html = {
    .elements = models,
    .element_count = ARRAY_LEN(models),
    .attributes = attributes,
    .attribute_count = ARRAY_LEN(attributes),
    .unknown = UNWRAP(""),
};

/* ---- looking up ---- */

static const struct vocabulary *const vocabularies[SPACE_COUNT] = {
    [SPACE_HTML] = &model_html,
    [SPACE_MATH] = &model_math,
    [SPACE_SVG] = &model_svg,
};

static int by_name(const char *a, const char *b)
{
    int c = (unsigned char)*a - (unsigned char)*b; /* mostly that is enough */
    return c ? c : strcmp(a, b);
}

const struct element_model *model_in(enum tree_space space, const char *name)
{
    const struct vocabulary *v = vocabularies[space];
    size_t low = 0, high = v->element_count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int c = by_name(name, v->elements[mid].name);
        if (c == 0)
            return &v->elements[mid];
        if (c < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return &v->unknown;
}

const struct element_model *model_named(const char *name)
{
    return model_in(SPACE_HTML, name);
}

/* Asked many times of each node, which keeps the row's number. */
const struct element_model *model_of(const xmlNode *n)
{
    enum tree_space space = tree_space(n);
    const struct vocabulary *v = vocabularies[space];
    size_t row = tree_note(n);
    if (!row) {
        const struct element_model *found =
            model_in(space, (const char *)n->name);
        row = found == &v->unknown ? v->element_count + 1
                                   : (size_t)(found - v->elements) + 1;
        tree_set_note(n, (unsigned)row);
    }
    return row <= v->element_count ? &v->elements[row - 1] : &v->unknown;
}

bool model_is(const xmlNode *n, unsigned categories)
{
    return tree_is_element(n) && (model_of(n)->category & categories);
}

const char *model_name(const struct element_model *model)
{
    return model->as ? model->as : model->name;
}

bool model_lists(const char *words, struct str word)
{
    struct str rest = str_of(words), candidate;
    while (str_next_word(&rest, &candidate))
        if (str_eq(candidate, word))
            return true;
    return false;
}

static int attribute_by_name(const void *name, const void *row)
{
    return by_name(name, ((const struct attribute_model *)row)->name);
}

const struct attribute_model *model_attribute(const struct element_model *model,
                                              const char *name)
{
    const struct vocabulary *v = vocabularies[model->space];
    size_t i = mem_first_from(name, v->attributes, v->attribute_count,
                              sizeof *v->attributes, attribute_by_name);
    for (; i < v->attribute_count; i++) {
        const struct attribute_model *row = &v->attributes[i];
        if (strcmp(row->name, name) != 0)
            break;
        if (!model_lists(row->except, str_of(model_name(model))) &&
            (row->global || model_lists(model->attributes, str_of(name))))
            return row;
    }
    return NULL;
}

static bool valid_integer(struct str value)
{
    if (value.n && value.p[0] == '-')
        value = str_sub(value, 1, value.n);
    for (size_t i = 0; i < value.n; i++)
        if (!chr_digit((unsigned char)value.p[i]))
            return false;
    return value.n > 0 && value.n < 10;
}

static bool valid_span(struct str value)
{
    return value.n >= 1 && value.n <= 3 && valid_integer(value) &&
           value.p[0] > '0' && !str_eq(value, STR("1"));
}

/* Take what has this shape off the front: a digit for each 0. */
static bool take_shape(struct str *value, const char *shape)
{
    size_t n = strlen(shape);
    if (value->n < n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (shape[i] == '0' ? !chr_digit((unsigned char)value->p[i])
                            : value->p[i] != shape[i])
            return false;
    *value = str_sub(*value, n, value->n);
    return true;
}

static bool any_shape(struct str *value, const char *const *shapes)
{
    while (*shapes && !take_shape(value, *shapes))
        shapes++;
    return *shapes != NULL;
}

/* A year, month or day, or a time of a day; of HTML's other dates, base/date.h
 * cannot tell whether they exist. */
static bool valid_date(struct str value)
{
    static const char *const fractions[] = {".000", ".00", ".0", "", NULL};
    static const char *const zones[] = {"Z",     "+00:00", "-00:00", "+0000",
                                        "-0000", "",       NULL};
    struct str rest = value;
    struct date date;
    if (!date_parse(value, &date) || !take_shape(&rest, "0000"))
        return false;
    bool month = take_shape(&rest, "-00"), day = take_shape(&rest, "-00");
    if (!month || !day || !rest.n)
        return !rest.n;
    if (!take_shape(&rest, "T00:00") && !take_shape(&rest, " 00:00"))
        return false;
    if (take_shape(&rest, ":00"))
        any_shape(&rest, fractions);
    return any_shape(&rest, zones) && !rest.n;
}

static struct str lower_case(struct arena *arena, struct str value)
{
    char *lower = arena_str(arena, value);
    for (char *p = lower; *p; p++)
        *p = (char)chr_lower((unsigned char)*p);
    return str_of(lower);
}

static struct str if_valid(bool valid, struct str value)
{
    return valid ? value : (struct str){NULL, 0};
}

struct str model_value(const struct attribute_model *attribute,
                       struct arena *arena, struct str value)
{
    struct str trimmed = str_trim(value);
    switch (attribute->syntax) {
    case SYNTAX_TEXT:
        return if_valid(!str_blank(value), value);
    case SYNTAX_INTEGER:
        return if_valid(valid_integer(trimmed), trimmed);
    case SYNTAX_SPAN:
        return if_valid(valid_span(trimmed), trimmed);
    case SYNTAX_DATE:
        return if_valid(valid_date(trimmed), trimmed);
    case SYNTAX_BOOLEAN:
        return str_of(attribute->name);
    case SYNTAX_KEYWORD:
        trimmed = lower_case(arena, trimmed);
        return if_valid(model_lists(attribute->words, trimmed), trimmed);
    case SYNTAX_MARKER:
        return if_valid(model_lists(attribute->words, trimmed), trimmed);
    case SYNTAX_LANGUAGE: {
        const char *tag = language_tag(arena, arena_str(arena, value));
        return if_valid(tag != NULL, str_of(tag));
    }
    case SYNTAX_URL:
    case SYNTAX_TOKENS:
        return value;
    default:
        return if_valid(model_valid(attribute, trimmed), trimmed);
    }
}
