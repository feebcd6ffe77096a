/* Which entries are revisions of one article: by id, then by address, then by
 * text. */
#include "feed/merge_int.h"

#include <stdlib.h>

/* The members of an article that are in different files, in a ring. */
struct finding {
    struct merging *m;
    struct sets *articles;
    size_t *next;    /* in the ring */
    size_t *visitor; /* of each document: the run that came to it last */
    size_t run;      /* the number of the run that is looked at, from 1 */
};

static size_t group_of(const struct merging *m, size_t member)
{
    return m->documents[m->members[member].document].group;
}

static void link_rings(struct finding *f, size_t a, size_t b)
{
    size_t next = f->next[a];
    f->next[a] = f->next[b];
    f->next[b] = next;
}

/* Entries with one id are one article, in one file too (RFC 4287, 4.1.1). */
static void join_by_id(struct finding *f)
{
    struct merging *m = f->m;
    key_list keys = {0};
    for (size_t i = 0; i < m->member_count; i++)
        keys_add(&keys, m->members[i].entry->id, group_of(m, i), i);
    keys_sort(&keys);
    for (size_t i = 0, end; i < keys.len; i = end) {
        size_t first = keys.items[i].number, last = first;
        end = keys_run(&keys, i);
        for (size_t k = i + 1; k < end; k++) {
            size_t number = keys.items[k].number;
            sets_join(f->articles, first, number);
            if (m->members[number].document != m->members[last].document)
                link_rings(f, first, number);
            last = number;
        }
    }
    free(keys.items);
}

/* Is the article in a file that another one of this run is in? Notes its
 * files. */
static bool meets(struct finding *f, size_t article)
{
    size_t i = article;
    do {
        size_t *visitor = &f->visitor[f->m->members[i].document];
        if (*visitor == f->run)
            return true;
        *visitor = f->run;
        i = f->next[i];
    } while (i != article);
    return false;
}

/* Articles that have a key in common are one, unless some file shows two of
 * them as different ones. */
static void join_run(struct finding *f, const struct key *keys, size_t n,
                     size_t *articles)
{
    size_t count = 0;
    f->run++;
    for (size_t i = 0; i < n; i++) {
        size_t article = sets_find(f->articles, keys[i].number), k = 0;
        while (k < count && articles[k] != article)
            k++;
        if (k < count)
            continue;
        if (meets(f, article))
            return;
        articles[count++] = article;
    }
    for (size_t i = 1; i < count; i++) {
        sets_join(f->articles, articles[0], articles[i]);
        link_rings(f, articles[0], articles[i]);
    }
}

static void join_by_keys(struct finding *f, key_list *keys)
{
    size_t *articles = mem_alloc(f->m->document_count * sizeof *articles);
    keys_sort(keys);
    for (size_t i = 0, end; i < keys->len; i = end) {
        end = keys_run(keys, i);
        join_run(f, &keys->items[i], end - i, articles);
    }
    free(articles);
    free(keys->items);
}

/* Entries that have nothing better give their site's address as theirs. */
static void add_address(struct finding *f, key_list *keys, size_t member,
                        const char *address)
{
    struct merging *m = f->m;
    const struct document *d = &m->documents[m->members[member].document];
    const char *key = key_of_address(m->arena, address, true);
    for (size_t i = 0; key && i < ARRAY_LEN(d->sites); i++)
        if (d->sites[i] && strcmp(d->sites[i], key) == 0)
            return;
    keys_add(keys, key, d->group, member);
}

static void join_by_address(struct finding *f)
{
    struct merging *m = f->m;
    key_list keys = {0};
    for (size_t i = 0; i < m->member_count; i++) {
        const struct entry *e = m->members[i].entry;
        if (m->documents[m->members[i].document].alone)
            continue;
        add_address(f, &keys, i, e->link);
        if (!e->link || strcmp(e->link, e->id) != 0)
            add_address(f, &keys, i, e->id);
    }
    join_by_keys(f, &keys);
}

/* What has neither in common is the same if its text is, and its date, or,
 * without one, its title. */
static const char *text_key(struct merging *m, struct member *member)
{
    const struct entry *e = member->entry;
    char date[DATE_TEXT] = "";
    if (!entry_size(e))
        return NULL;
    if (e->published.known)
        date_utc(e->published, date);
    return arena_printf(m->arena, "%s %s", member_text(m, member),
                        *date      ? date
                        : e->title ? e->title
                                   : "");
}

static void join_by_text(struct finding *f)
{
    struct merging *m = f->m;
    key_list keys = {0};
    for (size_t i = 0; i < m->member_count; i++) {
        const struct document *d = &m->documents[m->members[i].document];
        if (!d->alone)
            keys_add(&keys, text_key(m, &m->members[i]), d->group, i);
    }
    join_by_keys(f, &keys);
}

void articles_find(struct merging *m, struct sets *articles)
{
    struct finding f = {.m = m, .articles = articles};
    f.next = mem_alloc(m->member_count * sizeof *f.next);
    f.visitor = mem_alloc(m->document_count * sizeof *f.visitor);
    for (size_t i = 0; i < m->member_count; i++)
        f.next[i] = i;
    join_by_id(&f);
    join_by_address(&f);
    join_by_text(&f);
    free(f.next);
    free(f.visitor);
}
