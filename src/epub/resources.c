/* One list of files feeds the manifest, the spine and the archive. */
#include "epub/epub_int.h"

#include <stdlib.h>

typedef VEC(struct resource) resource_list;

#define XHTML "application/xhtml+xml"

/* The front of the archive, in its order. Pages that are in the spine are
 * listed again by resources_list. */
static const struct resource front[] = {
    {.name = "META-INF/container.xml",
     .type = "application/xml",
     .page = TEMPLATE_CONTAINER},
    {.name = "package.opf",
     .type = "application/oebps-package+xml",
     .page = TEMPLATE_PACKAGE},
    {.id = "ncx",
     .name = "toc.ncx",
     .type = "application/x-dtbncx+xml",
     .page = TEMPLATE_NCX},
    {.id = "nav",
     .name = "nav.xhtml",
     .type = XHTML,
     .properties = "nav",
     .page = TEMPLATE_NAV},
    {.id = "css", .name = "book.css", .type = "text/css", .page = TEMPLATE_CSS},
};

static void add_page(resource_list *list, const char *id, const char *name,
                     enum template_id page)
{
    vec_push(list, ((struct resource){.id = id,
                                      .name = name,
                                      .type = XHTML,
                                      .spine = true,
                                      .page = page}));
}

static void add_file(resource_list *list, const char *id, const char *name,
                     const char *type, struct span data)
{
    vec_push(list, ((struct resource){.id = id,
                                      .name = name,
                                      .type = type,
                                      .kind = RESOURCE_FILE,
                                      .data = data}));
}

/* What the manifest must say of a part, no more and no less (EPUB 3.3,
 * appendix D.4.2). */
static const char *part_properties(const struct part *p)
{
    static const char *const properties[2][2] = {{NULL, "svg"},
                                                 {"mathml", "mathml svg"}};
    return properties[p->has_math][p->has_svg];
}

static void add_chapters(struct epub *e, resource_list *list)
{
    for (size_t i = 0; i < e->book->chapter_count; i++) {
        const struct chapter *c = &e->book->chapters[i];
        for (size_t k = 0; k < c->article->part_count; k++) {
            size_t stem = strlen(c->files[k]) - strlen(".xhtml");
            vec_push(
                list,
                ((struct resource){
                    .id = arena_str(e->arena, (struct str){c->files[k], stem}),
                    .name = c->files[k],
                    .type = XHTML,
                    .properties = part_properties(&c->article->parts[k]),
                    .spine = true,
                    .kind = RESOURCE_CHAPTER,
                    .chapter = c,
                    .part = k}));
        }
    }
}

static void add_images(struct epub *e, resource_list *list)
{
    const struct image_file *const *images;
    size_t count = image_files(e->images, &images);
    for (size_t i = 0; i < count; i++) {
        const char *name = images[i]->name;
        const char *id = arena_str(
            e->arena, str_sub(str_of(name), 0, str_chr(str_of(name), '.')));
        add_file(list, id, name, images[i]->media_type, images[i]->data);
    }
}

/* The reading order: nav stands after the title page. */
static void set_spine(struct epub *e)
{
    size_t nav = 0, n = 0;
    e->spine =
        arena_alloc(e->arena, (e->resource_count + 1) * sizeof *e->spine);
    for (size_t i = 0; i < e->resource_count; i++)
        if (e->resources[i].kind == RESOURCE_PAGE &&
            e->resources[i].page == TEMPLATE_NAV)
            nav = i;
    for (size_t i = 0; i < e->resource_count; i++) {
        if (!e->resources[i].spine)
            continue;
        e->spine[n++] = i;
        if (e->resources[i].kind == RESOURCE_PAGE &&
            e->resources[i].page == TEMPLATE_TITLE)
            e->spine[n++] = nav;
    }
    e->spine_count = n;
}

void resources_list(struct epub *e, struct span user_css)
{
    resource_list list = {0};
    const struct image_file *cover = &e->book->cover;
    for (size_t i = 0; i < ARRAY_LEN(front); i++)
        vec_push(&list, front[i]);
    if (user_css.n)
        add_file(&list, "user-css", "user.css", "text/css", user_css);
    if (cover->name) {
        add_file(&list, "cover-image", cover->name, cover->media_type,
                 cover->data);
        list.items[list.len - 1].properties = "cover-image";
        add_page(&list, "cover", "cover.xhtml", TEMPLATE_COVER);
    }
    add_page(&list, "title", "title.xhtml", TEMPLATE_TITLE);
    add_chapters(e, &list);
    add_page(&list, "sources", "sources.xhtml", TEMPLATE_SOURCES);
    add_images(e, &list);
    e->user_css = user_css.n > 0;
    e->resources =
        arena_copy(e->arena, list.items, list.len, sizeof *list.items);
    e->resource_count = list.len;
    free(list.items);
    set_spine(e);
}
