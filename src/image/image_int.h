/* Shared by the files of the image stage: what is wanted, and where it is
 * got from. */
#ifndef FEEDBIND_IMAGE_IMAGE_INT_H
#define FEEDBIND_IMAGE_IMAGE_INT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "image/image.h"

/* One address that articles refer to, or the bytes of one data: URL. */
struct wanted {
    const char *url;  /* serialised, without fragment; NULL for a data: URL */
    struct span data; /* the bytes of a data: URL */
    const char *alt;  /* of its first use, for messages; never NULL */
    const char *referer;     /* the article's own address; NULL for none */
    struct diag_place place; /* of its first use, for messages */
    bool optional;           /* wherever it is used */
    bool shown;              /* by an article: else it is for the cover alone */
    struct hex hash;    /* of the bytes that were got, "" where none were … */
    uint64_t bytes;     /* … how many … */
    size_t maker;       /* … and for which wanted picture they were made */
    struct image image; /* what image_make made of it */
};

/* Why a worker made no picture, by its result (enum protocol_result). */
enum image_fault image_fault_of(uint32_t result);

struct image_sources;

struct image_set {
    struct arena *arena;   /* all strings and arrays below */
    struct wanted *wanted; /* in the order of first use */
    size_t wanted_count;
    size_t mark;  /* the number of the cover's sign in wanted; SIZE_MAX: none */
    size_t *refs; /* numbers of wanted, for all references … */
    size_t *first; /* … those of article a from refs[first[a]] on; one more
                      at the end */
    size_t article_count;
    const char **urls; /* of wanted, without data: URLs */
    size_t url_count;
    const struct image_file **files; /* set by image_make; see image_files */
    size_t file_count;
    struct image_sources *sources; /* opened by the first image_sources */
};

/* The --images folders and the store, opened by the first call for a set;
 * what is wrong with the folders is then told. Never NULL; the set's. Not to
 * be called by several threads at once. */
const struct image_sources *image_sources(struct image_set *set,
                                          const struct image_policy *policy,
                                          struct diag *diag);
void image_sources_close(struct image_sources *sources);

/* The file in an --images folder for wanted number `number`; NULL for
 * none. */
const char *image_saved_file(const struct image_sources *sources,
                             size_t number);

/* What the store has for wanted number `number`; NULL for nothing. It is
 * looked up when the sources are opened and by image_look_again alone: a run
 * works on the bodies that it saw, which stay in the store under their own
 * hash, whatever other runs put there for the same address. */
struct store_record;
const struct store_record *image_record(const struct image_sources *sources,
                                        size_t number);

/* This run has put something there. */
void image_look_again(struct image_set *set, size_t number);

/* A picture's bytes as they were saved: the first `size` of an open file, which
 * is not read here but by hashing and by the worker. */
struct saved {
    int fd;
    uint64_t size;
};

/* Open the bytes of wanted number `number`: of the data: URL, else of a file in
 * a folder, else of the store. IMAGE_OK, and the caller closes out->fd, or why
 * there are none. What the bytes are is not looked at. image_sources has been
 * called for the set; then different threads may call this at once. */
enum image_fault image_acquire(const struct image_set *set,
                               const struct image_policy *policy,
                               struct spool *spool, size_t number,
                               struct saved *out);

/* What pictures are made for their own and others' sake: each wanted[i].maker
 * once, in the order of first use. There is room for wanted_count of them;
 * returns their number. */
size_t image_makers(const struct image_set *set, size_t *makers);

/* List the files of all pictures for image_files. */
void image_list_files(struct image_set *set);

#endif
