/* The contents: sections, if there are several, their articles, and the
 * headings of these. */
#include "book/book_int.h"

#include <stdlib.h>

/* Lines that a contents page may have, some two screens, before it leaves the
 * headings to the reading system's own list. */
enum { PAGE_LINES = 60 };

/* A line before it is known what lies below which. */
struct line {
    struct toc_entry entry;
    unsigned level;
    size_t parent; /* lines[parent]; the book is lines[0], and its own */
};

typedef VEC(struct line) line_list;

static void add_line(line_list *lines, unsigned level, struct toc_entry entry)
{
    vec_push(lines, ((struct line){entry, level, 0}));
}

/* Headings lie in the order of the parts, so each is looked for from the part
 * of the one before it. */
static void add_headings(line_list *lines, const struct chapter *c,
                         unsigned level)
{
    const struct article *a = c->article;
    size_t part = 0;
    for (size_t i = 0; i < a->heading_count; i++) {
        const struct heading *h = &a->headings[i];
        while (part < a->part_count && !part_has(&a->parts[part], h->id))
            part++;
        if (part == a->part_count)
            return;
        add_line(lines, level + h->level,
                 (struct toc_entry){.kind = TOC_HEADING,
                                    .title = h->text,
                                    .file = c->files[part],
                                    .fragment = h->id,
                                    .article = a});
    }
}

static void add_chapters(line_list *lines, const struct book *b,
                         const struct section *s, unsigned level)
{
    for (size_t i = s->first; i < s->last; i++) {
        const struct chapter *c = &b->chapters[i];
        add_line(lines, level,
                 (struct toc_entry){.kind = TOC_ARTICLE,
                                    .title = c->article->title,
                                    .file = c->files[0],
                                    .article = c->article});
        add_headings(lines, c, level);
    }
}

/* Every line in reading order, after one for the book. */
static void list_lines(line_list *lines, const struct book *b)
{
    bool grouped = b->section_count > 1;
    add_line(lines, 0, (struct toc_entry){.title = b->title});
    for (size_t i = 0; i < b->section_count; i++) {
        const struct section *s = &b->sections[i];
        if (grouped)
            add_line(
                lines, 1,
                (struct toc_entry){.kind = TOC_SECTION,
                                   .title = s->title,
                                   .file = b->chapters[s->first].files[0]});
        add_chapters(lines, b, s, grouped ? 2 : 1);
    }
}

static bool same_target(const struct toc_entry *a, const struct toc_entry *b)
{
    return a->file == b->file && a->fragment == b->fragment;
}

/* A line lies below the last one of a lower level: levels may have gaps.
 * Returns how deep they nest. */
static unsigned nest(line_list *lines)
{
    unsigned deepest = 1, depth = 0;
    size_t open[16] = {0}; /* lines around the current one, the book first */
    for (size_t i = 1; i < lines->len; i++) {
        struct line *line = &lines->items[i];
        const struct toc_entry *before = &lines->items[i - 1].entry;
        while (depth && lines->items[open[depth]].level >= line->level)
            depth--;
        line->parent = open[depth];
        open[++depth] = i;
        if (depth > deepest)
            deepest = depth;
        line->entry.number = i;
        line->entry.place =
            before->place + !(i > 1 && same_target(before, &line->entry));
    }
    return deepest;
}

/* Move the lines so that those below one line lie together. */
static struct toc_entry *gather(line_list *lines, struct arena *a)
{
    struct toc_entry *entries = arena_alloc(a, lines->len * sizeof *entries);
    size_t *moved = mem_alloc(lines->len * sizeof *moved);
    size_t next = 1;
    for (size_t i = 1; i < lines->len; i++)
        lines->items[lines->items[i].parent].entry.count++;
    for (size_t i = 0; i < lines->len; i++) {
        struct toc_entry *e = &lines->items[i].entry;
        e->first = next;
        next += e->count;
        e->count = 0;
    }
    for (size_t i = 1; i < lines->len; i++) {
        struct toc_entry *parent = &lines->items[lines->items[i].parent].entry;
        moved[i] = parent->first + parent->count++;
    }
    for (size_t i = 0; i < lines->len; i++)
        entries[moved[i]] = lines->items[i].entry;
    free(moved);
    return entries;
}

void book_list_contents(struct making *m)
{
    line_list lines = {0};
    list_lines(&lines, m->book);
    m->book->depth = nest(&lines);
    m->book->folded = lines.len > PAGE_LINES;
    m->book->contents = gather(&lines, m->arena);
    free(lines.items);
}
