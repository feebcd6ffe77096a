/* Craft: what is packed -> its members.
 *
 * Reads tar and zip archives, files that are compressed (gzip, xz, lzma, bzip2,
 * zstd, lz4, Brotli), and web archives (WARC, ISO 28500), alone or one within
 * the other. The reading is done by feedbind-unpack, a child that is started
 * when first needed: its libraries take time to load, and what a hostile file
 * does to them it does to nothing else. Nothing is ever written under a name
 * that an archive holds. */
#ifndef FEEDBIND_UNPACK_UNPACK_H
#define FEEDBIND_UNPACK_UNPACK_H

#include "base/date.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct unpacker;

/* The program is in `folder`. Free with unpacker_free, which ends it. */
struct unpacker *unpacker_new(const char *folder);
void unpacker_free(struct unpacker *u);

/* A file within. */
struct unpack_member {
    const char *name; /* its path, without "/" or "./" in front; "" for what was
                         compressed alone; of a web archive its address */
    const char *address; /* of a web archive; else NULL */
    struct date date;    /* when a web archive got it; else not known */
};

/* Takes the members one after the other, in the order in which they are
 * packed, each with its bytes in pieces. False ends the unpacking. */
struct unpack_sink {
    void *context;
    bool (*member)(void *context, const struct unpack_member *member);
    bool (*data)(void *context, struct str bytes);
};

enum unpack_as {
    UNPACK_BY_CONTENT,
    UNPACK_BROTLI, /* RFC 7932, which nothing tells but that it can be read */
};

enum unpack_end {
    UNPACK_DONE,
    UNPACK_DAMAGED, /* not all of it could be read */
    UNPACK_STOPPED, /* by the sink */
    UNPACK_ABSENT,  /* the program cannot be started */
};

enum { UNPACK_FAULT_MAX = 256 };

/* Unpack the file open at fd, which stays the caller's, from where it stands.
 * If it is damaged, `fault` says how, in a few words. */
enum unpack_end unpack(struct unpacker *u, int fd, enum unpack_as as,
                       const struct unpack_sink *sink,
                       char fault[UNPACK_FAULT_MAX]);

#endif
