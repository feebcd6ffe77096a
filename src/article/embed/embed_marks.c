/* How platforms write what they embed: elements, and where in them the address
 * is. */
#include "article/embed/data_attrs.h"
#include "article/embed/embed.h"
#include "article/embed/pattern.h"

#include <limits.h>

/* Bytes of a title; a longer one is cut. */
enum { TITLE_LARGEST = 600 };

/* Whose words are below the element? */
enum words {
    UNSEEN, /* nobody's: browsers show something else there */
    SHOWN,  /* the author's, or the platform's: they stay */
};

struct mark {
    const char *element;
    const char *class; /* one of its classes; NULL: any or none */
    enum words words;
    const char *kind; /* what the card says where no provider is known */
    /* Templates, the first that can be filled: {name} is an attribute, {.key}
     * in the object that data-attrs holds; {a}, {a2} and {a$} are the first,
     * the second and the last link below, {source} the first source of a
     * medium, {param} a parameter of an object, {text} all text below that is
     * an address. NULL: none. */
    const char *address, *title, *thumb;
    const char *only; /* hosts of other addresses mean nothing; NULL: all do */
    const char *tail; /* an address ends so, its page does not */
    bool home;        /* without an address it is on the article's own page */
};

#define LAZY                                                                   \
    "{src} {data-src} {data-lazy-src} {data-litespeed-src} {data-iframe-src} " \
    "{data-embed-src} {data-cookieblock-src} {data-src-cmplz} {data-url}"
#define MEDIUM "{src} {data-src} {source} {data-video-src} {a}"
#define TITLES "{title} {aria-label} {data-title}"

#define MARK(name, its_class, whose, says, where, ...)                         \
    {                                                                          \
        .element = (name), .class = (its_class), .words = (whose),             \
        .kind = (says), .address = (where), __VA_ARGS__                        \
    }

/* Sorted by element; of one element's rows the first that matches counts. */
static const struct mark marks[] = {
    MARK("#document", NULL, UNSEEN, "Document", "{src}", .title = TITLES),
    MARK("#file", NULL, UNSEEN, "File", "{src}", .title = TITLES),
    MARK("#frame", NULL, SHOWN, "Embedded page", LAZY, .title = TITLES),
    MARK("#page", NULL, UNSEEN, "Link", "{src}", .title = TITLES),
    MARK("a", "twitter-timeline", SHOWN, "Posts on X", "{href}"),
    MARK("a", "kg-bookmark-container", SHOWN, "Link", "{href}"),
    MARK("a", "embedly-card", SHOWN, "Link", "{href}"),
    MARK("amp-audio", NULL, SHOWN, "Audio", MEDIUM),
    MARK("amp-bluesky", NULL, SHOWN, "Post on Bluesky", "{data-url}"),
    MARK("amp-dailymotion", NULL, SHOWN, "Video on Dailymotion",
         "https://www.dailymotion.com/embed/video/{data-videoid}"),
    MARK("amp-embedly-card", NULL, SHOWN, "Embedded page", "{data-url}"),
    MARK("amp-facebook", NULL, SHOWN, "Post on Facebook", "{data-href}"),
    MARK("amp-gist", NULL, SHOWN, "Code on GitHub Gist",
         "https://gist.github.com/{data-gistid}"),
    MARK("amp-iframe", NULL, SHOWN, "Embedded page", LAZY),
    MARK("amp-instagram", NULL, SHOWN, "Post on Instagram",
         "https://www.instagram.com/p/{data-shortcode}/"),
    MARK("amp-pinterest", NULL, SHOWN, "Pin on Pinterest", "{data-url}"),
    MARK("amp-reddit", NULL, SHOWN, "Post on Reddit", "{data-src}"),
    MARK("amp-soundcloud", NULL, SHOWN, "Audio on SoundCloud",
         "https://api.soundcloud.com/tracks/{data-trackid} "
         "https://api.soundcloud.com/playlists/{data-playlistid}"),
    MARK("amp-tiktok", NULL, SHOWN, "Video on TikTok", "{data-src}"),
    MARK("amp-twitter", NULL, SHOWN, "Post on X",
         "https://x.com/i/status/{data-tweetid}"),
    MARK("amp-video", NULL, SHOWN, "Video", MEDIUM, .title = TITLES,
         .thumb = "{poster}"),
    MARK("amp-video-iframe", NULL, SHOWN, "Video", LAZY, .title = TITLES,
         .thumb = "{poster}"),
    MARK("amp-vimeo", NULL, SHOWN, "Video on Vimeo",
         "https://vimeo.com/{data-videoid}"),
    MARK("amp-youtube", NULL, SHOWN, "Video on YouTube",
         "https://www.youtube.com/embed/{data-videoid} "
         "https://www.youtube.com/embed/live_stream?channel="
         "{data-live-channelid}"),
    MARK("applet", NULL, SHOWN, "Java applet", "{archive} {code} {object}"),
    MARK("audio", NULL, UNSEEN, "Audio", MEDIUM, .title = TITLES, .home = true),
    MARK("blockquote", "twitter-tweet", SHOWN, "Post on X", "{cite} {a$}"),
    MARK("blockquote", "twitter-video", SHOWN, "Video on X", "{cite} {a$}"),
    MARK("blockquote", "mastodon-embed", SHOWN, "Post on Mastodon",
         "{data-embed-url} {a$}", .tail = "/embed"),
    MARK("blockquote", "bluesky-embed", SHOWN, "Post on Bluesky", "{a$}"),
    MARK("blockquote", "instagram-media", SHOWN, "Post on Instagram",
         "{data-instgrm-permalink} {a}"),
    MARK("blockquote", "tiktok-embed", SHOWN, "Video on TikTok", "{cite} {a}"),
    MARK("blockquote", "reddit-embed-bq", SHOWN, "Post on Reddit", "{a}"),
    MARK("blockquote", "reddit-card", SHOWN, "Post on Reddit", "{a}"),
    MARK("blockquote", "text-post-media", SHOWN, "Post on Threads",
         "{data-text-post-permalink} {a$}"),
    MARK("blockquote", "imgur-embed-pub", SHOWN, "Picture on Imgur",
         "{a} https://imgur.com/{data-id}"),
    MARK("blockquote", "wp-embedded-content", SHOWN, "Link", "{a}"),
    MARK("blockquote", "embedly-card", SHOWN, "Link", "{a}"),
    MARK("div", "tweet", SHOWN, "Post on X", "{.url} {a$}",
         .title = "{.full_text}"),
    MARK("div", "twitter-embed", SHOWN, "Post on X", "{.url} {a$}",
         .title = "{.full_text}"),
    MARK("div", "twitter-tweet", SHOWN, "Post on X", "{a$}"),
    MARK("div", "bluesky-wrap", SHOWN, "Post on Bluesky",
         "https://bsky.app/profile/{.authorDid}/post/{.postId} {a$}",
         .title = "{.text}"),
    MARK("div", "instagram", SHOWN, "Post on Instagram",
         "https://www.instagram.com/p/{.instagram_id}/ {a}",
         .title = "{.title}"),
    MARK("div", "tiktok-wrap", SHOWN, "Video on TikTok", "{.url} {a}",
         .title = "{.title}"),
    MARK("div", "youtube-wrap", SHOWN, "Video on YouTube",
         "https://www.youtube.com/embed/{.videoId}?start={.startTime} "
         "https://www.youtube.com/embed/{.videoId}",
         .title = TITLES),
    MARK("div", "vimeo-wrap", SHOWN, "Video on Vimeo",
         "https://player.vimeo.com/video/{.videoId}", .title = TITLES),
    MARK("div", "embedded-post-wrap", SHOWN, "Post", "{.url} {a}",
         .title = "{.title}"),
    MARK("div", "digest-post-embed", SHOWN, "Post",
         "{.url} {.canonical_url} {a}", .title = "{.title}"),
    MARK("div", "embedded-publication-wrap", SHOWN, "Newsletter",
         "{.base_url} {a}", .title = "{.name}"),
    MARK("div", "native-video-embed", SHOWN, "Video", "{.url} {a}",
         .title = "{.title}", .home = true),
    MARK("div", "native-audio-embed", SHOWN, "Audio", "{.url} {a}",
         .title = "{.label}", .home = true),
    MARK("div", "fb-post", SHOWN, "Post on Facebook", "{data-href}"),
    MARK("div", "fb-video", SHOWN, "Video on Facebook", "{data-href}"),
    MARK("div", "gist", SHOWN, "Code on GitHub Gist", "{a}", .title = TITLES,
         .only = "gist.github.com"),
    MARK("div", "codepen", SHOWN, "Code on CodePen",
         "https://codepen.io/{data-user}/pen/{data-slug-hash} {a}"),
    MARK("div", "kg-audio-card", SHOWN, "Audio", "{source}"),
    MARK("div", "ltag-github-readme-tag", SHOWN, "Repository on GitHub",
         "{a2} {a}"),
    MARK("div", "ltag__link--embedded", SHOWN, "Article", "{a}"),
    MARK("div", "ltag__link", SHOWN, "Article", "{a$}"),
    MARK("div", "ltag__user", SHOWN, "Person", "{a}"),
    MARK("div", "ltag__tag", SHOWN, "Topic", "{a}"),
    MARK("div", "ltag__twitter-tweet", SHOWN, "Post on X", "{a$}"),
    MARK("div", "ltag_github-liquid-tag", SHOWN, "Issue on GitHub", "{a}"),
    MARK("div", "ltag-wiki", SHOWN, "Article on Wikipedia", "{a}"),
    MARK("div", "c-embed", SHOWN, "Link", "{a}"),
    MARK("div", "wp-block-embed__wrapper", SHOWN, "Embedded page", "{text}"),
    MARK("embed", NULL, UNSEEN, "Embedded object", LAZY),
    MARK("iframe", "mastodon-embed", UNSEEN, "Post on Mastodon", LAZY,
         .title = TITLES, .tail = "/embed"),
    MARK("iframe", "wp-embedded-content", UNSEEN, "Link", LAZY, .title = TITLES,
         .tail = "/embed/"),
    MARK("iframe", "spotify-wrap", UNSEEN, "Audio on Spotify", LAZY,
         .title = "{.title}", .thumb = "{.image}"),
    MARK("iframe", NULL, UNSEEN, "Embedded page", LAZY, .title = TITLES),
    MARK("lite-vimeo", NULL, SHOWN, "Video on Vimeo",
         "https://vimeo.com/{videoid}", .title = "{videotitle} " TITLES),
    MARK("lite-youtube", NULL, SHOWN, "Video on YouTube",
         "https://www.youtube.com/playlist?list={playlistid} "
         "https://www.youtube.com/watch?v={videoid}&{params} "
         "https://www.youtube.com/watch?v={videoid}",
         .title = "{videotitle} {playlabel} " TITLES),
    MARK("object", NULL, UNSEEN, "Embedded object", "{data} {param} {source}"),
    MARK("p", "codepen", SHOWN, "Code on CodePen",
         "https://codepen.io/{data-user}/pen/{data-slug-hash} {a}"),
    MARK("script", "speakerdeck-embed", UNSEEN, "Slides on Speaker Deck",
         "https://speakerdeck.com/player/{data-id}"),
    MARK("script", NULL, UNSEEN, "Code", "{src}", .title = TITLES,
         .only = "gist.github.com jsfiddle.net asciinema.org emgithub.com"),
    MARK("video", NULL, UNSEEN, "Video", MEDIUM, .title = TITLES,
         .thumb = "{poster}", .home = true),
};

/* Titles that say nothing. */
static const char *const dull[] = {
    "YouTube video player",
    "YouTube video",
    "YouTube player",
    "YouTube",
    "Vimeo video player",
    "Vimeo",
    "Video player",
    "Embedded video",
    "Video",
    "Audio player",
    "Player",
    "Twitter Tweet",
    "Twitter embed",
    "X Post",
    "Embedded tweet",
    "Embedded post",
    "Embedded content",
    "Embed",
    "iframe",
    "Spotify embed",
    "Instagram embed",
    "Google Maps",
    "Google Map",
    "Map",
    "Loom",
    "Play",
    "Play Video",
    "Embedded frame",
    "Content",
};

/* How titles begin that say something after it. */
static const char *const stock[] = {"Spotify Embed: ", "CodePen Embed - ",
                                    "YouTube video: ", "Play: "};

/* ---- values of templates ---- */

struct place {
    struct maker *m;
    const xmlNode *node;
};

/* What is behind the element's last, first or second link with an address. */
static struct str link_below(const xmlNode *n, unsigned number)
{
    struct str href = {NULL, 0};
    for (const xmlNode *at = n; number && (at = tree_next(n, at));) {
        struct str one = tree_is(at, "a") ? str_trim(tree_attr(at, "href"))
                                          : (struct str){NULL, 0};
        if (one.n && one.p[0] != '#') {
            href = one;
            number--;
        }
    }
    return href;
}

static struct str source_below(const xmlNode *n)
{
    struct str src = {NULL, 0};
    for (const xmlNode *at = n; !src.n && (at = tree_next(n, at));)
        if (tree_is(at, "source") || tree_is(at, "embed") ||
            tree_is(at, "audio")) {
            src = str_trim(tree_attr(at, "src"));
            if (!src.n)
                src = str_trim(tree_attr(at, "data-src"));
        }
    return src;
}

static struct str param_below(const xmlNode *n)
{
    static const char *const names[] = {"movie", "src", "url", "filename"};
    for (const xmlNode *at = n; (at = tree_next(n, at));)
        for (size_t i = 0; tree_is(at, "param") && i < ARRAY_LEN(names); i++)
            if (str_eq_nocase(tree_attr(at, "name"), str_of(names[i])))
                return str_trim(tree_attr(at, "value"));
    return (struct str){NULL, 0};
}

/* The one text below, if it is an address and nothing else. */
static struct str address_below(const xmlNode *n)
{
    struct str words = {NULL, 0}, rest, one;
    for (const xmlNode *at = n; (at = tree_next(n, at));) {
        if (!tree_is_text(at) || str_blank(tree_content(at)))
            continue;
        if (words.n)
            return (struct str){NULL, 0};
        words = rest = str_trim(tree_content(at));
        if (!str_next_word(&rest, &one) || one.n < words.n ||
            !(str_starts(words, STR("https://")) ||
              str_starts(words, STR("http://"))))
            return (struct str){NULL, 0};
    }
    return words;
}

/* Addresses that lazy loading and consent dialogs put in the place of the
 * one that is meant. */
static bool keeps_place(struct str value)
{
    return str_starts(value, STR("about:")) ||
           str_starts_nocase(value, STR("data:")) ||
           str_starts_nocase(value, STR("javascript:")) ||
           str_starts_nocase(value, STR("blob:"));
}

static struct str look_up(struct str name, void *context)
{
    const struct place *p = context;
    if (str_eq(name, STR("a")))
        return link_below(p->node, 1);
    if (str_eq(name, STR("a2")))
        return link_below(p->node, 2);
    if (str_eq(name, STR("a$")))
        return link_below(p->node, UINT_MAX);
    if (str_eq(name, STR("source")))
        return source_below(p->node);
    if (str_eq(name, STR("param")))
        return param_below(p->node);
    if (str_eq(name, STR("text")))
        return address_below(p->node);
    if (str_starts(name, STR(".")))
        return data_attr(p->m->arena, tree_attr(p->node, "data-attrs"),
                         str_sub(name, 1, name.n));
    struct str value =
        str_trim(tree_attr(p->node, arena_str(p->m->arena, name)));
    return keeps_place(value) ? (struct str){NULL, 0} : value;
}

/* ---- reading an embed ---- */

static const struct mark *mark_of(const xmlNode *n)
{
    size_t low = 0, high = ARRAY_LEN(marks);
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (strcmp(marks[mid].element, (const char *)n->name) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < ARRAY_LEN(marks) && tree_is(n, marks[low].element); low++)
        if (!marks[low].class || tree_has_class(n, marks[low].class))
            return &marks[low];
    return NULL;
}

static const char *title_of(struct maker *m, const struct mark *mark,
                            struct place *place)
{
    const char *text =
        pattern_fill_first(m->arena, mark->title, look_up, place);
    struct buf line = buf_make(BUF_LINE);
    buf_collapse(&line, utf8_clip(str_of(text), TITLE_LARGEST));
    struct str title = buf_view(&line);
    for (size_t i = 0; i < ARRAY_LEN(stock); i++)
        if (str_starts_nocase(title, str_of(stock[i])))
            title = str_sub(title, strlen(stock[i]), title.n);
    for (size_t i = 0; i < ARRAY_LEN(dull); i++)
        if (str_eq_nocase(title, str_of(dull[i])))
            title.n = 0;
    const char *copy = title.n ? arena_str(m->arena, title) : NULL;
    buf_free(&line);
    return copy;
}

/* The page without what only its embedded form has at its end. */
static const char *without_tail(struct maker *m, const char *page,
                                const char *tail)
{
    struct str s = str_of(page), end = str_of(tail);
    size_t n = s.n - strlen(strpbrk(page, "?#") ? strpbrk(page, "?#") : "");
    struct str path = str_sub(s, 0, n);
    if (!end.n || !str_ends(path, end))
        return page;
    return arena_str(m->arena, str_sub(path, 0, n - end.n));
}

bool embed_read(struct maker *m, const xmlNode *n, struct embed *e)
{
    const struct mark *mark = mark_of(n);
    if (!mark)
        return false;
    struct place place = {m, n};
    const char *address =
        pattern_fill_first(m->arena, mark->address, look_up, &place);
    *e = (struct embed){.kind = mark->kind, .words = mark->words == SHOWN};
    if (address)
        provider_find(m, str_of(address), e);
    else if (mark->home && m->entry->link)
        e->page = m->entry->link;
    e->bare = e->words && str_eq(str_of(mark->address), STR("{text}"));
    if (mark->only && !(e->page && provider_is(m, e->page, mark->only)))
        return false;
    e->title = title_of(m, mark, &place);
    if (tree_is(n, "iframe"))
        embed_fall_back(m, n, e);
    if (!e->page)
        return true;
    if (mark->tail)
        e->page = without_tail(m, e->page, mark->tail);
    if (mark->thumb && !e->thumb)
        e->thumb = pattern_fill_first(m->arena, mark->thumb, look_up, &place);
    return true;
}
