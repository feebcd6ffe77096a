/* Words out of what feeds write. */
#include "feed/feed_int.h"

#include "xml/html.h"

const char *value_text(struct arena *a, struct str text)
{
    struct buf out = buf_make(BUF_BODY);
    struct str rest = text;
    buf_collapse(&out, rest);
    const char *value = out.len ? arena_str(a, buf_view(&out)) : NULL;
    buf_free(&out);
    return value;
}

/* Elements that are met in titles and descriptions. */
static bool known_tag(struct str name)
{
    static const char *const names[] = {
        "a",    "abbr", "b",     "big",  "blockquote", "br",     "center",
        "cite", "code", "del",   "div",  "em",         "font",   "h1",
        "h2",   "h3",   "h4",    "hr",   "i",          "img",    "ins",
        "kbd",  "li",   "mark",  "nobr", "ol",         "p",      "pre",
        "q",    "s",    "small", "span", "strike",     "strong", "sub",
        "sup",  "tt",   "u",     "ul",   "var",        "wbr"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq_nocase(name, str_of(names[i])))
            return true;
    return false;
}

/* Length of the tag of a known element at the front of s; 0 if it is none. */
static size_t tag_length(struct str s)
{
    size_t from = s.n > 1 && s.p[1] == '/' ? 2 : 1, n = from;
    while (n < s.n && (chr_alpha((unsigned char)s.p[n]) ||
                       chr_digit((unsigned char)s.p[n])))
        n++;
    if (!known_tag(str_sub(s, from, n - from)) || n == s.n ||
        !(chr_space((unsigned char)s.p[n]) || s.p[n] == '>' || s.p[n] == '/'))
        return 0;
    size_t end = n + str_chr(str_sub(s, n, s.n), '>');
    return end < s.n ? end + 1 : 0;
}

/* Escape each "<" that starts no known tag, so that a parser takes it as
 * text. */
static void protect(struct buf *out, struct str text)
{
    while (text.n) {
        size_t n = str_chr(text, '<');
        buf_str(out, str_sub(text, 0, n));
        text = str_sub(text, n, text.n);
        n = text.n ? tag_length(text) : 0;
        if (text.n && !n)
            buf_puts(out, "&lt;");
        buf_str(out, str_sub(text, 0, n));
        text = str_sub(text, n ? n : 1, text.n);
    }
}

static bool parts_words(const xmlNode *n)
{
    static const char *const names[] = {"br", "p",  "div",        "li", "hr",
                                        "h1", "h2", "blockquote", NULL};
    return tree_is_one_of(n, names);
}

const char *value_markup(struct arena *a, struct str text)
{
    if (str_chr(text, '<') == text.n && str_chr(text, '&') == text.n)
        return value_text(a, text);
    struct buf html = buf_make(BUF_BODY), words = buf_make(BUF_BODY);
    protect(&html, text);
    xmlDoc *doc = html_parse(buf_view(&html));
    const xmlNode *root = xmlDocGetRootElement(doc);
    for (const xmlNode *n = root; (n = tree_next(root, n));) {
        if (tree_is_text(n))
            buf_str(&words, tree_content(n));
        else if (parts_words(n))
            buf_char(&words, ' ');
    }
    tree_free(doc);
    const char *value = value_text(a, buf_view(&words));
    buf_free(&html);
    buf_free(&words);
    return value;
}

const char *value_mailbox(struct arena *a, struct str text)
{
    size_t open = str_chr(text, '('), close = str_chr(text, ')');
    if (str_chr(text, '@') < open && open < close && close < text.n &&
        !str_blank(str_sub(text, open + 1, close - open - 1)))
        return value_text(a, str_sub(text, open + 1, close - open - 1));
    return value_text(a, text);
}

uint64_t value_number(struct str s)
{
    uint64_t n = 0;
    s = str_trim(s);
    for (size_t i = 0; i < s.n && i < 18; i++) {
        if (!chr_digit((unsigned char)s.p[i]))
            return 0;
        n = n * 10 + (uint64_t)(s.p[i] - '0');
    }
    return n;
}

unsigned value_seconds(struct str s)
{
    enum { LONGEST = 1000000 };
    uint64_t seconds = 0;
    struct str part;
    while (str_next(&s, ':', &part)) {
        part = str_sub(part, 0, str_chr(part, '.'));
        seconds = seconds * 60 + value_number(part);
        if (seconds > LONGEST)
            return 0;
    }
    return (unsigned)seconds;
}
