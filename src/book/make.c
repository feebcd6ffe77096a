/* book_make: chapters, sections, names, metadata, cover. */
#include "book/book_int.h"

#include <stdlib.h>

static void set_chapters(struct making *m)
{
    struct book *b = m->book;
    const struct library *l = m->library;
    VEC(struct section) sections = {0};
    b->chapter_count = l->entry_count;
    b->chapters =
        arena_alloc(m->arena, (l->entry_count + 1) * sizeof *b->chapters);
    for (size_t i = 0; i < l->entry_count; i++) {
        const char *title = l->entries[i]->section;
        b->chapters[i] =
            (struct chapter){.article = m->articles[i], .number = i};
        if (!i || title != l->entries[i - 1]->section)
            vec_push(&sections, ((struct section){.title = title, .first = i}));
        sections.items[sections.len - 1].last = i + 1;
    }
    b->sections = arena_copy(m->arena, sections.items, sections.len,
                             sizeof *sections.items);
    b->section_count = sections.len;
    free(sections.items);
}

typedef VEC(struct source) source_list;

/* The feed's number in the list; its end if it is new there. */
static size_t source_of(const source_list *list, const struct feed *f)
{
    size_t i = 0;
    while (i < list->len && strcmp(list->items[i].feed->id, f->id) != 0)
        i++;
    return i;
}

void book_list_feeds(const struct making *m)
{
    const struct library *l = m->library;
    source_list list = {0};
    for (size_t i = 0; i < l->feed_count; i++)
        if (source_of(&list, l->feeds[i]) == list.len)
            vec_push(&list, ((struct source){.feed = l->feeds[i]}));
    size_t at = 0, kept = 0;
    for (size_t i = 0; i < l->entry_count; i++) {
        const struct feed *f = entry_feed(l->entries[i]);
        if (!i || f != entry_feed(l->entries[i - 1]))
            at = source_of(&list, f);
        if (!list.items[at].count++)
            list.items[at].feed = f;
    }
    for (size_t i = 0; i < list.len; i++)
        if (list.items[i].count)
            list.items[kept++] = list.items[i];
    m->book->feeds = arena_copy(m->arena, list.items, kept, sizeof *list.items);
    m->book->feed_count = kept;
    free(list.items);
}

/* Drawings are pictures too. */
static void count_inline(struct book *b, const struct article *a)
{
    for (size_t i = 0; i < a->part_count; i++) {
        b->has_math |= a->parts[i].has_math;
        b->has_images |= a->parts[i].has_svg;
        b->all_alt &= !a->parts[i].unlabelled_svg;
    }
}

static void count_images(struct making *m)
{
    struct book *b = m->book;
    b->all_alt = true;
    for (size_t i = 0; i < b->chapter_count; i++) {
        const struct article *a = b->chapters[i].article;
        count_inline(b, a);
        for (size_t k = 0; k < a->image_count; k++) {
            const struct image *image = image_of(m->images, i, k);
            enum image_state state = image_shown(image, &a->images[k]);
            bool shown = state == IMAGE_SHOWN;
            b->has_images |= shown;
            b->image_count += state != IMAGE_VANISHED;
            b->missing_images += state == IMAGE_PLACEHOLDER;
            if (shown && !*a->images[k].alt && !a->images[k].site)
                b->all_alt = false;
        }
    }
}

static const char *first_author(const struct book *b)
{
    return b->creator_count ? b->creators[0] : NULL;
}

const struct feed *book_mark(const struct library *l,
                             const struct book_policy *policy)
{
    const struct feed *first =
        l->entry_count ? entry_feed(l->entries[0]) : NULL;
    if (policy->cover != COVER_PLAIN)
        return NULL;
    for (size_t i = 1; i < l->entry_count; i++)
        if (strcmp(l->entries[i]->feed->id, first->id) != 0)
            return NULL;
    return first;
}

static void draw_cover(struct making *m, const struct image_policy *policy,
                       struct spool *spool, struct diag *diag)
{
    struct book *b = m->book;
    const char *author = first_author(b);
    if (author && strcmp(author, b->title) == 0)
        author = NULL;
    const struct cover cover = {
        .title = b->title,
        .author = author,
        .date = b->range,
        .note = arena_printf(m->arena, "%zu article%s", b->chapter_count,
                             b->chapter_count == 1 ? "" : "s"),
        .picture = m->policy->cover == COVER_PICTURE ? m->policy->cover_picture
                                                     : NULL};
    if (m->policy->cover != COVER_NONE)
        b->cover = image_cover(m->images, &cover, policy, spool, diag);
    b->cover_alt = arena_printf(m->arena, "Cover: %s", b->title);
}

struct book *book_make(const struct library *l, struct article *const *articles,
                       struct image_set *images,
                       const struct book_policy *policy,
                       const struct image_policy *image_policy,
                       struct spool *spool, struct diag *diag)
{
    struct book *b = mem_alloc(sizeof *b);
    b->arena = arena_new();
    struct making m = {.library = l,
                       .articles = articles,
                       .images = images,
                       .policy = policy,
                       .book = b,
                       .arena = b->arena};
    set_chapters(&m);
    book_list_feeds(&m);
    book_name_chapters(&m);
    book_list_contents(&m);
    book_describe(&m, diag);
    book_name_people(&m);
    count_images(&m);
    draw_cover(&m, image_policy, spool, diag);
    return b;
}

void book_free(struct book *b)
{
    if (!b)
        return;
    arena_free(b->arena);
    free(b);
}

/* Names that Windows keeps for devices, whatever follows their first dot. */
static bool reserved(struct str name)
{
    name = str_sub(name, 0, str_chr(name, '.'));
    static const char *const names[] = {"con", "prn", "aux", "nul"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq_nocase(name, str_of(names[i])))
            return true;
    return name.n == 4 && name.p[3] >= '1' && name.p[3] <= '9' &&
           (str_starts_nocase(name, STR("com")) ||
            str_starts_nocase(name, STR("lpt")));
}

char *book_file_name(struct arena *a, const char *title, const char *words)
{
    enum { NAME_LIMIT = 120 - sizeof "book .epub" + 1 };
    size_t room = NAME_LIMIT - (words ? strlen(words) + 1 : 0);
    struct buf name = buf_make(BUF_LINE);
    for (struct str s = str_of(title); s.n;) {
        uint32_t c = utf8_next(&s);
        bool unfit = c < 0x20 || (c < 0x80 && strchr("\\/:*?\"<>|", (int)c)) ||
                     !chr_xml(c);
        buf_utf8(&name, unfit ? ' ' : c);
    }
    struct buf neat = buf_make(BUF_LINE);
    buf_collapse(&neat, buf_view(&name));
    struct str text = utf8_clip(buf_view(&neat), room);
    while (text.n && strchr(". ", text.p[text.n - 1]))
        text.n--;
    while (text.n && strchr(". -", text.p[0]))
        text = str_sub(text, 1, text.n);
    char *file =
        arena_printf(a, "%s%.*s%s%s.epub",
                     !text.n          ? "book"
                     : reserved(text) ? "book "
                                      : "",
                     STR_ARG(text), words ? " " : "", words ? words : "");
    buf_free(&name);
    buf_free(&neat);
    return file;
}
