/* The basic URL parser (URL Standard, section 4.4). The standard's state
 * machine is written as functions, one for each part of a URL, which take
 * what is theirs off the front of the input. */
#include "base/url_int.h"

#include "base/mem.h"

struct parser {
    struct arena *arena;
    struct str in; /* not yet read */
    const struct url *base;
    struct url *url;
    bool special; /* the URL's scheme is */
    bool failed;  /* something was too long */
};

static const struct {
    const char *scheme;
    int port;
} specials[] = {{"ftp", 21},    {"file", -1}, {"http", 80},
                {"https", 443}, {"ws", 80},   {"wss", 443}};

static bool scheme_is(const char *scheme, const char *name)
{
    return strcmp(scheme, name) == 0;
}

static int default_port(const char *scheme)
{
    for (size_t i = 0; i < ARRAY_LEN(specials); i++)
        if (scheme_is(scheme, specials[i].scheme))
            return specials[i].port;
    return -2;
}

bool url_special(const struct url *u)
{
    return default_port(u->scheme) != -2;
}

bool url_is_web(const struct url *u)
{
    return scheme_is(u->scheme, "http") || scheme_is(u->scheme, "https");
}

/* ---- texts of the URL ---- */

/* The buffer's text, in the arena; the buffer is released. */
static const char *keep(struct parser *p, struct buf *b)
{
    p->failed |= b->failed;
    const char *text = arena_str(p->arena, buf_view(b));
    buf_free(b);
    return text;
}

static const char *encoded(struct parser *p, struct str s, enum url_set set)
{
    struct buf out = buf_make(BUF_BODY);
    url_encode(&out, s, set);
    return keep(p, &out);
}

/* The base may live in another arena. */
static const char *copy(struct parser *p, const char *text)
{
    return text ? arena_strdup(p->arena, text) : NULL;
}

/* ---- paths (4.4, path state) ---- */

static bool is_slash(const struct parser *p, char c)
{
    return c == '/' || (c == '\\' && p->special);
}

static bool is_file(const struct parser *p)
{
    return scheme_is(p->url->scheme, "file");
}

static bool drive_letter(struct str s)
{
    return s.n == 2 && chr_alpha((unsigned char)s.p[0]) &&
           (s.p[1] == ':' || s.p[1] == '|');
}

static bool normalized_drive_letter(struct str s)
{
    return drive_letter(s) && s.p[1] == ':';
}

/* "C:" and no more, or what follows is a part's end. */
static bool starts_with_drive_letter(struct str s)
{
    return drive_letter(str_sub(s, 0, 2)) &&
           (s.n == 2 || url_any("/\\?#", s.p[2]));
}

static bool single_dot(struct str s)
{
    return str_eq(s, STR(".")) || str_eq_nocase(s, STR("%2e"));
}

static bool double_dot(struct str s)
{
    static const char *const forms[] = {"..", ".%2e", "%2e.", "%2e%2e"};
    for (size_t i = 0; i < ARRAY_LEN(forms); i++)
        if (str_eq_nocase(s, str_of(forms[i])))
            return true;
    return false;
}

/* Drop the path's last segment ("shorten", 4.2). A file's drive letter
 * stays. */
static void shorten(const struct parser *p, struct buf *path)
{
    struct str s = buf_view(path);
    if (!s.n)
        return;
    if (is_file(p) && normalized_drive_letter(str_sub(s, 1, s.n)))
        return;
    size_t at = s.n - 1;
    while (at > 0 && s.p[at] != '/')
        at--;
    buf_cut(path, at);
}

static void add_segment(const struct parser *p, struct buf *path,
                        struct str segment)
{
    buf_char(path, '/');
    if (is_file(p) && path->len == 1 && drive_letter(segment)) {
        buf_char(path, segment.p[0]);
        buf_char(path, ':');
        return;
    }
    url_encode(path, segment, SET_PATH);
}

static size_t path_end(const struct parser *p)
{
    size_t query = str_chr(p->in, '?'), fragment = str_chr(p->in, '#');
    return query < fragment ? query : fragment;
}

/* Read the path up to "?" or "#"; `path` holds what it is relative to. */
static void read_path(struct parser *p, struct buf *path)
{
    size_t end = path_end(p);
    struct str rest = str_sub(p->in, 0, end);
    p->in = str_sub(p->in, end, p->in.n);
    bool more = true;
    if (rest.n && is_slash(p, rest.p[0]))
        rest = str_sub(rest, 1, rest.n);
    while (more) {
        size_t n = 0;
        while (n < rest.n && !is_slash(p, rest.p[n]))
            n++;
        struct str segment = str_sub(rest, 0, n);
        more = n < rest.n;
        rest = str_sub(rest, n + 1, rest.n);
        if (double_dot(segment)) {
            shorten(p, path);
            if (!more)
                buf_char(path, '/');
        } else if (single_dot(segment)) {
            if (!more)
                buf_char(path, '/');
        } else {
            add_segment(p, path, segment);
        }
    }
}

/* ---- query and fragment ---- */

static void query_and_fragment(struct parser *p)
{
    if (p->in.n && p->in.p[0] == '?') {
        size_t end = str_chr(p->in, '#');
        p->url->query = encoded(p, str_sub(p->in, 1, end - 1),
                                p->special ? SET_SPECIAL_QUERY : SET_QUERY);
        p->in = str_sub(p->in, end, p->in.n);
    }
    if (p->in.n && p->in.p[0] == '#')
        p->url->fragment = encoded(p, str_sub(p->in, 1, p->in.n), SET_FRAGMENT);
}

/* What follows the host: a path from the URL's root, and the rest. */
static bool path_start(struct parser *p)
{
    struct buf path = buf_make(BUF_BODY);
    bool none = !p->in.n || p->in.p[0] == '?' || p->in.p[0] == '#';
    if (p->special || !none)
        read_path(p, &path);
    p->url->path = keep(p, &path);
    query_and_fragment(p);
    return true;
}

/* ---- authority ---- */

static void credentials(struct parser *p, struct str s)
{
    size_t colon = str_chr(s, ':');
    p->url->username = encoded(p, str_sub(s, 0, colon), SET_USERINFO);
    p->url->password = encoded(p, str_sub(s, colon + 1, s.n), SET_USERINFO);
}

static bool read_port(struct parser *p, struct str s)
{
    unsigned port = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!chr_digit((unsigned char)s.p[i]))
            return false;
        port = port * 10 + (unsigned)(s.p[i] - '0');
        if (port > 65535)
            return false;
    }
    if (s.n && (int)port != default_port(p->url->scheme))
        p->url->port = (int)port;
    return true;
}

/* Where the host ends: at the first colon outside of brackets. */
static size_t host_end(struct str s)
{
    bool bracket = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '[')
            bracket = true;
        else if (s.p[i] == ']')
            bracket = false;
        else if (s.p[i] == ':' && !bracket)
            return i;
    }
    return s.n;
}

/* user:password@host:port, up to a slash, "?" or "#". */
static bool authority(struct parser *p)
{
    size_t end = 0, at = 0;
    bool has_at = false;
    while (end < p->in.n && p->in.p[end] != '?' && p->in.p[end] != '#' &&
           !is_slash(p, p->in.p[end])) {
        if (p->in.p[end] == '@') {
            at = end;
            has_at = true;
        }
        end++;
    }
    struct str s = str_sub(p->in, 0, end);
    p->in = str_sub(p->in, end, p->in.n);
    if (has_at) {
        credentials(p, str_sub(s, 0, at));
        s = str_sub(s, at + 1, s.n);
    }
    size_t colon = host_end(s);
    struct str host = str_sub(s, 0, colon);
    if (!host.n && (p->special || colon < s.n || has_at))
        return false;
    p->url->host = host.n ? url_host(p->arena, host, p->special) : "";
    if (!p->url->host || !read_port(p, str_sub(s, colon + 1, s.n)))
        return false;
    return path_start(p);
}

/* ---- what a URL is relative to ---- */

static void take_authority(struct parser *p)
{
    p->url->username = copy(p, p->base->username);
    p->url->password = copy(p, p->base->password);
    p->url->host = copy(p, p->base->host);
    p->url->port = p->base->port;
}

/* The input is a path relative to the base's, "?query", "#fragment" or
 * nothing. */
static void relative_path(struct parser *p)
{
    const struct url *base = p->base;
    if (p->in.n && p->in.p[0] != '?' && p->in.p[0] != '#') {
        struct buf path = buf_make(BUF_BODY);
        buf_puts(&path, base->path);
        shorten(p, &path);
        read_path(p, &path);
        p->url->path = keep(p, &path);
    } else {
        p->url->path = copy(p, base->path);
        if (!p->in.n || p->in.p[0] == '#')
            p->url->query = copy(p, base->query);
    }
    query_and_fragment(p);
}

static void skip_slashes(struct parser *p)
{
    while (p->in.n && (p->in.p[0] == '/' || p->in.p[0] == '\\'))
        p->in = str_sub(p->in, 1, p->in.n);
}

static bool two_slashes(const struct parser *p)
{
    return p->in.n >= 2 && is_slash(p, p->in.p[0]) && is_slash(p, p->in.p[1]);
}

/* Relative state: an input without scheme, or with the base's special one. */
static bool relative(struct parser *p)
{
    p->url->scheme = copy(p, p->base->scheme);
    p->special = url_special(p->url);
    if (two_slashes(p)) {
        p->in = str_sub(p->in, 2, p->in.n);
        if (p->special)
            skip_slashes(p);
        return authority(p);
    }
    take_authority(p);
    if (p->in.n && is_slash(p, p->in.p[0])) {
        path_start(p);
    } else {
        relative_path(p);
    }
    return true;
}

/* ---- file: ---- */

static bool file_host(struct parser *p)
{
    size_t end = 0;
    while (end < p->in.n && !url_any("/\\?#", p->in.p[end]))
        end++;
    struct str host = str_sub(p->in, 0, end);
    if (drive_letter(host)) {
        p->url->host = "";
    } else {
        const char *name = host.n ? url_host(p->arena, host, true) : "";
        if (!name)
            return false;
        p->url->host = strcmp(name, "localhost") == 0 ? "" : name;
        p->in = str_sub(p->in, end, p->in.n);
    }
    return path_start(p);
}

static bool file_base(const struct parser *p)
{
    return p->base && scheme_is(p->base->scheme, "file");
}

/* One slash: from the root, of the base's drive if it has one. */
static void file_slash(struct parser *p)
{
    struct buf path = buf_make(BUF_BODY);
    if (file_base(p)) {
        p->url->host = copy(p, p->base->host);
        struct str first = str_sub(str_of(p->base->path), 1, SIZE_MAX);
        first.n = str_chr(first, '/');
        if (!starts_with_drive_letter(str_sub(p->in, 1, p->in.n)) &&
            normalized_drive_letter(first)) {
            buf_char(&path, '/');
            buf_str(&path, first);
        }
    }
    read_path(p, &path);
    p->url->path = keep(p, &path);
    query_and_fragment(p);
}

static bool file_state(struct parser *p)
{
    p->url->scheme = "file";
    p->url->host = "";
    p->special = true;
    if (two_slashes(p)) {
        p->in = str_sub(p->in, 2, p->in.n);
        return file_host(p);
    }
    if (p->in.n && is_slash(p, p->in.p[0])) {
        file_slash(p);
    } else if (!file_base(p)) {
        path_start(p);
    } else if (starts_with_drive_letter(p->in)) {
        p->url->host = copy(p, p->base->host);
        path_start(p);
    } else {
        p->url->host = copy(p, p->base->host);
        relative_path(p);
    }
    return true;
}

/* ---- scheme ---- */

/* Length of the scheme at the front, 0 if there is none. */
static size_t scheme_length(struct str s)
{
    if (!s.n || !chr_alpha((unsigned char)s.p[0]))
        return 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == ':')
            return i;
        if (!chr_alpha(c) && !chr_digit(c) && c != '+' && c != '-' && c != '.')
            return 0;
    }
    return 0;
}

static bool opaque_path(struct parser *p)
{
    size_t end = path_end(p);
    struct str path = str_sub(p->in, 0, end);
    p->in = str_sub(p->in, end, p->in.n);
    /* Spaces before "?" or "#" would be lost when read again. */
    p->url->opaque_path = true;
    struct buf text = buf_make(BUF_BODY);
    url_encode(&text, path, SET_C0);
    if (p->in.n && str_ends(path, STR(" "))) {
        buf_cut(&text, text.len - 1);
        buf_puts(&text, "%20");
    }
    p->url->path = keep(p, &text);
    query_and_fragment(p);
    return true;
}

static bool with_scheme(struct parser *p, size_t length)
{
    char *scheme = arena_str(p->arena, str_sub(p->in, 0, length));
    for (char *c = scheme; *c; c++)
        *c = (char)chr_lower((unsigned char)*c);
    p->url->scheme = scheme;
    p->special = url_special(p->url);
    p->in = str_sub(p->in, length + 1, p->in.n);
    if (scheme_is(scheme, "file"))
        return file_state(p);
    if (p->special) {
        if (p->base && scheme_is(p->base->scheme, scheme) &&
            !str_starts(p->in, STR("//")))
            return relative(p);
        skip_slashes(p);
        return authority(p);
    }
    if (str_starts(p->in, STR("//"))) {
        p->in = str_sub(p->in, 2, p->in.n);
        return authority(p);
    }
    if (str_starts(p->in, STR("/"))) {
        return path_start(p);
    }
    return opaque_path(p);
}

static bool without_scheme(struct parser *p)
{
    if (!p->base)
        return false;
    if (p->base->opaque_path) {
        if (!str_starts(p->in, STR("#")))
            return false;
        p->url->scheme = copy(p, p->base->scheme);
        p->url->opaque_path = true;
        relative_path(p);
        return true;
    }
    return file_base(p) ? file_state(p) : relative(p);
}

/* Without C0 controls and spaces at the ends, tabs and line ends anywhere. */
static struct str strip(struct arena *a, struct str s)
{
    while (s.n && (unsigned char)s.p[0] <= ' ')
        s = str_sub(s, 1, s.n);
    while (s.n && (unsigned char)s.p[s.n - 1] <= ' ')
        s.n--;
    size_t plain = 0;
    while (plain < s.n && !url_any("\t\n\r", s.p[plain]))
        plain++;
    if (plain == s.n)
        return s;
    char *out = arena_raw(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\t' && s.p[i] != '\n' && s.p[i] != '\r')
            out[n++] = s.p[i];
    return (struct str){out, n};
}

struct url *url_parse(struct arena *a, struct str input, const struct url *base)
{
    struct parser p = {.arena = a,
                       .in = strip(a, input),
                       .base = base,
                       .url = arena_alloc(a, sizeof *p.url)};
    *p.url = (struct url){
        .scheme = "", .username = "", .password = "", .port = -1, .path = ""};
    size_t scheme = scheme_length(p.in);
    bool ok = scheme ? with_scheme(&p, scheme) : without_scheme(&p);
    return ok && !p.failed ? p.url : NULL;
}
