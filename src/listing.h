/* What a run says besides its messages: lists on standard output, the
 * dependency file, the line that sums up. */
#ifndef FEEDBIND_LISTING_H
#define FEEDBIND_LISTING_H

#include "bind.h"

/* When a run is over: print what was asked for of each book, or sum up, below
 * the messages so far. Of --list-images these are the pictures' addresses, one
 * a line; of --dry-run each article's date, number of pictures and title, and,
 * on standard error, how many were not chosen and why. What a book holds is
 * said on a terminal, or with --verbose; of --directory and --split, how many
 * there are, save with --quiet. False, and an error in `diag`, when standard
 * output cannot be written; so for the next. */
bool listing_books(const struct shelf *s, struct diag *diag);

/* Write what is still held back for standard output. */
bool listing_flush(struct diag *diag);

/* A dependency file for make, if there is any book in its place: each depends
 * on its feeds, and each feed is a target of its own so that make bears it when
 * it is gone. */
bool listing_depfile(const struct shelf *s, struct diag *diag);

/* Say that there was nothing to do, and why. */
void listing_nothing(const struct library *l, struct diag *diag);

/* Is there a reason among the messages so far to write no book? Any error is
 * one, and with --strict any warning, which is then told. */
bool listing_refuse(const struct binding *b);

#endif
