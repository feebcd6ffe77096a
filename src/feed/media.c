/* What belongs to an entry beside its text: files, pictures, pages. Which of
 * them stand is told at the entry's end. */
#include "feed/reader.h"

#include <stdlib.h>

/* No article has more; a feed that gives more is not to cost time. */
enum { MEDIA_MAX = 100 };

static enum medium_role role_of(enum take take)
{
    return take == TAKE_OFFER  ? MEDIUM_OFFER
           : take == TAKE_PAGE ? MEDIUM_PAGE
                               : MEDIUM_FILE;
}

static bool is_type(const struct enclosure *e, const char *half)
{
    return str_starts_nocase(str_of(e->type), str_of(half));
}

bool enclosure_is_picture(const struct enclosure *e)
{
    static const char *const ends[] = {".jpg",  ".jpeg", ".png", ".gif",
                                       ".webp", ".avif", ".svg"};
    struct str path = str_of(e->url);
    if (e->type)
        return is_type(e, "image");
    path = str_sub(path, 0, str_chr(path, '?'));
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        struct str end = str_of(ends[i]);
        if (path.n > end.n &&
            str_eq_nocase(str_sub(path, path.n - end.n, end.n), end))
            return true;
    }
    return false;
}

static void add(struct reader *r, enum medium_role role, struct enclosure e)
{
    if (r->entry && r->media.len < MEDIA_MAX)
        vec_push(&r->media, ((struct medium){.role = role, .enclosure = e}));
}

/* Media RSS may tell the type's first half alone, as "medium". */
void media_take(struct reader *r, const struct rule *rule,
                const struct element *e, const char *url)
{
    const char *address = link_attr(r, e, url);
    struct str size = xml_attr_value(e->attrs, e->count, "length");
    if (rule->take == TAKE_OFFER)
        size = xml_attr_value(e->attrs, e->count, "fileSize");
    struct enclosure it = {.url = address ? field_based(r, address) : NULL,
                           .type = link_attr(r, e, "type"),
                           .title = link_attr(r, e, "title"),
                           .length = value_number(size),
                           .seconds = value_seconds(
                               xml_attr_value(e->attrs, e->count, "duration"))};
    if (!it.type)
        it.type = link_attr(r, e, "medium");
    if (rule->take == TAKE_PAGE) {
        it.title = "Transcript";
        it.type = "text/html";
    }
    size_t before = r->media.len;
    add(r, role_of(rule->take), it);
    if (r->media.len > before)
        r->media.items[before].width =
            value_number(xml_attr_value(e->attrs, e->count, "width"));
}

void media_begin(struct reader *r)
{
    add(r, MEDIUM_FILE, (struct enclosure){0});
}

static void set_last(struct reader *r, enum field field, const char *value)
{
    size_t n = r->media.len;
    while (n > 1 && r->media.items[n - 1].role == MEDIUM_PICTURE)
        n--; /* a picture of it, told within it */
    struct enclosure *e = &r->media.items[n - 1].enclosure;
    if (field == FIELD_MEDIUM)
        e->url = field_based(r, value);
    else if (field == FIELD_MEDIUM_TYPE)
        e->type = value;
    else if (field == FIELD_MEDIUM_TITLE)
        e->title = value;
    else if (field == FIELD_MEDIUM_LENGTH)
        e->length = value_number(str_of(value));
    else if (field == FIELD_DURATION)
        e->seconds = value_seconds(str_of(value));
}

void media_set(struct reader *r, enum field field, const char *value)
{
    enum context in = r->levels.items[r->levels.len - 1].in;
    if (r->levels.len > 1 && r->levels.items[r->levels.len - 2].in == IN_MEDIUM)
        in = IN_MEDIUM;
    if (field == FIELD_PICTURE)
        add(r, MEDIUM_PICTURE,
            (struct enclosure){.url = field_based(r, value), .type = "image"});
    else if (field == FIELD_ABOUT)
        add(r, MEDIUM_PAGE,
            (struct enclosure){.url = field_based(r, value),
                               .type = "text/html"});
    else if (in == IN_MEDIUM && r->media.len)
        set_last(r, field, value);
    else if (field == FIELD_DURATION)
        r->seconds = value_seconds(str_of(value));
}

/* ---- which of them stand ---- */

/* WordPress offers its authors' portraits with each article. */
static bool is_portrait(const struct enclosure *e)
{
    return str_find(str_of(e->url), STR("gravatar.com/avatar")) <
           str_of(e->url).n;
}

/* Is b, a form of a medium, another of what a is? */
static bool same_medium(const struct enclosure *a, const struct enclosure *b)
{
    struct str x = str_of(a->type), y = str_of(b->type);
    return str_eq_nocase(str_sub(x, 0, str_chr(x, '/')),
                         str_sub(y, 0, str_chr(y, '/')));
}

static bool stands(const struct reader *r, size_t n)
{
    const struct medium *m = &r->media.items[n];
    if (!m->enclosure.url || m->role == MEDIUM_PICTURE ||
        (m->role == MEDIUM_OFFER && enclosure_is_picture(&m->enclosure)))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct enclosure *e = &r->media.items[i].enclosure;
        if (e->url && strcmp(e->url, m->enclosure.url) == 0)
            return false;
        if (e->url && m->role == MEDIUM_OFFER && same_medium(e, &m->enclosure))
            return false;
    }
    return true;
}

/* The picture that the feed gives beside the text: the widest that it offers,
 * else the first; NULL for none. */
static const struct medium *best_picture(const struct reader *r)
{
    const struct medium *best = NULL;
    for (size_t i = 0; i < r->media.len; i++) {
        const struct medium *m = &r->media.items[i];
        bool offered = m->role == MEDIUM_OFFER || m->role == MEDIUM_PICTURE;
        if (!offered || !m->enclosure.url ||
            !enclosure_is_picture(&m->enclosure) || is_portrait(&m->enclosure))
            continue;
        if (!best || (m->role == MEDIUM_OFFER &&
                      (best->role == MEDIUM_PICTURE || m->width > best->width)))
            best = m;
    }
    return best;
}

static bool plays(const struct enclosure *e)
{
    return is_type(e, "video") || is_type(e, "application/x-shockwave-flash");
}

void media_finish(struct reader *r, bool pictures)
{
    VEC(struct enclosure) chosen = {0};
    const struct medium *picture = best_picture(r);
    for (size_t i = 0; i < r->media.len; i++) {
        struct enclosure e = r->media.items[i].enclosure;
        if (!stands(r, i))
            continue;
        bool picked = enclosure_is_picture(&e);
        if (plays(&e) && picture) {
            e.still = picture->enclosure.url;
            picked = true;
        }
        if (!e.seconds && (plays(&e) || is_type(&e, "audio")))
            e.seconds = r->seconds;
        pictures |= picked;
        vec_push(&chosen, e);
    }
    if (picture && !pictures)
        vec_push(&chosen, picture->enclosure);
    r->entry->enclosure_count = chosen.len;
    r->entry->enclosures =
        arena_copy(r->arena, chosen.items, chosen.len, sizeof *chosen.items);
    free(chosen.items);
}
