/* Namespaces, by every spelling that is met. */
#include "feed/feed_int.h"

static const struct {
    const char *met, *usual;
} spellings[] = {
    /* prefixes that were not declared */
    {"atom", NS_ATOM},
    {"atom10", NS_ATOM},
    {"at", NS_TOMBSTONES},
    {"content", NS_CONTENT},
    {"dc", NS_DC},
    {"dcterms", NS_DCTERMS},
    {"feedburner", NS_FEEDBURNER},
    {"fh", NS_HISTORY},
    {"itunes", NS_ITUNES},
    {"media", NS_MEDIA},
    {"pheedo", NS_PHEEDO},
    {"podcast", NS_PODCAST},
    {"rdf", NS_RDF},
    {"slash", NS_SLASH},
    {"thr", NS_THR},
    {"wfw", NS_WFW},
    {"wp", NS_WP},
    {"excerpt", NS_EXCERPT},
    /* RSS 0.90, 1.0, 1.1, and what 2.0 was given by some */
    {"http://my.netscape.com/rdf/simple/0.9/", ""},
    {"http://channel.netscape.com/rdf/simple/0.9/", ""},
    {"http://purl.org/rss/1.0/", ""},
    {"http://purl.org/net/rss1.1#", ""},
    {"http://backend.userland.com/rss", ""},
    {"http://backend.userland.com/rss2", ""},
    {"http://backend.userland.com/RSS2", ""},
    {"http://blogs.law.harvard.edu/tech/rss", ""},
    {"http://cyber.law.harvard.edu/rss/rss.html", ""},
    {"http://www.rssboard.org/rss-specification", ""},
    /* Atom 0.3, and Atom as it is mistyped */
    {"http://purl.org/atom/ns#", NS_ATOM},
    {"http://purl.org/atom/ns", NS_ATOM},
    {"https://www.w3.org/2005/Atom", NS_ATOM},
    {"http://www.w3.org/2005/Atom/", NS_ATOM},
    {"http://www.w3.org/2005/atom", NS_ATOM},
    /* modules */
    {"http://www.itunes.com/DTDs/Podcast-1.0.dtd", NS_ITUNES},
    {"http://www.itunes.com/DTDs/PodCast-1.0.dtd", NS_ITUNES},
    {"https://www.itunes.com/dtds/podcast-1.0.dtd", NS_ITUNES},
    {"http://search.yahoo.com/mrss", NS_MEDIA},
    {"https://search.yahoo.com/mrss/", NS_MEDIA},
    {"http://www.rssboard.org/media-rss", NS_MEDIA},
    {"https://purl.org/dc/elements/1.1/", NS_DC},
    {"http://purl.org/dc/elements/1.0/", NS_DC},
    {"https://purl.org/rss/1.0/modules/content/", NS_CONTENT},
    {"http://purl.org/atom/app#", NS_APP},
    {"https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/"
     "1.0.md",
     NS_PODCAST},
    {"http://podcastindex.org/namespace/1.0", NS_PODCAST},
    /* WordPress export files */
    {"http://wordpress.org/export/1.0/", NS_WP},
    {"http://wordpress.org/export/1.1/", NS_WP},
    {"http://wordpress.org/export/1.2/", NS_WP},
    {"http://wordpress.org/export/1.0/excerpt/", NS_EXCERPT},
    {"http://wordpress.org/export/1.1/excerpt/", NS_EXCERPT},
    {"http://wordpress.org/export/1.2/excerpt/", NS_EXCERPT},
};

const char *space_usual(const char *space)
{
    for (size_t i = 0; i < ARRAY_LEN(spellings); i++)
        if (strcmp(space, spellings[i].met) == 0)
            return spellings[i].usual;
    return space;
}
