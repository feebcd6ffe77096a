/* feedbind: saved feeds into EPUB 3 books.
 *
 * This is the map: feeds are read, of what was chosen a book is bound (bind.c),
 * and what became of it is told. Each step takes the value that the step before
 * it made and lives in the folder of its name; src/README.md draws the
 * house. */
#include "base/file.h"
#include "bind.h"
#include "feed/seen.h"
#include "listing.h"
#include "report.h"
#include "xml/html.h"

#include <signal.h>

struct run {
    struct options options;
    struct diag *diag;
    struct spool *spool;
    struct pool *pool;
    struct seen *seen; /* what earlier books had; NULL: nobody asks */
    struct library *library;
    struct binding book;
};

/* feed files -> library -> the articles that are wanted */
static enum status read_feeds(struct run *r)
{
    struct options *o = &r->options;
    size_t failed;
    if (o->state && !(r->seen = seen_read(o->state, r->diag)))
        return STATUS_FAILED;
    o->select.seen = r->seen;
    r->library = feed_read(o->feeds, o->feed_count, r->spool, r->diag, &failed);
    r->book.library = r->library;
    if (failed)
        return STATUS_FAILED;
    feed_merge(r->library, r->spool, r->diag);
    feed_select(r->library, &o->select, r->diag);
    if (r->library->entry_count)
        return STATUS_DONE;
    listing_nothing(r->library, r->diag);
    return STATUS_NOTHING;
}

/* Whatever came of the run: an earlier report must not pass for this one's. */
static bool tell(struct run *r)
{
    struct binding *b = &r->book;
    const struct options *o = &r->options;
    if (b->written && o->depfile && !listing_depfile(b, r->diag))
        b->status = STATUS_FAILED;
    else if (b->written)
        listing_summary(b, r->diag);
    return !o->report || report_write(b, o->report, r->diag);
}

static enum status run(struct run *r)
{
    const struct options *o = &r->options;
    r->spool = spool_new();
    r->pool = pool_new(o->jobs);
    r->book = (struct binding){.options = o,
                               .spool = r->spool,
                               .pool = r->pool,
                               .feeds = o->feeds,
                               .feed_count = o->feed_count,
                               .diag = r->diag,
                               .output = o->epub.output};
    r->book.status = read_feeds(r);
    if (r->book.status == STATUS_DONE)
        bind_book(&r->book);
    return tell(r) ? r->book.status : STATUS_FAILED;
}

static void free_run(struct run *r)
{
    binding_free(&r->book);
    library_free(r->library);
    seen_free(r->seen);
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
