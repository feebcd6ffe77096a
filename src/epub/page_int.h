/* Shared by the pages' values: a value is a name in a table, and a function
 * that says what the name means on a page. */
#ifndef FEEDBIND_EPUB_PAGE_INT_H
#define FEEDBIND_EPUB_PAGE_INT_H

#include "epub/epub_int.h"

/* Pictures that are not in the book, article by article; bounded. */
struct absent {
    struct absent_group {
        const struct chapter *chapter;
        size_t first, count; /* pictures[first] … */
    } * groups;
    size_t group_count;
    size_t *pictures; /* numbers of the article's pictures */
    size_t picture_count;
};

/* Widths of the book's small pictures, ascending; see image_small. */
struct widths {
    unsigned *items;
    size_t count;
};

/* A page that is being rendered, by one thread. */
struct page {
    const struct epub *epub;
    const struct book *book;
    const struct resource *resource;
    struct arena *arena;
    struct str body;      /* a chapter's part */
    struct absent absent; /* the page of sources */
    struct widths widths; /* the style sheet */
};

/* What a name means. `item` is the number of the list's item that is being
 * rendered. */
struct field {
    const char *name;
    struct value (*get)(const struct page *p, size_t item);
};

/* A list: what its items know, and the number of its first. */
struct items {
    const struct field *fields;
    size_t field_count;
    size_t first;
};

struct value list_of(const struct page *p, const struct field *fields,
                     size_t field_count, size_t first, size_t count);

/* The number as text. */
struct value numbered(const struct page *p, size_t n);

/* "1 article", "2 articles" */
const char *counted(const struct page *p, size_t n, const char *noun);

/* "a, b, c" */
const char *joined(const struct page *p, const char *const *words, size_t n);

static inline struct value flag(bool on)
{
    return (struct value){.kind = VALUE_LIST, .count = on};
}

/* The tables' functions in short. */
#define TEXT(text) value_text_of(text)
#define LIST(fields, first, count)                                             \
    list_of(p, fields, ARRAY_LEN(fields), first, count)
#define GET(name)   static struct value name(const struct page *p, size_t item)
#define UNUSED_ITEM (void)item
#define GET_TEXT(name, value)                                                  \
    GET(name)                                                                  \
    {                                                                          \
        UNUSED_ITEM;                                                           \
        return TEXT(value);                                                    \
    }
/* What the feeds may leave unsaid; without it the name means nothing, which
 * is not the same as being unknown. */
#define GET_MAYBE(name, value)                                                 \
    GET(name)                                                                  \
    {                                                                          \
        UNUSED_ITEM;                                                           \
        return (value) ? TEXT(value) : flag(false);                            \
    }
#define GET_FLAG(name, value)                                                  \
    GET(name)                                                                  \
    {                                                                          \
        UNUSED_ITEM;                                                           \
        return flag(value);                                                    \
    }
#define GET_LIST(name, fields, count)                                          \
    GET(name)                                                                  \
    {                                                                          \
        UNUSED_ITEM;                                                           \
        return LIST(fields, 0, count);                                         \
    }

/* ---- chapter.c: the names of a chapter's page ---- */

const struct field *chapter_field(struct str name);

/* ---- absent.c: the names of the pictures that are not in the book ---- */

const struct field *absent_field(struct str name);
void absent_collect(struct page *p);

/* ---- widths.c: the names of the small pictures' widths ---- */

const struct field *widths_field(struct str name);
void widths_collect(struct page *p);

/* The field of this name; NULL for none. */
const struct field *field_of(const struct field *fields, size_t count,
                             struct str name);

#endif
