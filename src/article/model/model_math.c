/* MathML: the elements of presentation markup, as EPUB 3.3's schema has them.
 * What readers do not draw (elementary arithmetic, actions, links) is an mrow,
 * and so are elements of content markup; annotations are not shown. Colours
 * are the reader's. */
#include "article/model/model_int.h"

#include "base/mem.h"

#define DROP(n)                                                                \
    {                                                                          \
        .name = (n), .space = SPACE_MATH, .role = ROLE_DROP                    \
    }
#define UNWRAP(n)                                                              \
    {                                                                          \
        .name = (n), .space = SPACE_MATH, .role = ROLE_UNWRAP                  \
    }
#define ROW(n, ...)                                                            \
    {                                                                          \
        .name = (n), .space = SPACE_MATH, .role = ROLE_PIECE,                  \
        .category = CAT_MATH, .children = CAT_MATH, .stray = "mtext",          \
        __VA_ARGS__                                                            \
    }
/* An element that has so many children, each of which has its place. */
#define PLACES(n, so_many, ...) ROW(n, .count = (so_many), __VA_ARGS__)
/* Like an mrow, whatever it is called. */
#define GROUP(n) ROW(n, .as = "mrow")
#define TOKEN(n, ...)                                                          \
    {                                                                          \
        .name = (n), .space = SPACE_MATH, .role = ROLE_PIECE,                  \
        .category = CAT_MATH, .children = CAT_TEXT, __VA_ARGS__                \
    }
#define EMPTY(n, cat, ...)                                                     \
    {                                                                          \
        .name = (n), .space = SPACE_MATH, .role = ROLE_PIECE,                  \
        .category = (cat), __VA_ARGS__                                         \
    }
#define PART(n, cat, ...)                                                      \
    {                                                                          \
        .name = (n), .space = SPACE_MATH, .role = ROLE_PIECE,                  \
        .category = (cat), __VA_ARGS__                                         \
    }

#define GLYPHS "mathvariant mathsize dir"
#define STYLE  "displaystyle scriptlevel"

static const struct element_model elements[] = {
    DROP("annotation"),
    DROP("annotation-xml"),
    TOKEN("ci", .as = "mi"),
    TOKEN("cn", .as = "mn"),
    TOKEN("csymbol", .as = "mi"),
    GROUP("maction"),
    UNWRAP("maligngroup"),
    UNWRAP("malignmark"),
    {.name = "math",
     .space = SPACE_MATH,
     .role = ROLE_UNIT,
     .category = CAT_PHRASING,
     .children = CAT_MATH,
     .stray = "mtext",
     .attributes = "alttext display dir " STYLE,
     .need = "alttext"},
    ROW("menclose", .attributes = "notation"),
    GROUP("merror"),
    ROW("mfenced", .attributes = "open close separators"),
    PLACES("mfrac", 2,
           .attributes = "linethickness numalign denomalign bevelled"),
    UNWRAP("mglyph"),
    TOKEN("mi", .attributes = GLYPHS),
    PART("mlabeledtr", CAT_MATH_ROW, .as = "mtr", .children = CAT_MATH_CELL,
         .stray = "mtd", .attributes = "rowalign columnalign"),
    {.name = "mmultiscripts",
     .space = SPACE_MATH,
     .role = ROLE_SCRIPTS,
     .category = CAT_MATH,
     .children = CAT_MATH | CAT_MATH_SCRIPT,
     .stray = "mtext",
     .attributes = "subscriptshift superscriptshift"},
    TOKEN("mn", .attributes = GLYPHS),
    TOKEN("mo",
          .attributes = GLYPHS
          " form fence separator lspace rspace stretchy symmetric maxsize "
          "minsize largeop movablelimits accent linebreak"),
    PLACES("mover", 2, .attributes = "accent"),
    ROW("mpadded", .attributes = "width height depth lspace voffset"),
    ROW("mphantom"),
    EMPTY("mprescripts", CAT_MATH_SCRIPT),
    PLACES("mroot", 2),
    ROW("mrow", .attributes = "dir"),
    TOKEN("ms", .attributes = GLYPHS " lquote rquote"),
    EMPTY("mspace", CAT_MATH, .attributes = "width height depth linebreak"),
    ROW("msqrt"),
    ROW("mstyle", .attributes = GLYPHS " " STYLE " scriptsizemultiplier "
                                       "scriptminsize"),
    PLACES("msub", 2, .attributes = "subscriptshift"),
    PLACES("msubsup", 3, .attributes = "subscriptshift superscriptshift"),
    PLACES("msup", 2, .attributes = "superscriptshift"),
    PART("mtable", CAT_MATH, .children = CAT_MATH_ROW, .stray = "mtr",
         .attributes = "align rowalign columnalign columnwidth width "
                       "rowspacing columnspacing rowlines columnlines frame "
                       "equalrows equalcolumns displaystyle side "
                       "minlabelspacing"),
    PART("mtd", CAT_MATH_CELL, .children = CAT_MATH, .stray = "mtext",
         .attributes = "rowspan columnspan rowalign columnalign"),
    TOKEN("mtext", .attributes = GLYPHS),
    PART("mtr", CAT_MATH_ROW, .children = CAT_MATH_CELL, .stray = "mtd",
         .attributes = "rowalign columnalign"),
    PLACES("munder", 2, .attributes = "accentunder"),
    PLACES("munderover", 3, .attributes = "accent accentunder"),
    EMPTY("none", CAT_MATH_SCRIPT),
    GROUP("semantics"),
};

#define SIDES     "left center right"
#define ROWSIDES  "top bottom center baseline axis"
#define LINES     "none solid dashed"
#define TRUTH     "true false"
#define THICKNESS "thin medium thick"

static const struct attribute_model attributes[] = {
    {"accent", .syntax = SYNTAX_KEYWORD, .words = TRUTH},
    {"accentunder", .syntax = SYNTAX_KEYWORD, .words = TRUTH},
    {"align", .syntax = SYNTAX_KEYWORD, .words = ROWSIDES},
    {"alttext", .syntax = SYNTAX_TEXT},
    {"bevelled", .syntax = SYNTAX_KEYWORD, .words = TRUTH},
    {"close", .syntax = SYNTAX_ANY},
    {"columnalign", .syntax = SYNTAX_WORDS, .except = "mtd", .words = SIDES},
    {"columnalign", .syntax = SYNTAX_KEYWORD, .words = SIDES},
    {"columnlines", .syntax = SYNTAX_WORDS, .words = LINES},
    {"columnspacing", .syntax = SYNTAX_LENGTHS},
    {"columnspan", .syntax = SYNTAX_SPAN},
    {"columnwidth", .syntax = SYNTAX_LENGTHS, .words = "auto fit"},
    {"denomalign", .syntax = SYNTAX_KEYWORD, .words = SIDES},
    {"depth", .syntax = SYNTAX_LENGTH, .except = "mpadded"},
    {"depth", .syntax = SYNTAX_PADDING},
    {"dir", .syntax = SYNTAX_KEYWORD, .words = "ltr rtl"},
    {"display", .syntax = SYNTAX_KEYWORD, .words = "block inline"},
    {"displaystyle", .syntax = SYNTAX_KEYWORD, .words = TRUTH},
    {"equalcolumns", .syntax = SYNTAX_KEYWORD, .words = TRUTH},
    {"equalrows", .syntax = SYNTAX_KEYWORD, .words = TRUTH},
    {"fence", .syntax = SYNTAX_KEYWORD, .words = TRUTH},
    {"form", .syntax = SYNTAX_KEYWORD, .words = "prefix infix postfix"},
    {"frame", .syntax = SYNTAX_KEYWORD, .words = LINES},
    {"height", .syntax = SYNTAX_LENGTH, .except = "mpadded"},
    {"height", .syntax = SYNTAX_PADDING},
    {"largeop", .syntax = SYNTAX_KEYWORD, .words = TRUTH},
    {"linebreak", .syntax = SYNTAX_KEYWORD,
     .words = "auto newline nobreak goodbreak badbreak"},
    {"linethickness", .syntax = SYNTAX_LENGTH, .words = THICKNESS},
    {"lquote", .syntax = SYNTAX_ANY},
    {"lspace", .syntax = SYNTAX_LENGTH, .except = "mpadded"},
    {"lspace", .syntax = SYNTAX_PADDING},
    {"mathsize", .syntax = SYNTAX_LENGTH, .words = "small normal big"},
    {"mathvariant", .syntax = SYNTAX_KEYWORD,
     .words = "normal bold italic bold-italic double-struck bold-fraktur "
              "script bold-script fraktur sans-serif bold-sans-serif "
              "sans-serif-italic sans-serif-bold-italic monospace initial "
              "tailed looped stretched"},
    {"maxsize", .syntax = SYNTAX_LENGTH, .words = "infinity"},
    {"minlabelspacing", .syntax = SYNTAX_LENGTH},
    {"minsize", .syntax = SYNTAX_LENGTH},
    {"movablelimits", .syntax = SYNTAX_KEYWORD, .words = TRUTH},
    {"notation", .syntax = SYNTAX_WORDS,
     .words = "longdiv actuarial radical box roundedbox circle left right top "
              "bottom updiagonalstrike downdiagonalstrike verticalstrike "
              "horizontalstrike madruwb phasorangle northeastarrow"},
    {"numalign", .syntax = SYNTAX_KEYWORD, .words = SIDES},
    {"open", .syntax = SYNTAX_ANY},
    {"rowalign", .syntax = SYNTAX_WORDS, .except = "mtr mtd",
     .words = ROWSIDES},
    {"rowalign", .syntax = SYNTAX_KEYWORD, .words = ROWSIDES},
    {"rowlines", .syntax = SYNTAX_WORDS, .words = LINES},
    {"rowspacing", .syntax = SYNTAX_LENGTHS},
    {"rowspan", .syntax = SYNTAX_SPAN},
    {"rquote", .syntax = SYNTAX_ANY},
    {"rspace", .syntax = SYNTAX_LENGTH},
    {"scriptlevel", .syntax = SYNTAX_INTEGER},
    {"scriptminsize", .syntax = SYNTAX_LENGTH},
    {"scriptsizemultiplier", .syntax = SYNTAX_INTEGER},
    {"separator", .syntax = SYNTAX_KEYWORD, .words = TRUTH},
    {"separators", .syntax = SYNTAX_ANY},
    {"side", .syntax = SYNTAX_KEYWORD,
     .words = "left right leftoverlap rightoverlap"},
    {"stretchy", .syntax = SYNTAX_KEYWORD, .words = TRUTH},
    {"subscriptshift", .syntax = SYNTAX_LENGTH},
    {"superscriptshift", .syntax = SYNTAX_LENGTH},
    {"symmetric", .syntax = SYNTAX_KEYWORD, .words = TRUTH},
    {"voffset", .syntax = SYNTAX_PADDING},
    {"width", .syntax = SYNTAX_LENGTH, .except = "mpadded"},
    {"width", .syntax = SYNTAX_PADDING},
};

const struct vocabulary model_math = {
    .elements = elements,
    .element_count = ARRAY_LEN(elements),
    .attributes = attributes,
    .attribute_count = ARRAY_LEN(attributes),
    .unknown = GROUP("mrow"),
};
