/* XML as it is found -> XML that a parser can read.
 *
 * A lexer between the decoder and the parser: UTF-8 in, in pieces of any
 * size; UTF-8 out that has the same line ends up to every point, so line
 * numbers stay true. It builds nothing and never fails. What it mends:
 * characters that XML forbids, HTML's named entities, "&" and "<" that start
 * no markup, attribute values without quotes, end tags that are missing or
 * match nothing, CDATA sections that never end,
 * second XML declarations, DOCTYPEs (so no entity is ever declared),
 * processing instructions, text before and after the root element, and what is
 * left of a tag or reference where the input breaks off.
 * XML 1.0 (fifth edition) is the measure. */
#ifndef FEEDBIND_XML_MEND_H
#define FEEDBIND_XML_MEND_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Kinds of faults, and what was done about each. */
#define MEND_FAULTS(X)                                                         \
    X(MEND_CHARACTER, "characters that XML forbids; left out")                 \
    X(MEND_REFERENCE, "character references to no character; replaced")        \
    X(MEND_ENTITY, "HTML entities; replaced by their characters")              \
    X(MEND_AMPERSAND, "\"&\" that starts no reference; taken as text")         \
    X(MEND_LESS_THAN, "\"<\" that starts no tag; taken as text")               \
    X(MEND_ATTRIBUTE, "attributes that are not well-formed; mended")           \
    X(MEND_END_TAG, "end tags of no open element; left out")                   \
    X(MEND_UNCLOSED, "elements that are not ended; ended by what follows")     \
    X(MEND_CDATA, "a CDATA section without end; closed")                       \
    X(MEND_JUNK, "text outside of the root element; left out")                 \
    X(MEND_DECLARATION, "an XML declaration that is not at the start; "        \
                        "left out")

enum mend_fault {
#define X(id, text) id,
    MEND_FAULTS(X)
#undef X
        MEND_FAULT_COUNT
};

const char *mend_fault_text(enum mend_fault fault);

/* How often a fault was met, and on which line first. */
struct mend_count {
    size_t count;
    unsigned line; /* from 1 */
};

/* What is known of an element, so that it can be ended where its end tag is
 * missing: by the next one that cannot stand in it. */
enum {
    MEND_UNIT = 1, /* stands in no other unit */
    MEND_TEXT = 2, /* holds no element that is known */
    MEND_BODY = 4, /* holds HTML, so none that is known and sure */
    MEND_SURE = 8, /* is no name that HTML has, too */
};

struct mend_element {
    const char *name; /* as it is written, with its prefix */
    unsigned flags;
};

struct mend;

/* Takes the mended bytes. */
typedef void (*mend_sink)(void *context, const char *data, size_t n);

/* Free with mend_free. */
struct mend *mend_new(mend_sink sink, void *context);
void mend_free(struct mend *m);

/* What is known of elements; the table must live as long as m. */
void mend_know(struct mend *m, const struct mend_element *elements,
               size_t count);

/* Take the next piece; a piece may end anywhere, inside of a character too. */
void mend_push(struct mend *m, struct str piece);

/* There is no more. */
void mend_end(struct mend *m);

/* After mend_end: did the input break off, with elements still open? */
bool mend_cut(const struct mend *m);

/* What was mended so far: MEND_FAULT_COUNT of them. */
const struct mend_count *mend_counts(const struct mend *m);

#endif
