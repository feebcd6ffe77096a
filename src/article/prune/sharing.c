#include "article/prune/sharing.h"

#include "base/mem.h"

/* A service's host, or what it ends in after a dot, and what the path begins
 * with. */
static const struct {
    const char *host, *path;
} services[] = {
    {"addthis.com", "/"},
    {"addtoany.com", "/"},
    {"b.hatena.ne.jp", "/add"},
    {"blogger.com", "/email-post.g"},
    {"blogger.com", "/share-post.g"},
    {"bsky.app", "/intent/compose"},
    {"buffer.com", "/add"},
    {"bufferapp.com", "/add"},
    {"connect.ok.ru", "/offer"},
    {"del.icio.us", "/post"},
    {"delicious.com", "/save"},
    {"digg.com", "/submit"},
    {"evernote.com", "/clip"},
    {"facebook.com", "/dialog/s"},
    {"facebook.com", "/share.php"},
    {"facebook.com", "/sharer"},
    {"getpocket.com", "/edit"},
    {"getpocket.com", "/save"},
    {"instapaper.com", "/edit"},
    {"instapaper.com", "/hello2"},
    {"line.me", "/R/msg"},
    {"linkedin.com", "/cws/share"},
    {"linkedin.com", "/shareArticle"},
    {"linkedin.com", "/sharing/"},
    {"lobste.rs", "/stories/new"},
    {"mastodonshare.com", "/"},
    {"news.ycombinator.com", "/submitlink"},
    {"pinterest.com", "/pin/create"},
    {"plus.google.com", "/share"},
    {"printfriendly.com", "/"},
    {"reddit.com", "/submit"},
    {"service.weibo.com", "/share"},
    {"share.diasporafoundation.org", "/"},
    {"share.flipboard.com", "/"},
    {"social-plugins.line.me", "/lineit"},
    {"stumbleupon.com", "/submit"},
    {"t.me", "/share"},
    {"telegram.me", "/share"},
    {"threads.net", "/intent/post"},
    {"toot.kytta.dev", "/"},
    {"tumblr.com", "/share"},
    {"tumblr.com", "/widgets/share"},
    {"twitter.com", "/home"},
    {"twitter.com", "/intent/tweet"},
    {"twitter.com", "/share"},
    {"vk.com", "/share"},
    {"wa.me", "/"},
    {"whatsapp.com", "/send"},
    {"x.com", "/intent/"},
    {"x.com", "/share"},
    {"xing.com", "/social/share"},
    {"xing.com", "/spi/shares"},
};

/* Programs that are opened with something to hand on. */
static const char *const schemes[] = {"fb-messenger", "sms", "tg", "viber",
                                      "whatsapp"};

static const char *const labels[] = {
    "a",        "and",         "article",   "artikel",    "beitrag",
    "caring",   "compartilhe", "compartir", "condividi",  "copy",
    "deel",     "dela",        "diesen",    "email",      "en",
    "facebook", "friends",     "in",        "is",         "like",
    "link",     "linkedin",    "on",        "or",         "page",
    "partager", "pin",         "pinterest", "post",       "print",
    "reddit",   "save",        "share",     "shares",     "sharing",
    "spread",   "story",       "sur",       "teilen",     "the",
    "this",     "to",          "tweet",     "twitter",    "via",
    "whatsapp", "with",        "word",      "x",          "your",
    "分享",     "シェア",      "共有",      "поделиться",
};

bool sharing_address(const struct url *u)
{
    for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
        if (strcmp(u->scheme, schemes[i]) == 0)
            return true;
    if (strcmp(u->scheme, "mailto") == 0)
        return !strchr(u->path, '@') && u->query;
    for (size_t i = 0; i < ARRAY_LEN(services); i++)
        if (url_within(u, services[i].host) &&
            str_starts(str_of(u->path), str_of(services[i].path)))
            return true;
    return false;
}

/* Marks around a word do not count, nor do numbers: how often it was shared. */
bool sharing_label(struct str word)
{
    while (word.n && !chr_alpha((unsigned char)*word.p) &&
           (unsigned char)*word.p < 0x80)
        word = str_sub(word, 1, word.n);
    while (word.n && !chr_alpha((unsigned char)word.p[word.n - 1]) &&
           (unsigned char)word.p[word.n - 1] < 0x80)
        word.n--;
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        if (str_eq_nocase(word, str_of(labels[i])))
            return true;
    return word.n == 0;
}
