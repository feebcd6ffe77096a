#include "article/picture/picture_links.h"

#include "article/picture/picture_address.h"
#include "article/picture/picture_source.h"

#include <stdlib.h>

enum {
    LOOK_AT = 64,           /* nodes in a link around a picture */
    ADDRESS_LARGEST = 4096, /* bytes of a link that may lead to one */
};

const xmlNode *picture_within(const xmlNode *n, const char *const *names)
{
    for (n = n->parent; tree_is_element(n); n = n->parent)
        if (tree_is_one_of(n, names))
            return n;
    return NULL;
}

const char *picture_web_address(struct maker *m, struct str address)
{
    const char *url = address.n ? link_resolve(m, address, NULL) : NULL;
    return url && (str_starts(str_of(url), STR("http:")) ||
                   str_starts(str_of(url), STR("https:")))
               ? url
               : NULL;
}

/* Is there nothing but the picture below n? What is in a noscript may be a copy
 * of it, which does not count. */
static bool alone_in(const xmlNode *n, const xmlNode *hole)
{
    const xmlNode *at = tree_next(n, n);
    for (int seen = 0; at; seen++) {
        bool other =
            at != hole && (tree_is(at, "#image") || tree_is(at, "img"));
        if (other || seen == LOOK_AT || tree_is_words(at))
            return false;
        at = tree_is(at, "noscript") ? tree_skip(n, at) : tree_next(n, at);
    }
    return true;
}

static xmlNode *link_around(xmlNode *hole)
{
    static const char *const names[] = {"a", NULL};
    const xmlNode *a = picture_within(hole, names);
    xmlNode *n = hole->parent;
    while (a && n != a)
        n = n->parent;
    return a ? n : NULL;
}

/* A page about a picture that has the picture's name. */
static bool is_page(struct str address)
{
    static const char *const pages[] = {"/wiki/", "/blob/", "-h/", "File:"};
    for (size_t i = 0; i < ARRAY_LEN(pages); i++)
        if (str_find(address, str_of(pages[i])) < address.n)
            return true;
    return false;
}

/* Scripts that open the link's picture over the page, by the link's classes
 * and the names of its attributes. */
static bool opens_picture(const xmlNode *a)
{
    static const char *const signs[] = {"lightbox",   "fancybox",    "thickbox",
                                        "image-link", "image-popup", "gallery",
                                        "zoom"};
    struct str words[] = {tree_attr(a, "class"), tree_attr(a, "rel")};
    for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
        struct str sign = str_of(signs[i]);
        for (size_t j = 0; j < ARRAY_LEN(words); j++)
            if (str_find_nocase(words[j], sign) < words[j].n)
                return true;
        for (const xmlAttr *at = a->properties; at; at = at->next)
            if (str_find(str_of((const char *)at->name), sign) <
                strlen((const char *)at->name))
                return true;
    }
    return false;
}

/* Does the link lead to the picture at `url` in a larger size? */
static bool leads_to_larger(struct maker *m, const xmlNode *a, const char *url,
                            const char *target)
{
    struct str address = str_of(target);
    if (is_page(address))
        return false;
    const char *key = picture_key(m->arena, str_of(url));
    const char *its = picture_key(m->arena, address);
    if (strcmp(key, its) == 0)
        return true;
    return picture_named(address) &&
           (str_eq(picture_stem(key), picture_stem(its)) || opens_picture(a));
}

void picture_unlink(struct maker *m, xmlNode *hole, unsigned width)
{
    size_t number = strtoul(tree_attr(hole, "n").p, NULL, 10);
    struct image_ref *ref = &m->images.items[number];
    xmlNode *a = link_around(hole);
    struct str href = a ? str_trim(tree_attr(a, "href")) : STR("");
    if (!a || !ref->url || href.n > ADDRESS_LARGEST)
        return;
    const char *target = picture_web_address(m, href);
    if ((target && strcmp(target, ref->url) == 0) ||
        tree_has_class(a, "article-body-image-wrapper")) {
        if (hole->parent == a || alone_in(a, hole))
            tree_rename(a, "span");
        return;
    }
    if (!target || !leads_to_larger(m, a, ref->url, target) ||
        !alone_in(a, hole))
        return;
    if (width < PICTURE_ENOUGH &&
        picture_rank(STR(""), str_of(target)) < PICTURE_LAST) {
        ref->url = target;
        ref->width = ref->height = ref->density = 0; /* were the other's */
    }
    tree_rename(a, "span");
}
