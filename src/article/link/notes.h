/* The notes of an article: found by footnotes.c, moved by notes.c. */
#ifndef FEEDBIND_ARTICLE_LINK_NOTES_H
#define FEEDBIND_ARTICLE_LINK_NOTES_H

#include "article/article_int.h"

/* An id or a link within the article, and where it stands. */
struct place {
    struct str id;
    xmlNode *node; /* NULL: it is gone */
    size_t order;  /* among all nodes */
    size_t led_by; /* of an id that a note leads back to: its number + 1 */
};

struct note {
    xmlNode *node;    /* the block that is the note */
    xmlNode *target;  /* what has the id that links lead to */
    size_t order;     /* of the target */
    struct str sign;  /* "1"; empty if what refers to it looks like nothing */
    bool marked;      /* what is written around it says that it is one */
    bool rejected;    /* it is none after all */
    size_t first_ref; /* of those that refer to it */
};

/* What refers to a note. */
struct note_ref {
    struct place at;
    size_t note;
};

struct notes {
    struct maker *m;
    xmlNode *root;
    VEC(struct place) ids;     /* sorted by id */
    VEC(struct place) links;   /* to ids of the article, in order */
    VEC(struct place) inlines; /* notes within the text */
    VEC(struct note) notes;
    VEC(struct note_ref) refs;
};

enum { NOTE_BACKLINKS = 64 }; /* links that are looked at in one note */

/* Is n within `outer`, or that itself? */
bool notes_within(const xmlNode *outer, const xmlNode *n);

/* The id's place; NULL if it is none of the article's. */
struct place *notes_find_id(const struct notes *s, struct str id);

/* The links in the note that lead back to `ref`, at most NOTE_BACKLINKS;
 * returns how many. */
size_t notes_backlinks(const struct notes *s, const struct note *note,
                       const struct place *ref, struct place **backs);

/* Before `gone` goes from the midst of a note: the words before it and after it
 * will be recorded apart, for so they stood. */
void notes_part(xmlNode *note, xmlNode *gone);

/* Move the notes to the article's end, and link both ways. */
void notes_move(struct notes *s);

#endif
