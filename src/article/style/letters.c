#include "article/style/letters.h"

#include "base/mem.h"

struct range {
    uint32_t first, last;
};

static bool within(uint32_t c, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

bool letter_is(uint32_t c)
{
    enum { FIRST_WIDE = 0xC0 };
    static const struct range signs[] = {
        {0x00D7, 0x00D7},   {0x00F7, 0x00F7},   {0x2000, 0x2BFF},
        {0x3000, 0x303F},   {0xE000, 0xF8FF},   {0xFE00, 0xFE6F},
        {0xFEFF, 0xFF0F},   {0xFF1A, 0xFF20},   {0xFFF0, 0xFFFF},
        {0x1F000, 0x1FAFF}, {0xE0000, 0x10FFFF}};
    if (c < 0x80)
        return chr_alpha((int)c) || chr_digit((int)c);
    return c >= FIRST_WIDE && !within(c, signs, ARRAY_LEN(signs));
}

bool letter_invisible(uint32_t c)
{
    static const struct range ranges[] = {
        {0x0009, 0x000D}, {0x0020, 0x0020}, {0x00A0, 0x00A0},
        {0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x2000, 0x200F},
        {0x2028, 0x202F}, {0x205F, 0x206F}, {0x3000, 0x3000},
        {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xE0000, 0xE01EF}};
    return !chr_xml(c) || within(c, ranges, ARRAY_LEN(ranges));
}

bool letters_visible(struct str text)
{
    while (text.n)
        if (!letter_invisible(utf8_next(&text)))
            return true;
    return false;
}

/* Case of the alphabets that have it, where it is a matter of counting. */
static uint32_t lower(uint32_t c)
{
    static const struct {
        uint32_t first, last, distance;
    } capitals[] = {{'A', 'Z', 32},       {0x00C0, 0x00DE, 32},
                    {0x0391, 0x03A9, 32}, {0x0400, 0x040F, 80},
                    {0x0410, 0x042F, 32}, {0x0531, 0x0556, 48}};
    for (size_t i = 0; i < ARRAY_LEN(capitals); i++)
        if (c >= capitals[i].first && c <= capitals[i].last)
            return c + capitals[i].distance;
    bool pairs = (c >= 0x0100 && c <= 0x0137) || (c >= 0x014A && c <= 0x0177) ||
                 (c >= 0x1E00 && c <= 0x1EFF);
    return pairs ? c | 1 : c;
}

void letters_fold(struct str text, struct buf *out)
{
    while (text.n) {
        uint32_t c = utf8_next(&text);
        if (letter_is(c))
            buf_utf8(out, lower(c));
    }
}
