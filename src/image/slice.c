#include "image/slice.h"

#include "base/mem.h"

#include <stdlib.h>

/* A change is the mean difference between neighbours in a row, of one channel,
 * in sixteenths. */
enum {
    CHANGE_UNITS = 16,
    QUIET = 2 * CHANGE_UNITS, /* noise of compression, or a frame's lines */
    SAME = CHANGE_UNITS / 2,  /* as quiet as each other */
    OVERLAP_PART = 24,        /* of a piece's height: a line of text */
};

static unsigned change_of(const struct bitmap *b, unsigned y)
{
    const unsigned char *row = bitmap_row(b, y);
    size_t n = b->channels, sum = 0, count = (size_t)b->width * n;
    for (size_t i = n; i < count; i++)
        sum += (unsigned)abs(row[i] - row[i - n]);
    return (unsigned)(sum * CHANGE_UNITS / count);
}

struct place {
    unsigned y;
    bool quiet;
};

/* Between `low` and `high`, rows where a piece may end: the middle of the
 * longest run of the quietest rows, the lowest of such runs. */
static struct place find_place(const struct bitmap *b, unsigned low,
                               unsigned high)
{
    unsigned count = high - low + 1, least = ~0U, run = 0, longest = 0;
    unsigned *changes = mem_alloc(count * sizeof *changes);
    struct place place = {.y = high};
    for (unsigned i = 0; i < count; i++) {
        /* of the rows on either side of the cut */
        unsigned above = change_of(b, low + i - 1);
        changes[i] = change_of(b, low + i);
        changes[i] = above > changes[i] ? above : changes[i];
        least = changes[i] < least ? changes[i] : least;
    }
    for (unsigned i = 0; i < count; i++) {
        run = changes[i] <= least + SAME ? run + 1 : 0;
        if (run && run >= longest) {
            longest = run;
            place.y = low + i - run / 2;
        }
    }
    place.quiet = least <= QUIET;
    free(changes);
    return place;
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* Where the piece may end: in the second half of what it may be, but so that
 * the others have room for the rest, and that the last is no sliver. */
static struct place find_end(const struct slicing *s, const struct bitmap *b,
                             unsigned most, unsigned overlap)
{
    unsigned rest = b->height - s->y;
    unsigned room = (s->pieces - 1) * most;
    unsigned need = rest > room ? rest - room + overlap : 1;
    unsigned low = larger(most / 2, need), high = most;
    if (rest < most + most / 3) {
        low = larger(rest / 3, need);
        high = larger(rest - rest / 3, low);
    }
    return find_place(b, s->y + (low < high ? low : high), s->y + high);
}

bool slice_next(struct slicing *s, const struct bitmap *b, struct bitmap *piece)
{
    unsigned rest = b->height - s->y, overlap = s->piece_height / OVERLAP_PART;
    if (!rest)
        return false;
    unsigned least = (rest + s->pieces - 1) / s->pieces;
    unsigned most = larger(s->piece_height, least);
    struct place end = {.y = b->height, .quiet = true};
    if (rest > most)
        end = find_end(s, b, most, overlap);
    *piece = *b;
    piece->pixels = bitmap_row(b, s->y);
    piece->height = end.y - s->y;
    s->y = end.y;
    if (!end.quiet && least + overlap <= most)
        s->y -= overlap;
    s->pieces -= s->pieces > 1;
    return true;
}
