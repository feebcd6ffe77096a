/* Members -> an archive. libdeflate compresses, libzip packs.
 *
 * Bytes as EPUB 3.3 (OCF, section 4.2) asks and old readers like: the first
 * member stored, no extra fields, no data descriptors, no directories, every
 * time 1980-01-01 00:00:00; the same members give the same bytes. */
#ifndef FEEDBIND_ZIP_ZIP_H
#define FEEDBIND_ZIP_ZIP_H

#include "base/arena.h"
#include "base/spool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How hard members are compressed, on libdeflate's scale. The chapters of a
 * book of 2 MB: level 6 takes 3.5 ms and gives 153.9 kB, 9 takes 5.2 ms and
 * gives 152.6, 10 takes 22.6 ms and gives 150.0. */
enum { ZIP_LEVEL = 9 };

/* One file of the archive, ready to be packed. */
struct zip_member {
    const char *name;   /* borrowed until zip_write returns */
    struct span stored; /* its bytes as they go into the archive */
    uint64_t size;      /* before compression */
    uint32_t crc;       /* CRC-32 before compression */
    bool deflated;
};

/* Make a member of n bytes and put it into the spool; deflated where asked and
 * where that is smaller. Safe from several threads at once. */
struct zip_member zip_compress(const char *name, const void *data, size_t n,
                               bool deflate, struct spool *spool);

/* Make a member of what is in the spool already, stored as it is. */
struct zip_member zip_store(const char *name, struct span data,
                            struct spool *spool);

/* The bytes of the archive that zip_write makes of the members; a few more
 * where that needs ZIP64. */
uint64_t zip_size(const struct zip_member *members, size_t count);

/* Where an archive goes, by the rules of base/output.h. */
struct zip_target {
    const char *path;
    bool replace; /* false: an existing file is an error */
    bool update;  /* one with the same bytes is left as it is … */
    bool same;    /* … which zip_write says here */
};

/* Pack the members, in this order. Returns NULL, or a sentence without full
 * stop that says what failed, made in the arena. */
const char *zip_write(struct zip_target *target,
                      const struct zip_member *members, size_t count,
                      struct spool *spool, struct arena *arena);

#endif
