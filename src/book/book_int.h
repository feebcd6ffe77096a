/* Shared inside the book stage. */
#ifndef FEEDBIND_BOOK_BOOK_INT_H
#define FEEDBIND_BOOK_BOOK_INT_H

#include "base/mem.h"
#include "book/book.h"

/* What a book is made from. */
struct making {
    const struct library *library;
    struct article *const *articles;
    struct image_set *images;
    const struct book_policy *policy;
    struct book *book;
    struct arena *arena;
};

/* names.c: members' names for each chapter's parts. */
void book_name_chapters(struct making *m);

/* contents.c: the contents, nested; after the chapters are named. */
void book_list_contents(struct making *m);

/* make.c: the feeds that the book has articles of. */
void book_list_feeds(const struct making *m);

/* people.c: creators and contributors. */
void book_name_people(struct making *m);

/* metadata.c: title, dates, language, identifier, subjects and the rest. */
void book_describe(struct making *m, struct diag *diag);

/* A growing list of different texts, compared without regard to ASCII case, in
 * the order of their coming; at most LIST_MAX. */
enum { LIST_MAX = 200 };
typedef VEC(const char *) text_list;
void text_list_add(text_list *list, const char *text);

/* Move the list into the arena; *out gets it, and its length is returned. */
size_t text_list_keep(text_list *list, struct arena *a, const char ***out);

#endif
