/* epub_write: pages are rendered and compressed in parallel, then packed. */
#include "epub/epub_int.h"

#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Make the member of one resource. */
static void make_member(void *context, size_t i)
{
    struct epub *e = context;
    struct resource *r = &e->resources[i];
    const char *name = r->member.name;
    if (r->kind == RESOURCE_FILE && strcmp(r->type, "text/css") != 0) {
        r->member = zip_store(name, r->data, e->spool);
        return;
    }
    struct buf text = buf_make(BUF_MEMBER);
    if (r->kind == RESOURCE_FILE)
        spool_get(e->spool, r->data, &text);
    else
        page_render(e, r, &text);
    r->member = zip_compress(name, text.data, text.len, true, e->spool);
    buf_free(&text);
}

/* The member's path in the archive, set before threads start. */
static void name_members(struct epub *e)
{
    for (size_t i = 0; i < e->resource_count; i++) {
        struct resource *r = &e->resources[i];
        r->member.name = strchr(r->name, '/')
                             ? r->name
                             : arena_printf(e->arena, "OEBPS/%s", r->name);
    }
}

/* All members, the type first; free() them. */
static struct zip_member *list_members(const struct epub *e)
{
    static const char type[] = "application/epub+zip";
    struct zip_member *members =
        mem_alloc((e->resource_count + 1) * sizeof *members);
    members[0] =
        zip_compress("mimetype", type, sizeof type - 1, false, e->spool);
    for (size_t i = 0; i < e->resource_count; i++)
        members[i + 1] = e->resources[i].member;
    return members;
}

static enum epub_end pack(struct epub *e, struct diag *diag)
{
    struct zip_member *members = list_members(e);
    struct zip_target target = {.path = e->policy->output,
                                .replace = e->policy->replace,
                                .update = e->policy->update};
    const char *error =
        zip_write(&target, members, e->resource_count + 1, e->spool, e->arena);
    if (error)
        diag_add(diag, DIAG_ERROR, (struct diag_place){0},
                 "the book was not written", "%s", error);
    free(members);
    return error ? EPUB_FAILED : target.same ? EPUB_UNCHANGED : EPUB_WRITTEN;
}

/* The reader's own style sheet, into the spool. */
static bool load_css(struct epub *e, struct span *span, struct diag *diag)
{
    struct buf css = buf_make(BUF_BODY);
    bool ok = !e->policy->css || file_read(e->policy->css, &css);
    if (!ok)
        diag_add(diag, DIAG_ERROR, (struct diag_place){.file = e->policy->css},
                 "the style sheet cannot be read", "%s", strerror(errno));
    *span = spool_put(e->spool, css.data, css.len);
    buf_free(&css);
    return ok;
}

/* Make all members. False, with the reason in `diag`, if they cannot be
 * made. */
static bool make_members(struct epub *e, struct pool *pool, struct diag *diag)
{
    struct span css;
    if (!templates_load(&e->templates, e->policy->templates, e->arena, diag) ||
        !load_css(e, &css, diag))
        return false;
    resources_list(e, css);
    name_members(e);
    pool_each(pool, e->resource_count, make_member, e);
    return true;
}

enum epub_end epub_write(const struct book *book,
                         const struct image_set *images,
                         const struct epub_policy *policy, struct spool *spool,
                         struct pool *pool, struct diag *diag)
{
    struct epub e = {.book = book,
                     .images = images,
                     .policy = policy,
                     .spool = spool,
                     .arena = arena_new()};
    enum epub_end end =
        make_members(&e, pool, diag) ? pack(&e, diag) : EPUB_FAILED;
    arena_free(e.arena);
    return end;
}

uint64_t epub_measure(const struct book *book, const struct image_set *images,
                      const struct epub_policy *policy, struct spool *spool,
                      struct pool *pool, struct diag *diag)
{
    uint64_t size = 0;
    struct epub e = {.book = book,
                     .images = images,
                     .policy = policy,
                     .spool = spool,
                     .arena = arena_new()};
    if (make_members(&e, pool, diag)) {
        struct zip_member *members = list_members(&e);
        size = zip_size(members, e.resource_count + 1);
        free(members);
    }
    arena_free(e.arena);
    return size;
}
