#include "bind.h"

#include "base/mem.h"
#include "budget.h"
#include "listing.h"

#include <stdlib.h>

static void make_article(void *context, size_t i)
{
    struct binding *b = context;
    b->articles[i] =
        article_make(b->library, i, b->index, &b->options->article, b->spool);
}

/* library -> articles -> the pictures that they show */
static void make_articles(struct binding *b)
{
    size_t count = b->library->entry_count;
    b->index = link_index_new(b->library);
    b->articles = mem_alloc(count * sizeof *b->articles);
    pool_each(b->pool, count, make_article, b);
    for (size_t i = 0; i < count; i++) {
        diag_join(b->diag, b->articles[i]->diag);
        b->articles[i]->diag = NULL;
    }
    b->images =
        image_collect(b->articles, count, book_mark(b->library, &b->policy));
}

/* pictures -> the image store; false if there is nothing more to do. */
static bool fetch_images(struct binding *b)
{
    const struct options *o = b->options;
    if (!o->image.offline && !o->image.none) {
        pthread_mutex_lock(b->network);
        image_fetch(b->images, &o->image, b->diag);
        pthread_mutex_unlock(b->network);
    }
    return o->action != ACTION_FETCH && !diag_count(b->diag, DIAG_ERROR);
}

/* Pictures no larger than --fit has room for in the book. */
static bool meet_budget(struct binding *b)
{
    const struct budget budget = {.options = b->options,
                                  .book = b->book,
                                  .images = b->images,
                                  .spool = b->spool,
                                  .pool = b->pool};
    return !b->options->budget || budget_meet(&budget, b->diag);
}

/* the image store -> pictures -> book -> FILE.epub */
static bool make_book(struct binding *b)
{
    const struct options *o = b->options;
    struct epub_policy epub = o->epub;
    image_make(b->images, &o->image, b->spool, b->pool, b->diag);
    b->book = book_make(b->library, b->articles, b->images, &b->policy,
                        &o->image, b->spool, b->diag);
    if (!b->output)
        b->output = book_file_name(b->arena, b->book->title, NULL);
    if (!meet_budget(b) || listing_refuse(b))
        return false;
    epub.output = b->output;
    enum epub_end end =
        epub_write(b->book, b->images, &epub, b->spool, b->pool, b->diag);
    b->written = end != EPUB_FAILED;
    b->unchanged = end == EPUB_UNCHANGED;
    return b->written;
}

static bool lists(const struct options *o)
{
    return o->action == ACTION_LIST_IMAGES || o->action == ACTION_LIST;
}

static bool run_steps(struct binding *b)
{
    make_articles(b);
    if (lists(b->options))
        return true;
    if (!fetch_images(b))
        return !diag_count(b->diag, DIAG_ERROR);
    return make_book(b);
}

/* Of a book that is bound its metadata and numbers stay. */
static void free_content(struct binding *b)
{
    image_set_free(b->images);
    for (size_t i = 0; b->articles && i < b->library->entry_count; i++)
        article_free(b->articles[i]);
    free(b->articles);
    link_index_free(b->index);
    b->images = NULL;
    b->articles = NULL;
    b->index = NULL;
}

void bind_book(struct binding *b)
{
    b->arena = arena_new();
    b->status = run_steps(b) ? STATUS_DONE : STATUS_FAILED;
    if (!lists(b->options) && !b->options->report)
        free_content(b);
}

void binding_free(struct binding *b)
{
    book_free(b->book);
    free_content(b);
    arena_free(b->arena);
}
