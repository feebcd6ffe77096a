#include "article/model.h"

#include "base/mem.h"

#include <string.h>

#define UNWRAP(name)                                                           \
    {                                                                          \
        name, ROLE_UNWRAP, NULL, NULL, CONTENT_NONE, 0, false                  \
    }
#define DROP(name)                                                             \
    {                                                                          \
        name, ROLE_DROP, NULL, NULL, CONTENT_NONE, 0, false                    \
    }
#define PASSAGE(name)                                                          \
    {                                                                          \
        name, ROLE_PASSAGE, NULL, NULL, CONTENT_NONE, 0, false                 \
    }
#define PHRASE(name, as, attrs)                                                \
    {                                                                          \
        name, ROLE_PHRASING, as, NULL, CONTENT_TEXT, attrs, false              \
    }
#define HEADING(name)                                                          \
    {                                                                          \
        name, ROLE_HEADING, NULL, NULL, CONTENT_TEXT, 0, true                  \
    }

/* Sorted by name. */
static const struct element_model models[] = {
    {"#card", ROLE_BLOCK, "div", "embed", CONTENT_FLOW, 0, false},
    {"#card-kind", ROLE_BLOCK, "p", "embed-kind", CONTENT_TEXT, 0, false},
    {"#card-title", ROLE_BLOCK, "p", "embed-title", CONTENT_TEXT, 0, false},
    {"#image", ROLE_HOLE, NULL, NULL, CONTENT_NONE, 0, false},
    {"#link", ROLE_PHRASING, NULL, NULL, CONTENT_TEXT, ATTR_TARGET, false},
    PHRASE("a", NULL, ATTR_HREF),
    PHRASE("abbr", NULL, ATTR_TITLE),
    PHRASE("acronym", "abbr", ATTR_TITLE),
    PASSAGE("address"),
    DROP("applet"),
    DROP("area"),
    PASSAGE("article"),
    PASSAGE("aside"),
    DROP("audio"),
    PHRASE("b", NULL, 0),
    DROP("base"),
    DROP("basefont"),
    PHRASE("bdi", NULL, 0),
    PHRASE("bdo", NULL, ATTR_NEED_DIR),
    DROP("bgsound"),
    UNWRAP("big"),
    UNWRAP("blink"),
    {"blockquote", ROLE_BLOCK, NULL, NULL, CONTENT_FLOW, 0, false},
    PASSAGE("body"),
    {"br", ROLE_BREAK, NULL, NULL, CONTENT_NONE, 0, false},
    UNWRAP("button"),
    DROP("canvas"),
    {"caption", ROLE_PASSAGE, NULL, NULL, CONTENT_TEXT, 0, true},
    {"center", ROLE_BLOCK, "div", "center", CONTENT_FLOW, 0, false},
    PHRASE("cite", NULL, 0),
    PHRASE("code", NULL, 0),
    DROP("col"),
    DROP("colgroup"),
    DROP("datalist"),
    {"dd", ROLE_TERM, NULL, NULL, CONTENT_FLOW, 0, false},
    PHRASE("del", NULL, 0),
    PASSAGE("details"),
    PHRASE("dfn", NULL, ATTR_TITLE),
    PASSAGE("dialog"),
    {"dir", ROLE_LIST, "ul", NULL, CONTENT_ITEMS, 0, false},
    PASSAGE("div"),
    {"dl", ROLE_TERMS, NULL, NULL, CONTENT_TERMS, 0, false},
    {"dt", ROLE_TERM, NULL, NULL, CONTENT_FLOW, 0, true},
    PHRASE("em", NULL, 0),
    DROP("embed"),
    PASSAGE("fieldset"),
    {"figcaption", ROLE_CAPTION, NULL, NULL, CONTENT_FLOW, 0, false},
    {"figure", ROLE_FIGURE, NULL, NULL, CONTENT_FLOW, 0, false},
    UNWRAP("font"),
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
    {"hr", ROLE_RULE, NULL, NULL, CONTENT_NONE, 0, false},
    PHRASE("i", NULL, 0),
    DROP("iframe"),
    DROP("img"), /* article/pictures.c made a hole or text of it */
    {"input", ROLE_CHECKBOX, NULL, NULL, CONTENT_NONE, 0, false},
    PHRASE("ins", NULL, 0),
    PHRASE("kbd", NULL, 0),
    UNWRAP("label"),
    PASSAGE("legend"),
    {"li", ROLE_ITEM, NULL, NULL, CONTENT_FLOW, ATTR_VALUE, false},
    DROP("link"),
    {"listing", ROLE_VERBATIM, "pre", NULL, CONTENT_TEXT, 0, false},
    PASSAGE("main"),
    DROP("map"),
    PHRASE("mark", NULL, 0),
    PASSAGE("marquee"),
    {"menu", ROLE_LIST, "ul", NULL, CONTENT_ITEMS, 0, false},
    DROP("meta"),
    DROP("meter"),
    PASSAGE("nav"),
    UNWRAP("nobr"),
    DROP("noembed"),
    DROP("noframes"),
    UNWRAP("noscript"),
    DROP("object"),
    {"ol", ROLE_LIST, NULL, NULL, CONTENT_ITEMS,
     ATTR_START | ATTR_REVERSED | ATTR_MARKER, false},
    PASSAGE("optgroup"),
    PASSAGE("option"),
    {"p", ROLE_BLOCK, NULL, NULL, CONTENT_TEXT, 0, false},
    DROP("param"),
    UNWRAP("picture"),
    {"plaintext", ROLE_VERBATIM, "pre", NULL, CONTENT_TEXT, 0, false},
    {"pre", ROLE_VERBATIM, NULL, NULL, CONTENT_TEXT, 0, false},
    DROP("progress"),
    PHRASE("q", NULL, 0),
    UNWRAP("rp"),
    PHRASE("rt", "small", 0),
    PHRASE("s", NULL, 0),
    PHRASE("samp", NULL, 0),
    DROP("script"),
    PASSAGE("search"),
    PASSAGE("section"),
    PASSAGE("select"),
    PHRASE("small", NULL, 0),
    DROP("source"),
    {"span", ROLE_SPAN, NULL, NULL, CONTENT_TEXT, ATTR_TOKEN, false},
    PHRASE("strike", "s", 0),
    PHRASE("strong", NULL, 0),
    DROP("style"),
    PHRASE("sub", NULL, 0),
    {"summary", ROLE_BLOCK, "p", "summary", CONTENT_TEXT, 0, false},
    PHRASE("sup", NULL, 0),
    {"table", ROLE_TABLE, NULL, NULL, CONTENT_ROWS, 0, false},
    PASSAGE("tbody"),
    {"td", ROLE_PASSAGE, NULL, NULL, CONTENT_FLOW, ATTR_SPANS, false},
    DROP("template"),
    PASSAGE("textarea"),
    PASSAGE("tfoot"),
    {"th", ROLE_PASSAGE, NULL, NULL, CONTENT_FLOW, ATTR_SPANS | ATTR_SCOPE,
     true},
    PASSAGE("thead"),
    DROP("title"),
    PASSAGE("tr"),
    DROP("track"),
    PHRASE("tt", "code", 0),
    PHRASE("u", NULL, 0),
    {"ul", ROLE_LIST, NULL, NULL, CONTENT_ITEMS, 0, false},
    PHRASE("var", NULL, 0),
    DROP("video"),
    DROP("wbr"),
    {"xmp", ROLE_VERBATIM, "pre", NULL, CONTENT_TEXT, 0, false},
};

static const struct element_model unknown = UNWRAP("");

static const struct element_model *find(const struct element_model *rows,
                                        size_t count, const char *name)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int c = (unsigned char)*name - (unsigned char)*rows[mid].name;
        if (c == 0)
            c = strcmp(name, rows[mid].name);
        if (c == 0)
            return &rows[mid];
        if (c < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return &unknown;
}

const struct element_model *model_of(const char *name)
{
    return find(models, ARRAY_LEN(models), name);
}

/* Parts of a drawing or formula that are not its visible text. */
static const struct element_model foreign_unseen[] = {
    DROP("annotation"), DROP("annotation-xml"), DROP("defs"),
    DROP("desc"),       DROP("metadata"),       DROP("script"),
    DROP("style"),      DROP("symbol"),         DROP("title"),
};

const struct element_model *model_of_foreign(const char *name)
{
    return find(foreign_unseen, ARRAY_LEN(foreign_unseen), name);
}

enum content model_content(const char *book_name)
{
    if (strcmp(book_name, "p") == 0) /* the one that is asked most */
        return CONTENT_TEXT;
    if (strcmp(book_name, "div") == 0 || strcmp(book_name, "body") == 0)
        return CONTENT_FLOW;
    return model_of(book_name)->content;
}
