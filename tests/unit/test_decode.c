/* Bytes of every encoding that feeds are in, told rightly, wrongly or not at
 * all. The bytes are made by iconv, of texts that stand here in UTF-8. */

#include "base/buf.h"
#include "base/mem.h"
#include "text/decode.h"

#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void gather(void *context, struct str text)
{
    buf_str(context, text);
}

/* Decode in pieces of `size` bytes. */
static struct decode_report decode(struct arena *a, struct str in, size_t size,
                                   struct buf *out)
{
    struct decode_report report;
    struct decoder *d = decode_new(a, &report, gather, out);
    for (size_t at = 0; at < in.n; at += size)
        decode_push(d, str_sub(in, at, size), false);
    decode_push(d, STR(""), true);
    decode_free(d);
    return report;
}

static void encode(struct str text, const char *encoding, struct buf *out)
{
    iconv_t cd = iconv_open(encoding, "UTF-8");
    char *bytes = mem_dup(text.p, text.n), *in = bytes;
    size_t left = text.n, room = 8 * text.n + 16;
    char *to = buf_room(out, room), *end = to;
    assert_true(cd != (iconv_t)-1);
    assert_int_equal(iconv(cd, &in, &left, &end, &room), 0);
    iconv(cd, NULL, NULL, &end, &room);
    out->len += (size_t)(end - to);
    out->data[out->len] = '\0';
    iconv_close(cd);
    free(bytes);
}

static const char english[] = "The ferry was late again, and nobody minded.";
static const char german[] =
    "Die F\u00E4hre kam sp\u00E4t \u2013 \u201Eniemand "
    "st\u00F6rte das\u201C, gro\u00DFe \u00DCberraschung.";
static const char french[] =
    "Le bac \u00E9tait en retard\u00A0; \u00E7a n\u2019a "
    "g\u00EAn\u00E9 personne \u00E0 l\u2019\u00EEle.";
static const char polish[] = "Prom si\u0119 sp\u00F3\u017Ani\u0142, lecz "
                             "nikomu to nie przeszkadza\u0142o.";
static const char turkish[] = "Vapur ge\u00E7 kald\u0131, ama kimse "
                              "\u015Fikayet etmedi, \u011F\u00FCzel.";
static const char russian[] =
    "Паром снова опоздал, но никого это не огорчило. Мы сидели на причале, "
    "смотрели на воду и говорили о том, что лето кончается слишком быстро.";
static const char greek[] =
    "Το πλοίο άργησε πάλι και κανείς δεν ενοχλήθηκε. Καθόμασταν στην "
    "προβλήτα και κοιτάζαμε τη θάλασσα.";
static const char japanese[] =
    "船はまた遅れたが、だれも気にしなかった。私たちは桟橋にすわって、海を見な"
    "がら、夏がもうすぐ終わるという話をしていた。";
static const char chinese[] =
    "渡船又晚了，可是没有人介意。我们坐在码头上看着大海，说夏天快要过去了。"
    "孩子们在水边捡石头，老人们在树下喝茶。";
static const char taiwanese[] =
    "渡船又晚了，可是沒有人介意。我們坐在碼頭上看著大海，說夏天快要過去了。"
    "孩子們在水邊撿石頭，老人們在樹下喝茶。";
static const char korean[] = "배가 또 늦었지만 아무도 신경 쓰지 않았다. 우리는 "
                             "부두에 앉아 바다를 보면서 "
                             "여름이 곧 끝난다고 이야기했다.";

struct reading {
    const char *text, *written, *declared; /* NULL: none */
    enum decode_choice choice;
    const char *read;
};

static const struct reading readings[] = {
    {english, "UTF-8", NULL, CHOICE_CERTAIN, "UTF-8"},
    {english, "UTF-16LE", "utf-16", CHOICE_CERTAIN, "UTF-16LE"},
    {english, "UTF-8", "utf-16", CHOICE_UNKNOWN, "UTF-8"},
    {english, "UTF-8", "no-such-thing", CHOICE_UNKNOWN, "UTF-8"},
    {german, "UTF-8", "utf-16", CHOICE_UNKNOWN, "UTF-8"},
    {german, "UTF-8", "EBCDIC-US", CHOICE_UNKNOWN, "UTF-8"},
    {german, "UTF-8", "latin1//IGNORE", CHOICE_UNKNOWN, "UTF-8"},
    /* UTF-16 and UTF-32 without a mark */
    {russian, "UTF-16LE", NULL, CHOICE_CERTAIN, "UTF-16LE"},
    {russian, "UTF-16BE", "utf-8", CHOICE_CERTAIN, "UTF-16BE"},
    {japanese, "UTF-32LE", NULL, CHOICE_CERTAIN, "UTF-32LE"},
    {japanese, "UTF-32BE", "UTF-32", CHOICE_CERTAIN, "UTF-32BE"},
    /* as they are declared */
    {german, "UTF-8", "utf-8", CHOICE_CERTAIN, "UTF-8"},
    {german, "UTF-8", "UTF8", CHOICE_CERTAIN, "UTF-8"},
    {german, "WINDOWS-1252", "windows-1252", CHOICE_CERTAIN, "windows-1252"},
    {german, "WINDOWS-1252", "ISO-8859-1", CHOICE_CERTAIN, "WINDOWS-1252"},
    {french, "WINDOWS-1252", "us-ascii", CHOICE_CERTAIN, "WINDOWS-1252"},
    {polish, "ISO-8859-2", "iso-8859-2", CHOICE_CERTAIN, "iso-8859-2"},
    {polish, "WINDOWS-1250", "x-cp1250", CHOICE_CERTAIN, "WINDOWS-1250"},
    {turkish, "ISO-8859-9", "ISO-8859-9", CHOICE_CERTAIN, "WINDOWS-1254"},
    {russian, "KOI8-R", "koi8-r", CHOICE_CERTAIN, "koi8-r"},
    {russian, "WINDOWS-1251", "windows-1251", CHOICE_CERTAIN, "windows-1251"},
    {greek, "ISO-8859-7", "iso-8859-7", CHOICE_CERTAIN, "iso-8859-7"},
    {japanese, "SHIFT_JIS", "Shift_JIS", CHOICE_CERTAIN, "CP932"},
    {japanese, "EUC-JP", "euc-jp", CHOICE_CERTAIN, "EUC-JP-MS"},
    {japanese, "ISO-2022-JP", "iso-2022-jp", CHOICE_CERTAIN, "iso-2022-jp"},
    {chinese, "GBK", "gb2312", CHOICE_CERTAIN, "GB18030"},
    {chinese, "GB18030", "GB18030", CHOICE_CERTAIN, "GB18030"},
    {taiwanese, "BIG5", "big5", CHOICE_CERTAIN, "BIG5-HKSCS"},
    {korean, "EUC-KR", "euc-kr", CHOICE_CERTAIN, "CP949"},
    /* declared one thing, being another */
    {german, "UTF-8", "iso-8859-1", CHOICE_OTHER, "UTF-8"},
    {russian, "UTF-8", "windows-1251", CHOICE_OTHER, "UTF-8"},
    {japanese, "UTF-8", "shift_jis", CHOICE_OTHER, "UTF-8"},
    {chinese, "UTF-8", "gbk", CHOICE_OTHER, "UTF-8"},
    {russian, "KOI8-R", "utf-8", CHOICE_OTHER, "KOI8-R"},
    {russian, "WINDOWS-1251", "utf-8", CHOICE_OTHER, "WINDOWS-1251"},
    {japanese, "SHIFT_JIS", "utf-8", CHOICE_OTHER, "CP932"},
    {japanese, "EUC-JP", "shift_jis", CHOICE_OTHER, "EUC-JP-MS"},
    {chinese, "GB18030", "UTF-8", CHOICE_OTHER, "GB18030"},
    /* … and not declared */
    {russian, "KOI8-R", NULL, CHOICE_GUESSED, "KOI8-R"},
    {russian, "WINDOWS-1251", NULL, CHOICE_GUESSED, "WINDOWS-1251"},
    {greek, "ISO-8859-7", NULL, CHOICE_GUESSED, "ISO-8859-7"},
    {japanese, "SHIFT_JIS", NULL, CHOICE_GUESSED, "CP932"},
    {japanese, "EUC-JP", NULL, CHOICE_GUESSED, "EUC-JP-MS"},
    {japanese, "ISO-2022-JP", NULL, CHOICE_GUESSED, "ISO-2022-JP"},
    {chinese, "GB18030", NULL, CHOICE_GUESSED, "GB18030"},
    {taiwanese, "BIG5", NULL, CHOICE_GUESSED, "BIG5-HKSCS"},
    {korean, "EUC-KR", NULL, CHOICE_GUESSED, "CP949"},
};

static void make_feed(const struct reading *r, struct buf *out)
{
    buf_printf(out, "<?xml version=\"1.0\"");
    if (r->declared)
        buf_printf(out, " encoding='%s'", r->declared);
    buf_printf(out, "?>\n<rss><title>%s</title>\n", r->text);
    for (int i = 0; i < 40; i++)
        buf_printf(out, "<item><description>%d: nothing</description></item>\n",
                   i);
    buf_printf(out, "<item><description>%s</description></item></rss>\n",
               r->text);
}

static void test_encodings(void **state)
{
    unsigned wrong = 0;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(readings); i++) {
        static const size_t sizes[] = {1, 7, 65536};
        const struct reading *r = &readings[i];
        struct buf text = buf_make(BUF_BODY), bytes = buf_make(BUF_BODY);
        make_feed(r, &text);
        encode(buf_view(&text), r->written, &bytes);
        for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
            struct arena *a = arena_new();
            struct buf out = buf_make(BUF_BODY);
            struct decode_report report =
                decode(a, buf_view(&bytes), sizes[k], &out);
            if (report.choice != r->choice ||
                strcmp(report.encoding, r->read) != 0 || report.bad_bytes ||
                report.twice || !str_eq(buf_view(&out), buf_view(&text))) {
                print_error("%s declared as %s is read as %s (%d), %zu bad\n",
                            r->written, r->declared ? r->declared : "nothing",
                            report.encoding, (int)report.choice,
                            report.bad_bytes);
                wrong++;
            }
            buf_free(&out);
            arena_free(a);
        }
        buf_free(&text);
        buf_free(&bytes);
    }
    assert_int_equal(wrong, 0);
}

/* Nothing is guessed about what Latin letters are in. */
static void test_western(void **state)
{
    static const char *const texts[] = {german, french};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        const struct reading r = {.text = texts[i], .declared = "utf-8"};
        struct arena *a = arena_new();
        struct buf text = buf_make(BUF_BODY), bytes = buf_make(BUF_BODY);
        struct buf out = buf_make(BUF_BODY);
        make_feed(&r, &text);
        encode(buf_view(&text), "WINDOWS-1252", &bytes);
        struct decode_report report = decode(a, buf_view(&bytes), 7, &out);
        assert_true(str_eq(buf_view(&out), buf_view(&text)));
        assert_int_equal(report.choice, CHOICE_CERTAIN);
        assert_in_range(report.bad_bytes, 10, 40);
        assert_int_equal(report.bad_line, 2);
        buf_free(&text);
        buf_free(&bytes);
        buf_free(&out);
        arena_free(a);
    }
}

/* Bytes as they are, and what is read. */
static const struct {
    const char *in, *out;
    size_t bad;
    unsigned line;
} strays[] = {
    {"<a>caf\xE9 \x93q\x94 na\xC3\xAFve</a>",
     "<a>caf\u00E9 \u201Cq\u201D na\u00EFve</a>", 3, 1},
    {"<a>\n\xFF\n\x81</a>", "<a>\n\u00FF\n\uFFFD</a>", 2, 2},
    /* cut in a character */
    {"<a>caf\xC3\xA9 \xE2\x80", "<a>caf\u00E9 ", 0, 0},
    {"\xEF\xBB\xBF<a>\xC3\xA9</a>", "<a>\u00E9</a>", 0, 0},
    {"<?xml encoding='koi8-r'?>\n\xEF\xBB\xBF<a>\xC3\xA9 \xC3\xA9</a>",
     "<?xml encoding='koi8-r'?>\n\uFEFF<a>\u00E9 \u00E9</a>", 0, 0},
    {"<?xml encoding='shift_jis'?><a>\x83\x41\x83\x42 \x83\x41\x83\x42"
     "\x83\x41\x83\x42\x83\x41\x83\x42\x83\x41\x83\x42\x83\x41\x83\x42 "
     "\n\xFF</a>",
     "<?xml encoding='shift_jis'?><a>アィ アィアィアィアィアィ \n\uFFFD</a>", 1,
     2},
};

static void test_strays(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(strays); i++)
        for (size_t size = 1; size < 100; size += 33) {
            struct arena *a = arena_new();
            struct buf out = buf_make(BUF_BODY);
            struct decode_report report =
                decode(a, str_of(strays[i].in), size, &out);
            assert_string_equal(out.data, strays[i].out);
            assert_int_equal(report.bad_bytes, strays[i].bad);
            assert_int_equal(report.bad_line, strays[i].line);
            buf_free(&out);
            arena_free(a);
        }
}

/* Once more into UTF-8, as if the bytes were Windows-1252. */
static void encode_again(const char *text, struct buf *out)
{
    static const char free_bytes[] = "\x81\x8D\x8F\x90\x9D";
    for (struct str s = str_of(text); s.n; s = str_sub(s, 1, s.n)) {
        unsigned char c = (unsigned char)s.p[0];
        if (c < 0x80 || strchr(free_bytes, s.p[0])) {
            buf_utf8(out, c);
            continue;
        }
        iconv_t cd = iconv_open("UTF-8", "WINDOWS-1252");
        char byte = s.p[0], *in = &byte, to[8], *end = to;
        size_t left = 1, room = sizeof to;
        assert_int_equal(iconv(cd, &in, &left, &end, &room), 0);
        buf_add(out, to, (size_t)(end - to));
        iconv_close(cd);
    }
}

static void assert_twice(const char *in, const char *expected, bool twice)
{
    for (size_t size = 1; size < 200; size += 50) {
        struct arena *a = arena_new();
        struct buf out = buf_make(BUF_BODY);
        struct decode_report report = decode(a, str_of(in), size, &out);
        assert_string_equal(out.data, expected);
        assert_int_equal(report.twice > 0, twice);
        assert_int_equal(report.twice_line, twice ? 2 : 0);
        buf_free(&out);
        arena_free(a);
    }
}

static void test_twice(void **state)
{
    static const char *const texts[] = {german, french, russian, japanese};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct buf once = buf_make(BUF_BODY), again = buf_make(BUF_BODY);
        buf_printf(&once, "<a>\n%s %s</a>", texts[i], texts[i]);
        encode_again(once.data, &again);
        assert_twice(again.data, once.data, true);
        assert_twice(once.data, once.data, false);
        /* some of it is encoded once: it is not certain */
        buf_puts(&again, "<b>gr\u00FCn</b>");
        assert_twice(again.data, again.data, false);
        buf_free(&once);
        buf_free(&again);
    }
    /* what writes about it */
    static const char about[] =
        "<a>\nYou see \u00C3\u00A9 for an e with an accent, \u00E2\u20AC\u2122 "
        "for an apostrophe, \u00C3\u00BC for \"ue\" and \u00C2\u00A0 for "
        "blanks, or \u00C3\u00B1.</a>";
    assert_twice(about, about, false);
}

/* The choice falls by 64 KiB; what comes later may be another: what was
 * declared, after all. */
static void test_later(void **state)
{
    static const char start[] = "<?xml encoding='windows-1251'?>";
    struct buf in = buf_make(BUF_BODY), expected = buf_make(BUF_BODY);
    struct buf out = buf_make(BUF_BODY);
    struct arena *a = arena_new();
    (void)state;
    buf_puts(&in, start);
    while (in.len < 200000)
        buf_puts(&in, "<item>\u042F \u00FC</item>\n");
    buf_str(&expected, buf_view(&in));
    buf_puts(&in, "<item>\xDF</item>\n");
    buf_puts(&expected, "<item>\u042F</item>\n");
    struct decode_report report = decode(a, buf_view(&in), 65536, &out);
    assert_true(str_eq(buf_view(&out), buf_view(&expected)));
    assert_int_equal(report.choice, CHOICE_OTHER);
    assert_int_equal(report.bad_bytes, 1);
    arena_free(a);
    buf_free(&in);
    buf_free(&expected);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodings), cmocka_unit_test(test_western),
        cmocka_unit_test(test_strays),    cmocka_unit_test(test_twice),
        cmocka_unit_test(test_later),
    };
    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
