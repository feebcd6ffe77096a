#include "article/picture/picture_address.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/url.h"

/* Endings of names and of media types. */
static const struct {
    const char *ending, *type;
    enum picture_rank rank;
} formats[] = {
    {"jpg", "image/jpg", PICTURE_ANY},
    {"jpeg", "image/jpeg", PICTURE_ANY},
    {"png", "image/png", PICTURE_ANY},
    {"gif", "image/gif", PICTURE_CONVERT},
    {"webp", "image/webp", PICTURE_CONVERT},
    {"bmp", "image/bmp", PICTURE_CONVERT},
    {"ico", "image/x-icon", PICTURE_CONVERT},
    {"svg", "image/svg+xml", PICTURE_DRAWING},
    {"avif", "image/avif", PICTURE_LAST},
    {"heic", "image/heic", PICTURE_LAST},
    {"heif", "image/heif", PICTURE_LAST},
    {"jxl", "image/jxl", PICTURE_LAST},
    {"jp2", "image/jp2", PICTURE_LAST},
    {"jxr", "image/vnd.ms-photo", PICTURE_LAST},
    {"tiff", "image/tiff", PICTURE_LAST},
};

/* Beginnings of addresses that show nothing. The data: ones are a GIF and a
 * PNG of one pixel. */
static const char *const empty_addresses[] = {
    "about:",
    "javascript:",
    "#",
    "data:,",
    "data:image/gif;base64,R0lGODlhAQAB",
    "data:image/gif;base64,R0lGODdhAQAB",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB",
};

/* Names of files that keep a place, without their endings: whole names. */
static const struct {
    const char *name;
    enum picture_use use;
} stand_ins[] = {
    {"1x1", PICTURE_BLANK},
    {"1x1.trans", PICTURE_BLANK},
    {"ajax-loader", PICTURE_WAITS},
    {"blank", PICTURE_BLANK},
    {"clear", PICTURE_BLANK},
    {"dot", PICTURE_WAITS},
    {"empty", PICTURE_WAITS},
    {"gray", PICTURE_WAITS},
    {"grey", PICTURE_WAITS},
    {"image-placeholder", PICTURE_WAITS},
    {"lazy", PICTURE_WAITS},
    {"lazy-load", PICTURE_WAITS},
    {"lazy_placeholder", PICTURE_WAITS},
    {"lazyload", PICTURE_WAITS},
    {"lazyload-placeholder", PICTURE_WAITS},
    {"loader", PICTURE_WAITS},
    {"loading", PICTURE_WAITS},
    {"pixel", PICTURE_BLANK},
    {"placeholder", PICTURE_WAITS},
    {"s", PICTURE_WAITS},
    {"shim", PICTURE_BLANK},
    {"spacer", PICTURE_BLANK},
    {"trans", PICTURE_BLANK},
    {"transparent", PICTURE_BLANK},
    {"white", PICTURE_WAITS},
    {"whitedot", PICTURE_WAITS},
    {"x", PICTURE_WAITS},
};

/* What a drawing that shows something holds at least one of. */
static const char *const drawn[] = {
    "<path",    "<rect",    "<image",    "<text",     "<circle", "<line",
    "<use",     "<ellipse", "<poly",     "<foreignO", "%3cpath", "%3crect",
    "%3cimage", "%3ctext",  "%3ccircle", "%3cline",   "%3cuse",  "%3cpoly",
};

static struct str path_of(struct str address)
{
    struct str path = str_sub(address, 0, str_chr(address, '#'));
    return str_sub(path, 0, str_chr(path, '?'));
}

static struct str after_last(struct str s, char mark)
{
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == mark)
            return str_sub(s, i, s.n);
    return s;
}

static struct str without_ending(struct str name)
{
    struct str ending = after_last(name, '.');
    return ending.n < name.n ? str_sub(name, 0, name.n - ending.n - 1) : name;
}

enum picture_rank picture_rank(struct str type, struct str address)
{
    struct str kind = str_trim(str_sub(type, 0, str_chr(type, ';')));
    struct str ending = after_last(path_of(address), '.');
    for (size_t i = 0; i < ARRAY_LEN(formats); i++)
        if (kind.n ? str_eq_nocase(kind, str_of(formats[i].type))
                   : str_eq_nocase(ending, str_of(formats[i].ending)))
            return formats[i].rank;
    return kind.n ? PICTURE_LAST : PICTURE_ANY;
}

bool picture_named(struct str address)
{
    struct str path = path_of(address);
    struct str ending = after_last(path, '.');
    for (size_t i = 0; i < ARRAY_LEN(formats) && ending.n < path.n; i++)
        if (str_eq_nocase(ending, str_of(formats[i].ending)))
            return true;
    return false;
}

/* An svg element in a data: URL that draws nothing but keeps its size. */
static bool draws_nothing(struct str address)
{
    if (!str_starts_nocase(address, STR("data:image/svg")) ||
        str_find_nocase(str_sub(address, 0, 64), STR("base64")) <
            str_sub(address, 0, 64).n)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(drawn); i++)
        if (str_find_nocase(address, str_of(drawn[i])) < address.n)
            return false;
    return true;
}

enum picture_use picture_use(struct str address)
{
    for (size_t i = 0; i < ARRAY_LEN(empty_addresses); i++)
        if (str_starts_nocase(address, str_of(empty_addresses[i])))
            return PICTURE_BLANK;
    if (str_starts_nocase(address, STR("data:")))
        return draws_nothing(address) ? PICTURE_BLANK : PICTURE_REAL;
    struct str name = without_ending(after_last(path_of(address), '/'));
    for (size_t i = 0; i < ARRAY_LEN(stand_ins) && picture_named(address); i++)
        if (str_eq_nocase(name, str_of(stand_ins[i].name)))
            return stand_ins[i].use;
    return address.n ? PICTURE_REAL : PICTURE_BLANK;
}

/* ---- one picture, many sizes ---- */

static size_t digits_at_end(struct str s)
{
    size_t n = 0;
    while (n < s.n && chr_digit((unsigned char)s.p[s.n - n - 1]))
        n++;
    return n;
}

/* Without `mark` and a number at its end, as in "_500". */
static struct str without_number(struct str name, char mark)
{
    size_t n = digits_at_end(name);
    return n > 1 && n < name.n && name.p[name.n - n - 1] == mark
               ? str_sub(name, 0, name.n - n - 1)
               : name;
}

/* Without "-300x200", "_300x200" or "-300x" at its end. */
static struct str without_box(struct str name)
{
    struct str front = str_sub(name, 0, name.n - digits_at_end(name));
    if (!str_ends(front, STR("x")))
        return name;
    front.n--;
    struct str dash = without_number(front, '-');
    return dash.n < front.n                         ? dash
           : without_number(front, '_').n < front.n ? without_number(front, '_')
                                                    : name;
}

/* Endings of names that ask for a size, in turn: a picture edited in WordPress
 * may have several. */
static struct str without_size(struct str name)
{
    static const char *const endings[] = {
        "@2x",        "@3x",    "-scaled", "-thumb",   "_thumb",  "-thumbnail",
        "_thumbnail", "-small", "_small",  "-medium",  "_medium", "-large",
        "_large",     "-full",  "-mobile", "-desktop", "-min",    "-1024"};
    struct str bare = without_box(name);
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        struct str ending = str_of(endings[i]);
        if (bare.n > ending.n && str_ends(bare, ending))
            bare.n -= ending.n;
    }
    bare = without_box(bare);
    return bare.n ? bare : name;
}

/* A folder that only asks for a size: "s320", "w640-h480", "w_800,c_limit",
 * "max", "resize:fit:1400", "300x200"; after another one, "1024" too, which
 * else may be a year. */
static bool asks_size(struct str folder, bool after_another)
{
    static const char *const words[] = {
        "max",   "fit",  "thumb",  "thumbs",   "small",     "medium",
        "large", "full", "resize", "original", "thumbnails"};
    static const char *const starts[] = {"resize:", "w_", "c_", "h_"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq_nocase(folder, str_of(words[i])))
            return true;
    for (size_t i = 0; i < ARRAY_LEN(starts); i++)
        if (str_starts(folder, str_of(starts[i])))
            return true;
    size_t digits = 0, letters = 0;
    for (size_t i = 0; i < folder.n; i++)
        if (chr_digit((unsigned char)folder.p[i]))
            digits++;
        else if (strchr("swhxcp-", folder.p[i]))
            letters++;
        else
            return false;
    return letters ? digits > 1 && letters <= 4 : digits && after_another;
}

/* An address within a service's address is the picture's own. */
static struct str innermost(struct str address)
{
    static const char *const starts[] = {"https://", "http://"};
    struct str inner = address;
    for (size_t i = 0; i < ARRAY_LEN(starts); i++) {
        struct str start = str_of(starts[i]);
        for (size_t at; (at = str_find(inner, start)) < inner.n;)
            inner = str_sub(inner, at + start.n, inner.n);
    }
    return inner;
}

/* Hosts that hand on pictures of others: the address follows. */
static struct str without_proxy(struct str place)
{
    static const char *const proxies[] = {"i0.wp.com/", "i1.wp.com/",
                                          "i2.wp.com/", "i3.wp.com/",
                                          "images.weserv.nl/"};
    for (size_t i = 0; i < ARRAY_LEN(proxies); i++)
        if (str_starts(place, str_of(proxies[i])))
            return str_sub(place, strlen(proxies[i]), place.n);
    return url_without_www(place);
}

static void add_path(struct buf *key, struct str path)
{
    struct str folder;
    bool size = false;
    while (str_chr(path, '/') < path.n && str_next(&path, '/', &folder)) {
        size = asks_size(folder, size);
        if (folder.n && !size) {
            buf_str(key, folder);
            buf_char(key, '/');
        }
    }
    path = str_sub(path, 0, str_chr(path, '='));
    buf_str(key, without_size(without_ending(path)));
}

const char *picture_key(struct arena *arena, struct str address)
{
    if (str_starts_nocase(address, STR("data:")))
        return "";
    struct str plain = innermost(url_decode(arena, address));
    plain = without_proxy(plain);
    struct buf key = buf_make(BUF_LINE);
    add_path(&key, path_of(plain));
    if (!picture_named(plain)) { /* then the query says which it is */
        buf_char(&key, '?');
        buf_str(&key, str_sub(plain, path_of(plain).n, plain.n));
    }
    const char *made = arena_str(arena, buf_view(&key));
    buf_free(&key);
    return made;
}

struct str picture_stem(const char *key)
{
    return after_last(str_of(key), '/');
}
