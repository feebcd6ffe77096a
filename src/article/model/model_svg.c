/* SVG: what is drawn, and what that refers to, as SVG 1.1 has them. What moves,
 * runs, filters, or comes from elsewhere is not in the table; nor is what a
 * drawing says about itself. Of what is not in the table, the children are. */
#include "article/model/model_int.h"

#include "base/mem.h"

#define PAINT                                                                  \
    "color fill fill-opacity fill-rule opacity stroke stroke-dasharray "       \
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit "      \
    "stroke-opacity stroke-width "
#define GRAPHICS                                                               \
    "clip-path clip-rule display mask shape-rendering systemLanguage "         \
    "text-rendering transform visibility "
#define MARKERS "marker-end marker-mid marker-start "
#define FONT                                                                   \
    "font-family font-size font-stretch font-style font-variant font-weight "
#define GLYPHS                                                                 \
    "alignment-baseline baseline-shift dominant-baseline letter-spacing "      \
    "text-anchor text-decoration word-spacing "
#define STOPS     "stop-color stop-opacity "
#define VIEWPORT  "height overflow preserveAspectRatio viewBox width "
#define REFERENCE "href xlink:href "
#define STYLE     PAINT GRAPHICS MARKERS FONT GLYPHS STOPS "writing-mode "

#define DRAWN (CAT_SHAPE | CAT_GROUP | CAT_SERVER)

#define SHAPE(n, needs, attrs)                                                 \
    {                                                                          \
        .name = (n), .space = SPACE_SVG, .role = ROLE_PIECE,                   \
        .category = CAT_SHAPE, .need = (needs),                                \
        .attributes = PAINT GRAPHICS attrs                                     \
    }
#define HOLDER(n, cat, holds, attrs)                                           \
    {                                                                          \
        .name = (n), .space = SPACE_SVG, .role = ROLE_PIECE,                   \
        .category = (cat), .children = (holds), .attributes = (attrs)          \
    }
#define DROP(n)                                                                \
    {                                                                          \
        .name = (n), .space = SPACE_SVG, .role = ROLE_DROP                     \
    }

static const struct element_model elements[] = {
    SHAPE("circle", "r", "cx cy r"),
    HOLDER("clipPath", CAT_SERVER, CAT_SHAPE,
           PAINT "clip-path clip-rule clipPathUnits mask transform"),
    HOLDER("defs", CAT_SERVER, DRAWN, STYLE),
    DROP("desc"),
    SHAPE("ellipse", "rx ry", "cx cy rx ry"),
    DROP("flowRoot"), /* no browser ever showed it */
    {.name = "g",
     .space = SPACE_SVG,
     .role = ROLE_PIECE,
     .category = CAT_GROUP,
     .children = DRAWN,
     .stray = "text",
     .attributes = STYLE},
    SHAPE("line", NULL, MARKERS "x1 x2 y1 y2"),
    HOLDER("linearGradient", CAT_SERVER, CAT_STOP,
           STOPS REFERENCE "color gradientTransform gradientUnits "
                           "spreadMethod x1 x2 y1 y2"),
    HOLDER("marker", CAT_SERVER, DRAWN,
           PAINT "markerHeight markerUnits markerWidth orient overflow "
                 "preserveAspectRatio refX refY viewBox"),
    HOLDER("mask", CAT_SERVER, DRAWN,
           PAINT "height mask maskContentUnits maskUnits width x y"),
    DROP("metadata"),
    SHAPE("path", "d", MARKERS "d pathLength"),
    HOLDER("pattern", CAT_SERVER, DRAWN,
           PAINT VIEWPORT REFERENCE
           "patternContentUnits patternTransform patternUnits x y"),
    SHAPE("polygon", "points", MARKERS "points"),
    SHAPE("polyline", "points", MARKERS "points"),
    HOLDER("radialGradient", CAT_SERVER, CAT_STOP,
           STOPS REFERENCE "color cx cy fx fy gradientTransform "
                           "gradientUnits r spreadMethod"),
    SHAPE("rect", "height width", "height rx ry width x y"),
    DROP("script"),
    {.name = "stop",
     .space = SPACE_SVG,
     .role = ROLE_PIECE,
     .category = CAT_STOP,
     .need = "offset",
     .attributes = STOPS "color offset"},
    DROP("style"),
    {.name = "svg",
     .space = SPACE_SVG,
     .role = ROLE_UNIT,
     .category = CAT_PHRASING | CAT_GROUP,
     .children = DRAWN,
     .stray = "text",
     .attributes = PAINT FONT GLYPHS MARKERS STOPS VIEWPORT
     "clip-path display mask visibility x y",
     .fixed = {{"class", "drawing"}}},
    HOLDER("switch", CAT_GROUP, CAT_SHAPE | CAT_GROUP, STYLE),
    HOLDER("symbol", CAT_SERVER, DRAWN,
           PAINT FONT "overflow preserveAspectRatio viewBox"),
    HOLDER("text", CAT_SHAPE, CAT_TEXT | CAT_RUN | CAT_RUN_ON_PATH,
           PAINT GRAPHICS FONT GLYPHS
           "dx dy lengthAdjust rotate textLength writing-mode x y"),
    HOLDER("textPath", CAT_RUN_ON_PATH, CAT_TEXT | CAT_RUN,
           PAINT FONT GLYPHS REFERENCE
           "lengthAdjust method spacing startOffset textLength"),
    DROP("title"),
    HOLDER("tspan", CAT_RUN, CAT_TEXT | CAT_RUN,
           PAINT FONT GLYPHS "dx dy lengthAdjust rotate textLength x y"),
    {.name = "use",
     .space = SPACE_SVG,
     .role = ROLE_PIECE,
     .category = CAT_SHAPE,
     .need = "xlink:href",
     .attributes = STYLE REFERENCE "height width x y"},
};

#define UNITS     "userSpaceOnUse objectBoundingBox"
#define SHAPES    "circle ellipse g line path polygon polyline rect svg switch "
#define GRADIENTS "linearGradient radialGradient "

/* Of references, `words` are the elements that they may lead to. */
static const struct attribute_model attributes[] = {
    {"alignment-baseline", .syntax = SYNTAX_KEYWORD,
     .words = "auto baseline before-edge text-before-edge middle central "
              "after-edge text-after-edge ideographic alphabetic hanging "
              "mathematical inherit"},
    {"baseline-shift", .syntax = SYNTAX_NUMBERS, .words = "sub super baseline"},
    {"clip-path", .syntax = SYNTAX_SERVER, .words = "clipPath"},
    {"clip-rule", .syntax = SYNTAX_KEYWORD, .words = "nonzero evenodd inherit"},
    {"clipPathUnits", .syntax = SYNTAX_MARKER, .words = UNITS},
    {"color", .syntax = SYNTAX_PLAIN},
    {"cx", .syntax = SYNTAX_NUMBERS},
    {"cy", .syntax = SYNTAX_NUMBERS},
    {"d", .syntax = SYNTAX_PATH},
    {"display", .syntax = SYNTAX_KEYWORD, .words = "inline block none inherit"},
    {"dominant-baseline", .syntax = SYNTAX_KEYWORD,
     .words = "auto use-script no-change reset-size ideographic alphabetic "
              "hanging mathematical central middle text-after-edge "
              "text-before-edge inherit"},
    {"dx", .syntax = SYNTAX_NUMBERS},
    {"dy", .syntax = SYNTAX_NUMBERS},
    {"fill", .syntax = SYNTAX_PAINT, .words = GRADIENTS "pattern"},
    {"fill-opacity", .syntax = SYNTAX_NUMBERS},
    {"fill-rule", .syntax = SYNTAX_KEYWORD, .words = "nonzero evenodd inherit"},
    {"font-family", .syntax = SYNTAX_PLAIN},
    {"font-size", .syntax = SYNTAX_NUMBERS},
    {"font-stretch", .syntax = SYNTAX_KEYWORD,
     .words = "normal condensed semi-condensed expanded semi-expanded"},
    {"font-style", .syntax = SYNTAX_KEYWORD,
     .words = "normal italic oblique inherit"},
    {"font-variant", .syntax = SYNTAX_KEYWORD, .words = "normal small-caps"},
    {"font-weight", .syntax = SYNTAX_KEYWORD,
     .words = "normal bold bolder lighter 100 200 300 400 500 600 700 800 900 "
              "inherit"},
    {"fx", .syntax = SYNTAX_NUMBERS},
    {"fy", .syntax = SYNTAX_NUMBERS},
    {"gradientTransform", .syntax = SYNTAX_PLAIN},
    {"gradientUnits", .syntax = SYNTAX_MARKER, .words = UNITS},
    {"height", .syntax = SYNTAX_NUMBERS},
    {"href", "xlink:href", SYNTAX_LOCAL, .except = "textPath use " GRADIENTS,
     .words = "pattern"},
    {"href", "xlink:href", SYNTAX_LOCAL, .except = "textPath use",
     .words = GRADIENTS},
    {"href", "xlink:href", SYNTAX_LOCAL, .except = "use", .words = "path"},
    {"href", "xlink:href", SYNTAX_LOCAL, .words = SHAPES "symbol text"},
    {"lengthAdjust", .syntax = SYNTAX_MARKER,
     .words = "spacing spacingAndGlyphs"},
    {"letter-spacing", .syntax = SYNTAX_NUMBERS, .words = "normal"},
    {"marker-end", .syntax = SYNTAX_SERVER, .words = "marker"},
    {"marker-mid", .syntax = SYNTAX_SERVER, .words = "marker"},
    {"marker-start", .syntax = SYNTAX_SERVER, .words = "marker"},
    {"markerHeight", .syntax = SYNTAX_NUMBERS},
    {"markerUnits", .syntax = SYNTAX_MARKER,
     .words = "strokeWidth userSpaceOnUse"},
    {"markerWidth", .syntax = SYNTAX_NUMBERS},
    {"mask", .syntax = SYNTAX_SERVER, .words = "mask"},
    {"maskContentUnits", .syntax = SYNTAX_MARKER, .words = UNITS},
    {"maskUnits", .syntax = SYNTAX_MARKER, .words = UNITS},
    {"method", .syntax = SYNTAX_KEYWORD, .words = "align stretch"},
    {"offset", .syntax = SYNTAX_NUMBERS},
    {"opacity", .syntax = SYNTAX_NUMBERS},
    {"orient", .syntax = SYNTAX_NUMBERS, .words = "auto"},
    {"overflow", .syntax = SYNTAX_KEYWORD,
     .words = "visible hidden scroll auto inherit"},
    {"pathLength", .syntax = SYNTAX_NUMBERS},
    {"patternContentUnits", .syntax = SYNTAX_MARKER, .words = UNITS},
    {"patternTransform", .syntax = SYNTAX_PLAIN},
    {"patternUnits", .syntax = SYNTAX_MARKER, .words = UNITS},
    {"points", .syntax = SYNTAX_NUMBERS},
    {"preserveAspectRatio", .syntax = SYNTAX_ASPECT},
    {"r", .syntax = SYNTAX_NUMBERS},
    {"refX", .syntax = SYNTAX_NUMBERS},
    {"refY", .syntax = SYNTAX_NUMBERS},
    {"rotate", .syntax = SYNTAX_NUMBERS},
    {"rx", .syntax = SYNTAX_NUMBERS},
    {"ry", .syntax = SYNTAX_NUMBERS},
    {"shape-rendering", .syntax = SYNTAX_MARKER,
     .words = "auto optimizeSpeed crispEdges geometricPrecision inherit"},
    {"spacing", .syntax = SYNTAX_KEYWORD, .words = "auto exact"},
    {"spreadMethod", .syntax = SYNTAX_KEYWORD, .words = "pad reflect repeat"},
    {"startOffset", .syntax = SYNTAX_NUMBERS},
    {"stop-color", .syntax = SYNTAX_PLAIN},
    {"stop-opacity", .syntax = SYNTAX_NUMBERS},
    {"stroke", .syntax = SYNTAX_PAINT, .words = GRADIENTS "pattern"},
    {"stroke-dasharray", .syntax = SYNTAX_NUMBERS, .words = "none inherit"},
    {"stroke-dashoffset", .syntax = SYNTAX_NUMBERS},
    {"stroke-linecap", .syntax = SYNTAX_KEYWORD,
     .words = "butt round square inherit"},
    {"stroke-linejoin", .syntax = SYNTAX_KEYWORD,
     .words = "miter round bevel inherit"},
    {"stroke-miterlimit", .syntax = SYNTAX_NUMBERS},
    {"stroke-opacity", .syntax = SYNTAX_NUMBERS},
    {"stroke-width", .syntax = SYNTAX_NUMBERS},
    {"systemLanguage", .syntax = SYNTAX_PLAIN},
    {"text-anchor", .syntax = SYNTAX_KEYWORD,
     .words = "start middle end inherit"},
    {"text-decoration", .syntax = SYNTAX_PLAIN},
    {"text-rendering", .syntax = SYNTAX_MARKER,
     .words = "auto optimizeSpeed optimizeLegibility geometricPrecision "
              "inherit"},
    {"textLength", .syntax = SYNTAX_NUMBERS},
    {"transform", .syntax = SYNTAX_PLAIN},
    {"viewBox", .syntax = SYNTAX_NUMBERS},
    {"visibility", .syntax = SYNTAX_KEYWORD,
     .words = "visible hidden collapse inherit"},
    {"width", .syntax = SYNTAX_NUMBERS},
    {"word-spacing", .syntax = SYNTAX_NUMBERS, .words = "normal"},
    {"writing-mode", .syntax = SYNTAX_KEYWORD,
     .words = "lr-tb rl-tb tb-rl lr rl tb inherit"},
    {"x", .syntax = SYNTAX_NUMBERS},
    {"x1", .syntax = SYNTAX_NUMBERS},
    {"x2", .syntax = SYNTAX_NUMBERS},
    {"xlink:href", NULL, SYNTAX_LOCAL, .except = "textPath use " GRADIENTS,
     .words = "pattern"},
    {"xlink:href", NULL, SYNTAX_LOCAL, .except = "textPath use",
     .words = GRADIENTS},
    {"xlink:href", NULL, SYNTAX_LOCAL, .except = "use", .words = "path"},
    {"xlink:href", NULL, SYNTAX_LOCAL, .words = SHAPES "symbol text"},
    {"xml:space", NULL, SYNTAX_KEYWORD, true, .words = "default preserve"},
    {"y", .syntax = SYNTAX_NUMBERS},
    {"y1", .syntax = SYNTAX_NUMBERS},
    {"y2", .syntax = SYNTAX_NUMBERS},
};

const struct vocabulary model_svg = {
    .elements = elements,
    .element_count = ARRAY_LEN(elements),
    .attributes = attributes,
    .attribute_count = ARRAY_LEN(attributes),
    .unknown = {.name = "", .space = SPACE_SVG, .role = ROLE_UNWRAP},
};
