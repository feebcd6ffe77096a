/* What books are read on: screens, and what the reading systems on them bear.
 * One table; it does not know the command line. */
#ifndef FEEDBIND_DEVICE_H
#define FEEDBIND_DEVICE_H

#include "base/arena.h"
#include "base/str.h"
#include "image/fit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A kind of software that shows books. All show JPEG and PNG. */
struct reading_system {
    uint64_t max_bytes;  /* of a picture; 0: it sets no limit */
    uint64_t max_pixels; /* likewise */
    bool alpha;          /* what shows through a picture is a page's white */
    bool animation;      /* GIFs move */
    bool plain_links;    /* see struct article_policy */
};

struct device {
    const char *name;       /* "kobo-libra": what --device is given */
    unsigned width, height; /* of the screen held upright, pixels */
    bool grey;              /* it shows no colours */
    const struct reading_system *system;
    const char *what; /* the models that have it */
};

/* All of them: the first is for a device that is not known, the others follow
 * in the order of their names. */
const struct device *device_table(size_t *count);

/* The device of this name; NULL: there is none. */
const struct device *device_find(struct str name);

/* What pictures are made for where a device is all that is known. */
struct fit device_fit(const struct device *d);

/* For people, and in columns: a line for each device, below a line of
 * headings. Made in the arena. */
char *device_list(struct arena *a);

#endif
