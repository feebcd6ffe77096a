/* img and its like -> holes for pictures, or the words that stand for them. */
#include "article/article_int.h"
#include "article/model/model.h"
#include "article/picture/data_url.h"
#include "article/picture/picture_address.h"
#include "article/picture/picture_links.h"
#include "article/picture/picture_source.h"
#include "article/prune/trackers.h"
#include "article/style/size.h"

#include <stdlib.h>

enum {
    ICON_SIZE = 32,  /* of a sign in the text, which may well repeat */
    LOOK_AHEAD = 64, /* nodes around a picture that are looked at */
};

/* The picture that was met last. */
struct previous {
    xmlNode *hole;        /* NULL: none */
    const xmlNode *block; /* the nearest block around it */
    const xmlNode *item;  /* the nearest cell or item */
    const xmlNode *figure;
    const char *key, *address;
    unsigned width;
    bool fallback; /* in a noscript */
    bool lazy;     /* a script would have filled it in */
    bool merged;   /* a copy of it was met */
};

struct pictures {
    struct maker *maker;
    const xmlNode *picture; /* whose img was not met yet; NULL: none */
    struct previous last;
    bool parted;   /* words or the like came after it */
    bool promised; /* a noscript to come stands for a picture left out */
};

/* ---- what is a picture ---- */

static bool is_input(const xmlNode *n)
{
    return tree_is(n, "input") &&
           str_eq_nocase(tree_attr(n, "type"), STR("image"));
}

/* Elements of a site's own, such as amp-img or x-image, count if they name a
 * picture. */
static bool is_custom(const xmlNode *n)
{
    struct str name = tree_name(n);
    if (str_chr(name, '-') == name.n || !n->properties ||
        (str_find(name, STR("im")) == name.n &&
         str_find(name, STR("pic")) == name.n))
        return false;
    return str_starts(name, STR("amp-im")) ||
           picture_named(tree_attr(n, "src")) ||
           picture_named(tree_attr(n, "data-src"));
}

static bool is_picture(const xmlNode *n)
{
    return tree_is_element(n) && !tree_foreign(n) &&
           (tree_is(n, "img") || tree_is(n, "image") || is_input(n) ||
            is_custom(n));
}

/* One pixel, unless that is but the shape of what a script would fit in. */
static bool is_tracker(struct maker *m, const xmlNode *img,
                       struct picture_source source)
{
    bool fitted = source.lazy || tree_attr(img, "layout").p;
    return !(fitted && tracker_fits(img, 1)) &&
           tracker_is(m, img, source.address);
}

/* ---- alternative text ---- */

/* What editors write when the author wrote nothing, and names of files. */
static bool says_nothing(struct str alt)
{
    static const char *const stock[] = {"image description", "image",   "img",
                                        "alt text",          "picture", "photo",
                                        "audio-thumbnail"};
    for (size_t i = 0; i < ARRAY_LEN(stock); i++)
        if (str_eq_nocase(alt, str_of(stock[i])))
            return true;
    return str_blank(alt) || (str_chr(alt, ' ') == alt.n && picture_named(alt));
}

static bool is_decoration(const xmlNode *img)
{
    struct str role = str_trim(tree_attr(img, "role"));
    return str_eq_nocase(role, STR("presentation")) ||
           str_eq_nocase(role, STR("none")) ||
           str_eq_nocase(tree_attr(img, "aria-hidden"), STR("true"));
}

/* An empty alt says that there is nothing to say; a missing one does not. */
static const char *alt_of(struct maker *m, const xmlNode *img)
{
    static const char *const names[] = {"alt", "aria-label", "title"};
    struct str said = {NULL, 0};
    for (size_t i = 0; i < ARRAY_LEN(names) && !said.p; i++)
        said = tree_attr(img, names[i]);
    struct buf text = buf_make(BUF_LINE);
    buf_collapse(&text, said);
    const char *alt = is_decoration(img) || says_nothing(buf_view(&text))
                          ? ""
                          : arena_str(m->arena, buf_view(&text));
    buf_free(&text);
    return alt;
}

/* ---- references and holes ---- */

/* How large it is to be shown, of use only where the file is the one that the
 * author had in mind. */
static void note_size(const xmlNode *img, struct picture_source source,
                      struct image_ref *ref)
{
    int width = size_stated(img, "width"), height = size_stated(img, "height");
    ref->width = width > 0 ? (unsigned)width : 0;
    ref->height = height > 0 ? (unsigned)height : 0;
    ref->density = source.density;
}

static xmlNode *make_hole(struct maker *m, xmlNode *img, struct image_ref ref)
{
    xmlNode *hole = tree_element(img->doc, "#image");
    const char *number = arena_printf(m->arena, "%zu", m->images.len);
    tree_set_attr(hole, "n", str_of(number));
    vec_push(&m->images, ref);
    tree_before(img, hole);
    return hole;
}

/* Have `ref` refer to the address; false if that is none for a picture. */
static bool refer(struct maker *m, struct str address, struct image_ref *ref)
{
    if (!str_starts_nocase(address, STR("data:"))) {
        ref->url = picture_web_address(m, address);
        return ref->url != NULL;
    }
    struct buf bytes = buf_make(BUF_BODY);
    data_url_decode(m->arena, address, &bytes);
    if (bytes.len)
        ref->data = spool_put(m->spool, bytes.data, bytes.len);
    buf_free(&bytes);
    return ref->data.n > 0;
}

/* ---- copies ---- */

static bool in_noscript(const xmlNode *n)
{
    static const char *const names[] = {"noscript", NULL};
    return picture_within(n, names) != NULL;
}

static const xmlNode *item_around(const xmlNode *n)
{
    static const char *const names[] = {"li", "td", "th", "dt", "dd", NULL};
    return picture_within(n, names);
}

static const xmlNode *figure_around(const xmlNode *n)
{
    static const char *const names[] = {"figure", NULL};
    return picture_within(n, names);
}

static bool has_caption(const xmlNode *figure)
{
    const xmlNode *n = figure ? figure->children : NULL;
    while (n && !(tree_is(n, "figcaption") && !tree_empty(n, NULL)))
        n = n->next;
    return n != NULL;
}

static const xmlNode *block_around(const xmlNode *n)
{
    for (n = n->parent; tree_is_element(n->parent); n = n->parent) {
        enum role role = model_of(n)->role;
        if (role != ROLE_PHRASING && role != ROLE_SPAN && role != ROLE_UNWRAP)
            break;
    }
    return n;
}

static struct previous facts_of(const struct pictures *p, const xmlNode *img,
                                struct picture_source source)
{
    struct arena *arena = p->maker->arena;
    const char *address = picture_web_address(p->maker, source.address);
    return (struct previous){
        .block = block_around(img),
        .item = item_around(img),
        .figure = figure_around(img),
        .address = address,
        .key = address ? picture_key(arena, str_of(address)) : "",
        .width = source.width,
        .fallback = in_noscript(img),
        .lazy = source.lazy || !address,
    };
}

/* The element before or after n, if nothing but white space lies between; a
 * picture element counts for the img in it. */
static const xmlNode *beside(const xmlNode *n, bool after)
{
    if (tree_is(n->parent, "picture"))
        n = n->parent;
    return after ? tree_solid(n->next) : tree_solid_back(n->prev);
}

/* Do the picture before and img stand side by side, one of them in a noscript
 * of its own? */
static bool is_alternative(const struct previous *last, const xmlNode *img,
                           bool in_fallback)
{
    static const char *const names[] = {"noscript", NULL};
    const xmlNode *shown = in_fallback ? last->hole : img;
    const xmlNode *other = in_fallback ? img : last->hole;
    return beside(shown, in_fallback) == picture_within(other, names);
}

/* A picture is a copy of the one before it, with nothing between, if one of
 * the two is for browsers without scripts and the other needs one, or if it is
 * the same picture in another size or in a block of its own. An author who
 * sets one picture twice in a line, or in two cells, or once more with a
 * caption, has a reason. */
static bool is_copy(const struct pictures *p, const struct previous *now,
                    const xmlNode *img)
{
    const struct previous *last = &p->last;
    if (!last->hole || p->parted || last->item != now->item)
        return false;
    bool same = *now->key && strcmp(now->key, last->key) == 0;
    if (now->fallback != last->fallback && !last->merged)
        return same || ((now->lazy || last->lazy) &&
                        is_alternative(last, img, now->fallback));
    if (!same || tracker_fits(img, ICON_SIZE))
        return false;
    if (now->figure != last->figure && has_caption(now->figure))
        return false;
    return now->block != last->block ||
           strcmp(now->address, last->address) != 0;
}

/* Keep the better of two references to one picture, in the first one's
 * place. */
static void merge(struct pictures *p, const struct previous *now,
                  const xmlNode *img)
{
    struct maker *m = p->maker;
    struct previous *last = &p->last;
    size_t number = strtoul(tree_attr(last->hole, "n").p, NULL, 10);
    struct image_ref *ref = &m->images.items[number];
    const char *alt = alt_of(m, img);
    bool better = last->width && now->width ? now->width > last->width
                                            : now->fallback && last->lazy;
    if (now->address && (better || !last->address)) {
        ref->url = now->address;
        ref->data = (struct span){0};
        ref->density = 0;
        last->address = now->address;
        last->key = now->key;
        last->width = now->width;
    }
    if (!*ref->alt)
        ref->alt = alt;
    last->merged = true;
}

static bool holds_picture(const xmlNode *n)
{
    const xmlNode *at = n;
    for (int i = 0; n && i < LOOK_AHEAD; i++, at = tree_next(n, at)) {
        if (!at)
            return false;
        if (is_picture(at) || tree_is(at, "#image"))
            return true;
    }
    return false;
}

/* Is the picture itself still to come, in a noscript? */
static bool has_fallback(const xmlNode *img)
{
    const xmlNode *n = beside(img, true);
    return tree_is(n, "noscript") && holds_picture(n);
}

/* A blur that is shown until the picture beside it has come. */
static bool is_blur(const xmlNode *img, struct str address)
{
    return str_starts_nocase(address, STR("data:")) && is_decoration(img) &&
           (holds_picture(beside(img, true)) ||
            holds_picture(beside(img, false)));
}

/* ---- the pass ---- */

static void place(struct pictures *p, xmlNode *img, struct picture_source s,
                  struct image_ref ref)
{
    struct maker *m = p->maker;
    struct previous now = facts_of(p, img, s);
    if (is_copy(p, &now, img) && rule_applies(m, RULE_DUPLICATE_IMAGE)) {
        merge(p, &now, img);
        return;
    }
    now.hole = make_hole(m, img, ref);
    now.merged = p->promised && now.fallback;
    p->last = now;
    p->parted = p->promised = false;
}

/* The words that stand for a picture that there is none of. */
static void put_alt(xmlNode *img, const struct image_ref *ref)
{
    if (*ref->alt)
        tree_before(img, tree_text(img->doc, str_of(ref->alt)));
}

/* Is img only there until a script, or a browser without scripts, has the
 * picture itself? */
static bool keeps_place(struct pictures *p, xmlNode *img,
                        struct picture_source source)
{
    if (is_blur(img, source.address))
        return true;
    if (source.address.n && !source.lazy)
        return false;
    if (picture_web_address(p->maker, source.address))
        return false;
    bool after = p->last.hole && p->last.fallback && !p->last.merged &&
                 !p->parted && is_alternative(&p->last, img, false);
    p->last.merged = p->last.merged || after;
    p->promised = !after && has_fallback(img);
    return after || p->promised;
}

static void make_picture(struct pictures *p, xmlNode *img)
{
    struct maker *m = p->maker;
    struct picture_source source = picture_source(img, p->picture);
    struct str src = str_trim(tree_attr(img, "src"));
    struct image_ref ref = {.alt = alt_of(m, img),
                            .optional = tree_attr(img, "#optional").p};
    note_size(img, source, &ref);
    if (is_tracker(m, img, source) && rule_applies(m, RULE_TRACKING_PIXEL))
        return;
    if (keeps_place(p, img, source) && rule_applies(m, RULE_DUPLICATE_IMAGE))
        return;
    if (!source.address.n)
        source.address = src;
    if (refer(m, source.address, &ref) &&
        !(picture_use(source.address) == PICTURE_BLANK &&
          rule_applies(m, RULE_SPACER)))
        place(p, img, source, ref);
    else
        put_alt(img, &ref);
}

/* Does n part the picture before it from the one after it? */
static bool parts(const xmlNode *n)
{
    return tree_is_text(n) ? !str_blank(tree_content(n))
                           : tree_is(n, "hr") || tree_is(n, "table") ||
                                 tree_is(n, "#card") || tree_is(n, "input");
}

void article_pictures(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    static const char *const pictures[] = {"picture", NULL};
    struct pictures p = {.maker = m};
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        if (!is_picture(n)) {
            if (tree_is(n, "picture"))
                p.picture = n;
            p.parted = p.parted || parts(n);
            continue;
        }
        if (p.picture && picture_within(n, pictures) != p.picture)
            p.picture = NULL;
        size_t before = m->images.len;
        make_picture(&p, n);
        p.picture = NULL;
        if (!n->children)
            tree_drop(n);
        if (m->images.len > before)
            picture_unlink(m, p.last.hole, p.last.width);
    }
}
