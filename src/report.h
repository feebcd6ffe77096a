/* --report: what a run made of everything, as JSON. The manual describes its
 * members. */
#ifndef FEEDBIND_REPORT_H
#define FEEDBIND_REPORT_H

#include "bind.h"

/* Write what is known at the end of a run, which has this exit status so far,
 * to the file that --report named. Messages are those of each book so far.
 * False, and an error in `diag`, if it cannot be written; what was there before
 * is then untouched. */
bool report_write(const struct shelf *s, int status, struct diag *diag);

#endif
