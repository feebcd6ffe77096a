/* Text that grows, and owns itself.
 *
 * A buffer is born with a ceiling and fails stickily: what would pass the
 * ceiling sets `failed` and is not added, and one test at the end is enough.
 * `data` is never NULL and always ends in NUL. */
#ifndef FEEDBIND_BASE_BUF_H
#define FEEDBIND_BASE_BUF_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
    char *data;
    size_t len, cap, max;
    bool failed; /* something did not fit under the ceiling */
};

/* Ceilings for common needs, in bytes. */
#define BUF_LINE   ((size_t)1 << 20) /* a name, a URL, a message */
#define BUF_BODY   ((size_t)1 << 28) /* an article, a page */
#define BUF_MEMBER ((size_t)1 << 31) /* a file in the book */

/* An empty buffer that never holds more than `max` bytes; it allocates on
 * first use. Release it with buf_free. */
struct buf buf_make(size_t max);
void buf_free(struct buf *b);

/* Empty the buffer and forgive a failure; its memory stays. */
void buf_clear(struct buf *b);

void buf_add(struct buf *b, const void *data, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_puts(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_utf8(struct buf *b, uint32_t c);
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Make room for n more bytes at data + len, or fail; the caller writes there,
 * raises len by what it wrote and puts a NUL at data[len]. Returns the place,
 * NULL on failure. */
char *buf_room(struct buf *b, size_t n);

/* Drop all from byte n on. */
void buf_cut(struct buf *b, size_t n);

static inline struct str buf_view(const struct buf *b)
{
    return (struct str){b->data, b->len};
}

/* Add s with & < > " escaped, as XML text or a quoted attribute's value needs
 * it (XML 1.0, section 2.4); characters that chr_xml refuses are left out, and
 * bytes that are not UTF-8 become U+FFFD. */
void buf_escape(struct buf *b, struct str s);

/* Add s with runs of white space made one space, none at either end. */
void buf_collapse(struct buf *b, struct str s);

#endif
