/* feedbind-unpack: reads what is packed for feedbind, in a process of its own,
 * the only one linked with libarchive and Brotli. Started by unpack/unpack.c
 * with a socket as descriptor 3; ends when the socket does. */
#include "unpack/unpack_int.h"

#include <errno.h>
#include <locale.h>
#include <unistd.h>

/* bytes of address space: an xz file may ask for a dictionary of 64 MiB, zstd
 * for one of 128 MiB, which is what their decoders allow by themselves */
#define MEMORY_MAX ((uint64_t)1 << 30)

static size_t read_file(void *context, void *to, size_t n)
{
    const int *fd = context;
    ssize_t got;
    do
        got = read(*fd, to, n);
    while (got < 0 && errno == EINTR);
    return got < 0 ? 0 : (size_t)got;
}

static bool serve_one(struct emitter *e)
{
    struct unpack_request request;
    int fd;
    if (packet_receive(CHILD_FD, &request, sizeof request, &fd) !=
            sizeof request ||
        request.magic != UNPACK_MAGIC)
        return false;
    *e->fault = '\0';
    if (request.as == UNPACK_BROTLI) {
        struct stream in = {&fd, read_file};
        emit_member(e, &(struct unpack_member){.name = ""});
        brotli_expand(&in, e);
    } else {
        archive_read_file(fd, e);
    }
    emit_end(e);
    if (fd >= 0)
        close(fd);
    return true;
}

int main(void)
{
    struct emitter e = {.fault = ""};
    setlocale(LC_CTYPE, "C.UTF-8"); /* libarchive's names */
    child_confine(MEMORY_MAX);
    while (serve_one(&e))
        ;
    return 0;
}
