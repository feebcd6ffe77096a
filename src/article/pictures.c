/* img -> a hole for a picture, or the words that stand for it. */
#include "article/article_int.h"

#include "base/hash.h"

/* Where lazy loading puts the address, after src; in this order. */
static const char *const sources[] = {"data-src", "data-lazy-src",
                                      "data-original", "data-srcset", "srcset"};

/* Longest side of what only counts readers, in pixels. */
enum { TRACKING_SIZE = 1 };

/* The largest candidate of a srcset (HTML Standard 4.8.4.4.1): the one with
 * the largest number before "w" or "x". */
static struct str best_candidate(struct str set)
{
    struct str best = {NULL, 0}, candidate;
    double best_size = -1;
    while (str_next(&set, ',', &candidate)) {
        struct str rest = candidate, address, size;
        if (!str_next_word(&rest, &address))
            continue;
        double number = 1;
        if (str_next_word(&rest, &size) && size.n > 1) {
            number = 0;
            for (size_t i = 0; i + 1 < size.n; i++)
                if (chr_digit((unsigned char)size.p[i]))
                    number = number * 10 + size.p[i] - '0';
        }
        if (number > best_size) {
            best = address;
            best_size = number;
        }
    }
    return best;
}

/* A data: picture of few bytes in src keeps the place for a lazy one. */
static bool keeps_place(struct str src)
{
    return !src.n || (str_starts_nocase(src, STR("data:")) && src.n < 256) ||
           str_starts_nocase(src, STR("about:"));
}

static struct str address_of(const xmlNode *img)
{
    struct str src = str_trim(tree_attr(img, "src"));
    for (size_t i = 0; i < ARRAY_LEN(sources) && keeps_place(src); i++) {
        struct str other = str_trim(tree_attr(img, sources[i]));
        bool set = str_ends(str_of(sources[i]), STR("srcset"));
        if (set)
            other = best_candidate(other);
        if (other.n)
            return other;
    }
    return src;
}

/* What editors write when the author wrote nothing, and names of files. */
static bool says_nothing(struct str alt)
{
    static const char *const stock[] = {
        "image description", "image", "img", "alt text", "picture", "photo"};
    static const char *const endings[] = {".png",  ".jpg", ".jpeg", ".gif",
                                          ".webp", ".svg", ".avif"};
    for (size_t i = 0; i < ARRAY_LEN(stock); i++)
        if (str_eq_nocase(alt, str_of(stock[i])))
            return true;
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        struct str ending = str_of(endings[i]);
        if (alt.n > ending.n && str_chr(alt, ' ') == alt.n &&
            str_eq_nocase(str_sub(alt, alt.n - ending.n, ending.n), ending))
            return true;
    }
    return str_blank(alt);
}

static const char *alt_of(struct maker *m, const xmlNode *img)
{
    struct buf text = buf_make(BUF_LINE);
    buf_collapse(&text, tree_attr(img, "alt"));
    const char *alt = says_nothing(buf_view(&text))
                          ? ""
                          : arena_str(m->arena, buf_view(&text));
    buf_free(&text);
    return alt;
}

/* Pixels as an attribute states them; -1 for none. */
static int stated(const xmlNode *img, const char *name)
{
    struct str value = str_trim(tree_attr(img, name));
    int n = value.n ? 0 : -1;
    for (size_t i = 0; i < value.n && n < 100000; i++) {
        if (!chr_digit((unsigned char)value.p[i]))
            return n == 0 && i == 0 ? -1 : n;
        n = n * 10 + value.p[i] - '0';
    }
    return n;
}

static bool is_tracker(const xmlNode *img)
{
    int width = stated(img, "width"), height = stated(img, "height");
    return width >= 0 && height >= 0 && width <= TRACKING_SIZE &&
           height <= TRACKING_SIZE;
}

/* ---- data: URLs (RFC 2397) ---- */

static int base64_digit(int c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (chr_digit(c))
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static void decode_base64(struct str text, struct buf *out)
{
    unsigned bits = 0, n = 0;
    for (size_t i = 0; i < text.n && text.p[i] != '='; i++) {
        int digit = base64_digit((unsigned char)text.p[i]);
        if (digit < 0)
            continue;
        bits = (bits << 6 | (unsigned)digit) & 0xFFFFFF;
        if (++n % 4 != 1)
            buf_char(out, (char)(bits >> (4 - n % 4) % 4 * 2 & 0xFF));
    }
}

static struct span data_of(struct maker *m, struct str url)
{
    size_t comma = str_chr(url, ',');
    struct str head = str_sub(url, 0, comma);
    struct str body = url_decode(m->arena, str_sub(url, comma + 1, url.n));
    struct span span = {0};
    if (!str_ends(str_trim(head), STR(";base64")))
        return spool_put(m->spool, body.p, body.n);
    struct buf bytes = buf_make(BUF_BODY);
    decode_base64(body, &bytes);
    if (bytes.len)
        span = spool_put(m->spool, bytes.data, bytes.len);
    buf_free(&bytes);
    return span;
}

/* ---- holes ---- */

static xmlNode *make_hole(struct maker *m, const xmlNode *img,
                          struct image_ref ref)
{
    xmlNode *hole = tree_element(img->doc, "#image");
    const char *number = arena_printf(m->arena, "%zu", m->images.len);
    tree_set_attr(hole, "n", str_of(number));
    vec_push(&m->images, ref);
    return hole;
}

/* The picture that an img refers to; false if it refers to none. */
static bool reference(struct maker *m, const xmlNode *img,
                      struct image_ref *ref)
{
    struct str address = address_of(img);
    *ref = (struct image_ref){.alt = alt_of(m, img)};
    if (str_starts_nocase(address, STR("data:"))) {
        ref->data = data_of(m, address);
        return ref->data.n > 0;
    }
    const char *url = address.n ? link_resolve(m, address, NULL) : NULL;
    ref->url = url && (str_starts(str_of(url), STR("http:")) ||
                       str_starts(str_of(url), STR("https:")))
                   ? url
                   : NULL;
    return ref->url != NULL;
}

static bool same_picture(const struct image_ref *a, const struct image_ref *b)
{
    return a->url && b->url && strcmp(a->url, b->url) == 0;
}

static bool in_noscript(const xmlNode *n)
{
    for (; tree_is_element(n); n = n->parent)
        if (tree_is(n, "noscript"))
            return true;
    return false;
}

/* The link around an img that leads to the picture itself leads nowhere in a
 * book: the picture is there already. */
static void unlink_from_itself(struct maker *m, xmlNode *hole,
                               const struct image_ref *ref)
{
    xmlNode *a = hole->parent;
    if (!tree_is(a, "a") || !ref->url)
        return;
    const char *target = link_resolve(m, str_trim(tree_attr(a, "href")), NULL);
    if (tree_has_class(a, "article-body-image-wrapper") ||
        (target && strcmp(target, ref->url) == 0))
        tree_rename(a, "span");
}

static void make_picture(struct maker *m, xmlNode *img)
{
    struct image_ref ref;
    if (is_tracker(img) && rule_applies(m, RULE_TRACKING_PIXEL))
        return;
    if (!reference(m, img, &ref)) {
        if (*ref.alt)
            tree_before(img, tree_text(img->doc, str_of(ref.alt)));
        return;
    }
    bool repeated = in_noscript(img) && m->images.len &&
                    same_picture(&ref, &m->images.items[m->images.len - 1]);
    if (repeated)
        return;
    xmlNode *hole = make_hole(m, img, ref);
    tree_before(img, hole);
    unlink_from_itself(m, hole, &ref);
}

void article_pictures(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        if (!tree_is(n, "img") && !tree_is(n, "image"))
            continue;
        if (tree_foreign(n))
            continue;
        make_picture(m, n);
        tree_drop(n);
    }
}
