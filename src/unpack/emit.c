#include "unpack/unpack_int.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Who asked may be gone, or have heard enough. */
static void send_packet(struct emitter *e, enum packet_kind kind, size_t n)
{
    e->packet.magic = UNPACK_MAGIC;
    e->packet.kind = (uint32_t)kind;
    e->packet.size = (uint32_t)n;
    if (!packet_send(CHILD_FD, &e->packet, PACKET_HEAD + n, -1))
        exit(0);
}

void emit_fault(struct emitter *e, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (!*e->fault)
        vsnprintf(e->fault, sizeof e->fault, format, args);
    va_end(args);
}

/* Without what would lead to another place; names are never used as paths, but
 * people read them. */
static struct str plain_name(const char *name)
{
    struct str s = str_of(name);
    for (;;) {
        if (str_starts(s, STR("/")))
            s = str_sub(s, 1, s.n);
        else if (str_starts(s, STR("./")))
            s = str_sub(s, 2, s.n);
        else
            return str_sub(s, 0, MEMBER_NAME_MAX);
    }
}

void emit_member(struct emitter *e, const struct unpack_member *member)
{
    struct str name = plain_name(member->name);
    struct str address = str_sub(str_of(member->address), 0, MEMBER_NAME_MAX);
    char *to = e->packet.bytes;
    memcpy(to, name.p, name.n);
    to[name.n] = '\0';
    memcpy(to + name.n + 1, address.p, address.n);
    e->packet.dated = member->date.known;
    e->packet.seconds = member->date.seconds;
    send_packet(e, PACKET_MEMBER, name.n + 1 + address.n);
}

void emit_data(struct emitter *e, const void *data, size_t n)
{
    const char *p = data;
    while (n) {
        size_t now = n < PACKET_BYTES ? n : PACKET_BYTES;
        memcpy(e->packet.bytes, p, now);
        send_packet(e, PACKET_DATA, now);
        p += now;
        n -= now;
    }
}

void emit_end(struct emitter *e)
{
    size_t n = strlen(e->fault);
    memcpy(e->packet.bytes, e->fault, n);
    send_packet(e, PACKET_END, n);
}
