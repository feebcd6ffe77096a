/* What a file says of the feed that it is a part of: its other pages, whether
 * it is all of it (RFC 5005), and what is deleted (RFC 6721). */
#include "feed/reader.h"

#include "base/url.h"

#include <stdlib.h>

/* A feed that says more is not to cost memory. */
enum { PAGES_MAX = 16, TOMBSTONES_MAX = 1 << 16 };

void parts_add_page(struct reader *r, const char *address)
{
    if (r->pages.len < PAGES_MAX)
        vec_push(&r->pages, field_based(r, address));
}

/* RFC 5005, sections 3 and 4. What "first" and "last" name is reached by the
 * others. */
bool parts_take_link(struct reader *r, struct str rel, const char *href)
{
    static const char *const rels[] = {
        "next", "previous", "prev", "prev-archive", "next-archive", "current"};
    for (size_t i = 0; i < ARRAY_LEN(rels) && !r->entry; i++)
        if (str_eq(rel, str_of(rels[i]))) {
            parts_add_page(r, href);
            return true;
        }
    return false;
}

void parts_take(struct reader *r, const struct rule *rule,
                const struct element *e)
{
    struct tombstone t = {.id = link_attr(r, e, "ref")};
    r->feed->complete |= rule->field == FIELD_COMPLETE;
    r->feed->archive |= rule->field == FIELD_ARCHIVE;
    if (rule->field != FIELD_TOMBSTONE || !t.id ||
        r->tombstones.len == TOMBSTONES_MAX)
        return;
    date_parse(xml_attr_value(e->attrs, e->count, "when"), &t.when);
    vec_push(&r->tombstones, t);
}

void parts_finish(struct reader *r)
{
    struct feed *f = r->feed;
    struct arena *a = r->arena;
    const char *own = f->self ? f->self : f->address;
    const struct url *self = own ? url_parse(a, str_of(own), NULL) : NULL;
    f->pages = arena_alloc(a, r->pages.len * sizeof *f->pages);
    for (size_t i = 0; i < r->pages.len; i++) {
        const struct url *u = url_parse(a, str_of(r->pages.items[i]), self);
        if (u && url_is_web(u))
            f->pages[f->page_count++] = url_text(a, u, false);
    }
    f->tombstone_count = r->tombstones.len;
    f->tombstones = arena_copy(a, r->tombstones.items, r->tombstones.len,
                               sizeof *r->tombstones.items);
}

void parts_free(struct reader *r)
{
    free(r->pages.items);
    free(r->tombstones.items);
}
