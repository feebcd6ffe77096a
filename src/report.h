/* --report: what a run made of everything, as JSON. The manual describes its
 * members. */
#ifndef FEEDBIND_REPORT_H
#define FEEDBIND_REPORT_H

#include "bind.h"

/* Write what is known at the end of a run to `file`. The messages in it are
 * those of the binding so far. False, and an error in `diag`, if it cannot be
 * written; what was there before is then untouched. */
bool report_write(const struct binding *b, const char *file, struct diag *diag);

#endif
