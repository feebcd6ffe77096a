/* Pictures: saved bytes -> workers -> files of the book. */
#include "image/workshop.h"

#include "base/mem.h"
#include "base/progress.h"
#include "base/url.h"

#include <stdlib.h>
#include <unistd.h>

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
    struct workshop shop;
    struct image_set *set;
    const struct image_policy *policy;
    const char **details; /* of failures, for messages; NULL for none */
    struct claims claims; /* guarded by the shop's lock, as is … */
    bool absent;          /* … whether the workers' program can be started */
    struct progress *progress;
    size_t done; /* pictures, guarded likewise */
};

/* `detail` is for people; NULL for none. */
static void set_placeholder(struct maker *m, size_t i, enum image_fault fault,
                            const char *detail)
{
    m->set->wanted[i].image =
        (struct image){.state = IMAGE_PLACEHOLDER, .fault = fault};
    pthread_mutex_lock(&m->shop.lock);
    m->details[i] = detail ? arena_strdup(m->set->arena, detail) : NULL;
    pthread_mutex_unlock(&m->shop.lock);
}

/* Failures of one class fold where they have one cause: a host. What was not
 * saved has none that is to blame. */
static struct diag_place place_of(const struct wanted *w, struct arena *a)
{
    struct diag_place place = w->place;
    const struct url *u = w->url && w->image.fault != IMAGE_NOT_SAVED
                              ? url_parse(a, str_of(w->url), NULL)
                              : NULL;
    place.group = u ? u->host : NULL;
    return place;
}

/* What a message calls the picture. */
static const char *name_for_people(const struct wanted *w, struct arena *a)
{
    if (w->url)
        return w->url;
    return *w->alt
               ? arena_printf(a, "a picture within the article, \"%s\"", w->alt)
               : "a picture within the article";
}

static void tell_cut(const struct wanted *w, struct diag *diag)
{
    struct arena *a = arena_new();
    diag_add(diag, DIAG_WARNING, w->place,
             "picture cut off; what there is of it is shown", "%s",
             name_for_people(w, a));
    arena_free(a);
}

/* The message of a picture that is not in the book. */
static void tell_failure(const struct maker *m, size_t i, struct diag *diag)
{
    const struct wanted *w = &m->set->wanted[i];
    struct arena *a = arena_new();
    struct diag_place place = place_of(w, a);
    enum diag_level level = w->optional ? DIAG_NOTE : DIAG_WARNING;
    const char *text =
        arena_printf(a, "image left out, %s: %s",
                     w->optional ? "not needed" : "placeholder used",
                     image_fault_text(w->image.fault));
    const char *what = name_for_people(w, a);
    if (m->details[i])
        diag_add(diag, level, place, text, "%s: %s", m->details[i], what);
    else
        diag_add(diag, level, place, text, "%s", what);
    arena_free(a);
}

/* ---- what workers say ---- */

enum image_fault image_fault_of(uint32_t result)
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

static void note_absent(struct maker *m, size_t i)
{
    pthread_mutex_lock(&m->shop.lock);
    m->absent = true;
    pthread_mutex_unlock(&m->shop.lock);
    set_placeholder(m, i, IMAGE_BROKEN, "no worker");
}

static void take_answer(struct maker *m, size_t i, const struct made *made)
{
    struct image *image = &m->set->wanted[i].image;
    if (made->reply.result == RESULT_MADE) {
        *image = workshop_keep(&m->shop, i, made);
        return;
    }
    if (made->reply.result == RESULT_BLANK)
        *image = (struct image){.state = IMAGE_VANISHED};
    else
        set_placeholder(m, i, image_fault_of(made->reply.result),
                        made->bytes.len ? made->bytes.data : NULL);
    image->format = workshop_format(&m->shop, made);
}

static void fit(struct maker *m, size_t i, const struct saved *file)
{
    struct made made = workshop_make(&m->shop, &m->policy->fit, file);
    switch (made.end) {
    case WORKER_ABSENT:
        note_absent(m, i);
        break;
    case WORKER_DIED:
        set_placeholder(m, i, IMAGE_BROKEN, "the decoder failed");
        break;
    case WORKER_DONE:
        take_answer(m, i, &made);
        break;
    }
    buf_free(&made.bytes);
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
    const struct wanted *wanted = m->set->wanted;
    size_t at = 0;
    for (int digit = 0; digit < 12; digit++)
        at = at * 31 + (unsigned char)wanted[i].hash.text[digit];
    pthread_mutex_lock(&m->shop.lock);
    for (;; at++) {
        size_t *slot = &m->claims.slots[at & m->claims.mask];
        if (!*slot)
            *slot = i + 1;
        if (strcmp(wanted[*slot - 1].hash.text, wanted[i].hash.text) == 0) {
            size_t first = *slot - 1;
            pthread_mutex_unlock(&m->shop.lock);
            return first;
        }
    }
}

static void count_one(struct maker *m)
{
    pthread_mutex_lock(&m->shop.lock);
    size_t done = ++m->done;
    pthread_mutex_unlock(&m->shop.lock);
    progress_show(m->progress, "making pictures: %zu of %zu", done,
                  m->set->wanted_count);
}

/* Read a picture's bytes, and make it unless that is done for the same bytes
 * elsewhere. */
static void make_one(void *context, size_t i)
{
    struct maker *m = context;
    struct wanted *w = &m->set->wanted[i];
    struct saved file = {-1, 0};
    enum image_fault fault = IMAGE_LEFT_OUT;
    count_one(m);
    w->maker = i;
    if (!w->shown) {
        w->image.state = IMAGE_VANISHED;
        return;
    }
    if (!m->policy->none)
        fault = image_acquire(m->set, m->policy, m->shop.spool, i, &file);
    if (fault == IMAGE_OK && !hash_file(file.fd, file.size, &w->hash))
        fault = IMAGE_BROKEN;
    if (fault == IMAGE_OK) {
        w->bytes = file.size;
        w->maker = claim(m, i);
        if (w->maker == i)
            fit(m, i, &file);
    } else {
        set_placeholder(m, i, fault, NULL);
    }
    if (file.fd >= 0)
        close(file.fd);
}

/* Pictures of equal bytes share what became of the one that was made, also its
 * failure. */
static void share(struct maker *m)
{
    for (size_t i = 0; i < m->set->wanted_count; i++) {
        struct wanted *w = &m->set->wanted[i];
        if (w->maker == i)
            continue;
        w->image = m->set->wanted[w->maker].image;
        m->details[i] = m->details[w->maker];
    }
}

size_t image_makers(const struct image_set *set, size_t *makers)
{
    size_t n = set->wanted_count, count = 0;
    bool *listed = mem_alloc(n * sizeof *listed);
    for (size_t i = 0; i < n; i++) {
        size_t maker = set->wanted[i].maker;
        if (!listed[maker])
            makers[count++] = maker;
        listed[maker] = true;
    }
    free(listed);
    return count;
}

void image_list_files(struct image_set *set)
{
    size_t *makers = mem_alloc(set->wanted_count * sizeof *makers);
    size_t n = image_makers(set, makers), count = 0;
    for (size_t i = 0; i < n; i++)
        count += set->wanted[makers[i]].image.file_count;
    set->files = arena_alloc(set->arena, (count + 1) * sizeof *set->files);
    set->file_count = 0;
    for (size_t i = 0; i < n; i++) {
        const struct image *image = &set->wanted[makers[i]].image;
        for (size_t k = 0; k < image->file_count; k++)
            set->files[set->file_count++] = &image->files[k];
    }
    free(makers);
}

void image_make(struct image_set *set, const struct image_policy *policy,
                struct spool *spool, struct pool *pool, struct diag *diag)
{
    size_t n = set->wanted_count;
    struct maker m = {.set = set, .policy = policy};
    if (!policy->none)
        image_sources(set, policy, diag);
    workshop_open(&m.shop, set, policy, spool);
    m.details = mem_alloc(n * sizeof *m.details);
    m.claims = claims_new(n);
    m.progress = progress_new(policy->progress);
    pool_each(pool, n, make_one, &m);
    progress_free(m.progress);
    share(&m);
    image_list_files(set);
    if (m.absent)
        diag_add(diag, DIAG_ERROR, (struct diag_place){.file = policy->workers},
                 "feedbind-image cannot be started", NULL);
    for (size_t i = 0; !policy->none && i < n; i++)
        if (set->wanted[i].image.state == IMAGE_PLACEHOLDER)
            tell_failure(&m, i, diag);
        else if (set->wanted[i].image.cut)
            tell_cut(&set->wanted[i], diag);
    workshop_close(&m.shop);
    free(m.claims.slots);
    free(m.details);
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
