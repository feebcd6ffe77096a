#include "feed/source.h"

enum { TEXT_HEAD = 64 };

/* Bytes at a place by which a kind is known. */
static const struct {
    size_t at;
    struct str bytes;
    enum content content;
} kinds[] = {
    {30, STR("mimetypeapplication/epub+zip"), CONTENT_OTHER}, /* a book */
    {0, STR("\x1F\x8B"), CONTENT_PACKED},                     /* gzip */
    {0, STR("\xFD\x37zXZ"), CONTENT_PACKED},                  /* xz */
    {0, STR("\x5D\0\0"), CONTENT_PACKED},                     /* lzma */
    {0, STR("BZh"), CONTENT_PACKED},                          /* bzip2 */
    {0, STR("\x28\xB5\x2F\xFD"), CONTENT_PACKED},             /* zstd */
    {0, STR("\x04\x22\x4D\x18"), CONTENT_PACKED},             /* lz4 */
    {0, STR("PK\x03\x04"), CONTENT_PACKED},                   /* zip */
    {0, STR("PK\x05\x06"), CONTENT_PACKED},                   /* an empty one */
    {0, STR("WARC/"), CONTENT_PACKED},
    {257, STR("ustar"), CONTENT_PACKED}, /* tar */
    {0, STR("%PDF-"), CONTENT_OTHER},
    {0, STR("\x89PNG"), CONTENT_OTHER},
    {0, STR("\xFF\xD8\xFF"), CONTENT_OTHER}, /* JPEG */
    {0, STR("GIF8"), CONTENT_OTHER},
    {0, STR("RIFF"), CONTENT_OTHER}, /* WebP, sound */
    {4, STR("ftyp"), CONTENT_OTHER}, /* AVIF, HEIC, films */
    {0, STR("ID3"), CONTENT_OTHER},  /* MP3 */
    {0, STR("OggS"), CONTENT_OTHER},
    {0,
     STR("\x7F"
         "ELF"),
     CONTENT_OTHER},
    {0, STR("\xFF\xFE"), CONTENT_TEXT}, /* UTF-16, UTF-32 */
    {0, STR("\xFE\xFF"), CONTENT_TEXT},
    {0, STR("\0\0\xFE\xFF"), CONTENT_TEXT},
    {0, STR("<\0"), CONTENT_TEXT},
    {0, STR("\0<"), CONTENT_TEXT},
    {0, STR("\0\0\0<"), CONTENT_TEXT},
};

/* Bytes of no text: control characters but for escapes (ISO 2022) and a stray
 * NUL. A feed may have some of them, but does not begin with them. */
static bool text(struct str head)
{
    head = str_sub(head, 0, TEXT_HEAD);
    struct str begin = str_trim(head);
    if (str_starts(begin, STR("<")) || str_starts(begin, STR("{")) ||
        str_starts(begin, STR("\xEF\xBB\xBF")))
        return true;
    for (size_t i = 0; i < head.n; i++) {
        unsigned char c = (unsigned char)head.p[i];
        if (c && c < 0x20 && !chr_space(c) && c != '\v' && c != 0x1B)
            return false;
    }
    return true;
}

enum content content_of(struct str head)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_starts(str_sub(head, kinds[i].at, head.n), kinds[i].bytes))
            return kinds[i].content;
    return text(head) ? CONTENT_TEXT : CONTENT_UNKNOWN;
}
