/* Which text is the article: of all that an entry has, what stands first in the
 * dialect's table, unless another says more; and which is its standfirst. */
#include "feed/posts.h"
#include "feed/reader.h"
#include "feed/says.h"

#include <stdlib.h>

void bodies_clear(struct reader *r)
{
    for (size_t i = 0; i < r->bodies.len; i++)
        buf_free(&r->bodies.items[i].text);
    r->bodies.len = 0;
}

/* Candidates lie in the order of their ranks. */
void bodies_take(struct reader *r, const struct rule *rule)
{
    struct gathering *g = &r->now;
    const struct level *level = &r->levels.items[r->levels.len - 1];
    struct candidate c = {.rank = rule_rank(r, rule),
                          .html = g->html,
                          .caption = rule->field == FIELD_CAPTION,
                          .body = {.line = g->line,
                                   .base = level->base,
                                   .language = level->language}};
    if (!r->entry || str_blank(buf_view(&g->text)))
        return;
    size_t at = r->bodies.len;
    while (at && r->bodies.items[at - 1].rank > c.rank)
        at--;
    if (at && r->bodies.items[at - 1].rank == c.rank)
        return;
    c.text = g->text;
    g->text = buf_make(BUF_BODY);
    vec_push(&r->bodies, c);
    for (size_t i = r->bodies.len - 1; i > at; i--)
        r->bodies.items[i] = r->bodies.items[i - 1];
    r->bodies.items[at] = c;
}

/* ---- texts that are not what they are called ---- */

/* A text with another in its place. */
static void replace(struct candidate *c, struct buf *text)
{
    buf_free(&c->text);
    c->text = *text;
}

static void mend(struct reader *r, struct candidate *c)
{
    struct str text = buf_view(&c->text);
    struct buf better = buf_make(BUF_BODY);
    if (!c->html && says_html(text)) {
        c->html = true;
        field_fault(r, FAULT_PLAIN, c->body.line);
    } else if (c->html && says_html_twice(text, &better)) {
        replace(c, &better);
        field_fault(r, FAULT_TWICE, c->body.line);
        return;
    } else if (c->html && r->kind && r->dialect == &dialect_rss &&
               post_html(text, &better)) { /* WordPress's export file */
        replace(c, &better);
        return;
    } else if (c->html && says_plain(text, &better)) {
        replace(c, &better);
        c->html = false;
        return;
    }
    buf_free(&better);
}

/* ---- the choice ---- */

/* Does b say so much more that it stands over a, which comes first? In percent
 * of what a says; a teaser must say much more, and stands over little. */
static bool says_more(const struct says *a, const struct says *b)
{
    static const unsigned char percent[2][2] = {{125, 200}, {100, 125}};
    if (a->shows && !b->shows)
        return false;
    return b->letters.len * 100 >
           a->letters.len * percent[a->teaser][b->teaser];
}

static size_t choose(const struct says *says, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (says_more(&says[best], &says[i]))
            best = i;
    return best;
}

/* Of a standfirst, so many letters tell whether the article repeats it. */
enum { TELLING = 60 };

static bool contains(const struct buf *text, const struct buf *words)
{
    struct str head = utf8_clip(buf_view(words), TELLING);
    return str_find(buf_view(text), head) < text->len;
}

/* The first that says something that the article does not, nor its title; n
 * for none. */
static size_t standfirst(const struct reader *r, const struct says *says,
                         size_t n, size_t article)
{
    struct says title = says_make(str_of(r->entry->title), false);
    size_t i = 0;
    for (; i < n; i++)
        if (i != article && !r->bodies.items[i].caption &&
            says[i].letters.len &&
            !contains(&says[article].letters, &says[i].letters) &&
            !contains(&title.letters, &says[i].letters))
            break;
    says_free(&title);
    return i;
}

static struct body put(struct reader *r, const struct candidate *c)
{
    struct body body = c->body;
    body.kind = c->html ? BODY_HTML : BODY_TEXT;
    body.span = spool_put(r->spool, c->text.data, c->text.len);
    if (r->entry_language)
        body.language = r->entry_language;
    return body;
}

bool bodies_finish(struct reader *r)
{
    size_t n = r->bodies.len;
    if (!n)
        return false;
    struct says *says = mem_alloc(n * sizeof *says);
    for (size_t i = 0; i < n; i++) {
        struct candidate *c = &r->bodies.items[i];
        mend(r, c);
        says[i] = says_make(buf_view(&c->text), c->html);
    }
    size_t article = choose(says, n);
    size_t first = standfirst(r, says, n, article);
    bool pictures = says[article].pictures;
    if (!r->cut)
        excerpts_count(&r->excerpts, &says[article],
                       buf_view(&r->bodies.items[article].text),
                       r->bodies.items[article].html);
    r->entry->content = put(r, &r->bodies.items[article]);
    if (first < n)
        r->entry->summary = put(r, &r->bodies.items[first]);
    if (article)
        field_fault(r, FAULT_SHORT, r->bodies.items[article].body.line);
    for (size_t i = 0; i < n; i++)
        says_free(&says[i]);
    free(says);
    return pictures;
}
