/* Script text that stands between an author's words: a platform's sanitiser
 * took the script element away and left what was in it. Only what is certainly
 * script goes: it begins and ends as script does, holds few plain words, and
 * does what platforms' scripts do. */
#include "article/article_int.h"
#include "article/model/model.h"

/* How script begins. */
static const char *const starts[] = {
    "//",         "/*",          "<!--",       "!function",  "(function",
    "function",   "var ",        "let ",       "const ",     "if (",
    "if(",        "try {",       "try{",       "(() =>",     "(()=>",
    "window.",    "window[",     "document.",  "jQuery(",    "$(",
    "(adsbygoog", "adsbygoogle", "googletag.", "google_ad_", "gtag(",
    "fbq(",       "ga(",         "_gaq",       "_paq",       "twttr",
    "instgrm",    "amzn_assoc_", "atOptions",  "__ATA",      "_taboola",
    "new ",       "hbspt.",      "Typeform",   "ml_webform", "dataLayer",
    "kofiwidget", "BSE.",        "FB.",        "(window.",   "self.",
};

/* What it does. PLATFORM alone is enough wherever the text stands by itself;
 * ANY, of which there must be two, where it follows an embed. */
enum weight { ANY = 1, PLATFORM = 4, BESIDE_EMBED = 2, ALONE = 4 };

static const struct {
    const char *text;
    enum weight weight;
} signs[] = {
    {"(adsbygoogle = window.adsbygoogle", PLATFORM},
    {"(adsbygoogle=window.adsbygoogle", PLATFORM},
    {"adsbygoogle.push(", PLATFORM},
    {"google_ad_client", PLATFORM},
    {"googletag.cmd.push(", PLATFORM},
    {"googletag.display(", PLATFORM},
    {"gtag('js'", PLATFORM},
    {"gtag('config'", PLATFORM},
    {"gtag(\"config\"", PLATFORM},
    {"window.dataLayer = window.dataLayer", PLATFORM},
    {"dataLayer.push(", PLATFORM},
    {"ga('create'", PLATFORM},
    {"_gaq.push(", PLATFORM},
    {"_paq.push(", PLATFORM},
    {"fbq('", PLATFORM},
    {"function(d,s,id)", PLATFORM},
    {"function(d, s, id)", PLATFORM},
    {"function (d, s, id)", PLATFORM},
    {"//platform.twitter.com/widgets.js", PLATFORM},
    {"//platform.instagram.com/", PLATFORM},
    {"//connect.facebook.net/", PLATFORM},
    {"twttr.widgets", PLATFORM},
    {"instgrm.Embeds", PLATFORM},
    {"_taboola", PLATFORM},
    {"amzn_assoc_", PLATFORM},
    {"atOptions = {", PLATFORM},
    {"__ATA.cmd", PLATFORM},
    {"hbspt.forms.create(", PLATFORM},
    {"kofiwidget2.", PLATFORM},
    {"// Detect dark theme", PLATFORM - ANY},
    {"document.getElementById(", ANY},
    {"document.getElementsBy", ANY},
    {"document.querySelector", ANY},
    {"document.createElement(", ANY},
    {"document.write(", ANY},
    {"document.body.", ANY},
    {"document.addEventListener(", ANY},
    {"window.addEventListener(", ANY},
    {"window.location", ANY},
    {".insertBefore(", ANY},
    {".appendChild(", ANY},
    {".setAttribute(", ANY},
    {"iframe.src", ANY},
    {"function(", ANY},
    {"function (", ANY},
    {"});", ANY},
};

static bool starts_as_script(struct str text)
{
    for (size_t i = 0; i < ARRAY_LEN(starts); i++)
        if (str_starts(text, str_of(starts[i])))
            return true;
    return false;
}

/* Prose is words of letters with spaces between, script is not. */
static bool few_words(struct str text)
{
    struct str word;
    size_t plain = 0, all = 0;
    while (str_next_word(&text, &word)) {
        size_t n = 0;
        while (n < word.n && chr_alpha((unsigned char)word.p[n]))
            n++;
        plain += n == word.n ||
                 (n > 1 && n + 1 == word.n && strchr(",.:?!", word.p[n]));
        all++;
    }
    return 2 * plain < all + 1;
}

static unsigned weigh(struct str text)
{
    unsigned weight = 0;
    for (size_t i = 0; i < ARRAY_LEN(signs); i++)
        if (str_find(text, str_of(signs[i].text)) < text.n)
            weight += signs[i].weight;
    return weight;
}

/* Nothing for a script; enough of that for one that stands alone, or follows an
 * embed, otherwise. */
static unsigned script_weight(struct str text)
{
    if (!text.n || !strchr("});>/", text.p[text.n - 1]) ||
        !starts_as_script(text) || !few_words(text))
        return 0;
    return weigh(text);
}

/* ---- runs: text and breaks beside each other ---- */

struct run {
    xmlNode *first, *last;
};

static bool in_run(const xmlNode *n)
{
    return tree_is_text(n) || tree_is(n, "br");
}

static struct run run_from(xmlNode *first)
{
    struct run run = {first, first};
    while (in_run(run.last->next))
        run.last = run.last->next;
    return run;
}

static void gather(struct run run, struct buf *out)
{
    for (const xmlNode *n = run.first;; n = n->next) {
        if (tree_is_text(n))
            buf_str(out, tree_content(n));
        else
            buf_char(out, '\n');
        if (n == run.last)
            return;
    }
}

/* Is what stands beside a run no part of its paragraph? */
static bool parted(const xmlNode *n)
{
    static const char *const shown[] = {"img", "#image", "svg", NULL};
    return !n || (model_of(n)->category & CAT_BLOCK) || tree_empty(n, shown);
}

/* Code that an author shows stays, whatever it is. */
static bool in_code(const xmlNode *n)
{
    static const char *const names[] = {
        "pre", "code",    "samp",     "kbd",       "xmp",
        "tt",  "listing", "textarea", "plaintext", NULL};
    while (tree_is_element(n) && !tree_is_one_of(n, names))
        n = n->parent;
    return tree_is_element(n);
}

/* A quotation, an item or a cell holds what its author put there. */
static bool in_passage(const xmlNode *n)
{
    for (; tree_is_element(n); n = n->parent)
        if (model_of(n)->role != ROLE_PASSAGE && !tree_is(n, "p"))
            return false;
    return true;
}

/* "For example, this:" */
static bool introduces(struct str before)
{
    before = str_trim(before);
    return str_ends(before, STR(":")) || str_ends(before, STR("："));
}

/* `before` is the last text before the run. */
static bool is_residue(struct run run, struct str text, struct str before)
{
    unsigned weight = script_weight(text);
    if (weight < BESIDE_EMBED || in_code(run.first->parent))
        return false;
    if (tree_is(run.first->prev, "#card"))
        return true;
    return weight >= ALONE && parted(run.first->prev) &&
           parted(run.last->next) && in_passage(run.first->parent) &&
           !introduces(before);
}

static void drop(struct run run)
{
    for (xmlNode *n = run.first, *next;; n = next) {
        bool last = n == run.last;
        next = n->next;
        tree_drop(n);
        if (last)
            return;
    }
}

void article_residue(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    struct buf text = buf_make(BUF_BODY);
    struct str before = STR("");
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        bool unseen = tree_is_element(n) && model_of(n)->role == ROLE_DROP;
        next = unseen ? tree_skip(root, n) : tree_next(root, n);
        if (!in_run(n))
            continue;
        struct run run = run_from(n);
        next = tree_next(root, run.last);
        buf_clear(&text);
        gather(run, &text);
        if (is_residue(run, str_trim(buf_view(&text)), before) &&
            rule_words(m, RULE_SCRIPT_RESIDUE, buf_view(&text)))
            drop(run);
        else if (tree_is_text(run.last) && !str_blank(buf_view(&text)))
            before = tree_content(run.last);
    }
    buf_free(&text);
}
