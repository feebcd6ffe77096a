#include "budget.h"

enum {
    ROUNDS = 4,
    NAME_SLACK = 4, /* bytes by which a name, when it changes, may be better or
                       worse to compress, wherever it stands */
};

static uint64_t measure(const struct budget *b, struct diag *diag)
{
    return epub_measure(b->book, b->images, &b->options->epub, b->spool,
                        b->pool, diag);
}

/* What is left for pictures beside everything else; 0: nothing. */
static uint64_t room_for_pictures(const struct budget *b, uint64_t size)
{
    const struct image_file *const *files;
    uint64_t rest = size - image_bytes(b->images) +
                    NAME_SLACK * image_files(b->images, &files);
    return b->options->budget > rest ? b->options->budget - rest : 0;
}

static const char *size_text(struct arena *a, uint64_t bytes)
{
    return bytes < 1000000 ? arena_printf(a, "%.1f kB", (double)bytes / 1e3)
                           : arena_printf(a, "%.2f MB", (double)bytes / 1e6);
}

static void tell_excess(const struct budget *b, uint64_t size,
                        struct diag *diag)
{
    struct arena *a = arena_new();
    uint64_t pictures = image_bytes(b->images);
    diag_add(diag, DIAG_WARNING, (struct diag_place){0},
             "the book is larger than --fit allows, with its pictures as small "
             "as they get; a smaller --size, --no-images, --split or "
             "fewer feeds would help",
             "%s instead of %s, %s of it pictures", size_text(a, size),
             size_text(a, b->options->budget), size_text(a, pictures));
    arena_free(a);
}

static void tell_fit(const struct fit *fit, uint64_t size, struct diag *diag)
{
    struct arena *a = arena_new();
    diag_add(diag, DIAG_NOTE, (struct diag_place){0},
             "pictures were made smaller for --fit",
             "quality %u, %ux%u; the book has %s", fit->quality, fit->width,
             fit->height, size_text(a, size));
    arena_free(a);
}

bool budget_meet(const struct budget *b, struct diag *diag)
{
    struct fit fit = b->options->image.fit;
    uint64_t size = measure(b, diag), before = 0;
    int rounds = 0;
    for (; size > b->options->budget && rounds < ROUNDS && size != before;
         rounds++) {
        before = size;
        fit = image_shrink(b->images, &b->options->image,
                           room_for_pictures(b, size), b->spool, b->pool);
        size = measure(b, diag);
    }
    if (size > b->options->budget)
        tell_excess(b, size, diag);
    else if (rounds)
        tell_fit(&fit, size, diag);
    return size > 0;
}
