#include "net/store.h"

#include "base/file.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* The first line of a record; another number is another form. */
#define FORM "feedbind store 1\n"

enum {
    VALUE_MAX = 1 << 12, /* bytes of what a server says in a header */
    PARTIAL_TRIES = 1000,
    STALE_SECONDS = 24 * 60 * 60,
};

struct store {
    char *folder;
    unsigned opened; /* files in partial/, so far */
};

struct store_writer {
    struct store *store;
    struct arena *arena;
    char *path; /* in partial/ */
    int fd;     /* -1: paused */
    uint64_t size;
};

static const char *const class_words[] = {
#define X(id, word) word,
    STORE_CLASSES(X)
#undef X
};

const char *store_class_word(enum store_class c)
{
    return class_words[c];
}

bool store_class_read(struct str word, enum store_class *out)
{
    for (int i = 0; i < STORE_CLASS_COUNT; i++) {
        if (str_eq(word, str_of(class_words[i]))) {
            *out = (enum store_class)i;
            return true;
        }
    }
    return false;
}

struct store *store_open(const char *folder)
{
    struct store *s = mem_alloc(sizeof *s);
    s->folder = mem_dup(folder, strlen(folder));
    return s;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    free(s->folder);
    free(s);
}

/* FOLDER/part/ab/cdef…; two levels keep folders short. */
static char *hashed_path(const struct store *s, struct arena *a,
                         const char *part, const struct hex *hash)
{
    return arena_printf(a, "%s/%s/%.2s/%s", s->folder, part, hash->text,
                        hash->text + 2);
}

static char *record_path(const struct store *s, struct arena *a,
                         const char *url)
{
    struct hex hash = hash_bytes(str_of(url));
    return hashed_path(s, a, "index", &hash);
}

static char *body_path(const struct store *s, struct arena *a,
                       const struct store_record *record)
{
    return hashed_path(s, a, "bodies", &record->body);
}

/* A hash is part of a path: nothing but 64 small hexadecimal digits. */
static bool read_hash(struct str text, struct hex *out)
{
    if (text.n != sizeof out->text - 1)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (chr_hex(text.p[i]) < 0 || chr_lower(text.p[i]) != text.p[i])
            return false;
    }
    memcpy(out->text, text.p, text.n);
    out->text[text.n] = '\0';
    return true;
}

/* What a record has to say before it is believed. */
enum { HAS_URL = 1, HAS_CLASS = 2, HAS_ASKED = 4, HAS_BODY = 8, HAS_SIZE = 16 };

/* Take one line of a record. Returns the HAS_ flag that it stands for, 0 for
 * none, -1 if it makes no sense. Unknown keys are left for later versions. */
static int take_line(struct str line, const char *url, struct arena *a,
                     struct store_record *r)
{
    size_t colon = str_find(line, STR(": "));
    struct str key = str_sub(line, 0, colon);
    struct str value = str_sub(line, colon + 2, line.n);
    uint64_t number;
    if (str_eq(key, STR("url")))
        return str_eq(value, str_of(url)) ? HAS_URL : -1;
    if (str_eq(key, STR("class")))
        return store_class_read(value, &r->ended) ? HAS_CLASS : -1;
    if (str_eq(key, STR("asked"))) {
        if (!str_decimal(value, &number))
            return -1;
        r->asked = (int64_t)number;
        return HAS_ASKED;
    }
    if (str_eq(key, STR("body")))
        return read_hash(value, &r->body) ? HAS_BODY : -1;
    if (str_eq(key, STR("size")))
        return str_decimal(value, &r->size) ? HAS_SIZE : -1;
    if (str_eq(key, STR("etag")))
        r->etag = arena_str(a, value);
    else if (str_eq(key, STR("last-modified")))
        r->last_modified = arena_str(a, value);
    else if (str_eq(key, STR("type")))
        r->type = arena_str(a, value);
    return 0;
}

static bool parse_record(struct str text, const char *url, struct arena *a,
                         struct store_record *out)
{
    *out = (struct store_record){0};
    if (!str_starts(text, STR(FORM)) || !str_ends(text, STR("\n")))
        return false;
    struct str rest = str_sub(text, sizeof FORM - 1, text.n), line;
    int has = 0;
    while (rest.n > 0 && str_next(&rest, '\n', &line)) {
        int flag = take_line(line, url, a, out);
        if (flag < 0)
            return false;
        has |= flag;
    }
    int need = HAS_URL | HAS_CLASS | HAS_ASKED;
    if (out->ended == STORE_SAVED)
        need |= HAS_BODY | HAS_SIZE;
    return (has & need) == need;
}

static bool body_is_there(const struct store *s, struct arena *a,
                          const struct store_record *record)
{
    struct stat st;
    return stat(body_path(s, a, record), &st) == 0 && S_ISREG(st.st_mode) &&
           (uint64_t)st.st_size == record->size;
}

bool store_find(const struct store *s, const char *url, struct arena *a,
                struct store_record *out)
{
    struct buf text = buf_make(BUF_LINE);
    bool ok = file_read_regular(record_path(s, a, url), &text) &&
              !text.failed && parse_record(buf_view(&text), url, a, out) &&
              (out->ended != STORE_SAVED || body_is_there(s, a, out));
    buf_free(&text);
    if (!ok)
        *out = (struct store_record){0};
    return ok;
}

int store_body(const struct store *s, const struct store_record *record)
{
    struct arena *a = arena_new();
    uint64_t size;
    int fd = file_open(body_path(s, a, record), &size);
    if (fd >= 0 && size != record->size) {
        close(fd);
        fd = -1;
    }
    arena_free(a);
    return fd;
}

/* Make the folder that `path` lies in. */
static bool make_parent(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    return file_make_dirs(
        arena_str(a, (struct str){path, (size_t)(slash - path)}));
}

static void add_value(struct buf *b, const char *key, const char *value)
{
    if (!value || strlen(value) > VALUE_MAX)
        return;
    for (const char *p = value; *p; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            return;
    }
    buf_printf(b, "%s: %s\n", key, value);
}

/* Open a new file in partial/. Its name holds the process and a number, so
 * that no two writers share one. */
static bool open_partial(struct store_writer *w)
{
    char *folder = arena_printf(w->arena, "%s/partial", w->store->folder);
    if (!file_make_dirs(folder))
        return false;
    for (int i = 0; i < PARTIAL_TRIES; i++) {
        w->path = arena_printf(w->arena, "%s/%ld-%u", folder, (long)getpid(),
                               w->store->opened++);
        w->fd = open(w->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (w->fd >= 0 || errno != EEXIST)
            break;
    }
    return w->fd >= 0;
}

static void free_writer(struct store_writer *w)
{
    arena_free(w->arena);
    free(w);
}

struct store_writer *store_begin(struct store *s)
{
    struct store_writer *w = mem_alloc(sizeof *w);
    w->store = s;
    w->arena = arena_new();
    w->fd = -1;
    if (open_partial(w))
        return w;
    int cause = errno;
    free_writer(w);
    errno = cause;
    return NULL;
}

/* Open it again if it was paused. */
static bool resume(struct store_writer *w)
{
    if (w->fd < 0)
        w->fd = open(w->path, O_RDWR | O_APPEND | O_CLOEXEC);
    return w->fd >= 0;
}

bool store_write(struct store_writer *w, const void *data, size_t n)
{
    w->size += n;
    return resume(w) && file_write_fd(w->fd, data, n);
}

bool store_pause(struct store_writer *w)
{
    int fd = w->fd;
    w->fd = -1;
    return fd < 0 || close(fd) == 0;
}

bool store_rewind(struct store_writer *w)
{
    w->size = 0;
    return resume(w) && ftruncate(w->fd, 0) == 0 &&
           lseek(w->fd, 0, SEEK_SET) == 0;
}

/* Hash what was written. It is mapped, not read: many bodies may end at
 * once, and mapped pages of a file can be taken back. */
static bool hash_partial(struct store_writer *w, struct hex *out)
{
    if (!resume(w))
        return false;
    if (w->size == 0) {
        *out = hash_bytes(STR(""));
        return true;
    }
    void *p = mmap(NULL, (size_t)w->size, PROT_READ, MAP_SHARED, w->fd, 0);
    if (p == MAP_FAILED)
        return false;
    *out = hash_bytes((struct str){p, (size_t)w->size});
    munmap(p, (size_t)w->size);
    return true;
}

/* Put what was written in its place. */
static bool place(struct store_writer *w, const char *path)
{
    return store_pause(w) && make_parent(w->arena, path) &&
           rename(w->path, path) == 0;
}

/* Rename replaces a body of that name: it has the same bytes, or is broken. */
static bool place_body(struct store_writer *w, struct store_record *record)
{
    record->size = w->size;
    return hash_partial(w, &record->body) &&
           place(w, body_path(w->store, w->arena, record));
}

/* The writer is over; returns `ok`, and leaves errno as it was. */
static bool end_writer(struct store_writer *w, bool ok)
{
    int cause = errno;
    if (ok)
        free_writer(w);
    else
        store_abandon(w);
    errno = cause;
    return ok;
}

static void write_record(struct buf *b, const char *url,
                         const struct store_record *record)
{
    buf_printf(b, FORM "url: %s\nclass: %s\nasked: %" PRId64 "\n", url,
               class_words[record->ended], record->asked);
    if (record->ended != STORE_SAVED)
        return;
    buf_printf(b, "body: %s\nsize: %" PRIu64 "\n", record->body.text,
               record->size);
    add_value(b, "etag", record->etag);
    add_value(b, "last-modified", record->last_modified);
    add_value(b, "type", record->type);
}

bool store_keep(struct store *s, const char *url,
                const struct store_record *record)
{
    struct store_writer *w = store_begin(s);
    if (!w)
        return false;
    struct buf b = buf_make(BUF_LINE);
    write_record(&b, url, record);
    bool ok = store_write(w, b.data, b.len) &&
              place(w, record_path(s, w->arena, url));
    buf_free(&b);
    return end_writer(w, ok);
}

bool store_commit(struct store_writer *w, const char *url,
                  struct store_record *record)
{
    struct store *s = w->store;
    return end_writer(w, place_body(w, record)) && store_keep(s, url, record);
}

void store_abandon(struct store_writer *w)
{
    store_pause(w);
    unlink(w->path);
    free_writer(w);
}

void store_tidy(const struct store *s)
{
    struct arena *a = arena_new();
    char *folder = arena_printf(a, "%s/partial", s->folder);
    DIR *dir = opendir(folder);
    time_t now = time(NULL);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        struct stat st;
        if (fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(st.st_mode) && now - st.st_mtime > STALE_SECONDS)
            unlinkat(dirfd(dir), e->d_name, 0);
    }
    if (dir)
        closedir(dir);
    arena_free(a);
}
