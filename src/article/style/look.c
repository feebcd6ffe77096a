#include "article/style/look.h"

#include "article/style/css.h"
#include "base/mem.h"

#define WORD(literal)                                                          \
    {                                                                          \
        "" literal, sizeof(literal) - 1                                        \
    }
#define BIT(aspect) (1U << ASPECT_##aspect)

/* ---- what elements say ---- */

static const struct {
    const char *element;
    unsigned char aspect, value;
    bool plain; /* the element means nothing else */
} elements[] = {
    {"b", ASPECT_WEIGHT, LOOK_YES, true},
    {"strong", ASPECT_WEIGHT, LOOK_YES, true},
    {"i", ASPECT_SLANT, LOOK_YES, true},
    {"em", ASPECT_SLANT, LOOK_YES, true},
    {"cite", ASPECT_SLANT, LOOK_YES, false},
    {"dfn", ASPECT_SLANT, LOOK_YES, false},
    {"var", ASPECT_SLANT, LOOK_YES, false},
    {"u", ASPECT_UNDERLINE, LOOK_YES, true},
    {"ins", ASPECT_UNDERLINE, LOOK_YES, false},
    {"s", ASPECT_STRIKE, LOOK_YES, true},
    {"strike", ASPECT_STRIKE, LOOK_YES, true},
    {"del", ASPECT_STRIKE, LOOK_YES, false},
    {"code", ASPECT_FACE, LOOK_YES, false},
    {"kbd", ASPECT_FACE, LOOK_YES, false},
    {"samp", ASPECT_FACE, LOOK_YES, false},
    {"tt", ASPECT_FACE, LOOK_YES, false},
    {"pre", ASPECT_FACE, LOOK_YES, false},
    {"sub", ASPECT_SHIFT, LOOK_SUB, false},
    {"sup", ASPECT_SHIFT, LOOK_SUPER, false},
    {"center", ASPECT_ALIGN, LOOK_CENTER, false},
    {"nobr", ASPECT_SPACE, LOOK_NOWRAP, false},
    {"textarea", ASPECT_SPACE, LOOK_SPACES, false},
};

struct look look_of_element(const xmlNode *n, bool *plain)
{
    struct look look = {0};
    *plain = false;
    for (size_t i = 0; i < ARRAY_LEN(elements); i++) {
        if (!tree_is(n, elements[i].element))
            continue;
        look.value[elements[i].aspect] = elements[i].value;
        *plain = elements[i].plain;
    }
    return look;
}

/* ---- what words of properties and attributes say ---- */

static const struct {
    struct str word;
    unsigned char aspect, value;
} words[] = {
    {WORD("bold"), ASPECT_WEIGHT, LOOK_YES},
    {WORD("bolder"), ASPECT_WEIGHT, LOOK_YES},
    {WORD("normal"), ASPECT_WEIGHT, LOOK_NORMAL},
    {WORD("lighter"), ASPECT_WEIGHT, LOOK_NORMAL},
    {WORD("italic"), ASPECT_SLANT, LOOK_YES},
    {WORD("oblique"), ASPECT_SLANT, LOOK_YES},
    {WORD("normal"), ASPECT_SLANT, LOOK_NORMAL},
    {WORD("underline"), ASPECT_UNDERLINE, LOOK_YES},
    {WORD("line-through"), ASPECT_STRIKE, LOOK_YES},
    {WORD("small-caps"), ASPECT_CAPS, LOOK_YES},
    {WORD("all-small-caps"), ASPECT_CAPS, LOOK_YES},
    {WORD("normal"), ASPECT_CAPS, LOOK_NORMAL},
    {WORD("sub"), ASPECT_SHIFT, LOOK_SUB},
    {WORD("super"), ASPECT_SHIFT, LOOK_SUPER},
    {WORD("baseline"), ASPECT_SHIFT, LOOK_NORMAL},
    {WORD("uppercase"), ASPECT_CASE, LOOK_UPPER},
    {WORD("lowercase"), ASPECT_CASE, LOOK_LOWER},
    {WORD("capitalize"), ASPECT_CASE, LOOK_TITLE},
    {WORD("none"), ASPECT_CASE, LOOK_NORMAL},
    {WORD("center"), ASPECT_ALIGN, LOOK_CENTER},
    {WORD("middle"), ASPECT_ALIGN, LOOK_CENTER}, /* align=middle */
    {WORD("-webkit-center"), ASPECT_ALIGN, LOOK_CENTER},
    {WORD("-moz-center"), ASPECT_ALIGN, LOOK_CENTER},
    {WORD("left"), ASPECT_ALIGN, LOOK_LEFT},
    {WORD("right"), ASPECT_ALIGN, LOOK_RIGHT},
    {WORD("-webkit-right"), ASPECT_ALIGN, LOOK_RIGHT},
    {WORD("start"), ASPECT_ALIGN, LOOK_START},
    {WORD("justify"), ASPECT_ALIGN, LOOK_START},
    {WORD("end"), ASPECT_ALIGN, LOOK_END},
    {WORD("normal"), ASPECT_SPACE, LOOK_NORMAL},
    {WORD("nowrap"), ASPECT_SPACE, LOOK_NOWRAP},
    {WORD("pre-line"), ASPECT_SPACE, LOOK_LINES},
    {WORD("pre"), ASPECT_SPACE, LOOK_SPACES},
    {WORD("pre-wrap"), ASPECT_SPACE, LOOK_SPACES},
    {WORD("break-spaces"), ASPECT_SPACE, LOOK_SPACES},
    {WORD("none"), ASPECT_MARKER, LOOK_NONE},
    {WORD("disc"), ASPECT_MARKER, LOOK_BULLET},
    {WORD("circle"), ASPECT_MARKER, LOOK_BULLET},
    {WORD("square"), ASPECT_MARKER, LOOK_BULLET},
    {WORD("decimal"), ASPECT_MARKER, LOOK_DECIMAL},
    {WORD("decimal-leading-zero"), ASPECT_MARKER, LOOK_DECIMAL},
    {WORD("lower-alpha"), ASPECT_MARKER, LOOK_LOWER_ALPHA},
    {WORD("lower-latin"), ASPECT_MARKER, LOOK_LOWER_ALPHA},
    {WORD("upper-alpha"), ASPECT_MARKER, LOOK_UPPER_ALPHA},
    {WORD("upper-latin"), ASPECT_MARKER, LOOK_UPPER_ALPHA},
    {WORD("lower-roman"), ASPECT_MARKER, LOOK_LOWER_ROMAN},
    {WORD("upper-roman"), ASPECT_MARKER, LOOK_UPPER_ROMAN},
    {WORD("none"), ASPECT_DISPLAY, LOOK_HIDDEN},
    {WORD("hidden"), ASPECT_VISIBILITY, LOOK_HIDDEN},
    {WORD("collapse"), ASPECT_VISIBILITY, LOOK_HIDDEN},
};

/* Words that name a monospaced font's kind. */
static const struct str monospaced[] = {
    WORD("code"),    WORD("consolas"), WORD("console"),
    WORD("courier"), WORD("fixedsys"), WORD("inconsolata"),
    WORD("menlo"),   WORD("monaco"),   WORD("typewriter"),
};

static void say(struct look *look, unsigned aspect, unsigned value, bool strong)
{
    if (!strong && (look->important & 1U << aspect))
        return;
    look->value[aspect] = (unsigned char)value;
    look->important |= strong ? 1U << aspect : 0;
}

/* Say what the word means for those of the aspects that know it; false if none
 * does. */
static bool say_word(struct look *look, unsigned aspects, struct str word,
                     bool strong)
{
    bool known = false;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!(aspects & 1U << words[i].aspect) || !css_is(word, words[i].word))
            continue;
        say(look, words[i].aspect, words[i].value, strong);
        known = true;
    }
    return known;
}

/* A weight in figures: 600 and more are bold, 500 is neither. */
static void say_weight(struct look *look, struct str part, bool strong)
{
    unsigned weight = 0;
    for (size_t i = 0; i < part.n; i++) {
        if (!chr_digit((unsigned char)part.p[i]) || i > 3)
            return;
        weight = weight * 10 + (unsigned)(part.p[i] - '0');
    }
    if (weight >= 600)
        say(look, ASPECT_WEIGHT, LOOK_YES, strong);
    else if (weight >= 500)
        say(look, ASPECT_WEIGHT, LOOK_UNSAID, strong);
}

/* Is a word of the font's name one of those? */
static bool names_monospaced(struct str name)
{
    while (name.n) {
        size_t n = 0;
        while (n < name.n && (chr_alpha((unsigned char)name.p[n]) ||
                              chr_digit((unsigned char)name.p[n])))
            n++;
        struct str word = str_sub(name, 0, n);
        name = str_sub(name, n + 1, name.n);
        if (word.n >= 4 &&
            str_eq_nocase(str_sub(word, word.n - 4, 4), STR("mono")))
            return true;
        for (size_t i = 0; i < ARRAY_LEN(monospaced); i++)
            if (str_eq_nocase(word, monospaced[i]))
                return true;
    }
    return false;
}

/* Fonts are monospaced if the first is known to be, or if the list ends with
 * the word for them. */
static unsigned face_of(struct str fonts)
{
    bool first = true;
    struct str part;
    while (css_next_part(&fonts, &part)) {
        if (css_is(part, STR("monospace")) || (first && names_monospaced(part)))
            return LOOK_YES;
        if (str_eq(part, STR(",")))
            first = false;
    }
    return LOOK_NORMAL;
}

/* ---- what properties say ---- */

/* An indentation's steps: one for each 40 pixels, as browsers indent. */
static unsigned steps(struct str length)
{
    int step = (css_length(length) + 1600) / 4000;
    return step > 8 ? 8 : step < 1 ? LOOK_UNSAID : (unsigned)step;
}

/* A shorthand of one to four lengths: top, right, bottom, left. */
static void say_sides(struct look *look, unsigned left, struct str value,
                      bool strong)
{
    struct str part, sides[4];
    size_t n = 0;
    while (n < 4 && css_next_part(&value, &part))
        sides[n++] = part;
    if (!n)
        return;
    struct str right = sides[n > 1 ? 1 : 0];
    say(look, left, steps(n > 3 ? sides[3] : right), strong);
    say(look, left + 1, steps(right), strong);
}

enum reader {
    READ_WORDS,
    READ_ONE_WORD, /* with more than one it means nothing */
    READ_FONTS,
    READ_STEPS, /* one length, for the one aspect */
    READ_SIDES, /* lengths; the aspect is that of the left side */
    READ_FIRST_LINE,
};

static const struct {
    struct str name;
    enum reader reader;
    unsigned aspects;
} properties[] = {
    {WORD("font"), READ_FONTS, BIT(WEIGHT) | BIT(SLANT) | BIT(CAPS)},
    {WORD("font-weight"), READ_WORDS, BIT(WEIGHT)},
    {WORD("font-style"), READ_WORDS, BIT(SLANT)},
    {WORD("font-family"), READ_FONTS, 0},
    {WORD("font-variant"), READ_WORDS, BIT(CAPS)},
    {WORD("font-variant-caps"), READ_WORDS, BIT(CAPS)},
    {WORD("text-decoration"), READ_WORDS, BIT(UNDERLINE) | BIT(STRIKE)},
    {WORD("text-decoration-line"), READ_WORDS, BIT(UNDERLINE) | BIT(STRIKE)},
    {WORD("text-align"), READ_WORDS, BIT(ALIGN)},
    {WORD("text-transform"), READ_WORDS, BIT(CASE)},
    {WORD("text-indent"), READ_FIRST_LINE, BIT(FIRST_LINE)},
    {WORD("vertical-align"), READ_WORDS, BIT(SHIFT)},
    {WORD("white-space"), READ_WORDS, BIT(SPACE)},
    {WORD("list-style"), READ_WORDS, BIT(MARKER)},
    {WORD("list-style-type"), READ_WORDS, BIT(MARKER)},
    {WORD("margin"), READ_SIDES, BIT(MARGIN_LEFT)},
    {WORD("margin-left"), READ_STEPS, BIT(MARGIN_LEFT)},
    {WORD("margin-right"), READ_STEPS, BIT(MARGIN_RIGHT)},
    {WORD("padding"), READ_SIDES, BIT(PADDING_LEFT)},
    {WORD("padding-left"), READ_STEPS, BIT(PADDING_LEFT)},
    {WORD("padding-right"), READ_STEPS, BIT(PADDING_RIGHT)},
    {WORD("display"), READ_ONE_WORD, BIT(DISPLAY)},
    {WORD("visibility"), READ_ONE_WORD, BIT(VISIBILITY)},
};

/* The number of the lowest of the aspects. */
static unsigned first_aspect(unsigned aspects)
{
    unsigned i = 0;
    while (!(aspects & 1U << i))
        i++;
    return i;
}

/* A word that none of the aspects knows means the normal one: "display:
 * block", "text-decoration: none". */
static void say_words(struct look *look, unsigned aspects, struct str value,
                      bool strong)
{
    struct str part;
    for (unsigned i = 0; i < ASPECT_COUNT; i++)
        if (aspects & 1U << i)
            say(look, i, LOOK_NORMAL, strong);
    while (css_next_part(&value, &part))
        if (!say_word(look, aspects, part, strong) && (aspects & BIT(WEIGHT)))
            say_weight(look, part, strong);
}

static bool is_one_word(struct str value)
{
    struct str part;
    return css_next_part(&value, &part) && !css_next_part(&value, &part);
}

/* Values that any property may have, and that leave all as it is. */
static bool is_inherited(struct str value)
{
    return css_is(value, STR("inherit")) || css_is(value, STR("unset")) ||
           css_is(value, STR("revert"));
}

static void say_declaration(struct look *look, const struct css_declaration *d,
                            enum reader reader, unsigned aspects)
{
    struct str value = d->value;
    if (is_inherited(value))
        return;
    switch (reader) {
    case READ_FONTS:
        say(look, ASPECT_FACE, face_of(value), d->important);
        say_words(look, aspects, value, d->important);
        break;
    case READ_ONE_WORD:
        if (is_one_word(value))
            say_words(look, aspects, value, d->important);
        break;
    case READ_WORDS:
        say_words(look, aspects, value, d->important);
        break;
    case READ_STEPS:
        say(look, first_aspect(aspects), steps(value), d->important);
        break;
    case READ_SIDES:
        say_sides(look, first_aspect(aspects), value, d->important);
        break;
    case READ_FIRST_LINE:
        say(look, first_aspect(aspects),
            css_length(value) > 0 ? LOOK_YES : LOOK_NORMAL, d->important);
        break;
    }
}

static void read_style(struct look *look, struct str style)
{
    struct css_declaration d;
    while (css_next(&style, &d))
        for (size_t i = 0; i < ARRAY_LEN(properties); i++)
            if (css_is(d.name, properties[i].name)) {
                say_declaration(look, &d, properties[i].reader,
                                properties[i].aspects);
                break;
            }
}

bool look_hides(const xmlNode *n)
{
    struct look look = {0};
    read_style(&look, tree_attr(n, "style"));
    return look.value[ASPECT_DISPLAY] == LOOK_HIDDEN ||
           look.value[ASPECT_VISIBILITY] == LOOK_HIDDEN;
}

/* ---- what attributes and classes say ---- */

/* Elements that the attribute moves, rather than the text in them. */
static const char *const moved[] = {"caption", "col",    "colgroup", "embed",
                                    "hr",      "iframe", "img",      "input",
                                    "legend",  "object", "table",    NULL};

/* Types of lists, whose letter case matters. */
static const struct {
    struct str type;
    unsigned char value;
} types[] = {
    {WORD("1"), LOOK_DECIMAL},     {WORD("a"), LOOK_LOWER_ALPHA},
    {WORD("A"), LOOK_UPPER_ALPHA}, {WORD("i"), LOOK_LOWER_ROMAN},
    {WORD("I"), LOOK_UPPER_ROMAN},
};

/* Classes: WordPress, Quill, Bootstrap, TinyMCE. */
static const struct {
    struct str name;
    unsigned char aspect, value;
} classes[] = {
    {WORD("aligncenter"), ASPECT_ALIGN, LOOK_CENTER},
    {WORD("has-text-align-center"), ASPECT_ALIGN, LOOK_CENTER},
    {WORD("has-text-align-left"), ASPECT_ALIGN, LOOK_LEFT},
    {WORD("has-text-align-right"), ASPECT_ALIGN, LOOK_RIGHT},
    {WORD("ql-align-center"), ASPECT_ALIGN, LOOK_CENTER},
    {WORD("ql-align-right"), ASPECT_ALIGN, LOOK_RIGHT},
    {WORD("ql-indent-1"), ASPECT_MARGIN_LEFT, 1},
    {WORD("ql-indent-2"), ASPECT_MARGIN_LEFT, 2},
    {WORD("ql-indent-3"), ASPECT_MARGIN_LEFT, 3},
    {WORD("text-center"), ASPECT_ALIGN, LOOK_CENTER},
    {WORD("text-end"), ASPECT_ALIGN, LOOK_END},
    {WORD("text-right"), ASPECT_ALIGN, LOOK_RIGHT},
};

static bool is_moved(const xmlNode *n)
{
    return tree_is_one_of(n, moved);
}

static bool is_list(const xmlNode *n)
{
    return tree_is(n, "ul") || tree_is(n, "ol") || tree_is(n, "li");
}

static void read_type(struct look *look, struct str type)
{
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (str_eq(type, types[i].type))
            say(look, ASPECT_MARKER, types[i].value, false);
    say_word(look, BIT(MARKER), type, false);
}

static void read_classes(struct look *look, struct str names)
{
    struct str name;
    while (str_next_word(&names, &name))
        for (size_t i = 0; i < ARRAY_LEN(classes); i++)
            if (str_eq(name, classes[i].name))
                say(look, classes[i].aspect, classes[i].value, false);
}

struct look look_of_attributes(const xmlNode *n)
{
    struct look look = {0};
    if (!n->properties)
        return look;
    if (!is_moved(n))
        say_word(&look, BIT(ALIGN), str_trim(tree_attr(n, "align")), false);
    if (is_list(n))
        read_type(&look, str_trim(tree_attr(n, "type")));
    if (tree_attr(n, "nowrap").p)
        say(&look, ASPECT_SPACE, LOOK_NOWRAP, false);
    if (tree_is(n, "font") && tree_attr(n, "face").p)
        say(&look, ASPECT_FACE, face_of(tree_attr(n, "face")), false);
    read_classes(&look, tree_attr(n, "class"));
    read_style(&look, tree_attr(n, "style"));
    return look;
}
