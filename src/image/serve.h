/* What the workers' programs have in common: they answer requests, one after
 * the other, with little to hand. Part of the workers. */
#ifndef FEEDBIND_IMAGE_SERVE_H
#define FEEDBIND_IMAGE_SERVE_H

#include "base/buf.h"
#include "image/protocol.h"

struct task {
    struct protocol_request request;
    struct str file;
    const char *fonts; /* the folder of faces */
    struct protocol_reply reply;
    struct buf out; /* the bytes that go with it */
};

/* Give up what a picture's decoder needs not, have `answer` fill in the reply
 * and `out` of each request, and return when there are no more. */
void serve(void (*answer)(struct task *t), const char *fonts);

#endif
