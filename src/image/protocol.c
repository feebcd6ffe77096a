#include "image/protocol.h"

#include "base/file.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int protocol_file(struct str bytes)
{
    int fd = memfd_create("picture", MFD_CLOEXEC);
    if (fd >= 0 && !file_write_fd(fd, bytes.p, bytes.n)) {
        close(fd);
        fd = -1;
    }
    return fd;
}

bool protocol_read(int fd, uint64_t size, struct buf *out)
{
    struct stat st;
    if (fd < 0 || fstat(fd, &st) < 0 || (uint64_t)st.st_size < size)
        return false;
    char *to = buf_room(out, size);
    for (uint64_t at = 0; to && at < size;) {
        ssize_t n = pread(fd, to + at, size - at, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += (uint64_t)n;
    }
    if (!to)
        return false;
    out->len += size;
    out->data[out->len] = '\0';
    return true;
}

bool protocol_map(int fd, uint64_t size, struct str *out)
{
    struct stat st;
    *out = STR("");
    if (fd < 0 || fstat(fd, &st) < 0 || (uint64_t)st.st_size < size)
        return false;
    if (!size)
        return true;
    const char *p =
        mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (p == MAP_FAILED)
        return false;
    *out = (struct str){p, size};
    return true;
}

void protocol_unmap(struct str bytes)
{
    if (bytes.n)
        munmap((void *)(uintptr_t)bytes.p, bytes.n);
}
