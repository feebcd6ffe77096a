/* Files -> UTF-8. */
#include "feed/feed_int.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

/* What a file is that cannot be read as text, by its first bytes. */
static const char *compressed(struct str s)
{
    static const struct {
        struct str magic;
        const char *what;
    } kinds[] = {
        {{"\x1F\x8B", 2}, "gzip"},
        {{"\xFD"
          "7zXZ",
          5},
         "xz"},
        {{"\x28\xB5\x2F\xFD", 4}, "zstd"},
        {{"PK\x03\x04", 4}, "zip"},
    };
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_starts(s, kinds[i].magic))
            return kinds[i].what;
    return NULL;
}

static const char *read_all(struct decoder *d, struct input_report *report,
                            struct arena *a, int fd)
{
    char chunk[CHUNK];
    for (bool first = true;; first = false) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return arena_printf(a, "cannot be read: %s", strerror(errno));
        if (first && !n)
            return "is empty";
        struct str piece = {chunk, (size_t)n};
        const char *what = first ? compressed(piece) : NULL;
        if (what)
            return arena_printf(a, "is compressed (%s); uncompress it first",
                                what);
        if (first) {
            struct str start = str_sub(piece, 0, sizeof report->head);
            memcpy(report->head, start.p, start.n);
            report->head_length = start.n;
        }
        decode_push(d, piece, n == 0);
        if (n == 0)
            return NULL;
    }
}

static bool looks_like_url(const char *path)
{
    struct str s = str_of(path);
    return str_starts_nocase(s, STR("http://")) ||
           str_starts_nocase(s, STR("https://"));
}

static const char *cannot_open(struct arena *a, const char *path, int error)
{
    if (error == ENOENT && looks_like_url(path))
        return arena_printf(a,
                            "is an address; save the feed first: "
                            "curl -L -o feed.xml '%s'",
                            path);
    return arena_printf(a, "cannot be read: %s", strerror(error));
}

static int open_input(const char *path, const char **error, struct arena *a)
{
    struct stat st;
    if (strcmp(path, "-") == 0)
        return STDIN_FILENO;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        *error = cannot_open(a, path, errno);
    } else if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        *error = "is a folder; name the files in it";
        close(fd);
        fd = -1;
    }
    return fd;
}

void input_read(struct arena *a, const char *path, decode_sink piece,
                void *context, struct input_report *report)
{
    *report = (struct input_report){0};
    int fd = open_input(path, &report->error, a);
    if (fd < 0)
        return;
    struct decoder *d = decode_new(a, &report->decoding, piece, context);
    report->error = read_all(d, report, a, fd);
    decode_free(d);
    if (fd != STDIN_FILENO)
        close(fd);
}
