/* What an address tells about the picture behind it. */
#ifndef FEEDBIND_ARTICLE_PICTURE_PICTURE_ADDRESS_H
#define FEEDBIND_ARTICLE_PICTURE_PICTURE_ADDRESS_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>

/* How gladly feedbind takes a format: the smaller the better. */
enum picture_rank {
    PICTURE_ANY,     /* JPEG and PNG, and what is not known */
    PICTURE_CONVERT, /* WebP, GIF, BMP and ICO */
    PICTURE_DRAWING, /* SVG */
    PICTURE_LAST,    /* AVIF and others that few programs read */
};

/* By the media type, else by the address's ending; either may be empty. */
enum picture_rank picture_rank(struct str type, struct str address);

/* True if the address's path ends as the name of a picture does. */
bool picture_named(struct str address);

/* What the address of a picture in src may be good for. */
enum picture_use {
    PICTURE_REAL,
    PICTURE_WAITS, /* shows that something is to come, if a script has more */
    PICTURE_BLANK, /* shows nothing, and never will by itself */
};

enum picture_use picture_use(struct str address);

/* The picture's own name and place, without what services and editors add to
 * ask for a size: equal for two sizes of one picture. Made in the arena; ""
 * for a data: URL. */
const char *picture_key(struct arena *arena, struct str address);

/* The file's name alone, without size and ending; a view into `key`. */
struct str picture_stem(const char *key);

#endif
