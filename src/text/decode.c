#include "text/decode.h"

#include "base/buf.h"
#include "base/mem.h"
#include "text/encoding.h"
#include "text/twice.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#define NO_ICONV ((iconv_t)-1)

enum {
    CHUNK = 64 * 1024,  /* bytes decoded in one go */
    WINDOW = 64 * 1024, /* bytes that the encoding is told by */
    HEAD = 1024,        /* bytes in which it is declared */
    DOUBTFUL = 4, /* it may be none with a bad byte to so many characters */
    CERTAIN_CHARACTERS = 4, /* of UTF-8, where another may look like it */
};

enum stage {
    STAGE_HEAD,  /* what is declared is not known yet */
    STAGE_ASCII, /* nothing else has been met */
    STAGE_TEXT,  /* the encoding is known */
};

struct decoder {
    struct decode_report *report;
    struct arena *arena;
    struct twice *twice;
    enum stage stage;
    const char *encoding; /* as declared; NULL: none, or none known */
    iconv_t iconv;        /* NO_ICONV: the input is UTF-8 */
    iconv_t strays;       /* for stray bytes in UTF-8 */
    struct buf raw;       /* not yet decoded */
    struct buf out;
    unsigned line;
};

struct decoder *decode_new(struct arena *a, struct decode_report *report,
                           decode_sink sink, void *context)
{
    struct decoder *d = mem_alloc(sizeof *d);
    *report = (struct decode_report){.encoding = "UTF-8"};
    *d = (struct decoder){.report = report,
                          .arena = a,
                          .twice = twice_new(report, sink, context),
                          .iconv = NO_ICONV,
                          .strays = NO_ICONV,
                          .raw = buf_make(BUF_BODY),
                          .out = buf_make(BUF_BODY),
                          .line = 1};
    return d;
}

void decode_free(struct decoder *d)
{
    if (!d)
        return;
    if (d->iconv != NO_ICONV)
        iconv_close(d->iconv);
    if (d->strays != NO_ICONV)
        iconv_close(d->strays);
    twice_free(d->twice);
    buf_free(&d->raw);
    buf_free(&d->out);
    free(d);
}

static void count_lines(struct decoder *d, struct str text)
{
    for (size_t at; (at = str_chr(text, '\n')) < text.n; d->line++)
        text = str_sub(text, at + 1, text.n);
}

static void bad_byte(struct decoder *d)
{
    if (!d->report->bad_bytes++)
        d->report->bad_line = d->line;
}

/* ---- UTF-8 ---- */

static void put_stray(struct decoder *d, char byte)
{
    char text[8], *in = &byte, *out = text;
    size_t in_left = 1, out_left = sizeof text;
    bad_byte(d);
    if (d->strays == NO_ICONV ||
        iconv(d->strays, &in, &in_left, &out, &out_left) == (size_t)-1)
        buf_utf8(&d->out, 0xFFFD);
    else
        buf_add(&d->out, text, (size_t)(out - text));
}

/* Could these bytes, at the input's end, be the start of a character? */
static bool cut_off(struct str s)
{
    unsigned char c = (unsigned char)s.p[0];
    size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC2 ? 2 : 1;
    if (s.n >= need)
        return false;
    for (size_t i = 1; i < s.n; i++)
        if (((unsigned char)s.p[i] & 0xC0) != 0x80)
            return false;
    return true;
}

/* Each of these returns how many bytes it took. */

static size_t decode_utf8(struct decoder *d, struct str s, bool last)
{
    size_t all = s.n;
    while (s.n) {
        size_t n = utf8_valid(s);
        buf_str(&d->out, str_sub(s, 0, n));
        count_lines(d, str_sub(s, 0, n));
        s = str_sub(s, n, s.n);
        if (!s.n)
            break;
        if (cut_off(s)) { /* at the file's end it is no fault of its bytes */
            s.n = last ? 0 : s.n;
            break;
        }
        put_stray(d, s.p[0]);
        s = str_sub(s, 1, s.n);
    }
    return all - s.n;
}

/* ---- other encodings ---- */

static size_t decode_iconv(struct decoder *d, struct str s, bool last)
{
    char *in = d->raw.data;
    size_t left = s.n;
    while (left) {
        char *room = buf_room(&d->out, CHUNK), *out = room;
        size_t out_left = CHUNK;
        if (!room)
            break;
        size_t done = iconv(d->iconv, &in, &left, &out, &out_left);
        int error = done == (size_t)-1 ? errno : 0;
        count_lines(d, (struct str){room, (size_t)(out - room)});
        d->out.len += (size_t)(out - room);
        d->out.data[d->out.len] = '\0';
        if (error == EINVAL) {
            left = last ? 0 : left;
            break;
        }
        if (error == EILSEQ) {
            bad_byte(d);
            buf_utf8(&d->out, 0xFFFD);
            in++;
            left--;
        }
    }
    return s.n - left;
}

/* ---- which encoding ---- */

static void start_text(struct decoder *d, const char *encoding,
                       enum decode_choice choice)
{
    bool utf8 = strcmp(encoding, "UTF-8") == 0;
    const char *strays =
        utf8 && d->encoding && encoding_single_byte(d->encoding)
            ? d->encoding
            : "WINDOWS-1252";
    d->stage = STAGE_TEXT;
    d->report->choice = choice;
    d->report->encoding = encoding;
    if (utf8)
        d->strays = iconv_open("UTF-8", strays);
    else
        d->iconv = iconv_open("UTF-8", encoding);
}

/* Take the mark and the declaration; returns the mark's length. */
static size_t take_head(struct decoder *d)
{
    struct str s = buf_view(&d->raw);
    size_t mark;
    const char *certain = encoding_by_bytes(s, &mark);
    struct str label = encoding_declared(s);
    d->stage = STAGE_ASCII;
    if (label.n) {
        d->report->declared = arena_str(d->arena, label);
        d->encoding = encoding_of_label(d->report->declared);
    }
    if (certain)
        start_text(d, certain, CHOICE_CERTAIN);
    return mark;
}

/* Choose by s, which begins with the first byte that is not ASCII. */
static void choose(struct decoder *d, struct str s)
{
    struct utf8_count utf8 = encoding_count_utf8(s);
    const char *declared = d->encoding;
    bool other = declared && strcmp(declared, "UTF-8") != 0;
    enum decode_choice choice = !d->report->declared ? CHOICE_GUESSED
                                : !declared          ? CHOICE_UNKNOWN
                                                     : CHOICE_OTHER;
    const char *guess = NULL;
    if (other) {
        size_t enough = encoding_single_byte(declared) ? 1 : CERTAIN_CHARACTERS;
        bool is_utf8 = !utf8.bad && utf8.characters >= enough;
        if (!is_utf8 && encoding_fits(declared, s)) {
            start_text(d, declared, CHOICE_CERTAIN);
            return;
        }
        guess = is_utf8 ? "UTF-8" : encoding_guess(s);
    } else if (DOUBTFUL * utf8.bad > utf8.characters || utf8.escapes) {
        guess = encoding_guess(s);
    }
    if (!guess && choice != CHOICE_UNKNOWN)
        choice = CHOICE_CERTAIN;
    start_text(d, guess ? guess : other ? declared : "UTF-8", choice);
}

/* Give what is ASCII; choose once the window is full. Returns how many bytes
 * were taken. */
static size_t take_ascii(struct decoder *d, struct str s, bool last)
{
    size_t n = 0;
    while (n < s.n && (unsigned char)s.p[n] < 0x80 && s.p[n] != 0x1B)
        n++;
    buf_str(&d->out, str_sub(s, 0, n));
    count_lines(d, str_sub(s, 0, n));
    struct str rest = str_sub(s, n, WINDOW);
    if (rest.n && (rest.n == WINDOW || last))
        choose(d, rest);
    else if (last && d->report->declared && !d->encoding)
        d->report->choice = CHOICE_UNKNOWN;
    return n;
}

static void drop(struct buf *b, size_t n)
{
    size_t left = b->len - n;
    if (n && left)
        memmove(b->data, b->data + n, left);
    buf_cut(b, left);
}

void decode_push(struct decoder *d, struct str piece, bool last)
{
    buf_str(&d->raw, piece);
    if (d->stage == STAGE_HEAD) {
        if (d->raw.len < HEAD && !last)
            return;
        drop(&d->raw, take_head(d));
    }
    if (d->stage == STAGE_ASCII)
        drop(&d->raw, take_ascii(d, buf_view(&d->raw), last));
    if (d->stage == STAGE_TEXT) {
        struct str s = buf_view(&d->raw);
        drop(&d->raw, d->iconv == NO_ICONV ? decode_utf8(d, s, last)
                                           : decode_iconv(d, s, last));
    }
    twice_push(d->twice, buf_view(&d->out), last);
    buf_clear(&d->out);
}
