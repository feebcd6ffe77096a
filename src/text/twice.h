/* Text that was encoded twice -> text.
 *
 * UTF-8 whose bytes were once taken for Windows-1252 and encoded again reads
 * "donâ€™t". It is decoded again only if that is certain: all that is not
 * ASCII, in 64 KiB from its first character on, reads so, and it stands in
 * words often enough, or is too long for chance. After that, what does not
 * read so is left as it is. */
#ifndef FEEDBIND_TEXT_TWICE_H
#define FEEDBIND_TEXT_TWICE_H

#include "text/decode.h"

struct twice;

/* Counts what it decodes in `report`. Free with twice_free. */
struct twice *twice_new(struct decode_report *report, decode_sink sink,
                        void *context);
void twice_free(struct twice *t);

/* Take the next piece, whole characters of UTF-8. */
void twice_push(struct twice *t, struct str piece, bool last);

#endif
