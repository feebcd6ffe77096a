/* Text dumps of the values that stages hand on, for the golden tests.
 *
 * dump_STAGE reads the file at `path`, runs the stage (and those before it),
 * and writes its value to `out` as lines of text, messages included. Returns 0,
 * or 1 when the file cannot be had: what a golden test expects to go wrong is
 * part of the text, and the status is still 0. Each is in STAGE.c. */
#ifndef FEEDBIND_TESTS_DUMP_DUMP_H
#define FEEDBIND_TESTS_DUMP_DUMP_H

#include <stdio.h>

int dump_article(const char *path, FILE *out);
int dump_feed(const char *path, FILE *out);
int dump_links(const char *path, FILE *out);
int dump_model(const char *path, FILE *out); /* of no file */

#endif
