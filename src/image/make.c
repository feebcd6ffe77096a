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

/* Pictures by their bytes' hashes: a table of numbers, from 1, with open
 * addressing; 0 is free. */
struct claims {
    size_t *slots;
    size_t mask; /* their number less one, all bits set */
};

/* One run of image_make. */
struct maker {
    struct image_set *set;
    const struct image_policy *policy;
    struct spool *spool;
    struct worker_pool *workers;
    const char **details; /* of failures, for messages; NULL for none */
    struct hex *hashes;   /* of its bytes; "" where there are none */
    size_t *makers;       /* the picture that is made for all of its bytes */
    struct claims claims; /* guarded by `lock` */
    pthread_mutex_t lock; /* guards the arena, `claims` and `absent` */
    bool absent;          /* the workers' program cannot be started */
    struct progress *progress;
    size_t done; /* pictures, guarded by `lock` */
};

/* `detail` is for people; NULL for none. */
static void set_placeholder(struct maker *m, size_t i, enum image_fault fault,
                            const char *detail)
{
    m->set->wanted[i].image =
        (struct image){.state = IMAGE_PLACEHOLDER, .fault = fault};
    pthread_mutex_lock(&m->lock);
    m->details[i] = detail ? arena_strdup(m->set->arena, detail) : NULL;
    pthread_mutex_unlock(&m->lock);
}

/* The message of a picture that is not in the book. */
static void tell_failure(const struct maker *m, size_t i, struct diag *diag)
{
    const struct wanted *w = &m->set->wanted[i];
    struct arena *a = arena_new();
    enum diag_level level = w->optional ? DIAG_NOTE : DIAG_WARNING;
    const char *text =
        arena_printf(a, "image left out, %s: %s",
                     w->optional ? "not needed" : "placeholder used",
                     image_fault_text(w->image.fault));
    const char *what = w->url ? w->url : "a picture within the article";
    if (m->details[i])
        diag_add(diag, level, w->place, text, "%s: %s", m->details[i], what);
    else
        diag_add(diag, level, w->place, text, "%s", what);
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
    snprintf(fit, sizeof fit, "%ux%u q%u c%u%u%u%u%u %llu %llu", f->width,
             f->height, f->quality, f->colours, f->keep_alpha, f->animation,
             f->slices, f->recode, (unsigned long long)f->max_bytes,
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

static struct claims claims_new(size_t count)
{
    size_t size = 16;
    while (size < 2 * count)
        size *= 2;
    return (struct claims){mem_alloc(size * sizeof(size_t)), size - 1};
}

/* The first that came with the bytes of picture i: itself, if none did. */
static size_t claim(struct maker *m, size_t i)
{
    size_t at = 0;
    for (int digit = 0; digit < 12; digit++)
        at = at * 31 + (unsigned char)m->hashes[i].text[digit];
    pthread_mutex_lock(&m->lock);
    for (;; at++) {
        size_t *slot = &m->claims.slots[at & m->claims.mask];
        if (!*slot)
            *slot = i + 1;
        if (strcmp(m->hashes[*slot - 1].text, m->hashes[i].text) == 0) {
            size_t first = *slot - 1;
            pthread_mutex_unlock(&m->lock);
            return first;
        }
    }
}

static void count_one(struct maker *m)
{
    pthread_mutex_lock(&m->lock);
    size_t done = ++m->done;
    pthread_mutex_unlock(&m->lock);
    progress_show(m->progress, "making pictures: %zu of %zu", done,
                  m->set->wanted_count);
}

/* Read a picture's bytes, and make it unless that is done for the same bytes
 * elsewhere. */
static void make_one(void *context, size_t i)
{
    struct maker *m = context;
    struct buf file = buf_make(BUF_MEMBER);
    enum image_fault fault = IMAGE_LEFT_OUT;
    count_one(m);
    m->makers[i] = i;
    if (!m->policy->none)
        fault = image_acquire(m->set, m->policy, m->spool, i, &file);
    if (fault == IMAGE_OK) {
        m->hashes[i] = hash_bytes(buf_view(&file));
        m->makers[i] = claim(m, i);
        if (m->makers[i] == i)
            fit(m, i, buf_view(&file));
    } else {
        set_placeholder(m, i, fault, NULL);
    }
    buf_free(&file);
}

/* Pictures of equal bytes share what became of the one that was made, also its
 * failure. */
static void share(struct maker *m)
{
    for (size_t i = 0; i < m->set->wanted_count; i++) {
        const struct image *made = &m->set->wanted[m->makers[i]].image;
        if (m->makers[i] == i)
            continue;
        m->set->wanted[i].image = *made;
        m->details[i] = m->details[m->makers[i]];
    }
}

/* The files of the book: each name once, in the order of first use. */
static void list_files(const struct maker *m)
{
    struct image_set *set = m->set;
    size_t count = 0, n = set->wanted_count;
    bool *listed = mem_alloc(n * sizeof *listed);
    for (size_t i = 0; i < n; i++)
        count += set->wanted[i].image.file_count;
    set->files = arena_alloc(set->arena, (count + 1) * sizeof *set->files);
    for (size_t i = 0; i < n; i++) {
        const struct image *image = &set->wanted[i].image;
        for (size_t k = 0; !listed[m->makers[i]] && k < image->file_count; k++)
            set->files[set->file_count++] = &image->files[k];
        listed[m->makers[i]] = true;
    }
    free(listed);
}

void image_make(struct image_set *set, const struct image_policy *policy,
                struct spool *spool, struct pool *pool, struct diag *diag)
{
    size_t n = set->wanted_count;
    struct maker m = {.set = set, .policy = policy, .spool = spool};
    if (!policy->none)
        image_sources(set, policy, diag);
    m.workers = worker_pool_new(policy->workers, NULL, policy->jobs);
    m.details = mem_alloc(n * sizeof *m.details);
    m.hashes = mem_alloc(n * sizeof *m.hashes);
    m.makers = mem_alloc(n * sizeof *m.makers);
    m.claims = claims_new(n);
    pthread_mutex_init(&m.lock, NULL);
    m.progress = progress_new(policy->progress);
    pool_each(pool, n, make_one, &m);
    progress_free(m.progress);
    share(&m);
    list_files(&m);
    if (m.absent)
        diag_add(diag, DIAG_ERROR, (struct diag_place){.file = policy->workers},
                 "feedbind-image cannot be started", NULL);
    for (size_t i = 0; !policy->none && i < n; i++)
        if (set->wanted[i].image.state == IMAGE_PLACEHOLDER)
            tell_failure(&m, i, diag);
    worker_pool_free(m.workers);
    pthread_mutex_destroy(&m.lock);
    free(m.claims.slots);
    free(m.makers);
    free(m.details);
    free(m.hashes);
}

unsigned image_small(const struct image *image, const struct image_ref *ref)
{
    uint64_t w = image->source.width, h = image->source.height;
    uint64_t width = ref->width;
    if (!w || !h)
        return 0;
    if (!width && ref->height)
        width = (w * ref->height + h / 2) / h;
    else if (!width)
        width = w * 1000 / (ref->density ? ref->density : 1000);
    bool small = width <= IMAGE_SMALL_WIDTH &&
                 (width * h + w / 2) / w <= IMAGE_SMALL_HEIGHT;
    return small ? (unsigned)(width ? width : 1) : 0;
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
