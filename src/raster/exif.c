#include "raster/exif.h"

#include "raster/bytes.h"

enum { ORIENTATION = 0x0112, ENTRY = 12 /* bytes */ };

unsigned exif_orientation(struct str block)
{
    if (str_starts(block, STR("Exif\0\0")))
        block = str_sub(block, 6, block.n);
    bool little = str_starts(block, STR("II*\0"));
    if (!little && !str_starts(block, STR("MM\0*")))
        return 1;
    uint32_t (*number)(struct str, size_t, size_t) =
        little ? bytes_little : bytes_big;
    size_t at = number(block, 4, 4);
    size_t count = number(block, at, 2);
    for (at += 2; count > 0 && at + ENTRY <= block.n; count--, at += ENTRY)
        if (number(block, at, 2) == ORIENTATION) {
            unsigned value = number(block, at + 8, 2);
            return value >= 1 && value <= 8 ? value : 1;
        }
    return 1;
}
