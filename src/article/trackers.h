/* Pictures that are there to be counted, not to be seen. */
#ifndef FEEDBIND_ARTICLE_TRACKERS_H
#define FEEDBIND_ARTICLE_TRACKERS_H

#include "base/url.h"

#include <stdbool.h>

/* True for the addresses of services that count readers. */
bool tracker_address(const struct url *u);

#endif
