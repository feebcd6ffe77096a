/* What the style sheet says of small pictures: for each width that the book has
 * of them, how wide that is where text is larger or smaller. */
#include "epub/page_int.h"

enum { TEXT_SIZE = 16 }; /* CSS pixels to the em that authors had in mind */

static void note_widths(struct page *p, const struct chapter *c, bool *used)
{
    for (size_t i = 0; i < c->article->image_count; i++) {
        const struct image *image = image_of(p->epub->images, c->number, i);
        if (image->state == IMAGE_SHOWN)
            used[image_small(image, &c->article->images[i])] = true;
    }
}

void widths_collect(struct page *p)
{
    bool used[IMAGE_SMALL_WIDTH + 1] = {false};
    for (size_t i = 0; i < p->book->chapter_count; i++)
        note_widths(p, &p->book->chapters[i], used);
    p->widths.items =
        arena_alloc(p->arena, IMAGE_SMALL_WIDTH * sizeof *p->widths.items);
    for (unsigned i = 1; i <= IMAGE_SMALL_WIDTH; i++)
        if (used[i])
            p->widths.items[p->widths.count++] = i;
}

GET(pixels)
{
    return numbered(p, p->widths.items[item]);
}

GET(ems)
{
    enum { DIGITS = 10000 };
    unsigned em = p->widths.items[item] * (DIGITS / TEXT_SIZE);
    return TEXT(arena_printf(p->arena, "%u.%04u", em / DIGITS, em % DIGITS));
}

static const struct field width_fields[] = {{"pixels", pixels}, {"ems", ems}};

GET_LIST(picture_widths, width_fields, p->widths.count)

static const struct field fields[] = {{"picture-widths", picture_widths}};

const struct field *widths_field(struct str name)
{
    return field_of(fields, ARRAY_LEN(fields), name);
}
