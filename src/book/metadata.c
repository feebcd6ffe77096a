/* What the package document says of the book. */
#include "book/book_int.h"

#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>

enum { DESCRIPTION_MAX = 2000, SUBJECTS_MAX = 20 };

/* ---- dates ---- */

struct dates {
    struct date first, last; /* of articles, each by its author's clock */
    struct date changed;     /* the last change of any of them */
};

/* What the author's clock showed, for comparison. */
static int64_t clock_of(struct date d)
{
    return d.seconds + d.offset * 60;
}

static struct dates dates_of(const struct library *l)
{
    struct dates d = {0};
    for (size_t i = 0; i < l->entry_count; i++) {
        const struct entry *e = l->entries[i];
        struct date date = entry_date(e);
        d.changed = date_later(d.changed, date_later(date, e->updated));
        if (!date.known)
            continue;
        if (!d.first.known || clock_of(date) < clock_of(d.first))
            d.first = date;
        if (!d.last.known || clock_of(date) > clock_of(d.last))
            d.last = date;
    }
    return d;
}

static const char *modified_of(const struct making *m, struct dates d)
{
    char text[DATE_TEXT];
    struct date date =
        m->policy->modified.known ? m->policy->modified : d.changed;
    for (size_t i = 0; !date.known && i < m->book->feed_count; i++)
        date = m->book->feeds[i].feed->updated;
    if (!date.known)
        return "1980-01-01T00:00:00Z";
    return arena_strdup(m->arena, date_utc(date, text));
}

/* "27 March 2026", "March 2026", "March – June 2026", "March 2024 – June
 * 2026". */
static const char *range_of(struct arena *a, struct date from, struct date to)
{
    char first[DATE_TEXT], last[DATE_TEXT];
    struct civil x = date_local(from), y = date_local(to);
    date_words(from, first);
    date_words(to, last);
    if (strcmp(first, last) == 0)
        return arena_strdup(a, first);
    const char *from_month = strchr(first, ' ') + 1;
    const char *to_month = strchr(last, ' ') + 1;
    if (strcmp(from_month, to_month) == 0)
        return arena_strdup(a, to_month);
    if (x.year == y.year)
        return arena_printf(a, "%.*s – %s",
                            (int)(strchr(from_month, ' ') - from_month),
                            from_month, to_month);
    return arena_printf(a, "%s – %s", from_month, to_month);
}

/* "2 – 9 March 2026", "27 March – 2 April 2026", "30 December 2025 – 2 January
 * 2026"; what is longer than some weeks, as range_of has it. */
static const char *days_of(struct arena *a, struct date from, struct date to)
{
    enum { DAYS_MAX = 45 };
    char first[DATE_TEXT], last[DATE_TEXT];
    struct civil x = date_local(from), y = date_local(to);
    if (clock_of(to) - clock_of(from) > DAYS_MAX * INT64_C(86400))
        return range_of(a, from, to);
    date_words(from, first);
    date_words(to, last);
    if (strcmp(first, last) == 0)
        return arena_strdup(a, first);
    size_t kept = x.year != y.year     ? strlen(first)
                  : x.month != y.month ? strlen(first) - strlen(" 2026")
                                       : strcspn(first, " ");
    return arena_printf(a, "%.*s – %s", (int)kept, first, last);
}

static void set_dates(struct making *m, struct dates d)
{
    struct book *b = m->book;
    char text[DATE_TEXT];
    b->modified = modified_of(m, d);
    if (!d.last.known)
        return;
    b->date = arena_strdup(m->arena, date_day(d.last, text));
    b->range = range_of(m->arena, d.first, d.last);
}

/* ---- title ---- */

static const char *feeds_title(const struct making *m)
{
    const struct book *b = m->book;
    const struct source *s = b->feeds;
    if (b->feed_count == 1)
        return s[0].feed->title;
    if (b->feed_count == 2)
        return arena_printf(m->arena, "%s and %s", s[0].feed->title,
                            s[1].feed->title);
    return arena_printf(m->arena, "%s, %s and %zu more", s[0].feed->title,
                        s[1].feed->title, b->feed_count - 2);
}

/* What is less than all of the feeds says so. */
static const char *title_of(const struct making *m, struct dates d)
{
    const struct book_choice *choice = &m->policy->choice;
    const struct book_volume *volume = m->policy->volume;
    const char *title = m->policy->title;
    if (volume)
        return arena_printf(m->arena, "%s%s", volume->series, volume->words);
    if (title)
        return title;
    title = feeds_title(m);
    if (choice->names)
        title = arena_printf(m->arena, "%s: %s", title, choice->names);
    if (choice->dated && d.last.known)
        title = arena_printf(m->arena, "%s, %s", title,
                             days_of(m->arena, d.first, d.last));
    return title;
}

/* A book that is no volume, as far as its title and identifier ask. */
struct whole {
    struct book_policy policy;
    struct book book;
    struct making making;
};

/* Fills in *w, which its `making` points into. */
static const struct making *make_whole(struct whole *w, struct arena *a,
                                       const struct library *l,
                                       const struct book_policy *policy)
{
    *w = (struct whole){.policy = *policy, .book = {.arena = a}};
    w->policy.volume = NULL;
    w->making = (struct making){
        .library = l, .policy = &w->policy, .book = &w->book, .arena = a};
    book_list_feeds(&w->making);
    return &w->making;
}

const char *book_title(struct arena *a, const struct library *l,
                       const struct book_policy *policy)
{
    struct whole whole;
    return title_of(make_whole(&whole, a, l, policy), dates_of(l));
}

/* ---- identity ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In lines, in an order of their own. */
static void add_sorted(struct buf *out, const char **lines, size_t n)
{
    if (n)
        qsort(lines, n, sizeof *lines, by_text);
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%s\n", lines[i]);
}

/* What tells the book from one of all articles: nothing if it is that. */
static void add_choice(struct buf *out, const struct making *m)
{
    const struct book_choice *choice = &m->policy->choice;
    const struct book *b = m->book;
    if (choice->asked)
        buf_printf(out, "\n%s", choice->asked);
    if (!choice->fresh)
        return;
    const char **names = mem_alloc(b->chapter_count * sizeof *names);
    for (size_t i = 0; i < b->chapter_count; i++)
        names[i] = b->chapters[i].files[0];
    add_sorted(out, names, b->chapter_count);
    free(names);
}

static void add_feeds(struct buf *out, const struct making *m)
{
    const struct book *b = m->book;
    const char **ids = mem_alloc(b->feed_count * sizeof *ids);
    for (size_t i = 0; i < b->feed_count; i++)
        ids[i] = b->feeds[i].feed->id;
    add_sorted(out, ids, b->feed_count);
    free(ids);
}

/* The same feeds in any order are one book, or the same volumes of one. */
static const char *identifier_of(const struct making *m)
{
    const struct book_volume *volume = m->policy->volume;
    if (m->policy->identifier)
        return m->policy->identifier;
    struct buf name = buf_make(BUF_BODY);
    if (volume)
        buf_printf(&name, "%s\n%s\n", volume->series_identifier, volume->name);
    else
        add_feeds(&name, m);
    add_choice(&name, m);
    struct uuid uuid = hash_uuid(buf_view(&name));
    buf_free(&name);
    return arena_printf(m->arena, "urn:uuid:%s", uuid.text);
}

const char *book_identifier(struct arena *a, const struct library *l,
                            const struct book_policy *policy)
{
    struct whole whole;
    return identifier_of(make_whole(&whole, a, l, policy));
}

/* ---- words that are counted ---- */

struct tally {
    const char *word;
    size_t count, first; /* how often, and when it was first met */
};

static int by_word(const void *a, const void *b)
{
    const struct tally *x = a, *y = b;
    const char *p = x->word, *q = y->word;
    while (*p && chr_lower((unsigned char)*p) == chr_lower((unsigned char)*q))
        p++, q++;
    int c = chr_lower((unsigned char)*p) - chr_lower((unsigned char)*q);
    return c ? c : (x->first > y->first) - (x->first < y->first);
}

static int by_count(const void *a, const void *b)
{
    const struct tally *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

/* Most frequent first; those that differ in case only are one. Returns how
 * many are left. */
static size_t tally_up(struct tally *words, size_t n)
{
    size_t kept = 0;
    if (n)
        qsort(words, n, sizeof *words, by_word);
    for (size_t i = 0; i < n; i++) {
        if (kept &&
            str_eq_nocase(str_of(words[kept - 1].word), str_of(words[i].word)))
            words[kept - 1].count++;
        else
            words[kept++] = words[i];
    }
    if (kept)
        qsort(words, kept, sizeof *words, by_count);
    return kept;
}

static void set_subjects(struct making *m)
{
    struct book *b = m->book;
    VEC(struct tally) words = {0};
    for (size_t i = 0; i < b->chapter_count; i++) {
        const struct entry *e = b->chapters[i].article->entry;
        for (size_t k = 0; k < e->category_count; k++)
            vec_push(&words, ((struct tally){e->categories[k], 1, words.len}));
    }
    size_t n = tally_up(words.items, words.len);
    if (n > SUBJECTS_MAX)
        n = SUBJECTS_MAX;
    b->subjects = arena_alloc(m->arena, (n + 1) * sizeof *b->subjects);
    b->subject_count = n;
    for (size_t i = 0; i < n; i++)
        b->subjects[i] = words.items[i].word;
    free(words.items);
}

typedef VEC(struct tally) tally_list;

static void count_language(tally_list *words, const char *language)
{
    if (language)
        vec_push(words, ((struct tally){language, 1, words->len}));
}

/* That of most articles; what a feed states of itself counts as one more. */
static const char *language_of(struct making *m, struct diag *diag)
{
    struct book *b = m->book;
    tally_list words = {0};
    if (m->policy->language)
        return m->policy->language;
    for (size_t i = 0; i < b->chapter_count; i++)
        count_language(&words, b->chapters[i].article->language);
    for (size_t i = 0; i < b->feed_count; i++)
        count_language(&words,
                       language_tag(m->arena, b->feeds[i].feed->language));
    const char *language =
        tally_up(words.items, words.len) ? words.items[0].word : NULL;
    free(words.items);
    if (!language)
        diag_add(diag, DIAG_NOTE, (struct diag_place){0},
                 "no language is stated in the feeds; English assumed", NULL);
    return language ? language : "en";
}

/* ---- the rest ---- */

static const char *clipped(struct arena *a, const char *text)
{
    return text ? arena_str(a, utf8_clip(str_of(text), DESCRIPTION_MAX)) : NULL;
}

static void set_sources(struct making *m)
{
    struct book *b = m->book;
    text_list sources = {0};
    for (size_t i = 0; i < b->feed_count; i++) {
        const struct feed *f = b->feeds[i].feed;
        text_list_add(&sources, f->self ? f->self : f->link);
    }
    b->source_count = text_list_keep(&sources, m->arena, &b->sources);
}

void book_describe(struct making *m, struct diag *diag)
{
    struct book *b = m->book;
    const struct feed *only = b->feed_count == 1 ? b->feeds[0].feed : NULL;
    struct dates dates = dates_of(m->library);
    b->title = title_of(m, dates);
    b->identifier = identifier_of(m);
    b->volume = m->policy->volume;
    b->language = language_of(m, diag);
    b->rtl = language_rtl(b->language);
    set_dates(m, dates);
    set_subjects(m);
    set_sources(m);
    if (only) {
        b->publisher = only->title;
        b->description = clipped(m->arena, only->description);
        b->rights = only->rights;
    }
}
