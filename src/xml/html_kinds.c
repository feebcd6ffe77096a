#include "base/mem.h"
#include "xml/html_int.h"

#include <string.h>

struct kind {
    const char *name;
    unsigned flags;
};

/* Sorted by name. What is not here is an ordinary element. */
static const struct kind kinds[] = {
    {"a", FORMATTING},
    {"address", SPECIAL | CLOSES_P},
    {"annotation-xml", POINT},
    {"applet", SPECIAL | SCOPE | MARKER | PHRASING},
    {"area", VOID | SPECIAL | PHRASING},
    {"article", SPECIAL | CLOSES_P},
    {"aside", SPECIAL | CLOSES_P},
    {"b", FORMATTING | BREAKOUT},
    {"base", VOID | SPECIAL},
    {"basefont", VOID | SPECIAL},
    {"bgsound", VOID | SPECIAL},
    {"big", FORMATTING | BREAKOUT},
    {"blockquote", BLOCK},
    {"body", IGNORED | BREAKOUT},
    {"br", VOID | SPECIAL | BREAKOUT | PHRASING},
    {"button", SPECIAL | PHRASING},
    {"caption", SPECIAL | SCOPE | MARKER | TABLE_PART},
    {"center", BLOCK},
    {"code", FORMATTING | BREAKOUT},
    {"col", VOID | SPECIAL},
    {"colgroup", SPECIAL | TABLE_PART},
    {"dd", BLOCK},
    {"desc", POINT},
    {"details", SPECIAL | CLOSES_P},
    {"dialog", CLOSES_P},
    {"dir", SPECIAL | CLOSES_P},
    {"div", BLOCK},
    {"dl", BLOCK},
    {"dt", BLOCK},
    {"em", FORMATTING | BREAKOUT},
    {"embed", VOID | SPECIAL | BREAKOUT | PHRASING},
    {"fieldset", SPECIAL | CLOSES_P},
    {"figcaption", SPECIAL | CLOSES_P},
    {"figure", SPECIAL | CLOSES_P},
    {"font", FORMATTING},
    {"footer", SPECIAL | CLOSES_P},
    {"foreignobject", POINT},
    {"form", SPECIAL | CLOSES_P},
    {"frame", VOID | IGNORED | LEFT_OUT},
    {"frameset", IGNORED | LEFT_OUT},
    {"h1", BLOCK | HEADING},
    {"h2", BLOCK | HEADING},
    {"h3", BLOCK | HEADING},
    {"h4", BLOCK | HEADING},
    {"h5", BLOCK | HEADING},
    {"h6", BLOCK | HEADING},
    {"head", IGNORED | BREAKOUT},
    {"header", SPECIAL | CLOSES_P},
    {"hgroup", SPECIAL | CLOSES_P},
    {"hr", VOID | SPECIAL | CLOSES_P | BREAKOUT},
    {"html", IGNORED},
    {"i", FORMATTING | BREAKOUT},
    {"iframe", RAW | SPECIAL},
    {"image", VOID},
    {"img", VOID | SPECIAL | BREAKOUT | PHRASING},
    {"input", VOID | SPECIAL | PHRASING},
    {"isindex", VOID | LEFT_OUT},
    {"keygen", VOID},
    {"li", BLOCK},
    {"link", VOID | SPECIAL},
    {"listing", BLOCK},
    {"main", SPECIAL | CLOSES_P},
    {"marquee", SPECIAL | SCOPE | MARKER | PHRASING},
    {"math", FOREIGN},
    {"menu", BLOCK},
    {"menuitem", VOID},
    {"meta", VOID | SPECIAL | BREAKOUT},
    {"mi", POINT},
    {"mn", POINT},
    {"mo", POINT},
    {"ms", POINT},
    {"mtext", POINT},
    {"nav", SPECIAL | CLOSES_P},
    {"nobr", FORMATTING | BREAKOUT},
    {"noembed", RAW | SPECIAL},
    {"noframes", RAW | SPECIAL},
    {"noscript", SPECIAL | PHRASING | LOOSE},
    {"object", SPECIAL | SCOPE | MARKER | PHRASING},
    {"ol", BLOCK},
    {"p", BLOCK},
    {"param", VOID | SPECIAL},
    {"plaintext", REST | SPECIAL | CLOSES_P},
    {"pre", BLOCK},
    {"s", FORMATTING | BREAKOUT},
    {"script", RAW | SPECIAL},
    {"search", SPECIAL | CLOSES_P},
    {"section", SPECIAL | CLOSES_P},
    {"select", SPECIAL | PHRASING},
    {"small", FORMATTING | BREAKOUT},
    {"source", VOID | SPECIAL},
    {"strike", FORMATTING | BREAKOUT},
    {"strong", FORMATTING | BREAKOUT},
    {"style", RAW | SPECIAL},
    {"summary", SPECIAL | CLOSES_P},
    {"svg", FOREIGN},
    {"table", BLOCK | SCOPE},
    {"tbody", SPECIAL | TABLE_PART},
    {"td", SPECIAL | SCOPE | MARKER | TABLE_PART},
    {"template", SPECIAL | SCOPE | MARKER},
    {"textarea", RAW | SPECIAL},
    {"tfoot", SPECIAL | TABLE_PART},
    {"th", SPECIAL | SCOPE | MARKER | TABLE_PART},
    {"thead", SPECIAL | TABLE_PART},
    {"title", RAW | POINT},
    {"tr", SPECIAL | TABLE_PART},
    {"track", VOID | SPECIAL},
    {"tt", FORMATTING | BREAKOUT},
    {"u", FORMATTING | BREAKOUT},
    {"ul", BLOCK},
    {"var", BREAKOUT},
    {"wbr", VOID | SPECIAL | PHRASING},
    {"xmp", RAW | SPECIAL | CLOSES_P},
};

unsigned html_kind(const char *name)
{
    size_t low = 0, high = ARRAY_LEN(kinds);
    while (low < high) {
        size_t mid = (low + high) / 2;
        int c = (unsigned char)*name - (unsigned char)*kinds[mid].name;
        if (c == 0)
            c = strcmp(name, kinds[mid].name);
        if (c == 0)
            return kinds[mid].flags;
        if (c < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return 0;
}
