/* Attributes that hold a JSON object, as Substack's data-attrs does. */
#ifndef FEEDBIND_ARTICLE_EMBED_DATA_ATTRS_H
#define FEEDBIND_ARTICLE_EMBED_DATA_ATTRS_H

#include "base/arena.h"
#include "base/str.h"

/* The string or number behind a key of the object itself, not of one within
 * it, made in the arena; p is NULL for none. Takes any text, and time in
 * proportion to its length. */
struct str data_attr(struct arena *arena, struct str json, struct str key);

#endif
