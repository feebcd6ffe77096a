/* Shared by the mender's files: mend.c takes what stands at the front of the
 * input, mend_tag.c its tags, mend_text.c its text. */
#ifndef FEEDBIND_XML_MEND_INT_H
#define FEEDBIND_XML_MEND_INT_H

#include "base/buf.h"
#include "base/mem.h"
#include "xml/mend.h"

enum {
    MEND_TAG_MAX = 1 << 20, /* bytes; a "<" with no ">" in so many is text */
    MEND_NAME_MAX = 48,     /* bytes of a reference between "&" and ";" */
    MEND_DEPTH = 1024,      /* elements deeper than this are left out */
};

struct mend {
    mend_sink sink;
    void *context;
    struct buf in;  /* not yet mended */
    struct buf out; /* mended, not yet given away */
    unsigned line;
    VEC(size_t) open;     /* elements: where their names are in `names` */
    struct buf names;     /* of open elements, one after the other */
    size_t taken, wasted; /* bytes mended; looked at in vain for a tag's end */
    bool root_closed;     /* the root element is over */
    bool started;         /* something but white space has been read */
    bool in_junk;         /* text outside of the root, met already */
    bool in_cdata;
    bool in_unseen; /* in what is left out, up to unseen_end */
    struct str unseen_end;
    bool at_end;                      /* no more input will come */
    const struct mend_element *known; /* of elements */
    size_t known_count;
    struct mend_count counts[MEND_FAULT_COUNT];
};

/* ---- mend_text.c ---- */

void mend_fault(struct mend *m, enum mend_fault fault);

/* Leave text out, but for its line ends. */
void mend_leave_out(struct mend *m, struct str s);

/* White space, as it is. */
void mend_put_space(struct mend *m, struct str s);

/* Text without markup, as it is but for characters that cannot be. */
void mend_put_plain(struct mend *m, struct str s);

/* Text with references; "<", '"' and "]]>" in it are escaped. */
void mend_put_text(struct mend *m, struct str s);

/* ---- mend_tag.c ---- */

/* Length of the XML name at the front of s (section 2.3); 0 if there is none.
 */
size_t mend_name_length(struct str s);

/* Take the tag at the front of s, which starts with "<" and a name, or with
 * "</" and a name. Returns how many bytes were taken, 0 if it needs more. */
size_t mend_take_tag(struct mend *m, struct str s);

#endif
