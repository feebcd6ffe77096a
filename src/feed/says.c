#include "feed/says.h"

#include "base/mem.h"
#include "xml/html.h"

/* ---- tags ---- */

static const char *const blocks[] = {
    "p",     "div",  "ul",         "ol",     "li",      "h1",  "h2",
    "h3",    "h4",   "h5",         "h6",     "table",   "pre", "blockquote",
    "hr",    "dl",   "figure",     "center", "article", "br",  "section",
    "style", "form", "figcaption", "tr",     "td",      "th",  "tbody",
    "thead", "dt",   "dd",         "script", "iframe",  NULL};
static const char *const pictures[] = {"img", "picture", "amp-img", NULL};
static const char *const shown[] = {"img",    "picture", "amp-img", "svg",
                                    "iframe", "video",   "audio",   "object",
                                    "embed",  "table",   "math",    NULL};
static const char *const unseen[] = {"script", "style", "template", NULL};

bool name_is_one_of(struct str name, const char *const *names)
{
    for (size_t i = 0; names[i]; i++)
        if (str_eq_nocase(name, str_of(names[i])))
            return true;
    return false;
}

struct str tag_name(struct str s)
{
    size_t n = 1;
    if (s.n < 2 || s.p[0] != '<' ||
        !(chr_alpha((unsigned char)s.p[1]) || s.p[1] == '/'))
        return str_sub(s, 0, 0);
    n += s.p[1] == '/';
    while (n < s.n && (chr_alpha((unsigned char)s.p[n]) ||
                       chr_digit((unsigned char)s.p[n]) || s.p[n] == '-'))
        n++;
    return str_sub(s, 1, n - 1);
}

/* Length of the markup at the front of s, which begins with "<"; 0 if it is
 * text. */
static size_t markup_length(struct str s, struct str name)
{
    if (str_starts(s, STR("<!--"))) {
        size_t end = str_find(s, STR("-->"));
        return end < s.n ? end + 3 : s.n;
    }
    if (!name.n)
        return 0;
    size_t end = str_chr(s, '>');
    return end < s.n ? end + 1 : s.n;
}

/* ---- words ---- */

/* Punctuation, spaces and marks beyond ASCII: two texts may differ in them
 * alone. Sets *n to the character's length. */
static bool is_mark(struct str s, size_t *n)
{
    struct str rest = s;
    uint32_t c = utf8_next(&rest);
    *n = s.n - rest.n;
    return (c >= 0xA0 && c < 0xC0) || (c >= 0x2000 && c < 0x2070) ||
           c == 0xFFFD || c == 0xFEFF;
}

static void add_letters(struct buf *out, struct str text)
{
    while (text.n) {
        unsigned char c = (unsigned char)text.p[0];
        size_t n = 1, semicolon;
        if (c >= 0x80) {
            if (!is_mark(text, &n))
                buf_str(out, str_sub(text, 0, n));
        } else if (c == '&') {
            semicolon = str_chr(str_sub(text, 0, 12), ';');
            n = semicolon < 12 && semicolon < text.n ? semicolon + 1 : 1;
        } else if (chr_alpha(c) || chr_digit(c)) {
            buf_char(out, (char)chr_lower(c));
        }
        text = str_sub(text, n, text.n);
    }
}

/* ---- teasers ---- */

enum { TAIL = 160 };

/* Does it end as what should go on does? */
static bool breaks_off(struct str tail)
{
    static const char *const ends[] = {
        "\u2026",     "...",       "&hellip;", "&#8230;", "[\u2026]", "[...]",
        "[&hellip;]", "[&#8230;]", "(\u2026)", "(...)",   "(more)"};
    for (size_t i = 0; i < ARRAY_LEN(ends); i++)
        if (str_ends(tail, str_of(ends[i])))
            return true;
    return false;
}

/* Where in it a link to the whole text begins; its length if there is none. */
static size_t invitation(struct str tail)
{
    static const char *const phrases[] = {
        "continue reading", "read more",      "read the rest",
        "read full",        "keep reading",   "weiterlesen",
        "lire la suite",    "seguir leyendo", "leer m\u00e1s",
        "continua a legg",  "lees verder",    "czytaj dalej"};
    size_t at = tail.n;
    for (size_t i = 0; i < ARRAY_LEN(phrases); i++) {
        size_t n = str_find_nocase(tail, str_of(phrases[i]));
        at = n < at ? n : at;
    }
    return at;
}

/* WordPress puts a line after the teaser. */
static struct str without_footer(struct str words)
{
    size_t from = words.n > 2 * TAIL ? words.n - 2 * TAIL : 0;
    struct str end = str_sub(words, from, words.n);
    size_t at = str_find(end, STR("The post "));
    if (str_find(end, STR("appeared first on")) < end.n)
        words.n = from + at;
    return str_trim(words);
}

/* Without what invites to read on. */
static struct str without_teaser(struct str words, bool *teaser)
{
    words = without_footer(words);
    size_t from = words.n > TAIL ? words.n - TAIL : 0;
    struct str tail = str_sub(words, from, words.n);
    size_t at = invitation(tail);
    *teaser = at < tail.n || breaks_off(tail);
    return str_sub(words, 0, from + at);
}

/* ---- what a body says ---- */

size_t tag_skip(struct str s, struct str name)
{
    struct buf end = buf_make(BUF_LINE);
    buf_printf(&end, "</%.*s", STR_ARG(name));
    size_t n = str_find_nocase(s, buf_view(&end));
    buf_free(&end);
    return n;
}

/* Append the text between the tags, and learn what these show. */
static void read_html(struct says *s, struct str html, struct buf *words)
{
    while (html.n) {
        size_t n = str_chr(html, '<');
        buf_str(words, str_sub(html, 0, n));
        html = str_sub(html, n, html.n);
        struct str name = tag_name(html);
        n = html.n ? markup_length(html, name) : 0;
        if (html.n && !n)
            n = 1;
        s->pictures |= name_is_one_of(name, pictures);
        s->shows |= name_is_one_of(name, shown);
        if (name_is_one_of(name, unseen))
            n = tag_skip(html, name);
        html = str_sub(html, n, html.n);
    }
}

struct says says_make(struct str text, bool html)
{
    struct says s = {.letters = buf_make(BUF_BODY)};
    struct buf words = buf_make(BUF_BODY);
    if (html)
        read_html(&s, text, &words);
    else
        buf_str(&words, text);
    add_letters(&s.letters, without_teaser(buf_view(&words), &s.teaser));
    buf_free(&words);
    return s;
}

void says_free(struct says *s)
{
    buf_free(&s->letters);
}

/* ---- HTML that is called something else ---- */

bool says_html(struct str text)
{
    text = str_trim(text);
    struct str name = tag_name(text);
    size_t end = str_find(text, STR("</"));
    bool block = name_is_one_of(name, blocks) || name_is_one_of(name, shown);
    return block && markup_length(text, name) < text.n &&
           (end < text.n || str_eq_nocase(name, STR("br")) ||
            name_is_one_of(name, shown));
}

bool tag_is_block(struct str s)
{
    struct str name = tag_name(s);
    if (str_starts(name, STR("/")))
        name = str_sub(name, 1, name.n);
    return str_starts(s, STR("<!--")) || name_is_one_of(name, blocks);
}

static bool has_tags(struct str html)
{
    while (html.n) {
        html = str_sub(html, str_chr(html, '<'), html.n);
        if (tag_name(html).n)
            return true;
        html = str_sub(html, 1, html.n);
    }
    return false;
}

static void put_text(struct buf *out, struct str html)
{
    xmlDoc *doc = html_parse(html);
    tree_gather(xmlDocGetRootElement(doc), out);
    tree_free(doc);
}

bool says_html_twice(struct str html, struct buf *out)
{
    if (str_find(html, STR("&lt;")) == html.n || has_tags(html))
        return false;
    put_text(out, html);
    if (says_html(buf_view(out)))
        return true;
    buf_clear(out);
    return false;
}

bool says_plain(struct str html, struct buf *out)
{
    html = str_trim(html);
    if ((str_find(html, STR("\n\n")) == html.n &&
         str_find(html, STR("\n\r\n")) == html.n) ||
        has_tags(html))
        return false;
    put_text(out, html);
    return true;
}
