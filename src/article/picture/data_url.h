/* data: URLs (RFC 2397). */
#ifndef FEEDBIND_ARTICLE_PICTURE_DATA_URL_H
#define FEEDBIND_ARTICLE_PICTURE_DATA_URL_H

#include "base/arena.h"
#include "base/buf.h"

/* Append the bytes that a data: URL stands for. What is no base64 in one is
 * passed over. */
void data_url_decode(struct arena *scratch, struct str url, struct buf *out);

#endif
