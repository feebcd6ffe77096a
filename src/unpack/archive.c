/* libarchive, with the formats and filters that are named here alone: others
 * it would hand to programs that it finds. */
#include "unpack/unpack_int.h"

#include <archive.h>
#include <archive_entry.h>

enum { BLOCK = 64 * 1024 };

static struct archive *open_reader(bool raw_only)
{
    struct archive *a = archive_read_new();
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_lzma(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_filter_lz4(a);
    archive_read_support_format_raw(a);
    if (!raw_only) {
        archive_read_support_format_tar(a);
        archive_read_support_format_zip(a);
    }
    return a;
}

static void tell_fault(struct archive *a, struct emitter *e)
{
    const char *text = archive_error_string(a);
    emit_fault(e, "%s", text ? text : "cannot be read");
}

/* ---- an entry's bytes, as a stream ---- */

struct entry_data {
    struct archive *archive;
    struct emitter *emitter;
    struct str ahead; /* bytes that were read to see what they are */
};

static size_t read_entry(void *context, void *to, size_t n)
{
    struct entry_data *d = context;
    if (d->ahead.n) {
        n = n < d->ahead.n ? n : d->ahead.n;
        memcpy(to, d->ahead.p, n);
        d->ahead = str_sub(d->ahead, n, d->ahead.n);
        return n;
    }
    ssize_t got = archive_read_data(d->archive, to, n);
    if (got < 0)
        tell_fault(d->archive, d->emitter);
    return got < 0 ? 0 : (size_t)got;
}

static void copy_all(struct stream *in, struct emitter *e)
{
    char block[BLOCK];
    size_t n;
    while ((n = in->read(in->context, block, sizeof block)))
        emit_data(e, block, n);
}

/* What is no archive: a web archive, or one file that is compressed (of the
 * filters that are counted the last one is the file itself). */
static void read_alone(struct archive *a, struct emitter *e)
{
    char head[16];
    struct entry_data data = {.archive = a, .emitter = e};
    struct stream in = {&data, read_entry};
    size_t n = 0, got;
    while (n < sizeof head &&
           (got = read_entry(&data, head + n, sizeof head - n)))
        n += got;
    data.ahead = (struct str){head, n};
    if (str_starts(data.ahead, STR("WARC/"))) {
        warc_read(&in, e);
    } else if (archive_filter_count(a) < 2) {
        emit_fault(e, "It is not what its first bytes say");
    } else {
        emit_member(e, &(struct unpack_member){.name = ""});
        copy_all(&in, e);
    }
}

static const char *name_of(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    name = name ? name : archive_entry_pathname_utf8(entry);
    return name ? name : "member";
}

/* Links, folders and devices are no files. */
static bool is_file(struct archive_entry *entry)
{
    return archive_entry_filetype(entry) == AE_IFREG &&
           !archive_entry_hardlink(entry);
}

static void read_members(struct archive *a, struct emitter *e)
{
    struct archive_entry *entry;
    int result;
    while ((result = archive_read_next_header(a, &entry)) != ARCHIVE_EOF) {
        if (result == ARCHIVE_FATAL || result == ARCHIVE_FAILED) {
            tell_fault(a, e);
            return;
        }
        if (result == ARCHIVE_RETRY || !is_file(entry))
            continue;
        if (archive_format(a) == ARCHIVE_FORMAT_RAW) {
            read_alone(a, e);
            continue;
        }
        struct entry_data data = {.archive = a, .emitter = e};
        emit_member(e, &(struct unpack_member){.name = name_of(entry)});
        copy_all(&(struct stream){&data, read_entry}, e);
    }
}

void archive_read_file(int fd, struct emitter *e)
{
    struct archive *a = open_reader(false);
    if (archive_read_open_fd(a, fd, BLOCK) == ARCHIVE_OK)
        read_members(a, e);
    else
        tell_fault(a, e);
    archive_read_free(a);
}

/* ---- a stream that is compressed ---- */

struct packed_stream {
    struct stream *in;
    char block[BLOCK];
};

static la_ssize_t read_packed(struct archive *a, void *context,
                              const void **block)
{
    struct packed_stream *p = context;
    (void)a;
    *block = p->block;
    return (la_ssize_t)p->in->read(p->in->context, p->block, sizeof p->block);
}

bool archive_expand(struct stream *in, struct emitter *e)
{
    struct packed_stream packed = {.in = in};
    struct archive *a = open_reader(true);
    struct archive_entry *entry;
    struct entry_data data = {.archive = a, .emitter = e};
    bool ok =
        archive_read_open(a, &packed, NULL, read_packed, NULL) == ARCHIVE_OK &&
        archive_read_next_header(a, &entry) == ARCHIVE_OK;
    if (ok)
        copy_all(&(struct stream){&data, read_entry}, e);
    else
        tell_fault(a, e);
    archive_read_free(a);
    return ok && !*e->fault;
}
