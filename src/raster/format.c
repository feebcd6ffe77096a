#include "raster/format.h"

#include "base/mem.h"
#include "raster/bytes.h"

/* ---- SVG ---- */

/* Skip what begins with `open`, up to and with `close`; false if there is no
 * such thing here. */
static bool skip(struct str *s, struct str open, struct str close)
{
    if (!str_starts_nocase(*s, open))
        return false;
    size_t end = str_find(*s, close);
    *s = str_sub(*s, end + close.n, s->n);
    return true;
}

/* A document type declaration, with what it declares in brackets. */
static bool skip_doctype(struct str *s)
{
    if (!str_starts_nocase(*s, STR("<!DOCTYPE")))
        return false;
    size_t bracket = str_chr(*s, '[');
    if (bracket < str_chr(*s, '>'))
        *s = str_sub(*s, str_chr(*s, ']'), s->n);
    *s = str_sub(*s, str_chr(*s, '>') + 1, s->n);
    return true;
}

bool format_is_gzip(struct str file)
{
    return str_starts(file, STR("\x1F\x8B\x08"));
}

bool format_is_svg(struct str file)
{
    enum { HEAD = 64 << 10 }; /* some tools write much before it */
    struct str head = str_sub(file, 0, HEAD), name;
    if (str_starts(head, STR("\xEF\xBB\xBF")))
        head = str_sub(head, 3, head.n);
    do
        head = str_trim(head);
    while (skip(&head, STR("<?"), STR("?>")) ||
           skip(&head, STR("<!--"), STR("-->")) || skip_doctype(&head));
    if (!str_starts(head, STR("<")))
        return false;
    name = str_sub(head, 1, head.n);
    size_t end = 0;
    while (end < name.n && !chr_space(name.p[end]) && name.p[end] != '>' &&
           name.p[end] != '/')
        end++;
    name = str_sub(name, 0, end);
    return str_eq(name, STR("svg")) || str_ends(name, STR(":svg"));
}

static bool is_svg_or_gzip(struct str file)
{
    return format_is_gzip(file) || format_is_svg(file);
}

/* ---- ISO base media files ---- */

/* Is this one of the file's brands (ISO/IEC 14496-12, section 4.3)? */
static bool has_brand(struct str file, struct str brand)
{
    enum { BRANDS_MAX = 256 }; /* bytes of the box */
    uint32_t size = bytes_big(file, 0, 4);
    if (!str_eq(str_sub(file, 4, 4), STR("ftyp")) || size > 0xFFFF)
        return false;
    file = str_sub(file, 0, size < BRANDS_MAX ? size : BRANDS_MAX);
    for (size_t at = 8; at < file.n; at += 4)
        if (str_eq(str_sub(file, at, 4), brand))
            return true;
    return false;
}

bool format_is_avif(struct str file)
{
    return has_brand(file, STR("avif")) || has_brand(file, STR("avis"));
}

/* ---- the table ---- */

/* FEEDBIND_SVG and FEEDBIND_AVIF are 0 or 1, by the Makefile. */
static const struct {
    bool (*sniff)(struct str file);
    struct format format;
} optional[] = {
    {is_svg_or_gzip, {"SVG", "librsvg", FEEDBIND_SVG}},
    {format_is_avif, {"AVIF", "libavif", FEEDBIND_AVIF}},
};

/* What a page has where a picture should be, and nothing here reads: pictures,
 * documents and videos. The first that fits is the one. */
static const struct {
    struct str magic;
    size_t at; /* where the magic stands */
    struct format format;
} unread[] = {
    {{"ftypheic", 8}, 4, {.name = "HEIC"}},
    {{"ftypheix", 8}, 4, {.name = "HEIC"}},
    {{"ftyphevc", 8}, 4, {.name = "HEIC"}},
    {{"ftypmif1", 8}, 4, {.name = "HEIF"}},
    {{"ftypmsf1", 8}, 4, {.name = "HEIF"}},
    {{"ftyp", 4}, 4, {.name = "MP4"}},
    {{"II*\0", 4}, 0, {.name = "TIFF"}},
    {{"MM\0*", 4}, 0, {.name = "TIFF"}},
    {{"II+\0", 4}, 0, {.name = "TIFF"}},
    {{"MM\0+", 4}, 0, {.name = "TIFF"}},
    {{"II\xBC", 3}, 0, {.name = "JPEG XR"}},
    {{"\xFF\x0A", 2}, 0, {.name = "JPEG XL"}},
    {{"\0\0\0\x0CJXL ", 8}, 0, {.name = "JPEG XL"}},
    {{"\0\0\0\x0CjP  ", 8}, 0, {.name = "JPEG 2000"}},
    {{"\xFF\x4F\xFF\x51", 4}, 0, {.name = "JPEG 2000"}},
    {{"\x8AMNG", 4}, 0, {.name = "MNG"}},
    {{"\x8BJNG", 4}, 0, {.name = "JNG"}},
    {{"8BPS", 4}, 0, {.name = "Photoshop"}},
    {{"gimp xcf", 8}, 0, {.name = "XCF"}},
    {{"%PDF-", 5}, 0, {.name = "PDF"}},
    {{"%!PS", 4}, 0, {.name = "PostScript"}},
    {{"\xC5\xD0\xD3\xC6", 4}, 0, {.name = "PostScript"}},
    {{"\xD7\xCD\xC6\x9A", 4}, 0, {.name = "WMF"}},
    {{" EMF", 4}, 40, {.name = "EMF"}},
    {{"AT&TFORM", 8}, 0, {.name = "DjVu"}},
    {{"\x1A\x45\xDF\xA3", 4}, 0, {.name = "WebM"}},
};

const struct format *format_find(struct str file)
{
    for (size_t i = 0; i < ARRAY_LEN(optional); i++)
        if (optional[i].sniff(file))
            return &optional[i].format;
    for (size_t i = 0; i < ARRAY_LEN(unread); i++)
        if (str_starts(str_sub(file, unread[i].at, file.n), unread[i].magic))
            return &unread[i].format;
    return NULL;
}

const struct format *format_optional(size_t i)
{
    return i < ARRAY_LEN(optional) ? &optional[i].format : NULL;
}
