#include "image/worker.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* A picture that takes much of the processor's time is given up by the worker
 * itself, however busy the machine is; one that takes time in another way is
 * given up here. */
enum { CPU_MS = 30 * 1000, PATIENCE_MS = 5 * 60 * 1000 };

/* In the order in which they are asked. */
static const char *const names[] = {"feedbind-image", "feedbind-draw"};

enum { PROGRAM_COUNT = ARRAY_LEN(names) };

struct process {
    pid_t pid; /* 0: not started */
    int socket;
};

/* One process of each program, of which one works at a time. */
struct worker {
    struct process processes[PROGRAM_COUNT];
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

/* ---- processes ---- */

/* End the process, whatever it does. */
static void stop(struct process *w)
{
    if (!w->pid)
        return;
    kill(w->pid, SIGKILL);
    while (waitpid(w->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    close(w->socket);
    *w = (struct process){0};
}

/* The process gets its socket and standard error; other descriptors are closed
 * on exec, and by itself. */
static int spawn(char *program, char *fonts, int socket, pid_t *pid)
{
    char *const argv[] = {program, fonts, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
                                     O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, socket, PROTOCOL_FD);
    int error = posix_spawn(pid, program, &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static bool start(struct process *w, char *program, char *fonts)
{
    int ends[2];
    if (access(program, X_OK) < 0 ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        return false;
    /* Not 3 itself: dup2 onto itself would leave close-on-exec set. */
    int theirs = fcntl(ends[1], F_DUPFD_CLOEXEC, PROTOCOL_FD + 1);
    close(ends[1]);
    int error = theirs < 0 ? errno : spawn(program, fonts, theirs, &w->pid);
    if (theirs >= 0)
        close(theirs);
    if (error) {
        close(ends[0]);
        w->pid = 0;
        return false;
    }
    w->socket = ends[0];
    return true;
}

void worker_pool_free(struct worker_pool *p)
{
    if (!p)
        return;
    for (unsigned i = 0; i < p->count; i++)
        for (size_t k = 0; k < PROGRAM_COUNT; k++)
            stop(&p->workers[i].processes[k]);
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

static bool answer_came(int socket)
{
    struct pollfd wait = {.fd = socket, .events = POLLIN};
    int n;
    do
        n = poll(&wait, 1, PATIENCE_MS);
    while (n < 0 && errno == EINTR);
    return n > 0;
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

/* Has the process died since its last answer? Then its end of the socket is
 * closed, and nobody's picture is lost yet. */
static bool is_gone(const struct process *w)
{
    struct pollfd end = {.fd = w->socket, .events = POLLIN};
    return poll(&end, 1, 0) != 0;
}

/* A request on its way. */
struct errand {
    struct protocol_request request;
    int file;
    struct protocol_reply *reply;
    struct buf *out;
};

static bool converse(const struct process *p, struct errand *e)
{
    int fd = -1;
    bool ok =
        protocol_send(p->socket, &e->request, sizeof e->request, e->file) &&
        answer_came(p->socket) &&
        protocol_receive(p->socket, e->reply, sizeof *e->reply, &fd) &&
        plausible(e->reply, &e->request) &&
        (!e->reply->size || protocol_read(fd, e->reply->size, e->out));
    if (fd >= 0)
        close(fd);
    return ok;
}

/* Have the process of a program do it. */
static enum worker_end run(struct errand *e, struct process *p, char *program,
                           char *fonts)
{
    if (p->pid && is_gone(p))
        stop(p);
    if (!p->pid && !start(p, program, fonts))
        return WORKER_ABSENT;
    if (converse(p, e))
        return WORKER_DONE;
    stop(p);
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
