/* html_bound: a light model of the HTML Standard's tree construction.
 *
 * It keeps a stack of open elements and a list of active formatting elements
 * (sections 13.2.4.2 and 13.2.4.3) without building anything, and leaves out
 * the tags that would let either grow past its bound. Where it cannot know
 * whether an end tag closes something, it assumes that it does not: its stack
 * is then deeper than the real one, never the other way round.
 *
 * Elements that Gumbo does not know are all one to it, and so are some that
 * come to it under one name (html_taken_for): any end tag of theirs closes any
 * of them. So their end tags are left out where they close nothing, and where
 * they close others of their kind along with their own, each gets one. */
#include "base/mem.h"
#include "xml/html.h"
#include "xml/html_int.h"

#include <stdlib.h>

/* A comment, which ends the text that Gumbo has read so far. */
#define NOTHING "<!---->"

enum {
    /* Formatting elements that may be open at once. Each one is opened again
     * in every following paragraph until it is closed, so this bounds how
     * much larger a tree can be than its text. */
    FORMATTING_MAX = 12,
    /* Longest tag or comment that is looked at as one. */
    NAME_MAX_LENGTH = 32,
    /* Bytes of tags longer than this that may be opened again, in all: each
     * time their attributes are copied. */
    TAG_LONG = 1024,
    REPEATED_MAX = 16 << 20,
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
    size_t size; /* of its tag */
};

struct model {
    struct str in; /* not yet read */
    struct buf *out;
    unsigned depth_max;
    struct open *stack; /* depth_max + FORMATTING_MAX of them */
    size_t depth;
    VEC(struct formatting) list;
    size_t marker_count;
    size_t tag_size; /* of the tag that is being read */
    size_t repeated; /* bytes of long tags whose elements were opened again */
    unsigned omitted[64]; /* start tags left out, by hash of their name */
};

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

/* The last of this name that is on the stack leaves it. */
static void mark_closed(struct model *m, const char *name)
{
    for (size_t i = m->list.len; i-- > 0 && !m->list.items[i].marker;)
        if (m->list.items[i].open && same(&m->list.items[i].name, name)) {
            m->list.items[i].open = false;
            return;
        }
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
        mark_closed(m, o->name.text);
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

/* Find an open HTML element from the top down, up to one that has a flag of
 * `stop`. Returns m->depth when there is none. */
static size_t find_open(const struct model *m, const char *name, unsigned stop)
{
    for (size_t i = m->depth; i-- > 0;) {
        if (same(&m->stack[i].name, name) && !m->stack[i].foreign)
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

static void write_end_tag(struct model *m, const char *name)
{
    const char *taken = html_taken_for(name);
    buf_printf(m->out, "</%s>", *taken ? taken : name);
}

/* Where too much was repeated, elements that are active but not open, from this
 * one on, are closed for good. */
static void end_repetition(struct model *m, size_t from)
{
    size_t before = m->repeated;
    for (size_t i = from; i < m->list.len; i++)
        if (m->list.items[i].size > TAG_LONG)
            m->repeated += m->list.items[i].size;
    if (m->repeated == before || m->repeated <= REPEATED_MAX)
        return;
    while (m->list.len > from)
        write_end_tag(m, m->list.items[--m->list.len].name.text);
}

/* Formatting elements that are active but not open are opened again before
 * text or phrasing ("reconstruct the active formatting elements"). */
static void reconstruct(struct model *m)
{
    size_t from = m->list.len;
    while (from && !m->list.items[from - 1].marker &&
           !m->list.items[from - 1].open)
        from--;
    end_repetition(m, from);
    for (; from < m->list.len && m->depth < m->depth_max + FORMATTING_MAX;
         from++) {
        m->list.items[from].open = true;
        m->stack[m->depth++] = (struct open){.name = m->list.items[from].name,
                                             .flags = FORMATTING};
    }
}

/* ---- start tags ---- */

/* An open p ends where a block begins, unless a button holds the block. */
static bool close_p(struct model *m)
{
    for (size_t i = m->depth; i-- > 0;) {
        const struct open *o = &m->stack[i];
        if (same(&o->name, "p")) {
            pop_to(m, i);
            return true;
        }
        if ((o->flags & SCOPE) || same(&o->name, "button"))
            return false;
    }
    return false;
}

/* What a start tag closes before it opens its own element. */
static void close_implied(struct model *m, const struct name *name,
                          unsigned flags)
{
    if ((flags & CLOSES_P) && close_p(m) && !*html_taken_for(name->text))
        write_end_tag(m, "p");
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

/* A part of a table closes all that is open in the innermost part that it may
 * stand in. False if no table is open, so that it is ignored. */
static bool enter_table_part(struct model *m, const struct name *name)
{
    static const char *const places[] = {"tr",    "tbody", "tfoot",
                                         "thead", "table", "template"};
    bool cell = same(name, "td") || same(name, "th");
    size_t from = cell ? 0 : same(name, "tr") ? 1 : 4;
    for (size_t i = m->depth; i-- > 0;) {
        for (size_t p = from; p < ARRAY_LEN(places); p++)
            if (same(&m->stack[i].name, places[p])) {
                pop_to(m, i + 1);
                return true;
            }
    }
    return false;
}

/* Where the element at `at` ends and the block above it goes on, what is open
 * between the two ends, but for formatting elements near the block. Gumbo
 * leaves the others open, so they get end tags, if these would end no others.
 */
static void end_between(struct model *m, size_t at, size_t block)
{
    enum { NEAR = 3 };
    for (size_t i = block; --i > at;) {
        const char *name = m->stack[i].name.text;
        bool formatting = m->stack[i].flags & FORMATTING;
        struct formatting *f = formatting ? listed(m, name) : NULL;
        if (f && (block - i <= NEAR || find_open(m, name, 0) != i))
            continue;
        if (f) {
            write_end_tag(m, name);
            unlist(m, f);
        }
        remove_open(m, i);
    }
}

/* An end tag of a formatting element (the adoption agency): with nothing
 * special above it all above goes too, else it and what is before that. */
static void end_formatting(struct model *m, const char *name)
{
    struct formatting *f = listed(m, name);
    if (!f)
        return;
    size_t at = find_open(m, name, SCOPE);
    if (!f->open) {
        unlist(m, f);
    } else if (at < m->depth) {
        size_t block = at + 1;
        while (block < m->depth && !(m->stack[block].flags & SPECIAL))
            block++;
        unlist(m, f);
        if (block < m->depth) {
            end_between(m, at, block);
            remove_open(m, at);
        } else {
            pop_to(m, at);
        }
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
        vec_push(&m->list, ((struct formatting){.name = *name,
                                                .marker = marker,
                                                .open = true,
                                                .size = m->tag_size}));
        m->marker_count += marker;
    }
    return true;
}

/* Take a start tag; false if it is to be left out. */
static bool start_tag(struct model *m, const struct name *name, bool closed)
{
    unsigned flags = html_kind(name->text);
    while (in_foreign(m) && (flags & BREAKOUT))
        pop_to(m, m->depth - 1);
    if (in_foreign(m)) /* a name of HTML's says nothing here */
        return closed || push(m, name, flags & INTEGRATION ? POINT : 0, true);
    if (flags & (IGNORED | RAW | REST))
        return !(flags & LEFT_OUT);
    close_implied(m, name, flags);
    if (same(name, "li"))
        close_items(m, "li", "li");
    else if (same(name, "dd") || same(name, "dt"))
        close_items(m, "dd", "dt");
    else if ((flags & TABLE_PART) && !enter_table_part(m, name))
        return true;
    else if (same(name, "a") || same(name, "nobr"))
        end_formatting(m, name->text);
    if (!(flags & SPECIAL) || (flags & PHRASING))
        reconstruct(m);
    if (flags & VOID)
        return !(flags & LEFT_OUT);
    if (flags & FOREIGN)
        return closed || push(m, name, 0, true);
    return push(m, name, flags & INTEGRATION ? 0 : flags, false);
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

/* Take the end tag of an element that is one of several to Gumbo, so that Gumbo
 * closes the same as the standard: true if there is such an element. One that
 * Gumbo should know to be a block gets end tags for the blocks in it. */
static bool end_shared(struct model *m, const char *name, unsigned flags)
{
    const char *taken = html_taken_for(name);
    bool block = (flags & CLOSES_P) != 0;
    size_t at = find_open(m, name, block ? SCOPE : SPECIAL);
    if (at == m->depth)
        return false;
    for (size_t i = m->depth; --i > at;) {
        const struct open *o = &m->stack[i];
        if (!o->foreign && ((block && !*taken && (o->flags & SPECIAL)) ||
                            strcmp(html_taken_for(o->name.text), taken) == 0))
            write_end_tag(m, o->name.text);
    }
    pop_to(m, at);
    return true;
}

/* Foreign elements up to the first of HTML are looked through first. */
static bool end_foreign(struct model *m, const struct name *name)
{
    for (size_t i = m->depth; i-- > 0 && m->stack[i].foreign;)
        if (same(&m->stack[i].name, name->text)) {
            pop_to(m, i);
            return true;
        }
    return false;
}

/* An end tag of p or br ends foreign content, which Gumbo does not know. */
static void leave_foreign(struct model *m)
{
    while (in_foreign(m)) {
        write_end_tag(m, m->stack[m->depth - 1].name.text);
        pop_to(m, m->depth - 1);
    }
}

/* Take an end tag; false if its start tag was left out, and it must be too, or
 * if it closes nothing. */
static bool end_tag(struct model *m, const struct name *name)
{
    unsigned *omitted = &m->omitted[name_slot(name)];
    if (*omitted) {
        --*omitted;
        return false;
    }
    unsigned flags = html_kind(name->text);
    if (same(name, "p") || same(name, "br"))
        leave_foreign(m);
    if (end_foreign(m, name) || flags & (IGNORED | VOID | RAW))
        return true;
    if (flags & FORMATTING) {
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
        buf_puts(m->out, NOTHING); /* Gumbo, too, takes it out: before text */
    } else if (html_shares(name->text)) {
        return end_shared(m, name->text, flags);
    } else {
        bool block = (flags & SPECIAL) && !(flags & LOOSE);
        size_t at = find_open(m, name->text, block ? SCOPE : SPECIAL);
        if (at == m->depth) /* for these, Gumbo looks beyond their scope */
            return !(flags & MARKER);
        pop_to(m, at);
    }
    return true;
}

/* ---- tokens (section 13.2.5) ---- */

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

/* One that goes by another name has its own as its first attribute. An end
 * tag's attributes, behind which Gumbo would not know it in a drawing, are left
 * out. */
static void write_tag(struct model *m, const struct tag *tag,
                      const struct name *name, bool end)
{
    const char *taken = html_taken_for(name->text);
    bool renamed = *taken && !same(name, taken);
    if (renamed)
        buf_printf(m->out, end ? "</%s" : "<%s", taken);
    else
        buf_str(m->out, str_sub(m->in, 0, tag->name_end));
    if (renamed && !end)
        buf_printf(m->out, " " HTML_NAMED "%s", name->text);
    if (!end)
        html_tag_write(m->in, tag, m->out);
    else if (tag->ends)
        buf_char(m->out, '>');
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

/* Would what is written, and what comes after it, be one token? A tag or a
 * reference may begin there. */
static bool joins(const struct buf *out)
{
    enum { REFERENCE_LARGEST = 40 };
    struct str s = buf_view(out);
    size_t from = s.n > REFERENCE_LARGEST ? s.n - REFERENCE_LARGEST : 0;
    s = str_sub(s, from, s.n);
    return str_ends(s, STR("<")) || str_ends(s, STR("</")) ||
           str_ends(s, STR("<!")) || str_chr(s, '&') < s.n;
}

/* Something is left out here. */
static void keep_apart(struct model *m)
{
    if (joins(m->out))
        buf_puts(m->out, NOTHING);
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
    keep_apart(m);
}

static void take_start_tag(struct model *m)
{
    struct tag tag = html_tag(m->in);
    struct name name = tag_name(str_sub(m->in, 1, tag.n));
    unsigned flags = in_foreign(m) ? 0 : html_kind(name.text);
    m->tag_size = tag.n;
    bool keep = start_tag(m, &name, tag.closed);
    if (!keep && !(flags & LEFT_OUT))
        m->omitted[name_slot(&name)]++;
    if (keep)
        write_tag(m, &tag, &name, false);
    else
        keep_apart(m);
    take(m, tag.n, false);
    if (flags & RAW)
        take_raw(m, &name);
    else if (flags & REST)
        take(m, m->in.n, true);
}

static void take_end_tag(struct model *m)
{
    struct tag tag = html_tag(m->in);
    struct name name = tag_name(str_sub(m->in, 2, tag.n));
    if (end_tag(m, &name))
        write_tag(m, &tag, &name, true);
    else
        keep_apart(m);
    take(m, tag.n, false);
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
            take_end_tag(&m);
        } else if (next == '!' || next == '?' || (next == '/' && m.in.n > 2)) {
            take_comment(&m);
        } else {
            take_text(&m);
        }
    }
    free(m.list.items);
    free(m.stack);
}
