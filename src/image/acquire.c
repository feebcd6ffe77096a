#include "image/image_int.h"

#include "base/file.h"
#include "base/mem.h"
#include "image/protocol.h"
#include "net/folder.h"
#include "net/store.h"

#include <stdlib.h>
#include <unistd.h>

/* What the store has, without the strings: the validators are the
 * downloader's. */
struct found {
    bool any;
    struct store_record record;
};

struct image_sources {
    struct arena *arena;
    struct store *store; /* NULL for none */
    const char **files;  /* for each wanted; NULL for none */
    struct found *found; /* for each wanted */
};

/* The first folder that has it. */
static const char *find_file(struct folder *const *folders, size_t count,
                             const struct wanted *w, struct arena *a,
                             struct diag *diag)
{
    for (size_t i = 0; i < count; i++) {
        bool ambiguous = false;
        const char *file =
            folders[i] ? folder_find(folders[i], w->url, a, &ambiguous) : NULL;
        if (file)
            return file;
        if (ambiguous)
            diag_add(diag, DIAG_WARNING, w->place,
                     "several saved files have the picture's name, none used",
                     "%s", w->url);
    }
    return NULL;
}

static void find_files(struct image_sources *s, const struct image_set *set,
                       const struct image_policy *policy, struct diag *diag)
{
    size_t count = policy->folder_count;
    struct folder **folders = mem_alloc(count * sizeof(struct folder *));
    for (size_t i = 0; i < count; i++)
        folders[i] = folder_open(policy->folders[i], diag);
    for (size_t i = 0; i < set->wanted_count; i++) {
        struct arena *scratch = arena_new();
        const struct wanted *w = &set->wanted[i];
        const char *file =
            w->url ? find_file(folders, count, w, scratch, diag) : NULL;
        s->files[i] = file ? arena_strdup(s->arena, file) : NULL;
        arena_free(scratch);
    }
    for (size_t i = 0; i < count; i++)
        folder_close(folders[i]);
    free(folders);
}

const struct image_sources *image_sources(struct image_set *set,
                                          const struct image_policy *policy,
                                          struct diag *diag)
{
    if (set->sources)
        return set->sources;
    struct image_sources *s = mem_alloc(sizeof *s);
    s->arena = arena_new();
    s->files = arena_alloc(s->arena, set->wanted_count * sizeof *s->files);
    if (policy->folder_count > 0)
        find_files(s, set, policy, diag);
    if (policy->cache)
        s->store = store_open(policy->cache);
    s->found = arena_alloc(s->arena, set->wanted_count * sizeof *s->found);
    set->sources = s;
    for (size_t i = 0; i < set->wanted_count; i++)
        image_look_again(set, i);
    return s;
}

void image_sources_close(struct image_sources *sources)
{
    if (!sources)
        return;
    store_close(sources->store);
    arena_free(sources->arena);
    free(sources);
}

const char *image_saved_file(const struct image_sources *sources, size_t number)
{
    return sources->files[number];
}

const struct store_record *image_record(const struct image_sources *sources,
                                        size_t number)
{
    const struct found *found = &sources->found[number];
    return found->any ? &found->record : NULL;
}

void image_look_again(struct image_set *set, size_t number)
{
    const struct image_sources *s = set->sources;
    const char *url = set->wanted[number].url;
    struct found *found = &s->found[number];
    struct arena *a = arena_new();
    found->any = s->store && url && strlen(url) <= STORE_URL_MAX &&
                 store_find(s->store, url, a, &found->record);
    found->record.etag = found->record.last_modified = NULL;
    found->record.type = NULL;
    arena_free(a);
}

static enum image_fault take_data(const struct wanted *w, uint64_t max_bytes,
                                  struct spool *spool, struct saved *out)
{
    if (w->data.n == 0)
        return IMAGE_BROKEN;
    if (w->data.n > max_bytes)
        return IMAGE_TOO_LARGE;
    struct buf bytes = buf_make(BUF_MEMBER);
    bool ok = spool_get(spool, w->data, &bytes);
    *out = (struct saved){ok ? protocol_file(buf_view(&bytes)) : -1, bytes.len};
    buf_free(&bytes);
    return out->fd >= 0 ? IMAGE_OK : IMAGE_BROKEN;
}

/* IMAGE_NOT_SAVED if the file can't be had, so that the store is asked. */
static enum image_fault take_file(const char *path, uint64_t max_bytes,
                                  struct saved *out)
{
    out->fd = file_open(path, &out->size);
    if (out->fd < 0)
        return IMAGE_NOT_SAVED;
    if (out->size <= max_bytes)
        return IMAGE_OK;
    close(out->fd);
    return IMAGE_TOO_LARGE;
}

static enum image_fault fault_of(enum store_class c)
{
    static const enum image_fault faults[STORE_CLASS_COUNT] = {
        [STORE_SAVED] = IMAGE_OK,
        [STORE_NOT_FOUND] = IMAGE_NOT_FOUND,
        [STORE_REFUSED] = IMAGE_REFUSED,
        [STORE_UNREACHABLE] = IMAGE_UNREACHABLE,
        [STORE_TOO_LARGE] = IMAGE_TOO_LARGE,
        [STORE_NOT_AN_IMAGE] = IMAGE_NOT_AN_IMAGE,
    };
    return faults[c];
}

/* Online, what has no record after image_fetch could not be asked for. */
static enum image_fault take_stored(const struct image_sources *s,
                                    size_t number,
                                    const struct image_policy *policy,
                                    struct saved *out)
{
    enum image_fault none =
        policy->offline ? IMAGE_NOT_SAVED : IMAGE_UNREACHABLE;
    const struct store_record *record = image_record(s, number);
    enum image_fault fault = record ? fault_of(record->ended) : none;
    if (fault != IMAGE_OK)
        return fault;
    if (record->size > policy->fetch.max_bytes)
        return IMAGE_TOO_LARGE;
    *out = (struct saved){store_body(s->store, record), record->size};
    return out->fd >= 0 ? IMAGE_OK : none;
}

enum image_fault image_acquire(const struct image_set *set,
                               const struct image_policy *policy,
                               struct spool *spool, size_t number,
                               struct saved *out)
{
    const struct wanted *w = &set->wanted[number];
    const struct image_sources *s = set->sources;
    if (!w->url)
        return take_data(w, policy->fetch.max_bytes, spool, out);
    enum image_fault fault = IMAGE_NOT_SAVED;
    if (s->files[number])
        fault = take_file(s->files[number], policy->fetch.max_bytes, out);
    if (fault == IMAGE_NOT_SAVED)
        fault = strlen(w->url) > STORE_URL_MAX
                    ? IMAGE_REFUSED
                    : take_stored(s, number, policy, out);
    return fault;
}
