/* The command line, turned into one policy struct for each stage. options.c
 * holds the table of options and is the only file that knows argv. */
#ifndef FEEDBIND_OPTIONS_H
#define FEEDBIND_OPTIONS_H

#include "article/article.h"
#include "book/book.h"
#include "device.h"
#include "epub/epub.h"
#include "feed/feed.h"
#include "image/image.h"

/* What is to be done. */
enum action {
    ACTION_BIND,        /* make the book */
    ACTION_FETCH,       /* --fetch-only: fill the store, and no more */
    ACTION_LIST_IMAGES, /* --list-images: print addresses, and no more */
    ACTION_LIST,        /* --dry-run: print articles, and no more */
    ACTION_HELP,        /* it has been printed, and so have */
    ACTION_VERSION,
    ACTION_LIST_DEVICES, /* --device list */
};

/* Arguments of an option that may be repeated. */
struct texts {
    const char **items;
    size_t count;
};

/* What is asked of pictures, whatever the device; 0 and false: nothing. */
struct picture_wish {
    uint32_t width, height; /* the box */
    uint32_t quality;
    bool grey, dither, colour;
};

/* What of the articles is asked for, as it was written. */
struct asked {
    const char *since, *until; /* NULL: not */
    struct texts authors, categories, titles;
};

/* Into how many volumes a book goes. */
enum split_kind { SPLIT_NONE, SPLIT_YEAR, SPLIT_MONTH, SPLIT_COUNT };

struct split {
    enum split_kind kind;
    uint64_t amount; /* of articles */
};

struct options {
    struct arena *arena; /* strings and arrays that are not argv's own */
    struct caseless *caseless;
    enum action action;
    const char **feeds;
    size_t feed_count;
    bool strict; /* a book with something left out is none */
    enum diag_show show;
    const char *depfile; /* NULL: none */
    const char *report;  /* NULL: none */
    struct split split;
    const char *directory; /* of books, one for each feed; NULL: one book */
    unsigned jobs;
    const struct device *device;
    struct picture_wish wish; /* settled with the device in image.fit */
    uint64_t budget;          /* bytes that the book may have; 0: any number */
    struct feed_policy feed;  /* but for the files */
    struct merge_policy merge;
    struct select_policy select;
    struct asked asked; /* what `select` was made of */
    const char *state;  /* NULL: none */
    struct article_policy article;
    struct image_policy image;
    struct book_policy book;
    struct epub_policy epub; /* output NULL: named after the title */
};

/* Read the command line and the environment (XDG_CACHE_HOME, HOME,
 * SOURCE_DATE_EPOCH). Strings of argv are borrowed. --help and --version
 * print to `out`. False for a usage error, which is in `diag`; free `o` with
 * options_free either way. */
bool options_parse(struct options *o, int argc, char **argv, FILE *out,
                   struct diag *diag);
void options_free(struct options *o);

/* The options, for the test that holds them against the manual: prints
 * "long short argument" of each, a line an option. */
void options_dump(FILE *out);

#endif
