/* What the user names -> a library: each file that is found for it, and those
 * that a list (OPML) names. */
#include "feed/reader.h"

#include "base/file.h"

#include <stdlib.h>
#include <sys/stat.h>

struct reading {
    struct finder finder;
    struct spool *spool; /* for bodies */
    VEC(struct feed *) feeds;
    VEC(struct entry *) entries;
    VEC(const char *) files; /* that gave feeds */
    size_t failed;
};

/* ---- lists ---- */

/* An address without scheme, as a path below the list's folder; NULL if it
 * leads elsewhere, or to nothing. */
static const char *beside_list(struct arena *a, const char *list,
                               const char *address)
{
    struct str rest = str_of(address), part;
    struct stat st;
    if (str_starts(rest, STR("/")))
        return NULL;
    while (str_next(&rest, '/', &part))
        if (str_eq(part, STR("..")))
            return NULL;
    struct str folder = str_of(list);
    folder.n -= file_base_name(list).n;
    const char *path = arena_printf(a, "%.*s%s", STR_ARG(folder), address);
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) ? path : NULL;
}

/* "My%20feed.xml" -> "My feed.xml" */
static const char *decoded(struct arena *a, const char *address)
{
    char *out = arena_strdup(a, address), *to = out;
    for (const char *p = address; *p; p++) {
        int high = *p == '%' ? chr_hex((unsigned char)p[1]) : -1;
        int low = high >= 0 ? chr_hex((unsigned char)p[2]) : -1;
        bool escape = low >= 0 && (high || low);
        *to++ = escape ? (char)(high * 16 + low) : *p;
        p += escape ? 2 : 0;
    }
    *to = '\0';
    return out;
}

/* Read the files that a list names beside it, and say what else it names. */
static void follow_list(struct reading *rd, const struct reader *r,
                        const struct source *list)
{
    struct finder *f = &rd->finder;
    const struct diag_place place = {.file = list->name};
    size_t missing = 0, web = 0, before = f->sources.len;
    const char *first_missing = NULL, *first_web = NULL;
    for (size_t i = 0; i < r->leads.outlines.len; i++) {
        struct outline o = r->leads.outlines.items[i];
        const char *path = NULL;
        if (o.file && list->file) {
            path = beside_list(f->arena, list->file, o.file);
            path = path ? path
                        : beside_list(f->arena, list->file,
                                      decoded(f->arena, o.file));
        }
        if (path)
            sources_add(f, path);
        else if (o.address && !web++)
            first_web = o.address;
        else if (!o.address && !missing++)
            first_missing = o.file;
    }
    if (missing)
        diag_add(f->diag, DIAG_WARNING, place,
                 "names files that are not beside it; left out",
                 "%zu, such as %s", missing, first_missing);
    if (web)
        diag_add(f->diag, f->sources.len > before ? DIAG_WARNING : DIAG_ERROR,
                 place, "names feeds by their addresses; save them first",
                 "%zu, such as: %s", web, curl_line(f->arena, first_web));
    else if (f->sources.len == before && !f->failed)
        diag_add(f->diag, DIAG_ERROR, place, "is a list that names no feed",
                 NULL);
    f->failed |= f->sources.len == before;
}

/* ---- files ---- */

static void keep(struct reading *rd, const struct reader *r,
                 const struct source *s)
{
    vec_push(&rd->feeds, r->feed);
    for (size_t i = 0; i < r->entries.len; i++)
        vec_push(&rd->entries, r->entries.items[i]);
    size_t n = rd->files.len;
    if (s->file && (!n || strcmp(rd->files.items[n - 1], s->file) != 0))
        vec_push(&rd->files, s->file);
}

static void read_one(struct reading *rd, struct source s)
{
    struct finder *f = &rd->finder;
    struct reader r = feed_reader_make(f->arena, rd->spool, &s);
    switch (feed_reader_read(&r, &s, f->diag)) {
    case READ_FEED:
        keep(rd, &r, &s);
        break;
    case READ_LIST:
        if (s.file)
            vec_push(&rd->files, s.file);
        follow_list(rd, &r, &s);
        break;
    case READ_OTHER:
        source_pass(f, s.name);
        break;
    case READ_FAILED:
        f->failed = true;
        break;
    }
    feed_reader_free(&r);
}

static void tell_passed(const struct finder *f, const char *name, bool none)
{
    const struct diag_place place = {.file = name};
    if (none && !f->passed)
        diag_add(f->diag, DIAG_ERROR, place, "holds no file", NULL);
    else
        diag_add(f->diag, none ? DIAG_ERROR : DIAG_NOTE, place,
                 none ? "holds no feed"
                      : "holds files that are no feeds; passed over",
                 "%zu file%s, such as %s", f->passed, f->passed == 1 ? "" : "s",
                 f->first_passed);
}

static void read_named(struct reading *rd, const char *named)
{
    struct finder *f = &rd->finder;
    size_t before = rd->feeds.len;
    const char *name = strcmp(named, "-") == 0 ? "standard input" : named;
    sources_find(f, named);
    for (size_t i = 0; i < f->sources.len; i++) /* a list adds some */
        read_one(rd, f->sources.items[i]);
    bool none = rd->feeds.len == before;
    int error = spool_error(f->spool);
    if (error && !f->failed) {
        diag_add(f->diag, DIAG_ERROR, (struct diag_place){.file = name},
                 "there is no room to unpack it", "%s", strerror(error));
        f->failed = true;
    }
    if (none ? !f->failed : f->passed > 0)
        tell_passed(f, name, none);
    rd->failed += none || f->failed;
}

struct library *feed_read(const struct feed_policy *policy, struct spool *spool,
                          struct diag *diag, size_t *failed)
{
    struct library *l = mem_alloc(sizeof *l);
    struct arena *a = arena_new();
    struct reading rd = {.finder = {.policy = policy,
                                    .arena = a,
                                    .spool = spool_new(),
                                    .diag = diag,
                                    .unpacker = unpacker_new(policy->workers)},
                         .spool = spool};
    for (size_t i = 0; i < policy->file_count; i++)
        read_named(&rd, policy->files[i]);
    l->arena = a;
    l->feeds = arena_copy(a, rd.feeds.items, rd.feeds.len, sizeof *l->feeds);
    l->feed_count = rd.feeds.len;
    l->entries =
        arena_copy(a, rd.entries.items, rd.entries.len, sizeof *l->entries);
    l->entry_count = rd.entries.len;
    l->files = arena_copy(a, rd.files.items, rd.files.len, sizeof *l->files);
    l->file_count = rd.files.len;
    *failed = rd.failed;
    unpacker_free(rd.finder.unpacker);
    spool_free(rd.finder.spool);
    free(rd.finder.sources.items);
    free(rd.feeds.items);
    free(rd.entries.items);
    free(rd.files.items);
    return l;
}

void library_free(struct library *l)
{
    if (!l)
        return;
    arena_free(l->arena);
    free(l);
}
