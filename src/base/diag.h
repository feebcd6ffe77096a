/* Messages: what was seen, where, and what was done about it.
 *
 * A job collects its messages in a list of its own and returns the list with
 * its value; the lists are joined in the order of feeds and articles, and one
 * function prints them. So standard error is the same for every -j. One form:
 *
 *   feedbind: planet.xml:412: warning: image left out, placeholder used: not
 *   found: https://… (in "Title")
 *
 * Messages with the same file, level, text and group differ in detail and place
 * only, and are folded: the first is printed in its place with its detail and
 * its line, and ends in " (and 67 more like it; --verbose lists them)". With
 * --verbose all are printed. */
#ifndef FEEDBIND_BASE_DIAG_H
#define FEEDBIND_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

/* Where it was. Any field may be NULL or 0 when it does not apply. Strings are
 * copied. */
struct diag_place {
    const char *file;    /* as the user named it */
    unsigned line;       /* from 1 */
    const char *article; /* its title */
    const char *group;   /* not printed: what else has one folds apart */
};

struct diag;

struct diag *diag_new(void);

/* A list whose messages are about `file` if they name none. */
struct diag *diag_new_about(const char *file);

/* NULL is allowed. */
void diag_free(struct diag *d);

/* Add a message. `text` says what was seen and the remedy, without varying
 * parts: it is what repeats are folded by. `detail` (printf form; NULL for
 * none) is the varying part, printed after "text: ". Neither ends in a full
 * stop or a newline. What could drive a terminal or turn the line around
 * (control characters, bidirectional embeddings and isolates) is printed as
 * "?", a byte that is not UTF-8 as U+FFFD. */
void diag_add(struct diag *d, enum diag_level level, struct diag_place place,
              const char *text, const char *detail, ...)
    __attribute__((format(printf, 5, 6)));

/* Move all messages of `from` to the end of `to`; frees `from` (NULL is
 * allowed). */
void diag_join(struct diag *to, struct diag *from);

/* The level as it is printed. */
const char *diag_level_text(enum diag_level level);

/* A message as it was added, made printable. */
struct diag_message {
    enum diag_level level;
    struct diag_place place;
    const char *text;
    const char *detail; /* NULL for none */
};

/* All messages so far, in order; they are the list's own, and may move when
 * one is added. Returns their number. */
size_t diag_messages(const struct diag *d, const struct diag_message **out);

/* Number of messages of this level. */
size_t diag_count(const struct diag *d, enum diag_level level);

/* What to print: --quiet shows errors alone, --verbose shows notes as well
 * and folds nothing. */
enum diag_show { DIAG_QUIET, DIAG_NORMAL, DIAG_VERBOSE };

/* Print the messages added since the last call to `out`, folded. */
void diag_print(struct diag *d, FILE *out, enum diag_show show);

#endif
