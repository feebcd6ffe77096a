/* PNG files without what is not the picture. */
#include "raster/png_int.h"

#include "base/mem.h"
#include "raster/bytes.h"

#include <libdeflate.h>

enum { AROUND = 12 /* bytes of a chunk that are not its data */ };

bool png_next_chunk(struct str *rest, struct png_chunk *out)
{
    size_t n = bytes_big(*rest, 0, 4);
    if (rest->n < AROUND || n > rest->n - AROUND)
        return false;
    out->whole = str_sub(*rest, 0, n + AROUND);
    out->name = str_sub(*rest, 4, 4);
    out->data = str_sub(*rest, 8, n);
    *rest = str_sub(*rest, n + AROUND, rest->n);
    return true;
}

static bool is_sound(const struct png_chunk *c)
{
    return libdeflate_crc32(0, c->name.p, c->name.n + c->data.n) ==
           bytes_big(c->whole, c->whole.n - 4, 4);
}

/* What the pixels are made of. */
static bool is_needed(struct str name)
{
    static const char names[][5] = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"};
    size_t i = 0;
    while (i < ARRAY_LEN(names) && !str_eq(name, str_of(names[i])))
        i++;
    return i < ARRAY_LEN(names);
}

/* Interlaced ones are larger than they need be, and slow to show. */
bool png_keep(struct str file, struct buf *out)
{
    struct str rest = str_sub(file, PNG_SIGNATURE, file.n);
    struct png_chunk chunk;
    enum { INTERLACE = 12 /* where IHDR says it */ };
    buf_str(out, str_sub(file, 0, PNG_SIGNATURE));
    while (png_next_chunk(&rest, &chunk)) {
        bool first = str_eq(chunk.name, STR("IHDR"));
        if (!is_needed(chunk.name))
            continue;
        if (!is_sound(&chunk) || (first && bytes_big(chunk.data, INTERLACE, 1)))
            return false;
        buf_str(out, chunk.whole);
        if (str_eq(chunk.name, STR("IEND")))
            return !out->failed;
    }
    return false;
}
