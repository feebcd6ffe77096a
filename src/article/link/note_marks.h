/* How notes, and what refers to them, are told: by what converters and
 * platforms write, and by how their signs look. Tables. */
#ifndef FEEDBIND_ARTICLE_LINK_NOTE_MARKS_H
#define FEEDBIND_ARTICLE_LINK_NOTE_MARKS_H

#include "article/article_int.h"

/* Note on the element what its attributes say: once, as they may be long, and
 * before the questions below are asked of it or of what is below it. */
void note_marks_read(xmlNode *n);

/* Does the link, or a phrasing element right around it, say that it refers to
 * a note? */
bool note_says_reference(const xmlNode *link);

/* Does the element, or one of the next around it, say that it holds notes? */
bool note_says_notes(const xmlNode *n);

/* Is it the sign, or around the signs, that lead from a note to the text? */
bool note_says_back(const xmlNode *n);

/* Is it a note that stands within the text, beside its sign? */
bool note_says_inline(const xmlNode *n);

/* Does it say, in a note within the text, what its sign says before it? */
bool note_says_again(const xmlNode *n);

/* Is this what ids of notes look like: "fn1", "_ftn1", "cite_note-1"? */
bool note_id(struct str id);

/* The sign itself, "1" of "[1]", if the text looks like a note's; else n is
 * 0. */
struct str note_sign(struct str text);

/* Is this text nothing but a way back: an arrow, "Back"? */
bool note_is_arrow(struct str text);

#endif
