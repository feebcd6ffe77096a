/* Starts feedbind-fetch and reads what it says; see its source for the lines
 * that go to and fro. */

#include "image/image_int.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/progress.h"
#include "net/store.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    DAY = 24 * 60 * 60, /* for which a failure is final */
    LINE_MAX_BYTES = 1 << 16,
};

/* A picture that is asked for. */
struct asked {
    size_t number; /* of wanted */
    bool ended;
    enum store_class how;
    char *detail;
};

struct download {
    struct image_set *set;
    const struct image_policy *policy;
    struct diag *diag;
    VEC(struct asked) asked;
    size_t ended;
    uint64_t bytes;
    struct progress *progress;
    int store_errno; /* what the program could not do */
};

/* --- what is missing -------------------------------------------------- */

static bool still_holds(const struct store_record *r, int64_t now)
{
    int64_t age = now - r->asked;
    return r->ended == STORE_SAVED || (age >= 0 && age < DAY);
}

static void list_missing(struct download *d,
                         const struct image_sources *sources)
{
    const struct image_set *set = d->set;
    int64_t now = (int64_t)time(NULL);
    for (size_t i = 0; i < set->wanted_count; i++) {
        const char *url = set->wanted[i].url;
        const struct store_record *record = image_record(sources, i);
        if (!url || strlen(url) > STORE_URL_MAX ||
            image_saved_file(sources, i) ||
            (record && still_holds(record, now) && !d->policy->refresh))
            continue;
        struct asked asked = {.number = i};
        vec_push(&d->asked, asked);
    }
}

/* --- the program ------------------------------------------------------ */

/* What it reads, as a file: no pipe that it could leave us writing to. */
static int write_jobs(const struct download *d)
{
    struct buf b = buf_make(BUF_BODY);
    for (size_t i = 0; i < d->asked.len; i++) {
        const struct wanted *w = &d->set->wanted[d->asked.items[i].number];
        buf_printf(&b, "%s\t%s\n", w->url, w->referer ? w->referer : "");
    }
    int fd = file_temporary();
    if (fd >= 0 && (b.failed || !file_write_fd(fd, b.data, b.len) ||
                    lseek(fd, 0, SEEK_SET) != 0)) {
        int cause = b.failed ? EFBIG : errno;
        close(fd);
        fd = -1;
        errno = cause;
    }
    buf_free(&b);
    return fd;
}

/* Start argv[0] with these as standard input and output; 0 or an errno. */
static int spawn(char *const *argv, int in, int out, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    error = posix_spawn(pid, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Its command line, made in the arena. */
static char **make_argv(const struct image_policy *policy, struct arena *a)
{
    size_t count, n = 0;
    const struct limit *limits = fetch_limits(&count);
    char **argv = arena_alloc(a, (6 + 2 * count) * sizeof *argv);
    argv[n++] = file_join(a, policy->workers, "feedbind-fetch");
    argv[n++] = arena_strdup(a, "--store");
    argv[n++] = arena_strdup(a, policy->cache);
    argv[n++] = arena_strdup(a, "--user-agent");
    argv[n++] = arena_strdup(a, policy->fetch.agent);
    for (size_t i = 0; i < count; i++) {
        argv[n++] = arena_strdup(a, "--limit");
        argv[n++] = arena_printf(a, "%s=%s", limits[i].name,
                                 limit_value(&limits[i], &policy->fetch, a));
    }
    argv[n] = NULL;
    return argv;
}

/* Start the downloader; returns what it says, or NULL and *error. */
static FILE *start(const struct download *d, int in, pid_t *pid, int *error)
{
    struct arena *a = arena_new();
    char **argv = make_argv(d->policy, a);
    int ends[2];
    FILE *says = NULL;
    *error = pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
    if (!*error) {
        *error = spawn(argv, in, ends[1], pid);
        close(ends[1]);
        if (!*error)
            says = fdopen(ends[0], "r");
        if (!says)
            close(ends[0]);
    }
    arena_free(a);
    return says;
}

/* --- what it says ----------------------------------------------------- */

enum { AMOUNT = 32 };

/* "340 kB", "1.2 MB" */
static const char *amount(uint64_t bytes, char out[AMOUNT])
{
    if (bytes < 1000000)
        snprintf(out, AMOUNT, "%" PRIu64 " kB", bytes / 1000);
    else
        snprintf(out, AMOUNT, "%" PRIu64 ".%" PRIu64 " MB", bytes / 1000000,
                 bytes / 100000 % 10);
    return out;
}

/* ", 5 s left", if the rest takes as long as what there was. */
static const char *time_left(const struct download *d, uint64_t ms,
                             char out[AMOUNT])
{
    if (d->ended == 0)
        return "";
    uint64_t left = ms * (d->asked.len - d->ended) / d->ended / 1000;
    if (left < 120)
        snprintf(out, AMOUNT, ", %" PRIu64 " s left", left + 1);
    else
        snprintf(out, AMOUNT, ", %" PRIu64 " min left", left / 60 + 1);
    return out;
}

static void show_progress(const struct download *d)
{
    char bytes[AMOUNT], rate[AMOUNT], left[AMOUNT];
    uint64_t ms = progress_elapsed(d->progress);
    progress_show(d->progress, "downloading: %zu of %zu, %s, %s/s%s", d->ended,
                  d->asked.len, amount(d->bytes, bytes),
                  amount(ms ? d->bytes * 1000 / ms : 0, rate),
                  time_left(d, ms, left));
}

/* "N CLASS BYTES DETAIL" */
static void take_done(struct download *d, struct str rest)
{
    struct str number, word, bytes;
    enum store_class how;
    uint64_t n;
    if (!str_next(&rest, ' ', &number) || !str_next(&rest, ' ', &word) ||
        !str_next(&rest, ' ', &bytes) || !store_class_read(word, &how) ||
        !str_decimal(number, &n))
        return;
    if (n >= d->asked.len || d->asked.items[n].ended)
        return;
    struct asked *asked = &d->asked.items[n];
    asked->ended = true;
    asked->how = how;
    asked->detail = mem_dup(rest.n ? rest.p : "", rest.n);
    d->ended++;
}

static void take_line(struct download *d, struct str line)
{
    struct str word;
    uint64_t n;
    if (!str_next(&line, ' ', &word))
        return;
    if (str_eq(word, STR("done"))) {
        take_done(d, line);
    } else if (str_eq(word, STR("progress")) && str_decimal(line, &n)) {
        d->bytes = n;
        show_progress(d);
    } else if (str_eq(word, STR("fail")) && str_decimal(line, &n)) {
        d->store_errno = (int)n;
    }
}

static void listen_to(struct download *d, FILE *says)
{
    char *line = mem_alloc(LINE_MAX_BYTES);
    d->progress = progress_new(d->policy->progress);
    while (fgets(line, LINE_MAX_BYTES, says)) {
        struct str s = str_of(line);
        if (str_ends(s, STR("\n")))
            s.n--;
        take_line(d, s);
    }
    progress_free(d->progress);
    free(line);
}

/* --- messages --------------------------------------------------------- */

static void tell_error(struct download *d, const char *text, int error)
{
    diag_add(d->diag, DIAG_ERROR, (struct diag_place){0}, text, "%s",
             strerror(error));
}

/* Failures are image_make's warnings; these are the details. In the order of
 * the pictures, not of the answers. */
static void tell_details(struct download *d)
{
    for (size_t i = 0; i < d->asked.len; i++) {
        const struct asked *asked = &d->asked.items[i];
        const struct wanted *w = &d->set->wanted[asked->number];
        bool saved = asked->how == STORE_SAVED;
        if (asked->ended && *asked->detail)
            diag_add(d->diag, DIAG_NOTE, w->place,
                     saved ? "picture of the store asked for again"
                           : "picture not downloaded",
                     "%s: %s", asked->detail, w->url);
    }
}

static void tell_end(struct download *d, int status)
{
    if (d->store_errno)
        tell_error(d, "downloads can't be stored, rest left out",
                   d->store_errno);
    else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        diag_add(d->diag, DIAG_ERROR, (struct diag_place){0},
                 "downloader failed, rest of the pictures left out",
                 WIFSIGNALED(status) ? "signal %d" : "status %d",
                 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

/* --- all of it -------------------------------------------------------- */

static void run(struct download *d)
{
    pid_t pid;
    int error, status = 0;
    int in = write_jobs(d);
    if (in < 0) {
        tell_error(d, "list of pictures can't be written, none downloaded",
                   errno);
        return;
    }
    FILE *says = start(d, in, &pid, &error);
    close(in);
    if (!says) {
        tell_error(d, "feedbind-fetch can't be started, no picture downloaded",
                   error);
        return;
    }
    listen_to(d, says);
    fclose(says);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    for (size_t i = 0; i < d->asked.len; i++)
        image_look_again(d->set, d->asked.items[i].number);
    tell_details(d);
    tell_end(d, status);
}

void image_fetch(struct image_set *set, const struct image_policy *policy,
                 struct diag *diag)
{
    if (policy->none || policy->offline)
        return;
    struct download d = {.set = set, .policy = policy, .diag = diag};
    list_missing(&d, image_sources(set, policy, diag));
    if (d.asked.len > 0 && !policy->cache)
        diag_add(diag, DIAG_ERROR, (struct diag_place){0},
                 "no folder to store pictures in, none downloaded",
                 "HOME is not set; see --cache and --offline");
    else if (d.asked.len > 0)
        run(&d);
    for (size_t i = 0; i < d.asked.len; i++)
        free(d.asked.items[i].detail);
    free(d.asked.items);
}
