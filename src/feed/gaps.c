/* What may be missing: between files that have no article in common, and in
 * pages that a file names and no file is. */
#include "feed/merge_int.h"

#include <stdlib.h>

struct search {
    struct merging *m;
    key_list addresses; /* of documents, sorted */
    struct sets linked; /* documents between which nothing is missing */
    VEC(struct gap) gaps;
};

/* ---- pages ---- */

/* The files of this address, from the first; their number. */
static size_t files_of(const struct search *s, const char *address,
                       size_t *first)
{
    *first = keys_find(&s->addresses, address, 0, 0);
    return *first < s->addresses.len &&
                   strcmp(s->addresses.items[*first].text, address) == 0
               ? keys_run(&s->addresses, *first) - *first
               : 0;
}

static void find_addresses(struct search *s)
{
    struct merging *m = s->m;
    for (size_t i = 0; i < m->document_count; i++) {
        const struct feed *f = m->documents[i].feed;
        keys_add(&s->addresses, key_of_address(m->arena, f->self, false), 0, i);
        keys_add(&s->addresses, key_of_address(m->arena, f->address, false), 0,
                 i);
    }
    keys_sort(&s->addresses);
}

/* A page that does not change goes on where the file that names it ends. Of one
 * that does, such as the current one, that is known only if it was saved
 * once. */
static void link_pages(struct search *s, size_t document, size_t first,
                       size_t count)
{
    for (size_t i = first; i < first + count; i++) {
        size_t page = s->addresses.items[i].number;
        if (count == 1 || s->m->documents[page].feed->archive)
            sets_join(&s->linked, document, page);
    }
}

/* The page of this key, as the file names it. */
static const char *page_of(const struct merging *m, const struct key *key)
{
    const struct feed *f = m->documents[key->number].feed;
    for (size_t i = 0; i < f->page_count; i++) {
        const char *text = key_of_address(m->arena, f->pages[i], false);
        if (text && strcmp(text, key->text) == 0)
            return f->pages[i];
    }
    return key->text;
}

/* A feed of which some pages are there was meant to be whole. */
static void find_pages(struct search *s)
{
    struct merging *m = s->m;
    bool *joined = mem_alloc(m->document_count * sizeof *joined);
    key_list missing = {0};
    for (size_t i = 0; i < m->document_count; i++) {
        const struct document *d = &m->documents[i];
        for (size_t k = 0; k < d->feed->page_count; k++) {
            const char *key =
                key_of_address(m->arena, d->feed->pages[k], false);
            if (!key)
                continue;
            size_t first, n = files_of(s, key, &first);
            if (!n)
                keys_add(&missing, key, d->group, i);
            else if (s->addresses.items[first].number != i)
                joined[d->group] = true;
            link_pages(s, i, first, n);
        }
    }
    keys_sort(&missing);
    for (size_t i = 0; i < missing.len; i = keys_run(&missing, i)) {
        const struct key *key = &missing.items[i];
        const struct feed *f = m->documents[key->number].feed;
        diag_add(m->diag, joined[key->group] ? DIAG_WARNING : DIAG_NOTE,
                 (struct diag_place){.file = f->file},
                 "names a page of the feed that no file is", "%s",
                 page_of(m, key));
    }
    free(missing.items);
    free(joined);
}

/* ---- gaps ---- */

static struct date oldest_of(const struct merging *m, const struct document *d)
{
    struct date oldest = {0};
    for (size_t i = 0; i < d->feed->entry_count; i++) {
        struct date date = entry_date(m->members[d->first + i].entry);
        if (date.known && (!oldest.known || date.seconds < oldest.seconds))
            oldest = date;
    }
    return oldest.known ? oldest : d->feed->snapshot;
}

/* Is there a time between two files of which neither tells? Not if the newer
 * shows less than it could, or begins before the older was saved, as another
 * page of the feed would. */
static bool is_gap(const struct merging *m, const struct document *older,
                   const struct document *newer, size_t window, struct gap *gap)
{
    *gap = (struct gap){.before = older->feed,
                        .after = newer->feed,
                        .from = older->newest.known ? older->newest
                                                    : older->feed->snapshot,
                        .to = oldest_of(m, newer)};
    return newer->feed->entry_count >= window && !newer->feed->complete &&
           gap->from.known && gap->to.known &&
           gap->from.seconds < gap->to.seconds &&
           older->feed->snapshot.seconds < gap->to.seconds;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The documents of one feed, from the newest to the oldest. `linked` gives the
 * newest that a document is linked to. */
static void find_in(struct search *s, const struct document *const *documents,
                    size_t n)
{
    const struct merging *m = s->m;
    size_t reached = m->document_count;
    for (size_t i = n; i-- > 1;) {
        const struct document *older = documents[i], *newer = documents[i - 1];
        size_t number = (size_t)(older - m->documents);
        size_t window = older->feed->entry_count;
        struct gap gap;
        reached = least(reached, sets_find(&s->linked, number));
        if (i > 1) /* feeds come to show more, or less */
            window = least(window, documents[i - 2]->feed->entry_count);
        if (reached >= number && is_gap(m, older, newer, window, &gap))
            vec_push(&s->gaps, gap);
    }
}

/* Archived pages and empty files are no windows on the feed. */
static void find_all(struct search *s)
{
    const struct merging *m = s->m;
    const struct document **list = mem_alloc(m->document_count * sizeof(*list));
    size_t n = 0;
    for (size_t i = 0; i < m->document_count; i++) {
        const struct document *d = &m->documents[i];
        if (i && d->group != d[-1].group) {
            find_in(s, list, n);
            n = 0;
        }
        if (d->feed->entry_count && !d->feed->archive)
            list[n++] = d;
    }
    find_in(s, list, n);
    free(list);
}

static void tell(const struct search *s)
{
    char from[DATE_TEXT], to[DATE_TEXT];
    for (size_t i = 0; i < s->gaps.len; i++) {
        const struct gap *g = &s->gaps.items[i];
        diag_add(s->m->diag, DIAG_WARNING, (struct diag_place){0},
                 "files that have no article in common; some between them may "
                 "be missing",
                 "from %s (%s) to %s (%s)", date_day(g->from, from),
                 g->before->file, date_day(g->to, to), g->after->file);
    }
}

void gaps_find(struct merging *m, const size_t *standing)
{
    struct library *l = m->library;
    struct search s = {.m = m, .linked = sets_new(m->document_count)};
    find_addresses(&s);
    find_pages(&s);
    for (size_t i = 0; i < m->member_count; i++)
        sets_join(&s.linked, m->members[i].document,
                  m->members[standing[i]].document);
    find_all(&s);
    tell(&s);
    l->gap_count = s.gaps.len;
    l->gaps = arena_copy(l->arena, s.gaps.items, s.gaps.len, sizeof *l->gaps);
    free(s.gaps.items);
    free(s.addresses.items);
    sets_free(&s.linked);
}
