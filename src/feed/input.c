/* Files -> UTF-8. */
#include "feed/feed_int.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

/* The source, opened; -1 for what lies in the spool, or cannot be. */
static int open_source(const struct source *s)
{
    return s->spool ? -1 : open(s->file, O_RDONLY | O_CLOEXEC);
}

/* Up to CHUNK bytes from `at` on, where the file stands; -1 and errno if they
 * cannot be read. */
static ssize_t read_at(const struct source *s, int fd, uint64_t at, void *to)
{
    if (!s->spool)
        return read(fd, to, CHUNK);
    uint64_t left = s->span.n - at;
    size_t n = left < CHUNK ? (size_t)left : CHUNK;
    if (spool_read(s->spool, s->span, at, to, n))
        return (ssize_t)n;
    errno = spool_error(s->spool);
    return -1;
}

static const char *read_all(struct decoder *d, struct input_report *report,
                            struct arena *a, const struct source *s, int fd)
{
    char chunk[CHUNK];
    for (uint64_t at = 0;;) {
        ssize_t n = read_at(s, fd, at, chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return arena_printf(a, "cannot be read: %s", strerror(errno));
        if (!at && !n)
            return "is empty";
        struct str piece = {chunk, (size_t)n};
        if (!at) {
            struct str start = str_sub(piece, 0, sizeof report->head);
            memcpy(report->head, start.p, start.n);
            report->head_length = start.n;
        }
        at += piece.n;
        decode_push(d, piece, n == 0);
        if (n == 0)
            return NULL;
    }
}

void input_read(struct arena *a, const struct source *source, decode_sink piece,
                void *context, struct input_report *report)
{
    *report = (struct input_report){0};
    int fd = open_source(source);
    if (fd < 0 && !source->spool) {
        report->error = arena_printf(a, "cannot be read: %s", strerror(errno));
        return;
    }
    struct decoder *d = decode_new(a, &report->decoding, piece, context);
    report->error = read_all(d, report, a, source, fd);
    decode_free(d);
    if (fd >= 0)
        close(fd);
}
