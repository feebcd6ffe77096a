/* URLs as the WHATWG URL Standard defines them (url.spec.whatwg.org):
 * parsed, resolved, serialised. libidn2 does most of the work of domain to
 * ASCII (section 3.3). Time is linear in the length of what is given. */
#ifndef FEEDBIND_BASE_URL_H
#define FEEDBIND_BASE_URL_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>

/* A URL record (section 4.1). Strings are percent-encoded ASCII and live in
 * the arena of the call that made the record. */
struct url {
    const char *scheme;   /* lower case, without the colon */
    const char *username; /* "" for none */
    const char *password;
    const char *host;     /* serialised; NULL for none, "" for an empty one */
    int port;             /* -1 for none or the scheme's default */
    const char *path;     /* serialised: "/a/b" or, if opaque, "someone@x" */
    bool opaque_path;     /* mailto:, data:, javascript: … */
    const char *query;    /* without "?"; NULL for none */
    const char *fragment; /* without "#"; NULL for none */
};

/* Parse `input`, which may be relative to `base` (NULL for none) and need not
 * be well-formed UTF-8. The result does not need the base any more. Returns
 * NULL where the standard says failure, and for parts past BUF_BODY. */
struct url *url_parse(struct arena *a, struct str input,
                      const struct url *base);

/* The URL as text (section 4.5), with or without its fragment. */
char *url_text(struct arena *a, const struct url *u, bool with_fragment);

/* True for ftp, file, http, https, ws, wss. */
bool url_special(const struct url *u);

/* True for http and https: what an image or a source may be. */
bool url_is_web(const struct url *u);

/* True if the URL's host is `domain` (lower case), or a name below it. */
bool url_within(const struct url *u, const char *domain);

/* Percent-decode; the result may hold any byte. */
struct str url_decode(struct arena *a, struct str s);

/* Without "www." in front, unless what follows is no name of a site; more than
 * the host may follow it. */
struct str url_without_www(struct str host);

/* The host as a person would read it: without "www." and in Unicode where
 * IDNA allows. "" for a URL without host. */
char *url_site(struct arena *a, const struct url *u);

#endif
