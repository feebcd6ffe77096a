/* Stage: references -> the image store -> pictures fit for a reader.
 *
 * Getting pictures (image_fetch) is the only step that goes to the network,
 * and is skipped when offline; making them (image_make) is a function of the
 * store, of --images folders and of the policy. Decoding happens in worker
 * processes (feedbind-image); one that dies costs a placeholder. */
#ifndef FEEDBIND_IMAGE_IMAGE_H
#define FEEDBIND_IMAGE_IMAGE_H

#include "article/article.h"
#include "base/diag.h"
#include "base/pool.h"
#include "base/spool.h"
#include "image/fit.h"
#include "net/fetch_policy.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct worker_pool;

struct image_policy {
    bool none;    /* no pictures at all: every hole is a placeholder */
    bool offline; /* do not go to the network */
    bool refresh; /* ask again for what the store has */
    const char *
        *folders; /* --images, searched in this order, before the store */
    size_t folder_count;
    struct fetch_policy fetch; /* how they are asked for; max_bytes bounds
                                  those in folders, too */
    const char *cache;         /* the store's folder; NULL: none can be had */
    const char *workers;  /* folder that holds feedbind-image, feedbind-fetch */
    const char *fonts;    /* folder that holds the faces for covers */
    struct fit fit;       /* what pictures are made for */
    unsigned cover_width; /* pixels; covers are 1600 high. 900 to 1600 */
    uint64_t max_pixels;  /* of one picture as it was saved */
    struct worker_pool *crew; /* workers that are shared; NULL: each call
                                 starts its own */
    unsigned jobs;
    bool progress; /* a progress line on standard error */
    enum diag_show show;
};

/* The policy's numbers that a user may set by name. */
const struct limit *image_limits(size_t *count);

/* Why a picture is not in the book. The book names the class alone, so an
 * online run and an offline run over the same store give the same bytes. */
#define IMAGE_FAULTS(X)                                                        \
    X(IMAGE_OK, "")                                                            \
    X(IMAGE_NOT_SAVED, "not saved") /* offline, and not in any folder */       \
    X(IMAGE_NOT_FOUND, "not found") /* 404, 410 */                             \
    X(IMAGE_REFUSED, "refused")     /* 401, 403, 451, a scheme not allowed */  \
    X(IMAGE_UNREACHABLE, "unreachable") /* no connection, time-out, 5xx */     \
    X(IMAGE_TOO_LARGE, "too large")     /* bytes or pixels */                  \
    X(IMAGE_NOT_AN_IMAGE, "not an image")                                      \
    X(IMAGE_UNKNOWN_FORMAT, "format not supported")                            \
    X(IMAGE_BROKEN, "broken file")                                             \
    X(IMAGE_LEFT_OUT, "left out") /* --no-images */

enum image_fault {
#define X(id, text) id,
    IMAGE_FAULTS(X)
#undef X
        IMAGE_FAULT_COUNT
};

const char *image_fault_text(enum image_fault fault);

enum image_state { IMAGE_SHOWN, IMAGE_PLACEHOLDER, IMAGE_VANISHED };

/* A file of the book. */
struct image_file {
    const char *name;       /* "i", 32 hexadecimal digits of a hash of
                               source bytes and fit, ".jpg"; a tall picture's
                               second piece has "-2" after them */
    const char *media_type; /* "image/jpeg" */
    struct span data;       /* in the spool */
    unsigned width, height; /* pixels, as stored */
};

/* What became of a picture. */
struct image {
    enum image_state state;
    enum image_fault fault;         /* IMAGE_OK when shown or vanished */
    const char *format;             /* what was saved: "PNG"; NULL: not known */
    const struct image_file *files; /* if shown: the picture, or a tall one's
                                       pieces from top to bottom */
    size_t file_count;
    struct {
        uint64_t bytes;
        unsigned width, height;
    } source;  /* what it was made from, upright; of a drawing, its size in
                  CSS pixels */
    bool kept; /* its data was left as it is, all else aside */
    bool cut;  /* the file breaks off, and not all of it is shown */
};

struct image_set;

/* Collect the references of all articles, each address once, and the picture
 * of `mark`, the feed whose sign the cover bears; NULL for none. */
struct image_set *image_collect(struct article *const *articles, size_t count,
                                const struct feed *mark);
void image_set_free(struct image_set *set);

/* The addresses, unique, in the order of their first use, for --list-images. */
size_t image_set_urls(const struct image_set *set, const char *const **urls);

/* Download what neither the folders nor the store have, into the store, and
 * wait for it. Failures are kept in the store, and are messages. */
void image_fetch(struct image_set *set, const struct image_policy *policy,
                 struct diag *diag);

/* Decode, fit and encode every picture; results go to the spool. Each failure
 * is one warning. Pictures of equal bytes are one image. */
void image_make(struct image_set *set, const struct image_policy *policy,
                struct spool *spool, struct pool *pool, struct diag *diag);

/* Bytes of all pictures in the book, the cover aside. */
uint64_t image_bytes(const struct image_set *set);

/* Make pictures again, all of them with the same lower quality and, where that
 * is not enough, in the same smaller box, until they have at most `bytes`
 * together, or as few as they can have (image_bytes tells). Drawings, which
 * quality does not change, are left until the box does; whatever would not
 * become smaller stays as it is. Returns what they were made for. image_make
 * has been called; what image_of and image_files gave is replaced. */
struct fit image_shrink(struct image_set *set,
                        const struct image_policy *policy, uint64_t bytes,
                        struct spool *spool, struct pool *pool);

/* What became of reference number `ref` of article number `article`. The
 * result lives as long as the set. */
const struct image *image_of(const struct image_set *set, size_t article,
                             size_t ref);

/* How a page shows the reference: an optional picture that there is none of
 * leaves no placeholder. */
enum image_state image_shown(const struct image *image,
                             const struct image_ref *ref);

/* Width in CSS pixels at which a shown picture stands in a line of text like a
 * word, up to IMAGE_SMALL_WIDTH: as the author wants it, else as it is. 0: it
 * is too large for that. */
enum { IMAGE_SMALL_WIDTH = 320, IMAGE_SMALL_HEIGHT = 64 };
unsigned image_small(const struct image *image, const struct image_ref *ref);

/* The files of images that are shown, each once, in the order of their first
 * use. */
size_t image_files(const struct image_set *set,
                   const struct image_file *const **files);

/* What a cover says and shows. Strings are UTF-8; NULL leaves a line out. */
struct cover {
    const char *title;
    const char *author;
    const char *date;    /* "March – June 2026" */
    const char *note;    /* "12 articles" */
    const char *picture; /* a file; NULL: the set's mark if it can be had and is
                            large enough, else words alone */
};

/* Draw a cover in a worker. The result has static strings. A picture that
 * cannot be used is a warning, and the cover is one of words; if none can be
 * drawn at all, there is a warning and the result's name is NULL. */
struct image_file image_cover(struct image_set *set, const struct cover *cover,
                              const struct image_policy *policy,
                              struct spool *spool, struct diag *diag);

#endif
