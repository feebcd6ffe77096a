#include "base/canonical.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/url.h"

#include <stdlib.h>

/* Query parameters that tell where a reader came from or how a page is shown,
 * and not which page it is. "*" stands for any end. */
static const char *const ignored[] = {
    "utm_*",   "fbclid", "gclid",   "dclid",   "gbraid",    "wbraid",
    "msclkid", "yclid",  "twclid",  "igshid",  "mc_cid",    "mc_eid",
    "mkt_tok", "_hs*",   "pk_*",    "mtm_*",   "matomo_*",  "piwik_*",
    "ref",     "ref_*",  "referer", "source",  "cmpid",     "ncid",
    "ocid",    "xtor",   "share",   "feature", "amp",       "triedRedirect",
    "at_*",    "s_cid",  "trk",     "sh",      "guccounter"};

/* Hosts for other screens, before the site's own. */
static const char *const host_beginnings[] = {"www.", "m.", "mobile.", "amp."};

/* Hosts that show the pages of another. */
static const struct {
    const char *host, *shows;
} mirrors[] = {
    {"forem.com", "dev.to"},
    {"old.reddit.com", "reddit.com"},
    {"twitter.com", "x.com"},
};

/* What a path may end in and still name the same page; a slash is one anyway.
 */
static const char *const path_endings[] = {
    "/index.html", "/index.htm", "/index.php", "/default.aspx",
    "/amp",        ".html",      ".htm"};

static bool is_ignored(struct str parameter)
{
    struct str name = str_sub(parameter, 0, str_chr(parameter, '='));
    for (size_t i = 0; i < ARRAY_LEN(ignored); i++) {
        struct str row = str_of(ignored[i]);
        bool any = str_ends(row, STR("*"));
        row.n -= any;
        if (any ? str_starts_nocase(name, row) : str_eq_nocase(name, row))
            return true;
    }
    return false;
}

/* Percent-encoding as RFC 3986, section 6.2.2, makes it: of what needs it
 * alone, in upper case. */
static void add_normal(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        int high = i + 2 < s.n ? chr_hex((unsigned char)s.p[i + 1]) : -1;
        int low = high >= 0 ? chr_hex((unsigned char)s.p[i + 2]) : -1;
        if (s.p[i] != '%' || low < 0) {
            buf_char(out, s.p[i]);
            continue;
        }
        int c = high * 16 + low;
        if (chr_alpha(c) || chr_digit(c) || (c && strchr("-._~", c)))
            buf_char(out, (char)c);
        else
            buf_printf(out, "%%%02X", (unsigned)c);
        i += 2;
    }
}

static struct str site_of(struct str host)
{
    for (size_t i = 0; i < ARRAY_LEN(host_beginnings); i++) {
        struct str beginning = str_of(host_beginnings[i]);
        struct str rest = str_sub(host, beginning.n, host.n);
        if (str_starts(host, beginning) && str_chr(rest, '.') < rest.n) {
            host = rest;
            break;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(mirrors); i++)
        if (str_eq(host, str_of(mirrors[i].host)))
            return str_of(mirrors[i].shows);
    return host;
}

static struct str cut_slashes(struct str path)
{
    while (str_ends(path, STR("/")))
        path.n--;
    return path;
}

/* The path without endings that say nothing. */
static struct str cut_endings(struct str path)
{
    for (size_t i = 0; i < ARRAY_LEN(path_endings); i++) {
        path = cut_slashes(path);
        if (str_ends(path, str_of(path_endings[i])))
            path.n -= strlen(path_endings[i]);
    }
    return path;
}

static void add_path(struct buf *out, struct str path)
{
    struct str segment;
    path = cut_slashes(path);
    while (path.n && str_next(&path, '/', &segment)) {
        if (!segment.n)
            continue; /* at the beginning, or of "//" */
        buf_char(out, '/');
        add_normal(out, segment);
    }
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The order of parameters does not matter. */
static void add_query(struct buf *out, const char *query, bool cut)
{
    struct str rest = str_of(query), parameter;
    VEC(struct str) parameters = {0};
    while (rest.n && str_next(&rest, '&', &parameter))
        if (parameter.n && !(cut && is_ignored(parameter)))
            vec_push(&parameters, parameter);
    if (parameters.len)
        qsort(parameters.items, parameters.len, sizeof *parameters.items,
              by_text);
    for (size_t i = 0; i < parameters.len; i++) {
        buf_char(out, i ? '&' : '?');
        add_normal(out, parameters.items[i]);
    }
    free(parameters.items);
}

static const char *form_of(struct arena *arena, const struct url *u,
                           enum form form)
{
    struct str path = str_of(u->path);
    struct buf text = buf_make(BUF_LINE);
    buf_str(&text, site_of(str_of(u->host)));
    if (u->port >= 0)
        buf_printf(&text, ":%d", u->port);
    add_path(&text, form == FORM_CUT ? cut_endings(path) : path);
    if (u->query)
        add_query(&text, u->query, form == FORM_CUT);
    if (form == FORM_FULL) {
        buf_char(&text, '#');
        add_normal(&text, str_of(u->fragment));
    }
    const char *copy = text.failed ? NULL : arena_str(arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

struct canonical canonical(struct arena *arena, const char *address)
{
    const struct url *u =
        address ? url_parse(arena, str_of(address), NULL) : NULL;
    struct canonical c = {0};
    if (!u || !url_is_web(u))
        return c;
    c.fragment = u->fragment && !is_ignored(str_of(u->fragment));
    if (u->fragment)
        c.forms[FORM_FULL] = form_of(arena, u, FORM_FULL);
    c.forms[FORM_WHOLE] = form_of(arena, u, FORM_WHOLE);
    c.forms[FORM_CUT] = form_of(arena, u, FORM_CUT);
    if (c.forms[FORM_WHOLE] && c.forms[FORM_CUT] &&
        strcmp(c.forms[FORM_WHOLE], c.forms[FORM_CUT]) == 0)
        c.forms[FORM_WHOLE] = NULL;
    return c;
}
