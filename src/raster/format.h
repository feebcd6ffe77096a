/* Formats by their content, as far as feedbind-image does not read them: some
 * are read by feedbind-draw, some by nothing. Needs no library. */
#ifndef FEEDBIND_RASTER_FORMAT_H
#define FEEDBIND_RASTER_FORMAT_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct format {
    const char *name;    /* "AVIF" */
    const char *library; /* that reads it in feedbind-draw; NULL: none does */
    bool built;          /* feedbind was built with that library */
};

/* The format that the content begins as; NULL: it is none of them. */
const struct format *format_find(struct str file);

/* Format number i, from 0 on, of those that feedbind may be built without;
 * NULL after the last. */
const struct format *format_optional(size_t i);

/* SVG: an svg element, after what may stand before it in XML; or anything
 * within gzip, which only unpacking it tells. */
bool format_is_svg(struct str file);
bool format_is_gzip(struct str file);
/* AVIF, one picture or a sequence (AV1 Image File Format, section 6). */
bool format_is_avif(struct str file);

#endif
