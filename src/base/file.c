#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

bool file_read_fd(int fd, struct buf *out)
{
    for (;;) {
        /* one byte more than may be held tells a file that is too large */
        size_t left = out->max - out->len;
        char beyond,
            *to = left ? buf_room(out, left < CHUNK ? left : CHUNK) : &beyond;
        size_t room = left > CHUNK ? CHUNK : left ? left : 1;
        ssize_t n = to ? read(fd, to, room) : 0;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (!to || (n > 0 && to == &beyond)) {
            errno = EFBIG;
            return false;
        }
        if (n == 0)
            return true;
        out->len += (size_t)n;
        out->data[out->len] = '\0';
    }
}

int file_open(const char *path, uint64_t *size)
{
    struct stat st;
    /* What is no file may keep us waiting. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return -1;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        *size = (uint64_t)st.st_size;
        return fd;
    }
    close(fd);
    errno = EINVAL;
    return -1;
}

/* Read and close it; -1 is what could not be opened. */
static bool read_opened(int fd, struct buf *out)
{
    if (fd < 0)
        return false;
    bool ok = file_read_fd(fd, out);
    int error = errno;
    close(fd);
    errno = error;
    return ok;
}

bool file_read(const char *path, struct buf *out)
{
    return read_opened(open(path, O_RDONLY | O_CLOEXEC), out);
}

bool file_read_regular(const char *path, struct buf *out)
{
    uint64_t size;
    return read_opened(file_open(path, &size), out);
}

bool file_write_fd(int fd, const void *data, size_t n)
{
    const char *p = data;
    while (n) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        p += done;
        n -= (size_t)done;
    }
    return true;
}

char *file_beside(struct arena *a, const char *path)
{
    struct str name = file_base_name(path);
    uint64_t random = 0;
    if (getrandom(&random, sizeof random, 0) < 0)
        random = (uint64_t)getpid();
    return arena_printf(a, "%.*s.feedbind-%016jx", (int)(name.p - path), path,
                        (uintmax_t)random);
}

static bool make_dir(const char *path)
{
    struct stat st;
    if (mkdir(path, 0777) == 0)
        return true;
    if (errno != EEXIST || stat(path, &st) < 0)
        return false;
    errno = ENOTDIR;
    return S_ISDIR(st.st_mode);
}

bool file_make_dirs(const char *path)
{
    struct arena *a = arena_new();
    char *copy = arena_strdup(a, path);
    bool ok = true;
    for (char *p = copy + 1; ok && *copy; p++) {
        char c = *p;
        if (c != '/' && c != '\0')
            continue;
        *p = '\0';
        ok = make_dir(copy);
        *p = c;
        if (c == '\0')
            break;
    }
    arena_free(a);
    return ok;
}

int file_temporary(void)
{
    const char *directory = getenv("TMPDIR");
    if (!directory || !*directory)
        directory = "/var/tmp";
    int fd = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
        return fd;
    struct arena *a = arena_new();
    char *name = arena_printf(a, "%s/feedbind.XXXXXX", directory);
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0)
        unlink(name);
    arena_free(a);
    return fd;
}

void file_claim_standard(void)
{
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

struct str file_base_name(const char *path)
{
    struct str s = str_of(path);
    while (s.n > 1 && s.p[s.n - 1] == '/')
        s.n--;
    for (size_t i = s.n; i-- > 0;)
        if (s.p[i] == '/' && i + 1 < s.n)
            return str_sub(s, i + 1, s.n);
    return s;
}

char *file_join(struct arena *a, const char *directory, const char *name)
{
    bool slash = str_ends(str_of(directory), STR("/"));
    return arena_printf(a, slash ? "%s%s" : "%s/%s", directory, name);
}

char *file_program_dir(struct arena *a)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0)
        return NULL;
    path[n] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash)
        return NULL;
    *slash = '\0';
    return arena_strdup(a, path);
}
