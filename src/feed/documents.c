/* Which files are of one feed, and their order, which is not that of their
 * reading. */
#include "feed/merge_int.h"

#include <stdlib.h>

/* ---- finding them ---- */

static struct date newest_of(const struct merging *m, const struct document *d)
{
    struct date newest = {0};
    for (size_t i = 0; i < d->feed->entry_count; i++)
        newest = date_later(newest, entry_date(m->members[d->first + i].entry));
    return newest;
}

/* Files of one feed have one id, or one address, or name the same pages. */
static struct sets join(struct merging *m)
{
    struct sets feeds = sets_new(m->document_count);
    key_list keys = {0};
    for (size_t i = 0; i < m->document_count; i++) {
        const struct feed *f = m->documents[i].feed;
        keys_add(&keys, f->id, 0, i);
        keys_add(&keys, key_of_address(m->arena, f->self, false), 0, i);
        keys_add(&keys, key_of_address(m->arena, f->address, false), 0, i);
        for (size_t k = 0; k < f->page_count; k++)
            keys_add(&keys, key_of_address(m->arena, f->pages[k], false), 0, i);
    }
    keys_sort(&keys);
    for (size_t i = 0, end; i < keys.len; i = end) {
        end = keys_run(&keys, i);
        for (size_t k = i + 1; k < end; k++)
            sets_join(&feeds, keys.items[i].number, keys.items[k].number);
    }
    free(keys.items);
    return feeds;
}

static void set_groups(struct merging *m)
{
    struct sets feeds = join(m);
    moved_join(m, &feeds);
    for (size_t i = 0; i < m->document_count; i++)
        m->documents[i].alone = true;
    for (size_t i = 0; i < m->document_count; i++) {
        size_t group = sets_find(&feeds, i);
        m->documents[i].group = group;
        if (group != i)
            m->documents[i].alone = m->documents[group].alone = false;
    }
    sets_free(&feeds);
}

void documents_find(struct merging *m)
{
    struct library *l = m->library;
    m->document_count = l->feed_count;
    m->documents = mem_alloc(l->feed_count * sizeof *m->documents);
    m->member_count = l->entry_count;
    m->members = mem_alloc(l->entry_count * sizeof *m->members);
    size_t next = 0;
    for (size_t i = 0; i < l->feed_count; i++) {
        struct document *d = &m->documents[i];
        d->feed = l->feeds[i];
        d->first = next;
        for (; next < l->entry_count && l->entries[next]->feed == d->feed;
             next++)
            m->members[next] =
                (struct member){.entry = l->entries[next], .document = i};
        d->newest = newest_of(m, d);
        d->sites[0] = key_of_address(m->arena, d->feed->link, true);
        d->sites[1] = key_of_address(m->arena, d->feed->self, true);
        d->feed->snapshot = d->feed->saved.known     ? d->feed->saved
                            : d->feed->updated.known ? d->feed->updated
                                                     : d->newest;
    }
    set_groups(m);
}

/* ---- their order ---- */

const char *member_text(struct merging *m, struct member *member)
{
    if (!*member->text.text) {
        struct buf content = buf_make(BUF_BODY), summary = buf_make(BUF_BODY);
        spool_get(m->spool, member->entry->content.span, &content);
        spool_get(m->spool, member->entry->summary.span, &summary);
        const struct str texts[] = {buf_view(&content), buf_view(&summary)};
        member->text = hash_fields(texts, ARRAY_LEN(texts));
        buf_free(&content);
        buf_free(&summary);
    }
    return member->text.text;
}

static void digest(struct merging *m, struct document *d)
{
    struct buf all = buf_make(BUF_MEMBER);
    for (size_t i = 0; i < d->feed->entry_count; i++) {
        struct member *member = &m->members[d->first + i];
        const struct entry *e = member->entry;
        const struct str fields[] = {
            str_of(d->feed->title), str_of(d->feed->description),
            str_of(e->id),          str_of(e->title),
            str_of(e->link),        str_of(member_text(m, member))};
        struct hex hash = hash_fields(fields, ARRAY_LEN(fields));
        buf_printf(&all, "%s%lld,%lld", hash.text,
                   (long long)e->published.seconds,
                   (long long)e->updated.seconds);
    }
    d->digest = hash_bytes(buf_view(&all));
    buf_free(&all);
}

/* The later first, those without any last. */
static int by_date(struct date a, struct date b)
{
    if (a.known != b.known)
        return a.known ? -1 : 1;
    return (a.seconds < b.seconds) - (a.seconds > b.seconds);
}

static int canonical_order(const void *a, const void *b)
{
    const struct document *x = a, *y = b;
    int c = (x->group > y->group) - (x->group < y->group);
    if (!c)
        c = by_date(x->feed->snapshot, y->feed->snapshot);
    if (!c)
        c = by_date(x->feed->updated, y->feed->updated);
    if (!c)
        c = by_date(x->newest, y->newest);
    if (!c)
        c = strcmp(x->digest.text, y->digest.text);
    if (!c)
        c = strcmp(x->feed->file, y->feed->file);
    return c ? c : (x->first > y->first) - (x->first < y->first);
}

static void reorder_members(struct merging *m)
{
    struct member *read = m->members;
    m->members = mem_alloc(m->member_count * sizeof *m->members);
    size_t next = 0;
    for (size_t i = 0; i < m->document_count; i++) {
        struct document *d = &m->documents[i];
        size_t first = next;
        for (size_t k = 0; k < d->feed->entry_count; k++, next++) {
            m->members[next] = read[d->first + k];
            m->members[next].document = i;
            m->library->entries[next] = m->members[next].entry;
        }
        d->first = first;
    }
    free(read);
}

void documents_order(struct merging *m)
{
    for (size_t i = 0; i < m->document_count; i++)
        if (!m->documents[i].alone)
            digest(m, &m->documents[i]);
    if (m->document_count)
        qsort(m->documents, m->document_count, sizeof *m->documents,
              canonical_order);
    reorder_members(m);
    for (size_t i = 0; i < m->document_count; i++) {
        struct feed *f = m->documents[i].feed;
        bool first = !i || m->documents[i].group != m->documents[i - 1].group;
        f->latest = first ? f : m->documents[i - 1].feed->latest;
        f->id = f->latest->id;
        m->library->feeds[i] = f;
    }
}
