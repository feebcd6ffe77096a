/* Files and folders.
 *
 * Failing calls return false and leave errno set. */
#ifndef FEEDBIND_BASE_FILE_H
#define FEEDBIND_BASE_FILE_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <sys/types.h>

/* Append the content of `path` to `out`. EFBIG when it would pass the
 * buffer's ceiling. */
bool file_read(const char *path, struct buf *out);

/* The same, of a regular file alone: EINVAL where something else is, which
 * may keep us waiting. */
bool file_read_regular(const char *path, struct buf *out);

/* Open a regular file for reading: its descriptor, which the caller closes,
 * and its size in bytes; -1 and errno if it is none, or can't be opened. */
int file_open(const char *path, uint64_t *size);

/* Append all that can be read from fd. */
bool file_read_fd(int fd, struct buf *out);

/* Write n bytes to fd, retrying short writes and EINTR. */
bool file_write_fd(int fd, const void *data, size_t n);

/* A new name for a temporary file beside `path`, made in the arena. */
char *file_beside(struct arena *a, const char *path);

/* Make the directory and those above it, mode 0777 less the umask, where they
 * are not there; ENOTDIR where something else is. */
bool file_make_dirs(const char *path);

/* An unlinked temporary file, open for reading and writing, close-on-exec, in
 * $TMPDIR, else /var/tmp. -1 on failure. The caller closes it. */
int file_temporary(void);

/* Where standard input, output or error is closed, put something there that
 * fails when it is used; else the next file opened would be taken for it. To
 * be called first of all. */
void file_claim_standard(void);

/* Parts of a path, as views or made in the arena. */
struct str file_base_name(const char *path);
char *file_join(struct arena *a, const char *directory, const char *name);

/* The folder that holds the running program (from /proc/self/exe); NULL when
 * it cannot be told. */
char *file_program_dir(struct arena *a);

#endif
