/* What a run says besides its messages: lists on standard output, the
 * dependency file, the line that sums up. */
#ifndef FEEDBIND_LISTING_H
#define FEEDBIND_LISTING_H

#include "bind.h"

/* Print the addresses of all pictures, one a line. False, and an error in
 * `diag`, when standard output cannot be written; so for the next two. */
bool listing_images(const struct image_set *images, struct diag *diag);

/* Print each article: date, number of pictures, title; and, on standard error,
 * how many were not chosen and why. */
bool listing_articles(const struct options *o, const struct library *l,
                      struct article *const *articles, struct diag *diag);

/* Write what is still held back for standard output. */
bool listing_flush(struct diag *diag);

/* A dependency file for make, after the book is in place: the book depends on
 * the feeds, and each feed is a target of its own so that make bears it when
 * it is gone. */
bool listing_depfile(const struct binding *b, struct diag *diag);

/* Say what the book holds, below the messages so far: on a terminal, or with
 * --verbose. */
void listing_summary(const struct binding *b, struct diag *diag);

/* Say that there was nothing to do, and why. */
void listing_nothing(const struct library *l, struct diag *diag);

/* Is there a reason among the messages so far to write no book? Any error is
 * one, and with --strict any warning, which is then told. */
bool listing_refuse(const struct options *o, struct diag *diag);

#endif
