/* What the report says of one article. */
#include "report_int.h"

#include "base/mem.h"

static void put_text_list(struct json_writer *w, const char *key,
                          const char *const *items, size_t count)
{
    json_open_array(w, key);
    for (size_t i = 0; i < count; i++)
        json_put_text(w, NULL, items[i]);
    json_close(w);
}

static void put_authors(struct json_writer *w, const struct people *people)
{
    json_open_array(w, "authors");
    for (size_t i = 0; i < people->len; i++)
        json_put_text(w, NULL, people->items[i].name);
    json_close(w);
}

/* The members that hold the article, if there is a book. */
static void put_files(struct json_writer *w, const struct binding *b, size_t n)
{
    const char *const *files = b->written ? b->book->chapters[n].files : NULL;
    put_text_list(w, "files", files, files ? b->articles[n]->part_count : 0);
}

/* ---- rules ---- */

static void put_rules(struct json_writer *w, const struct article *a)
{
    json_open_object(w, "rules");
    for (int i = 0; i < RULE_COUNT; i++)
        if (a->rules[i])
            json_put_number(w, article_rule_name((enum article_rule)i),
                            a->rules[i]);
    json_close(w);
}

static void put_removals(struct json_writer *w, const char *key,
                         const struct article *a, bool moved)
{
    json_open_array(w, key);
    for (size_t i = 0; i < a->removal_count; i++) {
        const struct removal *removal = &a->removals[i];
        if (removal->moved != moved)
            continue;
        json_open_object(w, NULL);
        json_put_text(w, "rule", article_rule_name(removal->rule));
        json_put_text(w, "text", removal->text);
        json_close(w);
    }
    json_close(w);
}

/* ---- links ---- */

/* Where a link within the book leads. If its id is nowhere, that is the web
 * after all, or nowhere: what epub/holes.c makes of it. */
static void put_target(struct json_writer *w, const struct binding *b,
                       const struct link_ref *ref)
{
    const char *id = ref->fragment;
    if (!id || article_part_with(b->articles[ref->article], &id)) {
        json_put_text(w, "result", "book");
        json_put_number(w, "article", ref->article);
        json_put_text(w, "fragment", id);
    } else {
        json_put_text(w, "result", ref->web ? "web" : "text");
        json_put_text(w, "reason", link_fault_text(LINK_NOWHERE));
    }
}

static void put_link(struct json_writer *w, const struct binding *b,
                     const struct article *a, const struct link_use *use)
{
    json_open_object(w, NULL);
    json_put_text(w, "href", use->href);
    json_put_text(w, "url", use->web);
    if (use->result == LINK_BOOK)
        put_target(w, b, &a->links[use->ref]);
    else
        json_put_text(w, "result", use->result == LINK_WEB ? "web" : "text");
    if (use->fault != LINK_FINE)
        json_put_text(w, "reason", link_fault_text(use->fault));
    json_close(w);
}

static void put_links(struct json_writer *w, const struct binding *b,
                      const struct article *a)
{
    json_open_array(w, "links");
    for (size_t i = 0; i < a->link_use_count; i++)
        put_link(w, b, a, &a->link_uses[i]);
    json_close(w);
}

static void put_embeds(struct json_writer *w, const struct article *a)
{
    json_open_array(w, "embeds");
    for (size_t i = 0; i < a->embed_count; i++) {
        json_open_object(w, NULL);
        json_put_text(w, "kind", a->embeds[i].kind);
        json_put_text(w, "url", a->embeds[i].url);
        json_close(w);
    }
    json_close(w);
}

/* ---- what the feed tells beside the text ---- */

static void put_comments(struct json_writer *w, const struct entry *e)
{
    json_open_object(w, "comments");
    json_put_number(w, "count", e->comment_count);
    json_put_text(w, "url", e->comments);
    json_put_text(w, "feed", e->comment_feed);
    json_close(w);
}

static void put_enclosures(struct json_writer *w, const struct entry *e)
{
    json_open_array(w, "enclosures");
    for (size_t i = 0; i < e->enclosure_count; i++) {
        json_open_object(w, NULL);
        json_put_text(w, "url", e->enclosures[i].url);
        json_put_text(w, "type", e->enclosures[i].type);
        json_put_number(w, "bytes", e->enclosures[i].length);
        json_put_number(w, "seconds", e->enclosures[i].seconds);
        json_close(w);
    }
    json_close(w);
}

/* ---- pictures ---- */

static const char *done_to(const struct image *image)
{
    uint64_t pixels = 0;
    uint64_t source = (uint64_t)image->source.width * image->source.height;
    for (size_t i = 0; i < image->file_count; i++)
        pixels += (uint64_t)image->files[i].width * image->files[i].height;
    return image->kept             ? "kept"
           : image->file_count > 1 ? "sliced"
           : pixels < source       ? "scaled"
                                   : "encoded";
}

static void put_image_files(struct json_writer *w, const struct image *image)
{
    json_put_text(w, "done", done_to(image));
    json_open_array(w, "files");
    for (size_t i = 0; i < image->file_count; i++) {
        json_open_object(w, NULL);
        json_put_text(w, "name", image->files[i].name);
        json_put_text(w, "type", image->files[i].media_type);
        json_put_number(w, "bytes", image->files[i].data.n);
        json_put_number(w, "width", image->files[i].width);
        json_put_number(w, "height", image->files[i].height);
        json_close(w);
    }
    json_close(w);
    json_open_object(w, "source");
    json_put_number(w, "bytes", image->source.bytes);
    json_put_number(w, "width", image->source.width);
    json_put_number(w, "height", image->source.height);
    json_close(w);
}

/* As a page shows it; known when the book is. */
static const char *result_of(const struct image *image,
                             const struct image_ref *ref)
{
    static const char *const states[] = {[IMAGE_SHOWN] = "shown",
                                         [IMAGE_PLACEHOLDER] = "placeholder",
                                         [IMAGE_VANISHED] = "vanished"};
    return image ? states[image_shown(image, ref)] : NULL;
}

static void put_image(struct json_writer *w, const struct binding *b, size_t n,
                      size_t ref)
{
    const struct image_ref *reference = &b->articles[n]->images[ref];
    const struct image *image = b->book ? image_of(b->images, n, ref) : NULL;
    json_open_object(w, NULL);
    json_put_text(w, "url", reference->url);
    json_put_text(w, "alt", reference->alt);
    json_put_text(w, "result", result_of(image, reference));
    if (image && image->fault != IMAGE_OK)
        json_put_text(w, "reason", image_fault_text(image->fault));
    if (image)
        json_put_text(w, "format", image->format);
    if (image && image->state == IMAGE_SHOWN)
        put_image_files(w, image);
    json_close(w);
}

static void put_images(struct json_writer *w, const struct binding *b, size_t n)
{
    json_open_array(w, "images");
    for (size_t i = 0; i < b->articles[n]->image_count; i++)
        put_image(w, b, n, i);
    json_close(w);
}

void report_put_article(struct json_writer *w, const struct binding *b,
                        const struct report_messages *messages, size_t n)
{
    const struct article *a = b->articles[n];
    json_open_object(w, NULL);
    report_put_entry(w, a->entry, a->title);
    put_authors(w, &a->entry->authors);
    json_put_text(w, "language", a->language);
    json_put_text(w, "direction",
                  a->direction == DIRECTION_RTL ? "rtl" : "ltr");
    put_files(w, b, n);
    json_put_number(w, "words", a->word_count);
    put_rules(w, a);
    put_removals(w, "left_out", a, false);
    put_removals(w, "moved", a, true);
    put_enclosures(w, a->entry);
    put_comments(w, a->entry);
    put_embeds(w, a);
    put_links(w, b, a);
    put_images(w, b, n);
    report_put_messages(w, messages, n);
    json_close(w);
}
