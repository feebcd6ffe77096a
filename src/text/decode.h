/* An XML file's bytes -> UTF-8.
 *
 * A byte order mark, or the zeros of UTF-16 and UTF-32, tell the encoding for
 * certain. Else it is the one that the XML declaration names, or UTF-8, as long
 * as the bytes can be that: what is called Latin-1 and is UTF-8 throughout is
 * UTF-8; what is called UTF-8, or nothing, and is not, is guessed
 * (libuchardet). The choice falls at the first byte that is not ASCII, by the
 * 64 KiB from there on. In UTF-8 a stray byte is taken as Windows-1252 (or as
 * what was declared); elsewhere it is U+FFFD. Text that was encoded twice is
 * decoded twice, if it is certain (text/twice.h). Labels are those of the
 * Encoding Standard (encoding.spec.whatwg.org, section 4.2). */
#ifndef FEEDBIND_TEXT_DECODE_H
#define FEEDBIND_TEXT_DECODE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* How an encoding was told. */
enum decode_choice {
    CHOICE_CERTAIN, /* as declared, or UTF-8 */
    CHOICE_UNKNOWN, /* the one declared is not known here */
    CHOICE_OTHER,   /* the bytes cannot be the one declared */
    CHOICE_GUESSED, /* none is declared, and the bytes are no UTF-8 */
};

struct decode_report {
    enum decode_choice choice;
    const char *declared; /* as written; NULL: none */
    const char *encoding; /* that was read, as iconv calls it */
    size_t bad_bytes;     /* that were not in the file's encoding */
    unsigned bad_line;    /* of the first */
    size_t twice;         /* pieces of text that were encoded twice */
    unsigned twice_line;
};

struct decoder;

typedef void (*decode_sink)(void *context, struct str text);

/* Strings of `report` are made in the arena. Free with decode_free. */
struct decoder *decode_new(struct arena *a, struct decode_report *report,
                           decode_sink sink, void *context);
void decode_free(struct decoder *d);

/* Take the next piece, which may end anywhere; at the last one, which may be
 * empty, nothing is held back. */
void decode_push(struct decoder *d, struct str piece, bool last);

#endif
