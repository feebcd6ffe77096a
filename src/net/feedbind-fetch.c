/* The downloader as a program of its own, the only one linked with libcurl.
 *
 *   feedbind-fetch --store DIR [OPTION]...
 *     --limit NAME=VALUE    one of fetch_limits(); may be repeated
 *     --user-agent TEXT
 *
 * Standard input: a line for each picture, "URL<TAB>REFERER", to its end.
 * Standard output: a line for each event:
 *   done N CLASS BYTES DETAIL   picture number N (from 0) has ended
 *   progress BYTES              received so far
 *   fail ERRNO                  the store can't be written; no more comes
 * Exit status: 0, 1 after "fail", 2 for a wrong call. It ends when whoever
 * started it ends.
 *
 * From the environment it takes the proxies (reach.h), and
 *   SSL_CERT_FILE             the authorities to trust, as OpenSSL's
 *   FEEDBIND_ALLOW_PRIVATE=1  to ask addresses that are not public
 *   FEEDBIND_CONNECT_TO       for tests: where hosts are looked for */

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

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static bool read_limit(struct fetch_policy *policy, const char *setting)
{
    size_t count;
    const struct limit *limits = fetch_limits(&count);
    struct arena *a = arena_new();
    bool ok = !limits_read(limits, count, policy, str_of(setting), a);
    arena_free(a);
    return ok;
}

static bool read_options(char **argv, struct fetch_policy *policy,
                         const char **store)
{
    const char *allow = environment("FEEDBIND_ALLOW_PRIVATE");
    policy->allow_private = allow && strcmp(allow, "1") == 0;
    policy->authorities = environment("SSL_CERT_FILE");
    policy->connect_to = environment("FEEDBIND_CONNECT_TO");
    for (char **arg = argv + 1; *arg; arg += 2) {
        if (!arg[1])
            return false;
        if (strcmp(*arg, "--store") == 0)
            *store = arg[1];
        else if (strcmp(*arg, "--user-agent") == 0)
            policy->agent = arg[1];
        else if (strcmp(*arg, "--limit") != 0 || !read_limit(policy, arg[1]))
            return false;
    }
    return *store;
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
