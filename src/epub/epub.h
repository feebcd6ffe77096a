/* Stage: a book -> an EPUB 3.3 file.
 *
 * Fills the holes, renders the pages from templates, compresses in parallel
 * and packs. One list of resources feeds the manifest, the spine and the
 * archive. The output is whole or not there (zip/zip.h). */
#ifndef FEEDBIND_EPUB_EPUB_H
#define FEEDBIND_EPUB_EPUB_H

#include "base/diag.h"
#include "base/pool.h"
#include "base/spool.h"
#include "book/book.h"

#include <stdbool.h>

struct epub_policy {
    const char *output;    /* a path; "-" is standard output */
    bool replace;          /* false: an existing file is an error */
    bool update;           /* one that has the same bytes is left untouched */
    const char *templates; /* a folder that replaces templates of the same name;
                              NULL: those that are built in */
    const char *css;       /* a style sheet put after the book's own; or NULL */
    const char *version;   /* feedbind's own, for the metadata */
};

/* What came of writing a book: it could not be written, for a reason that is an
 * error in `diag`, and what was at `output` is untouched; or it is in its
 * place; or it was there already. */
enum epub_end { EPUB_FAILED, EPUB_WRITTEN, EPUB_UNCHANGED };

enum epub_end epub_write(const struct book *book,
                         const struct image_set *images,
                         const struct epub_policy *policy, struct spool *spool,
                         struct pool *pool, struct diag *diag);

/* The bytes that epub_write would write; 0 when it could not make the book, for
 * a reason that is then in `diag`. */
uint64_t epub_measure(const struct book *book, const struct image_set *images,
                      const struct epub_policy *policy, struct spool *spool,
                      struct pool *pool, struct diag *diag);

#endif
