/* Fills the holes of parts, now that it is known which pictures there are and
 * where the targets of links lie. */
#include "epub/epub_int.h"

#include "base/url.h"

struct filler {
    const struct epub *epub;
    const struct chapter *chapter;
    const struct article *article;
    const char *file; /* this part's */
    struct arena *arena;
    struct buf *out;
};

static const struct image *image_at(const struct filler *f, size_t n)
{
    return image_of(f->epub->images, f->chapter->number, n);
}

static enum image_state state_at(const struct filler *f, size_t n)
{
    return image_shown(image_at(f, n), &f->article->images[n]);
}

/* How a picture came out: one of enum frame_keep, 0 if it vanished. */
static unsigned outcome(const struct filler *f, size_t n)
{
    enum image_state state = state_at(f, n);
    if (state != IMAGE_SHOWN)
        return state == IMAGE_PLACEHOLDER ? KEEP_PLACEHOLDER : 0;
    return image_small(image_at(f, n), &f->article->images[n]) ? KEEP_SMALL
                                                               : KEEP_LARGE;
}

/* Is this frame kept? */
static bool kept(const struct filler *f, uint32_t frame)
{
    if (!frame)
        return true;
    const struct frame *fr = &f->article->frames[frame];
    for (uint32_t i = fr->first; i < fr->last; i++)
        if (fr->keep & outcome(f, i))
            return true;
    return false;
}

/* ---- links ---- */

/* Where the link leads: within the book, else on the web, else nowhere. */
static const char *target(const struct filler *f, const struct link_ref *l)
{
    const struct chapter *c = &f->epub->book->chapters[l->article];
    if (!l->fragment)
        return c->files[0];
    const char *id = l->fragment;
    const struct part *part = article_part_with(c->article, &id);
    if (!part)
        return l->web;
    const char *file = c->files[part - c->article->parts];
    bool here = strcmp(file, f->file) == 0;
    return arena_printf(f->arena, "%s#%s", here ? "" : file, id);
}

static void fill_link(struct filler *f, const struct piece *p)
{
    const char *href = target(f, &f->article->links[p->n]);
    if (!href)
        return;
    if (p->kind == PIECE_LINK_END) {
        buf_puts(f->out, "</a>");
        return;
    }
    buf_puts(f->out, "<a href=\"");
    buf_escape(f->out, str_of(href));
    buf_char(f->out, '"');
    buf_str(f->out, str_of(f->article->links[p->n].attributes));
    buf_char(f->out, '>');
}

/* ---- pictures ---- */

void placeholder_words(const struct image_ref *ref, const struct image *image,
                       struct arena *a, struct buf *out)
{
    const struct url *u =
        ref->url ? url_parse(a, str_of(ref->url), NULL) : NULL;
    buf_puts(out, "Image");
    if (*ref->alt)
        buf_printf(out, ": %s", ref->alt);
    buf_printf(out, " (%s", image_fault_text(image->fault));
    if (u)
        buf_printf(out, ", %s", url_site(a, u));
    buf_char(out, ')');
}

/* A placeholder is phrasing content; in a link it has none of its own. Its
 * words are English, whatever is around them. */
static void fill_placeholder(struct filler *f, const struct image_ref *ref,
                             const struct image *image)
{
    bool link = ref->url && !ref->in_link;
    bool turned = article_rtl(f->epub->book, f->article);
    struct buf words = buf_make(BUF_LINE);
    placeholder_words(ref, image, f->arena, &words);
    if (link) {
        buf_puts(f->out, "<a class=\"missing\" href=\"");
        buf_escape(f->out, str_of(ref->url));
        buf_char(f->out, '"');
    } else {
        buf_puts(f->out, "<span class=\"missing\"");
    }
    buf_puts(f->out, turned ? " dir=\"ltr\">[" : ">[");
    buf_escape(f->out, buf_view(&words));
    buf_puts(f->out, link ? "]</a>" : "]</span>");
    buf_free(&words);
}

/* The look of a picture: a small one stands in a line, in proportion to the
 * text (picture-widths in book.css); of a tall one's pieces none stands beside
 * another, nor does a large one beside words or another as large. */
static void put_class(struct filler *f, const struct image_ref *ref,
                      const struct image *image)
{
    enum { ROW_WIDTH = 300 }; /* pixels; more of them in a row are too wide */
    unsigned small = image_small(image, ref);
    if (small)
        buf_printf(f->out, " class=\"line w%u\"", small);
    else if (image->file_count > 1)
        buf_puts(f->out, " class=\"piece\"");
    else if (ref->setting == IMAGE_LINE ||
             (ref->setting == IMAGE_ROW && image->files[0].width >= ROW_WIDTH))
        buf_puts(f->out, " class=\"block\"");
}

/* The words stand for the first piece; others of a tall picture have none. */
static void show(struct filler *f, const struct image_ref *ref,
                 const struct image *image, size_t piece)
{
    buf_printf(f->out, "<img src=\"%s\" alt=\"", image->files[piece].name);
    if (!piece)
        buf_escape(f->out, str_of(ref->site ? ref->site : ref->alt));
    buf_char(f->out, '"');
    put_class(f, ref, image);
    buf_puts(f->out, "/>");
}

static void fill_image(struct filler *f, size_t n)
{
    const struct image_ref *ref = &f->article->images[n];
    const struct image *image = image_at(f, n);
    enum image_state state = state_at(f, n);
    if (state == IMAGE_PLACEHOLDER) {
        fill_placeholder(f, ref, image);
    } else if (state == IMAGE_SHOWN) {
        for (size_t i = 0; i < image->file_count; i++)
            show(f, ref, image, i);
    }
}

bool part_fill(const struct epub *e, const struct chapter *c, size_t part,
               struct buf *out)
{
    const struct part *p = &c->article->parts[part];
    struct filler f = {.epub = e,
                       .chapter = c,
                       .article = c->article,
                       .file = c->files[part],
                       .arena = arena_new(),
                       .out = out};
    struct buf text = buf_make(BUF_MEMBER);
    bool ok = spool_get(e->spool, p->xhtml, &text);
    size_t at = 0;
    for (size_t i = 0; ok && i < p->piece_count; i++) {
        const struct piece *piece = &p->pieces[i];
        bool keep = kept(&f, piece->frame);
        if (piece->kind == PIECE_TEXT) {
            if (keep)
                buf_str(out, str_sub(buf_view(&text), at, piece->n));
            at += piece->n;
        } else if (keep && piece->kind == PIECE_IMAGE) {
            fill_image(&f, piece->n);
        } else if (keep) {
            fill_link(&f, piece);
        }
    }
    buf_free(&text);
    arena_free(f.arena);
    return ok;
}
