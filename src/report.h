/* --report: what a run made of everything, as JSON. The manual describes its
 * members. */
#ifndef FEEDBIND_REPORT_H
#define FEEDBIND_REPORT_H

#include "options.h"

/* What is known at the end of a run; NULL for what it did not come to. */
struct report {
    const struct options *options;
    const struct library *library;
    struct article *const *articles; /* of all the library's entries */
    const struct image_set *images;
    const struct book *book; /* its pictures have been made */
    bool written;            /* and it is in its place */
    int status;              /* the run's exit status so far */
};

/* Write it to the file that --report named. The messages in it are those of
 * `diag` so far. False, and an error in `diag`, if it cannot be written; what
 * was there before is then untouched. */
bool report_write(const struct report *r, struct diag *diag);

#endif
