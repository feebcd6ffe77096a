/* Canonical addresses: which addresses on the web are those of one page. */
#ifndef FEEDBIND_BASE_CANONICAL_H
#define FEEDBIND_BASE_CANONICAL_H

#include "base/arena.h"

#include <stdbool.h>

enum form {
    FORM_FULL,  /* with its fragment */
    FORM_WHOLE, /* without it */
    FORM_CUT,   /* without what usually tells nothing either: parameters of
                   trackers, "index.html" and the like */
    FORM_COUNT
};

/* An address without scheme, "www." and such: addresses of one page have the
 * same text in a form. A form that says no more than the next is NULL; all
 * are if the address is none on the web, else the last at least is there. */
struct canonical {
    const char *forms[FORM_COUNT];
    bool fragment; /* it has one that may be an id */
};

/* The forms of an absolute address (NULL is none), made in the arena. */
struct canonical canonical(struct arena *arena, const char *address);

#endif
