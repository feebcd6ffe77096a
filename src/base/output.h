/* Output files: whole or not there.
 *
 * What is written goes to a file of its own first. When it is whole it takes
 * its place by one rename (a regular file, or none yet) or is copied there (a
 * pipe, a device, standard output: renaming would replace the device itself).
 * Until then, and after any failure, what was there is untouched, save that a
 * pipe keeps the bytes that it took.
 *
 * Where the file system can, the file has no name until it is whole, so that
 * not even a killed program leaves anything behind. Failing calls leave errno
 * set. */
#ifndef FEEDBIND_BASE_OUTPUT_H
#define FEEDBIND_BASE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

struct output;

/* Begin to write `path`; "-" is standard output. A symbolic link is followed,
 * and stays; what it leads to need not be there yet. With `replace` false a
 * regular file that is there, now or in the end, is the error EEXIST. A
 * directory is EISDIR. NULL on failure. */
struct output *output_open(const char *path, bool replace);

/* Where to write: a file open for reading and writing, empty. */
int output_fd(const struct output *o);

/* Is what was written what the path leads to already, byte for byte? */
bool output_same(const struct output *o);

/* The file is whole: sync it and put it in its place. It gets the mode of the
 * file that it replaces, else 0666 less the umask. Frees o in any case. */
bool output_commit(struct output *o);

/* Drop what was written. Frees o (NULL is allowed). */
void output_abandon(struct output *o);

/* All of it for n bytes. */
bool output_write(const char *path, bool replace, const void *data, size_t n);

#endif
