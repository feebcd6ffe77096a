/* What is known of embeds: how platforms write them (embed_marks.c), and which
 * pages are behind their addresses (providers.c). Tables, both. */
#ifndef FEEDBIND_ARTICLE_EMBED_EMBED_H
#define FEEDBIND_ARTICLE_EMBED_EMBED_H

#include "article/article_int.h"

/* What a card says. Strings live in the arena or are static. */
struct embed {
    const char *kind;  /* "Video on YouTube" */
    const char *page;  /* the page that a person would open */
    const char *title; /* NULL for none */
    const char *thumb; /* a picture's address; NULL for none */
    bool words;        /* what is below the element is shown by browsers */
    bool bare;         /* … and is nothing but the address */
    bool told;         /* a link in the frame tells the page, nothing else */
};

/* Is this element an embed? Fills *e if so. An embed that leads nowhere has
 * no page: there is nothing to say of it. */
bool embed_read(struct maker *m, const xmlNode *n, struct embed *e);

/* A frame's link for browsers without frames: its page and title where they
 * say more than *e does. */
void embed_fall_back(struct maker *m, const xmlNode *n, struct embed *e);

/* Find what is behind an address: kind, page and thumb of *e. Where no row
 * knows it, false, and the page is the address itself, the rest untouched;
 * without an address that a reader could open the page is NULL. */
bool provider_find(struct maker *m, struct str address, struct embed *e);

/* Is the page on one of these hosts (a space between), or within one? */
bool provider_is(struct maker *m, const char *page, const char *hosts);

#endif
