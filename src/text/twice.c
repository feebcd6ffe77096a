#include "text/twice.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>

enum {
    WINDOW = 64 * 1024, /* bytes that it is told by */
    RUN_MAX = 4096,     /* bytes of a run; what is longer is cut */
    CERTAIN = 4,        /* runs in words, or characters in one run */
};

enum verdict { NOT_KNOWN, ONCE, TWICE };

struct twice {
    struct decode_report *report;
    decode_sink sink;
    void *context;
    enum verdict verdict;
    struct buf held; /* from the first character that is not ASCII on */
    struct buf out;
    unsigned line;
};

struct twice *twice_new(struct decode_report *report, decode_sink sink,
                        void *context)
{
    struct twice *t = mem_alloc(sizeof *t);
    *t = (struct twice){.report = report,
                        .sink = sink,
                        .context = context,
                        .held = buf_make(BUF_BODY),
                        .out = buf_make(BUF_BODY),
                        .line = 1};
    return t;
}

void twice_free(struct twice *t)
{
    if (!t)
        return;
    buf_free(&t->held);
    buf_free(&t->out);
    free(t);
}

static size_t ascii_length(struct str s)
{
    size_t n = 0;
    while (n < s.n && (unsigned char)s.p[n] < 0x80)
        n++;
    return n;
}

/* Length of the run of other characters at the front. */
static size_t run_length(struct str s)
{
    size_t n = 0;
    while (n < s.n && (unsigned char)s.p[n] >= 0x80)
        n++;
    return n > RUN_MAX ? utf8_clip(s, RUN_MAX).n : n;
}

/* The byte that was taken for this character: Windows-1252's, and those that
 * it leaves free as they are. -1: no byte was. */
static int byte_of(uint32_t c)
{
    if (c < 0x100)
        return (int)c;
    for (int byte = 0x80; byte < 0xA0; byte++)
        if (chr_windows_1252((uint32_t)byte) == c)
            return byte;
    return -1;
}

/* The run's own text, to out; returns its characters, 0 if it was encoded
 * once. */
static size_t decode_run(struct str run, struct buf *out)
{
    size_t from = out->len, characters = 0;
    while (run.n) {
        int byte = byte_of(utf8_next(&run));
        if (byte < 0) {
            buf_cut(out, from);
            return 0;
        }
        buf_char(out, (char)byte);
    }
    struct str text = str_sub(buf_view(out), from, out->len);
    if (utf8_valid(text) < text.n) {
        buf_cut(out, from);
        return 0;
    }
    for (; text.n; characters++)
        utf8_next(&text);
    return characters;
}

static enum verdict judge(struct str s)
{
    struct buf scratch = buf_make(BUF_LINE);
    size_t evidence = 0;
    bool letter = false;
    enum verdict verdict = TWICE;
    while (s.n && verdict == TWICE) {
        size_t n = run_length(s);
        struct str rest = str_sub(s, n, s.n);
        if (!rest.n)
            break; /* it may be cut */
        buf_clear(&scratch);
        size_t characters = decode_run(str_sub(s, 0, n), &scratch);
        bool in_word = letter || chr_alpha((unsigned char)rest.p[0]);
        evidence += characters >= CERTAIN ? CERTAIN : in_word;
        verdict = characters ? TWICE : ONCE;
        size_t ascii = ascii_length(rest);
        letter = ascii && chr_alpha((unsigned char)rest.p[ascii - 1]);
        s = str_sub(rest, ascii, rest.n);
    }
    buf_free(&scratch);
    return evidence >= CERTAIN ? verdict : ONCE;
}

static void count_lines(struct twice *t, struct str text)
{
    for (size_t at; (at = str_chr(text, '\n')) < text.n; t->line++)
        text = str_sub(text, at + 1, text.n);
}

/* Decode what is held, but for a run that may go on. */
static void decode_held(struct twice *t, bool last)
{
    struct str s = buf_view(&t->held);
    while (s.n) {
        size_t n = ascii_length(s);
        buf_str(&t->out, str_sub(s, 0, n));
        count_lines(t, str_sub(s, 0, n));
        s = str_sub(s, n, s.n);
        n = run_length(s);
        if (n == s.n && !last && n < RUN_MAX - 4)
            break;
        if (!n)
            continue;
        if (!decode_run(str_sub(s, 0, n), &t->out))
            buf_str(&t->out, str_sub(s, 0, n));
        else if (!t->report->twice++)
            t->report->twice_line = t->line;
        s = str_sub(s, n, s.n);
    }
    size_t left = s.n;
    if (left)
        memmove(t->held.data, s.p, left);
    buf_cut(&t->held, left);
}

static void give(struct twice *t, struct str text)
{
    if (text.n)
        t->sink(t->context, text);
}

void twice_push(struct twice *t, struct str piece, bool last)
{
    if (t->verdict == NOT_KNOWN && !t->held.len) {
        size_t n = ascii_length(piece);
        count_lines(t, str_sub(piece, 0, n));
        give(t, str_sub(piece, 0, n));
        piece = str_sub(piece, n, piece.n);
    }
    if (t->verdict == ONCE) {
        give(t, piece);
        return;
    }
    buf_str(&t->held, piece);
    if (t->verdict == NOT_KNOWN && t->held.len &&
        (t->held.len >= WINDOW || last))
        t->verdict = judge(buf_view(&t->held));
    if (t->verdict == ONCE) {
        give(t, buf_view(&t->held));
        buf_free(&t->held);
    } else if (t->verdict == TWICE) {
        decode_held(t, last);
        give(t, buf_view(&t->out));
        buf_clear(&t->out);
    }
}
