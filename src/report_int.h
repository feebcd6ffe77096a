/* Shared by the report's files. */
#ifndef FEEDBIND_REPORT_INT_H
#define FEEDBIND_REPORT_INT_H

#include "report.h"
#include "text/json.h"

/* Messages by the article that they are about. */
struct report_messages;

/* Sort the binding's messages to its articles; report_messages_free it. */
struct report_messages *report_messages_new(const struct binding *b);
void report_messages_free(struct report_messages *messages);

/* Put those about article number `article`, or, with `article` their number,
 * those about none, as the member "messages". */
void report_put_messages(struct json_writer *w,
                         const struct report_messages *messages,
                         size_t article);

/* Put all messages as elements of the array that is open. */
void report_put_each(struct json_writer *w, const struct diag *diag);

/* Put what tells an entry: title, id, link, file, line, date. */
void report_put_entry(struct json_writer *w, const struct entry *e,
                      const char *title);

/* Put article number `n` as an element of the array that is open. */
void report_put_article(struct json_writer *w, const struct binding *b,
                        const struct report_messages *messages, size_t n);

#endif
