#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES_MAX = 32 }; /* open at once */

/* ---- processes ---- */

/* The process gets its socket and standard error; other descriptors are closed
 * on exec, and by itself. */
static int spawn(char *program, char *argument, int socket, pid_t *pid)
{
    char *const argv[] = {program, argument, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
                                     O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, socket, CHILD_FD);
    int error = posix_spawn(pid, program, &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

bool child_start(struct child *c, char *program, char *argument)
{
    int ends[2];
    if (access(program, X_OK) < 0 ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        return false;
    /* Not 3 itself: dup2 onto itself would leave close-on-exec set. */
    int theirs = fcntl(ends[1], F_DUPFD_CLOEXEC, CHILD_FD + 1);
    close(ends[1]);
    int error = theirs < 0 ? errno : spawn(program, argument, theirs, &c->pid);
    if (theirs >= 0)
        close(theirs);
    if (error) {
        close(ends[0]);
        c->pid = 0;
        return false;
    }
    c->socket = ends[0];
    return true;
}

void child_stop(struct child *c)
{
    if (!c->pid)
        return;
    kill(c->pid, SIGKILL);
    while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    close(c->socket);
    *c = (struct child){0};
}

bool child_heard(const struct child *c, int milliseconds)
{
    struct pollfd wait = {.fd = c->socket, .events = POLLIN};
    int n;
    do
        n = poll(&wait, 1, milliseconds);
    while (n < 0 && errno == EINTR);
    return n > 0;
}

/* ---- packets ---- */

/* Room for one descriptor, aligned as the system wants it. */
union control {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr header;
};

bool packet_send(int socket, const void *data, size_t n, int fd)
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

size_t packet_receive(int socket, void *data, size_t max, int *fd)
{
    struct iovec part = {.iov_base = data, .iov_len = max};
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
    if (got > 0 && !(message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)))
        return (size_t)got;
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
    return 0;
}

/* ---- the child's own ---- */

static void limit(int what, rlim_t most)
{
    const struct rlimit limits = {most, most};
    setrlimit((__rlimit_resource_t)what, &limits);
}

void child_confine(uint64_t memory)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    close_range(CHILD_FD + 1, ~0U, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, FILES_MAX);
#ifndef __SANITIZE_ADDRESS__
    limit(RLIMIT_AS, memory);
#else
    (void)memory;
#endif
}
