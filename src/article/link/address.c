/* Addresses as a book may hold them: repaired where it is plain what was
 * meant, resolved, and percent-encoded so that EPUBCheck and old readers take
 * them too. */
#include "article/article_int.h"

/* Schemes that a reader can follow, of those that EPUBCheck knows, and what an
 * address of theirs must have. */
enum need { NEED_PATH, NEED_HOST, NEED_MAILBOX };

static const struct scheme {
    const char *name;
    enum need need;
} schemes[] = {
    {"http", NEED_HOST}, {"https", NEED_HOST}, {"mailto", NEED_MAILBOX},
    {"tel", NEED_PATH},  {"ftp", NEED_HOST},   {"news", NEED_PATH},
    {"nntp", NEED_HOST}, {"irc", NEED_HOST},   {"xmpp", NEED_PATH},
    {"sip", NEED_PATH},  {"sips", NEED_PATH},  {"gopher", NEED_HOST},
};

/* Ways to begin an address that are met, and what they mean; the first row
 * that fits stands. With `host`, what follows must look like one. */
static const struct {
    const char *written, *meant;
    bool host;
} beginnings[] = {
    {"http://http://", "http://", false},
    {"http://https://", "https://", false},
    {"https://http://", "http://", false},
    {"https://https://", "https://", false},
    {"http//", "http://", true},
    {"https//", "https://", true},
    {"http;//", "http://", true},
    {"https;//", "https://", true},
    {"http:://", "http://", true},
    {"https:://", "https://", true},
    {"hhttp://", "http://", true},
    {"hhttps://", "https://", true},
    {"htttp://", "http://", true},
    {"htttps://", "https://", true},
    {"htp://", "http://", true},
    {"htps://", "https://", true},
    {"ttp://", "http://", true},
    {"ttps://", "https://", true},
    {"http:/", "http://", true},
    {"https:/", "https://", true},
    {"http:", "http://", true},
    {"https:", "https://", true},
    {"www.", "https://www.", true},
    {"mailto://", "mailto:", false},
    {"mailto:mailto:", "mailto:", false},
    {"///", "/", false},
    {"//", "https://", true},
};

/* What editors put around an address and into it; none begins so. */
static const char *const quotes[] = {
    "\"", "<",   ">",         "“",         "”",         "„",
    "″",  "%22", "%E2%80%9C", "%E2%80%9D", "%E2%80%B3", "&quot;"};

/* ---- repairs ---- */

/* Does it begin with a host of several labels, the last of them letters? */
static bool begins_with_host(struct str s)
{
    size_t n = 0, dot = 0;
    while (n < s.n &&
           (chr_alpha((unsigned char)s.p[n]) ||
            chr_digit((unsigned char)s.p[n]) || (n && strchr("-.", s.p[n])))) {
        if (s.p[n] == '.')
            dot = n;
        n++;
    }
    return dot && n > dot + 2 && chr_alpha((unsigned char)s.p[dot + 1]) &&
           (n == s.n || strchr("/?#:", s.p[n]));
}

/* "someone@example.org", and nothing else. */
static bool is_mailbox(struct str s)
{
    size_t at = str_chr(s, '@');
    struct str host = str_sub(s, at + 1, s.n);
    for (size_t i = 0; i < at; i++)
        if (!chr_alpha((unsigned char)s.p[i]) &&
            !chr_digit((unsigned char)s.p[i]) && !strchr("._%+-", s.p[i]))
            return false;
    return at && begins_with_host(host) && str_chr(host, '/') == host.n &&
           str_chr(host, ':') == host.n;
}

/* The quote that s begins or ends with; empty for none. */
static struct str quote_at(struct str s, bool end)
{
    for (size_t i = 0; i < ARRAY_LEN(quotes); i++) {
        struct str q = str_of(quotes[i]);
        size_t from = end && s.n > q.n ? s.n - q.n : 0;
        if (str_eq_nocase(str_sub(s, from, q.n), q))
            return q;
    }
    return (struct str){0};
}

/* Only an address that begins with a quote is in quotes: "…?q=%22x%22" is as it
 * should be. */
static struct str unquoted(struct str s)
{
    struct str q, all = s;
    while ((q = quote_at(s, false)).n)
        s = str_trim(str_sub(s, q.n, s.n));
    while (s.n < all.n && (q = quote_at(s, true)).n)
        s = str_trim(str_sub(s, 0, s.n - q.n));
    return s;
}

static struct str repaired(struct arena *arena, struct str href)
{
    href = unquoted(str_trim(href));
    if (is_mailbox(href))
        return str_of(arena_printf(arena, "mailto:%.*s", STR_ARG(href)));
    for (size_t i = 0; i < ARRAY_LEN(beginnings); i++) {
        struct str written = str_of(beginnings[i].written);
        struct str rest = str_sub(href, written.n, href.n);
        if (str_starts_nocase(href, written) &&
            (!beginnings[i].host || begins_with_host(rest)))
            return str_of(arena_printf(arena, "%s%.*s", beginnings[i].meant,
                                       STR_ARG(rest)));
    }
    return href;
}

/* ---- what is allowed ---- */

static const struct scheme *scheme_of(const struct url *u)
{
    for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
        if (strcmp(u->scheme, schemes[i].name) == 0)
            return &schemes[i];
    return NULL;
}

/* RFC 1035, section 2.3.4. */
enum { HOST_LONGEST = 253, LABEL_LONGEST = 63 };

/* A host that RFC 1123 or an IPv6 literal allows; the URL Standard lets pass
 * more than EPUBCheck and old readers do. */
static bool plain_host(const char *host)
{
    struct str s = str_of(host), rest = s, label;
    if (!s.n || s.n > HOST_LONGEST || s.p[0] == '.' ||
        str_find(s, STR("..")) < s.n)
        return false;
    while (str_next(&rest, '.', &label))
        if (label.n > LABEL_LONGEST)
            return false;
    for (size_t i = 0; i < s.n; i++)
        if (!chr_alpha((unsigned char)s.p[i]) &&
            !chr_digit((unsigned char)s.p[i]) && !strchr("-_.:[]", s.p[i]))
            return false;
    return true;
}

/* Percent-encode what RFC 3986 does not allow in a path, query or fragment,
 * and "%" that begins no code. */
static bool allowed(const char *p)
{
    unsigned char c = (unsigned char)*p;
    if (c == '%')
        return chr_hex((unsigned char)p[1]) >= 0 &&
               chr_hex((unsigned char)p[2]) >= 0;
    return c > ' ' && c < 0x7F && !strchr("\"<>\\^`{|}[]#", c);
}

static void encode(struct buf *out, const char *part)
{
    while (*part) {
        const char *p = part;
        while (*p && allowed(p))
            p++;
        buf_add(out, part, (size_t)(p - part));
        if (*p)
            buf_printf(out, "%%%02X", (unsigned char)*p++);
        part = p;
    }
}

const char *address_encoded(struct arena *arena, const char *part)
{
    struct buf text = buf_make(BUF_LINE);
    encode(&text, part);
    const char *copy = arena_str(arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

/* The address without fragment. */
static const char *address_text(struct arena *arena, const struct url *u)
{
    struct buf text = buf_make(BUF_LINE);
    struct url front = *u;
    front.username = address_encoded(arena, u->username);
    front.password = address_encoded(arena, u->password);
    front.path = "";
    front.query = NULL;
    front.opaque_path = true;
    buf_puts(&text, url_text(arena, &front, false));
    encode(&text, u->path);
    if (u->query) {
        buf_char(&text, '?');
        encode(&text, u->query);
    }
    const char *copy = text.failed ? NULL : arena_str(arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

/* ---- resolving ---- */

/* A colon in its first segment that ends no scheme: RFC 3986 has no such
 * reference, and "git@host:path" is not meant as one. */
static bool stray_colon(struct str s)
{
    size_t n = 0;
    while (n < s.n && !strchr("/?#\\:", s.p[n]))
        n++;
    if (n == s.n || s.p[n] != ':')
        return false;
    for (size_t i = 0; i < n; i++)
        if (!chr_alpha((unsigned char)s.p[i]) &&
            (!i ||
             (!chr_digit((unsigned char)s.p[i]) && !strchr("+-.", s.p[i]))))
            return true;
    return n == 0;
}

/* The URL Standard takes the hosts of other schemes as they are; readers do
 * not, nor do they take IPv6 literals there. */
static bool true_host(struct arena *arena, const struct url *u)
{
    if (!plain_host(u->host))
        return false;
    return url_special(u) ||
           (u->host[0] != '[' &&
            url_parse(arena,
                      str_of(arena_printf(arena, "https://%s/", u->host)),
                      NULL));
}

static bool complete(struct arena *arena, const struct url *u, enum need need)
{
    if (need == NEED_MAILBOX)
        return !u->host && strchr(u->path, '@');
    return u->host ? true_host(arena, u) : need == NEED_PATH && *u->path;
}

const char *address_resolve(struct maker *m, struct str href,
                            const char **fragment, enum link_fault *fault)
{
    href = repaired(m->arena, href);
    *fragment = NULL;
    *fault = LINK_BROKEN;
    if (!href.n || stray_colon(href))
        return NULL;
    const struct url *u = url_parse(m->arena, href, m->base);
    if (!u) {
        bool absolute = str_chr(href, ':') < str_chr(href, '/');
        *fault = m->base || absolute ? LINK_BROKEN : LINK_UNBASED;
        return NULL;
    }
    const struct scheme *scheme = scheme_of(u);
    if (!scheme) {
        *fault = LINK_SCHEME;
        return NULL;
    }
    if (!complete(m->arena, u, scheme->need))
        return NULL;
    *fault = LINK_FINE;
    if (u->fragment)
        *fragment = address_encoded(m->arena, u->fragment);
    return address_text(m->arena, u);
}

const char *link_resolve(struct maker *m, struct str href,
                         const char **fragment)
{
    enum link_fault fault;
    const char *unused;
    return address_resolve(m, href, fragment ? fragment : &unused, &fault);
}
