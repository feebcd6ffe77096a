/* Articles that are not there any more. */
#include "feed/merge_int.h"

#include <stdlib.h>

static bool later(struct date a, struct date b)
{
    return a.known && b.known && a.seconds > b.seconds;
}

/* ---- deleted ones (RFC 6721) ---- */

struct grave {
    size_t group;
    const char *id;
    size_t document; /* that has the tombstone */
    struct date when;
};

typedef VEC(struct grave) grave_list;

static int compare(const void *a, const void *b)
{
    const struct grave *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    int c = strcmp(x->id, y->id);
    return c ? c : (x->document > y->document) - (x->document < y->document);
}

/* Sorted; each says when the article was deleted last, by any file. */
static grave_list find_graves(const struct merging *m)
{
    grave_list graves = {0};
    for (size_t i = 0; i < m->document_count; i++) {
        const struct feed *f = m->documents[i].feed;
        for (size_t k = 0; k < f->tombstone_count; k++) {
            struct tombstone t = f->tombstones[k];
            vec_push(&graves,
                     ((struct grave){m->documents[i].group, t.id, i,
                                     t.when.known ? t.when : f->snapshot}));
        }
    }
    if (graves.len)
        qsort(graves.items, graves.len, sizeof *graves.items, compare);
    for (size_t i = 1; i < graves.len; i++) {
        struct grave *g = &graves.items[i];
        if (g[-1].group == g->group && strcmp(g[-1].id, g->id) == 0)
            g->when = date_later(g->when, g[-1].when);
    }
    for (size_t i = graves.len; i-- > 1;) {
        struct grave *g = &graves.items[i];
        if (g[-1].group == g->group && strcmp(g[-1].id, g->id) == 0)
            g[-1].when = g->when;
    }
    return graves;
}

/* The first tombstone of this entry's id, in the file of this number or a later
 * one; NULL if there is none. */
static const struct grave *grave_of(const grave_list *graves,
                                    const struct merging *m, size_t member,
                                    size_t document)
{
    const struct member *e = &m->members[member];
    const struct grave key = {.group = m->documents[e->document].group,
                              .id = e->entry->id,
                              .document = document};
    size_t i =
        mem_first_from(&key, graves->items, graves->len, sizeof key, compare);
    bool found = i < graves->len && graves->items[i].group == key.group &&
                 strcmp(graves->items[i].id, key.id) == 0;
    return found ? &graves->items[i] : NULL;
}

/* Was the entry published again after `when`? A file that has the entry and
 * its tombstone does not say so by its own date. */
static bool is_back(const grave_list *graves, const struct merging *m,
                    size_t member, struct date when)
{
    const struct entry *e = m->members[member].entry;
    size_t document = m->members[member].document;
    if (later(e->updated, when) || later(e->published, when))
        return true;
    const struct grave *own = grave_of(graves, m, member, document);
    return later(e->feed->snapshot, when) &&
           (!own || own->document != document);
}

static void find_deleted(struct merging *m, const size_t *standing,
                         struct dropped *all)
{
    grave_list graves = find_graves(m);
    struct date *when = mem_alloc(m->member_count * sizeof *when);
    for (size_t i = 0; i < m->member_count && graves.len; i++) {
        const struct grave *g = grave_of(&graves, m, i, 0);
        if (!g)
            continue;
        when[standing[i]] = date_later(when[standing[i]], g->when);
        all[standing[i]].reason = DROP_DELETED;
    }
    for (size_t i = 0; i < m->member_count && graves.len; i++)
        if (all[standing[i]].reason == DROP_DELETED &&
            is_back(&graves, m, i, when[standing[i]]))
            all[standing[i]].reason = DROP_NONE;
    free(when);
    free(graves.items);
}

/* ---- absent ones (RFC 5005, section 2) ---- */

/* Articles that are in the newest complete file of their feed stay, and those
 * that are in any file that is not known to be older. */
static void find_absent(struct merging *m, const size_t *standing,
                        struct dropped *all)
{
    bool *present = mem_alloc(m->member_count * sizeof *present);
    const struct feed *complete = NULL;
    for (size_t i = 0, next = 0; i < m->document_count; i++) {
        const struct document *d = &m->documents[i];
        if (i && d->group != d[-1].group)
            complete = NULL;
        bool older = complete && later(complete->snapshot, d->feed->snapshot);
        if (!complete && d->feed->complete && !d->feed->archive)
            complete = d->feed;
        for (; next < d->first + d->feed->entry_count; next++)
            present[standing[next]] |= !older;
    }
    for (size_t i = 0; i < m->member_count; i++)
        if (standing[i] == i && all[i].reason == DROP_NONE && !present[i])
            all[i].reason = DROP_ABSENT;
    free(present);
}

void gone_find(struct merging *m, const size_t *standing, struct dropped *all)
{
    find_deleted(m, standing, all);
    find_absent(m, standing, all);
}
