/* Shared inside the epub stage. */
#ifndef FEEDBIND_EPUB_EPUB_INT_H
#define FEEDBIND_EPUB_EPUB_INT_H

#include "base/mem.h"
#include "epub/epub.h"
#include "text/template.h"
#include "zip/zip.h"

/* ---- templates.c: the pages' templates, built in or from a folder ---- */

enum template_id {
    TEMPLATE_CONTAINER,
    TEMPLATE_PACKAGE,
    TEMPLATE_NCX,
    TEMPLATE_NAV,
    TEMPLATE_CSS,
    TEMPLATE_COVER,
    TEMPLATE_TITLE,
    TEMPLATE_CHAPTER,
    TEMPLATE_SOURCES,
    TEMPLATE_STYLES,
    TEMPLATE_NAV_ENTRY,
    TEMPLATE_NCX_ENTRY,
    TEMPLATE_COUNT
};

struct template_set {
    const struct template *items[TEMPLATE_COUNT];
};

/* Compile all templates, those in `folder` (NULL for none) before those built
 * in. False, and an error in `diag`, if one of them cannot be used. */
bool templates_load(struct template_set *set, const char *folder,
                    struct arena *a, struct diag *diag);

/* ---- resources.c: the files of the book ---- */

enum resource_kind { RESOURCE_PAGE, RESOURCE_CHAPTER, RESOURCE_FILE };

/* One file: what the manifest, the spine and the archive say of it. */
struct resource {
    const char *id;   /* in the manifest; NULL: it is not in there */
    const char *name; /* in OEBPS/, or with a folder of its own */
    const char *type;
    const char *properties; /* NULL for none */
    bool spine;
    enum resource_kind kind;
    enum template_id page;         /* PAGE */
    const struct chapter *chapter; /* CHAPTER */
    size_t part;
    struct span data;         /* FILE: stored as it is */
    struct zip_member member; /* once it is made */
};

struct epub {
    const struct book *book;
    const struct image_set *images;
    const struct epub_policy *policy;
    struct template_set templates;
    struct spool *spool;
    struct arena *arena; /* not for use in threads */
    struct resource *resources;
    size_t resource_count;
    size_t *spine; /* numbers of resources, in reading order */
    size_t spine_count;
    bool user_css;
};

/* List all resources in the archive's order; `user_css` is the extra sheet's
 * bytes, or empty. */
void resources_list(struct epub *e, struct span user_css);

/* ---- pages.c: values for templates ---- */

/* Does the article run from right to left? */
bool article_rtl(const struct book *b, const struct article *a);

/* Render a page, or a chapter's part, into `out`. Safe from several threads
 * at once. */
void page_render(const struct epub *e, const struct resource *r,
                 struct buf *out);

/* ---- holes.c ---- */

/* Put a part together: pieces, and what its holes have become. False if it
 * could not be read from the spool. */
bool part_fill(const struct epub *e, const struct chapter *c, size_t part,
               struct buf *out);

/* What stands for a picture that is not there, without markup: "Image: a tree
 * (not saved, example.org)". */
void placeholder_words(const struct image_ref *ref, const struct image *image,
                       struct arena *a, struct buf *out);

#endif
