#include "raster/reader.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void reader_close(struct reader *r)
{
    if (r)
        r->close(r);
}

struct bitmap_reader {
    struct reader base;
    struct bitmap bitmap;
    unsigned y; /* of the next row */
};

static bool next_row(struct reader *r, unsigned char *to)
{
    struct bitmap_reader *b = (struct bitmap_reader *)r;
    memcpy(to, bitmap_row(&b->bitmap, b->y++), (size_t)r->width * r->channels);
    return true;
}

static void close_bitmap(struct reader *r)
{
    struct bitmap_reader *b = (struct bitmap_reader *)r;
    bitmap_free(&b->bitmap);
    free(b);
}

struct reader *reader_of_bitmap(struct bitmap *b)
{
    struct bitmap_reader *r = mem_alloc(sizeof *r);
    r->base = (struct reader){.width = b->width,
                              .height = b->height,
                              .channels = b->channels,
                              .row = next_row,
                              .close = close_bitmap};
    r->bitmap = *b;
    *b = (struct bitmap){0};
    return &r->base;
}

bool reader_read(struct reader *r, struct bitmap *out)
{
    *out = bitmap_new(r->width, r->height, r->channels);
    for (unsigned y = 0; y < r->height; y++)
        if (!r->row(r, bitmap_row(out, y))) {
            bitmap_free(out);
            return false;
        }
    return true;
}
