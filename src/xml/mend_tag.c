/* Tags. */
#include "xml/mend_int.h"

/* ---- tags ---- */

/* NameStartChar and, from the thirteenth on, what NameChar adds beyond ASCII
 * (XML 1.0, section 2.3). */
static const struct {
    uint32_t first, last;
} name_ranges[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},
                   {0x370, 0x37D},   {0x37F, 0x1FFF},  {0x200C, 0x200D},
                   {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF},
                   {0xF900, 0xFDCF}, {0xFDF0, 0xFFFC}, {0x10000, 0xEFFFF},
                   {0xB7, 0xB7},     {0x300, 0x36F},   {0x203F, 0x2040}};
enum { NAME_STARTS = 12 };

static bool name_char(uint32_t c, bool first)
{
    if (c < 0x80)
        return chr_alpha((int)c) || c == '_' || c == ':' ||
               (!first && (chr_digit((int)c) || c == '-' || c == '.'));
    for (size_t i = 0; i < (first ? NAME_STARTS : ARRAY_LEN(name_ranges)); i++)
        if (c >= name_ranges[i].first && c <= name_ranges[i].last)
            return true;
    return false;
}

size_t mend_name_length(struct str s)
{
    struct str rest = s;
    size_t n = 0;
    while (rest.n && name_char(utf8_next(&rest), !n))
        n = s.n - rest.n;
    return n;
}

static struct str take_name(struct str *s)
{
    size_t n = mend_name_length(*s);
    struct str name = str_sub(*s, 0, n);
    *s = str_sub(*s, n, s->n);
    return name;
}

/* An attribute's value: text in which quotes are escaped. */
static void put_quoted(struct mend *m, struct str s)
{
    while (s.n) {
        size_t n = str_chr(s, '"');
        mend_put_text(m, str_sub(s, 0, n));
        if (n < s.n)
            buf_puts(&m->out, "&quot;");
        s = str_sub(s, n + 1, s.n);
    }
}

static void put_space(struct mend *m, struct str *s)
{
    size_t n = 0;
    while (n < s->n && chr_space((unsigned char)s->p[n]))
        n++;
    mend_put_space(m, str_sub(*s, 0, n));
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
            mend_fault(m, MEND_ATTRIBUTE);
    } else {
        mend_fault(m, MEND_ATTRIBUTE);
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
        if (!mend_name_length(s)) {
            mend_fault(m, MEND_ATTRIBUTE);
            utf8_next(&s);
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
            mend_leave_out(m, str_sub(s, 0, s.n - rest.n));
            s = str_sub(rest, 1, rest.n);
            put_value(m, &s);
        } else {
            mend_fault(m, MEND_ATTRIBUTE);
            buf_puts(&m->out, "\"\"");
        }
    }
}

enum ending { ENDED, NO_TAG, CUT_OFF };

/* Look for the ">" of the tag at the front of s; *n is how much of s was looked
 * at, the ">" included. A quoted value may hold ">" and "<"; another "<" tells
 * that this is no tag. */
static enum ending find_end(struct str s, size_t *n)
{
    char quote = 0;
    bool value = false;
    for (*n = 1; *n < s.n; ++*n) {
        char c = s.p[*n];
        if (quote) {
            if (c == quote)
                quote = 0;
            continue;
        }
        if (c == '<')
            return NO_TAG;
        if (c == '>') {
            ++*n;
            return ENDED;
        }
        if (value && (c == '"' || c == '\''))
            quote = c;
        if (!chr_space((unsigned char)c))
            value = c == '=';
    }
    return CUT_OFF;
}

/* ---- open elements ---- */

static struct str open_name(const struct mend *m, size_t i)
{
    size_t from = m->open.items[i];
    size_t to = i + 1 < m->open.len ? m->open.items[i + 1] : m->names.len;
    return str_sub(buf_view(&m->names), from, to - from);
}

static void open_element(struct mend *m, struct str name)
{
    size_t at = m->names.len;
    buf_str(&m->names, name);
    vec_push(&m->open, at);
}

/* `rest` is what stands between the name and ">". */
static void close_innermost(struct mend *m, struct str rest)
{
    buf_puts(&m->out, "</");
    buf_str(&m->out, open_name(m, m->open.len - 1));
    mend_leave_out(m, rest);
    buf_char(&m->out, '>');
    buf_cut(&m->names, m->open.items[--m->open.len]);
    if (!m->open.len)
        m->root_closed = true;
}

static unsigned known(const struct mend *m, struct str name)
{
    for (size_t i = 0; i < m->known_count; i++)
        if (str_eq(name, str_of(m->known[i].name)))
            return m->known[i].flags;
    return 0;
}

/* End what this element cannot stand in, within the open unit. */
static void end_others(struct mend *m, struct str name)
{
    unsigned mine = known(m, name);
    size_t ends = m->open.len;
    for (size_t at = m->open.len; mine && at--;) {
        unsigned other = known(m, open_name(m, at));
        if ((other & MEND_UNIT & mine) || (other & MEND_TEXT) ||
            ((other & MEND_BODY) && (mine & MEND_SURE)))
            ends = at;
        if (other & MEND_UNIT)
            break;
    }
    for (; m->open.len > ends; close_innermost(m, (struct str){"", 0}))
        mend_fault(m, MEND_UNCLOSED);
}

static void put_start_tag(struct mend *m, struct str tag)
{
    struct str inside = str_sub(tag, 1, tag.n - 2);
    bool empty = str_ends(inside, STR("/"));
    if (m->open.len >= MEND_DEPTH) {
        mend_leave_out(m, tag);
        return;
    }
    if (empty)
        inside.n--;
    struct str name = take_name(&inside);
    end_others(m, name);
    buf_char(&m->out, '<');
    buf_str(&m->out, name);
    put_attributes(m, inside);
    buf_puts(&m->out, empty ? "/>" : ">");
    if (!empty)
        open_element(m, name);
    else if (!m->open.len)
        m->root_closed = true;
}

/* Elements inside of the one that it ends are ended too: a "<br>" among XML
 * must not shift all that follows. */
static void put_end_tag(struct mend *m, struct str tag)
{
    struct str inside = str_sub(tag, 2, tag.n - 3);
    struct str name = take_name(&inside);
    size_t at = m->open.len;
    while (at && !str_eq_nocase(open_name(m, at - 1), name))
        at--;
    if (!at) {
        mend_fault(m, MEND_END_TAG);
        mend_leave_out(m, tag);
        return;
    }
    for (; m->open.len > at; close_innermost(m, (struct str){"", 0}))
        mend_fault(m, MEND_UNCLOSED);
    close_innermost(m, inside);
}

/* How far to look for a tag's end: not far any more once looking was in vain
 * too often, so that the time stays in proportion to the input. */
static size_t tag_limit(const struct mend *m)
{
    enum { FAR_TRIES = 16, SHORT = 256 };
    size_t allowed = FAR_TRIES * (size_t)MEND_TAG_MAX + 8 * m->taken;
    return m->wasted < allowed ? MEND_TAG_MAX : SHORT;
}

size_t mend_take_tag(struct mend *m, struct str s)
{
    size_t limit = tag_limit(m), n;
    struct str window = str_sub(s, 0, limit);
    enum ending ending = find_end(window, &n);
    bool end_tag = s.p[1] == '/';
    if (ending == CUT_OFF && window.n < limit && !m->at_end)
        return 0;
    if (ending == CUT_OFF && window.n < limit &&
        str_chr(str_sub(s, 1, s.n), '<') + 1 == s.n) {
        mend_leave_out(m, s);
        return s.n;
    }
    if (ending != ENDED) {
        m->wasted += n;
        if (m->open.len) {
            mend_fault(m, MEND_LESS_THAN);
            buf_puts(&m->out, "&lt;");
        }
        return 1;
    }
    if (m->root_closed || (end_tag && !m->open.len)) {
        mend_fault(m, MEND_JUNK);
        mend_leave_out(m, str_sub(s, 0, n));
    } else if (end_tag) {
        put_end_tag(m, str_sub(s, 0, n));
    } else {
        put_start_tag(m, str_sub(s, 0, n));
    }
    return n;
}
