/* article_make: the passes, in order. */
#include "article/article_int.h"
#include "xml/html.h"

#include <stdlib.h>

void article_warn(struct maker *m, const char *text, const char *detail)
{
    const struct entry *e = m->entry;
    struct diag_place place = {
        .file = e->feed->file, .line = e->line, .article = m->article->title};
    diag_add(m->article->diag, DIAG_WARNING, place, text, detail ? "%s" : NULL,
             detail);
}

/* Where an address in plain text begins; the text's length if there is none. */
static size_t find_address(struct str s)
{
    size_t at = 0;
    while (at < s.n) {
        at += str_find(str_sub(s, at, s.n), STR("http"));
        struct str rest = str_sub(s, at, s.n);
        if (str_starts(rest, STR("https://")) ||
            str_starts(rest, STR("http://")))
            break;
        at++;
    }
    return at < s.n ? at : s.n;
}

/* Its length: marks at its end are those of the sentence; 0 if nothing follows
 * the scheme. */
static size_t address_length(struct str s)
{
    size_t n = 0;
    while (n < s.n && !chr_space((unsigned char)s.p[n]) &&
           !strchr("<>\"", s.p[n]))
        n++;
    while (n && strchr(".,;:!?)]'", s.p[n - 1]))
        n--;
    return str_ends(str_sub(s, 0, n), STR("://")) ? 0 : n;
}

static void text_line(struct str line, struct buf *out)
{
    while (line.n) {
        size_t at = find_address(line);
        buf_escape(out, str_sub(line, 0, at));
        line = str_sub(line, at, line.n);
        struct str address = str_sub(line, 0, address_length(line));
        if (address.n) {
            buf_puts(out, "<a href=\"");
            buf_escape(out, address);
            buf_puts(out, "\">");
            buf_escape(out, address);
            buf_puts(out, "</a>");
        } else
            buf_escape(out, str_sub(line, 0, 1));
        line = str_sub(line, address.n ? address.n : 1, line.n);
    }
}

/* Plain text: blank lines part paragraphs, other line ends are breaks. */
static void text_as_html(struct str text, struct buf *out)
{
    struct str line;
    buf_puts(out, "<p>");
    while (str_next(&text, '\n', &line)) {
        if (str_blank(line)) {
            buf_puts(out, "</p><p>");
            continue;
        }
        text_line(line, out);
        if (text.p && text.n)
            buf_puts(out, "<br>");
    }
    buf_puts(out, "</p>");
}

/* The article's body as HTML. */
static void read_body(struct maker *m, struct buf *html)
{
    const struct entry *e = m->entry;
    const struct body *body = &e->content;
    struct buf raw = buf_make(BUF_BODY);
    if (body->kind != BODY_NONE && !spool_get(m->spool, body->span, &raw))
        article_warn(m, "the article's text could not be read and is missing",
                     NULL);
    if (body->kind == BODY_TEXT)
        text_as_html(buf_view(&raw), html);
    else
        buf_str(html, buf_view(&raw));
    buf_free(&raw);
}

static const char *title_of(struct maker *m)
{
    char text[DATE_TEXT];
    struct date date = entry_date(m->entry);
    if (m->entry->title && *m->entry->title)
        return m->entry->title;
    if (date.known)
        return arena_printf(m->arena, "Untitled, %s", date_words(date, text));
    return "Untitled";
}

static void note_language(struct maker *m)
{
    const struct entry *e = m->entry;
    struct article *a = m->article;
    a->language = language_tag(m->arena, e->content.language);
    if (!a->language)
        a->language = language_tag(m->arena, e->feed->language);
}

static void read_source(struct maker *m)
{
    struct buf html = buf_make(BUF_BODY);
    read_body(m, &html);
    m->source = html_parse(buf_view(&html));
    buf_free(&html);
}

static void finish(struct maker *m)
{
    struct article *a = m->article;
    a->images = arena_copy(m->arena, m->images.items, m->images.len,
                           sizeof *m->images.items);
    a->image_count = m->images.len;
    a->links = arena_copy(m->arena, m->links.items, m->links.len,
                          sizeof *m->links.items);
    a->link_count = m->links.len;
    a->link_uses = arena_copy(m->arena, m->link_uses.items, m->link_uses.len,
                              sizeof *m->link_uses.items);
    a->link_use_count = m->link_uses.len;
    a->frames = arena_copy(m->arena, m->frames.items, m->frames.len,
                           sizeof *m->frames.items);
    a->frame_count = m->frames.len;
    a->headings = arena_copy(m->arena, m->headings.items, m->headings.len,
                             sizeof *m->headings.items);
    a->heading_count = m->headings.len;
    free(m->headings.items);
    a->embeds = arena_copy(m->arena, m->embeds.items, m->embeds.len,
                           sizeof *m->embeds.items);
    a->embed_count = m->embeds.len;
    a->removals = arena_copy(m->arena, m->removals.items, m->removals.len,
                             sizeof *m->removals.items);
    a->removal_count = m->removals.len;
    free(m->images.items);
    free(m->links.items);
    free(m->link_uses.items);
    free(m->frames.items);
    free(m->anchors.items);
    free(m->removals.items);
    free(m->embeds.items);
    tree_free(m->source);
    tree_free(m->clean);
}

struct article *article_make(const struct library *l, size_t n,
                             const struct link_index *index,
                             const struct article_policy *policy,
                             struct spool *spool)
{
    /* A pass a line: */
    /* clang-format off */
    static void (*const passes[])(struct maker *) = {
        article_bases,
        article_documents,
        article_formulas,
        article_prune,
        article_furniture,
        article_closing,
        article_targets,
        article_permalinks,
        article_emoji,
        article_galleries,
        article_backgrounds,
        article_code,
        article_attached,
        article_direction,
        article_styles,
        article_embeds,
        article_residue,
        article_drawings,
        article_anchors,
        article_pictures,
        article_links,
        article_footnotes,
        article_clean,
        article_tidy,
        article_tables,
        article_ruby,
        article_headings,
        article_figures,
        article_contents,
        article_words,
        article_parts,
    };
    /* clang-format on */
    struct article *a = mem_alloc(sizeof *a);
    a->arena = arena_new();
    a->entry = l->entries[n];
    a->diag = diag_new();
    struct maker m = {.library = l,
                      .number = n,
                      .entry = l->entries[n],
                      .index = index,
                      .policy = policy,
                      .spool = spool,
                      .article = a,
                      .arena = a->arena};
    a->title = title_of(&m);
    note_language(&m);
    read_source(&m);
    for (size_t i = 0; i < ARRAY_LEN(passes); i++)
        passes[i](&m);
    finish(&m);
    return a;
}

void article_free(struct article *a)
{
    if (!a)
        return;
    diag_free(a->diag);
    arena_free(a->arena);
    free(a);
}

/* ---- what is asked of a made one ---- */

static int by_text(const void *key, const void *id)
{
    return strcmp(key, *(const char *const *)id);
}

bool part_has(const struct part *p, const char *id)
{
    return p->id_count &&
           bsearch(id, p->ids, p->id_count, sizeof *p->ids, by_text);
}

static const struct part *find_part(const struct article *a, const char *id)
{
    for (size_t i = 0; i < a->part_count; i++)
        if (part_has(&a->parts[i], id))
            return &a->parts[i];
    return NULL;
}

const struct part *article_part_with(const struct article *a, const char **id)
{
    const struct part *part = find_part(a, *id);
    if (part)
        return part;
    struct buf prefixed = buf_make(BUF_LINE);
    buf_printf(&prefixed, "user-content-%s", *id);
    part = find_part(a, prefixed.data);
    if (part) /* lend the part's own */
        *id = *(const char **)bsearch(prefixed.data, part->ids, part->id_count,
                                      sizeof *part->ids, by_text);
    buf_free(&prefixed);
    return part;
}
