#include "feed/posts.h"

#include "feed/says.h"

/* ---- shortcodes ---- */

static void put_embed(struct buf *out, struct str address)
{
    buf_puts(out, "<div class=\"wp-block-embed__wrapper\">");
    buf_escape(out, str_trim(address));
    buf_puts(out, "</div>");
}

/* A picture, which may be in a link, and the words behind it. */
static void put_figure(struct buf *out, struct str inner)
{
    struct str end =
        str_eq_nocase(tag_name(inner), STR("a")) ? STR("</a>") : STR(">");
    size_t at = str_find(inner, end);
    size_t n = at < inner.n ? at + end.n : 0;
    buf_puts(out, "<figure>");
    buf_str(out, str_sub(inner, 0, n));
    buf_puts(out, "<figcaption>");
    buf_str(out, str_trim(str_sub(inner, n, inner.n)));
    buf_puts(out, "</figcaption></figure>");
}

static const struct shortcode {
    struct str start, end;
    void (*put)(struct buf *out, struct str inner);
} shortcodes[] = {
    {{"[caption", 8}, {"[/caption]", 10}, put_figure},
    {{"[wp_caption", 11}, {"[/wp_caption]", 13}, put_figure},
    {{"[embed", 6}, {"[/embed]", 8}, put_embed},
};

enum { SHORTCODES = sizeof shortcodes / sizeof *shortcodes };

/* Write the shortcode at the front of s; returns its length, 0 if it is none.
 * What has no end once, has none further on. */
static size_t put_shortcode(struct buf *out, struct str s,
                            bool endless[SHORTCODES])
{
    for (size_t i = 0; i < SHORTCODES; i++) {
        const struct shortcode *code = &shortcodes[i];
        size_t from = str_chr(str_sub(s, 0, 1000), ']') + 1;
        if (endless[i] || !str_starts(s, code->start))
            continue;
        size_t end = str_find(s, code->end);
        endless[i] = end == s.n;
        if (endless[i] || end < from)
            continue;
        code->put(out, str_trim(str_sub(s, from, end - from)));
        return end + code->end.n;
    }
    return 0;
}

static bool put_shortcodes(struct buf *out, struct str s)
{
    bool endless[SHORTCODES] = {false}, any = false;
    while (s.n) {
        size_t n = str_chr(s, '[');
        buf_str(out, str_sub(s, 0, n));
        s = str_sub(s, n, s.n);
        n = s.n ? put_shortcode(out, s, endless) : 0;
        any |= n > 0;
        if (s.n && !n)
            buf_char(out, s.p[n++]);
        s = str_sub(s, n, s.n);
    }
    return any;
}

/* ---- paragraphs ---- */

/* Take the next chunk up to a blank line off the front of *rest; what stands in
 * a pre, a script or a style is not cut. */
static bool next_chunk(struct str *rest, struct str *chunk)
{
    static const char *const whole[] = {"pre", "script", "style", NULL};
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n) {
        struct str s = str_sub(*rest, n, rest->n);
        struct str name = s.p[0] == '<' ? tag_name(s) : str_sub(s, 0, 0);
        if (name_is_one_of(name, whole))
            n += tag_skip(s, name);
        else if (str_starts(s, STR("\n\n")) || str_starts(s, STR("\n\r\n")))
            break;
        else
            n++;
    }
    *chunk = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n, rest->n);
    return chunk->n > 0;
}

static bool is_address(struct str s)
{
    struct str word;
    bool web = str_starts(s, STR("https://")) || str_starts(s, STR("http://"));
    return web && str_next_word(&s, &word) && str_blank(s) &&
           str_chr(word, '<') == word.n;
}

static void put_paragraph(struct buf *out, struct str chunk)
{
    struct str line;
    buf_puts(out, "<p>");
    while (str_next(&chunk, '\n', &line)) {
        buf_str(out, str_trim(line));
        if (chunk.p && chunk.n && !tag_is_block(chunk))
            buf_puts(out, "<br>\n");
    }
    buf_puts(out, "</p>");
}

static bool put_paragraphs(struct buf *out, struct str html)
{
    struct str chunk;
    if (str_find_nocase(html, STR("<p>")) < html.n ||
        str_find_nocase(html, STR("<p ")) < html.n ||
        str_chr(html, '\n') == html.n)
        return false;
    while (next_chunk(&html, &chunk)) {
        if (is_address(chunk))
            put_embed(out, chunk);
        else if (tag_is_block(chunk))
            buf_str(out, chunk);
        else
            put_paragraph(out, chunk);
        buf_puts(out, "\n\n");
    }
    return true;
}

bool post_html(struct str kept, struct buf *out)
{
    struct buf expanded = buf_make(BUF_BODY);
    bool any = put_shortcodes(&expanded, kept);
    bool parted = put_paragraphs(out, buf_view(&expanded));
    if (any && !parted)
        buf_str(out, buf_view(&expanded));
    buf_free(&expanded);
    return any || parted;
}
