#include "article/prune/trackers.h"

#include "article/style/size.h"

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

static bool side_fits(const xmlNode *img, const char *name, int size)
{
    int pixels = size_stated(img, name);
    return pixels >= 0 && pixels <= size;
}

bool tracker_fits(const xmlNode *img, int size)
{
    return side_fits(img, "width", size) && side_fits(img, "height", size);
}

static bool counts_readers(const struct url *u)
{
    for (size_t i = 0; i < ARRAY_LEN(trackers); i++)
        if ((!trackers[i].host || url_within(u, trackers[i].host)) &&
            str_starts(str_of(u->path), str_of(trackers[i].path)))
            return true;
    /* FeedBurner under a blog's own name */
    return str_starts(str_of(u->path), STR("/~r/")) &&
           strstr(u->path, "/~4/") != NULL;
}

bool tracker_is(struct maker *m, const xmlNode *img, struct str address)
{
    if (tracker_fits(img, 1))
        return true;
    const struct url *u =
        address.n ? url_parse(m->arena, address, m->base) : NULL;
    return u && u->host && counts_readers(u);
}
