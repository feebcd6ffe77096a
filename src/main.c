/* feedbind: saved feeds into EPUB 3 books.
 *
 * This is the map: feeds are read, of what was chosen books are bound (bind.c),
 * and what became of them is told. Each step takes the value that the step
 * before it made and lives in the folder of its name; src/README.md draws the
 * house. */
#include "base/file.h"
#include "base/mem.h"
#include "base/progress.h"
#include "batch.h"
#include "feed/seen.h"
#include "image/worker.h"
#include "listing.h"
#include "report.h"
#include "volumes.h"
#include "xml/html.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

/* Feeds that are read together, and what of them is wanted. */
struct reading {
    const char *const *feeds;
    size_t feed_count;
    struct library *library;
    struct diag *diag; /* of the reading, and of the book if it is one */
    size_t book_count;
    enum status status;
};

struct run {
    struct options options;
    struct diag *diag;
    struct spool *spool;
    struct pool *pool;
    struct seen *seen; /* what earlier books had; NULL: nobody asks */
    pthread_mutex_t network;
    struct arena *arena;
    struct reading *readings;
    size_t reading_count;
    struct shelf shelf;
    struct progress *progress;
    atomic_size_t bound; /* how many books' turn is over */
};

/* All feeds are read together, or, for --directory, each alone. */
static void share_out(struct run *r)
{
    const struct options *o = &r->options;
    bool alone = o->directory;
    r->reading_count = alone ? o->feed_count : 1;
    r->readings = mem_alloc(r->reading_count * sizeof *r->readings);
    for (size_t i = 0; i < r->reading_count; i++)
        r->readings[i] = (struct reading){
            .feeds = o->feeds + i,
            .feed_count = alone ? 1 : o->feed_count,
            .status = STATUS_FAILED,
            .diag = alone ? diag_new_about(o->feeds[i]) : diag_new()};
}

/* feed files -> library, without what is in them twice */
static void read_feeds(void *context, size_t i)
{
    struct run *r = context;
    struct reading *reading = &r->readings[i];
    struct feed_policy policy = r->options.feed;
    size_t failed;
    policy.files = reading->feeds;
    policy.file_count = reading->feed_count;
    reading->library = feed_read(&policy, r->spool, reading->diag, &failed);
    if (failed)
        return;
    feed_merge(reading->library, &r->options.merge, r->spool, reading->diag);
    reading->status = STATUS_DONE;
}

/* library -> the articles that are wanted */
static void choose(struct run *r)
{
    for (size_t i = 0; i < r->reading_count; i++) {
        struct reading *reading = &r->readings[i];
        if (reading->status != STATUS_DONE)
            continue;
        feed_select(reading->library, &r->options.select, reading->diag);
        if (reading->library->entry_count)
            continue;
        reading->status = STATUS_NOTHING;
        listing_nothing(reading->library, reading->diag);
    }
}

typedef VEC(struct binding) binding_list;

static struct binding book_of(struct run *r, const struct reading *reading)
{
    const struct options *o = &r->options;
    return (struct binding){.options = o,
                            .spool = r->spool,
                            .pool = r->pool,
                            .network = &r->network,
                            .feeds = reading->feeds,
                            .feed_count = reading->feed_count,
                            .library = reading->library,
                            .policy = o->book,
                            .diag = reading->diag,
                            .output = o->epub.output,
                            .status = reading->status};
}

static void plan_volumes(struct run *r, const struct reading *reading,
                         binding_list *books)
{
    struct volume *volumes;
    size_t count =
        volumes_make(reading->library, &r->options, r->arena, &volumes);
    for (size_t i = 0; i < count; i++) {
        struct binding b = book_of(r, reading);
        b.output = volume_file(&volumes[i], b.output, r->arena);
        b.library = &volumes[i].library;
        b.policy.volume = &volumes[i].label;
        b.before = reading->diag;
        b.diag = diag_new_about(r->options.directory ? b.feeds[0] : b.output);
        vec_push(books, b);
    }
}

/* libraries -> books that are still to be made */
static void plan_books(struct run *r)
{
    binding_list books = {0};
    for (size_t i = 0; i < r->reading_count; i++) {
        struct reading *reading = &r->readings[i];
        size_t before = books.len;
        if (r->options.split.kind && reading->status == STATUS_DONE)
            plan_volumes(r, reading, &books);
        else
            vec_push(&books, book_of(r, reading));
        reading->book_count = books.len - before;
    }
    r->shelf = (struct shelf){&r->options, books.items, books.len};
}

/* articles -> a book in its place */
static void make_book(void *context, size_t i)
{
    struct run *r = context;
    struct binding *b = &r->shelf.books[i];
    if (b->status == STATUS_DONE)
        bind_book(b);
    progress_show(r->progress, "books: %zu of %zu", ++r->bound, r->shelf.count);
}

static void make_books(struct run *r)
{
    struct options *o = &r->options;
    bool several = r->shelf.count > 1;
    if (o->directory && o->action == ACTION_BIND)
        batch_name(&r->shelf, r->arena, r->diag);
    r->progress = progress_new(several && o->image.progress);
    o->image.progress &= !several;
    o->image.crew = worker_pool_new(o->image.workers, o->image.fonts, o->jobs);
    pool_each(r->pool, r->shelf.count, make_book, r);
    worker_pool_free(o->image.crew);
    progress_free(r->progress);
}

static void note_seen(struct run *r)
{
    const char *state = r->options.state;
    for (size_t i = 0; state && i < r->shelf.count; i++) {
        struct binding *b = &r->shelf.books[i];
        if (b->written && !seen_add(state, b->library, b->diag))
            b->status = STATUS_FAILED;
    }
}

/* A book that failed makes the run fail, whatever became of others. */
static enum status status_of(const struct shelf *s)
{
    bool done = false;
    for (size_t i = 0; i < s->count; i++) {
        if (s->books[i].status == STATUS_FAILED)
            return STATUS_FAILED;
        done |= s->books[i].status == STATUS_DONE;
    }
    return done ? STATUS_DONE : STATUS_NOTHING;
}

/* Whatever came of the run: an earlier report must not pass for this one's. */
static enum status tell(struct run *r, enum status status)
{
    const struct options *o = &r->options;
    if (o->depfile && !listing_depfile(&r->shelf, r->diag))
        status = STATUS_FAILED;
    if (o->report && !report_write(&r->shelf, (int)status, r->diag))
        status = STATUS_FAILED;
    return status;
}

/* In the order of the feeds, then of their volumes. */
static void join_messages(struct run *r)
{
    struct diag *own = r->diag;
    const struct binding *b = r->shelf.books;
    r->diag = diag_new();
    for (size_t i = 0; i < r->reading_count; i++) {
        diag_join(r->diag, r->readings[i].diag);
        for (size_t k = 0; k < r->readings[i].book_count; k++, b++)
            if (b->before)
                diag_join(r->diag, b->diag);
    }
    diag_join(r->diag, own);
}

/* What is read and chosen, once for all books. */
static void read_all(struct run *r)
{
    struct options *o = &r->options;
    if (o->state && !(r->seen = seen_read(o->state, r->diag)))
        return;
    o->select.seen = r->seen;
    pool_each(r->pool, r->reading_count, read_feeds, r);
    choose(r);
}

static enum status run(struct run *r)
{
    r->spool = spool_new();
    r->pool = pool_new(r->options.jobs);
    r->arena = arena_new();
    pthread_mutex_init(&r->network, NULL);
    share_out(r);
    read_all(r);
    plan_books(r);
    make_books(r);
    note_seen(r);
    enum status status = tell(r, status_of(&r->shelf));
    join_messages(r);
    return listing_books(&r->shelf, r->diag) ? status : STATUS_FAILED;
}

static void free_run(struct run *r)
{
    for (size_t i = 0; i < r->shelf.count; i++)
        binding_free(&r->shelf.books[i]);
    free(r->shelf.books);
    for (size_t i = 0; i < r->reading_count; i++)
        library_free(r->readings[i].library);
    free(r->readings);
    seen_free(r->seen);
    arena_free(r->arena);
    pool_free(r->pool);
    spool_free(r->spool);
    diag_free(r->diag);
    options_free(&r->options);
}

int main(int argc, char **argv)
{
    struct run r = {.diag = diag_new()};
    enum status status = STATUS_DONE;
    file_claim_standard();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write … */
    signal(SIGXFSZ, SIG_IGN); /* … and so is a limit on files' sizes */
    xml_init();
    if (!options_parse(&r.options, argc, argv, stdout, r.diag))
        status = STATUS_USAGE;
    else if (r.options.action < ACTION_HELP)
        status = run(&r);
    if (!listing_flush(r.diag) && status == STATUS_DONE)
        status = STATUS_FAILED;
    diag_print(r.diag, stderr, r.options.show);
    free_run(&r);
    xml_end();
    return (int)status;
}
