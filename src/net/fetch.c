#include "net/fetch_int.h"
#include "net/fetch_queue.h"

#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

enum { TICK_MS = 200 };

struct fetch {
    struct store *store;
    const struct fetch_policy *policy;
    const struct fetch_watch *watch;
    struct reach *reach;
    struct queue *queue;
    CURLM *multi;
    struct errand *errands;     /* as many as jobs */
    struct transfer *transfers; /* policy->total */
    size_t active;
    uint64_t received;
    uint64_t shown_ms; /* when progress was last told */
    int store_errno;   /* what ended it all */
};

static uint64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static size_t number_of(const struct fetch *f, const struct errand *e)
{
    return (size_t)(e - f->errands);
}

/* --- how errands end -------------------------------------------------- */

/* A header that a 304 left out has not changed (RFC 9110 section 15.4.5). */
static void take_validators(struct store_record *r, const struct transfer *t)
{
    const char *etag = transfer_header(t, "etag");
    const char *modified = transfer_header(t, "last-modified");
    const char *type = transfer_header(t, "content-type");
    r->etag = etag ? etag : r->etag;
    r->last_modified = modified ? modified : r->last_modified;
    r->type = type ? type : r->type;
}

/* Put a success into the store: a new body, or an old one that is current. */
static bool record_saved(struct fetch *f, struct transfer *t,
                         struct store_record *r)
{
    const char *url = t->errand->job->url;
    struct store_writer *w = t->writer;
    t->writer = NULL;
    *r = t->errand->old;
    if (w)
        *r = (struct store_record){.ended = STORE_SAVED};
    r->asked = (int64_t)time(NULL);
    take_validators(r, t);
    return w ? store_commit(w, url, r) : store_keep(f->store, url, r);
}

/* Put a failure into the store, unless it has the picture. */
static bool record_failure(struct fetch *f, struct errand *e,
                           const struct verdict *v, struct store_record *r)
{
    *r = e->old;
    if (e->saved)
        return true;
    *r = (struct store_record){.ended = v->ended, .asked = (int64_t)time(NULL)};
    return store_keep(f->store, e->job->url, r);
}

/* The errand is over; t is NULL if nothing was asked. */
static void finish(struct fetch *f, struct errand *e, struct transfer *t,
                   const struct verdict *v)
{
    struct store_record r;
    bool saved = t && v->ended == STORE_SAVED;
    if (!(saved ? record_saved(f, t, &r) : record_failure(f, e, v, &r)))
        f->store_errno = errno ? errno : EIO;
    if (f->store_errno)
        return;
    const char *detail = v->detail;
    if (!saved && e->saved)
        detail = arena_printf(e->arena, "kept as it was: %s", detail);
    f->watch->done(f->watch->context, number_of(f, e),
                   &(struct fetch_outcome){r.ended, r.size, detail});
}

static void end_errand(struct errand *e)
{
    arena_free(e->arena);
    e->arena = NULL;
}

/* --- how they go ------------------------------------------------------ */

/* Let the errand wait for its host's turn. */
static void enqueue(struct fetch *f, struct errand *e)
{
    struct arena *a = arena_new();
    struct url *url = url_parse(a, str_of(e->job->url), NULL);
    queue_add(f->queue, number_of(f, e), url && url->host ? url->host : "",
              false);
    arena_free(a);
}

static bool open_errand(struct fetch *f, struct errand *e)
{
    struct verdict v;
    if (e->arena) /* a redirect brought it here */
        return true;
    e->arena = arena_new();
    e->url = url_parse(e->arena, str_of(e->job->url), NULL);
    if (e->job->referer && *e->job->referer)
        e->article = url_parse(e->arena, str_of(e->job->referer), NULL);
    e->saved = store_find(f->store, e->job->url, e->arena, &e->old) &&
               e->old.ended == STORE_SAVED;
    if (errand_allowed(e, f->policy, &v))
        return true;
    finish(f, e, NULL, &v);
    end_errand(e);
    return false;
}

static struct transfer *idle_transfer(struct fetch *f)
{
    struct transfer *t = f->transfers;
    while (t->errand)
        t++;
    return t;
}

static void start_some(struct fetch *f)
{
    size_t job;
    while (!f->store_errno && f->active < f->policy->total &&
           queue_take(f->queue, &job)) {
        struct errand *e = &f->errands[job];
        if (!open_errand(f, e)) {
            queue_done(f->queue, job);
            continue;
        }
        struct transfer *t = idle_transfer(f);
        transfer_start(t, e);
        t->started_ms = now_ms();
        curl_multi_add_handle(f->multi, t->easy);
        f->active++;
    }
}

static void end_transfer(struct fetch *f, struct transfer *t, CURLcode code)
{
    struct errand *e = t->errand;
    e->spent_ms += now_ms() - t->started_ms;
    struct verdict v = transfer_judge(t, code);
    if (t->stop == STOP_STORE)
        f->store_errno = t->store_errno;
    else if (!v.redirected)
        finish(f, e, t, &v);
    curl_multi_remove_handle(f->multi, t->easy);
    transfer_reset(t);
    f->active--;
    queue_done(f->queue, number_of(f, e));
    if (v.redirected)
        queue_add(f->queue, number_of(f, e), e->url->host, true);
    else
        end_errand(e);
}

static void end_some(struct fetch *f)
{
    int left;
    for (CURLMsg *m; (m = curl_multi_info_read(f->multi, &left));) {
        struct transfer *t = NULL;
        CURLcode code = m->data.result;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&t);
        end_transfer(f, t, code);
    }
}

static void tell_progress(struct fetch *f)
{
    uint64_t now = now_ms();
    if (now - f->shown_ms < TICK_MS)
        return;
    f->shown_ms = now;
    f->watch->progress(f->watch->context, f->received);
}

static void run(struct fetch *f)
{
    int running;
    for (;;) {
        start_some(f);
        if (f->active == 0 || f->store_errno)
            return;
        curl_multi_perform(f->multi, &running);
        end_some(f);
        tell_progress(f);
        if (running > 0)
            curl_multi_poll(f->multi, NULL, 0, TICK_MS, NULL);
    }
}

/* --- setting up ------------------------------------------------------- */

static void open_transfers(struct fetch *f)
{
    f->transfers = mem_alloc(f->policy->total * sizeof *f->transfers);
    for (size_t i = 0; i < f->policy->total; i++) {
        struct transfer *t = &f->transfers[i];
        t->easy = curl_easy_init();
        if (!t->easy)
            mem_exhausted();
        t->policy = f->policy;
        t->reach = f->reach;
        t->store = f->store;
        t->received = &f->received;
    }
}

static void close_transfers(struct fetch *f)
{
    for (size_t i = 0; i < f->policy->total; i++) {
        struct transfer *t = &f->transfers[i];
        if (t->errand) {
            curl_multi_remove_handle(f->multi, t->easy);
            transfer_reset(t);
        }
        curl_easy_cleanup(t->easy);
    }
    free(f->transfers);
}

int fetch_all(struct store *store, const struct fetch_job *jobs, size_t count,
              const struct fetch_policy *policy,
              const struct fetch_watch *watch)
{
    struct fetch f = {.store = store, .policy = policy, .watch = watch};
    f.reach = reach_new();
    f.queue = queue_new(count, policy->per_host);
    f.errands = mem_alloc(count * sizeof *f.errands);
    f.multi = curl_multi_init();
    if (!f.multi)
        mem_exhausted();
    /* Connections that are kept for reuse count, too: curl closes them. */
    curl_multi_setopt(f.multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
                      (long)policy->total);
    open_transfers(&f);
    for (size_t i = 0; i < count; i++) {
        f.errands[i].job = &jobs[i];
        enqueue(&f, &f.errands[i]);
    }
    run(&f);
    close_transfers(&f);
    curl_multi_cleanup(f.multi);
    for (size_t i = 0; i < count; i++)
        end_errand(&f.errands[i]);
    free(f.errands);
    queue_free(f.queue);
    reach_free(f.reach);
    return f.store_errno;
}
