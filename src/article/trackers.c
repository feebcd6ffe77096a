#include "article/trackers.h"

#include "base/mem.h"

/* A host, or what it ends in after a dot (NULL: any), and what the path begins
 * with. */
static const struct {
    const char *host, *path;
} trackers[] = {
    {"api.follow.it", "/track"},
    {"b.scorecardresearch.com", "/"},
    {"bat.bing.com", "/"},
    {"blogger.googleusercontent.com", "/tracker/"},
    {"c.statcounter.com", "/"},
    {"counter.theconversation.com", "/"},
    {"counter.theconversation.edu.au", "/"},
    {"doubleclick.net", "/"},
    {"eotrx.substackcdn.com", "/"},
    {"facebook.com", "/tr"},
    {"feedproxy.google.com", "/~r/"},
    {"feeds.feedblitz.com", "/~/i/"},
    {"feeds.feedblitz.com", "/-/"},
    {"feeds.feedburner.com", "/~r/"},
    {"feeds.wordpress.com", "/1.0/"},
    {"feedsportal.com", "/c/"},
    {"google-analytics.com", "/"},
    {"googletagmanager.com", "/"},
    {"ioam.de", "/"},
    {"list-manage.com", "/track/"},
    {"mandrillapp.com", "/track/"},
    {"mc.yandex.ru", "/watch/"},
    {"medium.com", "/_/stat"},
    {"met.vgwort.de", "/na/"},
    {"pixel.quantserve.com", "/"},
    {"pixel.wp.com", "/"},
    {"px.ads.linkedin.com", "/"},
    {"sb.scorecardresearch.com", "/"},
    {"stats.wordpress.com", "/"},
    {"stats.wp.com", "/"},
    {"track.hubspot.com", "/"},
    {"tracking.feedpress.com", "/"},
    {"tracking.feedpress.it", "/"},
    {NULL, "/matomo.php"},
    {NULL, "/piwik.php"},
    {NULL, "/matomo/matomo.php"},
    {NULL, "/piwik/piwik.php"},
    {NULL, "/wf/open"},
};

bool tracker_address(const struct url *u)
{
    if (!u->host)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(trackers); i++)
        if ((!trackers[i].host || url_within(u, trackers[i].host)) &&
            str_starts(str_of(u->path), str_of(trackers[i].path)))
            return true;
    /* FeedBurner under a blog's own name */
    return str_starts(str_of(u->path), STR("/~r/")) &&
           strstr(u->path, "/~4/") != NULL;
}
