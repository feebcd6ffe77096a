/* Shared inside the unpack craft: what feedbind and feedbind-unpack say to each
 * other, and the child's streams. */
#ifndef FEEDBIND_UNPACK_UNPACK_INT_H
#define FEEDBIND_UNPACK_UNPACK_INT_H

#include "base/child.h"
#include "unpack/unpack.h"

/* ---- packets ---- */

enum {
    UNPACK_MAGIC = 0x66627531,  /* "fbu1": changes with the structs below */
    PACKET_BYTES = 64 * 1024,   /* the most that one carries */
    MEMBER_NAME_MAX = 4 * 1024, /* bytes of a name or address */
};

/* To the child, with the file. */
struct unpack_request {
    uint32_t magic, as;
};

/* From the child: for each member PACKET_MEMBER, then PACKET_DATA for its
 * bytes; at last PACKET_END, which says what was wrong. */
enum packet_kind {
    PACKET_MEMBER = 1, /* bytes: name, NUL, address */
    PACKET_DATA,
    PACKET_END, /* bytes: the fault; none: it was read whole */
};

struct unpack_packet {
    uint32_t magic, kind;
    int64_t seconds;
    uint32_t dated; /* 0: no date */
    uint32_t size;  /* of the bytes */
    char bytes[PACKET_BYTES];
};

enum { PACKET_HEAD = offsetof(struct unpack_packet, bytes) };

/* ---- the child: emit.c ---- */

/* What a request's members are told to. */
struct emitter {
    struct unpack_packet packet;
    char fault[UNPACK_FAULT_MAX]; /* the first; "": none */
};

void emit_fault(struct emitter *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void emit_member(struct emitter *e, const struct unpack_member *member);
void emit_data(struct emitter *e, const void *data, size_t n);
void emit_end(struct emitter *e);

/* ---- the child: streams ---- */

/* Bytes that are pulled, through one or several stages. */
struct stream {
    void *context;
    /* Up to n bytes (n > 0); 0 at the end, and from a fault on. */
    size_t (*read)(void *context, void *to, size_t n);
};

/* brotli.c, archive.c: what the stream packs is told as data of the open
 * member. False, with the fault told, if it cannot be read to its end. */
bool brotli_expand(struct stream *in, struct emitter *e);
bool archive_expand(struct stream *in, struct emitter *e);

/* archive.c: the members of the file. */
void archive_read_file(int fd, struct emitter *e);

/* warc.c: those of a web archive: HTTP responses with status 200, their
 * transfer and content codings undone, and resources. */
void warc_read(struct stream *in, struct emitter *e);

/* http.c: the body of a response, which the stream holds whole, as data of
 * `member`, if its status is 200 (RFC 9112, section 4). */
void http_read(struct stream *in, const struct unpack_member *member,
               struct emitter *e);

/* ---- the child: lines.c ---- */

/* A stream that can be read by lines, too. */
struct lines {
    struct stream *in;
    char data[8 * 1024];
    size_t at, end;
    char line[MEMBER_NAME_MAX];
};

/* The next line without its end, at most MEMBER_NAME_MAX bytes of it, valid
 * until the next call; false at the end. */
bool lines_next(struct lines *l, struct str *line);

/* Up to n bytes; 0 at the end. */
size_t lines_read(struct lines *l, void *to, size_t n);

/* "Name: value" of a header. Is its name this one? *value gets the rest. */
bool header_is(struct str line, struct str name, struct str *value);

#endif
