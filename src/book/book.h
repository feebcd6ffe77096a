/* Stage: articles and pictures -> a book: metadata, order, contents, cover.
 *
 * Pure: a function of its arguments. Identity and dates are derived, never
 * random, and never from the clock. */
#ifndef FEEDBIND_BOOK_BOOK_H
#define FEEDBIND_BOOK_BOOK_H

#include "article/article.h"
#include "feed/feed.h"
#include "image/image.h"

#include <stdbool.h>
#include <stddef.h>

enum cover_kind {
    COVER_PLAIN, /* words, and the feed's sign */
    COVER_PICTURE,
    COVER_NONE,
};

/* What was asked for of the feeds' articles. */
struct book_choice {
    const char *asked; /* in lines, for the identifier; NULL: all there are */
    const char *names; /* of authors and categories, for the title; NULL: any */
    bool dated;        /* some time's alone: the title says which */
    bool fresh; /* those that no book had: no other book is the same one */
};

/* One of the volumes that a book was split into. */
struct book_volume {
    const char *series;            /* the title of the whole … */
    const char *series_identifier; /* … and its identifier */
    const char *words;    /* what follows the title: " 2024", ", volume 3" */
    const char *name;     /* in names of files, and what it is: "2024" */
    const char *position; /* in the series: a number */
};

struct book_policy {
    const char *title; /* each NULL: derived from the feeds */
    const char *author;
    const char *language;   /* a valid tag */
    const char *identifier; /* a URI */
    struct book_choice choice;
    const struct book_volume *volume; /* NULL: it is in one volume */
    enum cover_kind cover;
    const char *cover_picture; /* COVER_PICTURE: a file */
    struct date modified;      /* SOURCE_DATE_EPOCH; unknown: newest article */
};

/* One article's place in the book. */
struct chapter {
    const struct article *article;
    size_t number;      /* the article's number in the library */
    const char **files; /* a member name for each part: a0123456789.xhtml,
                           a0123456789-2.xhtml … */
};

/* Chapters that stand together in the contents. */
struct section {
    const char *title;  /* NULL if it is the only one and has none */
    size_t first, last; /* chapters[first] … chapters[last - 1] */
};

/* A feed that the book has articles of. */
struct source {
    const struct feed *feed; /* the file that its first article is of */
    size_t count;            /* of articles */
};

/* A line of the contents: a section, an article, a heading. */
enum toc_kind { TOC_SECTION, TOC_ARTICLE, TOC_HEADING };

struct toc_entry {
    enum toc_kind kind;
    const char *title;
    const char *file;
    const char *fragment;          /* NULL: the file's beginning */
    const struct article *article; /* NULL for a section */
    size_t number;                 /* in reading order, from 1 */
    size_t place;        /* the same, but equal for those with one target */
    size_t first, count; /* what lies below it: contents[first] … */
};

struct book {
    struct arena *arena;
    const char *identifier;           /* urn:uuid:… */
    const struct book_volume *volume; /* NULL: there is only this one */
    const char *title;
    const char *language;
    bool rtl;
    const char *modified; /* 2026-03-27T15:04:48Z */
    const char *date;     /* 2026-03-27; NULL if no article has one */
    const char *range;    /* "March 2024 – June 2026"; NULL likewise */
    const char *publisher;
    const char *description;
    const char *rights;
    const char **creators; /* dc:creator, role aut */
    size_t creator_count;
    const char **contributors; /* dc:contributor, role ctb */
    size_t contributor_count;
    const char **sources; /* addresses of the feeds */
    size_t source_count;
    const char **subjects; /* most frequent first, at most 20 */
    size_t subject_count;
    struct chapter *chapters;
    size_t chapter_count;
    struct section *sections;
    size_t section_count;
    struct source *feeds; /* in the library's order */
    size_t feed_count;
    struct toc_entry *contents; /* the first is the book: below it lies all */
    unsigned depth;             /* how deep the contents nest, at least 1 */
    bool folded;           /* too many lines for a page: it shows no headings */
    bool has_images;       /* any that is shown, the cover aside */
    bool has_math;         /* MathML */
    bool all_alt;          /* and each of them has an alternative text */
    size_t image_count;    /* as often as articles show or miss them */
    size_t missing_images; /* placeholders */
    struct image_file cover; /* its name is NULL for none */
    const char *cover_alt;
};

/* The feed whose sign the cover bears: that of all articles. NULL: none. */
const struct feed *book_mark(const struct library *l,
                             const struct book_policy *policy);

/* Make the book of all articles, in the library's order. book_free it. */
struct book *book_make(const struct library *l, struct article *const *articles,
                       struct image_set *images,
                       const struct book_policy *policy,
                       const struct image_policy *image_policy,
                       struct spool *spool, struct diag *diag);

void book_free(struct book *b);

/* The title and the identifier that a book of the library would have in one
 * volume, told before it is made; of one of what is new, the identifier is that
 * of all articles. */
const char *book_title(struct arena *a, const struct library *l,
                       const struct book_policy *policy);
const char *book_identifier(struct arena *a, const struct library *l,
                            const struct book_policy *policy);

/* The file name that a title gives, with words after it that tell books of one
 * title apart (NULL: none; at most 60 bytes, fit for a file name): portable to
 * FAT32 and to readers, at most 120 bytes, ending in ".epub". */
char *book_file_name(struct arena *a, const char *title, const char *words);

#endif
