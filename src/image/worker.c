#include "image/worker.h"

#include "base/arena.h"
#include "base/child.h"
#include "base/file.h"
#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* A picture that takes much of the processor's time is given up by the worker
 * itself, however busy the machine is; one that takes time in another way is
 * given up here. */
enum { CPU_MS = 30 * 1000, PATIENCE_MS = 5 * 60 * 1000 };

/* In the order in which they are asked. */
static const char *const names[] = {"feedbind-image", "feedbind-draw"};

enum { PROGRAM_COUNT = ARRAY_LEN(names) };

/* One process of each program, of which one works at a time. */
struct worker {
    struct child processes[PROGRAM_COUNT];
    bool busy;
};

struct worker_pool {
    struct arena *arena;
    char *programs[PROGRAM_COUNT], *fonts;
    pthread_mutex_t lock; /* guards workers[].busy */
    pthread_cond_t freed;
    struct worker *workers;
    unsigned count;
};

struct worker_pool *worker_pool_new(const char *folder, const char *fonts,
                                    unsigned jobs)
{
    struct worker_pool *p = mem_alloc(sizeof *p);
    p->arena = arena_new();
    for (size_t i = 0; i < PROGRAM_COUNT; i++)
        p->programs[i] = file_join(p->arena, folder, names[i]);
    p->fonts = arena_strdup(p->arena, fonts ? fonts : "");
    p->count = jobs ? jobs : 1;
    p->workers = mem_alloc(p->count * sizeof *p->workers);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->freed, NULL);
    return p;
}

void worker_pool_free(struct worker_pool *p)
{
    if (!p)
        return;
    for (unsigned i = 0; i < p->count; i++)
        for (size_t k = 0; k < PROGRAM_COUNT; k++)
            child_stop(&p->workers[i].processes[k]);
    pthread_cond_destroy(&p->freed);
    pthread_mutex_destroy(&p->lock);
    free(p->workers);
    arena_free(p->arena);
    free(p);
}

/* ---- requests ---- */

static struct worker *take(struct worker_pool *p)
{
    pthread_mutex_lock(&p->lock);
    for (;;) {
        for (unsigned i = 0; i < p->count; i++)
            if (!p->workers[i].busy) {
                p->workers[i].busy = true;
                pthread_mutex_unlock(&p->lock);
                return &p->workers[i];
            }
        pthread_cond_wait(&p->freed, &p->lock);
    }
}

static void give_back(struct worker_pool *p, struct worker *w)
{
    pthread_mutex_lock(&p->lock);
    w->busy = false;
    pthread_cond_signal(&p->freed);
    pthread_mutex_unlock(&p->lock);
}

static bool plausible_piece(const struct protocol_piece *p,
                            const struct fit *fit)
{
    return p->format < FIT_FORMAT_COUNT && p->size && p->size <= BUF_BODY &&
           p->width && p->height && p->width <= fit->width &&
           p->height <= fit->height;
}

/* A name, as we would write one. */
static bool plausible_name(const char *name, size_t size)
{
    size_t n = strnlen(name, size);
    for (size_t i = 0; i < n; i++)
        if (name[i] < ' ' || name[i] > '~')
            return false;
    return n < size;
}

static bool plausible(const struct protocol_reply *r,
                      const struct protocol_request *request)
{
    uint64_t sum = 0;
    if (r->magic != PROTOCOL_MAGIC || r->result > RESULT_BROKEN ||
        r->size > BUF_BODY || r->pieces > PIECES_MAX ||
        !plausible_name(r->format, sizeof r->format))
        return false;
    for (uint32_t i = 0; i < r->pieces; i++) {
        if (!plausible_piece(&r->piece[i], &request->fit))
            return false;
        sum += r->piece[i].size;
    }
    return r->result != RESULT_MADE || (r->pieces && sum == r->size);
}

/* A request on its way. */
struct errand {
    struct protocol_request request;
    int file;
    struct protocol_reply *reply;
    struct buf *out;
};

static bool converse(const struct child *p, struct errand *e)
{
    int fd = -1;
    bool ok = packet_send(p->socket, &e->request, sizeof e->request, e->file) &&
              child_heard(p, PATIENCE_MS) &&
              packet_receive(p->socket, e->reply, sizeof *e->reply, &fd) ==
                  sizeof *e->reply &&
              plausible(e->reply, &e->request) &&
              (!e->reply->size || protocol_read(fd, e->reply->size, e->out));
    if (fd >= 0)
        close(fd);
    return ok;
}

/* Have the process of a program do it. */
static enum worker_end run(struct errand *e, struct child *p, char *program,
                           char *fonts)
{
    if (p->pid &&
        child_heard(p, 0)) /* the end: it died since its last answer */
        child_stop(p);
    if (!p->pid && !child_start(p, program, fonts))
        return WORKER_ABSENT;
    if (converse(p, e))
        return WORKER_DONE;
    child_stop(p);
    return WORKER_DIED;
}

/* Without the first program nothing is done; without another one, nothing of
 * what that knows. */
static enum worker_end run_all(struct errand *e, struct worker *w,
                               const struct worker_pool *pool)
{
    enum worker_end end =
        run(e, &w->processes[0], pool->programs[0], pool->fonts);
    for (size_t i = 1; i < PROGRAM_COUNT && end == WORKER_DONE &&
                       e->reply->result == RESULT_ELSEWHERE;
         i++)
        end = run(e, &w->processes[i], pool->programs[i], pool->fonts) ==
                      WORKER_DONE
                  ? WORKER_DONE
                  : WORKER_DIED;
    return end;
}

enum worker_end worker_do(struct worker_pool *pool,
                          struct protocol_request request, int file,
                          struct protocol_reply *reply, struct buf *out)
{
    struct errand e = {request, file, reply, out};
    e.request.magic = PROTOCOL_MAGIC;
    if (!request.max_cpu)
        e.request.max_cpu = CPU_MS;
    struct worker *w = take(pool);
    enum worker_end end = run_all(&e, w, pool);
    give_back(pool, w);
    return end;
}
