#include "zip/zip.h"

#include "base/mem.h"
#include "base/output.h"

#include <errno.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

enum {
    DOS_DATE = 0x0021,   /* 1980-01-01 */
    MODE = 0100644,      /* of every member, in the high external bits */
    BUFFER = 256 * 1024, /* bytes written to the file at once */
};

/* ---- members ---- */

struct zip_member zip_compress(const char *name, const void *data, size_t n,
                               bool deflate, struct spool *spool)
{
    struct zip_member m = {
        .name = name, .size = n, .crc = libdeflate_crc32(0, data, n)};
    if (deflate && n) {
        struct libdeflate_compressor *c =
            libdeflate_alloc_compressor(ZIP_LEVEL);
        if (!c)
            mem_exhausted();
        char *packed = mem_realloc(NULL, n);
        size_t size = libdeflate_deflate_compress(c, data, n, packed, n - 1);
        if (size) { /* 0: it would be no smaller */
            m.stored = spool_put(spool, packed, size);
            m.deflated = true;
        }
        free(packed);
        libdeflate_free_compressor(c);
    }
    if (!m.deflated)
        m.stored = spool_put(spool, data, n);
    return m;
}

struct zip_member zip_store(const char *name, struct span data,
                            struct spool *spool)
{
    struct zip_member m = {.name = name, .stored = data, .size = data.n};
    char *piece = mem_realloc(NULL, BUFFER);
    for (uint64_t at = 0; at < data.n;) {
        size_t n = data.n - at < BUFFER ? (size_t)(data.n - at) : BUFFER;
        if (!spool_read(spool, data, at, piece, n))
            break; /* the spool remembers */
        m.crc = libdeflate_crc32(m.crc, piece, n);
        at += n;
    }
    free(piece);
    return m;
}

/* A member as libzip's source of bytes: what it reads is compressed already,
 * and STAT says so. */
struct source {
    const struct zip_member *member;
    struct spool *spool;
    uint64_t at;
    zip_error_t error;
};

static zip_int64_t source_stat(const struct source *s, void *data)
{
    zip_stat_t *st = data;
    zip_stat_init(st);
    st->size = s->member->size;
    st->comp_size = s->member->stored.n;
    st->comp_method = s->member->deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
    st->crc = s->member->crc;
    st->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD |
                ZIP_STAT_CRC;
    return sizeof *st;
}

static zip_int64_t source_read(struct source *s, void *data, zip_uint64_t n)
{
    uint64_t left = s->member->stored.n - s->at;
    if (n > left)
        n = left;
    if (n && !spool_read(s->spool, s->member->stored, s->at, data, n)) {
        zip_error_set(&s->error, ZIP_ER_READ, spool_error(s->spool));
        return -1;
    }
    s->at += n;
    return (zip_int64_t)n;
}

static zip_int64_t source_call(void *state, void *data, zip_uint64_t n,
                               zip_source_cmd_t command)
{
    struct source *s = state;
    switch (command) {
    case ZIP_SOURCE_OPEN:
        s->at = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return source_read(s, data, n);
    case ZIP_SOURCE_CLOSE:
        return 0;
    case ZIP_SOURCE_STAT:
        return source_stat(s, data);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&s->error, data, n);
    case ZIP_SOURCE_FREE:
        zip_error_fini(&s->error);
        free(s);
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(
            ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
            ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
    default:
        zip_error_set(&s->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

/* ---- the file that libzip writes to ---- */

/* A file that we opened, with a buffer: every write error is ours, and known
 * by its errno. */
struct target {
    int fd;
    char *buffer;
    size_t held;       /* bytes in the buffer */
    uint64_t at, size; /* of the file, the buffer included */
    zip_error_t error;
};

static bool target_flush(struct target *t)
{
    const char *p = t->buffer;
    size_t n = t->held;
    uint64_t at = t->at - t->held;
    t->held = 0;
    while (n) {
        ssize_t done = pwrite(t->fd, p, n, (off_t)at);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0) {
            zip_error_set(&t->error, ZIP_ER_WRITE, done ? errno : EIO);
            return false;
        }
        p += done;
        at += (uint64_t)done;
        n -= (size_t)done;
    }
    return true;
}

static zip_int64_t target_write(struct target *t, const char *data, size_t n)
{
    size_t left = n;
    while (left) {
        if (t->held == BUFFER && !target_flush(t))
            return -1;
        size_t part = BUFFER - t->held < left ? BUFFER - t->held : left;
        memcpy(t->buffer + t->held, data, part);
        t->held += part;
        t->at += part;
        data += part;
        left -= part;
    }
    if (t->at > t->size)
        t->size = t->at;
    return (zip_int64_t)n;
}

static zip_int64_t target_seek(struct target *t, void *data, zip_uint64_t n)
{
    zip_int64_t at =
        zip_source_seek_compute_offset(t->at, t->size, data, n, &t->error);
    if (at < 0 || !target_flush(t))
        return -1;
    t->at = (uint64_t)at;
    return 0;
}

static zip_int64_t target_stat(const struct target *t, void *data)
{
    zip_stat_t *st = data;
    zip_stat_init(st);
    st->size = t->size;
    st->valid = ZIP_STAT_SIZE;
    return sizeof *st;
}

static zip_int64_t target_call(void *state, void *data, zip_uint64_t n,
                               zip_source_cmd_t command)
{
    struct target *t = state;
    switch (command) {
    case ZIP_SOURCE_BEGIN_WRITE:
        t->at = t->size = t->held = 0;
        return 0;
    case ZIP_SOURCE_WRITE:
        return target_write(t, data, n);
    case ZIP_SOURCE_SEEK_WRITE:
        return target_seek(t, data, n);
    case ZIP_SOURCE_TELL_WRITE:
        return (zip_int64_t)t->at;
    case ZIP_SOURCE_COMMIT_WRITE:
        return target_flush(t) ? 0 : -1;
    case ZIP_SOURCE_ROLLBACK_WRITE:
    case ZIP_SOURCE_REMOVE:
    case ZIP_SOURCE_FREE:
    case ZIP_SOURCE_OPEN:
    case ZIP_SOURCE_CLOSE:
        return 0;
    case ZIP_SOURCE_READ:
        return 0; /* an empty file: the archive is new */
    case ZIP_SOURCE_SEEK:
    case ZIP_SOURCE_TELL:
        return 0;
    case ZIP_SOURCE_STAT:
        return target_stat(t, data);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&t->error, data, n);
    case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_WRITABLE;
    default:
        zip_error_set(&t->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

/* ---- packing ---- */

/* What APPNOTE.TXT calls local file header, central directory header, end of
 * central directory record; and those of ZIP64, where a member's field in the
 * directory has a header and a number. */
uint64_t zip_size(const struct zip_member *members, size_t count)
{
    enum { LOCAL = 30, CENTRAL = 46, END = 22, END64 = 56 + 20, FIELD64 = 12 };
    uint64_t size = END;
    for (size_t i = 0; i < count; i++)
        size +=
            LOCAL + CENTRAL + 2 * strlen(members[i].name) + members[i].stored.n;
    if (count >= UINT16_MAX || size >= UINT32_MAX)
        size += END64 + FIELD64 * (uint64_t)count;
    return size;
}

static int add_member(zip_t *archive, const struct zip_member *m,
                      struct spool *spool)
{
    struct source *s = mem_alloc(sizeof *s);
    s->member = m;
    s->spool = spool;
    zip_error_init(&s->error);
    zip_source_t *source = zip_source_function(archive, source_call, s);
    if (!source)
        mem_exhausted();
    zip_int64_t at = zip_file_add(archive, m->name, source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(source); /* ours again after a failure */
        return -1;
    }
    zip_uint64_t index = (zip_uint64_t)at;
    zip_int32_t method = m->deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
    return zip_set_file_compression(archive, index, method, 0) < 0 ||
                   zip_file_set_dostime(archive, index, 0, DOS_DATE, 0) < 0 ||
                   zip_file_set_external_attributes(
                       archive, index, 0, ZIP_OPSYS_UNIX,
                       (zip_uint32_t)MODE << 16) < 0
               ? -1
               : 0;
}

static const char *reason(struct arena *a, zip_error_t *e)
{
    int error = zip_error_code_system(e);
    return arena_strdup(a, error && zip_error_system_type(e) == ZIP_ET_SYS
                               ? strerror(error)
                               : zip_error_strerror(e));
}

/* Pack all members to fd. NULL, or why not. */
static const char *pack(int fd, const struct zip_member *members, size_t count,
                        struct spool *spool, struct arena *a)
{
    struct target t = {.fd = fd, .buffer = mem_realloc(NULL, BUFFER)};
    zip_error_t error;
    zip_error_init(&error);
    zip_error_init(&t.error);
    const char *why = NULL;
    zip_source_t *to = zip_source_function_create(target_call, &t, &error);
    zip_t *archive =
        to ? zip_open_from_source(to, ZIP_CREATE | ZIP_TRUNCATE, &error) : NULL;
    if (!archive) {
        why = reason(a, &error);
        zip_source_free(to);
    }
    for (size_t i = 0; !why && i < count; i++)
        if (add_member(archive, &members[i], spool) < 0)
            why = reason(a, zip_get_error(archive));
    if (!why && zip_close(archive) < 0)
        why = reason(a, zip_error_code_zip(&t.error) ? &t.error
                                                     : zip_get_error(archive));
    if (why && archive)
        zip_discard(archive);
    zip_error_fini(&error);
    zip_error_fini(&t.error);
    free(t.buffer);
    return why;
}

static const char *failed(struct arena *a, const char *path, const char *why)
{
    return arena_printf(a, "%s: cannot be written: %s",
                        strcmp(path, "-") == 0 ? "standard output" : path, why);
}

const char *zip_write(struct zip_target *target,
                      const struct zip_member *members, size_t count,
                      struct spool *spool, struct arena *arena)
{
    if (spool_error(spool))
        return arena_printf(arena, "temporary file: %s",
                            strerror(spool_error(spool)));
    struct output *o = output_open(target->path, target->replace);
    if (!o)
        return failed(arena, target->path, strerror(errno));
    const char *why = pack(output_fd(o), members, count, spool, arena);
    target->same = !why && target->update && output_same(o);
    if (why || target->same)
        output_abandon(o);
    else if (!output_commit(o))
        why = strerror(errno);
    return why ? failed(arena, target->path, why) : NULL;
}
