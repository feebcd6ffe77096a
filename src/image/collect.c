#include "image/image_int.h"

#include "base/mem.h"
#include "base/url.h"

#include <stdlib.h>

/* A reference on its way to a number: references of one address get one. */
struct use {
    struct str url; /* without fragment; empty for a data: URL */
    size_t order;   /* among all references */
    size_t number;  /* of wanted */
};

/* A file is the same whatever part of it is pointed at. */
static struct str address(const struct image_ref *ref)
{
    struct str url = str_of(ref->url);
    return str_sub(url, 0, str_chr(url, '#'));
}

static int by_url(const void *a, const void *b)
{
    const struct use *x = a, *y = b;
    int order = str_cmp(x->url, y->url);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static int by_order(const void *a, const void *b)
{
    const struct use *x = a, *y = b;
    return (x->order > y->order) - (x->order < y->order);
}

/* Let `number` be the order of the first use of the same address. Data: URLs
 * are one each: their bytes are compared when they are read. */
static void join_uses(struct use *uses, size_t count)
{
    qsort(uses, count, sizeof *uses, by_url);
    for (size_t i = 0; i < count; i++) {
        bool same =
            i > 0 && uses[i].url.n > 0 && str_eq(uses[i].url, uses[i - 1].url);
        uses[i].number = same ? uses[i - 1].number : uses[i].order;
    }
    qsort(uses, count, sizeof *uses, by_order);
}

static struct wanted make_wanted(struct arena *a, const struct article *article,
                                 const struct image_ref *ref)
{
    const struct entry *entry = article->entry;
    struct wanted w = {
        .url = ref->url ? arena_str(a, address(ref)) : NULL,
        .data = ref->data,
        .alt = arena_strdup(a, ref->alt),
        .optional = ref->optional,
        .shown = true,
        .referer = entry->link ? arena_strdup(a, entry->link) : NULL,
        .place = {.file = entry->feed->file,
                  .line = entry->line,
                  .article = article->title},
    };
    return w;
}

/* References in order, and where each article's begin. */
static struct use *list_uses(struct image_set *set,
                             struct article *const *articles)
{
    size_t total = 0;
    set->first =
        arena_alloc(set->arena, (set->article_count + 1) * sizeof *set->first);
    for (size_t i = 0; i < set->article_count; i++) {
        set->first[i] = total;
        total += articles[i]->image_count;
    }
    set->first[set->article_count] = total;
    struct use *uses = mem_alloc(total * sizeof *uses);
    for (size_t i = 0, n = 0; i < set->article_count; i++) {
        for (size_t k = 0; k < articles[i]->image_count; k++, n++)
            uses[n] = (struct use){address(&articles[i]->images[k]), n, 0};
    }
    return uses;
}

/* Number what is wanted by first use, with room for one more. A use that is no
 * first one finds its number in refs at the place of the first. */
static void number_uses(struct image_set *set, struct article *const *articles,
                        const struct use *uses)
{
    size_t total = set->first[set->article_count];
    set->refs = arena_alloc(set->arena, total * sizeof *set->refs);
    set->wanted = arena_alloc(set->arena, (total + 1) * sizeof *set->wanted);
    set->urls = arena_alloc(set->arena, (total + 1) * sizeof *set->urls);
    for (size_t i = 0, n = 0; i < set->article_count; i++) {
        for (size_t k = 0; k < articles[i]->image_count; k++, n++) {
            const struct image_ref *ref = &articles[i]->images[k];
            if (uses[n].number != n) {
                set->refs[n] = set->refs[uses[n].number];
                set->wanted[set->refs[n]].optional &= ref->optional;
                continue;
            }
            struct wanted w = make_wanted(set->arena, articles[i], ref);
            if (w.url)
                set->urls[set->url_count++] = w.url;
            set->refs[n] = set->wanted_count;
            set->wanted[set->wanted_count++] = w;
        }
    }
}

/* The sign may be a picture of an article, too. */
static void add_mark(struct image_set *set, const struct feed *feed)
{
    const char *image = feed ? feed->image : NULL;
    const struct url *u =
        image ? url_parse(set->arena, str_of(image), NULL) : NULL;
    const char *url = u ? url_text(set->arena, u, false) : NULL;
    set->mark = SIZE_MAX;
    if (!url || !u->host || !str_starts(str_of(url), STR("http")))
        return;
    for (set->mark = 0; set->mark < set->wanted_count; set->mark++)
        if (set->wanted[set->mark].url &&
            strcmp(set->wanted[set->mark].url, url) == 0)
            return;
    set->wanted[set->wanted_count++] = (struct wanted){
        .url = url,
        .alt = "",
        .optional = true,
        .referer = feed->link ? arena_strdup(set->arena, feed->link) : NULL,
        .place = {.file = feed->file}};
    set->urls[set->url_count++] = url;
}

struct image_set *image_collect(struct article *const *articles, size_t count,
                                const struct feed *mark)
{
    struct image_set *set = mem_alloc(sizeof *set);
    set->arena = arena_new();
    set->article_count = count;
    struct use *uses = list_uses(set, articles);
    if (set->first[count] > 0)
        join_uses(uses, set->first[count]);
    number_uses(set, articles, uses);
    add_mark(set, mark);
    free(uses);
    return set;
}

void image_set_free(struct image_set *set)
{
    if (!set)
        return;
    image_sources_close(set->sources);
    arena_free(set->arena);
    free(set);
}

size_t image_set_urls(const struct image_set *set, const char *const **urls)
{
    *urls = set->urls;
    return set->url_count;
}
