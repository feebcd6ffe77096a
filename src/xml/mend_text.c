/* Characters and references. */
#include "xml/mend_int.h"

#include <libxml/HTMLparser.h>

void mend_fault(struct mend *m, enum mend_fault f)
{
    if (!m->counts[f].count++)
        m->counts[f].line = m->line;
}

static void count_lines(struct mend *m, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        m->line += s.p[i] == '\n';
}

void mend_leave_out(struct mend *m, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\n')
            buf_char(&m->out, '\n');
    count_lines(m, s);
}

void mend_put_space(struct mend *m, struct str s)
{
    buf_str(&m->out, s);
    count_lines(m, s);
}

/* ---- characters ---- */

static void put_character(struct mend *m, uint32_t c)
{
    if (c >= 0x80 && c < 0xA0 && chr_windows_1252(c))
        buf_utf8(&m->out, chr_windows_1252(c));
    else if (chr_xml(c))
        buf_utf8(&m->out, c);
    else
        mend_fault(m, MEND_CHARACTER);
}

/* Take the ASCII at the front that can stand as it is, up to a character of
 * `stops`; line ends are counted on the way. Returns how much was taken. */
static size_t put_ascii(struct mend *m, struct str s, const char stops[3])
{
    size_t n = 0;
    unsigned lines = 0;
    for (; n < s.n; n++) {
        unsigned char c = (unsigned char)s.p[n];
        if (c < 0x20) {
            if (c != '\n' && c != '\t' && c != '\r')
                break;
            lines += c == '\n';
        } else if (c >= 0x7F || s.p[n] == stops[0] || s.p[n] == stops[1] ||
                   s.p[n] == stops[2]) {
            break;
        }
    }
    buf_add(&m->out, s.p, n);
    m->line += lines;
    return n;
}

void mend_put_plain(struct mend *m, struct str s)
{
    static const char none[3] = {0};
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
    if (c >= 0x80 && c < 0xA0 && chr_windows_1252(c)) {
        mend_fault(m, MEND_REFERENCE);
        c = chr_windows_1252(c);
    }
    if (!chr_xml(c)) {
        mend_fault(m, MEND_REFERENCE);
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
    for (; i < s.n && i <= MEND_NAME_MAX; i++) {
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
        i < s.n && i <= MEND_NAME_MAX &&
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
    char text[MEND_NAME_MAX + 1] = {0};
    if (name.n)
        memcpy(text, name.p, name.n);
    const htmlEntityDesc *entity =
        name.n ? htmlEntityLookup((const xmlChar *)text) : NULL;
    if (entity) {
        mend_fault(m, MEND_ENTITY);
        put_reference(m, entity->value);
        return name.n + 2;
    }
    mend_fault(m, MEND_AMPERSAND);
    buf_puts(&m->out, "&amp;");
    return 1;
}

void mend_put_text(struct mend *m, struct str s)
{
    static const char stops[3] = {'&', '<', '>'};
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
        } else if (s.p[0] == '>') { /* it may end a "]]>" */
            buf_puts(&m->out, "&gt;");
            s = str_sub(s, 1, s.n);
        } else {
            put_character(m, utf8_next(&s));
        }
    }
}
