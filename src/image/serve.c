#include "image/serve.h"

#include "base/child.h"

#include <malloc.h>
#include <sys/time.h>
#include <unistd.h>

enum {
    HEAP_BLOCK_MAX = 32 << 20, /* bytes; the most that glibc takes */
    MEMORY_MAX = 1 << 30,      /* bytes of address space, and twice that */
};

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
    bool ok = packet_send(CHILD_FD, &t->reply, sizeof t->reply, fd);
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
    if (packet_receive(CHILD_FD, &t.request, sizeof t.request, &fd) !=
        sizeof t.request)
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
    child_confine(2 * (uint64_t)MEMORY_MAX);
    keep_memory();
    while (serve_one(answer, fonts))
        ;
}
