/* Shared by the files that read dates. */
#ifndef FEEDBIND_BASE_DATE_INT_H
#define FEEDBIND_BASE_DATE_INT_H

#include "base/date.h"

/* The month, from 1, that this word names in any of the languages known, or
 * begins to name with three characters or more; false if it names none, or
 * more than one. */
bool date_month(struct str word, int *month);

#endif
