/* Device-independent bitmaps, as BMP files and icons hold them. */
#ifndef FEEDBIND_RASTER_BMP_H
#define FEEDBIND_RASTER_BMP_H

#include "raster/codec.h"

/* A bitmap as an icon holds it: without the file's header, said to be twice as
 * high as it is, with a mask of what is transparent below it. `bits` gets its
 * bits a pixel. As codec.header and codec.open. */
bool bmp_icon_header(struct str dib, struct raster_header *out, unsigned *bits);
struct reader *bmp_icon_open(struct str dib);

#endif
