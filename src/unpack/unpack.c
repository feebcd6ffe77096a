#include "unpack/unpack_int.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Without a word for so long it is given up. */
enum { PATIENCE_MS = 60 * 1000 };

#define DATE_LAST INT64_C(253402300799) /* of the year 9999 */

struct unpacker {
    struct arena *arena;
    char *program;
    struct child child;
    struct unpack_packet packet; /* the last one */
};

struct unpacker *unpacker_new(const char *folder)
{
    struct unpacker *u = mem_alloc(sizeof *u);
    u->arena = arena_new();
    u->program = file_join(u->arena, folder, "feedbind-unpack");
    return u;
}

void unpacker_free(struct unpacker *u)
{
    if (!u)
        return;
    child_stop(&u->child);
    arena_free(u->arena);
    free(u);
}

/* The child may say anything. */
static bool receive(struct unpacker *u)
{
    struct unpack_packet *p = &u->packet;
    int fd = -1;
    size_t n = child_heard(&u->child, PATIENCE_MS)
                   ? packet_receive(u->child.socket, p, sizeof *p, &fd)
                   : 0;
    if (fd >= 0)
        close(fd);
    return n >= PACKET_HEAD && p->magic == UNPACK_MAGIC &&
           p->size == n - PACKET_HEAD && p->kind >= PACKET_MEMBER &&
           p->kind <= PACKET_END;
}

static bool give_member(const struct unpack_sink *sink,
                        const struct unpack_packet *p)
{
    char name[MEMBER_NAME_MAX + 1], address[MEMBER_NAME_MAX + 1];
    struct str bytes = {p->bytes, p->size};
    size_t end = str_chr(bytes, '\0');
    struct str rest = str_sub(bytes, end + 1, bytes.n);
    snprintf(name, sizeof name, "%.*s", (int)end, bytes.p);
    snprintf(address, sizeof address, "%.*s", STR_ARG(rest));
    bool dated = p->dated && p->seconds >= 0 && p->seconds <= DATE_LAST;
    const struct unpack_member member = {
        .name = name,
        .address = *address ? address : NULL,
        .date = {.seconds = dated ? p->seconds : 0, .known = dated}};
    return sink->member(sink->context, &member);
}

static enum unpack_end converse(struct unpacker *u,
                                const struct unpack_sink *sink, char *fault)
{
    const struct unpack_packet *p = &u->packet;
    bool opened = false, more = true;
    while (receive(u)) {
        struct str bytes = {p->bytes, p->size};
        if (p->kind == PACKET_END) {
            snprintf(fault, UNPACK_FAULT_MAX, "%.*s", STR_ARG(bytes));
            return p->size ? UNPACK_DAMAGED : UNPACK_DONE;
        }
        if (p->kind == PACKET_MEMBER)
            more = give_member(sink, p);
        else if (opened)
            more = sink->data(sink->context, bytes);
        opened = true;
        if (!more)
            return UNPACK_STOPPED;
    }
    snprintf(fault, UNPACK_FAULT_MAX, "feedbind-unpack gave it up");
    return UNPACK_DAMAGED;
}

enum unpack_end unpack(struct unpacker *u, int fd, enum unpack_as as,
                       const struct unpack_sink *sink,
                       char fault[UNPACK_FAULT_MAX])
{
    const struct unpack_request request = {UNPACK_MAGIC, (uint32_t)as};
    *fault = '\0';
    if (u->child.pid && child_heard(&u->child, 0))
        child_stop(&u->child);
    if (!u->child.pid && !child_start(&u->child, u->program, NULL))
        return UNPACK_ABSENT;
    packet_send(u->child.socket, &request, sizeof request, fd);
    enum unpack_end end = converse(u, sink, fault);
    /* One that has more to say, or nothing, is of no use for the next. */
    if (u->packet.kind != PACKET_END || end == UNPACK_STOPPED)
        child_stop(&u->child);
    return end;
}
