/* The store of downloaded pictures: URL -> how asking for it ended.
 *
 *   FOLDER/index/ab/cdef…   a record: what is known of one URL; named by the
 *                           SHA-256 of the URL
 *   FOLDER/bodies/ab/cdef…  the bytes; named by their own SHA-256, so that
 *                           what two URLs share is there once
 *   FOLDER/partial/…        both on their way in
 *
 * A record is lines of "key: value" under a line that names the form. Bodies
 * and records are renamed into place, bodies first: runs may share a store at
 * the same time, and one that is killed leaves it usable. A body that is there
 * stays: whoever has read a record can have its body, whatever becomes of the
 * record. What can't be read, or makes no sense, counts as missing, and is
 * fetched again. */
#ifndef FEEDBIND_NET_STORE_H
#define FEEDBIND_NET_STORE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How asking ended, and the word for it in records and between processes. */
#define STORE_CLASSES(X)                                                       \
    X(STORE_SAVED, "saved")                                                    \
    X(STORE_NOT_FOUND, "not-found")                                            \
    X(STORE_REFUSED, "refused")                                                \
    X(STORE_UNREACHABLE, "unreachable")                                        \
    X(STORE_TOO_LARGE, "too-large")                                            \
    X(STORE_NOT_AN_IMAGE, "not-an-image")

enum store_class {
#define X(id, word) id,
    STORE_CLASSES(X)
#undef X
        STORE_CLASS_COUNT
};

const char *store_class_word(enum store_class c);

/* False if it is no such word. */
bool store_class_read(struct str word, enum store_class *out);

struct store_record {
    enum store_class ended;
    int64_t asked; /* when: seconds since 1970 */
    /* Only if saved: */
    struct hex body;           /* its SHA-256 */
    uint64_t size;             /* bytes */
    const char *etag;          /* validators (RFC 9110 section 8.8) and */
    const char *last_modified; /* type as the server sent them; NULL for */
    const char *type;          /* none */
};

/* The longest URL that has a record, in bytes; servers refuse shorter ones. */
#define STORE_URL_MAX ((size_t)16384)

struct store;

/* The store in this folder, which need not exist: it is made by the first
 * write. Never NULL; store_close it. Different threads may use one store at
 * once, but for writing. */
struct store *store_open(const char *folder);
void store_close(struct store *s);

/* Find what is known of a URL (serialised, without fragment). False: nothing,
 * or nothing usable. Strings are made in the arena. For a saved one the body
 * is there and has the recorded size. */
bool store_find(const struct store *s, const char *url, struct arena *a,
                struct store_record *out);

/* Open the body of a saved record for reading: the descriptor, which the
 * caller closes; -1: it is missing, or has another size. */
int store_body(const struct store *s, const struct store_record *record);

/* Writing. Failing calls return false (NULL) and leave errno set. */

/* Keep a record without a new body: of a failure, or of a saved body that
 * proved to be current. Values with control characters are left out. */
bool store_keep(struct store *s, const char *url,
                const struct store_record *record);

/* A body on its way in. End it with store_commit or store_abandon. */
struct store_writer *store_begin(struct store *s);
bool store_write(struct store_writer *w, const void *data, size_t n);

/* Nothing comes for a while: hold no file open until the next call. */
bool store_pause(struct store_writer *w);

/* Begin anew: what was written is dropped. */
bool store_rewind(struct store_writer *w);

/* Put the body in its place, set body and size of the record, and keep it.
 * The writer is freed, whatever is returned. */
bool store_commit(struct store_writer *w, const char *url,
                  struct store_record *record);
void store_abandon(struct store_writer *w);

/* Remove what killed runs left in partial/ more than a day ago. */
void store_tidy(const struct store *s);

#endif
