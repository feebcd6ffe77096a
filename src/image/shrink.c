/* Pictures made again for a book that has to be smaller: all of them at the
 * same lower quality, and below a floor in smaller boxes too.
 *
 * These levels are counted from 1. Which one is needed is estimated from a
 * sample, so that as a rule the pictures are made only once more. Nothing
 * depends on the order in which threads work. */
#include "image/workshop.h"

#include "base/mem.h"
#include "base/progress.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    QUALITY_TOP = 94,
    QUALITY_STEP = 2, /* about a thirtieth of the bytes */
    QUALITY_STEPS = 28,
    QUALITY_FLOOR = QUALITY_TOP - (QUALITY_STEPS - 1) * QUALITY_STEP,
    BOX_STEPS = 24,
    BOX_PERCENT = 95, /* of the sides before: about a tenth of the bytes */
    LAST_LEVEL = QUALITY_STEPS + BOX_STEPS,
    SAMPLE = 12,          /* pictures of a kind */
    CERTAIN_PERCENT = 98, /* of what there is room for; samples are not exact */
};

/* What changes at different levels: JPEGs that were left as they came may be
 * better than those made here, and drawings have no quality to lower. */
enum kind { KEPT, PHOTOGRAPH, DRAWING, KIND_COUNT };

/* Pictures of a kind, by their numbers. */
struct group {
    size_t *pictures, *sample;
    size_t count, sample_count;
    uint64_t bytes; /* as they are */
};

struct remade {
    uint64_t bytes;
    struct image image;
};

struct shrinking {
    struct workshop shop;
    struct image_set *set;
    const struct fit *base; /* what the pictures were made for at first */
    struct pool *pool;
    struct group groups[KIND_COUNT];
    struct remade *remade;              /* by wanted picture */
    uint64_t estimates[LAST_LEVEL + 1]; /* by level; 0: not known yet */
    struct progress *progress;
};

/* ---- levels ---- */

static unsigned level_quality(unsigned level)
{
    return level < QUALITY_STEPS ? QUALITY_TOP - (level - 1) * QUALITY_STEP
                                 : QUALITY_FLOOR;
}

/* Drawings keep the quality that they would have, were they no PNG. */
static struct fit level_fit(const struct fit *base, enum kind kind,
                            unsigned level)
{
    unsigned quality = level_quality(level);
    struct fit fit = *base;
    fit.recode = 1;
    bool other =
        quality < base->quality || (kind == KEPT && level <= QUALITY_STEPS);
    if (kind != DRAWING && other)
        fit.quality = quality;
    for (unsigned i = QUALITY_STEPS; i < level; i++) {
        fit.width = fit.width * BOX_PERCENT / 100;
        fit.height = fit.height * BOX_PERCENT / 100;
    }
    return fit;
}

/* Do pictures of the kind change at this level? */
static bool changes(enum kind kind, const struct fit *base, unsigned level)
{
    return level > QUALITY_STEPS || kind == KEPT ||
           (kind == PHOTOGRAPH && level_quality(level) < base->quality);
}

/* ---- groups ---- */

static uint64_t bytes_of(const struct image *image)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < image->file_count; i++)
        sum += image->files[i].data.n;
    return sum;
}

uint64_t image_bytes(const struct image_set *set)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < set->file_count; i++)
        sum += set->files[i]->data.n;
    return sum;
}

static enum kind kind_of(const struct image *image)
{
    if (image->kept)
        return KEPT;
    for (size_t i = 0; i < image->file_count; i++)
        if (strcmp(image->files[i].media_type, "image/jpeg") == 0)
            return PHOTOGRAPH;
    return DRAWING;
}

/* `count` of them, evenly spread. */
static void take_sample(struct group *g)
{
    g->sample_count = g->count < SAMPLE ? g->count : SAMPLE;
    for (size_t i = 0; i < g->sample_count; i++)
        g->sample[i] = g->pictures[i * g->count / g->sample_count];
}

/* In the order of first use, whichever of several pictures with the same
 * bytes was made. */
static void group_pictures(struct shrinking *s)
{
    const struct wanted *wanted = s->set->wanted;
    size_t *makers = mem_alloc(s->set->wanted_count * sizeof *makers);
    size_t n = image_makers(s->set, makers);
    for (size_t k = 0; k < KIND_COUNT; k++) {
        s->groups[k].pictures = mem_alloc(n * sizeof(size_t));
        s->groups[k].sample = mem_alloc(SAMPLE * sizeof(size_t));
    }
    for (size_t i = 0; i < n; i++) {
        const struct image *image = &wanted[makers[i]].image;
        struct group *g = &s->groups[kind_of(image)];
        if (image->state != IMAGE_SHOWN)
            continue;
        g->pictures[g->count++] = makers[i];
        g->bytes += bytes_of(image);
    }
    for (size_t k = 0; k < KIND_COUNT; k++)
        take_sample(&s->groups[k]);
    free(makers);
}

/* ---- making them again ---- */

/* Some pictures at one level. */
struct pass {
    struct shrinking *s;
    const size_t *pictures;
    struct fit fit;
    bool keep; /* what is made, not only its size */
};

/* Make one again; one that becomes no smaller, or cannot be made, stays as it
 * is. */
static void remake(void *context, size_t k)
{
    const struct pass *pass = context;
    struct shrinking *s = pass->s;
    size_t i = pass->pictures[k];
    struct remade *r = &s->remade[i];
    struct saved file;
    *r = (struct remade){bytes_of(&s->set->wanted[i].image),
                         s->set->wanted[i].image};
    if (image_acquire(s->set, s->shop.policy, s->shop.spool, i, &file) !=
        IMAGE_OK)
        return;
    struct made made = workshop_make(&s->shop, &pass->fit, &file);
    if (made.end == WORKER_DONE && made.reply.result == RESULT_MADE &&
        made.reply.size < r->bytes) {
        r->bytes = made.reply.size;
        if (pass->keep)
            r->image = workshop_keep(&s->shop, i, &made);
    }
    buf_free(&made.bytes);
    close(file.fd);
}

/* Make pictures of a kind again at this level, all or a sample: the bytes that
 * they have then. */
static uint64_t remake_all(struct shrinking *s, enum kind kind, unsigned level,
                           bool all)
{
    const struct group *g = &s->groups[kind];
    size_t count = all ? g->count : g->sample_count;
    struct pass pass = {.s = s,
                        .pictures = all ? g->pictures : g->sample,
                        .fit = level_fit(s->base, kind, level),
                        .keep = all};
    uint64_t sum = 0;
    progress_show(s->progress, "making pictures smaller: quality %u, %ux%u",
                  pass.fit.quality, pass.fit.width, pass.fit.height);
    pool_each(s->pool, count, remake, &pass);
    for (size_t i = 0; i < count; i++)
        sum += s->remade[pass.pictures[i]].bytes;
    return sum;
}

static uint64_t sample_bytes(const struct shrinking *s, const struct group *g)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < g->sample_count; i++)
        sum += bytes_of(&s->set->wanted[g->sample[i]].image);
    return sum;
}

/* What all pictures would have at this level, about. */
static uint64_t estimate(struct shrinking *s, unsigned level)
{
    uint64_t sum = 0;
    if (s->estimates[level])
        return s->estimates[level];
    for (enum kind k = 0; k < KIND_COUNT; k++) {
        const struct group *g = &s->groups[k];
        uint64_t before = sample_bytes(s, g), share = 1 << 16;
        if (before > 0 && changes(k, s->base, level))
            share = (remake_all(s, k, level, false) << 16) / before;
        sum += ((g->bytes * share) >> 16) + 1;
    }
    return s->estimates[level] = sum;
}

/* The first level from `low` on at which pictures have `bytes` at most, or
 * else the last one. */
static unsigned find_level(struct shrinking *s, unsigned low, uint64_t bytes)
{
    unsigned high = LAST_LEVEL;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        if (estimate(s, middle) <= bytes / 100 * CERTAIN_PERCENT)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* All pictures at this level, kept: their bytes. */
static uint64_t make_level(struct shrinking *s, unsigned level)
{
    uint64_t sum = 0;
    for (enum kind k = 0; k < KIND_COUNT; k++) {
        if (changes(k, s->base, level))
            sum += remake_all(s, k, level, true);
        else
            sum += s->groups[k].bytes;
    }
    return sum;
}

/* Where the estimate was too low, it is for what comes next as well. Steps
 * grow, so that there are few. */
static unsigned choose_level(struct shrinking *s, uint64_t bytes)
{
    unsigned level = find_level(s, 1, bytes);
    for (unsigned step = 1;; step *= 2) {
        uint64_t made = make_level(s, level);
        if (made <= bytes || level == LAST_LEVEL)
            return level;
        uint64_t share = (estimate(s, level) << 16) / made;
        unsigned next = level + step < LAST_LEVEL ? level + step : LAST_LEVEL;
        level = find_level(s, next, (bytes * share) >> 16);
    }
}

static void take_over(struct shrinking *s, unsigned level)
{
    struct wanted *wanted = s->set->wanted;
    for (enum kind k = 0; k < KIND_COUNT; k++)
        for (size_t i = 0; changes(k, s->base, level) && i < s->groups[k].count;
             i++) {
            size_t n = s->groups[k].pictures[i];
            wanted[n].image = s->remade[n].image;
        }
    for (size_t i = 0; i < s->set->wanted_count; i++)
        wanted[i].image = wanted[wanted[i].maker].image;
    image_list_files(s->set);
}

struct fit image_shrink(struct image_set *set,
                        const struct image_policy *policy, uint64_t bytes,
                        struct spool *spool, struct pool *pool)
{
    struct shrinking s = {.set = set, .base = &policy->fit, .pool = pool};
    unsigned level = 0;
    workshop_open(&s.shop, set, policy, spool);
    s.remade = mem_alloc(set->wanted_count * sizeof *s.remade);
    s.progress = progress_new(policy->progress);
    group_pictures(&s);
    if (image_bytes(set) > bytes) {
        level = choose_level(&s, bytes);
        take_over(&s, level);
    }
    progress_free(s.progress);
    for (size_t k = 0; k < KIND_COUNT; k++) {
        free(s.groups[k].pictures);
        free(s.groups[k].sample);
    }
    free(s.remade);
    workshop_close(&s.shop);
    return level ? level_fit(&policy->fit, PHOTOGRAPH, level) : policy->fit;
}
