/* Which origins are not worth asking any more. An origin (scheme, host and
 * port: RFC 6454) that is in trouble several times in a row, with nothing good
 * between, is given up for the run: of an archive's many pictures on a host
 * that is gone, the first few pay for finding out. */
#ifndef FEEDBIND_NET_FETCH_ORIGINS_H
#define FEEDBIND_NET_FETCH_ORIGINS_H

#include "base/url.h"

#include <stdint.h>

struct origins;

/* `patience`: an origin is given up for more troubles in a row. origins_free
 * it. */
struct origins *origins_new(uint64_t patience);
void origins_free(struct origins *o);

/* The URL's origin is in trouble. */
void origins_trouble(struct origins *o, const struct url *url,
                     const char *detail);

/* How often it was in a row. */
uint64_t origins_row(struct origins *o, const struct url *url);

/* It is well: the row is over. */
void origins_well(struct origins *o, const struct url *url);

/* It asks to be left alone for longer than anybody waits. */
void origins_give_up(struct origins *o, const struct url *url,
                     const char *detail);

/* NULL, or the detail of its last trouble if the origin is given up; it lives
 * until the next trouble. */
const char *origins_given_up(struct origins *o, const struct url *url);

#endif
