#include "article/link/note_marks.h"

enum { AROUND = 4 }; /* elements around one that may speak for it */

enum meaning { REFERENCE = 1, NOTES = 2, BACK = 4, INLINE = 8, AGAIN = 16 };

/* An attribute, one of its words ("" for any value), and what that says of the
 * element. */
static const struct {
    const char *attribute, *word;
    unsigned meaning;
} marks[] = {
    {"class", "footnote-ref", REFERENCE},       /* Pandoc, markdown-it, Ghost */
    {"class", "footnote-reference", REFERENCE}, /* LessWrong, docutils */
    {"class", "footnote-anchor", REFERENCE},    /* Substack */
    {"class", "footnoteRef", REFERENCE},        /* Pandoc, once */
    {"class", "footnote", REFERENCE | NOTES},   /* kramdown; Substack */
    {"class", "easy-footnote", REFERENCE},      /* Easy Footnotes */
    {"class", "footnote_referrer", REFERENCE},  /* WordPress: footnotes */
    {"class", "fn", REFERENCE},                 /* WordPress: its own block */
    {"class", "reference", REFERENCE},          /* MediaWiki */
    {"class", "noteref", REFERENCE},
    {"class", "sdfootnoteanc", REFERENCE}, /* LibreOffice */
    {"rel", "footnote", REFERENCE},
    {"role", "doc-noteref", REFERENCE},
    {"epub:type", "noteref", REFERENCE},
    {"data-footnote-ref", "", REFERENCE}, /* GitHub */
    {"data-fn", "", REFERENCE},
    {"class", "footnotes", NOTES},
    {"class", "footnotes-list", NOTES},
    {"class", "footnotes-sep", NOTES},
    {"class", "footnote-item", NOTES},
    {"class", "footnote-definition", NOTES}, /* Zola, mdBook */
    {"class", "footnote-section", NOTES},
    {"class", "footnote_container_prepare", NOTES},
    {"class", "wp-block-footnotes", NOTES},
    {"class", "easy-footnotes-wrapper", NOTES},
    {"class", "modern-footnotes-list", NOTES},
    {"class", "MsoFootnoteText", NOTES}, /* Word */
    {"class", "endnotes", NOTES},
    {"class", "references", NOTES},
    {"role", "doc-endnotes", NOTES},
    {"role", "doc-endnote", NOTES},
    {"role", "doc-footnote", NOTES},
    {"epub:type", "footnote", NOTES},
    {"data-footnotes", "", NOTES},
    {"class", "footnote-backref", BACK},
    {"class", "footnote-back", BACK},
    {"class", "footnote-back-link", BACK},
    {"class", "footnote-return", BACK},
    {"class", "reversefootnote", BACK},
    {"class", "easy-footnote-to-top", BACK},
    {"class", "data-footnote-backref", BACK},
    {"class", "mw-cite-backlink", BACK},
    {"class", "fn-backref", BACK},
    {"role", "doc-backlink", BACK},
    {"data-footnote-backref", "", BACK},
    {"class", "sidenote", INLINE}, /* Tufte CSS */
    {"class", "marginnote", INLINE},
    {"class", "modern-footnotes-footnote__note", INLINE},
    {"class", "ltx_note_outer", INLINE}, /* LaTeXML */
    {"class", "ltx_tag_note", AGAIN},
    {"class", "ltx_note_type", AGAIN}, /* "footnote: " */
};

static bool has_word(struct str value, struct str word)
{
    struct str one;
    if (!word.n)
        return value.p != NULL;
    while (str_next_word(&value, &one))
        if (str_eq(one, word))
            return true;
    return false;
}

void note_marks_read(xmlNode *n)
{
    unsigned meaning = 0;
    struct str class = tree_attr(n, "class"); /* what most of them ask for */
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        struct str value = strcmp(marks[i].attribute, "class") == 0
                               ? class
                               : tree_attr(n, marks[i].attribute);
        if (value.p && has_word(value, str_of(marks[i].word)))
            meaning |= marks[i].meaning;
    }
    char text = (char)('0' + meaning);
    if (meaning)
        tree_set_attr(n, "#marks", (struct str){&text, 1});
}

static unsigned meaning_of(const xmlNode *n)
{
    struct str text = tree_attr(n, "#marks");
    return text.n ? (unsigned)(text.p[0] - '0') : 0;
}

static bool says(const xmlNode *n, enum meaning meaning, int around)
{
    for (int i = 0; i <= around && tree_is_element(n); i++, n = n->parent)
        if (meaning_of(n) & meaning)
            return true;
    return false;
}

bool note_says_reference(const xmlNode *link)
{
    int around = 0;
    for (const xmlNode *n = link->parent;
         around < AROUND && (tree_is(n, "sup") || tree_is(n, "span"));
         n = n->parent)
        around++;
    return says(link, REFERENCE, around);
}

bool note_says_notes(const xmlNode *n)
{
    return says(n, NOTES, AROUND);
}

bool note_says_back(const xmlNode *n)
{
    return says(n, BACK, 0);
}

bool note_says_inline(const xmlNode *n)
{
    return says(n, INLINE, 0);
}

bool note_says_again(const xmlNode *n)
{
    return says(n, AGAIN, 0);
}

bool note_id(struct str id)
{
    static const char *const starts[] = {
        "fn",
        "_ftn",
        "footnote",
        "cite_note",
        "note",
        "_edn",
        "endnote",
        "user-content-fn",
        "easy-footnote-bottom",
        "ftn",
        "sdfootnote",
        "sdendnote",
        "mfn",
        "sn",
    };
    if (!id.n || !chr_digit((unsigned char)id.p[id.n - 1]))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(starts); i++)
        if (str_starts_nocase(id, str_of(starts[i])))
            return true;
    return false;
}

/* ---- signs ---- */

static const char *const symbols[] = {"*",      "**",     "***",    "\u2020",
                                      "\u2021", "\u00a7", "\u00b6", "#",
                                      "\u2217", "\u203b"};

/* A number of up to four digits, one letter, a small Roman number, a sign. */
struct str note_sign(struct str text)
{
    enum { DIGITS = 4, ROMAN = 6 };
    text = str_trim(text);
    while (text.n && strchr("[({^", text.p[0]))
        text = str_sub(text, 1, text.n);
    while (text.n && strchr("])}.:", text.p[text.n - 1]))
        text.n--;
    text = str_trim(text);
    size_t digits = 0, roman = 0;
    while (digits < text.n && chr_digit((unsigned char)text.p[digits]))
        digits++;
    while (roman < text.n && strchr("ivx", text.p[roman]))
        roman++;
    bool is = (digits == text.n && digits <= DIGITS) ||
              (roman == text.n && roman <= ROMAN) ||
              (text.n == 1 && chr_alpha((unsigned char)text.p[0]));
    for (size_t i = 0; i < ARRAY_LEN(symbols) && !is; i++)
        is = str_eq(text, str_of(symbols[i]));
    return is ? text : (struct str){NULL, 0};
}

bool note_is_arrow(struct str text)
{
    static const char *const words[] = {
        "\u21a9",   "\u21a9\ufe0e", "\u21a9\ufe0f",
        "\u2191",   "\u2b06",       "^",
        "\u21b5",   "\u2934",       "\u21a5",
        "\u2912",   "\u2b11",       "\u25b2",
        "\u2b8c",   "\u21e7",       "\u2190",
        "back",     "return",       "jump up",
        "jump up^", "back to text", "back to content",
        "go back",  "top"};
    text = str_trim(text);
    while (str_starts(text, STR("\u00a0")))
        text = str_sub(text, 2, text.n);
    while (text.n && strchr("[(", text.p[0]))
        text = str_sub(text, 1, text.n);
    while (text.n && strchr("])", text.p[text.n - 1]))
        text.n--;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq_nocase(text, str_of(words[i])))
            return true;
    return !text.n;
}
