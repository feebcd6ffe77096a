#include "image/workshop.h"

#include "base/mem.h"

static const struct {
    const char *ending, *media_type;
} formats[FIT_FORMAT_COUNT] = {
    [FIT_PNG] = {"png", "image/png"},
    [FIT_JPEG] = {"jpg", "image/jpeg"},
    [FIT_GIF] = {"gif", "image/gif"},
};

struct worker_pool *workshop_hire(const struct image_policy *policy)
{
    return policy->crew
               ? policy->crew
               : worker_pool_new(policy->workers, policy->fonts, policy->jobs);
}

void workshop_dismiss(const struct image_policy *policy,
                      struct worker_pool *workers)
{
    if (!policy->crew)
        worker_pool_free(workers);
}

void workshop_open(struct workshop *w, struct image_set *set,
                   const struct image_policy *policy, struct spool *spool)
{
    *w = (struct workshop){.set = set,
                           .policy = policy,
                           .spool = spool,
                           .workers = workshop_hire(policy)};
    pthread_mutex_init(&w->lock, NULL);
}

void workshop_close(struct workshop *w)
{
    workshop_dismiss(w->policy, w->workers);
    pthread_mutex_destroy(&w->lock);
}

struct made workshop_make(struct workshop *w, const struct fit *fit,
                          const struct saved *file)
{
    const struct protocol_request request = {.op = OP_FIT,
                                             .fit = *fit,
                                             .max_source_pixels =
                                                 w->policy->max_pixels,
                                             .size = file->size};
    struct made made = {.fit = *fit, .bytes = buf_make(BUF_BODY)};
    made.end =
        worker_do(w->workers, request, file->fd, &made.reply, &made.bytes);
    return made;
}

/* What the names of a picture's files begin with: a hash of what was read,
 * and what it was made for. */
static struct hex stem_of(const struct wanted *wanted, const struct fit *f)
{
    char fit[128];
    snprintf(fit, sizeof fit, "%ux%u q%u c%u%u%u%u%u %llu %llu", f->width,
             f->height, f->quality, f->colours, f->keep_alpha, f->animation,
             f->slices, f->recode, (unsigned long long)f->max_bytes,
             (unsigned long long)f->max_pixels);
    const struct str fields[] = {str_of(wanted->hash.text), str_of(fit)};
    return hash_fields(fields, ARRAY_LEN(fields));
}

/* So many digits that nobody can make two pictures of one name. */
static const char *name_of(struct arena *a, const struct hex *stem,
                           size_t piece, const char *ending)
{
    return piece
               ? arena_printf(a, "i%.32s-%zu.%s", stem->text, piece + 1, ending)
               : arena_printf(a, "i%.32s.%s", stem->text, ending);
}

static const struct image_file *add_files(struct workshop *w,
                                          const struct hex *stem,
                                          const struct protocol_reply *reply,
                                          const struct span *spans)
{
    pthread_mutex_lock(&w->lock);
    struct arena *a = w->set->arena;
    struct image_file *files = arena_alloc(a, reply->pieces * sizeof *files);
    for (size_t k = 0; k < reply->pieces; k++) {
        const struct protocol_piece *p = &reply->piece[k];
        files[k] = (struct image_file){
            .name = name_of(a, stem, k, formats[p->format].ending),
            .media_type = formats[p->format].media_type,
            .data = spans[k],
            .width = p->width,
            .height = p->height};
    }
    pthread_mutex_unlock(&w->lock);
    return files;
}

const char *workshop_format(struct workshop *w, const struct made *made)
{
    if (!*made->reply.format)
        return NULL;
    pthread_mutex_lock(&w->lock);
    const char *name = arena_strdup(w->set->arena, made->reply.format);
    pthread_mutex_unlock(&w->lock);
    return name;
}

struct image workshop_keep(struct workshop *w, size_t i,
                           const struct made *made)
{
    const struct protocol_reply *reply = &made->reply;
    const struct wanted *wanted = &w->set->wanted[i];
    const struct hex stem = stem_of(wanted, &made->fit);
    const char *data = made->bytes.data;
    struct span spans[PIECES_MAX];
    for (size_t k = 0; k < reply->pieces; k++) {
        spans[k] = spool_put(w->spool, data, reply->piece[k].size);
        data += reply->piece[k].size;
    }
    return (struct image){
        .state = IMAGE_SHOWN,
        .format = workshop_format(w, made),
        .files = add_files(w, &stem, reply, spans),
        .file_count = reply->pieces,
        .source = {wanted->bytes, reply->source_width, reply->source_height},
        .kept = reply->kept == 1,
        .cut = reply->cut == 1};
}
