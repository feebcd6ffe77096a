/* Shared by the files that read the command line. */
#ifndef FEEDBIND_OPTIONS_INT_H
#define FEEDBIND_OPTIONS_INT_H

#include "options.h"

/* Note what is wrong with the command line; false. */
bool options_error(struct diag *diag, const char *what, const char *detail);

/* What holds before any option is read: *o is made. */
void options_default(struct options *o);

/* When all are read: what they mean together, and with the environment. False
 * for a usage error, which is in `diag`. */
bool options_settle(struct options *o, struct diag *diag);

#endif
