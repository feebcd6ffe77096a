/* Pictures: saved bytes -> workers -> files of the book. */
#include "image/image_int.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/progress.h"
#include "image/worker.h"

#include <pthread.h>
#include <stdlib.h>

static const char *const fault_texts[IMAGE_FAULT_COUNT] = {
#define X(id, text) [id] = (text),
    IMAGE_FAULTS(X)
#undef X
};

const char *image_fault_text(enum image_fault fault)
{
    return fault_texts[fault];
}

/* One run of image_make. */
struct maker {
    struct image_set *set;
    const struct image_policy *policy;
    struct spool *spool;
    struct worker_pool *workers;
    struct diag **diags;  /* one for each wanted picture */
    struct hex *hashes;   /* of its bytes; "" where there are none */
    pthread_mutex_t lock; /* guards the arena and `absent` */
    bool absent;          /* the workers' program cannot be started */
    struct progress *progress;
    size_t done; /* pictures, guarded by `lock` */
};

static void set_placeholder(struct maker *m, size_t i, enum image_fault fault,
                            const char *detail)
{
    const struct wanted *w = &m->set->wanted[i];
    m->set->wanted[i].image =
        (struct image){.state = IMAGE_PLACEHOLDER, .fault = fault};
    if (m->policy->none)
        return; /* that is what was asked for */
    struct arena *a = arena_new();
    enum diag_level level = w->optional ? DIAG_NOTE : DIAG_WARNING;
    const char *text =
        arena_printf(a, "image left out, %s: %s",
                     w->optional ? "not needed" : "placeholder used",
                     image_fault_text(fault));
    const char *what = w->url ? w->url : "a picture within the article";
    if (detail)
        diag_add(m->diags[i], level, w->place, text, "%s: %s", detail, what);
    else
        diag_add(m->diags[i], level, w->place, text, "%s", what);
    arena_free(a);
}

/* ---- what workers say ---- */

static enum image_fault fault_of(uint32_t result)
{
    switch (result) {
    case RESULT_NOT_AN_IMAGE:
        return IMAGE_NOT_AN_IMAGE;
    case RESULT_UNKNOWN_FORMAT:
        return IMAGE_UNKNOWN_FORMAT;
    case RESULT_TOO_LARGE:
        return IMAGE_TOO_LARGE;
    default:
        return IMAGE_BROKEN;
    }
}

static const struct {
    const char *ending, *media_type;
} formats[FIT_FORMAT_COUNT] = {
    [FIT_PNG] = {"png", "image/png"},
    [FIT_JPEG] = {"jpg", "image/jpeg"},
    [FIT_GIF] = {"gif", "image/gif"},
};

/* What the names of a picture's files begin with: a hash of what was read,
 * and what it was made for. */
static struct hex stem_of(const struct maker *m, size_t i)
{
    const struct fit *f = &m->policy->fit;
    char fit[128];
    snprintf(fit, sizeof fit, "%ux%u q%u c%u%u%u%u %llu %llu", f->width,
             f->height, f->quality, f->colours, f->keep_alpha, f->animation,
             f->slices, (unsigned long long)f->max_bytes,
             (unsigned long long)f->max_pixels);
    const struct str fields[] = {str_of(m->hashes[i].text), str_of(fit)};
    return hash_fields(fields, ARRAY_LEN(fields));
}

/* The set's arena is guarded by the caller's lock. */
static const char *name_of(const struct maker *m, const struct hex *stem,
                           size_t piece, const char *ending)
{
    struct arena *a = m->set->arena;
    return piece
               ? arena_printf(a, "i%.10s-%zu.%s", stem->text, piece + 1, ending)
               : arena_printf(a, "i%.10s.%s", stem->text, ending);
}

static void set_shown(struct maker *m, size_t i,
                      const struct protocol_reply *reply, const char *data,
                      size_t source_bytes)
{
    struct hex stem = stem_of(m, i);
    struct span spans[PIECES_MAX];
    for (size_t k = 0; k < reply->pieces; k++) {
        spans[k] = spool_put(m->spool, data, reply->piece[k].size);
        data += reply->piece[k].size;
    }
    pthread_mutex_lock(&m->lock);
    struct image_file *files =
        arena_alloc(m->set->arena, reply->pieces * sizeof *files);
    for (size_t k = 0; k < reply->pieces; k++) {
        const struct protocol_piece *p = &reply->piece[k];
        files[k] = (struct image_file){
            .name = name_of(m, &stem, k, formats[p->format].ending),
            .media_type = formats[p->format].media_type,
            .data = spans[k],
            .width = p->width,
            .height = p->height};
    }
    pthread_mutex_unlock(&m->lock);
    m->set->wanted[i].image = (struct image){
        .state = IMAGE_SHOWN,
        .files = files,
        .file_count = reply->pieces,
        .source = {source_bytes, reply->source_width, reply->source_height},
        .kept = reply->kept == 1};
}

static void note_absent(struct maker *m, size_t i)
{
    pthread_mutex_lock(&m->lock);
    m->absent = true;
    pthread_mutex_unlock(&m->lock);
    set_placeholder(m, i, IMAGE_BROKEN, "no worker");
}

static void fit(struct maker *m, size_t i, struct str file)
{
    const struct protocol_request request = {.op = OP_FIT,
                                             .fit = m->policy->fit,
                                             .max_source_pixels =
                                                 m->policy->max_pixels};
    struct protocol_reply reply;
    struct buf out = buf_make(BUF_BODY);
    switch (worker_do(m->workers, request, file, &reply, &out)) {
    case WORKER_ABSENT:
        note_absent(m, i);
        break;
    case WORKER_DIED:
        set_placeholder(m, i, IMAGE_BROKEN, "the decoder failed");
        break;
    case WORKER_DONE:
        if (reply.result == RESULT_MADE)
            set_shown(m, i, &reply, out.data, file.n);
        else if (reply.result == RESULT_TINY)
            m->set->wanted[i].image = (struct image){.state = IMAGE_VANISHED};
        else
            set_placeholder(m, i, fault_of(reply.result),
                            out.len ? out.data : NULL);
        break;
    }
    buf_free(&out);
}

/* ---- one after the other, in parallel ---- */

/* Read each picture's bytes and hash them, to find equal ones. */
static void hash_one(void *context, size_t i)
{
    struct maker *m = context;
    struct buf file = buf_make(BUF_MEMBER);
    enum image_fault fault = IMAGE_LEFT_OUT;
    if (!m->policy->none)
        fault = image_acquire(m->set, m->policy, m->spool, i, &file);
    if (fault == IMAGE_OK)
        m->hashes[i] = hash_bytes(buf_view(&file));
    else
        set_placeholder(m, i, fault, NULL);
    buf_free(&file);
}

struct same {
    const struct hex *hash;
    size_t number;
};

static int by_hash(const void *a, const void *b)
{
    const struct same *x = a, *y = b;
    int c = strcmp(x->hash->text, y->hash->text);
    return c ? c : (x->number > y->number) - (x->number < y->number);
}

/* For each picture the first that has the same bytes. */
static size_t *find_firsts(const struct maker *m)
{
    size_t n = m->set->wanted_count;
    size_t *firsts = mem_alloc(n * sizeof *firsts);
    struct same *sorted = mem_alloc(n * sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct same){&m->hashes[i], i};
    if (n)
        qsort(sorted, n, sizeof *sorted, by_hash);
    for (size_t i = 0, first = 0; i < n; i++) {
        if (strcmp(sorted[i].hash->text, sorted[first].hash->text) != 0)
            first = i;
        firsts[sorted[i].number] = sorted[first].number;
    }
    free(sorted);
    return firsts;
}

struct making {
    struct maker *maker;
    const size_t *firsts;
};

static void count_one(struct maker *m)
{
    pthread_mutex_lock(&m->lock);
    size_t done = ++m->done;
    pthread_mutex_unlock(&m->lock);
    progress_show(m->progress, "making pictures: %zu of %zu", done,
                  m->set->wanted_count);
}

static void make_one(void *context, size_t i)
{
    const struct making *making = context;
    struct maker *m = making->maker;
    struct buf file = buf_make(BUF_MEMBER);
    count_one(m);
    if (!*m->hashes[i].text || making->firsts[i] != i)
        return;
    enum image_fault fault =
        image_acquire(m->set, m->policy, m->spool, i, &file);
    if (fault == IMAGE_OK)
        fit(m, i, buf_view(&file));
    else
        set_placeholder(m, i, fault, NULL);
    buf_free(&file);
}

/* Pictures of equal bytes share what became of the first, also its failure,
 * of which each gets a message. */
static void share(struct maker *m, const size_t *firsts)
{
    for (size_t i = 0; i < m->set->wanted_count; i++) {
        const struct image *first = &m->set->wanted[firsts[i]].image;
        if (!*m->hashes[i].text || firsts[i] == i)
            continue;
        if (first->state == IMAGE_PLACEHOLDER)
            set_placeholder(m, i, first->fault, NULL);
        else
            m->set->wanted[i].image = *first;
    }
}

/* The files of the book: each name once, in the order of first use. */
static void list_files(struct image_set *set, const size_t *firsts)
{
    size_t count = 0;
    for (size_t i = 0; i < set->wanted_count; i++)
        count += set->wanted[i].image.file_count;
    set->files = arena_alloc(set->arena, (count + 1) * sizeof *set->files);
    for (size_t i = 0; i < set->wanted_count; i++) {
        const struct image *image = &set->wanted[i].image;
        for (size_t k = 0; firsts[i] == i && k < image->file_count; k++)
            set->files[set->file_count++] = &image->files[k];
    }
}

void image_make(struct image_set *set, const struct image_policy *policy,
                struct spool *spool, struct pool *pool, struct diag *diag)
{
    size_t n = set->wanted_count;
    struct maker m = {.set = set, .policy = policy, .spool = spool};
    if (!policy->none)
        image_sources(set, policy, diag);
    m.workers = worker_pool_new(policy->workers, NULL, policy->jobs);
    m.diags = mem_alloc(n * sizeof *m.diags);
    m.hashes = mem_alloc(n * sizeof *m.hashes);
    pthread_mutex_init(&m.lock, NULL);
    for (size_t i = 0; i < n; i++)
        m.diags[i] = diag_new();
    m.progress = progress_new(policy->progress);
    pool_each(pool, n, hash_one, &m);
    size_t *firsts = find_firsts(&m);
    struct making making = {&m, firsts};
    pool_each(pool, n, make_one, &making);
    progress_free(m.progress);
    share(&m, firsts);
    list_files(set, firsts);
    if (m.absent)
        diag_add(diag, DIAG_ERROR, (struct diag_place){.file = policy->workers},
                 "feedbind-image cannot be started", NULL);
    for (size_t i = 0; i < n; i++)
        diag_join(diag, m.diags[i]);
    worker_pool_free(m.workers);
    pthread_mutex_destroy(&m.lock);
    free(firsts);
    free(m.diags);
    free(m.hashes);
}

enum image_state image_shown(const struct image *image,
                             const struct image_ref *ref)
{
    return image->state == IMAGE_PLACEHOLDER && ref->optional ? IMAGE_VANISHED
                                                              : image->state;
}

const struct image *image_of(const struct image_set *set, size_t article,
                             size_t ref)
{
    return &set->wanted[set->refs[set->first[article] + ref]].image;
}

size_t image_files(const struct image_set *set,
                   const struct image_file *const **files)
{
    *files = set->files;
    return set->file_count;
}
