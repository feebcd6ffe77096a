/* Writes the clean tree as parts: spans of XHTML with holes between them. */
#include "article/article_int.h"
#include "article/model/model.h"
#include "xml/write.h"

#include <stdlib.h>

enum {
    TEXT_UNIT = 2048,          /* bytes of text that are never cut apart */
    LINK_LARGEST = 320,        /* bytes of an internal link's start tag */
    PLACEHOLDER_LARGEST = 512, /* bytes around a placeholder's words */
    IDS_MAX = 999,             /* in a part, besides the page's own */
};

/* An element that is open in the part. */
struct open {
    const xmlNode *node;
    uint32_t frame;
    long item;   /* in ol: the number of the next item */
    size_t link; /* of a link's hole: its number */
};

struct writer {
    struct maker *m;
    struct buf text;   /* of this part */
    size_t text_done;  /* bytes of it that pieces tell of */
    uint32_t frame;    /* of the text after them */
    size_t size;       /* of this part, holes at their largest */
    size_t fresh;      /* the size it began with */
    size_t closing;    /* bytes of the end tags of what is open */
    size_t next_image; /* the first whose hole is still to come */
    bool again;        /* writing what a part before this one has: no ids */
    bool whole;        /* writing what is never cut apart */
    bool math, svg, unlabelled; /* are in this part */
    VEC(struct open) open;
    VEC(struct piece) pieces;
    VEC(const char *) ids;
    VEC(struct part) parts;
};

static void write_node(struct writer *w, const xmlNode *n);

/* ---- pieces ---- */

static void end_text(struct writer *w)
{
    if (w->text.len > w->text_done)
        vec_push(&w->pieces,
                 ((struct piece){.n = (uint32_t)(w->text.len - w->text_done),
                                 .frame = w->frame,
                                 .kind = PIECE_TEXT}));
    w->text_done = w->text.len;
}

/* What is written from here on belongs to this frame. */
static void set_frame(struct writer *w, uint32_t frame)
{
    if (frame == w->frame)
        return;
    end_text(w);
    w->frame = frame;
}

static void put(struct writer *w, uint32_t frame, const char *text)
{
    set_frame(w, frame);
    buf_puts(&w->text, text);
    w->size += strlen(text);
}

static void put_hole(struct writer *w, enum piece_kind kind, size_t n,
                     uint32_t frame)
{
    end_text(w);
    vec_push(&w->pieces,
             ((struct piece){
                 .n = (uint32_t)n, .frame = frame, .kind = (uint8_t)kind}));
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void end_part(struct writer *w)
{
    struct arena *arena = w->m->arena;
    end_text(w);
    if (w->ids.len)
        qsort(w->ids.items, w->ids.len, sizeof *w->ids.items, by_text);
    struct part part = {
        .xhtml = spool_put(w->m->spool, w->text.data, w->text.len),
        .pieces = arena_copy(arena, w->pieces.items, w->pieces.len,
                             sizeof *w->pieces.items),
        .piece_count = w->pieces.len,
        .ids =
            arena_copy(arena, w->ids.items, w->ids.len, sizeof *w->ids.items),
        .id_count = w->ids.len,
        .has_math = w->math,
        .has_svg = w->svg,
        .unlabelled_svg = w->unlabelled,
    };
    vec_push(&w->parts, part);
    buf_clear(&w->text);
    w->text_done = w->size = 0;
    w->frame = 0;
    w->pieces.len = w->ids.len = 0;
    w->math = w->svg = w->unlabelled = false;
}

/* ---- frames ---- */

static size_t count_holes(const xmlNode *n)
{
    size_t count = tree_is(n, "#image");
    for (const xmlNode *at = n; (at = tree_next(n, at));)
        count += tree_is(at, "#image");
    return count;
}

/* A frame around the next `count` pictures. */
static uint32_t new_frame(struct writer *w, size_t count, int keep)
{
    struct frame f = {.first = (uint32_t)w->next_image,
                      .last = (uint32_t)(w->next_image + count),
                      .keep = (uint8_t)keep};
    vec_push(&w->m->frames, f);
    return (uint32_t)(w->m->frames.len - 1);
}

/* What article/finish/figures.c made of a picture that stands alone. */
static bool is_figure_hole(const xmlNode *n)
{
    return tree_is(n, "#figure") || tree_is(n, "#picture");
}

/* Elements that are gone when all that is in them is pictures, and the
 * pictures are gone. Items and cells stay: they have a number, a place. */
static bool may_vanish(const xmlNode *n)
{
    if (tree_attr(n, "id").p || tree_is(n, "rt"))
        return false;
    switch (model_of(n)->role) {
    case ROLE_PHRASING:
    case ROLE_SPAN:
    case ROLE_HEADING:
    case ROLE_VERBATIM:
    case ROLE_BLOCK: /* p, blockquote */
        return true;
    default:
        return tree_is(n, "div") || is_figure_hole(n);
    }
}

static uint32_t frame_for(struct writer *w, const xmlNode *n)
{
    if (!may_vanish(n) || w->again)
        return 0;
    for (const xmlNode *at = n; (at = tree_next(n, at));)
        if (tree_is_words(at) ||
            (tree_is_element(at) && !tree_is(at, "#image") && !may_vanish(at)))
            return 0;
    size_t count = count_holes(n);
    return count ? new_frame(w, count, KEEP_SHOWN | KEEP_PLACEHOLDER) : 0;
}

/* ---- sizes and cuts ---- */

static size_t hole_size(const struct writer *w, const xmlNode *hole)
{
    size_t n = strtoul(tree_attr(hole, "n").p, NULL, 10);
    const struct image_ref *ref = &w->m->images.items[n];
    size_t url = ref->url ? strlen(ref->url) : 0;
    size_t site = ref->site ? strlen(ref->site) : 0;
    /* "&" in an address or alternative text takes five bytes, '"' six */
    return PLACEHOLDER_LARGEST + 6 * (2 * url + strlen(ref->alt) + site);
}

static bool is_link_hole(const xmlNode *n)
{
    return tree_is(n, "#link");
}

static size_t link_number(const xmlNode *n)
{
    return strtoul(tree_attr(n, "target").p, NULL, 10);
}

/* Bytes of the element's tags at most. A link's start tag may turn out to hold
 * the address on the web. */
static size_t tags_size(const struct writer *w, const xmlNode *n)
{
    size_t size = write_tags_size(n) + LINK_LARGEST;
    if (is_link_hole(n))
        size += write_text_size(str_of(w->m->links.items[link_number(n)].web));
    return size;
}

/* What is never cut apart: a formula, a drawing, a word with its reading. */
static bool is_unit(const xmlNode *n)
{
    return tree_foreign(n) || tree_is(n, "ruby");
}

/* Bytes that n takes at most, or `limit` if it is more than that. */
static size_t measure(const struct writer *w, const xmlNode *n, size_t limit)
{
    size_t size = 0;
    for (const xmlNode *at = n; at && size < limit; at = tree_next(n, at)) {
        if (tree_is_text(at))
            size += write_text_size(tree_content(at));
        else if (tree_is(at, "#image"))
            size += hole_size(w, at);
        else
            size += is_unit(n) && !is_link_hole(at) ? write_tags_size(at)
                                                    : tags_size(w, at);
    }
    return size < limit ? size : limit;
}

static void write_start(struct writer *w, struct open *o, bool reopen);
static void write_end(struct writer *w, const struct open *o);

/* A table that goes on in the next part has its head there again. */
static void repeat_head(struct writer *w, const xmlNode *table)
{
    for (const xmlNode *n = table->children; n; n = n->next) {
        if (!tree_is(n, "thead"))
            continue;
        size_t images = w->next_image;
        bool again = w->again;
        w->again = true;
        write_node(w, n);
        w->again = again;
        w->next_image = images;
    }
}

/* End the part here and go on in a new one: open elements are closed, and
 * opened again. */
static void cut(struct writer *w)
{
    if (w->again || w->whole)
        return; /* so is the head of a table that goes on */
    for (size_t i = w->open.len; i-- > 0;)
        write_end(w, &w->open.items[i]);
    end_part(w);
    size_t count = w->open.len;
    for (size_t i = 0; i < count; i++) {
        struct open o = w->open.items[i];
        write_start(w, &o, true);
        w->open.items[i].link = o.link;
        bool in_body =
            i + 1 < count && tree_is(w->open.items[i + 1].node, "tbody");
        if (tree_is(o.node, "table") && in_body)
            repeat_head(w, o.node);
    }
    w->fresh = w->size;
}

/* Make room for n bytes in this part, or in a new one. */
static bool fits(const struct writer *w, size_t n)
{
    return w->size + n + w->closing <= w->m->policy->part_limit &&
           w->ids.len < IDS_MAX;
}

static void need(struct writer *w, size_t n)
{
    if (!fits(w, n) && w->size > w->fresh)
        cut(w);
}

/* A block that would be cut starts the next part, unless it is so large that
 * it is cut anyway: then a part of it must fit here. A heading stays with what
 * follows, or with the beginning of it. */
static void prefer_cut(struct writer *w, const xmlNode *n)
{
    size_t limit = w->m->policy->part_limit;
    if (heading_level(n)) /* no heading is torn from its words */
        need(w, measure(w, n, limit / 2));
    if (w->size < limit / 2)
        return;
    size_t size = measure(w, n, limit / 2);
    if (heading_level(n) && n->next)
        size += measure(w, n->next, limit / 8);
    need(w, size < limit / 2 ? size : limit / 8);
}

/* ---- elements ---- */

static void note_id(struct writer *w, const xmlNode *n)
{
    struct str id = tree_attr(n, "id");
    if (id.p && !w->again)
        vec_push(&w->ids, arena_str(w->m->arena, id));
}

/* The number of the link that starts here. One that starts again, and says
 * less then, as it has its id but once, is a link of its own. */
static size_t start_link(struct writer *w, const xmlNode *n, bool reopen)
{
    struct buf text = buf_make(BUF_LINE);
    const struct write_options options = {.no_target = true,
                                          .no_id = reopen || w->again};
    write_attributes(&text, n, &options);
    const char *attributes = arena_str(w->m->arena, buf_view(&text));
    buf_free(&text);
    size_t number = link_number(n);
    struct link_ref link = w->m->links.items[number];
    bool another = link.attributes && strcmp(link.attributes, attributes) != 0;
    link.attributes = attributes;
    if (another) {
        number = w->m->links.len;
        vec_push(&w->m->links, link);
    } else {
        w->m->links.items[number] = link;
    }
    return number;
}

/* Write a start tag. `reopen`: the element goes on from the part before. */
static void write_start(struct writer *w, struct open *o, bool reopen)
{
    const xmlNode *n = o->node;
    if (!reopen)
        note_id(w, n);
    if (is_link_hole(n)) {
        o->link = start_link(w, n, reopen);
        put_hole(w, PIECE_LINK_START, o->link, o->frame);
        w->size += tags_size(w, n);
        return;
    }
    set_frame(w, o->frame);
    size_t before = w->text.len;
    struct write_options options = {.no_id = reopen || w->again};
    if (reopen && tree_is(n, "ol")) {
        for (size_t i = 0; i < w->open.len; i++)
            if (w->open.items[i].node == n)
                options.start = w->open.items[i].item;
        options.has_start = true;
    }
    write_start_tag(&w->text, n, &options);
    w->size += w->text.len - before;
}

static void write_end(struct writer *w, const struct open *o)
{
    if (is_link_hole(o->node)) {
        put_hole(w, PIECE_LINK_END, o->link, o->frame);
        return;
    }
    set_frame(w, o->frame);
    size_t before = w->text.len;
    write_end_tag(&w->text, o->node);
    w->size += w->text.len - before;
}

static void count_item(struct writer *w, const xmlNode *n)
{
    struct open *list = w->open.len ? &w->open.items[w->open.len - 1] : NULL;
    if (list && tree_is(n, "li") && tree_is(list->node, "ol"))
        list->item++;
}

static long first_number(const xmlNode *n)
{
    struct str start = tree_attr(n, "start");
    return start.n ? strtol(start.p, NULL, 10) : 1;
}

static void write_element(struct writer *w, const xmlNode *n)
{
    need(w, tags_size(w, n));
    uint32_t frame = frame_for(w, n);
    size_t tags = write_tags_size(n);
    struct open opened = {n, frame, first_number(n), 0};
    write_start(w, &opened, false);
    if (!n->children && write_is_void(n))
        return;
    vec_push(&w->open, opened);
    w->closing += tags;
    for (const xmlNode *child = n->children; child; child = child->next)
        write_node(w, child);
    struct open o = w->open.items[--w->open.len];
    w->closing -= tags;
    write_end(w, &o);
    count_item(w, n);
}

static void put_paragraph(struct writer *w, uint32_t frame, const xmlNode *p)
{
    const struct write_options options = {.no_id = true};
    struct buf tag = buf_make(BUF_LINE);
    buf_puts(&tag, "<p");
    write_attributes(&tag, p, &options);
    put(w, frame, tag.data);
    put(w, frame, ">");
    buf_free(&tag);
}

/* The hole of a picture that stands alone: a figure around a picture, a
 * paragraph around a small one or a placeholder; within a figure there is one
 * already. */
static void write_figure(struct writer *w, const xmlNode *n)
{
    need(w, measure(w, n, w->m->policy->part_limit / 2));
    bool inside = tree_is(n, "#picture");
    uint32_t large = inside ? 0 : new_frame(w, 1, KEEP_LARGE);
    uint32_t small = inside ? 0 : new_frame(w, 1, KEEP_SMALL);
    uint32_t missing = new_frame(w, 1, KEEP_PLACEHOLDER);
    if (!inside) {
        put(w, large, "<figure class=\"image\">");
        put_paragraph(w, small, n);
    }
    put(w, missing, "<p class=\"missing\">");
    for (const xmlNode *child = n->children; child; child = child->next)
        if (!tree_is(child, "br"))
            write_node(w, child);
    put(w, missing, "</p>");
    if (!inside) {
        put(w, small, "</p>");
        put(w, large, "</figure>");
    }
}

static void write_hole(struct writer *w, const xmlNode *n)
{
    size_t size = hole_size(w, n);
    need(w, size);
    put_hole(w, PIECE_IMAGE, strtoul(tree_attr(n, "n").p, NULL, 10), 0);
    w->size += size;
    w->next_image++;
}

/* ---- text ---- */

static bool in_code(const struct writer *w)
{
    for (size_t i = w->open.len; i-- > 0;)
        if (tree_is(w->open.items[i].node, "pre"))
            return true;
    return false;
}

/* The next stretch of text: a line of code, words up to a space elsewhere. */
static struct str next_unit(struct str text, bool code)
{
    struct str near = utf8_clip(text, TEXT_UNIT);
    if (code)
        return str_sub(near, 0, str_chr(near, '\n') + 1);
    if (text.n <= TEXT_UNIT)
        return text;
    size_t n = TEXT_UNIT;
    while (n > 0 && !chr_space((unsigned char)text.p[n - 1]))
        n--;
    return n ? str_sub(text, 0, n) : near;
}

/* Bytes that the rest of a line of code takes, from `text`, the end of node
 * n's, on: highlighters cut lines into many elements. */
static size_t line_size(const struct writer *w, const xmlNode *n,
                        struct str text)
{
    enum { LINE_LARGEST = 4 * TEXT_UNIT };
    const xmlNode *pre = n;
    size_t size = 0;
    while (!tree_is(pre, "pre") && tree_is_element(pre->parent))
        pre = pre->parent;
    for (;;) {
        struct str near = str_sub(text, 0, w->m->policy->part_limit);
        struct str line = str_sub(near, 0, str_chr(near, '\n') + 1);
        size += write_text_size(line);
        if (str_ends(line, STR("\n")) || size > LINE_LARGEST)
            return size;
        while ((n = tree_next(pre, n)) && !tree_is_text(n))
            size += tree_is(n, "#image") ? hole_size(w, n) : tags_size(w, n);
        if (!n)
            return size;
        text = tree_content(n);
    }
}

static bool at_line_start(const struct writer *w)
{
    struct str s = buf_view(&w->text);
    return str_ends(s, STR("\n")) || str_ends(s, STR("<pre>")) ||
           str_ends(s, STR("<code>"));
}

/* Bytes for which there must be room before this unit of the text is written;
 * 0 where there is plenty. */
static size_t unit_needs(const struct writer *w, const xmlNode *n,
                         struct str text, struct str unit)
{
    enum { LONGEST_ESCAPE = 6 };
    if (in_code(w) && at_line_start(w))
        return line_size(w, n, text);
    return fits(w, unit.n * LONGEST_ESCAPE) ? 0 : write_text_size(unit);
}

static void write_text(struct writer *w, const xmlNode *n)
{
    struct str text = tree_content(n);
    bool code = in_code(w);
    while (text.n) {
        struct str unit = next_unit(text, code);
        need(w, unit_needs(w, n, text, unit));
        set_frame(w, 0);
        size_t before = w->text.len;
        buf_escape(&w->text, unit);
        w->size += w->text.len - before;
        text = str_sub(text, unit.n, text.n);
    }
}

static void write_unit(struct writer *w, const xmlNode *n)
{
    need(w, measure(w, n, w->m->policy->part_limit));
    bool whole = w->whole;
    w->whole = true;
    w->math |= tree_space(n) == SPACE_MATH;
    w->svg |= tree_space(n) == SPACE_SVG;
    w->unlabelled |= tree_is_svg(n, "svg") && !tree_attr(n, "aria-label").p;
    write_element(w, n);
    w->whole = whole;
}

static void write_node(struct writer *w, const xmlNode *n)
{
    if (tree_is_text(n)) {
        write_text(w, n);
    } else if (is_unit(n) && !w->whole) {
        write_unit(w, n);
    } else if (tree_is(n, "#image")) {
        write_hole(w, n);
    } else if (is_figure_hole(n)) {
        write_figure(w, n);
    } else {
        if (!w->whole && model_of(n)->role != ROLE_PHRASING)
            prefer_cut(w, n);
        write_element(w, n);
    }
}

void article_parts(struct maker *m)
{
    struct writer w = {.m = m, .text = buf_make(BUF_MEMBER)};
    vec_push(&m->frames, ((struct frame){0}));
    const xmlNode *root = xmlDocGetRootElement(m->clean);
    for (const xmlNode *n = root->children; n; n = n->next) {
        write_node(&w, n);
        put(&w, 0, "\n");
    }
    end_part(&w);
    m->article->parts =
        arena_copy(m->arena, w.parts.items, w.parts.len, sizeof *w.parts.items);
    m->article->part_count = w.parts.len;
    buf_free(&w.text);
    free(w.open.items);
    free(w.pieces.items);
    free(w.ids.items);
    free(w.parts.items);
}
