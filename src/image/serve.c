#include "image/serve.h"

#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

enum {
    FILES_MAX = 32,            /* open at once */
    HEAP_BLOCK_MAX = 32 << 20, /* bytes; the most that glibc takes */
    MEMORY_MAX = 1 << 30,      /* bytes of address space, and twice that */
};

static void limit(int what, rlim_t most)
{
    const struct rlimit limits = {most, most};
    setrlimit((__rlimit_resource_t)what, &limits);
}

/* What a picture may make us do is little. */
static void confine(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    close_range(PROTOCOL_FD + 1, ~0U, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, FILES_MAX);
#ifndef __SANITIZE_ADDRESS__
    limit(RLIMIT_AS, 2 * (rlim_t)MEMORY_MAX);
#endif
}

/* Memory of one picture serves the next, instead of being given back and
 * asked for page by page. */
static void keep_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, HEAP_BLOCK_MAX);
    mallopt(M_TRIM_THRESHOLD, MEMORY_MAX);
}

/* Die if the processor's time that is left, in milliseconds, is used up; 0: no
 * more of that. */
static void set_alarm(uint64_t milliseconds)
{
    const struct itimerval left = {
        .it_value = {.tv_sec = (time_t)(milliseconds / 1000),
                     .tv_usec = (suseconds_t)(milliseconds % 1000 * 1000)}};
    setitimer(ITIMER_PROF, &left, NULL);
}

static bool reply(struct task *t)
{
    int fd = t->out.len ? protocol_file(buf_view(&t->out)) : -1;
    if (t->out.len && fd < 0)
        return false;
    t->reply.magic = PROTOCOL_MAGIC;
    t->reply.size = t->out.len;
    bool ok = protocol_send(PROTOCOL_FD, &t->reply, sizeof t->reply, fd);
    if (fd >= 0)
        close(fd);
    return ok;
}

/* Take one request; false when there are no more. */
static bool serve_one(void (*answer)(struct task *t), const char *fonts)
{
    struct task t = {
        .fonts = fonts, .out = buf_make(BUF_BODY), .file = STR("")};
    int fd;
    if (!protocol_receive(PROTOCOL_FD, &t.request, sizeof t.request, &fd))
        return false;
    bool ok = t.request.magic == PROTOCOL_MAGIC &&
              protocol_map(fd, t.request.size, &t.file);
    if (fd >= 0)
        close(fd);
    set_alarm(t.request.max_cpu);
    if (ok)
        answer(&t);
    set_alarm(0);
    ok = ok && reply(&t);
    protocol_unmap(t.file);
    buf_free(&t.out);
    return ok;
}

void serve(void (*answer)(struct task *t), const char *fonts)
{
    confine();
    keep_memory();
    while (serve_one(answer, fonts))
        ;
}
