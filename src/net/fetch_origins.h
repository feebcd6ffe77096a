/* How origins (scheme, host and port: RFC 6454) are.
 *
 * One that has given nothing good so far, or nothing good for a while, is in
 * trouble as a whole, whatever its answers say: its host is to rest. One that
 * is so several times in a row is given up for the run: of an archive's many
 * pictures on a host that is gone, or answers each after half a minute with an
 * error, the first few pay for finding out. */
#ifndef FEEDBIND_NET_FETCH_ORIGINS_H
#define FEEDBIND_NET_FETCH_ORIGINS_H

#include "base/url.h"

#include <stdbool.h>
#include <stdint.h>

struct origins;

/* `patience`: so many rests in a row, and no more, are taken for an origin.
 * origins_free it. */
struct origins *origins_new(uint64_t patience);
void origins_free(struct origins *o);

/* The URL's origin is well: what it gave is final. Its rows are over. */
void origins_well(struct origins *o, const struct url *url);

/* Something came to nothing for now. True if it is the origin's trouble and
 * not that of the one request; it is if `whole`. */
bool origins_trouble(struct origins *o, const struct url *url, bool whole,
                     const char *detail);

/* It rests. How often in a row, with this time. */
uint64_t origins_rest(struct origins *o, const struct url *url);

/* The same without another rest. */
uint64_t origins_rests(struct origins *o, const struct url *url);

/* It asks to be left alone for longer than anybody waits. */
void origins_give_up(struct origins *o, const struct url *url);

/* NULL, or the detail of its last trouble if the origin is given up; it lives
 * until the next trouble. */
const char *origins_given_up(struct origins *o, const struct url *url);

#endif
