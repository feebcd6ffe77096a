/* Captions and galleries as platforms build them -> figures.
 *
 * Before there was figure, a picture and its caption were a table, a dl or
 * nested divs; and a gallery is a list only for its style sheet. */
#include "article/article_int.h"

enum { LOOK_INTO = 96 }; /* nodes of a caption's container, at most */

/* Containers of one picture, and the element that is its caption, by class. */
static const struct {
    const char *container, *caption;
} captions[] = {
    {"gallery-item", "gallery-caption"},        /* WordPress */
    {"img_caption", "img_caption"},             /* Joomla */
    {"thumbinner", "thumbcaption"},             /* MediaWiki */
    {"tr-caption-container", "tr-caption"},     /* Blogger */
    {"wp-caption", "wp-caption-dd"},            /* WordPress.com */
    {"wp-caption", "wp-caption-text"},          /* WordPress */
    {"dnd-atom-wrapper", "dnd-legend-wrapper"}, /* Drupal */
    {"image-block-wrapper", "image-caption"},   /* Squarespace */
};

/* Containers of many pictures. */
static const char *const galleries[] = {
    "blocks-gallery-grid",
    "wp-block-gallery",
    "wp-block-jetpack-slideshow_swiper-wrapper",
    "wp-block-jetpack-tiled-gallery",
    "tiled-gallery__gallery",
    "gallery",
    "image-gallery",
    "image-gallery-embed",
    "kg-gallery-container",
    "slick-track",
    "slides",
    "swiper-wrapper",
};

/* What sliders add in front of the first picture and behind the last, so that
 * they can turn in a circle. */
static const char *const clones[] = {"slick-cloned", "swiper-slide-duplicate",
                                     "bx-clone", "cloned"};

static bool has_any_class(const xmlNode *n, const char *const *names,
                          size_t count)
{
    struct str rest = tree_attr(n, "class"), word;
    while (str_next_word(&rest, &word))
        for (size_t i = 0; i < count; i++)
            if (*word.p == *names[i] && str_eq(word, str_of(names[i])))
                return true;
    return false;
}

static bool is_shown(const xmlNode *n)
{
    return tree_is(n, "img") || tree_is(n, "picture") || tree_is(n, "amp-img");
}

/* A container's parts; caption is NULL if it is not what it should be: one
 * caption, a picture outside of it, and no words besides. */
struct parts {
    xmlNode *caption;
    bool picture_first;
};

static struct parts parts_of(xmlNode *container, const char *class)
{
    struct parts found = {0};
    bool picture = false;
    int seen = 0;
    for (xmlNode *n = tree_next(container, container); n; seen++) {
        bool words = tree_is_words(n);
        if (words || seen == LOOK_INTO)
            return (struct parts){0};
        if (tree_is_element(n) && !found.caption && tree_has_class(n, class)) {
            found = (struct parts){n, picture};
            n = tree_skip(container, n);
            continue;
        }
        picture = picture || is_shown(n);
        n = tree_next(container, n);
    }
    return picture ? found : (struct parts){0};
}

/* Tables and lists that only placed a picture mean nothing; the caption's own
 * paragraphs do. */
static void loosen(const xmlNode *container, const xmlNode *caption)
{
    static const char *const names[] = {"table", "tbody",  "tr", "td",
                                        "th",    "dl",     "dt", "dd",
                                        "p",     "center", NULL};
    xmlNode *n = tree_next(container, container);
    while (n) {
        if (n != caption && tree_is_one_of(n, names))
            tree_rename(n, "div");
        n = n == caption ? tree_skip(container, n) : tree_next(container, n);
    }
}

static bool make_figure(xmlNode *container)
{
    for (size_t i = 0; i < ARRAY_LEN(captions); i++) {
        if (!tree_has_class(container, captions[i].container))
            continue;
        struct parts parts = parts_of(container, captions[i].caption);
        if (!parts.caption)
            continue;
        if (parts.picture_first)
            tree_append(container, parts.caption);
        else if (container->children != parts.caption)
            tree_before(container->children, parts.caption);
        loosen(container, parts.caption);
        tree_rename(container, "figure");
        tree_rename(parts.caption, "figcaption");
        return true;
    }
    return false;
}

/* Does each item of a list hold a picture near its beginning? */
static bool holds_pictures(const xmlNode *list)
{
    for (const xmlNode *item = list->children; item; item = item->next) {
        const xmlNode *n = item;
        if (!tree_is(item, "li"))
            continue;
        for (int i = 0; n && !is_shown(n); i++)
            n = i < LOOK_INTO ? tree_next(item, n) : NULL;
        if (!n)
            return false;
    }
    return true;
}

/* A gallery's figure would hold figures, its list's items have no number. */
static void open_gallery(xmlNode *gallery)
{
    bool list = tree_is(gallery, "ul") || tree_is(gallery, "ol");
    if (tree_is(gallery, "figure"))
        tree_rename(gallery, "div");
    if (!list || !holds_pictures(gallery))
        return;
    tree_rename(gallery, "div");
    for (xmlNode *item = gallery->children; item; item = item->next)
        if (tree_is(item, "li"))
            tree_rename(item, "div");
}

void article_galleries(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        if (!tree_is_element(n) || !n->properties)
            continue;
        xmlNode *after = tree_skip(root, n);
        if (has_any_class(n, clones, ARRAY_LEN(clones)) &&
            rule_drop(m, RULE_DUPLICATE_IMAGE, n)) {
            next = after;
            continue;
        }
        if (has_any_class(n, galleries, ARRAY_LEN(galleries)))
            open_gallery(n);
        else if (!tree_is(n, "figure") && make_figure(n))
            next = tree_next(root, n);
    }
}
