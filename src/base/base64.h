/* Base64 (RFC 4648, sections 4 and 5). */
#ifndef FEEDBIND_BASE_BASE64_H
#define FEEDBIND_BASE_BASE64_H

#include "base/buf.h"

/* Append the bytes that `text` stands for, up to its padding. What is no digit
 * of either alphabet is passed over. */
void base64_decode(struct str text, struct buf *out);

#endif
