#include "base/spool.h"

#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

struct spool {
    pthread_mutex_t lock; /* guards all below */
    int fd;               /* -1 before the first put */
    uint64_t end;
    int error; /* errno of the first failure */
};

struct spool *spool_new(void)
{
    struct spool *s = mem_alloc(sizeof *s);
    pthread_mutex_init(&s->lock, NULL);
    s->fd = -1;
    return s;
}

void spool_free(struct spool *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        close(s->fd);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

static void fail(struct spool *s, int error)
{
    pthread_mutex_lock(&s->lock);
    if (!s->error)
        s->error = error ? error : EIO;
    pthread_mutex_unlock(&s->lock);
}

/* Take n bytes of the file for the caller; -1 if there is none. */
static int reserve(struct spool *s, size_t n, uint64_t *at)
{
    pthread_mutex_lock(&s->lock);
    if (s->fd < 0 && !s->error) {
        s->fd = file_temporary();
        if (s->fd < 0)
            s->error = errno;
    }
    int fd = s->error ? -1 : s->fd;
    *at = s->end;
    s->end += n;
    pthread_mutex_unlock(&s->lock);
    return fd;
}

struct span spool_put(struct spool *s, const void *data, size_t n)
{
    struct span span = {.n = n};
    if (!n)
        return span;
    int fd = reserve(s, n, &span.at);
    if (fd < 0)
        return (struct span){0};
    const char *p = data;
    uint64_t at = span.at;
    while (n) {
        ssize_t done = pwrite(fd, p, n, (off_t)at);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0) {
            fail(s, errno);
            return (struct span){0};
        }
        p += done;
        at += (uint64_t)done;
        n -= (size_t)done;
    }
    return span;
}

bool spool_grow(struct spool *s, struct span *span, const void *data, size_t n)
{
    struct span more = spool_put(s, data, n);
    bool follows = !span->n || more.at == span->at + span->n;
    if (more.n != n || !follows)
        return n == 0;
    if (!span->n)
        span->at = more.at;
    span->n += n;
    return true;
}

bool spool_read(struct spool *s, struct span span, uint64_t offset, void *to,
                size_t n)
{
    if (offset > span.n || n > span.n - offset || spool_error(s))
        return false;
    char *p = to;
    while (n) {
        ssize_t done = pread(s->fd, p, n, (off_t)(span.at + offset));
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0) {
            fail(s, done < 0 ? errno : EIO);
            return false;
        }
        p += done;
        offset += (uint64_t)done;
        n -= (size_t)done;
    }
    return true;
}

bool spool_get(struct spool *s, struct span span, struct buf *out)
{
    if (!span.n)
        return !spool_error(s); /* else it may be empty because a put failed */
    char *to = buf_room(out, span.n);
    if (!to || !spool_read(s, span, 0, to, span.n))
        return false;
    out->len += span.n;
    out->data[out->len] = '\0';
    return true;
}

int spool_error(struct spool *s)
{
    pthread_mutex_lock(&s->lock);
    int error = s->error;
    pthread_mutex_unlock(&s->lock);
    return error;
}
