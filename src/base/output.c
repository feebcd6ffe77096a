#include "base/output.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COPIED_AT_ONCE = 256 * 1024, LINKS_MAX = 40 };

struct output {
    struct arena *arena;
    int fd;          /* what is written */
    int through;     /* where it is copied in the end, or -1 */
    char *target;    /* where it is put in the end, no symbolic link; NULL:
                      * what was opened is no regular file */
    char *directory; /* that the target is in */
    char *temporary; /* the name of fd; NULL while it has none */
    mode_t mode;     /* of the file to be replaced */
    bool exists, replace;
};

/* ---- where a path leads ---- */

/* The end of a chain of symbolic links, which need not be there. */
static char *resolve(struct arena *a, const char *path)
{
    char *at = arena_strdup(a, path);
    char target[4096];
    for (int i = 0; i < LINKS_MAX; i++) {
        ssize_t n = readlink(at, target, sizeof target - 1);
        if (n < 0)
            return at;
        target[n] = '\0';
        char *slash = strrchr(at, '/');
        if (target[0] == '/' || !slash)
            at = arena_strdup(a, target);
        else
            at = arena_printf(a, "%.*s/%s", (int)(slash - at), at, target);
    }
    errno = ELOOP;
    return NULL;
}

static char *directory_of(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return arena_strdup(a, ".");
    return slash == path
               ? arena_strdup(a, "/")
               : arena_str(a, (struct str){path, (size_t)(slash - path)});
}

/* ---- opening ---- */

/* A file without a name can be given one only through /proc. */
static int open_nameless(const char *directory)
{
    if (access("/proc/self/fd", X_OK) < 0)
        return -1;
    return open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
}

static bool open_beside(struct output *o)
{
    o->fd = open_nameless(o->directory);
    if (o->fd < 0) {
        o->temporary = file_beside(o->arena, o->target);
        o->fd = open(o->temporary, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);
        if (o->fd < 0)
            o->temporary = NULL;
    }
    return o->fd >= 0;
}

static bool open_through(struct output *o, int to)
{
    o->through = to;
    o->fd = to < 0 ? -1 : file_temporary();
    return o->fd >= 0;
}

static bool open_path(struct output *o, const char *path)
{
    struct stat st, end;
    o->exists = stat(path, &st) == 0;
    if (!o->exists && errno != ENOENT)
        return false;
    if (o->exists && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (o->exists && !S_ISREG(st.st_mode))
        return open_through(o, open(path, O_WRONLY | O_CLOEXEC));
    if (o->exists && !o->replace) {
        errno = EEXIST;
        return false;
    }
    o->target = resolve(o->arena, path);
    if (!o->target)
        return false;
    /* links such as /dev/stdout need not lead where their text says */
    if (o->exists && (stat(o->target, &end) < 0 || end.st_ino != st.st_ino ||
                      end.st_dev != st.st_dev))
        return open_through(o, open(path, O_WRONLY | O_CLOEXEC));
    o->directory = directory_of(o->arena, o->target);
    o->mode = o->exists ? st.st_mode & 07777 : 0;
    return open_beside(o);
}

struct output *output_open(const char *path, bool replace)
{
    struct output *o = mem_alloc(sizeof *o);
    o->arena = arena_new();
    o->fd = o->through = -1;
    o->replace = replace;
    bool ok = strcmp(path, "-") == 0
                  ? open_through(o, fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3))
                  : open_path(o, path);
    if (ok)
        return o;
    output_abandon(o);
    return NULL;
}

int output_fd(const struct output *o)
{
    return o->fd;
}

/* ---- putting it in place ---- */

static bool copy_through(struct output *o)
{
    char *piece = mem_realloc(NULL, COPIED_AT_ONCE);
    off_t at = 0;
    bool ok = !o->target || ftruncate(o->through, 0) == 0, more = true;
    while (ok && more) {
        ssize_t n = pread(o->fd, piece, COPIED_AT_ONCE, at);
        if (n < 0 && errno == EINTR)
            continue;
        ok = n >= 0 && file_write_fd(o->through, piece, (size_t)n);
        more = n > 0;
        at += n;
    }
    free(piece);
    int to = o->through;
    o->through = -1;
    return close(to) == 0 && ok;
}

/* Some file systems cannot sync, and none should keep the book from being
 * written for that. */
static bool sync_fd(int fd)
{
    return fsync(fd) == 0 || errno == EINVAL || errno == ENOSYS;
}

static bool give_mode(const struct output *o)
{
    struct stat st;
    if (!o->exists)
        return true;
    return fstat(o->fd, &st) == 0 &&
           ((st.st_mode & 07777) == o->mode || fchmod(o->fd, o->mode) == 0);
}

/* Give the nameless file this name, which must be free. */
static bool name_it(struct output *o, const char *name)
{
    char fd[64];
    snprintf(fd, sizeof fd, "/proc/self/fd/%d", o->fd);
    return linkat(AT_FDCWD, fd, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
}

/* A link, which fails where something is there; a file system that knows
 * neither this rename nor links (FAT) was looked at in output_open. */
static bool rename_to_free_name(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return true;
    return (errno == EINVAL || errno == ENOSYS) && rename(from, to) == 0;
}

static bool put_in_place(struct output *o)
{
    if (!o->temporary) {
        if (!o->exists && name_it(o, o->target))
            return true;
        if (!o->exists && (errno != EEXIST || !o->replace))
            return false;
        char *name = file_beside(o->arena, o->target);
        if (!name_it(o, name))
            return false;
        o->temporary = name;
    }
    bool ok = o->replace ? rename(o->temporary, o->target) == 0
                         : rename_to_free_name(o->temporary, o->target);
    if (ok)
        o->temporary = NULL;
    return ok;
}

/* The file is whole whether its folder can be synced or not. */
static void sync_directory(const char *directory)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

/* Do the two files have the same `size` bytes from their beginning on? */
static bool same_bytes(int a, int b, off_t size)
{
    char *pieces = mem_alloc(2 * (size_t)COPIED_AT_ONCE);
    bool same = true;
    for (off_t at = 0; same && at < size;) {
        ssize_t n = pread(a, pieces, COPIED_AT_ONCE, at);
        ssize_t m = pread(b, pieces + COPIED_AT_ONCE, COPIED_AT_ONCE, at);
        same = n > 0 && n == m &&
               memcmp(pieces, pieces + COPIED_AT_ONCE, (size_t)n) == 0;
        at += n;
    }
    free(pieces);
    return same;
}

bool output_same(const struct output *o)
{
    struct stat old, new;
    if (!o->exists || !o->target)
        return false;
    int fd = open(o->target, O_RDONLY | O_CLOEXEC);
    bool same = fd >= 0 && fstat(fd, &old) == 0 && fstat(o->fd, &new) == 0 &&
                S_ISREG(old.st_mode) &&
                old.st_size == new.st_size &&same_bytes(fd, o->fd, old.st_size);
    if (fd >= 0)
        close(fd);
    return same;
}

bool output_commit(struct output *o)
{
    bool ok;
    if (o->through >= 0) {
        ok = copy_through(o);
    } else {
        ok = give_mode(o) && sync_fd(o->fd) && put_in_place(o);
        if (ok)
            sync_directory(o->directory);
    }
    output_abandon(o);
    return ok;
}

void output_abandon(struct output *o)
{
    if (!o)
        return;
    int error = errno;
    if (o->temporary)
        unlink(o->temporary);
    if (o->through >= 0)
        close(o->through);
    if (o->fd >= 0)
        close(o->fd);
    arena_free(o->arena);
    free(o);
    errno = error;
}

bool output_write(const char *path, bool replace, const void *data, size_t n)
{
    struct output *o = output_open(path, replace);
    if (!o)
        return false;
    if (file_write_fd(output_fd(o), data, n))
        return output_commit(o);
    output_abandon(o);
    return false;
}
