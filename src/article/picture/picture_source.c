#include "article/picture/picture_source.h"

#include "article/picture/media_query.h"
#include "article/picture/picture_address.h"
#include "article/picture/srcset.h"
#include "base/mem.h"

enum kind {
    KIND_SET,  /* a srcset */
    KIND_FULL, /* a larger picture than src */
    KIND_LAZY, /* what a script would put into src */
    KIND_SRC,
    KIND_HINT, /* an address that may be something else */
};

/* Where a picture's addresses may be; the first that is one is taken. */
static const struct {
    const char *name;
    enum kind kind;
} attributes[] = {
    {"data-srcset", KIND_SET},
    {"data-lazy-srcset", KIND_SET},
    {"data-original-set", KIND_SET},
    {"srcset", KIND_SET},
    {"data-full-url", KIND_FULL},
    {"data-hi-res-src", KIND_FULL},
    {"data-large-file", KIND_FULL},
    {"data-src", KIND_LAZY},
    {"data-lazy-src", KIND_LAZY},
    {"data-lazy", KIND_LAZY},
    {"data-lazyload", KIND_LAZY},
    {"data-original", KIND_LAZY},
    {"data-original-src", KIND_LAZY},
    {"data-actualsrc", KIND_LAZY},
    {"data-cfsrc", KIND_LAZY},
    {"data-delayed-url", KIND_LAZY},
    {"data-echo", KIND_LAZY},
    {"data-ezsrc", KIND_LAZY},
    {"data-li-src", KIND_LAZY},
    {"data-runner-src", KIND_LAZY},
    {"src", KIND_SRC},
    {"data-orig-file", KIND_HINT},
    {"data-canonical-src", KIND_HINT},
    {"data-pin-media", KIND_HINT},
    {"data-image", KIND_HINT},
    {"data-img-src", KIND_HINT},
    {"data-url", KIND_HINT},
};

/* Addresses in curly braces are a script's to fill in. */
static bool usable(struct str address)
{
    return picture_use(address) != PICTURE_BLANK &&
           str_chr(address, '{') == address.n;
}

/* As in srcset, where a data: picture only stands in for the others. */
static bool usable_candidate(struct str address)
{
    return usable(address) && !str_starts_nocase(address, STR("data:"));
}

static bool take_set(struct str set, struct picture_source *out)
{
    struct srcset_candidate c;
    if (!srcset_choose(set, PICTURE_ENOUGH, usable_candidate, &c) &&
        !srcset_choose(set, PICTURE_ENOUGH, usable, &c))
        return false;
    *out = (struct picture_source){
        .address = c.address,
        .width = c.width,
        .density = c.density != 1000 && !c.width ? c.density : 0};
    return true;
}

static bool take(struct str value, enum kind kind, struct picture_source *out)
{
    if (kind == KIND_SET)
        return take_set(value, out);
    bool data = str_starts_nocase(value, STR("data:"));
    if (!usable(value) || (data && kind != KIND_SRC))
        return false;
    if (kind == KIND_HINT && !picture_named(value))
        return false;
    if (kind == KIND_SRC && picture_use(value) != PICTURE_REAL)
        return false;
    *out = (struct picture_source){.address = value};
    return true;
}

/* A data: address in src is the picture only if there is no other. */
static struct picture_source source_of_img(const xmlNode *img)
{
    struct picture_source found = {.address = {NULL, 0}}, other;
    for (size_t i = 0; i < ARRAY_LEN(attributes); i++) {
        struct str value = str_trim(tree_attr(img, attributes[i].name));
        if (!value.n || !take(value, attributes[i].kind, &other))
            continue;
        bool data = str_starts_nocase(other.address, STR("data:"));
        other.lazy = found.lazy || attributes[i].kind == KIND_LAZY;
        if (!found.address.n || !data)
            found = other;
        found.lazy = other.lazy;
        if (!data)
            break;
    }
    return found;
}

static bool source_of_set(const xmlNode *source, struct picture_source *out)
{
    static const char *const names[] = {"data-srcset", "data-lazy-srcset",
                                        "srcset"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (take_set(tree_attr(source, names[i]), out))
            return true;
    return false;
}

/* The first source whose format no other's is better than; the img itself
 * counts as the last one. */
struct picture_source picture_source(const xmlNode *img, const xmlNode *picture)
{
    struct picture_source best = {.address = {NULL, 0}}, other;
    enum picture_rank rank = PICTURE_LAST;
    const xmlNode *n = picture;
    while (n && (n = tree_next(picture, n)) && n != img) {
        if (!tree_is(n, "source") ||
            !media_matches(tree_attr(n, "media"), READER_WIDTH) ||
            !source_of_set(n, &other))
            continue;
        struct str type = tree_attr(n, "type");
        enum picture_rank its = picture_rank(type, other.address);
        if (best.address.n && its >= rank)
            continue;
        best = other;
        rank = its;
    }
    other = source_of_img(img);
    bool data = str_starts_nocase(other.address, STR("data:"));
    if (!best.address.n || (other.address.n && !data &&
                            picture_rank(STR(""), other.address) < rank))
        best = other;
    best.lazy = other.lazy;
    return best;
}
