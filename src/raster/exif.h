/* What a camera noted of a picture (Exif 2.32). */
#ifndef FEEDBIND_RASTER_EXIF_H
#define FEEDBIND_RASTER_EXIF_H

#include "base/str.h"

/* The orientation, 1 to 8, that a block of Exif gives in its first directory
 * (section 4.6, tag 0x0112), be it with "Exif" before it, as in JPEG, or
 * without; 1 if it gives none. */
unsigned exif_orientation(struct str block);

#endif
