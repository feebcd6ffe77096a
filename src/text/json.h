/* JSON (RFC 8259) in the making: objects and arrays, told from the outside in
 * and one value after the other. (jansson does the work.) The same calls give
 * the same bytes: members stay in the order in which they were put. */
#ifndef FEEDBIND_TEXT_JSON_H
#define FEEDBIND_TEXT_JSON_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct json_writer;

/* A writer whose outermost object is open; json_writer_free it. */
struct json_writer *json_writer_new(void);
void json_writer_free(struct json_writer *w);

/* Put a value into what is open: a member named `key` of an object, or an
 * element of an array, where `key` is NULL. */
void json_open_object(struct json_writer *w, const char *key);
void json_open_array(struct json_writer *w, const char *key);
void json_close(struct json_writer *w);

/* NULL is null; bytes that are not UTF-8 become U+FFFD. */
void json_put_text(struct json_writer *w, const char *key, const char *text);
void json_put_number(struct json_writer *w, const char *key, uint64_t n);
void json_put_bool(struct json_writer *w, const char *key, bool value);
void json_put_null(struct json_writer *w, const char *key);

/* Append the whole, indented, with a line end; nothing is to be open but the
 * outermost object. What passes the buffer's ceiling makes it fail. */
void json_write(const struct json_writer *w, struct buf *out);

#endif
