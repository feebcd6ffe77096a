/* The downloader as a program of its own, the only one linked with libcurl.
 *
 *   feedbind-fetch --store DIR [--NAME NUMBER]... [--allow-private]
 *
 * Standard input: a line for each picture, "URL<TAB>REFERER", to its end.
 * Standard output: a line for each event:
 *   done N CLASS BYTES DETAIL   picture number N (from 0) has ended
 *   progress BYTES              received so far
 *   fail ERRNO                  the store can't be written; no more comes
 * The numbers are those of struct fetch_policy, --max-bytes and so on; 0 is
 * not allowed. FEEDBIND_ALLOW_PRIVATE=1 in the environment is
 * --allow-private. Exit status: 0, 1 after "fail", 2 for a wrong call. It
 * ends when whoever started it ends. */

#include "base/file.h"
#include "base/mem.h"
#include "net/fetch.h"

#include <curl/curl.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static const struct {
    const char *name;
    size_t offset;
} numbers[] = {
    {"--per-host", offsetof(struct fetch_policy, per_host)},
    {"--total", offsetof(struct fetch_policy, total)},
    {"--connect-ms", offsetof(struct fetch_policy, connect_ms)},
    {"--idle-seconds", offsetof(struct fetch_policy, idle_seconds)},
    {"--total-ms", offsetof(struct fetch_policy, total_ms)},
    {"--redirects", offsetof(struct fetch_policy, redirects)},
    {"--max-bytes", offsetof(struct fetch_policy, max_bytes)},
};

/* True if `name` is a number's option and `text` a number for it. */
static bool read_number(const char *name, const char *text,
                        struct fetch_policy *policy)
{
    uint64_t value = 0;
    for (const char *p = text; *p; p++) {
        if (!chr_digit(*p) || p - text > 14)
            return false;
        value = value * 10 + (uint64_t)(*p - '0');
    }
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        if (strcmp(name, numbers[i].name) == 0) {
            memcpy((char *)policy + numbers[i].offset, &value, sizeof value);
            return value > 0;
        }
    }
    return false;
}

static bool read_options(char **argv, struct fetch_policy *policy,
                         const char **store)
{
    const char *allow = getenv("FEEDBIND_ALLOW_PRIVATE");
    policy->allow_private = allow && strcmp(allow, "1") == 0;
    for (char **arg = argv + 1; *arg; arg++) {
        if (strcmp(*arg, "--allow-private") == 0) {
            policy->allow_private = true;
            continue;
        }
        if (!arg[1])
            return false;
        if (strcmp(*arg, "--store") == 0)
            *store = arg[1];
        else if (!read_number(*arg, arg[1], policy))
            return false;
        arg++;
    }
    return *store && policy->total <= 1000;
}

/* Jobs are views into `text`: tabs and line ends become NUL. */
static struct fetch_job *read_jobs(struct buf *text, size_t *count)
{
    VEC(struct fetch_job) jobs = {0};
    char *end = text->data + text->len;
    for (char *p = text->data; p < end; p++) {
        char *line = p;
        p = memchr(p, '\n', (size_t)(end - p));
        if (!p)
            break;
        *p = '\0';
        char *tab = strchr(line, '\t');
        if (tab)
            *tab++ = '\0';
        struct fetch_job job = {line, tab};
        vec_push(&jobs, job);
    }
    *count = jobs.len;
    return jobs.items;
}

/* A reader that is gone ends the program, as SIGPIPE would. */
static void send_line(void)
{
    if (fputc('\n', stdout) == EOF || fflush(stdout) != 0)
        exit(1);
}

static void tell_done(void *context, size_t job, const struct fetch_outcome *o)
{
    (void)context;
    printf("done %zu %s %" PRIu64 " ", job, store_class_word(o->ended),
           o->bytes);
    for (const char *p = o->detail; *p; p++)
        putchar((unsigned char)*p < 0x20 || *p == 0x7F ? ' ' : *p);
    send_line();
}

static void tell_progress(void *context, uint64_t bytes)
{
    (void)context;
    printf("progress %" PRIu64, bytes);
    send_line();
}

int main(int argc, char **argv)
{
    struct fetch_policy policy = fetch_policy_make();
    const char *folder = NULL;
    if (argc < 1 || !read_options(argv, &policy, &folder)) {
        fputs("feedbind-fetch: a part of feedbind, started by it\n", stderr);
        return 2;
    }
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    struct buf text = buf_make(BUF_BODY);
    if (!file_read_fd(STDIN_FILENO, &text) ||
        curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return 1;
    size_t count;
    struct fetch_job *jobs = read_jobs(&text, &count);
    struct store *store = store_open(folder);
    store_tidy(store);
    struct fetch_watch watch = {.done = tell_done, .progress = tell_progress};
    int error = fetch_all(store, jobs, count, &policy, &watch);
    if (error) {
        printf("fail %d", error);
        send_line();
    }
    store_close(store);
    free(jobs);
    buf_free(&text);
    curl_global_cleanup();
    return error ? 1 : 0;
}
