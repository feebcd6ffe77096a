/* html_bound: a light model of the HTML Standard's tree construction.
 *
 * It keeps a stack of open elements and a list of active formatting elements
 * (sections 13.2.4.2 and 13.2.4.3) without building anything, and leaves out
 * the tags that would let either grow past its bound. Where it cannot know
 * whether an end tag closes something, it assumes that it does not: its stack
 * is then deeper than the real one, never the other way round. */
#include "base/mem.h"
#include "xml/html.h"

#include <stdlib.h>

enum {
    /* Formatting elements that may be open at once. Each one is opened again
     * in every following paragraph until it is closed, so this bounds how
     * much larger a tree can be than its text. */
    FORMATTING_MAX = 12,
    /* Longest tag or comment that is looked at as one. */
    NAME_MAX_LENGTH = 32,
};

/* What the standard makes of an element. */
enum {
    VOID = 1 << 0,       /* no content, no end tag */
    RAW = 1 << 1,        /* content is text up to the end tag */
    FORMATTING = 1 << 2, /* kept in the list of active formatting elements */
    SPECIAL = 1 << 3,    /* stops the search of an ordinary end tag */
    SCOPE = 1 << 4,      /* stops the search of a block's end tag */
    MARKER = 1 << 5,     /* hides the formatting elements before it */
    CLOSES_P = 1 << 6,   /* its start tag closes an open p */
    HEADING = 1 << 7,
    IGNORED = 1 << 8,      /* a fragment has no such element */
    REST = 1 << 9,         /* all that follows is text */
    TABLE_PART = 1 << 10,  /* lives inside a table alone */
    FOREIGN = 1 << 11,     /* svg, math: other rules inside */
    INTEGRATION = 1 << 12, /* HTML again within foreign content */
    BREAKOUT = 1 << 13,    /* ends foreign content */
    BLOCK = SPECIAL | CLOSES_P | BREAKOUT,
};

struct kind {
    const char *name;
    unsigned flags;
};

/* Sorted by name. What is not here is an ordinary element. */
static const struct kind kinds[] = {
    {"a", FORMATTING},
    {"address", SPECIAL | CLOSES_P},
    {"annotation-xml", INTEGRATION},
    {"applet", SPECIAL | SCOPE | MARKER},
    {"area", VOID | SPECIAL},
    {"article", SPECIAL | CLOSES_P},
    {"aside", SPECIAL | CLOSES_P},
    {"b", FORMATTING | BREAKOUT},
    {"base", VOID | SPECIAL},
    {"basefont", VOID | SPECIAL},
    {"bgsound", VOID | SPECIAL},
    {"big", FORMATTING | BREAKOUT},
    {"blockquote", BLOCK},
    {"body", IGNORED | BREAKOUT},
    {"br", VOID | SPECIAL | BREAKOUT},
    {"button", SPECIAL},
    {"caption", SPECIAL | SCOPE | MARKER | TABLE_PART},
    {"center", BLOCK},
    {"code", FORMATTING | BREAKOUT},
    {"col", VOID | SPECIAL},
    {"colgroup", SPECIAL | TABLE_PART},
    {"dd", BLOCK},
    {"desc", INTEGRATION},
    {"details", SPECIAL | CLOSES_P},
    {"dialog", SPECIAL | CLOSES_P},
    {"dir", SPECIAL | CLOSES_P},
    {"div", BLOCK},
    {"dl", BLOCK},
    {"dt", BLOCK},
    {"em", FORMATTING | BREAKOUT},
    {"embed", VOID | SPECIAL | BREAKOUT},
    {"fieldset", SPECIAL | CLOSES_P},
    {"figcaption", SPECIAL | CLOSES_P},
    {"figure", SPECIAL | CLOSES_P},
    {"font", FORMATTING},
    {"footer", SPECIAL | CLOSES_P},
    {"foreignobject", INTEGRATION | SPECIAL | SCOPE},
    {"form", SPECIAL | CLOSES_P},
    {"frame", VOID | IGNORED},
    {"frameset", IGNORED},
    {"h1", BLOCK | HEADING},
    {"h2", BLOCK | HEADING},
    {"h3", BLOCK | HEADING},
    {"h4", BLOCK | HEADING},
    {"h5", BLOCK | HEADING},
    {"h6", BLOCK | HEADING},
    {"head", IGNORED | BREAKOUT},
    {"header", SPECIAL | CLOSES_P},
    {"hgroup", SPECIAL | CLOSES_P},
    {"hr", VOID | SPECIAL | CLOSES_P | BREAKOUT},
    {"html", IGNORED},
    {"i", FORMATTING | BREAKOUT},
    {"iframe", RAW | SPECIAL},
    {"image", VOID},
    {"img", VOID | SPECIAL | BREAKOUT},
    {"input", VOID | SPECIAL},
    {"keygen", VOID},
    {"li", BLOCK},
    {"link", VOID | SPECIAL},
    {"listing", BLOCK},
    {"main", SPECIAL | CLOSES_P},
    {"marquee", SPECIAL | SCOPE | MARKER},
    {"math", FOREIGN},
    {"menu", BLOCK},
    {"menuitem", VOID},
    {"meta", VOID | SPECIAL | BREAKOUT},
    {"mi", INTEGRATION},
    {"mn", INTEGRATION},
    {"mo", INTEGRATION},
    {"ms", INTEGRATION},
    {"mtext", INTEGRATION},
    {"nav", SPECIAL | CLOSES_P},
    {"nobr", FORMATTING | BREAKOUT},
    {"noembed", RAW | SPECIAL},
    {"noframes", RAW | SPECIAL},
    {"object", SPECIAL | SCOPE | MARKER},
    {"ol", BLOCK},
    {"p", BLOCK},
    {"param", VOID | SPECIAL},
    {"plaintext", REST | SPECIAL | CLOSES_P},
    {"pre", BLOCK},
    {"s", FORMATTING | BREAKOUT},
    {"script", RAW | SPECIAL},
    {"section", SPECIAL | CLOSES_P},
    {"select", SPECIAL},
    {"small", FORMATTING | BREAKOUT},
    {"source", VOID | SPECIAL},
    {"strike", FORMATTING | BREAKOUT},
    {"strong", FORMATTING | BREAKOUT},
    {"style", RAW | SPECIAL},
    {"summary", SPECIAL | CLOSES_P},
    {"svg", FOREIGN},
    {"table", BLOCK | SCOPE},
    {"tbody", SPECIAL | TABLE_PART},
    {"td", SPECIAL | SCOPE | MARKER | TABLE_PART},
    {"template", SPECIAL | SCOPE | MARKER},
    {"textarea", RAW | SPECIAL},
    {"tfoot", SPECIAL | TABLE_PART},
    {"th", SPECIAL | SCOPE | MARKER | TABLE_PART},
    {"thead", SPECIAL | TABLE_PART},
    {"title", RAW | SPECIAL},
    {"tr", SPECIAL | TABLE_PART},
    {"track", VOID | SPECIAL},
    {"tt", FORMATTING | BREAKOUT},
    {"u", FORMATTING | BREAKOUT},
    {"ul", BLOCK},
    {"var", BREAKOUT},
    {"wbr", VOID | SPECIAL},
    {"xmp", RAW | SPECIAL | CLOSES_P},
};

/* A tag's name in lower case; longer ones are told by their beginning. */
struct name {
    char text[NAME_MAX_LENGTH + 1];
};

struct open {
    struct name name;
    unsigned flags;
    bool foreign; /* an SVG or MathML element */
};

struct formatting {
    struct name name;
    bool marker; /* what is before it is hidden */
    bool open;   /* it is on the stack */
};

struct model {
    struct str in; /* not yet read */
    struct buf *out;
    unsigned depth_max;
    struct open *stack; /* depth_max + FORMATTING_MAX of them */
    size_t depth;
    VEC(struct formatting) list;
    size_t marker_count;
    unsigned omitted[64]; /* start tags left out, by hash of their name */
};

static unsigned kind_flags(const struct name *name)
{
    size_t low = 0, high = ARRAY_LEN(kinds);
    while (low < high) {
        size_t mid = (low + high) / 2;
        int c = (unsigned char)*name->text - (unsigned char)*kinds[mid].name;
        if (c == 0)
            c = strcmp(name->text, kinds[mid].name);
        if (c == 0)
            return kinds[mid].flags;
        if (c < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return 0;
}

static unsigned name_slot(const struct name *name)
{
    unsigned h = 5381;
    for (const char *p = name->text; *p; p++)
        h = h * 33 + (unsigned char)*p;
    return h % 64;
}

static bool same(const struct name *a, const char *b)
{
    return strcmp(a->text, b) == 0;
}

/* ---- the stack and the list ---- */

static void forget_last_marker(struct model *m)
{
    while (m->list.len) {
        bool marker = m->list.items[--m->list.len].marker;
        if (marker) {
            m->marker_count--;
            return;
        }
    }
}

static struct formatting *listed(struct model *m, const char *name)
{
    for (size_t i = m->list.len; i-- > 0 && !m->list.items[i].marker;)
        if (same(&m->list.items[i].name, name))
            return &m->list.items[i];
    return NULL;
}

static void unlist(struct model *m, struct formatting *f)
{
    size_t at = (size_t)(f - m->list.items);
    m->list.len--;
    memmove(f, f + 1, (m->list.len - at) * sizeof *f);
}

/* The element at `at` leaves the stack without the ones above it. */
static void remove_open(struct model *m, size_t at)
{
    const struct open *o = &m->stack[at];
    if (o->flags & MARKER) {
        forget_last_marker(m);
    } else if (o->flags & FORMATTING) {
        struct formatting *f = listed(m, o->name.text);
        if (f)
            f->open = false;
    }
    m->depth--;
    memmove(&m->stack[at], &m->stack[at + 1],
            (m->depth - at) * sizeof *m->stack);
}

static void pop_to(struct model *m, size_t at)
{
    while (m->depth > at)
        remove_open(m, m->depth - 1);
}

/* Find an open element from the top down, up to one that has a flag of
 * `stop`. Returns m->depth when there is none. */
static size_t find_open(const struct model *m, const char *name, unsigned stop)
{
    for (size_t i = m->depth; i-- > 0;) {
        if (same(&m->stack[i].name, name))
            return i;
        if (m->stack[i].flags & stop)
            break;
    }
    return m->depth;
}

static void close_in(struct model *m, const char *name, unsigned stop)
{
    size_t at = find_open(m, name, stop);
    if (at < m->depth)
        pop_to(m, at);
}

static bool in_foreign(const struct model *m)
{
    if (!m->depth)
        return false;
    const struct open *top = &m->stack[m->depth - 1];
    return top->foreign && !(top->flags & INTEGRATION);
}

/* Formatting elements that are active but not open are opened again before
 * text or phrasing ("reconstruct the active formatting elements"). */
static void reconstruct(struct model *m)
{
    size_t from = m->list.len;
    while (from && !m->list.items[from - 1].marker &&
           !m->list.items[from - 1].open)
        from--;
    for (; from < m->list.len && m->depth < m->depth_max + FORMATTING_MAX;
         from++) {
        m->list.items[from].open = true;
        m->stack[m->depth++] = (struct open){.name = m->list.items[from].name,
                                             .flags = FORMATTING};
    }
}

/* ---- start tags ---- */

/* An open p ends where a block begins, unless a button holds the block. */
static void close_p(struct model *m)
{
    for (size_t i = m->depth; i-- > 0;) {
        const struct open *o = &m->stack[i];
        if (same(&o->name, "p")) {
            pop_to(m, i);
            return;
        }
        if ((o->flags & SCOPE) || same(&o->name, "button"))
            return;
    }
}

/* What a start tag closes before it opens its own element. */
static void close_implied(struct model *m, const struct name *name,
                          unsigned flags)
{
    if (flags & CLOSES_P)
        close_p(m);
    if ((flags & HEADING) && m->depth &&
        (m->stack[m->depth - 1].flags & HEADING))
        pop_to(m, m->depth - 1);
    if (same(name, "option") && m->depth &&
        same(&m->stack[m->depth - 1].name, "option"))
        pop_to(m, m->depth - 1);
    if (same(name, "button"))
        close_in(m, "button", SCOPE);
}

/* li closes an open li, dd and dt one another, unless a special element other
 * than address, div and p lies between. */
static void close_items(struct model *m, const char *one, const char *other)
{
    for (size_t i = m->depth; i-- > 0;) {
        const struct open *o = &m->stack[i];
        if (same(&o->name, one) || same(&o->name, other)) {
            pop_to(m, i);
            return;
        }
        if ((o->flags & SPECIAL) && !same(&o->name, "address") &&
            !same(&o->name, "div") && !same(&o->name, "p"))
            return;
    }
}

/* Rows, cells and sections of a table end where the next one begins. */
static void close_table_parts(struct model *m, const struct name *name)
{
    static const struct {
        const char *start, *ends[4];
    } rules[] = {
        {"td", {"td", "th", "caption", NULL}},
        {"th", {"td", "th", "caption", NULL}},
        {"tr", {"tr", "caption", "colgroup", NULL}},
        {"tbody", {"tbody", "thead", "tfoot", "caption"}},
        {"thead", {"tbody", "thead", "tfoot", "caption"}},
        {"tfoot", {"tbody", "thead", "tfoot", "caption"}},
        {"caption", {"caption", "colgroup", "td", "th"}},
        {"colgroup", {"caption", "colgroup", "td", "th"}},
    };
    for (size_t r = 0; r < ARRAY_LEN(rules); r++) {
        if (!same(name, rules[r].start))
            continue;
        size_t lowest = m->depth;
        for (size_t i = m->depth; i-- > 0;) {
            const struct open *o = &m->stack[i];
            if (same(&o->name, "table") || same(&o->name, "template"))
                break;
            for (size_t e = 0; e < 4 && rules[r].ends[e]; e++)
                if (same(&o->name, rules[r].ends[e]))
                    lowest = i;
        }
        pop_to(m, lowest);
    }
}

/* An end tag of a formatting element (the adoption agency): with nothing
 * special above it all above goes too, else it alone. */
static void end_formatting(struct model *m, const char *name)
{
    struct formatting *f = listed(m, name);
    if (!f)
        return;
    size_t at = find_open(m, name, SCOPE);
    if (!f->open) {
        unlist(m, f);
    } else if (at < m->depth) {
        bool special = false;
        for (size_t i = at + 1; i < m->depth; i++)
            special |= (m->stack[i].flags & SPECIAL) != 0;
        unlist(m, f);
        if (special)
            remove_open(m, at);
        else
            pop_to(m, at);
    }
}

static bool push(struct model *m, const struct name *name, unsigned flags,
                 bool foreign)
{
    size_t active = m->list.len - m->marker_count;
    bool formatting = (flags & FORMATTING) && !foreign;
    if (m->depth >= m->depth_max || (formatting && active >= FORMATTING_MAX))
        return false;
    m->stack[m->depth++] =
        (struct open){.name = *name, .flags = flags, .foreign = foreign};
    if (!foreign && (flags & (FORMATTING | MARKER))) {
        bool marker = (flags & MARKER) != 0;
        vec_push(&m->list, ((struct formatting){
                               .name = *name, .marker = marker, .open = true}));
        m->marker_count += marker;
    }
    return true;
}

/* Take a start tag; false if it is to be left out. */
static bool start_tag(struct model *m, const struct name *name, bool closed)
{
    unsigned flags = kind_flags(name);
    while (in_foreign(m) && (flags & BREAKOUT))
        pop_to(m, m->depth - 1);
    if (in_foreign(m))
        return closed || push(m, name, flags & (INTEGRATION | SCOPE), true);
    if (flags & (IGNORED | RAW | REST))
        return true;
    close_implied(m, name, flags);
    if (same(name, "li"))
        close_items(m, "li", "li");
    else if (same(name, "dd") || same(name, "dt"))
        close_items(m, "dd", "dt");
    else if (flags & TABLE_PART)
        close_table_parts(m, name);
    else if (same(name, "a") || same(name, "nobr"))
        end_formatting(m, name->text);
    if (!(flags & (SPECIAL | FOREIGN)))
        reconstruct(m);
    if (flags & VOID)
        return true;
    if (flags & FOREIGN)
        return closed || push(m, name, 0, true);
    return push(m, name, flags & ~(unsigned)INTEGRATION, false);
}

/* ---- end tags ---- */

static void end_heading(struct model *m)
{
    for (size_t i = m->depth; i-- > 0;) {
        if (m->stack[i].flags & HEADING) {
            pop_to(m, i);
            return;
        }
        if (m->stack[i].flags & SCOPE)
            return;
    }
}

/* Inside a table an end tag of a part looks past all but tables. */
static void end_table_part(struct model *m, const char *name)
{
    for (size_t i = m->depth; i-- > 0;) {
        if (same(&m->stack[i].name, name)) {
            pop_to(m, i);
            return;
        }
        if (same(&m->stack[i].name, "table") ||
            same(&m->stack[i].name, "template"))
            return;
    }
}

/* Take an end tag; false if its start tag was left out, and it must be too. */
static bool end_tag(struct model *m, const struct name *name)
{
    unsigned *omitted = &m->omitted[name_slot(name)];
    if (*omitted) {
        --*omitted;
        return false;
    }
    unsigned flags = kind_flags(name);
    if (flags & (IGNORED | VOID | RAW))
        return true;
    if (in_foreign(m)) {
        size_t at = find_open(m, name->text, 0);
        if (at < m->depth && m->stack[at].foreign)
            pop_to(m, at);
    } else if (flags & FORMATTING) {
        end_formatting(m, name->text);
    } else if (flags & HEADING) {
        end_heading(m);
    } else if ((flags & TABLE_PART) || same(name, "table") ||
               same(name, "template")) {
        end_table_part(m, name->text);
    } else if (same(name, "form")) {
        size_t at = find_open(m, "form", SCOPE);
        if (at < m->depth)
            remove_open(m, at);
    } else {
        close_in(m, name->text, flags & SPECIAL ? SCOPE : SPECIAL);
    }
    return true;
}

/* ---- tokens (section 13.2.5) ---- */

/* Length of the tag at the front of s, its ">" included; attribute values in
 * quotes may hold ">". A tag that never ends is as long as s. */
static size_t tag_length(struct str s, bool *closed)
{
    size_t i = 1;
    char quote = 0;
    bool value = false; /* after "=", where a quote may begin a value */
    for (; i < s.n; i++) {
        char c = s.p[i];
        if (quote) {
            if (c == quote)
                quote = 0;
        } else if (c == '>') {
            break;
        } else if (value && (c == '"' || c == '\'')) {
            quote = c;
            value = false;
        } else if (!chr_space((unsigned char)c)) {
            value = c == '=';
        }
    }
    *closed = i < s.n && i > 1 && s.p[i - 1] == '/';
    return i < s.n ? i + 1 : s.n;
}

static struct name tag_name(struct str s)
{
    struct name name = {{0}};
    for (size_t i = 0; i < s.n && i < NAME_MAX_LENGTH; i++) {
        if (chr_space((unsigned char)s.p[i]) || s.p[i] == '/' || s.p[i] == '>')
            break;
        name.text[i] = (char)chr_lower((unsigned char)s.p[i]);
    }
    return name;
}

static void take(struct model *m, size_t n, bool keep)
{
    if (keep)
        buf_str(m->out, str_sub(m->in, 0, n));
    m->in = str_sub(m->in, n, m->in.n);
}

/* The text inside a raw element up to its end tag, which is left to be read
 * as a tag. */
static void take_raw(struct model *m, const struct name *name)
{
    struct str tag = str_of(name->text);
    size_t at = 0;
    for (;; at++) {
        at += str_find(str_sub(m->in, at, m->in.n), STR("</"));
        if (at >= m->in.n)
            break;
        struct str after = str_sub(m->in, at + 2, m->in.n);
        if (str_starts_nocase(after, tag) && after.n > tag.n &&
            (chr_space((unsigned char)after.p[tag.n]) ||
             after.p[tag.n] == '/' || after.p[tag.n] == '>'))
            break;
    }
    take(m, at < m->in.n ? at : m->in.n, true);
}

static void take_comment(struct model *m)
{
    struct str s = m->in;
    size_t end;
    if (in_foreign(m) && str_starts(s, STR("<![CDATA["))) {
        end = str_find(s, STR("]]>")) + 3;
        take(m, end < s.n ? end : s.n, true);
        return;
    }
    if (!str_starts(s, STR("<!--")))
        end = str_chr(s, '>') + 1;
    else if (str_starts(s, STR("<!-->")))
        end = 5;
    else if (str_starts(s, STR("<!--->")))
        end = 6;
    else {
        struct str text = str_sub(s, 4, s.n);
        size_t usual = str_find(text, STR("-->")) + 3;
        size_t odd = str_find(str_sub(text, 0, usual), STR("--!>")) + 4;
        end = 4 + (usual < odd ? usual : odd);
    }
    take(m, end < s.n ? end : s.n, false);
}

static void take_start_tag(struct model *m)
{
    bool closed;
    size_t n = tag_length(m->in, &closed);
    struct name name = tag_name(str_sub(m->in, 1, n));
    unsigned flags = in_foreign(m) ? 0 : kind_flags(&name);
    bool keep = start_tag(m, &name, closed);
    if (!keep)
        m->omitted[name_slot(&name)]++;
    take(m, n, keep);
    if (flags & RAW)
        take_raw(m, &name);
    else if (flags & REST)
        take(m, m->in.n, true);
}

static void take_text(struct model *m)
{
    struct str after = str_sub(m->in, 1, m->in.n);
    size_t n = 1 + str_chr(after, '<');
    if (!str_blank(str_sub(m->in, 0, n)) && !in_foreign(m))
        reconstruct(m);
    take(m, n, true);
}

void html_bound(struct str html, unsigned depth, struct buf *out)
{
    struct model m = {.in = html, .out = out, .depth_max = depth};
    m.stack = mem_alloc((depth + FORMATTING_MAX + 1) * sizeof *m.stack);
    while (m.in.n) {
        char next = m.in.p[0] == '<' && m.in.n > 1 ? m.in.p[1] : '\0';
        if (chr_alpha((unsigned char)next)) {
            take_start_tag(&m);
        } else if (next == '/' && m.in.n > 2 &&
                   chr_alpha((unsigned char)m.in.p[2])) {
            bool closed;
            size_t n = tag_length(m.in, &closed);
            struct name name = tag_name(str_sub(m.in, 2, n));
            take(&m, n, end_tag(&m, &name));
        } else if (next == '!' || next == '?' || next == '/') {
            take_comment(&m);
        } else {
            take_text(&m);
        }
    }
    free(m.list.items);
    free(m.stack);
}
