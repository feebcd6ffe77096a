/* Which faces drawings' text is set in: a configuration of fontconfig's that
 * knows of nothing else. */
#include "raster/codec.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"

#include <fontconfig/fontconfig.h>

/* See fonts/faces.txt. For what the first lack the last are asked. */
static const char *const faces[] = {
    "LiberationSans-Regular.ttf",
    "LiberationSans-Bold.ttf",
    "LiberationSans-Italic.ttf",
    "LiberationSans-BoldItalic.ttf",
    "LiberationSerif-Regular.ttf",
    "LiberationSerif-Bold.ttf",
    "LiberationSerif-Italic.ttf",
    "LiberationSerif-BoldItalic.ttf",
    "LiberationMono-Regular.ttf",
    "LiberationMono-Bold.ttf",
    "DejaVuSans.ttf",
    "DroidSansFallbackFull.ttf",
};

/* Liberation's faces are as wide as those that most drawings were made with,
 * letter by letter, so labels fit where they were put. */
static const struct {
    const char *asked, *family;
} families[] = {
    {"sans-serif", "Liberation Sans"},
    {"system-ui", "Liberation Sans"},
    {"Arial", "Liberation Sans"},
    {"Helvetica", "Liberation Sans"},
    {"Helvetica Neue", "Liberation Sans"},
    {"Verdana", "DejaVu Sans"},
    {"serif", "Liberation Serif"},
    {"Times", "Liberation Serif"},
    {"Times New Roman", "Liberation Serif"},
    {"Georgia", "Liberation Serif"},
    {"monospace", "Liberation Mono"},
    {"Courier", "Liberation Mono"},
    {"Courier New", "Liberation Mono"},
    {"Consolas", "Liberation Mono"},
    {"Menlo", "Liberation Mono"},
    {"Monaco", "Liberation Mono"},
};

static void describe(struct buf *out)
{
    buf_puts(out, "<fontconfig>");
    for (size_t i = 0; i < ARRAY_LEN(families); i++)
        buf_printf(out,
                   "<alias binding=\"same\"><family>%s</family>"
                   "<prefer><family>%s</family></prefer></alias>",
                   families[i].asked, families[i].family);
    buf_puts(out, "<match><edit name=\"family\" mode=\"append_last\">"
                  "<string>Liberation Sans</string></edit></match>"
                  "</fontconfig>");
}

/* Face by face: a folder would be looked up in fontconfig's caches. */
void svg_use_faces(const char *folder)
{
    struct arena *a = arena_new();
    struct buf rules = buf_make(BUF_LINE);
    FcConfig *config = FcConfigCreate();
    if (!config)
        mem_exhausted();
    describe(&rules);
    FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)rules.data,
                                   FcFalse);
    for (size_t i = 0; i < ARRAY_LEN(faces); i++)
        FcConfigAppFontAddFile(config,
                               (const FcChar8 *)file_join(a, folder, faces[i]));
    FcConfigSetCurrent(config);
    FcConfigDestroy(config);
    buf_free(&rules);
    arena_free(a);
}
