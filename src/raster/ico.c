/* Icons and cursors of Windows: a list of pictures of several sizes, each a
 * PNG or a bitmap without file header. */
#include "raster/bmp.h"
#include "raster/bytes.h"

enum { HEADER = 6, ENTRY = 16 /* bytes */ };

/* A picture of the list. */
struct entry {
    struct str data;
    struct raster_header header;
    unsigned bits;
};

static bool sniff(struct str file)
{
    uint32_t kind = bytes_little(file, 2, 2);
    return file.n >= HEADER + ENTRY && bytes_little(file, 0, 2) == 0 &&
           (kind == 1 || kind == 2) && bytes_little(file, 4, 2) > 0;
}

static bool read_entry(struct str file, size_t number, struct entry *e)
{
    size_t at = HEADER + number * ENTRY;
    e->data = str_sub(file, bytes_little(file, at + 12, 4),
                      bytes_little(file, at + 8, 4));
    e->bits = 32;
    return codec_png.sniff(e->data)
               ? codec_png.header(e->data, &e->header)
               : bmp_icon_header(e->data, &e->header, &e->bits);
}

static bool better(const struct entry *a, const struct entry *b)
{
    uint64_t size = (uint64_t)a->header.width * a->header.height;
    uint64_t other = (uint64_t)b->header.width * b->header.height;
    return size > other || (size == other && a->bits > b->bits);
}

/* The largest, and of those the one of most colours; what the list says of
 * them is often wrong, so their own headers are asked. */
static bool find_best(struct str file, struct entry *best)
{
    size_t count = bytes_little(file, 4, 2);
    struct entry e;
    *best = (struct entry){0};
    for (size_t i = 0; i < count && HEADER + i * ENTRY < file.n; i++)
        if (read_entry(file, i, &e) && better(&e, best))
            *best = e;
    return best->data.n;
}

static bool header(struct str file, struct raster_header *out)
{
    struct entry best;
    if (!find_best(file, &best))
        return false;
    *out = best.header;
    return true;
}

static struct reader *open_ico(struct str file, unsigned width, unsigned height)
{
    struct entry best;
    if (!find_best(file, &best))
        return NULL;
    return codec_png.sniff(best.data) ? codec_png.open(best.data, width, height)
                                      : bmp_icon_open(best.data);
}

const struct codec codec_ico = {
    .name = "ICO", .sniff = sniff, .header = header, .open = open_ico};
