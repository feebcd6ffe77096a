/* --fit: a book that has no more bytes than it may. */
#ifndef FEEDBIND_BUDGET_H
#define FEEDBIND_BUDGET_H

#include "options.h"

struct budget {
    const struct options *options; /* their budget is not 0 */
    const struct book *book;
    struct image_set *images; /* of it; they have been made */
    struct spool *spool;
    struct pool *pool;
};

/* Make pictures smaller until the book is within its budget, as evenly as
 * image_shrink does. If it cannot be, that is a warning, and the book as small
 * as it gets. False if its size cannot be told, for a reason that is then an
 * error in `diag`. */
bool budget_meet(const struct budget *b, struct diag *diag);

#endif
