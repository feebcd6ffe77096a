/* JSON (RFC 8259) as it is found -> events, in pieces of any size.
 *
 * Nothing is built and nothing is fatal: a text that breaks off gives all that
 * was there, a comma too many or too few is passed over, and so are line ends
 * within strings. Arrays are told by their elements alone, so that
 * {"tags": ["a", "b"]} gives "tags" twice. */
#ifndef FEEDBIND_TEXT_JSON_READ_H
#define FEEDBIND_TEXT_JSON_READ_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Objects and arrays below this are left out. */
enum { JSON_DEPTH = 64 };

enum json_kind { JSON_TEXT, JSON_NUMBER, JSON_BOOL };

/* `key` names the member that a value is, or is an element of; "" for the
 * outermost. Strings are lent for the call. An object's members come between
 * its open and its close; null is not told. */
struct json_handler {
    void *context;
    void (*open)(void *context, const char *key, unsigned line);
    void (*close)(void *context, const char *key);
    void (*scalar)(void *context, const char *key, struct str text,
                   enum json_kind kind, unsigned line);
};

struct json_reader;

/* `handler` is copied. Free with json_reader_free. */
struct json_reader *json_reader_new(const struct json_handler *handler);
void json_reader_free(struct json_reader *r);

/* Take the next piece: UTF-8, which may end inside of a character. */
void json_reader_push(struct json_reader *r, struct str piece);

/* There is no more: what is open is ended. True if the text was complete and
 * without a fault; else *line is where the first was, from 1. */
bool json_reader_end(struct json_reader *r, unsigned *line);

#endif
