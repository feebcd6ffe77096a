/* Does a feed carry whole articles? Texts that end in "[…]" or "Read more" say
 * that they do not; so do texts that all end after about as many letters, in
 * the middle of a sentence. */
#include "feed/reader.h"

enum {
    CUT_LEAST = 60,  /* letters and digits; what is cut at fewer is a title */
    CUT_MOST = 1500, /* … and at more is an article */
    FEW = 3,         /* articles; of fewer, nothing is known */
    SPREAD_PERCENT = 12 /* between lengths that one count of characters cuts */
};

/* Does the text end in a letter, as no sentence does? Tags behind it do not
 * count, unless they show something. */
static bool ends_open(struct str text, bool html)
{
    text = str_trim(text);
    while (html && str_ends(text, STR(">"))) {
        size_t at = text.n;
        while (at && text.p[at - 1] != '<')
            at--;
        if (!at || !str_starts(str_sub(text, at, text.n), STR("/")) ||
            str_starts_nocase(str_sub(text, at, text.n), STR("/a>")))
            return false;
        text = str_trim(str_sub(text, 0, at - 1));
    }
    unsigned char last = text.n ? (unsigned char)text.p[text.n - 1] : '.';
    return chr_alpha(last) || chr_digit(last) || last == ',';
}

void excerpts_count(struct excerpts *e, const struct says *says,
                    struct str text, bool html)
{
    size_t n = says->letters.len;
    e->articles++;
    if (says->teaser) {
        e->teasers++;
    } else if (n >= CUT_LEAST && n <= CUT_MOST && ends_open(text, html)) {
        if (!e->open || n < e->shortest)
            e->shortest = n;
        if (n > e->longest)
            e->longest = n;
        e->open++;
    }
}

/* How many are excerpts, if that is what the feed carries. */
static size_t found_in(const struct excerpts *e)
{
    bool alike =
        (e->longest - e->shortest) * 100 <= e->longest * SPREAD_PERCENT;
    size_t found = e->teasers;
    if (e->open >= FEW && (alike || e->teasers > e->open))
        found += e->open;
    bool most = found * 4 >= e->articles * 3;
    return e->articles >= FEW && most ? found : 0;
}

void excerpts_settle(const struct reader *r, struct diag *diag)
{
    struct feed *f = r->feed;
    f->excerpt_count = found_in(&r->excerpts);
    if (f->excerpt_count)
        diag_add(diag, DIAG_WARNING, (struct diag_place){.file = f->file},
                 "the feed carries excerpts; whole articles are on its site",
                 "%zu of %zu", f->excerpt_count, r->excerpts.articles);
}
