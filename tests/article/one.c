#include "one.h"

void one_init(struct one *one, struct str html)
{
    *one = (struct one){
        .arena = arena_new(),
        .spool = spool_new(),
        .feed = {.file = "one",
                 .id = "feed",
                 .title = "Feed",
                 .link = "https://example.org/"},
        .entry = {.id = "entry",
                  .title = "A title",
                  .link = "https://example.org/posts/one",
                  .content = {.kind = BODY_HTML},
                  .line = 1},
        .policy = {.tab_width = 4, .part_limit = 240 * 1024},
    };
    one->entry.feed = &one->feed;
    one->entry.content.span = spool_put(one->spool, html.p, html.n);
    one->entries[0] = &one->entry;
    one->feeds[0] = &one->feed;
    one->library = (struct library){.arena = one->arena,
                                    .feeds = one->feeds,
                                    .feed_count = 1,
                                    .entries = one->entries,
                                    .entry_count = 1};
    one->index = link_index_new(&one->library);
}

void one_free(struct one *one)
{
    link_index_free(one->index);
    spool_free(one->spool);
    arena_free(one->arena);
}

struct article *one_make(struct one *one)
{
    return article_make(&one->library, 0, one->index, &one->policy, one->spool);
}

void one_text(const struct one *one, const struct article *a, struct buf *out)
{
    for (size_t i = 0; i < a->part_count; i++)
        spool_get(one->spool, a->parts[i].xhtml, out);
}
