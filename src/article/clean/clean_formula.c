/* A formula that has been built: its text for those who cannot see it. */
#include "article/clean/clean.h"

/* What a converter kept of the source, which most often was TeX. */
static const xmlNode *annotation_of(const xmlNode *source)
{
    for (const xmlNode *n = source; (n = tree_next(source, n));) {
        struct str encoding = tree_attr(n, "encoding");
        if (tree_is_math(n, "annotation") &&
            str_find_nocase(encoding, STR("tex")) < encoding.n)
            return n;
    }
    return NULL;
}

static bool set_collapsed(xmlNode *math, struct str words)
{
    struct buf text = buf_make(BUF_LINE);
    buf_collapse(&text, words);
    bool any = text.len > 0 && !text.failed;
    if (any)
        tree_set_attr(math, "alttext", buf_view(&text));
    buf_free(&text);
    return any;
}

static bool set_gathered(xmlNode *math, const xmlNode *from)
{
    struct buf text = buf_make(BUF_LINE);
    if (from)
        tree_gather(from, &text);
    bool any = set_collapsed(math, buf_view(&text));
    buf_free(&text);
    return any;
}

bool clean_formula(struct cleaner *c, xmlNode *math, const xmlNode *source)
{
    (void)c;
    if (tree_empty(math, NULL))
        return false;
    return set_collapsed(math, tree_attr(source, "alttext")) ||
           set_gathered(math, annotation_of(source)) ||
           set_gathered(math, math);
}
