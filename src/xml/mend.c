#include "xml/mend_int.h"

#include <stdlib.h>

/* Bytes held back for what may be the start of something. */
enum { KEEP = 16 };

static const char *const fault_texts[] = {
#define X(id, text) text,
    MEND_FAULTS(X)
#undef X
};

const char *mend_fault_text(enum mend_fault fault)
{
    return fault_texts[fault];
}

struct mend *mend_new(mend_sink sink, void *context)
{
    struct mend *m = mem_alloc(sizeof *m);
    m->sink = sink;
    m->context = context;
    m->in = buf_make(BUF_MEMBER);
    m->out = buf_make(BUF_MEMBER);
    m->names = buf_make(BUF_MEMBER);
    m->line = 1;
    return m;
}

void mend_free(struct mend *m)
{
    if (!m)
        return;
    buf_free(&m->in);
    buf_free(&m->out);
    buf_free(&m->names);
    free(m->open.items);
    free(m);
}

bool mend_cut(const struct mend *m)
{
    return m->open.len > 0;
}

void mend_know(struct mend *m, const struct mend_element *elements,
               size_t count)
{
    m->known = elements;
    m->known_count = count;
}

const struct mend_count *mend_counts(const struct mend *m)
{
    return m->counts;
}

/* ---- what stands at the front of the input ---- */

/* Each of these returns how many bytes it took, 0 if it needs more. */

static size_t take_cdata_text(struct mend *m, struct str s)
{
    size_t end = str_find(s, STR("]]>"));
    if (end < s.n) {
        mend_put_plain(m, str_sub(s, 0, end));
        buf_puts(&m->out, "]]>");
        m->in_cdata = false;
        return end + 3;
    }
    if (m->at_end) { /* of "]]>" there may be a beginning */
        size_t end_cut = str_ends(s, STR("]]")) ? 2 : str_ends(s, STR("]"));
        mend_put_plain(m, str_sub(s, 0, s.n - end_cut));
        return s.n;
    }
    size_t n = s.n > KEEP ? s.n - KEEP : 0;
    while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    mend_put_plain(m, str_sub(s, 0, n));
    return n;
}

/* Inside what is left out whole: a comment or a processing instruction. */
static size_t skip_unseen(struct mend *m, struct str s)
{
    size_t end = str_find(s, m->unseen_end);
    size_t n = end + m->unseen_end.n;
    if (end == s.n) {
        size_t hold = m->at_end ? 0 : m->unseen_end.n - 1;
        n = s.n > hold ? s.n - hold : 0;
    } else {
        m->in_unseen = false;
    }
    mend_leave_out(m, str_sub(s, 0, n));
    return n;
}

static size_t take_unseen(struct mend *m, struct str start, struct str end)
{
    m->in_unseen = true;
    m->unseen_end = end;
    return start.n;
}

/* <!DOCTYPE … [ … ]>: brackets may hold ">". */
static size_t take_doctype(struct mend *m, struct str s)
{
    size_t bracket = str_chr(s, '['), end = str_chr(s, '>');
    if (bracket < end) {
        end = str_find(str_sub(s, bracket, s.n), STR("]")) + bracket;
        end += str_chr(str_sub(s, end, s.n), '>');
    }
    if (end >= s.n && !m->at_end && s.n < MEND_TAG_MAX)
        return 0;
    size_t n = end < s.n ? end + 1 : s.n;
    mend_leave_out(m, str_sub(s, 0, n));
    return n;
}

static size_t take_declaration(struct mend *m, struct str s)
{
    if (m->started && str_starts(s, STR("<?xml")) && s.n > 5 &&
        chr_space((unsigned char)s.p[5]))
        mend_fault(m, MEND_DECLARATION);
    return take_unseen(m, STR("<?"), STR("?>"));
}

static size_t take_markup(struct mend *m, struct str s)
{
    static const struct str cdata = {"<![CDATA[", 9};
    if (!m->at_end && s.n < cdata.n)
        return 0;
    if (str_starts(s, cdata) && m->open.len) {
        buf_str(&m->out, cdata);
        m->in_cdata = true;
        return cdata.n;
    }
    if (str_starts(s, STR("<!--")))
        return take_unseen(m, STR("<!--"), STR("-->"));
    if (str_starts(s, STR("<?")))
        return take_declaration(m, s);
    if (str_starts_nocase(s, STR("<!DOCTYPE")))
        return take_doctype(m, s);
    size_t slash = s.n > 1 && s.p[1] == '/' ? 2 : 1;
    if (s.n == slash || str_starts(cdata, s)) { /* the input's last bytes */
        mend_leave_out(m, s);
        return s.n;
    }
    if (mend_name_length(str_sub(s, slash, 4)))
        return mend_take_tag(m, s);
    if (m->open.len) {
        mend_fault(m, MEND_LESS_THAN);
        buf_puts(&m->out, "&lt;");
    }
    return 1;
}

/* At the input's end a reference may have lost its own. */
static struct str without_cut_reference(struct str s)
{
    size_t at = s.n;
    while (at && s.n - at < MEND_NAME_MAX &&
           (chr_alpha((unsigned char)s.p[at - 1]) ||
            chr_digit((unsigned char)s.p[at - 1]) || s.p[at - 1] == '#'))
        at--;
    return at && s.p[at - 1] == '&' ? str_sub(s, 0, at - 1) : s;
}

/* Text up to the next "<". A reference may be cut off at the end. */
static size_t take_text(struct mend *m, struct str s)
{
    size_t n = str_chr(s, '<');
    if (n == s.n && !m->at_end) {
        size_t keep = MEND_NAME_MAX + 4;
        size_t from = n > keep ? n - keep : 0;
        struct str tail = str_sub(s, from, keep);
        size_t at = tail.n;
        while (at > 0 && tail.p[at - 1] != '&')
            at--;
        if (at > 0 && str_chr(str_sub(tail, at, tail.n), ';') == tail.n - at)
            n = from + at - 1;
        while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
            n--;
        /* the last character may be cut in two */
        for (size_t back = 1; n == s.n && back <= 3 && back <= n; back++)
            if ((unsigned char)s.p[n - back] >= 0xC0) {
                n -= back;
                break;
            }
    }
    struct str text = str_sub(s, 0, n);
    if (m->at_end && n == s.n)
        text = without_cut_reference(text);
    if (m->open.len) {
        mend_put_text(m, text);
    } else {
        struct str junk = str_trim(text);
        if (!m->in_junk && junk.n && !str_eq(junk, STR("\xEF\xBB\xBF"))) {
            mend_fault(m, MEND_JUNK);
            m->in_junk = true;
        }
        mend_leave_out(m, text);
    }
    return n;
}

static void drain(struct mend *m)
{
    struct str s = buf_view(&m->in);
    while (s.n) {
        size_t n = m->in_cdata     ? take_cdata_text(m, s)
                   : m->in_unseen  ? skip_unseen(m, s)
                   : s.p[0] == '<' ? take_markup(m, s)
                                   : take_text(m, s);
        if (!n)
            break;
        m->in_junk &= s.p[0] != '<';
        m->started |= str_trim(str_sub(s, 0, n)).n > 0;
        m->taken += n;
        s = str_sub(s, n, s.n);
    }
    size_t left = s.n;
    if (left && m->in.len > left)
        memmove(m->in.data, s.p, left);
    buf_cut(&m->in, left);
    if (m->out.len)
        m->sink(m->context, m->out.data, m->out.len);
    buf_clear(&m->out);
}

void mend_push(struct mend *m, struct str piece)
{
    buf_str(&m->in, piece);
    drain(m);
}

void mend_end(struct mend *m)
{
    m->at_end = true;
    drain(m);
    if (m->in_cdata) {
        mend_fault(m, MEND_CDATA);
        m->sink(m->context, "]]>", 3);
        m->in_cdata = false;
    }
}
