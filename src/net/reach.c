#include "net/reach.h"

#include "base/mem.h"
#include "base/str.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A block of addresses: those whose first `bits` bits are these. */
struct block4 {
    uint32_t prefix;
    unsigned bits;
};

struct block6 {
    unsigned char prefix[4]; /* zeros follow */
    unsigned bits;
};

/* IANA IPv4 Special-Purpose Address Registry: not globally reachable. */
static const struct block4 blocks4[] = {
    {0x00000000, 8},  /* this network */
    {0x0A000000, 8},  /* private */
    {0x64400000, 10}, /* shared */
    {0x7F000000, 8},  /* loopback */
    {0xA9FE0000, 16}, /* link-local */
    {0xAC100000, 12}, /* private */
    {0xC0000000, 24}, /* protocol assignments */
    {0xC0A80000, 16}, /* private */
    {0xC6120000, 15}, /* benchmarking */
    {0xE0000000, 3},  /* multicast, reserved, broadcast */
};

static const struct block6 blocks6[] = {
    {{0xFC}, 7},        /* unique local */
    {{0xFE, 0x80}, 9},  /* link-local, and site-local of old */
    {{0xFF}, 8},        /* multicast */
    {{0x01, 0x00}, 64}, /* discard-only */
};

static bool public4(uint32_t address)
{
    for (size_t i = 0; i < ARRAY_LEN(blocks4); i++) {
        unsigned shift = 32 - blocks4[i].bits;
        if (address >> shift == blocks4[i].prefix >> shift)
            return false;
    }
    return true;
}

static uint32_t read4(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

static bool in_block6(const unsigned char *address, const struct block6 *block)
{
    for (unsigned bit = 0; bit < block->bits; bit++) {
        unsigned byte = bit / 8, mask = 0x80u >> bit % 8;
        unsigned want = byte < 4 ? block->prefix[byte] : 0;
        if ((address[byte] & mask) != (want & mask))
            return false;
    }
    return true;
}

/* IPv6 addresses that hold an IPv4 address lead where that one leads. */
static bool public6(const unsigned char *p)
{
    static const unsigned char zeros[12];
    static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    static const unsigned char nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    if (memcmp(p, zeros, 12) == 0)
        return false; /* ::, ::1, and addresses long deprecated */
    if (memcmp(p, mapped, 12) == 0 || memcmp(p, nat64, 12) == 0)
        return public4(read4(p + 12));
    if (p[0] == 0x20 && p[1] == 0x02) /* 6to4 */
        return public4(read4(p + 2));
    for (size_t i = 0; i < ARRAY_LEN(blocks6); i++) {
        if (in_block6(p, &blocks6[i]))
            return false;
    }
    return true;
}

bool reach_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return public4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        return public6(in.sin6_addr.s6_addr);
    }
    return false;
}

bool reach_local_name(const char *host)
{
    struct str name = str_of(host);
    while (str_ends(name, STR(".")))
        name.n--;
    if (str_eq(name, STR("localhost")) || str_ends(name, STR(".localhost")))
        return true;
    char text[INET6_ADDRSTRLEN];
    bool six = str_starts(name, STR("[")) && str_ends(name, STR("]"));
    if (six)
        name = str_sub(name, 1, name.n - 2);
    if (name.n >= sizeof text)
        return false;
    memcpy(text, name.p, name.n);
    text[name.n] = '\0';
    unsigned char bytes[16];
    if (six)
        return inet_pton(AF_INET6, text, bytes) == 1 && !public6(bytes);
    return inet_pton(AF_INET, text, bytes) == 1 && !public4(read4(bytes));
}

/* Addresses of the proxies, ports among them. */
struct reach {
    VEC(struct addrinfo *) proxies;
};

/* The host without the brackets of an IPv6 address; curl's default port for a
 * proxy is 1080, for one that speaks TLS 443. */
static void resolve_proxy(struct reach *r, CURLU *url)
{
    char *host = NULL, *port = NULL, *scheme = NULL;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    curl_url_get(url, CURLUPART_HOST, &host, 0);
    curl_url_get(url, CURLUPART_PORT, &port, 0);
    curl_url_get(url, CURLUPART_SCHEME, &scheme, 0);
    bool tls = scheme && strcmp(scheme, "https") == 0;
    size_t n = host ? strlen(host) : 0;
    bool six = n > 1 && host[0] == '[' && host[n - 1] == ']';
    if (six)
        host[n - 1] = '\0';
    if (host && getaddrinfo(host + six,
                            port  ? port
                            : tls ? "443"
                                  : "1080",
                            &hints, &found) == 0)
        vec_push(&r->proxies, found);
    curl_free(host);
    curl_free(port);
    curl_free(scheme);
}

static void add_proxy(struct reach *r, const char *text)
{
    CURLU *url = curl_url();
    unsigned lax = CURLU_GUESS_SCHEME | CURLU_NON_SUPPORT_SCHEME;
    if (url && curl_url_set(url, CURLUPART_URL, text, lax) == CURLUE_OK)
        resolve_proxy(r, url);
    curl_url_cleanup(url);
}

struct reach *reach_new(void)
{
    static const char *const names[] = {
        "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    struct reach *r = mem_alloc(sizeof *r);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            add_proxy(r, value);
    }
    return r;
}

void reach_free(struct reach *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->proxies.len; i++)
        freeaddrinfo(r->proxies.items[i]);
    free(r->proxies.items);
    free(r);
}

static bool same_address(const struct sockaddr *a, const struct sockaddr *b)
{
    if (a->sa_family != b->sa_family)
        return false;
    if (a->sa_family == AF_INET) {
        struct sockaddr_in x, y;
        memcpy(&x, a, sizeof x);
        memcpy(&y, b, sizeof y);
        return x.sin_port == y.sin_port &&
               x.sin_addr.s_addr == y.sin_addr.s_addr;
    }
    struct sockaddr_in6 x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x.sin6_port == y.sin6_port &&
           memcmp(&x.sin6_addr, &y.sin6_addr, sizeof x.sin6_addr) == 0;
}

bool reach_allows(const struct reach *r, const struct sockaddr *address)
{
    if (reach_public(address))
        return true;
    if (address->sa_family != AF_INET && address->sa_family != AF_INET6)
        return false;
    for (size_t i = 0; i < r->proxies.len; i++) {
        for (struct addrinfo *p = r->proxies.items[i]; p; p = p->ai_next) {
            if (same_address(p->ai_addr, address))
                return true;
        }
    }
    return false;
}
