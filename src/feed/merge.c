/* Revisions of an article: which one stands, and why the others do not. */
#include "feed/merge_int.h"

#include <stdlib.h>

const struct feed *entry_feed(const struct entry *e)
{
    return e->feed->latest ? e->feed->latest : e->feed;
}

uint64_t entry_size(const struct entry *e)
{
    return e->content.span.n + e->summary.span.n;
}

/* ---- which one stands ---- */

/* What revisions of an article are ranked by, in this order. */
struct rank {
    size_t article;
    bool cut;             /* a whole one stands over it */
    struct date updated;  /* or the file's date */
    struct date snapshot; /* the file's */
    struct date published;
    uint64_t size;
    size_t document;
    size_t member;
};

static int compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* The later first, those without any last. */
static int by_date(struct date a, struct date b)
{
    if (a.known != b.known)
        return a.known ? -1 : 1;
    return (a.seconds < b.seconds) - (a.seconds > b.seconds);
}

static int by_rank(const void *a, const void *b)
{
    const struct rank *x = a, *y = b;
    int c = compare(x->article, y->article);
    if (!c)
        c = compare(x->cut, y->cut);
    if (!c)
        c = by_date(x->updated, y->updated);
    if (!c)
        c = by_date(x->snapshot, y->snapshot);
    if (!c)
        c = by_date(x->published, y->published);
    if (!c)
        c = compare(y->size, x->size);
    if (!c)
        c = compare(x->document, y->document);
    return c ? c : compare(y->member, x->member); /* the later in the file */
}

static struct rank *rank_members(const struct merging *m, struct sets *articles)
{
    struct rank *ranks = mem_alloc(m->member_count * sizeof *ranks);
    for (size_t i = 0; i < m->member_count; i++) {
        const struct entry *e = m->members[i].entry;
        ranks[i] = (struct rank){
            .article = sets_find(articles, i),
            .cut = e->cut,
            .updated = e->updated.known ? e->updated : e->feed->snapshot,
            .snapshot = e->feed->snapshot,
            .published = e->published,
            .size = entry_size(e),
            .document = m->members[i].document,
            .member = i};
    }
    if (m->member_count)
        qsort(ranks, m->member_count, sizeof *ranks, by_rank);
    return ranks;
}

/* ---- what becomes of the others ---- */

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static struct dropped revision_of(struct merging *m, size_t member,
                                  size_t standing)
{
    struct member *a = &m->members[member], *b = &m->members[standing];
    struct dropped d = {.entry = a->entry, .instead = b->entry};
    d.title_changed = !same_text(a->entry->title, b->entry->title);
    d.text_changed = strcmp(member_text(m, a), member_text(m, b)) != 0;
    d.reason = d.title_changed || d.text_changed ? DROP_REVISED : DROP_REPEATED;
    return d;
}

/* Of each member the one that stands. */
static size_t *find_standing(struct merging *m)
{
    size_t *standing = mem_alloc(m->member_count * sizeof *standing);
    struct sets articles = sets_new(m->member_count);
    articles_find(m, &articles);
    struct rank *ranks = rank_members(m, &articles);
    size_t first = 0;
    for (size_t i = 0; i < m->member_count; i++) {
        if (ranks[i].article != ranks[first].article)
            first = i;
        standing[ranks[i].member] = ranks[first].member;
    }
    free(ranks);
    sets_free(&articles);
    return standing;
}

/* What is dropped, by member; without a reason it stands. */
static struct dropped *judge(struct merging *m, const size_t *standing)
{
    struct dropped *all = mem_alloc(m->member_count * sizeof *all);
    for (size_t i = 0; i < m->member_count; i++)
        if (standing[i] != i)
            all[i] = revision_of(m, i, standing[i]);
        else
            all[i].entry = m->members[i].entry;
    gone_find(m, standing, all);
    return all;
}

static void drop(struct merging *m, const struct dropped *all)
{
    struct library *l = m->library;
    size_t kept = 0, count = 0;
    for (size_t i = 0; i < m->member_count; i++)
        count += all[i].reason != DROP_NONE;
    l->dropped = arena_alloc(l->arena, count * sizeof *l->dropped);
    for (size_t i = 0; i < m->member_count; i++)
        if (all[i].reason == DROP_NONE)
            l->entries[kept++] = m->members[i].entry;
        else
            l->dropped[l->dropped_count++] = all[i];
    l->entry_count = kept;
}

/* ---- messages ---- */

static void tell_titles(const struct merging *m)
{
    const struct library *l = m->library;
    for (size_t i = 0; i < l->dropped_count; i++) {
        const struct entry *e = l->dropped[i].entry;
        const char *title = e->title;
        if (l->dropped[i].title_changed && title)
            diag_add(
                m->diag, DIAG_NOTE,
                (struct diag_place){.file = e->feed->file, .line = e->line},
                "an earlier revision has another title", "%s", title);
    }
}

static void tell(const struct merging *m)
{
    static const char *const texts[DROP_REASON_COUNT] = {
        [DROP_REVISED] = "entries that are revisions of others were merged",
        [DROP_REPEATED] = "entries that repeat others were merged",
        [DROP_DELETED] = "articles that their author deleted were left out",
        [DROP_ABSENT] = "articles that are absent from the newest complete "
                        "feed were left out"};
    size_t counts[DROP_REASON_COUNT] = {0};
    for (size_t i = 0; i < m->library->dropped_count; i++)
        counts[m->library->dropped[i].reason]++;
    for (size_t i = 0; i < DROP_REASON_COUNT; i++)
        if (counts[i])
            diag_add(m->diag, DIAG_NOTE, (struct diag_place){0}, texts[i],
                     "%zu", counts[i]);
    tell_titles(m);
}

void feed_merge(struct library *l, const struct merge_policy *policy,
                struct spool *spool, struct diag *diag)
{
    struct merging m = {.library = l,
                        .moved = policy->moved,
                        .spool = spool,
                        .diag = diag,
                        .arena = arena_new()};
    documents_find(&m);
    documents_order(&m);
    size_t *standing = find_standing(&m);
    struct dropped *dropped = judge(&m, standing);
    drop(&m, dropped);
    tell(&m);
    gaps_find(&m, standing);
    free(dropped);
    free(standing);
    free(m.members);
    free(m.documents);
    arena_free(m.arena);
}
