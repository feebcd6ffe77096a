/* Links by which readers tell others of an article. */
#ifndef FEEDBIND_ARTICLE_PRUNE_SHARING_H
#define FEEDBIND_ARTICLE_PRUNE_SHARING_H

#include "base/url.h"

/* Is it the address of a service, or of a program, that takes an address and
 * hands it on? */
bool sharing_address(const struct url *u);

/* Is it a word that labels a share bar? */
bool sharing_label(struct str word);

#endif
