/* URLs as text (URL Standard, section 4.5), and as people read them. */
#include "base/url_int.h"

char *url_text(struct arena *a, const struct url *u, bool with_fragment)
{
    struct buf out = buf_make(SIZE_MAX / 2); /* its parts are in memory */
    buf_printf(&out, "%s:", u->scheme);
    if (u->host) {
        buf_puts(&out, "//");
        if (*u->username || *u->password) {
            buf_puts(&out, u->username);
            if (*u->password)
                buf_printf(&out, ":%s", u->password);
            buf_char(&out, '@');
        }
        buf_puts(&out, u->host);
        if (u->port >= 0)
            buf_printf(&out, ":%d", u->port);
    } else if (!u->opaque_path && strncmp(u->path, "//", 2) == 0) {
        buf_puts(&out, "/."); /* or the path would be read as a host */
    }
    buf_puts(&out, u->path);
    if (u->query)
        buf_printf(&out, "?%s", u->query);
    if (with_fragment && u->fragment)
        buf_printf(&out, "#%s", u->fragment);
    char *text = arena_str(a, buf_view(&out));
    buf_free(&out);
    return text;
}

struct str url_without_www(struct str host)
{
    struct str rest = str_sub(host, 4, host.n);
    bool site = str_starts(host, STR("www.")) && str_chr(rest, '.') < rest.n;
    return site ? rest : host;
}

char *url_site(struct arena *a, const struct url *u)
{
    struct buf out = buf_make(BUF_BODY);
    url_domain_to_unicode(&out, url_without_www(str_of(u->host)));
    char *text = arena_str(a, buf_view(&out));
    buf_free(&out);
    return text;
}

bool url_within(const struct url *u, const char *domain)
{
    struct str host = str_of(u->host), wanted = str_of(domain);
    return u->host && (str_eq(host, wanted) ||
                       (host.n > wanted.n && str_ends(host, wanted) &&
                        host.p[host.n - wanted.n - 1] == '.'));
}
