#include "feed/source.h"

#include "base/buf.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    NESTED_MAX = 2,       /* archives within each other */
    CHUNK = 64 * 1024,    /* bytes */
    RATIO_FROM = 1 << 26, /* bytes: what comes to less may be packed well */
};

/* ---- messages ---- */

static void tell(struct finder *f, enum diag_level level, const char *name,
                 const char *text)
{
    diag_add(f->diag, level, (struct diag_place){.file = name}, text, NULL);
    f->failed |= level == DIAG_ERROR;
}

static void tell_error(struct finder *f, const char *name, const char *text,
                       int error)
{
    diag_add(f->diag, DIAG_ERROR, (struct diag_place){.file = name}, text, "%s",
             strerror(error));
    f->failed = true;
}

void source_pass(struct finder *f, const char *name)
{
    if (!f->passed++)
        f->first_passed = name;
}

/* ---- what one is ---- */

static void add_source(struct finder *f, struct source s)
{
    if (!s.saved.known)
        s.saved = saved_date(str_of(s.name));
    vec_push(&f->sources, s);
}

/* One more to look at; false if they are too many. */
static bool count_member(struct finder *f, const char *name)
{
    if (++f->members <= f->policy->max_members)
        return true;
    tell(f, DIAG_ERROR, name,
         "holds too many files; see --limit archive-members");
    return false;
}

static size_t head_of(const struct source *s, int fd, char head[CONTENT_HEAD])
{
    if (s->spool) {
        size_t n = s->span.n < CONTENT_HEAD ? (size_t)s->span.n : CONTENT_HEAD;
        return spool_read(s->spool, s->span, 0, head, n) ? n : 0;
    }
    ssize_t n = pread(fd, head, CONTENT_HEAD, 0);
    return n < 0 ? 0 : (size_t)n;
}

/* ---- unpacking ---- */

/* One file that is being unpacked, and what has come out of it. */
struct unpacking {
    struct finder *finder;
    const struct source *outer;
    uint64_t packed;     /* bytes */
    source_list members; /* whole but for the last */
    uint64_t bytes;
    bool refused; /* it is too much; that was told */
};

static bool take_member(void *context, const struct unpack_member *member)
{
    struct unpacking *u = context;
    struct finder *f = u->finder;
    const char *outer = u->outer->name;
    struct source s = *u->outer;
    s.spool = f->spool;
    s.span = (struct span){0};
    if (*member->name) {
        s.name = arena_printf(f->arena, "%s/%s", outer, member->name);
        s.found = true;
    }
    if (member->address) {
        s.address = arena_strdup(f->arena, member->address);
        s.saved = member->date;
    }
    vec_push(&u->members, s);
    u->refused = !count_member(f, outer);
    return !u->refused;
}

static bool take_data(void *context, struct str bytes)
{
    struct unpacking *u = context;
    struct finder *f = u->finder;
    const struct feed_policy *p = f->policy;
    struct source *s = &u->members.items[u->members.len - 1];
    u->bytes += bytes.n;
    f->bytes += bytes.n;
    const char *fault = NULL;
    if (u->bytes > RATIO_FROM && u->bytes / p->max_ratio > u->packed)
        fault = "is packed too tightly; see --limit archive-ratio";
    else if (f->bytes > p->max_bytes)
        fault = "comes to too many bytes; see --limit archive-bytes";
    if (fault)
        tell(f, DIAG_ERROR, u->outer->name, fault);
    u->refused = fault;
    if (!s->span.n && content_of(bytes) == CONTENT_OTHER)
        return !fault; /* its bytes need not be kept */
    return !fault && spool_grow(f->spool, &s->span, bytes.p, bytes.n);
}

/* Have it unpacked; what came is in u->members. */
static enum unpack_end run_unpacking(struct unpacking *u, int fd,
                                     enum unpack_as as, char *fault)
{
    struct finder *f = u->finder;
    const struct unpack_sink sink = {u, take_member, take_data};
    enum unpack_end end = unpack(f->unpacker, fd, as, &sink, fault);
    if (end == UNPACK_ABSENT)
        tell(f, DIAG_ERROR, u->outer->name,
             "is packed, and feedbind-unpack cannot be started");
    return end;
}

static void settle(struct finder *f, const struct source *s, int fd,
                   unsigned nested);

/* A descriptor of a temporary file that holds what the spool has. */
static int lay_out(const struct source *s)
{
    char block[CHUNK];
    int fd = file_temporary();
    bool ok = fd >= 0;
    for (uint64_t at = 0; ok && at < s->span.n;) {
        uint64_t left = s->span.n - at;
        size_t n = left < CHUNK ? (size_t)left : CHUNK;
        ok = spool_read(s->spool, s->span, at, block, n) &&
             file_write_fd(fd, block, n);
        at += n;
    }
    if (ok && lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static int by_name(const void *a, const void *b)
{
    const struct source *x = a, *y = b;
    int order = str_cmp(str_of(x->name), str_of(y->name));
    if (!order && x->saved.seconds != y->saved.seconds)
        order = x->saved.seconds < y->saved.seconds ? -1 : 1;
    if (!order && x->span.at != y->span.at)
        order = x->span.at < y->span.at ? -1 : 1;
    return order;
}

/* So that nothing depends on the order in which they lie. */
static void sort(source_list *l)
{
    if (l->len)
        qsort(l->items, l->len, sizeof *l->items, by_name);
}

static void settle_members(struct unpacking *u, unsigned nested)
{
    sort(&u->members);
    for (size_t i = 0; i < u->members.len && !u->refused; i++)
        settle(u->finder, &u->members.items[i], -1, nested + 1);
}

static void unpack_source(struct finder *f, const struct source *s, int fd,
                          unsigned nested)
{
    char fault[UNPACK_FAULT_MAX];
    struct stat st;
    struct unpacking u = {.finder = f, .outer = s};
    u.packed = fstat(fd, &st) == 0 ? (uint64_t)st.st_size : 0;
    enum unpack_end end = run_unpacking(&u, fd, UNPACK_BY_CONTENT, fault);
    bool any = u.members.len > 0;
    if (end == UNPACK_DAMAGED && (any || !s->found))
        diag_add(f->diag, any ? DIAG_WARNING : DIAG_ERROR,
                 (struct diag_place){.file = s->name},
                 any ? "is damaged; what could be unpacked is kept"
                     : "cannot be unpacked",
                 "%s", fault);
    f->failed |= end == UNPACK_DAMAGED && !any && !s->found;
    if (!any && s->found)
        source_pass(f, s->name);
    if (end != UNPACK_ABSENT)
        settle_members(&u, nested);
    free(u.members.items);
}

/* What is of no known kind may be Brotli, if a feed comes out. */
static bool unpack_brotli(struct finder *f, const struct source *s, int fd)
{
    char fault[UNPACK_FAULT_MAX], head[CONTENT_HEAD];
    struct stat st;
    struct unpacking u = {.finder = f, .outer = s};
    u.packed = fstat(fd, &st) == 0 ? (uint64_t)st.st_size : 0;
    enum unpack_end end = run_unpacking(&u, fd, UNPACK_BROTLI, fault);
    bool ok = u.members.len == 1 && !u.refused && end != UNPACK_ABSENT;
    if (ok) {
        struct str begin = {head, head_of(&u.members.items[0], -1, head)};
        begin = str_trim(begin);
        ok = str_starts(begin, STR("<")) || str_starts(begin, STR("{")) ||
             (end == UNPACK_DONE && begin.n &&
              content_of(begin) == CONTENT_TEXT);
    }
    if (ok && end == UNPACK_DAMAGED)
        diag_add(f->diag, DIAG_WARNING, (struct diag_place){.file = s->name},
                 "is damaged; what could be unpacked is kept", "%s", fault);
    if (ok)
        add_source(f, u.members.items[0]);
    ok |= u.refused;
    free(u.members.items);
    return ok;
}

/* What was named is listed in any case: reading it tells what is wrong. */
static void settle_plain(struct finder *f, const struct source *s,
                         enum content content)
{
    if (content == CONTENT_TEXT || !s->found)
        add_source(f, *s);
    else
        source_pass(f, s->name);
}

/* Unpack it, or list it, or pass it over. */
static void settle(struct finder *f, const struct source *s, int fd,
                   unsigned nested)
{
    char bytes[CONTENT_HEAD];
    struct str head = {bytes, head_of(s, fd, bytes)};
    if (!head.n && s->found) {
        source_pass(f, s->name);
        return;
    }
    enum content content = content_of(head);
    bool packed = content == CONTENT_PACKED || content == CONTENT_UNKNOWN;
    if (packed && nested >= NESTED_MAX) {
        if (content == CONTENT_PACKED)
            tell(f, DIAG_WARNING, s->name,
                 "is packed within two archives; passed over");
        source_pass(f, s->name);
        return;
    }
    int own = packed && fd < 0 ? lay_out(s) : -1;
    int in = fd < 0 ? own : fd;
    if (packed && in < 0)
        tell_error(f, s->name, "there is no room to unpack it", errno);
    else if (content == CONTENT_PACKED)
        unpack_source(f, s, in, nested);
    else if (content != CONTENT_UNKNOWN || !unpack_brotli(f, s, in))
        settle_plain(f, s, content);
    if (own >= 0)
        close(own);
}

/* ---- what was named ---- */

const char *curl_line(struct arena *a, const char *address)
{
    struct buf line = buf_make(BUF_LINE);
    buf_puts(&line, "curl -L -o feed.xml '");
    for (const char *p = address; *p; p++)
        buf_puts(&line, *p == '\'' ? "%27" : (char[]){*p, '\0'});
    buf_char(&line, '\'');
    const char *text = arena_str(a, buf_view(&line));
    buf_free(&line);
    return text;
}

/* What is no file on disk, such as a pipe: to the spool. */
static void take_pipe(struct finder *f, struct source s, int fd)
{
    char block[CHUNK];
    ssize_t n;
    s.spool = f->spool;
    while ((n = read(fd, block, sizeof block)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            tell_error(f, s.name, "cannot be read", errno);
            return;
        }
        if (!spool_grow(f->spool, &s.span, block, (size_t)n))
            return; /* the spool's error is told in the end */
    }
    settle(f, &s, -1, 0);
}

static void settle_open(struct finder *f, struct source s, int fd)
{
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        settle(f, &s, fd, 0);
    else
        take_pipe(f, s, fd);
}

/* A folder's files. */
struct listing {
    struct finder *finder;
    const char *folder;
    source_list files;
};

static bool take_found(void *context, const char *path)
{
    struct listing *l = context;
    const struct source s = {.name = path, .file = path, .found = true};
    vec_push(&l->files, s);
    return count_member(l->finder, l->folder);
}

static void settle_found(struct finder *f, const struct source *s)
{
    uint64_t size;
    int fd = file_open(s->file, &size);
    if (fd < 0) {
        tell_error(f, s->name, "cannot be read", errno);
        return;
    }
    settle(f, s, fd, 0);
    close(fd);
}

static void take_folder(struct finder *f, const char *named)
{
    struct listing l = {.finder = f, .folder = named};
    const char *error = folder_walk(f->arena, named, take_found, &l);
    if (error)
        tell(f, DIAG_ERROR, named, error);
    sort(&l.files);
    for (size_t i = 0; i < l.files.len && !f->failed; i++)
        settle_found(f, &l.files.items[i]);
    free(l.files.items);
}

static bool looks_like_url(const char *path)
{
    struct str s = str_of(path);
    return str_starts_nocase(s, STR("http://")) ||
           str_starts_nocase(s, STR("https://"));
}

static void take_named(struct finder *f, const char *named)
{
    struct stat st;
    int fd = open(named, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT && looks_like_url(named)) {
        tell(f, DIAG_ERROR, named,
             arena_printf(f->arena, "is an address; save the feed first: %s",
                          curl_line(f->arena, named)));
    } else if (fd < 0) {
        tell_error(f, named, "cannot be read", errno);
    } else if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        take_folder(f, named);
    } else {
        settle_open(f, (struct source){.name = named, .file = named}, fd);
    }
    if (fd >= 0)
        close(fd);
}

void sources_add(struct finder *f, const char *file)
{
    if (strcmp(file, "-") == 0)
        take_pipe(f, (struct source){.name = "standard input"}, STDIN_FILENO);
    else
        take_named(f, file);
}

void sources_find(struct finder *f, const char *named)
{
    f->sources.len = 0;
    f->bytes = 0;
    f->members = f->passed = 0;
    f->failed = false;
    sources_add(f, named);
    sort(&f->sources);
}
