/* The templates are built in, byte for byte; `make` looks for them in
 * templates/. */
#include "epub/epub_int.h"

#include "base/file.h"

#include <errno.h>

/* The assembler puts a file's bytes between two labels. */
#define EMBED(name, file)                                                      \
    __asm__(".section .rodata\n"                                               \
            ".global template_" #name "\n"                                     \
            "template_" #name ":\n"                                            \
            ".incbin \"templates/" file "\"\n"                                 \
            ".global template_" #name "_end\n"                                 \
            "template_" #name "_end:\n"                                        \
            ".byte 0\n"                                                        \
            ".previous\n");                                                    \
    extern const char template_##name[], template_##name##_end[];

EMBED(container, "container.xml")
EMBED(package, "package.opf")
EMBED(ncx, "toc.ncx")
EMBED(nav, "nav.xhtml")
EMBED(css, "book.css")
EMBED(cover, "cover.xhtml")
EMBED(title, "title.xhtml")
EMBED(chapter, "chapter.xhtml")
EMBED(sources, "sources.xhtml")
EMBED(styles, "styles.part")
EMBED(nav_entry, "nav-entry.part")
EMBED(ncx_entry, "ncx-entry.part")

static const struct {
    const char *file, *start, *end;
} built_in[TEMPLATE_COUNT] = {
    [TEMPLATE_CONTAINER] = {"container.xml", template_container,
                            template_container_end},
    [TEMPLATE_PACKAGE] = {"package.opf", template_package,
                          template_package_end},
    [TEMPLATE_NCX] = {"toc.ncx", template_ncx, template_ncx_end},
    [TEMPLATE_NAV] = {"nav.xhtml", template_nav, template_nav_end},
    [TEMPLATE_CSS] = {"book.css", template_css, template_css_end},
    [TEMPLATE_COVER] = {"cover.xhtml", template_cover, template_cover_end},
    [TEMPLATE_TITLE] = {"title.xhtml", template_title, template_title_end},
    [TEMPLATE_CHAPTER] = {"chapter.xhtml", template_chapter,
                          template_chapter_end},
    [TEMPLATE_SOURCES] = {"sources.xhtml", template_sources,
                          template_sources_end},
    [TEMPLATE_STYLES] = {"styles.part", template_styles, template_styles_end},
    [TEMPLATE_NAV_ENTRY] = {"nav-entry.part", template_nav_entry,
                            template_nav_entry_end},
    [TEMPLATE_NCX_ENTRY] = {"ncx-entry.part", template_ncx_entry,
                            template_ncx_entry_end},
};

/* The folder's template of this name, else the one built in. */
static bool load_text(struct arena *a, const char *folder, size_t id,
                      struct str *text, struct diag *diag)
{
    *text = (struct str){built_in[id].start,
                         (size_t)(built_in[id].end - built_in[id].start)};
    if (!folder)
        return true;
    const char *path = file_join(a, folder, built_in[id].file);
    struct buf file = buf_make(BUF_BODY);
    bool ok = file_read(path, &file);
    int error = errno;
    if (ok)
        *text = arena_view(a, buf_view(&file));
    else if (error != ENOENT)
        diag_add(diag, DIAG_ERROR, (struct diag_place){.file = path},
                 "the template cannot be read", "%s", strerror(error));
    buf_free(&file);
    return ok || error == ENOENT;
}

bool templates_load(struct template_set *set, const char *folder,
                    struct arena *a, struct diag *diag)
{
    for (size_t i = 0; i < TEMPLATE_COUNT; i++) {
        struct str text;
        const char *error;
        if (!load_text(a, folder, i, &text, diag))
            return false;
        set->items[i] = template_make(a, text, &error);
        if (!set->items[i]) {
            diag_add(diag, DIAG_ERROR,
                     (struct diag_place){.file = built_in[i].file},
                     "is no template", "%s", error);
            return false;
        }
    }
    return true;
}
