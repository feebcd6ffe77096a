/* Shared by the files that read the command line. */
#ifndef FEEDBIND_OPTIONS_INT_H
#define FEEDBIND_OPTIONS_INT_H

#include "options.h"

/* Note what is wrong with the command line; false. */
bool options_error(struct diag *diag, const char *what, const char *detail);

/* ---- options_value.c ---- */

/* A whole number of decimal digits, from min to max. */
bool options_number(struct str text, unsigned min, unsigned max, unsigned *out);

/* Words for the book: UTF-8 without control characters, not only spaces. */
bool options_words(const char *text);

/* Add a borrowed text at the end. */
void texts_add(struct arena *a, struct texts *list, const char *text);

/* ---- options_select.c: reading one option each, as struct option says ---- */

const char *options_set_since(struct options *o, const char *argument);
const char *options_set_until(struct options *o, const char *argument);
const char *options_add_author(struct options *o, const char *argument);
const char *options_add_category(struct options *o, const char *argument);
const char *options_add_title(struct options *o, const char *argument);
const char *options_set_state(struct options *o, const char *argument);
const char *options_set_last(struct options *o, const char *argument);
const char *options_set_order(struct options *o, const char *argument);
const char *options_set_group(struct options *o, const char *argument);

/* What the options come to: o->select, … */
void options_settle_select(struct options *o);

/* … and what the book's identifier and title say of it: o->book.choice. */
void options_settle_choice(struct options *o);

/* ---- options_settle.c ---- */

/* What holds before any option is read: *o is made. */
void options_default(struct options *o);

/* When all are read: what they mean together, and with the environment. False
 * for a usage error, which is in `diag`. */
bool options_settle(struct options *o, struct diag *diag);

#endif
