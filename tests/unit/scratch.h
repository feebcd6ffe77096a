/* A folder for one test: made in $TMPDIR, removed with what it holds. */
#ifndef FEEDBIND_TESTS_UNIT_SCRATCH_H
#define FEEDBIND_TESTS_UNIT_SCRATCH_H

#include "base/arena.h"
#include "base/file.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Make the folder; its path is made in the arena. */
static inline char *scratch_make(struct arena *a)
{
    const char *parent = getenv("TMPDIR");
    char *path = file_join(a, parent && *parent ? parent : P_tmpdir,
                           "feedbind-test-XXXXXX");
    return mkdtemp(path);
}

static inline int scratch_unlink(const char *path, const struct stat *st,
                                 int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

static inline int scratch_remove(const char *path)
{
    return nftw(path, scratch_unlink, 16, FTW_DEPTH | FTW_PHYS);
}

/* Write a file, or over it. */
static inline bool scratch_put(const char *path, const void *data, size_t n)
{
    FILE *f = fopen(path, "w");
    if (!f)
        return false;
    bool ok = fwrite(data, 1, n, f) == n;
    return fclose(f) == 0 && ok;
}

/* Write a file in the folder, and the folders above it. */
static inline bool scratch_write(struct arena *a, const char *folder,
                                 const char *name, const char *text)
{
    char *path = file_join(a, folder, name);
    char *slash = strrchr(path, '/');
    *slash = '\0';
    bool ok = file_make_dirs(path);
    *slash = '/';
    return ok && scratch_put(path, text, strlen(text));
}

#endif
