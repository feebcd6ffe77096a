/* What the user names -> the files that are read, each with what is known of
 * it besides its content. */
#ifndef FEEDBIND_FEED_SOURCE_H
#define FEEDBIND_FEED_SOURCE_H

#include "base/mem.h"
#include "feed/feed.h"
#include "unpack/unpack.h"

/* A file as it is read: on disk, or in the spool if it was within another one
 * or came through a pipe. */
struct source {
    const char *name;    /* for messages: "feeds/2026.zip/planet.xml" */
    const char *file;    /* on disk: it, or what it is in; NULL: neither */
    struct spool *spool; /* NULL: it is `file` */
    struct span span;
    const char *address; /* where it was got, says a web archive; else NULL */
    struct date saved;   /* when: a web archive says, or its name; or unknown */
    bool found;          /* in a folder or archive: passed over if no feed */
};

typedef VEC(struct source) source_list;

/* What is found for one name after the other. */
struct finder {
    const struct feed_policy *policy;
    struct arena *arena;
    struct spool *spool; /* its own, for what was packed or came by a pipe */
    struct diag *diag;
    struct unpacker *unpacker;
    source_list sources; /* for the name last asked for; free the items */
    uint64_t bytes;      /* that were unpacked for it */
    size_t members;      /* that were looked at for it */
    size_t passed;       /* of these, passed over since they are no feeds */
    const char *first_passed;
    bool failed; /* an error was told about it */
};

/* Find what `named` stands for: a file, a folder, all within an archive, or
 * "-", standard input. Sorted by name (bytes); empty if it cannot be read,
 * which is an error in f->diag then, or if nothing in it may be a feed. */
void sources_find(struct finder *f, const char *named);

/* Also what a file names, which was named itself. */
void sources_add(struct finder *f, const char *file);

/* It turned out to be no feed. */
void source_pass(struct finder *f, const char *name);

/* How to save what is at an address, for people to copy. */
const char *curl_line(struct arena *a, const char *address);

/* ---- folder.c ---- */

/* Call `found` with the path of each regular file in the folder and in those
 * within it, in no order. Symbolic links to files are followed, those to
 * folders not. NULL, or what is wrong: made in the arena. */
const char *folder_walk(struct arena *a, const char *folder,
                        bool (*found)(void *context, const char *path),
                        void *context);

/* ---- content.c ---- */

enum content {
    CONTENT_TEXT,    /* a feed, perhaps */
    CONTENT_PACKED,  /* an archive, or compressed */
    CONTENT_OTHER,   /* something that is known to be no feed */
    CONTENT_UNKNOWN, /* bytes of no kind that is known */
};

enum { CONTENT_HEAD = 512 };

/* By its first bytes, CONTENT_HEAD if there are so many. */
enum content content_of(struct str head);

/* ---- saved.c ---- */

/* The date in a file's path, such as planet-2026-11-16.xml, 20261116T0815.xml
 * or web.example/20261116081500/feed: the last one. Unknown if there is none.
 * The time is UTC. */
struct date saved_date(struct str path);

#endif
