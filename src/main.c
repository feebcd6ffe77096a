/* feedbind: saved feeds into an EPUB 3 book.
 *
 * This is the map. Each step takes the value that the step before it made and
 * lives in the folder of its name; src/README.md draws the house. */
#include "article/article.h"
#include "base/file.h"
#include "base/mem.h"
#include "book/book.h"
#include "budget.h"
#include "epub/epub.h"
#include "feed/feed.h"
#include "image/image.h"
#include "listing.h"
#include "options.h"
#include "report.h"
#include "xml/html.h"

#include <signal.h>
#include <stdlib.h>

enum status {
    STATUS_DONE = 0,
    STATUS_FAILED = 1,
    STATUS_USAGE = 2,
    STATUS_NOTHING = 3,
};

/* Every value that a run makes, in the order of its making. */
struct run {
    struct options options;
    struct diag *diag;
    struct spool *spool;
    struct pool *pool;
    struct library *library;
    struct link_index *index;
    struct article **articles;
    struct image_set *images;
    struct book *book;
    bool written; /* the book is in its place */
};

static void make_article(void *context, size_t i)
{
    struct run *r = context;
    r->articles[i] =
        article_make(r->library, i, r->index, &r->options.article, r->spool);
}

/* feed files -> library -> articles */
static enum status read_articles(struct run *r)
{
    const struct options *o = &r->options;
    size_t failed;
    r->library = feed_read(o->feeds, o->feed_count, r->spool, r->diag, &failed);
    if (failed)
        return STATUS_FAILED;
    feed_select(r->library, &o->select, r->diag);
    size_t count = r->library->entry_count;
    if (!count)
        return STATUS_NOTHING;
    r->index = link_index_new(r->library);
    r->articles = mem_alloc(count * sizeof *r->articles);
    pool_each(r->pool, count, make_article, r);
    for (size_t i = 0; i < count; i++) {
        diag_join(r->diag, r->articles[i]->diag);
        r->articles[i]->diag = NULL;
    }
    return STATUS_DONE;
}

/* Pictures no larger than --fit has room for in the book. */
static bool meet_budget(struct run *r)
{
    const struct budget budget = {.options = &r->options,
                                  .book = r->book,
                                  .images = r->images,
                                  .spool = r->spool,
                                  .pool = r->pool};
    return !r->options.budget || budget_meet(&budget, r->diag);
}

/* articles -> the image store -> pictures -> book -> FILE.epub */
static enum status bind_book(struct run *r)
{
    struct options *o = &r->options;
    if (!o->image.offline && !o->image.none)
        image_fetch(r->images, &o->image, r->diag);
    if (o->action == ACTION_FETCH || diag_count(r->diag, DIAG_ERROR))
        return diag_count(r->diag, DIAG_ERROR) ? STATUS_FAILED : STATUS_DONE;
    image_make(r->images, &o->image, r->spool, r->pool, r->diag);
    r->book = book_make(r->library, r->articles, r->images, &o->book, &o->image,
                        r->spool, r->diag);
    if (!o->epub.output)
        o->epub.output = book_file_name(o->arena, r->book);
    if (!meet_budget(r) || listing_refuse(o, r->diag))
        return STATUS_FAILED;
    if (!epub_write(r->book, r->images, &o->epub, r->spool, r->pool, r->diag))
        return STATUS_FAILED;
    r->written = true;
    if (o->depfile && !listing_depfile(o, r->diag))
        return STATUS_FAILED;
    listing_summary(o, r->book, r->diag);
    return STATUS_DONE;
}

static enum status run_steps(struct run *r)
{
    struct options *o = &r->options;
    enum status status = read_articles(r);
    if (status != STATUS_DONE)
        return status;
    r->images = image_collect(r->articles, r->library->entry_count,
                              book_mark(r->library, &o->book));
    if (o->action == ACTION_LIST_IMAGES)
        return listing_images(r->images, r->diag) ? STATUS_DONE : STATUS_FAILED;
    if (o->action == ACTION_LIST)
        return listing_articles(r->library, r->articles, r->diag)
                   ? STATUS_DONE
                   : STATUS_FAILED;
    return bind_book(r);
}

/* Whatever came of the run: an earlier report must not pass for this one's. */
static enum status tell(const struct run *r, enum status status)
{
    const struct report report = {.options = &r->options,
                                  .library = r->library,
                                  .articles = r->articles,
                                  .images = r->images,
                                  .book = r->book,
                                  .written = r->written,
                                  .status = (int)status};
    if (!r->options.report || report_write(&report, r->diag))
        return status;
    return STATUS_FAILED;
}

static void free_run(struct run *r)
{
    book_free(r->book);
    image_set_free(r->images);
    for (size_t i = 0; r->articles && i < r->library->entry_count; i++)
        article_free(r->articles[i]);
    free(r->articles);
    link_index_free(r->index);
    library_free(r->library);
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
    if (!options_parse(&r.options, argc, argv, stdout, r.diag)) {
        status = STATUS_USAGE;
    } else if (r.options.action < ACTION_HELP) {
        r.spool = spool_new();
        r.pool = pool_new(r.options.jobs);
        status = run_steps(&r);
        if (status == STATUS_NOTHING)
            listing_nothing(r.diag);
        status = tell(&r, status);
    }
    if (!listing_flush(r.diag) && status == STATUS_DONE)
        status = STATUS_FAILED;
    diag_print(r.diag, stderr, r.options.show);
    free_run(&r);
    xml_end();
    return (int)status;
}
