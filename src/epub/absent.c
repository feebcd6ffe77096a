/* What the page of sources says of the pictures that are not in the book. */
#include "epub/page_int.h"

enum { PICTURES_MAX = 200 };

/* Add a chapter's missing pictures. */
static void add_group(struct page *p, const struct chapter *c)
{
    struct absent *a = &p->absent;
    size_t first = a->picture_count;
    for (size_t i = 0; i < c->article->image_count; i++) {
        const struct image *image = image_of(p->epub->images, c->number, i);
        if (a->picture_count < PICTURES_MAX &&
            image_shown(image, &c->article->images[i]) == IMAGE_PLACEHOLDER)
            a->pictures[a->picture_count++] = i;
    }
    if (a->picture_count > first)
        a->groups[a->group_count++] =
            (struct absent_group){c, first, a->picture_count - first};
}

void absent_collect(struct page *p)
{
    struct absent *a = &p->absent;
    a->groups = arena_alloc(p->arena, PICTURES_MAX * sizeof *a->groups);
    a->pictures = arena_alloc(p->arena, PICTURES_MAX * sizeof *a->pictures);
    for (size_t i = 0; i < p->book->chapter_count; i++)
        add_group(p, &p->book->chapters[i]);
}

static const struct absent_group *group_of(const struct page *p, size_t picture)
{
    const struct absent_group *g = p->absent.groups;
    while (picture >= g->first + g->count)
        g++;
    return g;
}

GET(words)
{
    const struct chapter *c = group_of(p, item)->chapter;
    size_t n = p->absent.pictures[item];
    const struct image *image = image_of(p->epub->images, c->number, n);
    struct buf text = buf_make(BUF_LINE);
    placeholder_words(&c->article->images[n], image, p->arena, &text);
    struct value v = TEXT(arena_str(p->arena, buf_view(&text)));
    buf_free(&text);
    return v;
}

static const struct field picture_fields[] = {{"words", words}};

GET(file)
{
    return TEXT(p->absent.groups[item].chapter->files[0]);
}

GET(article)
{
    return TEXT(p->absent.groups[item].chapter->article->title);
}

GET(pictures)
{
    const struct absent_group *g = &p->absent.groups[item];
    return LIST(picture_fields, g->first, g->count);
}

static const struct field group_fields[] = {
    {"file", file}, {"article", article}, {"pictures", pictures}};

GET_LIST(missing, group_fields, p->absent.group_count)

GET(missing_count)
{
    UNUSED_ITEM;
    size_t n = p->book->missing_images;
    const char *place = n == 1 ? "its place stands a box with a link"
                               : "their places stand boxes with links";
    if (!n)
        return flag(false);
    return TEXT(arena_printf(p->arena,
                             "%s could not be had when the book was made. In "
                             "%s.",
                             counted(p, n, "picture"), place));
}

GET(missing_more)
{
    UNUSED_ITEM;
    size_t more = p->book->missing_images - p->absent.picture_count;
    return more ? TEXT(arena_printf(p->arena, "and %zu more", more))
                : flag(false);
}

static const struct field fields[] = {{"missing", missing},
                                      {"missing-count", missing_count},
                                      {"missing-more", missing_more}};

const struct field *absent_field(struct str name)
{
    return field_of(fields, ARRAY_LEN(fields), name);
}
