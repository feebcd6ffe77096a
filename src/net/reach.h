/* Which addresses a feed may make us ask.
 *
 * A feed comes from anywhere and may name http://127.0.0.1/ or the address of
 * a cloud's metadata service. What is not globally reachable (RFC 6890 and
 * its registries: loopback, private, link-local, shared, multicast …) is
 * refused, at the moment when a connection is made, so that neither a name
 * that resolves to such an address nor a redirect gets there. The proxies
 * that the environment names are the user's own choice and allowed. */
#ifndef FEEDBIND_NET_REACH_H
#define FEEDBIND_NET_REACH_H

#include <stdbool.h>
#include <sys/socket.h>

/* Is this IPv4 or IPv6 address reachable from anywhere? Other families are
 * not. */
bool reach_public(const struct sockaddr *address);

/* Does this host of a URL (serialised, lower case) name a place that is not:
 * an address, or localhost? For hosts that a proxy would resolve. */
bool reach_local_name(const char *host);

struct reach;

/* Read *_proxy (http, https, all; either case but HTTP_PROXY, as curl does)
 * and resolve them. reach_free it. */
struct reach *reach_new(void);
void reach_free(struct reach *r);

/* May a connection be made to this address? */
bool reach_allows(const struct reach *r, const struct sockaddr *address);

#endif
