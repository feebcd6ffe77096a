#include "base/progress.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { FIRST_MS = 500, BETWEEN_MS = 200 };

#define CLEAR_LINE "\r\033[K"

struct progress {
    bool shown;
    pthread_mutex_t lock; /* guards next and written */
    uint64_t began, next; /* milliseconds of the monotonic clock */
    bool written;
};

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

struct progress *progress_new(bool shown)
{
    struct progress *p = mem_alloc(sizeof *p);
    p->shown = shown;
    p->began = now();
    p->next = p->began + FIRST_MS;
    pthread_mutex_init(&p->lock, NULL);
    return p;
}

void progress_free(struct progress *p)
{
    if (!p)
        return;
    if (p->written)
        fputs(CLEAR_LINE, stderr);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

uint64_t progress_elapsed(const struct progress *p)
{
    return now() - p->began;
}

void progress_show(struct progress *p, const char *format, ...)
{
    if (!p->shown)
        return;
    pthread_mutex_lock(&p->lock);
    uint64_t time = now();
    if (time >= p->next) {
        va_list args;
        va_start(args, format);
        fputs(CLEAR_LINE "feedbind: ", stderr);
        vfprintf(stderr, format, args);
        va_end(args);
        p->next = time + BETWEEN_MS;
        p->written = true;
    }
    pthread_mutex_unlock(&p->lock);
}
