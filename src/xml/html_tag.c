/* A tag and its attributes (HTML Standard, section 13.2.5.8 and after). */
#include "base/mem.h"
#include "xml/html_int.h"

/* Attributes of one tag: Gumbo compares each with all before it. */
enum { ATTRIBUTES_MAX = 256 };

static size_t skip_space(struct str s, size_t i)
{
    while (i < s.n && chr_space((unsigned char)s.p[i]))
        i++;
    return i;
}

/* From where on: the first space, ">" or character of `ends`. */
static size_t skip_to(struct str s, size_t i, const char *ends)
{
    while (i < s.n && !chr_space((unsigned char)s.p[i]) && s.p[i] != '>' &&
           !(s.p[i] && strchr(ends, s.p[i])))
        i++;
    return i;
}

/* Where the value that begins at i ends; in quotes it may hold ">". */
static size_t value_end(struct str s, size_t i)
{
    if (i == s.n || (s.p[i] != '"' && s.p[i] != '\''))
        return skip_to(s, i, "");
    i += 1 + str_chr(str_sub(s, i + 1, s.n), s.p[i]);
    return i < s.n ? i + 1 : s.n;
}

struct attribute {
    struct str name, whole; /* with its value */
};

/* Take the attribute that begins at *at or later; false, with *at at the tag's
 * end, if there is none. */
static bool next_attribute(struct str s, size_t *at, struct attribute *a)
{
    size_t from = *at;
    while (from < s.n &&
           (chr_space((unsigned char)s.p[from]) || s.p[from] == '/'))
        from++;
    *at = from;
    if (from == s.n || s.p[from] == '>')
        return false;
    size_t end = skip_to(s, from + 1, "/="), equals = skip_space(s, end);
    a->name = str_sub(s, from, end - from);
    if (equals < s.n && s.p[equals] == '=')
        end = value_end(s, skip_space(s, equals + 1));
    a->whole = str_sub(s, from, end - from);
    *at = end;
    return true;
}

/* The attributes that a tag keeps, as far as they were read. */
struct kept {
    struct str names[ATTRIBUTES_MAX];
    size_t count;
};

/* False if the attribute is one too many, or has been there before. */
static bool keep(struct kept *kept, const struct attribute *a)
{
    if (kept->count == ATTRIBUTES_MAX)
        return false;
    for (size_t i = 0; i < kept->count; i++)
        if (str_eq_nocase(kept->names[i], a->name))
            return false;
    kept->names[kept->count++] = a->name;
    return true;
}

struct tag html_tag(struct str s)
{
    struct tag tag = {0};
    struct attribute a;
    struct kept kept;
    size_t i = skip_to(s, str_starts(s, STR("</")) ? 2 : 1, "/");
    size_t last = tag.name_end = i;
    for (kept.count = 0; next_attribute(s, &i, &a); last = i)
        tag.spare |= !keep(&kept, &a);
    tag.ends = i < s.n;
    tag.n = tag.ends ? i + 1 : i;
    tag.closed = tag.ends && i > last && s.p[i - 1] == '/';
    return tag;
}

void html_tag_write(struct str s, const struct tag *tag, struct buf *out)
{
    struct attribute a;
    struct kept kept;
    size_t i = tag->name_end;
    if (!tag->spare) {
        buf_str(out, str_sub(s, i, tag->n - i));
        return;
    }
    for (kept.count = 0; next_attribute(s, &i, &a);)
        if (keep(&kept, &a)) {
            buf_char(out, ' ');
            buf_str(out, a.whole);
        }
    buf_puts(out, !tag->ends ? "" : tag->closed ? " />" : ">");
}
