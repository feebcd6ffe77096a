/* --split: one book as volumes. */
#ifndef FEEDBIND_VOLUMES_H
#define FEEDBIND_VOLUMES_H

#include "options.h"

struct volume {
    struct library library; /* its articles; all else is the whole's own */
    struct book_volume label;
};

/* The volumes of a library's articles, from the oldest on; each has some, in
 * the book's order. Years and months are those of the articles' own clocks;
 * articles without a date are a volume of their own, the first. By number, all
 * volumes but the newest are full, so that new articles change no older one.
 * Made in the arena; returns how many there are. */
size_t volumes_make(const struct library *l, const struct options *o,
                    struct arena *a, struct volume **out);

/* The name of a volume's file: what --output names, with the volume's name
 * before the ending, else what the title gives. */
const char *volume_file(const struct volume *v, const char *output,
                        struct arena *a);

#endif
