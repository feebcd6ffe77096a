#include "net/fetch_int.h"
#include "net/fetch_origins.h"
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
    struct origins *origins;
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

/* Put a success into the store: a new body, or an old one that is current. */
static bool record_saved(struct fetch *f, struct transfer *t,
                         struct store_record *r)
{
    const char *url = t->errand->job->url;
    struct store_writer *w = t->writer;
    t->writer = NULL;
    *r = t->errand->old;
    if (w)
        *r = t->had > 0 ? t->errand->part.first : (struct store_record){0};
    r->ended = STORE_SAVED;
    r->asked = (int64_t)time(NULL);
    transfer_describe(t, r);
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
    if (!saved && e->retries > 0)
        detail = arena_printf(e->arena, "%s, asked %d times", detail,
                              (int)e->retries + 1);
    if (!saved && e->saved)
        detail = arena_printf(e->arena, "kept as it was: %s", detail);
    f->watch->done(f->watch->context, number_of(f, e),
                   &(struct fetch_outcome){r.ended, r.size, detail});
}

static void end_errand(struct errand *e)
{
    if (e->part.writer)
        store_abandon(e->part.writer);
    e->part.writer = NULL;
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

static void open_errand(struct fetch *f, struct errand *e)
{
    e->arena = arena_new();
    e->url = url_parse(e->arena, str_of(e->job->url), NULL);
    if (e->job->referer && *e->job->referer)
        e->article = url_parse(e->arena, str_of(e->job->referer), NULL);
    e->saved = store_find(f->store, e->job->url, e->arena, &e->old) &&
               e->old.ended == STORE_SAVED;
}

/* May the errand's url be asked now? Else it is over. */
static bool may_start(struct fetch *f, struct errand *e)
{
    struct verdict v;
    if (!e->arena) /* neither a redirect nor a retry brought it here */
        open_errand(f, e);
    const char *given_up = NULL;
    if (errand_allowed(e, f->policy, &v)) {
        given_up = origins_given_up(f->origins, e->url);
        if (!given_up)
            return true;
        v.ended = STORE_UNREACHABLE;
        v.detail =
            arena_printf(e->arena, "its host was given up: %s", given_up);
    }
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

/* Start what may start; true if anything was. */
static bool start_some(struct fetch *f)
{
    size_t job;
    bool started = false;
    while (!f->store_errno && f->active < f->policy->total &&
           queue_take(f->queue, now_ms(), &job)) {
        struct errand *e = &f->errands[job];
        if (!may_start(f, e)) {
            queue_done(f->queue, job);
            continue;
        }
        struct transfer *t = idle_transfer(f);
        transfer_start(t, e);
        t->started_ms = now_ms();
        curl_multi_add_handle(f->multi, t->easy);
        f->active++;
        started = true;
    }
    return started;
}

/* The host is in trouble, and rests for as long as is returned. What was out
 * together is one trouble; the more of them in a row, the longer. */
static uint64_t rest_host(struct fetch *f, const struct errand *e,
                          const struct verdict *v)
{
    size_t number = number_of(f, e);
    if (v->says_when && v->wait_ms >= f->policy->total_ms) {
        origins_give_up(f->origins, e->url);
        return v->wait_ms;
    }
    uint64_t rests = queue_rests(f->queue, number)
                         ? origins_rests(f->origins, e->url)
                         : origins_rest(f->origins, e->url);
    uint64_t wait = v->says_when ? v->wait_ms
                                 : retry_backoff(f->policy->retry_ms,
                                                 rests > 0 ? rests - 1 : 0);
    if (!origins_given_up(f->origins, e->url))
        queue_rest(f->queue, number, now_ms() + wait);
    return wait;
}

/* Milliseconds until the errand, which asked this, may be tried again; whose
 * trouble it is, is looked at more closely. */
static uint64_t wait_for_retry(struct fetch *f, const struct errand *e,
                               const struct url *asked, struct verdict *v)
{
    if (v->trouble == TROUBLE_NONE) {
        origins_well(f->origins, asked);
        return 0;
    }
    if (origins_trouble(f->origins, asked, v->trouble == TROUBLE_HOST,
                        v->detail)) {
        v->trouble = TROUBLE_HOST;
        return rest_host(f, e, v);
    }
    return v->says_when ? v->wait_ms
                        : retry_backoff(f->policy->retry_ms, e->retries);
}

static bool is_worth_retry(const struct fetch *f, const struct errand *e,
                           const struct verdict *v, uint64_t wait)
{
    const struct fetch_policy *p = f->policy;
    return v->trouble != TROUBLE_NONE && e->retries < p->retries &&
           wait < p->total_ms && e->spent_ms < p->total_ms - wait;
}

/* The host of one in trouble rests, so that the errand waits with all the
 * others of that host, and behind them: another may fare better. Else it waits
 * alone. */
static void retry(struct fetch *f, struct errand *e, const struct verdict *v,
                  uint64_t wait)
{
    e->retries++;
    e->spent_ms += wait;
    if (v->trouble == TROUBLE_HOST)
        queue_add(f->queue, number_of(f, e), e->url->host, false);
    else
        queue_add_later(f->queue, number_of(f, e), e->url->host,
                        now_ms() + wait);
}

static void release(struct fetch *f, struct transfer *t)
{
    size_t number = number_of(f, t->errand);
    curl_multi_remove_handle(f->multi, t->easy);
    transfer_reset(t);
    f->active--;
    queue_done(f->queue, number);
}

static void end_transfer(struct fetch *f, struct transfer *t, CURLcode code)
{
    struct errand *e = t->errand;
    const struct url *asked = e->url;
    e->spent_ms += now_ms() - t->started_ms;
    struct verdict v = transfer_judge(t, code);
    if (t->stop == STOP_STORE) {
        f->store_errno = t->store_errno;
        release(f, t);
        return;
    }
    uint64_t wait = wait_for_retry(f, e, asked, &v);
    bool again = is_worth_retry(f, e, &v, wait);
    if (again)
        transfer_keep_part(t);
    else if (!v.redirected)
        finish(f, e, t, &v);
    release(f, t);
    if (again)
        retry(f, e, &v, wait);
    else if (v.redirected)
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

/* Let the queue know which hosts have answered, and not with a complaint. */
static void note_answers(struct fetch *f)
{
    for (size_t i = 0; i < f->policy->total; i++) {
        struct transfer *t = &f->transfers[i];
        if (!t->answered || t->noticed ||
            retry_trouble(transfer_status(t), false) != TROUBLE_NONE)
            continue;
        t->noticed = true;
        queue_answered(f->queue, number_of(f, t->errand));
    }
}

/* Milliseconds until something may have to be done here. */
static int patience(const struct fetch *f)
{
    uint64_t now = now_ms(), wakes = queue_wakes(f->queue);
    if (f->active == f->policy->total) /* who wakes has to wait */
        return TICK_MS;
    if (wakes <= now)
        return 0;
    return wakes - now < TICK_MS ? (int)(wakes - now) : TICK_MS;
}

static void run(struct fetch *f)
{
    int running;
    for (;;) {
        bool started = start_some(f);
        if (f->store_errno ||
            (f->active == 0 && queue_wakes(f->queue) == UINT64_MAX))
            return;
        if (!started)
            curl_multi_poll(f->multi, NULL, 0, patience(f), NULL);
        curl_multi_perform(f->multi, &running);
        note_answers(f);
        end_some(f);
        tell_progress(f);
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
    f.origins = origins_new(policy->retries);
    f.errands = mem_alloc(count * sizeof *f.errands);
    f.multi = curl_multi_init();
    if (!f.multi)
        mem_exhausted();
    curl_multi_setopt(f.multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
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
    origins_free(f.origins);
    reach_free(f.reach);
    return f.store_errno;
}
