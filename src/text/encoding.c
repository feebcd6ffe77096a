#include "text/encoding.h"

#include "base/buf.h"
#include "base/mem.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <uchardet/uchardet.h>

#define NO_ICONV ((iconv_t)-1)

enum {
    DECLARATION = 1024, /* bytes in which it is looked for */
    GUESS_LEAST = 6,    /* bytes beyond ASCII; fewer tell nothing */
    ROW_LEAST = 3,      /* bytes; in UTF-8, accents take two */
    MISFITS = 100,      /* of so many bytes one may not fit */
};

/* ---- for certain ---- */

/* What a feed begins with. */
static bool opening(char c)
{
    return c == '<' || c == '{' || chr_space((unsigned char)c);
}

static const char *by_zeros(struct str s)
{
    if (s.n < 4)
        return NULL;
    bool zero[4];
    for (size_t i = 0; i < 4; i++)
        zero[i] = s.p[i] == 0;
    if (opening(s.p[0]) && zero[1])
        return zero[2] && zero[3] ? "UTF-32LE" : "UTF-16LE";
    if (zero[0] && opening(s.p[1]))
        return "UTF-16BE";
    return zero[0] && zero[1] && zero[2] && opening(s.p[3]) ? "UTF-32BE" : NULL;
}

const char *encoding_by_bytes(struct str s, size_t *mark)
{
    static const struct {
        struct str bytes;
        const char *encoding;
    } marks[] = {
        {{"\xEF\xBB\xBF", 3}, "UTF-8"},    {{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
        {{"\0\0\xFE\xFF", 4}, "UTF-32BE"}, {{"\xFF\xFE", 2}, "UTF-16LE"},
        {{"\xFE\xFF", 2}, "UTF-16BE"},
    };
    *mark = 0;
    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        if (str_starts(s, marks[i].bytes)) {
            *mark = marks[i].bytes.n;
            return marks[i].encoding;
        }
    return by_zeros(s);
}

/* ---- declared ---- */

struct str encoding_declared(struct str s)
{
    s = str_sub(s, 0, DECLARATION);
    size_t start = str_find(s, STR("<?xml"));
    s = str_sub(s, start, str_find(s, STR("?>")) - start);
    size_t at = str_find(s, STR("encoding"));
    s = str_trim(str_sub(s, at + 8, s.n));
    if (!s.n || s.p[0] != '=')
        return (struct str){NULL, 0};
    s = str_trim(str_sub(s, 1, s.n));
    if (!s.n || (s.p[0] != '"' && s.p[0] != '\''))
        return (struct str){NULL, 0};
    size_t end = str_chr(str_sub(s, 1, s.n), s.p[0]);
    return str_trim(str_sub(s, 1, end));
}

/* Where iconv knows a label by another meaning than the Encoding Standard, or
 * not at all. */
static const struct {
    const char *label, *encoding;
} labels[] = {
    {"utf8", "UTF-8"},
    {"unicode-1-1-utf-8", "UTF-8"},
    {"iso-8859-1", "WINDOWS-1252"},
    {"iso8859-1", "WINDOWS-1252"},
    {"iso_8859-1", "WINDOWS-1252"},
    {"iso88591", "WINDOWS-1252"},
    {"latin1", "WINDOWS-1252"},
    {"latin-1", "WINDOWS-1252"},
    {"l1", "WINDOWS-1252"},
    {"us-ascii", "WINDOWS-1252"},
    {"ascii", "WINDOWS-1252"},
    {"ansi", "WINDOWS-1252"},
    {"x-cp1252", "WINDOWS-1252"},
    {"win-1252", "WINDOWS-1252"},
    {"x-cp1250", "WINDOWS-1250"},
    {"win-1250", "WINDOWS-1250"},
    {"x-cp1251", "WINDOWS-1251"},
    {"win-1251", "WINDOWS-1251"},
    {"iso-8859-9", "WINDOWS-1254"},
    {"latin5", "WINDOWS-1254"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"iso-8859-11", "CP874"},
    {"tis-620", "CP874"},
    {"windows-874", "CP874"},
    {"koi", "KOI8-R"},
    {"koi8", "KOI8-R"},
    {"x-mac-cyrillic", "MAC-CYRILLIC"},
    {"x-mac-roman", "MACINTOSH"},
    {"gb2312", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"big5", "BIG5-HKSCS"},
    {"x-x-big5", "BIG5-HKSCS"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"ms_kanji", "CP932"},
    {"windows-31j", "CP932"},
    {"euc-jp", "EUC-JP-MS"},
    {"x-euc-jp", "EUC-JP-MS"},
    {"ks_c_5601-1987", "CP949"},
    {"euc-kr", "CP949"},
    {"uhc", "CP949"},
    {"windows-949", "CP949"},
};

/* Every encoding that a declaration could be read in has ASCII's letters. */
static bool has_ascii(iconv_t cd)
{
    static const char sample[] =
        "<?xml version='1.0' encoding=\"AZaz09_:.-\"?>";
    char in[sizeof sample], out[sizeof sample] = {0}, *from = in, *to = out;
    size_t in_left = sizeof in, out_left = sizeof out;
    memcpy(in, sample, sizeof in);
    return iconv(cd, &from, &in_left, &to, &out_left) != (size_t)-1 &&
           memcmp(out, sample, sizeof sample) == 0;
}

static bool label_characters(struct str label)
{
    for (size_t i = 0; i < label.n; i++) {
        unsigned char c = (unsigned char)label.p[i];
        if (!chr_alpha(c) && !chr_digit(c) && !strchr("-_.:+()", c))
            return false;
    }
    return label.n > 0;
}

const char *encoding_of_label(const char *label)
{
    const char *encoding = label;
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        if (str_eq_nocase(str_of(label), str_of(labels[i].label)))
            encoding = labels[i].encoding;
    if (str_eq_nocase(str_of(encoding), STR("UTF-8")))
        return "UTF-8";
    iconv_t cd = label_characters(str_of(encoding))
                     ? iconv_open("UTF-8", encoding)
                     : NO_ICONV;
    if (cd == NO_ICONV)
        return NULL;
    bool ascii = has_ascii(cd);
    iconv_close(cd);
    return ascii ? encoding : NULL;
}

bool encoding_single_byte(const char *encoding)
{
    iconv_t cd = iconv_open("UTF-8", encoding);
    bool single = cd != NO_ICONV;
    for (int c = 0x80; c < 0x100 && single; c++) {
        char byte = (char)c, text[16], *in = &byte, *out = text;
        size_t in_left = 1, out_left = sizeof text;
        iconv(cd, NULL, NULL, NULL, NULL);
        single = iconv(cd, &in, &in_left, &out, &out_left) != (size_t)-1 ||
                 errno != EINVAL;
    }
    if (cd != NO_ICONV)
        iconv_close(cd);
    return single;
}

/* ---- by what the bytes can be ---- */

static size_t beyond_ascii(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += (unsigned char)s.p[i] >= 0x80;
    return n;
}

bool encoding_fits(const char *encoding, struct str s)
{
    iconv_t cd = iconv_open("UTF-8", encoding);
    if (cd == NO_ICONV)
        return false;
    char *bytes = mem_dup(s.p, s.n), *in = bytes, text[4096];
    size_t left = s.n, misfits = 0;
    while (left) {
        char *out = text;
        size_t room = sizeof text;
        if (iconv(cd, &in, &left, &out, &room) != (size_t)-1 || errno == EINVAL)
            break;
        if (errno == EILSEQ) {
            misfits++;
            in++;
            left--;
        }
    }
    free(bytes);
    iconv_close(cd);
    return misfits * MISFITS <= beyond_ascii(s);
}

struct utf8_count encoding_count_utf8(struct str s)
{
    struct utf8_count count = {.escapes = str_find(s, STR("\x1B$")) < s.n};
    while (s.n) {
        bool ascii = (unsigned char)s.p[0] < 0x80;
        size_t before = s.n;
        utf8_next(&s);
        if (ascii)
            continue;
        if (before - s.n > 1)
            count.characters++;
        else if (before > 3) /* else it may be cut */
            count.bad++;
    }
    return count;
}

/* Scripts that are not Latin have their letters in rows; accents and quotes
 * stand alone. A character's second byte may be ASCII. */
static bool stands_in_rows(struct str s)
{
    size_t bytes = 0, rows = 0, since = 3;
    for (size_t i = 0; i < s.n; i++) {
        since++;
        if ((unsigned char)s.p[i] < 0x80)
            continue;
        bytes++;
        rows += since > 2;
        since = 0;
    }
    return bytes >= GUESS_LEAST && bytes >= ROW_LEAST * rows;
}

const char *encoding_guess(struct str s)
{
    /* What is not listed writes Latin letters, which such a text has not. */
    static const char *const names[] = {
        "ISO-2022-JP", "ISO-2022-KR",  "GB18030",      "BIG5",
        "SHIFT_JIS",   "EUC-JP",       "EUC-KR",       "UHC",
        "EUC-TW",      "KOI8-R",       "WINDOWS-1251", "IBM866",
        "IBM855",      "MAC-CYRILLIC", "ISO-8859-5",   "WINDOWS-1253",
        "ISO-8859-7",  "WINDOWS-1255", "ISO-8859-8",   "WINDOWS-1256",
        "ISO-8859-6",  "TIS-620",      "ISO-8859-11",  "JOHAB"};
    if (!stands_in_rows(s) && str_find(s, STR("\x1B$")) == s.n)
        return NULL;
    uchardet_t guesser = uchardet_new();
    uchardet_handle_data(guesser, s.p, s.n);
    uchardet_data_end(guesser);
    struct str name = str_of(uchardet_get_charset(guesser));
    const char *encoding = NULL;
    for (size_t i = 0; i < ARRAY_LEN(names) && !encoding; i++)
        if (str_eq_nocase(name, str_of(names[i])))
            encoding = encoding_of_label(names[i]);
    uchardet_delete(guesser);
    return encoding && encoding_fits(encoding, s) ? encoding : NULL;
}
