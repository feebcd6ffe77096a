/* Export files hold all that a blog has. Its articles are what is a post or a
 * page, and public. */
#include "feed/reader.h"

static const char *const article_kinds[] = {"post", "page", NULL};
/* WordPress's status, Blogger's, and app:draft's "no" (RFC 5023, 13.1.1). */
static const char *const public_statuses[] = {"publish", "live", "no", NULL};

static bool is_one_of(struct str word, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        if (str_eq_nocase(word, str_of(words[i])))
            return true;
    return false;
}

/* Kinds of one export, or of what is written in their place. */
enum { KINDS_MAX = 16, KIND_MAX = 40 };

static const char *small(struct arena *a, struct str s)
{
    char *text = arena_str(a, utf8_clip(s, KIND_MAX));
    for (char *c = text; *c; c++)
        *c = (char)chr_lower((unsigned char)*c);
    return text;
}

static void count(struct reader *r, left_out_list *list, struct str kind)
{
    size_t i = 0;
    while (i < list->len && !str_eq_nocase(str_of(list->items[i].kind), kind))
        i++;
    if (i == KINDS_MAX)
        i--;
    else if (i == list->len)
        vec_push(list, ((struct left_out){.kind = small(r->arena, kind),
                                          .line = r->entry->line}));
    list->items[i].count++;
}

bool export_leaves_out(struct reader *r)
{
    /* Blogger: "http://schemas.google.com/blogger/2008/kind#post" */
    struct str kind = str_of(r->kind), status = str_of(r->status);
    size_t hash = str_chr(kind, '#');
    if (hash < kind.n)
        kind = str_sub(kind, hash + 1, kind.n);
    if (kind.n && !is_one_of(kind, article_kinds)) {
        count(r, &r->other_kinds, kind);
        return true;
    }
    if (str_eq(status, STR("yes")))
        status = STR("draft");
    else if (r->locked)
        status = STR("with a password");
    if (!status.n || is_one_of(status, public_statuses))
        return false;
    count(r, &r->unpublished, status);
    return true;
}

static void tell(const struct reader *r, const left_out_list *list,
                 struct diag *diag, const char *text)
{
    struct buf detail = buf_make(BUF_LINE);
    for (size_t i = 0; i < list->len; i++)
        buf_printf(&detail, "%s%zu %s", i ? ", " : "", list->items[i].count,
                   list->items[i].kind);
    if (list->len)
        diag_add(diag, DIAG_WARNING,
                 (struct diag_place){.file = r->feed->file,
                                     .line = list->items[0].line},
                 text, "%s", detail.data);
    buf_free(&detail);
}

void export_tell(const struct reader *r, struct diag *diag)
{
    tell(r, &r->other_kinds, diag,
         "entries of the export that are no articles; left out");
    tell(r, &r->unpublished, diag,
         "articles of the export that are not published; left out");
}
