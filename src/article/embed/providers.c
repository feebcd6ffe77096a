/* Which pages are behind the addresses that are embedded. */
#include "article/embed/embed.h"
#include "article/embed/pattern.h"

enum {
    PATH_LARGEST = 2048, /* no provider's addresses are as long as this */
    ADDRESSES_WITHIN = 3 /* an address in an address in an address */
};

/* One kind of address. The first row that matches, and whose page can be made,
 * counts. */
struct provider {
    const char *hosts; /* the host, or what it ends in after a dot: any of
                          these, a space between; "*" for all */
    const char *path; /* a pattern (article/embed/pattern.h) of its path, or, if
                         there is a "?" in it, of its path and query; NULL for
                         all */
    const char *kind; /* what the card says */
    /* Templates of the page that a person would open, and of a picture. They
     * know what the pattern captured, query parameters by name (with "!":
     * percent-decoded) and {origin}, the scheme and host. NULL: the address
     * itself; no picture. A page that begins with a decoded parameter is an
     * address of its own, and looked up again. */
    const char *page, *thumb;
    const char *keep; /* query parameters that the page has too: "name", or
                         "name=its name there", a space between */
};

#define YOUTUBE       "https://www.youtube.com/"
#define YOUTUBE_HOSTS "youtube.com youtube-nocookie.com"
#define YOUTUBE_VIDEO(at, id)                                                  \
    .page = YOUTUBE at id,                                                     \
    .thumb = "https://i.ytimg.com/vi/" id "/hqdefault.jpg",                    \
    .keep = "start=t t list"
#define GOOGLE_MAP "https://www.google.com/maps/search/?api=1&query="

#define AT(at_hosts, at_path, says, ...)                                       \
    {                                                                          \
        .hosts = (at_hosts), .path = (at_path), .kind = (says), __VA_ARGS__    \
    }

static const struct provider providers[] = {
    /* ---- videos ---- */
    AT(YOUTUBE_HOSTS, "/embed/videoseries", "Playlist on YouTube",
       .page = YOUTUBE "playlist?list={list}"),
    AT(YOUTUBE_HOSTS, "/embed", "Playlist on YouTube",
       .page = YOUTUBE "playlist?list={list}"),
    AT(YOUTUBE_HOSTS, "/embed/live_stream", "Live video on YouTube",
       .page = YOUTUBE "channel/{channel}/live"),
    AT(YOUTUBE_HOSTS, "/embed/{1}&{*}", "Video on YouTube",
       YOUTUBE_VIDEO("watch?v=", "{1}")),
    AT(YOUTUBE_HOSTS, "/embed/{1}", "Video on YouTube",
       YOUTUBE_VIDEO("watch?v=", "{1}")),
    AT(YOUTUBE_HOSTS, "/v/{1}&{*}", "Video on YouTube",
       YOUTUBE_VIDEO("watch?v=", "{1}")),
    AT(YOUTUBE_HOSTS, "/v/{1}", "Video on YouTube",
       YOUTUBE_VIDEO("watch?v=", "{1}")),
    AT(YOUTUBE_HOSTS, "/live/{1}", "Video on YouTube",
       YOUTUBE_VIDEO("watch?v=", "{1}")),
    AT(YOUTUBE_HOSTS, "/shorts/{1}", "Video on YouTube",
       YOUTUBE_VIDEO("shorts/", "{1}")),
    AT(YOUTUBE_HOSTS, "/watch", "Video on YouTube",
       YOUTUBE_VIDEO("watch?v=", "{v}")),
    AT(YOUTUBE_HOSTS, "/playlist", "Playlist on YouTube",
       .page = YOUTUBE "playlist?list={list}"),
    AT(YOUTUBE_HOSTS, NULL, "Page on YouTube"),
    AT("youtu.be", "/{1}", "Video on YouTube",
       YOUTUBE_VIDEO("watch?v=", "{1}")),
    AT("player.vimeo.com", "/video/{1}", "Video on Vimeo",
       .page = "https://vimeo.com/{1}/{h}"),
    AT("player.vimeo.com", "/video/{1}", "Video on Vimeo",
       .page = "https://vimeo.com/{1}"),
    AT("vimeo.com", NULL, "Video on Vimeo"),
    AT("dailymotion.com", "/embed/video/{1}", "Video on Dailymotion",
       .page = "https://www.dailymotion.com/video/{1}",
       .thumb = "https://www.dailymotion.com/thumbnail/video/{1}",
       .keep = "start"),
    AT("dailymotion.com", "/player.html", "Video on Dailymotion",
       .page = "https://www.dailymotion.com/video/{video}",
       .thumb = "https://www.dailymotion.com/thumbnail/video/{video}",
       .keep = "start"),
    AT("dailymotion.com", "/player/{1}", "Video on Dailymotion",
       .page = "https://www.dailymotion.com/video/{video}",
       .thumb = "https://www.dailymotion.com/thumbnail/video/{video}",
       .keep = "start"),
    AT("dailymotion.com dai.ly", NULL, "Video on Dailymotion"),
    AT("player.twitch.tv", "/", "Video on Twitch",
       .page = "https://www.twitch.tv/videos/{video}", .keep = "time=t"),
    AT("player.twitch.tv", "/", "Channel on Twitch",
       .page = "https://www.twitch.tv/{channel}"),
    AT("player.twitch.tv", "/", "Videos on Twitch",
       .page = "https://www.twitch.tv/collections/{collection}"),
    AT("clips.twitch.tv", "/embed", "Clip on Twitch",
       .page = "https://clips.twitch.tv/{clip}"),
    AT("twitch.tv", "/embed/{1}/chat", "Chat on Twitch",
       .page = "https://www.twitch.tv/{1}"),
    AT("twitch.tv", NULL, "Video on Twitch"),
    AT("loom.com", "/embed/{1}", "Video on Loom",
       .page = "https://www.loom.com/share/{1}", .keep = "t"),
    AT("loom.com", NULL, "Video on Loom"),
    AT("wistia.net wistia.com", NULL, "Video on Wistia"),
    AT("play.vidyard.com", NULL, "Video on Vidyard"),
    AT("streamable.com", "/{1}/{2}", "Video on Streamable",
       .page = "https://streamable.com/{2}"),
    AT("streamable.com", NULL, "Video on Streamable"),
    AT("rumble.com", NULL, "Video on Rumble"),
    AT("odysee.com", "/$/embed/{*}", "Video on Odysee",
       .page = "https://odysee.com/{*}"),
    AT("archive.org", "/embed/{1}/{*}", "Recording in the Internet Archive",
       .page = "https://archive.org/details/{1}"),
    AT("embed.ted.com", "/{*}", "Talk at TED",
       .page = "https://www.ted.com/{*}"),
    AT("bilibili.com", "/player.html", "Video on Bilibili",
       .page = "https://www.bilibili.com/video/{bvid}"),
    AT("bilibili.com", "/player.html", "Video on Bilibili",
       .page = "https://www.bilibili.com/video/av{aid}"),
    AT("bilibili.com", NULL, "Video on Bilibili"),
    AT("player.youku.com", "/embed/{1}", "Video on Youku",
       .page = "https://v.youku.com/v_show/id_{1}.html"),
    AT("embed.nicovideo.jp", "/watch/{1}", "Video on Niconico",
       .page = "https://www.nicovideo.jp/watch/{1}"),
    AT("rutube.ru", "/play/embed/{1}", "Video on Rutube",
       .page = "https://rutube.ru/video/{1}/"),
    AT("vk.com", "/video_ext.php", "Video on VK",
       .page = "https://vk.com/video{oid}_{id}"),
    AT("players.brightcove.net", NULL, "Video"),
    AT("cdn.jwplayer.com", NULL, "Video"),
    AT("iframe.mediadelivery.net", NULL, "Video"),

    /* ---- posts ---- */
    AT("platform.twitter.com platform.x.com", "/embed/{1}", "Post on X",
       .page = "https://x.com/i/status/{id}"),
    AT("twitter.com x.com", "/i/web/status/{1}/{*}", "Post on X",
       .page = "https://x.com/i/status/{1}"),
    AT("twitter.com x.com", "/{1}/status/{2}/{*}", "Post on X",
       .page = "https://x.com/{1}/status/{2}"),
    AT("twitter.com x.com", "/{1}/statuses/{2}/{*}", "Post on X",
       .page = "https://x.com/{1}/status/{2}"),
    AT("twitter.com x.com", NULL, "Posts on X"),
    AT("twitframe.com", "/show", "Post on X", .page = "{url!}"),
    AT("embed.bsky.app", "/embed/{1}/app.bsky.feed.post/{2}", "Post on Bluesky",
       .page = "https://bsky.app/profile/{1}/post/{2}"),
    AT("bsky.app", NULL, "Post on Bluesky"),
    AT("instagram.com", "/{1}/embed", "Page on Instagram",
       .page = "https://www.instagram.com/{1}/"),
    AT("instagram.com", "/{1}/{2}", "Post on Instagram",
       .page = "https://www.instagram.com/{1}/{2}/"),
    AT("instagram.com", "/{1}/{2}/embed/{*}", "Post on Instagram",
       .page = "https://www.instagram.com/{1}/{2}/"),
    AT("instagram.com", "/{1}/{2}/{3}/embed/{*}", "Post on Instagram",
       .page = "https://www.instagram.com/{1}/{2}/{3}/"),
    AT("instagram.com", "/{1}/{2}/{3}", "Post on Instagram"),
    AT("instagram.com", NULL, "Page on Instagram"),
    AT("tiktok.com", "/embed/v2/{1}", "Video on TikTok",
       .page = "https://www.tiktok.com/@/video/{1}"),
    AT("tiktok.com", "/player/v1/{1}", "Video on TikTok",
       .page = "https://www.tiktok.com/@/video/{1}"),
    AT("tiktok.com", "/embed/{1}", "Video on TikTok",
       .page = "https://www.tiktok.com/@/video/{1}"),
    AT("tiktok.com", NULL, "Video on TikTok"),
    AT("threads.net threads.com", "/{1}/post/{2}/embed", "Post on Threads",
       .page = "{origin}/{1}/post/{2}"),
    AT("threads.net threads.com", NULL, "Post on Threads"),
    AT("facebook.com", "/plugins/video.php", "Video on Facebook",
       .page = "{href!}"),
    AT("facebook.com", "/plugins/{1}", "Post on Facebook", .page = "{href!}"),
    AT("facebook.com", "/{1}/videos/{*}", "Video on Facebook"),
    AT("facebook.com", "/watch", "Video on Facebook"),
    AT("facebook.com", NULL, "Post on Facebook"),
    AT("linkedin.com", "/embed/feed/update/{1}", "Post on LinkedIn",
       .page = "https://www.linkedin.com/feed/update/{1}"),
    AT("linkedin.com", NULL, "Post on LinkedIn"),
    AT("redditmedia.com embed.reddit.com", "/r/{*}", "Post on Reddit",
       .page = "https://www.reddit.com/r/{*}"),
    AT("reddit.com", NULL, "Post on Reddit"),
    AT("assets.pinterest.com", "/ext/embed.html", "Pin on Pinterest",
       .page = "https://www.pinterest.com/pin/{id}/"),
    AT("pinterest.com", NULL, "Pin on Pinterest"),
    AT("t.me", "/{1}/{2}", "Post on Telegram", .page = "https://t.me/{1}/{2}"),
    AT("substack.com", "/embed", "Newsletter on Substack", .page = "{origin}/"),
    AT("substack.com", "/embed/p/{1}", "Post on Substack",
       .page = "{origin}/p/{1}"),
    AT("substack.com", "/p/{1}", "Post on Substack"),
    AT("substack.com", NULL, "Page on Substack"),
    AT("medium.com", NULL, "Embed on Medium"),

    /* ---- sound ---- */
    AT("open.spotify.com", "/embed/{*}", "Audio on Spotify",
       .page = "https://open.spotify.com/{*}"),
    AT("open.spotify.com", "/embed-podcast/{*}", "Podcast on Spotify",
       .page = "https://open.spotify.com/{*}"),
    AT("embed.spotify.com", "/?uri=spotify:{1}:{2}", "Audio on Spotify",
       .page = "https://open.spotify.com/{1}/{2}"),
    AT("embed.spotify.com", "/?uri=spotify%3A{1}%3A{2}", "Audio on Spotify",
       .page = "https://open.spotify.com/{1}/{2}"),
    AT("open.spotify.com", NULL, "Audio on Spotify"),
    AT("anchor.fm", "/{1}/embed/episodes/{2}", "Podcast",
       .page = "https://anchor.fm/{1}/episodes/{2}"),
    AT("podcasters.spotify.com creators.spotify.com",
       "/pod/{1}/{2}/embed/episodes/{3}", "Podcast on Spotify",
       .page = "{origin}/pod/{1}/{2}/episodes/{3}"),
    AT("api.soundcloud.com", NULL, "Audio on SoundCloud",
       .page = "https://w.soundcloud.com/player/?url={origin}{path}"),
    AT("w.soundcloud.com", "/player", "Audio on SoundCloud", .page = "{url!}"),
    AT("soundcloud.com", NULL, "Audio on SoundCloud"),
    AT("embed.podcasts.apple.com", "/{*}", "Podcast on Apple Podcasts",
       .page = "https://podcasts.apple.com/{*}", .keep = "i"),
    AT("podcasts.apple.com", NULL, "Podcast on Apple Podcasts"),
    AT("embed.music.apple.com", "/{*}", "Audio on Apple Music",
       .page = "https://music.apple.com/{*}", .keep = "i"),
    AT("music.apple.com", NULL, "Audio on Apple Music"),
    AT("bandcamp.com", NULL, "Audio on Bandcamp"),
    AT("mixcloud.com", "/widget/iframe", "Audio on Mixcloud",
       .page = "https://www.mixcloud.com{feed!}"),
    AT("mixcloud.com", NULL, "Audio on Mixcloud"),
    AT("widget.deezer.com", "/widget/{1}/{2}/{3}", "Audio on Deezer",
       .page = "https://www.deezer.com/{2}/{3}"),
    AT("embed.tidal.com", "/{*}", "Audio on Tidal",
       .page = "https://tidal.com/{*}"),
    AT("share.transistor.fm", "/e/{1}", "Podcast",
       .page = "https://share.transistor.fm/s/{1}"),
    AT("buzzsprout.com player.simplecast.com player.captivate.fm "
       "html5-player.libsyn.com play.libsyn.com playlist.megaphone.fm "
       "podbean.com player.fireside.fm share.transistor.fm acast.com "
       "player.blubrry.com",
       NULL, "Podcast"),

    /* ---- code and data ---- */
    AT("codepen.io", "/{1}/embed/preview/{2}", "Code on CodePen",
       .page = "https://codepen.io/{1}/pen/{2}"),
    AT("codepen.io", "/{1}/embed/{2}", "Code on CodePen",
       .page = "https://codepen.io/{1}/pen/{2}"),
    AT("codepen.io", NULL, "Code on CodePen"),
    AT("codesandbox.io", "/embed/{1}", "Code on CodeSandbox",
       .page = "https://codesandbox.io/s/{1}"),
    AT("codesandbox.io", NULL, "Code on CodeSandbox"),
    AT("stackblitz.com", "/edit/{1}", "Code on StackBlitz",
       .page = "https://stackblitz.com/edit/{1}", .keep = "file"),
    AT("stackblitz.com", "/github/{*}", "Code on StackBlitz",
       .page = "https://stackblitz.com/github/{*}", .keep = "file"),
    AT("stackblitz.com", NULL, "Code on StackBlitz"),
    AT("jsfiddle.net", "/{1}/{2}/{3}/embedded{*}", "Code on JSFiddle",
       .page = "https://jsfiddle.net/{1}/{2}/{3}/"),
    AT("jsfiddle.net", "/{1}/{2}/embedded{*}", "Code on JSFiddle",
       .page = "https://jsfiddle.net/{1}/{2}/"),
    AT("jsfiddle.net", "/{1}/embedded{*}", "Code on JSFiddle",
       .page = "https://jsfiddle.net/{1}/"),
    AT("jsfiddle.net", "/{1}/{2}/embed{*}", "Code on JSFiddle",
       .page = "https://jsfiddle.net/{1}/{2}/"),
    AT("jsfiddle.net", NULL, "Code on JSFiddle"),
    AT("jsbin.com", "/{1}/{2}/embed{*}", "Code on JS Bin",
       .page = "https://jsbin.com/{1}/{2}/edit"),
    AT("jsbin.com", "/{1}/embed{*}", "Code on JS Bin",
       .page = "https://jsbin.com/{1}/edit"),
    AT("embed.plnkr.co", "/{1}", "Code on Plunker",
       .page = "https://plnkr.co/edit/{1}"),
    AT("glitch.com", NULL, "Code on Glitch"),
    AT("replit.com repl.it", "/@{1}/{2}", "Code on Replit",
       .page = "https://replit.com/@{1}/{2}"),
    AT("replit.com repl.it", NULL, "Code on Replit"),
    AT("trinket.io", "/embed/{1}/{2}", "Code on Trinket",
       .page = "https://trinket.io/{1}/{2}"),
    AT("godbolt.org", NULL, "Code on Compiler Explorer"),
    AT("carbon.now.sh", "/embed{*}", "Code on Carbon"),
    AT("asciinema.org", "/a/{1}.js", "Terminal recording on asciinema",
       .page = "https://asciinema.org/a/{1}"),
    AT("asciinema.org", "/a/{1}/embed", "Terminal recording on asciinema",
       .page = "https://asciinema.org/a/{1}"),
    AT("asciinema.org", "/a/{1}/iframe", "Terminal recording on asciinema",
       .page = "https://asciinema.org/a/{1}"),
    AT("gist.github.com", "/{1}/{2}.js", "Code on GitHub Gist",
       .page = "https://gist.github.com/{1}/{2}"),
    AT("gist.github.com", "/{1}/{2}.pibb", "Code on GitHub Gist",
       .page = "https://gist.github.com/{1}/{2}"),
    AT("gist.github.com", "/{1}.js", "Code on GitHub Gist",
       .page = "https://gist.github.com/{1}"),
    AT("gist.github.com", NULL, "Code on GitHub Gist"),
    AT("emgithub.com", NULL, "Code on GitHub", .page = "{target!}"),
    AT("github.com", "/{1}/{2}", "Repository on GitHub"),
    AT("github.com", "/{1}/{2}/issues/{3}", "Issue on GitHub"),
    AT("github.com", "/{1}/{2}/pull/{3}", "Pull request on GitHub"),
    AT("github.com", NULL, "Page on GitHub"),
    AT("observablehq.com", "/embed/@{1}/{2}", "Notebook on Observable",
       .page = "https://observablehq.com/@{1}/{2}"),
    AT("observablehq.com", "/embed/{1}", "Notebook on Observable",
       .page = "https://observablehq.com/d/{1}"),
    AT("observablehq.com", NULL, "Notebook on Observable"),
    AT("kaggle.com", "/embed/{1}/{2}", "Notebook on Kaggle",
       .page = "https://www.kaggle.com/code/{1}/{2}"),
    AT("kaggle.com", NULL, "Page on Kaggle"),
    AT("colab.research.google.com", NULL, "Notebook on Colab"),
    AT("huggingface.co", "/datasets/{1}/{2}/embed/{*}",
       "Data set on Hugging Face",
       .page = "https://huggingface.co/datasets/{1}/{2}/viewer"),
    AT("huggingface.co hf.space", NULL, "Page on Hugging Face"),
    AT("airtable.com", "/embed/{*}", "Table on Airtable",
       .page = "https://airtable.com/{*}"),
    AT("airtable.com", NULL, "Table on Airtable"),
    AT("datawrapper.dwcdn.net", NULL, "Chart on Datawrapper"),
    AT("flo.uri.sh", "/{1}/{2}/embed", "Chart on Flourish",
       .page = "https://public.flourish.studio/{1}/{2}/"),
    AT("flourish.studio flo.uri.sh", NULL, "Chart on Flourish"),
    AT("infogram.com", NULL, "Chart on Infogram"),
    AT("plotly.com plot.ly", NULL, "Chart on Plotly"),
    AT("public.tableau.com", NULL, "Chart on Tableau"),
    AT("ourworldindata.org", NULL, "Chart on Our World in Data"),
    AT("lookerstudio.google.com datastudio.google.com", "/embed/{*}",
       "Report on Looker Studio",
       .page = "https://lookerstudio.google.com/{*}"),
    AT("desmos.com", NULL, "Graph on Desmos"),
    AT("geogebra.org", NULL, "Graph on GeoGebra"),

    /* ---- documents, forms, designs ---- */
    AT("docs.google.com", "/document/d/e/{1}/{*}", "Document on Google Docs",
       .page = "https://docs.google.com/document/d/e/{1}/pub"),
    AT("docs.google.com", "/document/d/{1}/{*}", "Document on Google Docs",
       .page = "https://docs.google.com/document/d/{1}/"),
    AT("docs.google.com", "/presentation/d/e/{1}/{*}",
       "Slides on Google Slides",
       .page = "https://docs.google.com/presentation/d/e/{1}/pub"),
    AT("docs.google.com", "/presentation/d/{1}/{*}", "Slides on Google Slides",
       .page = "https://docs.google.com/presentation/d/{1}/"),
    AT("docs.google.com", "/spreadsheets/d/e/{1}/{*}", "Table on Google Sheets",
       .page = "https://docs.google.com/spreadsheets/d/e/{1}/pubhtml",
       .keep = "gid"),
    AT("docs.google.com", "/spreadsheets/d/{1}/{*}", "Table on Google Sheets",
       .page = "https://docs.google.com/spreadsheets/d/{1}/", .keep = "gid"),
    AT("docs.google.com", "/forms/d/e/{1}/{*}", "Form on Google Forms",
       .page = "https://docs.google.com/forms/d/e/{1}/viewform"),
    AT("docs.google.com", "/forms/d/{1}/{*}", "Form on Google Forms",
       .page = "https://docs.google.com/forms/d/{1}/viewform"),
    AT("docs.google.com drive.google.com", "/viewer", "Document",
       .page = "{url!}"),
    AT("docs.google.com", "/gview", "Document", .page = "{url!}"),
    AT("docs.google.com", NULL, "Document on Google Docs"),
    AT("drive.google.com", "/file/d/{1}/preview", "File on Google Drive",
       .page = "https://drive.google.com/file/d/{1}/view"),
    AT("drive.google.com", NULL, "File on Google Drive"),
    AT("calendar.google.com", NULL, "Calendar on Google Calendar"),
    AT("view.officeapps.live.com", NULL, "Document", .page = "{src!}"),
    AT("slideshare.net", NULL, "Slides on SlideShare"),
    AT("speakerdeck.com", NULL, "Slides on Speaker Deck"),
    AT("slides.com", "/{1}/{2}/embed", "Slides on Slides.com",
       .page = "https://slides.com/{1}/{2}"),
    AT("prezi.com", NULL, "Slides on Prezi"),
    AT("scribd.com", "/embeds/{1}/{*}", "Document on Scribd",
       .page = "https://www.scribd.com/document/{1}"),
    AT("issuu.com", NULL, "Document on Issuu"),
    AT("notion.so notion.site", NULL, "Page on Notion"),
    AT("typeform.com", NULL, "Form on Typeform"),
    AT("tally.so", "/embed/{1}", "Form on Tally",
       .page = "https://tally.so/r/{1}"),
    AT("tally.so", NULL, "Form on Tally"),
    AT("jotform.com", NULL, "Form on Jotform"),
    AT("figma.com", "/embed", "Design on Figma", .page = "{url!}"),
    AT("embed.figma.com", "/{1}/{2}/{*}", "Design on Figma",
       .page = "https://www.figma.com/{1}/{2}/{*}", .keep = "node-id"),
    AT("embed.figma.com", "/{1}/{2}", "Design on Figma",
       .page = "https://www.figma.com/{1}/{2}", .keep = "node-id"),
    AT("figma.com", NULL, "Design on Figma"),
    AT("miro.com", "/app/live-embed/{1}", "Board on Miro",
       .page = "https://miro.com/app/board/{1}/"),
    AT("miro.com", NULL, "Board on Miro"),
    AT("canva.com", "/design/{1}/{2}/view{*}", "Design on Canva",
       .page = "https://www.canva.com/design/{1}/{2}/view"),
    AT("whimsical.com", NULL, "Board on Whimsical"),
    AT("lucid.app lucidchart.com", NULL, "Drawing on Lucid"),
    AT("sketchfab.com", "/models/{1}/embed/{*}", "3D model on Sketchfab",
       .page = "https://sketchfab.com/3d-models/{1}"),
    AT("calendly.com", NULL, "Calendar on Calendly"),

    /* ---- pictures, maps, shops ---- */
    AT("giphy.com", "/embed/{1}/{*}", "Animation on Giphy",
       .page = "https://giphy.com/gifs/{1}",
       .thumb = "https://media.giphy.com/media/{1}/giphy_s.gif"),
    AT("giphy.com", NULL, "Animation on Giphy"),
    AT("tenor.com", "/embed/{1}", "Animation on Tenor",
       .page = "https://tenor.com/view/{1}"),
    AT("tenor.com", NULL, "Animation on Tenor"),
    AT("imgur.com", "/a/{1}/embed{*}", "Pictures on Imgur",
       .page = "https://imgur.com/a/{1}"),
    AT("imgur.com", "/{1}/embed{*}", "Picture on Imgur",
       .page = "https://imgur.com/{1}"),
    AT("imgur.com", NULL, "Picture on Imgur"),
    AT("flickr.com", NULL, "Picture on Flickr"),
    AT("google.com", "/maps/embed?pb={1}!2d{2}!3d{3}!{*}", "Map on Google Maps",
       .page = GOOGLE_MAP "{3},{2}"),
    AT("google.com", "/maps/embed/v1/{1}", "Map on Google Maps",
       .page = GOOGLE_MAP "{q}"),
    AT("google.com", "/maps/embed/v1/{1}", "Map on Google Maps",
       .page = GOOGLE_MAP "{center}"),
    AT("google.com", "/maps/d/embed", "Map on Google Maps",
       .page = "https://www.google.com/maps/d/viewer?mid={mid}"),
    AT("google.com", "/maps", "Map on Google Maps", .page = GOOGLE_MAP "{q}"),
    AT("google.com", "/maps{*}", "Map on Google Maps"),
    AT("maps.google.com", "/maps", "Map on Google Maps",
       .page = GOOGLE_MAP "{q}"),
    AT("maps.google.com", NULL, "Map on Google Maps"),
    AT("openstreetmap.org", "/export/embed.html", "Map on OpenStreetMap",
       .page = "https://www.openstreetmap.org/search?query={marker}"),
    AT("openstreetmap.org", "/export/embed.html", "Map on OpenStreetMap",
       .page = "https://www.openstreetmap.org/?bbox={bbox}"),
    AT("openstreetmap.org umap.openstreetmap.fr", NULL, "Map on OpenStreetMap"),
    AT("bing.com", "/maps/{*}", "Map on Bing"),
    AT("store.steampowered.com", "/widget/{1}", "Game on Steam",
       .page = "https://store.steampowered.com/app/{1}/"),
    AT("itch.io", NULL, "Game on itch.io"),
    AT("ko-fi.com", NULL, "Page on Ko-fi"),

    /* ---- sites about other sites' addresses, and programs of any host ---- */
    AT("cdn.embedly.com embedly.com", NULL, "Embedded page", .page = "{url!}"),
    AT("cdn.embedly.com", NULL, "Embedded page", .page = "{src!}"),
    AT("iframe.ly", NULL, "Embedded page", .page = "{url!}"),
    AT("*", "/videos/embed/{1}", "Video on PeerTube", .page = "{origin}/w/{1}"),
};

/* ---- addresses ---- */

/* Is the host one of these, or within one of them? */
static bool host_listed(struct str host, const char *hosts)
{
    struct str rest = str_of(hosts), wanted;
    while (str_next_word(&rest, &wanted)) {
        if (str_eq(wanted, STR("*")) || str_eq(host, wanted))
            return true;
        if (host.n > wanted.n && str_ends(host, wanted) &&
            host.p[host.n - wanted.n - 1] == '.')
            return true;
    }
    return false;
}

static struct str query_value(const char *query, struct str key)
{
    struct str rest = str_of(query), pair;
    while (rest.n && str_next(&rest, '&', &pair)) {
        size_t at = str_chr(pair, '=');
        if (str_eq(str_sub(pair, 0, at), key))
            return str_sub(pair, at + 1, pair.n);
    }
    return (struct str){NULL, 0};
}

/* An address, and what a row's pattern found in it. */
struct found {
    struct arena *arena;
    const struct url *url;
    struct str captures[PATTERN_CAPTURES];
};

static struct str look_up(struct str name, void *context)
{
    const struct found *f = context;
    if (name.n == 1 && name.p[0] == '*')
        return f->captures[0];
    if (name.n == 1 && chr_digit((unsigned char)name.p[0]))
        return f->captures[name.p[0] - '0'];
    if (str_eq(name, STR("origin")))
        return str_of(
            arena_printf(f->arena, "%s://%s", f->url->scheme, f->url->host));
    if (str_eq(name, STR("path")))
        return str_of(f->url->path);
    if (!str_ends(name, STR("!")))
        return query_value(f->url->query, name);
    struct str value = query_value(f->url->query, str_sub(name, 0, name.n - 1));
    return url_decode(f->arena, value);
}

static bool row_matches(const struct provider *p, struct found *f)
{
    if (!host_listed(str_of(f->url->host), p->hosts))
        return false;
    if (!p->path)
        return true;
    const char *text = f->url->path;
    if (strchr(p->path, '?'))
        text = arena_printf(f->arena, "%s?%s", text,
                            f->url->query ? f->url->query : "");
    return pattern_match(p->path, str_of(text), f->captures);
}

/* The page with those of the address's parameters that it is to keep; and a
 * fragment that is a time. */
static const char *with_kept(const struct provider *p, const struct found *f,
                             const char *page)
{
    struct str rest = str_of(p->keep), one;
    while (str_next_word(&rest, &one)) {
        size_t at = str_chr(one, '=');
        struct str name = str_sub(one, 0, at);
        struct str as = at < one.n ? str_sub(one, at + 1, one.n) : name;
        struct str value = query_value(f->url->query, name);
        if (value.n)
            page = arena_printf(f->arena, "%s%c%.*s=%.*s", page,
                                strchr(page, '?') ? '&' : '?', STR_ARG(as),
                                STR_ARG(value));
    }
    if (f->url->fragment && str_starts(str_of(f->url->fragment), STR("t=")))
        page = arena_printf(f->arena, "%s#%s", page, f->url->fragment);
    return page;
}

static bool find(struct maker *m, struct str address, struct embed *e,
                 int within)
{
    const struct url *u = url_parse(m->arena, address, m->base);
    if (!u || !url_is_web(u) || !u->host || !*u->host)
        return false;
    e->page = url_text(m->arena, u, true);
    if (strlen(u->path) > PATH_LARGEST)
        return false;
    struct found f = {.arena = m->arena, .url = u};
    for (size_t i = 0; i < ARRAY_LEN(providers); i++) {
        const struct provider *p = &providers[i];
        if (!row_matches(p, &f))
            continue;
        const char *page =
            p->page ? pattern_fill(m->arena, str_of(p->page), look_up, &f)
                    : e->page;
        if (!page)
            continue;
        e->kind = p->kind;
        if (p->thumb)
            e->thumb = pattern_fill(m->arena, str_of(p->thumb), look_up, &f);
        if (p->page && str_starts(str_of(p->page), STR("{")) &&
            str_ends(str_of(p->page), STR("!}")) && within < ADDRESSES_WITHIN)
            find(m, str_of(page), e, within + 1);
        else
            e->page = p->page ? with_kept(p, &f, page) : page;
        return true;
    }
    return false;
}

bool provider_find(struct maker *m, struct str address, struct embed *e)
{
    e->page = NULL;
    return find(m, address, e, 0);
}

bool provider_is(struct maker *m, const char *page, const char *hosts)
{
    const struct url *u = url_parse(m->arena, str_of(page), NULL);
    return u && u->host && host_listed(str_of(u->host), hosts);
}
