/* growth PART PARTS [PAIRS SEED]: half a megabyte of any one tag, or of any
 * two tags in turn, opened, opened and closed, or each closed by the other,
 * is made an article in less than a second of processor time, with its text.
 *
 * Every tag alone is tried at full size. Of pairs there are tens of thousands:
 * each is timed at 12 and at 50 KB, and what these two would come to at 500 KB,
 * if cost has a linear and a square part, is computed; a pair that might need
 * more than half the limit is then tried at full size. PAIRS of them (0: all)
 * are tried, by lot from SEED; PART (from 0) of PARTS is done, so that each
 * core can do its own. */
#include "../article/one.h"
#include "base/mem.h"
#include "xml/html.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SMALL = 12500, MIDDLE = 50000, FULL = 500000 };

static const double limit = 1.0; /* seconds */

/* All elements of HTML, of old and now, and one that is in no list. */
static const char *const elements[] = {"a",
                                       "abbr",
                                       "acronym",
                                       "address",
                                       "applet",
                                       "area",
                                       "article",
                                       "aside",
                                       "audio",
                                       "b",
                                       "base",
                                       "basefont",
                                       "bdi",
                                       "bdo",
                                       "bgsound",
                                       "big",
                                       "blink",
                                       "blockquote",
                                       "body",
                                       "br",
                                       "button",
                                       "canvas",
                                       "caption",
                                       "center",
                                       "cite",
                                       "code",
                                       "col",
                                       "colgroup",
                                       "data",
                                       "datalist",
                                       "dd",
                                       "del",
                                       "details",
                                       "dfn",
                                       "dialog",
                                       "dir",
                                       "div",
                                       "dl",
                                       "dt",
                                       "em",
                                       "embed",
                                       "fieldset",
                                       "figcaption",
                                       "figure",
                                       "font",
                                       "footer",
                                       "form",
                                       "frame",
                                       "frameset",
                                       "h1",
                                       "h2",
                                       "h3",
                                       "h4",
                                       "h5",
                                       "h6",
                                       "head",
                                       "header",
                                       "hgroup",
                                       "hr",
                                       "html",
                                       "i",
                                       "iframe",
                                       "image",
                                       "img",
                                       "input",
                                       "ins",
                                       "isindex",
                                       "kbd",
                                       "keygen",
                                       "label",
                                       "legend",
                                       "li",
                                       "link",
                                       "listing",
                                       "main",
                                       "map",
                                       "mark",
                                       "marquee",
                                       "math",
                                       "menu",
                                       "menuitem",
                                       "meta",
                                       "meter",
                                       "mi",
                                       "mtext",
                                       "multicol",
                                       "nav",
                                       "nobr",
                                       "noembed",
                                       "noframes",
                                       "noscript",
                                       "object",
                                       "ol",
                                       "optgroup",
                                       "option",
                                       "output",
                                       "p",
                                       "param",
                                       "picture",
                                       "plaintext",
                                       "pre",
                                       "progress",
                                       "q",
                                       "rb",
                                       "rp",
                                       "rt",
                                       "rtc",
                                       "ruby",
                                       "s",
                                       "samp",
                                       "script",
                                       "search",
                                       "section",
                                       "select",
                                       "slot",
                                       "small",
                                       "source",
                                       "spacer",
                                       "span",
                                       "strike",
                                       "strong",
                                       "style",
                                       "sub",
                                       "summary",
                                       "sup",
                                       "svg",
                                       "table",
                                       "tbody",
                                       "td",
                                       "template",
                                       "textarea",
                                       "tfoot",
                                       "th",
                                       "thead",
                                       "time",
                                       "title",
                                       "tr",
                                       "track",
                                       "tt",
                                       "u",
                                       "ul",
                                       "var",
                                       "video",
                                       "wbr",
                                       "xmp",
                                       "x-y",
                                       "g",
                                       "desc",
                                       "foreignobject"};

/* Browsers do not show what is in them, or not all of it. */
static const char *const unseen[] = {
    "audio", "canvas",  "datalist", "desc",   "head",     "iframe", "math",
    "meter", "noembed", "noframes", "object", "progress", "rp",     "script",
    "style", "svg",     "template", "title",  "video"};

/* What stands between two tags: a word that no tag, entity or address has. */
#define WORD "\u03a9 "

enum form { OPENED, CLOSED, CROSSED, FORMS };

static const char *const form_names[FORMS] = {"opened", "closed", "crossed"};

struct trial {
    const char *one, *other; /* the same for a tag alone */
    enum form form;
};

static bool shown(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(unseen); i++)
        if (strcmp(unseen[i], name) == 0)
            return false;
    return true;
}

/* Returns how many words there are. */
static size_t write_html(const struct trial *t, size_t size, struct buf *out)
{
    bool alone = t->one == t->other;
    size_t words = 0;
    for (; out->len < size; words += alone ? 1 : 2) {
        if (t->form == OPENED && alone)
            buf_printf(out, "<%s>" WORD, t->one);
        else if (t->form == OPENED)
            buf_printf(out, "<%s>" WORD "<%s>" WORD, t->one, t->other);
        else if (alone)
            buf_printf(out, "<%s>" WORD "</%s>", t->one, t->one);
        else if (t->form == CLOSED)
            buf_printf(out, "<%s>" WORD "</%s><%s>" WORD "</%s>", t->one,
                       t->one, t->other, t->other);
        else
            buf_printf(out, "<%s>" WORD "</%s>" WORD, t->one, t->other);
    }
    return words;
}

static size_t count_words(struct str text)
{
    size_t words = 0;
    while ((text = str_sub(text, str_find(text, STR("\u03a9")), text.n)).n) {
        text = str_sub(text, 2, text.n);
        words++;
    }
    return words;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Seconds that it took; *lost is how many words the article lacks. */
static double try(const struct trial *t, size_t size, bool keep, size_t *lost)
{
    struct buf html = buf_make(BUF_BODY), text = buf_make(BUF_MEMBER);
    size_t words = write_html(t, size, &html);
    struct one one;
    one_init(&one, buf_view(&html));
    for (size_t i = 0; i < RULE_COUNT; i++)
        one.policy.keep[i] = keep;
    double start = now();
    struct article *a = one_make(&one);
    double took = now() - start;
    one_text(&one, a, &text);
    size_t found = count_words(buf_view(&text));
    *lost =
        found < words && shown(t->one) && shown(t->other) ? words - found : 0;
    article_free(a);
    one_free(&one);
    buf_free(&html);
    buf_free(&text);
    return took;
}

/* What half a megabyte would take: t = a n + b n², through two points. */
static double foretell(double small, double middle)
{
    double ratio = (double)MIDDLE / SMALL, times = (double)FULL / MIDDLE;
    double square = (middle - ratio * small) / (1 - 1 / ratio);
    if (square < 0)
        square = 0;
    return (middle - square) * times + square * times * times;
}

static unsigned faults(const struct trial *t, size_t size, double took,
                       size_t lost)
{
    if (took < limit && !lost)
        return 0;
    printf("# %s %s, %s, %zu KB: %.2f s, %zu words lost\n", t->one, t->other,
           form_names[t->form], size / 1000, took, lost);
    fflush(stdout);
    return 1;
}

static unsigned try_full(const struct trial *t)
{
    size_t lost, none;
    double took = try(t, FULL, false, &none);
    if (took >= limit) /* other work may have been in the way */
        took = try(t, FULL, false, &none);
    try(t, MIDDLE, true, &lost);
    return faults(t, FULL, took, lost);
}

static unsigned try_pair(const struct trial *t, unsigned *full)
{
    size_t lost, none;
    double small = try(t, SMALL, false, &none);
    double middle = try(t, MIDDLE, true, &lost);
    if (foretell(small, middle) > limit / 2) {
        ++*full;
        return try_full(t);
    }
    return faults(t, MIDDLE, 0, lost);
}

static unsigned long long draw(unsigned long long *state)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return *state >> 33;
}

/* Pairs are counted; a draw decides which are tried. */
static unsigned try_pairs(unsigned part, unsigned parts, size_t wanted,
                          unsigned long long seed)
{
    size_t count = ARRAY_LEN(elements), all = count * (count - 1) * 2,
           tried = 0;
    unsigned failed = 0, full = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++)
            for (int form = OPENED; form < FORMS; form++) {
                if (i == k || (form != CROSSED && k < i))
                    continue;
                if (wanted && draw(&seed) % all >= wanted)
                    continue;
                struct trial t = {elements[i], elements[k], (enum form)form};
                if (tried++ % parts == part)
                    failed += try_pair(&t, &full);
            }
    printf("%s - pairs of tags, part %u of %u of %zu, %u of them at 500 KB\n",
           failed ? "not ok" : "ok", part + 1, parts, tried, full);
    return failed;
}

static unsigned try_tags(unsigned part, unsigned parts)
{
    unsigned failed = 0;
    for (size_t i = part; i < ARRAY_LEN(elements); i += parts)
        for (int form = OPENED; form < CROSSED; form++)
            failed += try_full(
                &(struct trial){elements[i], elements[i], (enum form)form});
    printf("%s - tags alone, part %u of %u, at 500 KB\n",
           failed ? "not ok" : "ok", part + 1, parts);
    return failed;
}

int main(int argc, char **argv)
{
    unsigned long numbers[4] = {0, 1, 0, 1};
    for (int i = 1; i < argc && i <= 4; i++)
        numbers[i - 1] = strtoul(argv[i], NULL, 10);
    unsigned part = (unsigned)numbers[0], parts = (unsigned)numbers[1];
    xml_init();
    unsigned failed = try_tags(part, parts);
    failed += try_pairs(part, parts, numbers[2], numbers[3]);
    xml_end();
    return failed != 0;
}
