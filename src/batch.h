/* --directory: a book of each feed, and what it is called. */
#ifndef FEEDBIND_BATCH_H
#define FEEDBIND_BATCH_H

#include "bind.h"

/* Make the folder, if it is not there, and let each book that is to be bound
 * have a name in it: its title's, and where several have the same, apart from
 * the case of letters, with digits that its feed alone gives. So a feed's book
 * is called the same in every run, in whatever order the feeds are named, as
 * long as the same others share its title. If there is
 * no such folder, that is an error in `diag`, and all books have failed. Names
 * are made in the arena. */
void batch_name(const struct shelf *s, struct arena *a, struct diag *diag);

#endif
