#include "raster/reader.h"

#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void reader_close(struct reader *r)
{
    if (r)
        r->close(r);
}

enum { LEAST_PART = 10 /* one part in as many is a picture still */ };

bool reader_row(struct reader *r, unsigned char *to)
{
    bool alpha = r->channels % 2 == 0;
    if (!r->ended && !r->row(r, to)) {
        r->ended = r->cut = true;
        if ((uint64_t)r->y * LEAST_PART < r->height)
            return false;
    }
    if (r->ended)
        memset(to, alpha ? 0 : 255, (size_t)r->width * r->channels);
    r->y++;
    return true;
}

struct bitmap_reader {
    struct reader base;
    struct bitmap bitmap;
    unsigned rows; /* that are there */
};

static bool next_row(struct reader *r, unsigned char *to)
{
    struct bitmap_reader *b = (struct bitmap_reader *)r;
    if (r->y >= b->rows)
        return false;
    memcpy(to, bitmap_row(&b->bitmap, r->y), (size_t)r->width * r->channels);
    return true;
}

static void close_bitmap(struct reader *r)
{
    struct bitmap_reader *b = (struct bitmap_reader *)r;
    bitmap_free(&b->bitmap);
    free(b);
}

struct reader *reader_of_rows(struct bitmap *b, unsigned rows)
{
    struct bitmap_reader *r = mem_alloc(sizeof *r);
    r->base = (struct reader){.width = b->width,
                              .height = b->height,
                              .channels = b->channels,
                              .row = next_row,
                              .close = close_bitmap};
    r->bitmap = *b;
    r->rows = rows;
    *b = (struct bitmap){0};
    return &r->base;
}

struct reader *reader_of_bitmap(struct bitmap *b)
{
    return reader_of_rows(b, b->height);
}

bool reader_read(struct reader *r, struct bitmap *out)
{
    *out = bitmap_new(r->width, r->height, r->channels);
    for (unsigned y = 0; y < r->height; y++)
        if (!reader_row(r, bitmap_row(out, y))) {
            bitmap_free(out);
            return false;
        }
    return true;
}
