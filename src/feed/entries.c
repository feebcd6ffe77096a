/* An entry's beginning and its end, when all that it tells is known. */
#include "feed/reader.h"

#include "base/hash.h"

static const unsigned short NO_RANK = 0xFFFF;

void entry_begin(struct reader *r, unsigned line)
{
    r->entry = arena_alloc(r->arena, sizeof *r->entry);
    r->entry->feed = r->feed;
    r->entry->line = line;
    r->entry_depth = r->levels.len;
    memset(r->entry_ranks, 0xFF, sizeof r->entry_ranks);
    r->people.len = r->categories.len = r->aliases.len = r->media.len = 0;
    r->kind = r->status = r->entry_language = NULL;
    r->locked = false;
    r->seconds = 0;
    bodies_clear(r);
}

static struct hex body_hash(const struct reader *r, const struct body *body)
{
    struct buf text = buf_make(BUF_BODY);
    spool_get(r->spool, body->span, &text);
    struct hex hash = hash_bytes(buf_view(&text));
    buf_free(&text);
    return hash;
}

/* An entry without id and link is told by what it says. */
static const char *derived_id(const struct reader *r, const struct entry *e)
{
    char date[DATE_TEXT] = "";
    if (e->published.known)
        date_utc(e->published, date);
    struct hex content = body_hash(r, &e->content),
               summary = body_hash(r, &e->summary);
    const struct str fields[] = {str_of(e->title), str_of(date),
                                 str_of(content.text), str_of(summary.text)};
    struct hex hash = hash_fields(fields, ARRAY_LEN(fields));
    return arena_printf(r->arena, "sha256:%s", hash.text);
}

/* JSON's {} or "", where an item should be. */
static bool says_nothing(const struct reader *r)
{
    const struct entry *e = r->entry;
    return r->dialect->typed && !e->id && !e->link && !e->title &&
           !r->bodies.len && !r->media.len;
}

static void copy_lists(struct reader *r, struct entry *e)
{
    e->authors.len = r->people.len;
    e->authors.items = arena_copy(r->arena, r->people.items, r->people.len,
                                  sizeof *r->people.items);
    e->category_count = r->categories.len;
    e->categories = arena_copy(r->arena, r->categories.items, r->categories.len,
                               sizeof *r->categories.items);
    e->alias_count = r->aliases.len;
    e->aliases = arena_copy(r->arena, r->aliases.items, r->aliases.len,
                            sizeof *r->aliases.items);
}

void entry_finish(struct reader *r)
{
    struct entry *e = r->entry;
    e->cut = r->cut;
    if (!says_nothing(r) && !export_leaves_out(r)) {
        copy_lists(r, e);
        media_finish(r, bodies_finish(r));
        if (r->entry_ranks[FIELD_COMMENT_COUNT] != NO_RANK && !e->comment_count)
            e->comments = NULL;
        if (!e->id && !e->link)
            e->id = derived_id(r, e);
        vec_push(&r->entries, e);
    }
    bodies_clear(r);
    r->entry = NULL;
}
