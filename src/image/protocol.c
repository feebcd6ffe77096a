#include "image/protocol.h"

#include "base/file.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* Room for one descriptor, aligned as the system wants it. */
union control {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr header;
};

bool protocol_send(int socket, const void *data, size_t n, int fd)
{
    struct iovec part = {.iov_base = (void *)(uintptr_t)data, .iov_len = n};
    union control control = {{0}};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (fd >= 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof control.bytes;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(header), &fd, sizeof fd);
    }
    ssize_t sent;
    do
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)n;
}

static int descriptor_in(struct msghdr *message)
{
    int fd = -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    if (header && header->cmsg_level == SOL_SOCKET &&
        header->cmsg_type == SCM_RIGHTS &&
        header->cmsg_len == CMSG_LEN(sizeof fd))
        memcpy(&fd, CMSG_DATA(header), sizeof fd);
    return fd;
}

bool protocol_receive(int socket, void *data, size_t n, int *fd)
{
    struct iovec part = {.iov_base = data, .iov_len = n};
    union control control = {{0}};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    ssize_t got;
    do
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    *fd = got < 0 ? -1 : descriptor_in(&message);
    bool whole =
        got == (ssize_t)n && !(message.msg_flags & (MSG_TRUNC | MSG_CTRUNC));
    if (!whole && *fd >= 0) {
        close(*fd);
        *fd = -1;
    }
    return whole;
}

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
