#include "xml/mend.h"

#include "base/buf.h"
#include "base/mem.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>

enum {
    TAG_MAX = 1 << 20,    /* bytes; a "<" with no ">" in so many is text */
    NAME_MAX_LENGTH = 48, /* bytes of an entity's name */
    KEEP = 16, /* bytes held back for what may be the start of something */
};

struct mend {
    mend_sink sink;
    void *context;
    struct buf in;  /* not yet mended */
    struct buf out; /* mended, not yet given away */
    unsigned line;
    unsigned depth;   /* of open elements */
    bool root_closed; /* the root element is over */
    bool started;     /* something but white space has been read */
    bool in_cdata;
    bool in_unseen; /* in what is left out, up to unseen_end */
    struct str unseen_end;
    bool at_end; /* no more input will come */
    struct mend_count counts[MEND_FAULT_COUNT];
};

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
    m->line = 1;
    return m;
}

void mend_free(struct mend *m)
{
    if (!m)
        return;
    buf_free(&m->in);
    buf_free(&m->out);
    free(m);
}

const struct mend_count *mend_counts(const struct mend *m)
{
    return m->counts;
}

static void fault(struct mend *m, enum mend_fault f)
{
    if (!m->counts[f].count++)
        m->counts[f].line = m->line;
}

static void count_lines(struct mend *m, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        m->line += s.p[i] == '\n';
}

/* Leave text out, but for its line ends. */
static void leave_out(struct mend *m, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\n')
            buf_char(&m->out, '\n');
    count_lines(m, s);
}

/* ---- characters ---- */

/* What Windows-1252 has at 0x80 to 0x9F; 0 for nothing. (Encoding Standard,
 * index windows-1252.) */
static uint32_t windows_1252(uint32_t c)
{
    static const uint16_t table[] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
        0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    return table[c - 0x80];
}

static void put_character(struct mend *m, uint32_t c)
{
    if (c >= 0x80 && c < 0xA0 && windows_1252(c))
        buf_utf8(&m->out, windows_1252(c));
    else if (chr_xml(c))
        buf_utf8(&m->out, c);
    else
        fault(m, MEND_CHARACTER);
}

/* Take the ASCII at the front that can stand as it is, up to a character of
 * `stops` (two of them, or one twice); line ends are counted on the way.
 * Returns how much was taken. */
static size_t put_ascii(struct mend *m, struct str s, const char stops[2])
{
    size_t n = 0;
    unsigned lines = 0;
    for (; n < s.n; n++) {
        unsigned char c = (unsigned char)s.p[n];
        if (c < 0x20) {
            if (c != '\n' && c != '\t' && c != '\r')
                break;
            lines += c == '\n';
        } else if (c >= 0x7F || s.p[n] == stops[0] || s.p[n] == stops[1]) {
            break;
        }
    }
    buf_add(&m->out, s.p, n);
    m->line += lines;
    return n;
}

/* Text without markup, as it is but for characters that cannot be. */
static void put_plain(struct mend *m, struct str s)
{
    static const char none[2] = {'\0', '\0'};
    while (s.n) {
        size_t n = put_ascii(m, s, none);
        s = str_sub(s, n, s.n);
        if (s.n)
            put_character(m, utf8_next(&s));
    }
}

/* ---- references ---- */

static void put_reference(struct mend *m, uint32_t c)
{
    if (c >= 0x80 && c < 0xA0 && windows_1252(c)) {
        fault(m, MEND_REFERENCE);
        c = windows_1252(c);
    }
    if (!chr_xml(c)) {
        fault(m, MEND_REFERENCE);
        c = 0xFFFD;
    }
    buf_printf(&m->out, "&#%u;", (unsigned)c);
}

/* "&#…;" at the front of s: its length, 0 if it is none. */
static size_t numeric(struct str s, uint32_t *c)
{
    bool hex = s.n > 2 && (s.p[2] | 32) == 'x';
    size_t i = hex ? 3 : 2, first = i;
    *c = 0;
    for (; i < s.n; i++) {
        int digit = chr_hex((unsigned char)s.p[i]);
        if (digit < 0 || (!hex && digit > 9))
            break;
        if (*c < 0x110000)
            *c = *c * (hex ? 16 : 10) + (uint32_t)digit;
    }
    return i > first && i < s.n && s.p[i] == ';' ? i + 1 : 0;
}

static bool xml_entity(struct str name)
{
    return str_eq(name, STR("amp")) || str_eq(name, STR("lt")) ||
           str_eq(name, STR("gt")) || str_eq(name, STR("quot")) ||
           str_eq(name, STR("apos"));
}

/* "&name;" at the front of s: the name, empty if it is none. */
static struct str named(struct str s)
{
    size_t i = 1;
    while (
        i < s.n && i <= NAME_MAX_LENGTH &&
        (chr_alpha((unsigned char)s.p[i]) || chr_digit((unsigned char)s.p[i])))
        i++;
    bool whole = i > 1 && i < s.n && s.p[i] == ';';
    return str_sub(s, 1, whole ? i - 1 : 0);
}

/* Take the "&" at the front of s; returns how much was taken. */
static size_t put_ampersand(struct mend *m, struct str s)
{
    uint32_t c;
    if (s.n > 1 && s.p[1] == '#') {
        size_t n = numeric(s, &c);
        if (n) {
            put_reference(m, c);
            return n;
        }
    }
    struct str name = named(s);
    if (xml_entity(name)) {
        buf_str(&m->out, str_sub(s, 0, name.n + 2));
        return name.n + 2;
    }
    char text[NAME_MAX_LENGTH + 1] = {0};
    if (name.n)
        memcpy(text, name.p, name.n);
    const htmlEntityDesc *entity =
        name.n ? htmlEntityLookup((const xmlChar *)text) : NULL;
    if (entity) {
        fault(m, MEND_ENTITY);
        put_reference(m, entity->value);
        return name.n + 2;
    }
    fault(m, MEND_AMPERSAND);
    buf_puts(&m->out, "&amp;");
    return 1;
}

/* Text with references. */
static void put_text(struct mend *m, struct str s)
{
    static const char stops[2] = {'&', '<'};
    while (s.n) {
        size_t n = put_ascii(m, s, stops);
        s = str_sub(s, n, s.n);
        if (!s.n)
            break;
        if (s.p[0] == '&') {
            s = str_sub(s, put_ampersand(m, s), s.n);
        } else if (s.p[0] == '<') {
            buf_puts(&m->out, "&lt;");
            s = str_sub(s, 1, s.n);
        } else {
            put_character(m, utf8_next(&s));
        }
    }
}

/* An attribute's value: text in which quotes are escaped. */
static void put_quoted(struct mend *m, struct str s)
{
    while (s.n) {
        size_t n = str_chr(s, '"');
        put_text(m, str_sub(s, 0, n));
        if (n < s.n)
            buf_puts(&m->out, "&quot;");
        s = str_sub(s, n + 1, s.n);
    }
}

/* ---- tags ---- */

static bool name_start(unsigned char c)
{
    return chr_alpha(c) || c == '_' || c == ':' || c >= 0x80;
}

static bool name_char(unsigned char c)
{
    return name_start(c) || chr_digit(c) || c == '-' || c == '.';
}

static struct str take_name(struct str *s)
{
    size_t n = 0;
    while (n < s->n && name_char((unsigned char)s->p[n]))
        n++;
    struct str name = str_sub(*s, 0, n);
    *s = str_sub(*s, n, s->n);
    return name;
}

static void put_space(struct mend *m, struct str *s)
{
    size_t n = 0;
    while (n < s->n && chr_space((unsigned char)s->p[n]))
        n++;
    buf_str(&m->out, str_sub(*s, 0, n));
    count_lines(m, str_sub(*s, 0, n));
    *s = str_sub(*s, n, s->n);
}

/* The value after "=": quoted, or up to white space. */
static void put_value(struct mend *m, struct str *s)
{
    put_space(m, s);
    char quote = s->n && (s->p[0] == '"' || s->p[0] == '\'') ? s->p[0] : 0;
    size_t n;
    if (quote) {
        *s = str_sub(*s, 1, s->n);
        n = str_chr(*s, quote);
        if (str_chr(str_sub(*s, 0, n), '<') < n)
            fault(m, MEND_ATTRIBUTE);
    } else {
        fault(m, MEND_ATTRIBUTE);
        for (n = 0; n < s->n && !chr_space((unsigned char)s->p[n]);)
            n++;
    }
    buf_char(&m->out, '"');
    put_quoted(m, str_sub(*s, 0, n));
    buf_char(&m->out, '"');
    *s = str_sub(*s, quote ? n + 1 : n, s->n);
}

/* What is between the element's name and ">" or "/>". */
static void put_attributes(struct mend *m, struct str s)
{
    while (s.n) {
        put_space(m, &s);
        if (!s.n)
            return;
        if (!name_start((unsigned char)s.p[0])) {
            fault(m, MEND_ATTRIBUTE);
            s = str_sub(s, 1, s.n);
            continue;
        }
        if (m->out.len &&
            !chr_space((unsigned char)m->out.data[m->out.len - 1]))
            buf_char(&m->out, ' ');
        buf_str(&m->out, take_name(&s));
        struct str rest = s;
        while (rest.n && chr_space((unsigned char)rest.p[0]))
            rest = str_sub(rest, 1, rest.n);
        buf_char(&m->out, '=');
        if (rest.n && rest.p[0] == '=') {
            leave_out(m, str_sub(s, 0, s.n - rest.n));
            s = str_sub(rest, 1, rest.n);
            put_value(m, &s);
        } else {
            fault(m, MEND_ATTRIBUTE);
            buf_puts(&m->out, "\"\"");
        }
    }
}

/* Where the tag at the front of s ends, its ">" included. A quoted value may
 * hold ">". 0: not in what there is. */
static size_t tag_end(struct str s)
{
    char quote = 0;
    bool value = false;
    for (size_t i = 1; i < s.n; i++) {
        char c = s.p[i];
        if (quote) {
            if (c == quote)
                quote = 0;
            continue;
        }
        if (c == '>')
            return i + 1;
        if (value && (c == '"' || c == '\''))
            quote = c;
        if (!chr_space((unsigned char)c))
            value = c == '=';
    }
    return 0;
}

static void put_start_tag(struct mend *m, struct str tag)
{
    struct str inside = str_sub(tag, 1, tag.n - 2);
    bool empty = str_ends(inside, STR("/"));
    if (empty)
        inside.n--;
    buf_char(&m->out, '<');
    buf_str(&m->out, take_name(&inside));
    put_attributes(m, inside);
    buf_puts(&m->out, empty ? "/>" : ">");
    if (!empty)
        m->depth++;
    else if (!m->depth)
        m->root_closed = true;
}

static void put_end_tag(struct mend *m, struct str tag)
{
    struct str inside = str_sub(tag, 2, tag.n - 3);
    buf_puts(&m->out, "</");
    buf_str(&m->out, take_name(&inside));
    leave_out(m, inside);
    buf_char(&m->out, '>');
    if (m->depth && --m->depth == 0)
        m->root_closed = true;
}

/* ---- what stands at the front of the input ---- */

/* Each of these returns how many bytes it took, 0 if it needs more. */

static size_t take_cdata_text(struct mend *m, struct str s)
{
    size_t end = str_find(s, STR("]]>"));
    if (end < s.n) {
        put_plain(m, str_sub(s, 0, end));
        buf_puts(&m->out, "]]>");
        m->in_cdata = false;
        return end + 3;
    }
    size_t n = m->at_end ? s.n : s.n > KEEP ? s.n - KEEP : 0;
    while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    put_plain(m, str_sub(s, 0, n));
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
    leave_out(m, str_sub(s, 0, n));
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
    if (end >= s.n && !m->at_end && s.n < TAG_MAX)
        return 0;
    size_t n = end < s.n ? end + 1 : s.n;
    leave_out(m, str_sub(s, 0, n));
    return n;
}

static size_t take_declaration(struct mend *m, struct str s)
{
    if (m->started && str_starts(s, STR("<?xml")) && s.n > 5 &&
        chr_space((unsigned char)s.p[5]))
        fault(m, MEND_DECLARATION);
    return take_unseen(m, STR("<?"), STR("?>"));
}

static size_t take_markup(struct mend *m, struct str s)
{
    static const struct str cdata = {"<![CDATA[", 9};
    if (!m->at_end && s.n < cdata.n)
        return 0;
    if (str_starts(s, cdata) && m->depth) {
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
    bool end_tag =
        s.n > 2 && s.p[1] == '/' && name_start((unsigned char)s.p[2]);
    bool start_tag = s.n > 1 && name_start((unsigned char)s.p[1]);
    size_t n = end_tag || start_tag ? tag_end(s) : 0;
    if (!n && (end_tag || start_tag) && !m->at_end && s.n < TAG_MAX)
        return 0;
    if (n && (m->root_closed || (end_tag && !m->depth))) {
        fault(m, MEND_JUNK);
        leave_out(m, str_sub(s, 0, n));
    } else if (n && end_tag) {
        put_end_tag(m, str_sub(s, 0, n));
    } else if (n) {
        put_start_tag(m, str_sub(s, 0, n));
    } else if (m->depth) {
        fault(m, MEND_LESS_THAN);
        buf_puts(&m->out, "&lt;");
        n = 1;
    } else {
        n = 1;
    }
    return n;
}

/* Text up to the next "<". A reference may be cut off at the end. */
static size_t take_text(struct mend *m, struct str s)
{
    size_t n = str_chr(s, '<');
    if (n == s.n && !m->at_end) {
        size_t keep = NAME_MAX_LENGTH + 4;
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
    if (m->depth) {
        put_text(m, text);
    } else {
        if (str_trim(text).n && !str_eq(text, STR("\xEF\xBB\xBF")))
            fault(m, MEND_JUNK);
        leave_out(m, text);
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
        m->started |= str_trim(str_sub(s, 0, n)).n > 0;
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
        fault(m, MEND_CDATA);
        m->sink(m->context, "]]>", 3);
        m->in_cdata = false;
    }
}
