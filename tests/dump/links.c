/* Where addresses lead: a file of lines that say which articles there are,
 *
 *     feed ID SITE
 *     entry LINK          of the feed named last; articles count from 0
 *     id ID               of the entry named last
 *     alias URL
 *
 * and then of links, which get "-> article", and "#" if their fragment is an
 * id there, or "-> web":
 *
 *     from ARTICLE        in which the links below are
 *     URL
 */
#include "dump.h"

#include "article/link/link_index.h"
#include "base/file.h"
#include "base/mem.h"

#include <stdlib.h>

struct setup {
    struct arena *arena;
    VEC(struct feed *) feeds;
    VEC(struct entry *) entries;
    size_t from;
    const struct link_index *index;
};

static struct entry *last(struct setup *s)
{
    return s->entries.items[s->entries.len - 1];
}

static void add_alias(struct setup *s, const char *url)
{
    struct entry *e = last(s);
    const char **aliases =
        arena_alloc(s->arena, (e->alias_count + 1) * sizeof *aliases);
    for (size_t i = 0; i < e->alias_count; i++)
        aliases[i] = e->aliases[i];
    aliases[e->alias_count++] = url;
    e->aliases = aliases;
}

/* A line that says what there is; false if it is none. */
static bool describe(struct setup *s, struct str line)
{
    struct str word = {0};
    str_next_word(&line, &word);
    char *rest = arena_str(s->arena, str_trim(line));
    if (str_eq(word, STR("feed"))) {
        struct feed *f = arena_alloc(s->arena, sizeof *f);
        str_next_word(&line, &word);
        *f = (struct feed){.id = arena_str(s->arena, word),
                           .link = arena_str(s->arena, str_trim(line))};
        vec_push(&s->feeds, f);
    } else if (str_eq(word, STR("entry"))) {
        struct entry *e = arena_alloc(s->arena, sizeof *e);
        *e = (struct entry){
            .feed = s->feeds.items[s->feeds.len - 1], .id = "", .link = rest};
        vec_push(&s->entries, e);
    } else if (str_eq(word, STR("id"))) {
        last(s)->id = rest;
    } else if (str_eq(word, STR("alias"))) {
        add_alias(s, rest);
    } else {
        return false;
    }
    return true;
}

static void ask(struct setup *s, struct str line, FILE *out)
{
    struct link_target target;
    const char *url = arena_str(s->arena, line);
    if (str_starts(line, STR("from ")))
        s->from = strtoul(url + strlen("from "), NULL, 10);
    if (str_starts(line, STR("from ")) || str_starts(line, STR("#")) || !line.n)
        fprintf(out, "%s\n", url);
    else if (link_index_find(s->index, s->arena, url, s->from, &target))
        fprintf(out, "%s -> %zu%s\n", url, target.article,
                target.fragment ? " #" : "");
    else
        fprintf(out, "%s -> web\n", url);
}

int dump_links(const char *path, FILE *out)
{
    struct buf file = buf_make(BUF_BODY);
    if (!file_read(path, &file))
        return 1;
    struct setup s = {.arena = arena_new()};
    struct str rest = buf_view(&file), line = {0};
    while (str_next(&rest, '\n', &line) && describe(&s, line))
        fprintf(out, "%.*s\n", STR_ARG(line));
    const struct library l = {.arena = s.arena,
                              .feeds = s.feeds.items,
                              .feed_count = s.feeds.len,
                              .entries = s.entries.items,
                              .entry_count = s.entries.len};
    struct link_index *index = link_index_new(&l);
    s.index = index;
    while (rest.n && str_next(&rest, '\n', &line))
        ask(&s, line, out);
    link_index_free(index);
    free(s.feeds.items);
    free(s.entries.items);
    arena_free(s.arena);
    buf_free(&file);
    return 0;
}
