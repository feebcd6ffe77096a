/* Shared by the files on PNG: chunks as they stand in the file. */
#ifndef FEEDBIND_RASTER_PNG_INT_H
#define FEEDBIND_RASTER_PNG_INT_H

#include "base/buf.h"
#include "base/str.h"

enum { PNG_SIGNATURE = 8 /* bytes */ };

struct png_chunk {
    struct str whole; /* length, name, data, checksum */
    struct str name, data;
};

/* Take the next chunk off the front of *rest, which begins after the
 * signature; false at the end, or if it is cut off. Checksums are not looked
 * at. */
bool png_next_chunk(struct str *rest, struct png_chunk *out);

/* codec.keep; see codec.h. */
bool png_keep(struct str file, struct buf *out);

#endif
