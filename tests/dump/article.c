/* An article from a file of HTML, as parts with their holes. Lines at the
 * file's head that begin with "#" set things: "#title TEXT", "#link URL",
 * "#keep RULE", "#limit BYTES" of a part,
 * "#depth LEVELS" of headings in the contents, "#base URL" of the content,
 * "#summary TEXT", "#enclosure TYPE URL TITLE",
 * "#other URL" of another article, "#no-site" for the feed, "#plain-links".
 * The holes and frames read so:
 *
 *     {image 0}  {link 1}…{/link 1}  {?2 shown of 0-1}…{?}
 */
#include "dump.h"

#include "article/article.h"
#include "base/file.h"
#include "base/mem.h"
#include "xml/html.h"

#include <stdlib.h>

struct setup {
    struct arena *arena;
    struct feed feed;
    struct entry entry;
    struct entry other; /* if it has a link, article 1 */
    struct spool *spool;
    struct enclosure enclosures[8];
    struct article_policy policy;
};

static void set_rule(struct article_policy *policy, struct str name)
{
    for (int i = 0; i < RULE_COUNT; i++)
        if (str_eq(name, str_of(article_rule_name((enum article_rule)i))))
            policy->keep[i] = true;
}

static void set_tables(struct article_policy *policy, struct str name)
{
    policy->tables = str_eq(name, STR("keep"))      ? TABLES_KEEP
                     : str_eq(name, STR("shrink"))  ? TABLES_SHRINK
                     : str_eq(name, STR("records")) ? TABLES_RECORDS
                                                    : TABLES_AUTO;
}

static void add_enclosure(struct setup *s, struct str text)
{
    struct str type, url;
    if (s->entry.enclosure_count == ARRAY_LEN(s->enclosures) ||
        !str_next_word(&text, &type) || !str_next_word(&text, &url))
        return;
    text = str_trim(text);
    s->enclosures[s->entry.enclosure_count++] =
        (struct enclosure){.url = arena_str(s->arena, url),
                           .type = arena_str(s->arena, type),
                           .title = text.n ? arena_str(s->arena, text) : NULL};
    s->entry.enclosures = s->enclosures;
}

static void apply(struct setup *s, struct str line)
{
    struct str word;
    str_next_word(&line, &word);
    char *rest = arena_str(s->arena, str_trim(line));
    if (str_eq(word, STR("#title")))
        s->entry.title = rest;
    else if (str_eq(word, STR("#link")))
        s->entry.link = *rest ? rest : NULL;
    else if (str_eq(word, STR("#language")))
        s->entry.content.language = rest;
    else if (str_eq(word, STR("#keep")))
        set_rule(&s->policy, str_of(rest));
    else if (str_eq(word, STR("#tables")))
        set_tables(&s->policy, str_of(rest));
    else if (str_eq(word, STR("#limit")))
        s->policy.part_limit = strtoul(rest, NULL, 10);
    else if (str_eq(word, STR("#depth")))
        s->policy.toc_depth = (unsigned)strtoul(rest, NULL, 10);
    else if (str_eq(word, STR("#base")))
        s->entry.content.base = rest;
    else if (str_eq(word, STR("#other")))
        s->other.link = rest;
    else if (str_eq(word, STR("#no-site")))
        s->feed.link = NULL;
    else if (str_eq(word, STR("#enclosure")))
        add_enclosure(s, str_of(rest));
    else if (str_eq(word, STR("#summary")))
        s->entry.summary = (struct body){
            .kind = BODY_HTML, .span = spool_put(s->spool, rest, strlen(rest))};
    else if (str_eq(word, STR("#plain-links")))
        s->policy.plain_links = true;
    else if (str_eq(word, STR("#text")))
        s->entry.content.kind = BODY_TEXT;
}

static const char *asked(uint8_t keep)
{
    return keep == KEEP_LARGE         ? "large"
           : keep == KEEP_SMALL       ? "small"
           : keep == KEEP_SHOWN       ? "shown"
           : keep == KEEP_PLACEHOLDER ? "missing"
                                      : "any";
}

static void dump_piece(const struct article *a, const struct piece *p,
                       struct str text, FILE *out)
{
    const struct frame *f = &a->frames[p->frame];
    if (p->frame)
        fprintf(out, "{?%u %s of %u-%u}", p->frame, asked(f->keep), f->first,
                f->last - 1);
    if (p->kind == PIECE_TEXT)
        fprintf(out, "%.*s", STR_ARG(text));
    else if (p->kind == PIECE_IMAGE)
        fprintf(out, "{image %u}", p->n);
    else
        fprintf(out, p->kind == PIECE_LINK_START ? "{link %u}" : "{/link %u}",
                p->n);
    if (p->frame)
        fputs("{?}", out);
}

static void dump_part(const struct article *a, size_t n, struct spool *spool,
                      FILE *out)
{
    const struct part *p = &a->parts[n];
    struct buf text = buf_make(BUF_MEMBER);
    size_t at = 0;
    spool_get(spool, p->xhtml, &text);
    fprintf(out, "part %zu:", n);
    for (size_t i = 0; i < p->id_count; i++)
        fprintf(out, " #%s", p->ids[i]);
    fputc('\n', out);
    for (size_t i = 0; i < p->piece_count; i++) {
        const struct piece *piece = &p->pieces[i];
        size_t length = piece->kind == PIECE_TEXT ? piece->n : 0;
        dump_piece(a, piece, str_sub(buf_view(&text), at, length), out);
        at += length;
    }
    buf_free(&text);
}

static void dump_refs(const struct article *a, FILE *out)
{
    static const char *const settings[] = {[IMAGE_ALONE] = "",
                                           [IMAGE_ROW] = " in a row",
                                           [IMAGE_LINE] = " in a line"};
    for (size_t i = 0; i < a->image_count; i++) {
        const struct image_ref *r = &a->images[i];
        fprintf(out, "image %zu:", i);
        if (r->url)
            fprintf(out, " %s", r->url);
        else
            fprintf(out, " %zu bytes", (size_t)r->data.n);
        fprintf(out, " \"%s\"%s%s%s%s", r->alt, r->in_link ? " in a link" : "",
                r->site ? " to " : "", r->site ? r->site : "",
                settings[r->setting]);
        if (r->width || r->height)
            fprintf(out, ", shown at %ux%u", r->width, r->height);
        if (r->density)
            fprintf(out, ", %u pixels to 1000", r->density);
        fputc('\n', out);
    }
    for (size_t i = 0; i < a->link_count; i++) {
        const struct link_ref *l = &a->links[i];
        fprintf(out, "link %zu: article %zu #%s, else %s%s\n", i, l->article,
                l->fragment ? l->fragment : "", l->web ? l->web : "nothing",
                l->attributes ? l->attributes : "");
    }
    for (size_t i = 0; i < a->heading_count; i++) {
        const struct heading *h = &a->headings[i];
        fprintf(out, "contents %u: #%s %s\n", h->level, h->id, h->text);
    }
    for (int i = 0; i < RULE_COUNT; i++)
        if (a->rules[i])
            fprintf(out, "rule %s: %u\n",
                    article_rule_name((enum article_rule)i), a->rules[i]);
    for (size_t i = 0; i < a->removal_count; i++)
        fprintf(out, "%s by %s: %s\n",
                a->removals[i].moved ? "moved" : "left out",
                article_rule_name(a->removals[i].rule), a->removals[i].text);
    fprintf(out, "language %s%s\n", a->language ? a->language : "-",
            a->direction == DIRECTION_RTL   ? ", right to left"
            : a->direction == DIRECTION_LTR ? ""
                                            : ", the book's direction");
}

static void run(struct setup *s, struct str html, FILE *out)
{
    struct spool *spool = s->spool;
    s->entry.content.span = spool_put(spool, html.p, html.n);
    struct entry *entries[] = {&s->entry, &s->other};
    struct feed *feeds[] = {&s->feed};
    const struct library library = {.arena = s->arena,
                                    .feeds = feeds,
                                    .feed_count = 1,
                                    .entries = entries,
                                    .entry_count = s->other.link ? 2 : 1};
    struct link_index *index = link_index_new(&library);
    struct article *a = article_make(&library, 0, index, &s->policy, spool);
    for (size_t i = 0; i < a->part_count; i++)
        dump_part(a, i, spool, out);
    dump_refs(a, out);
    diag_print(a->diag, out, DIAG_VERBOSE);
    article_free(a);
    link_index_free(index);
}

int dump_article(const char *path, FILE *out)
{
    struct buf file = buf_make(BUF_BODY);
    if (!file_read(path, &file))
        return 1;
    struct setup s = {.arena = arena_new(),
                      .spool = spool_new(),
                      .policy = {.tab_width = 4, .part_limit = 240 * 1024}};
    s.feed = (struct feed){.file = path,
                           .id = "feed",
                           .title = "Feed",
                           .link = "https://example.org/"};
    s.entry = (struct entry){.feed = &s.feed,
                             .id = "entry",
                             .title = "A title",
                             .link = "https://example.org/posts/one",
                             .content = {.kind = BODY_HTML},
                             .line = 1};
    s.other = (struct entry){.feed = &s.feed, .id = "other"};
    struct str rest = buf_view(&file), line;
    while (str_starts(rest, STR("#"))) {
        line = str_sub(rest, 0, str_chr(rest, '\n'));
        rest = str_sub(rest, line.n + 1, rest.n);
        apply(&s, line);
    }
    xml_init();
    run(&s, rest, out);
    xml_end();
    spool_free(s.spool);
    arena_free(s.arena);
    buf_free(&file);
    return 0;
}
