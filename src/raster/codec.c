#include "raster/codec.h"

#include "base/mem.h"

static const struct codec *const codecs[] = {
    &codec_png, &codec_jpeg, &codec_gif, &codec_webp, &codec_bmp, &codec_ico};

/* Formats that are told apart but not decoded. */
static const struct {
    struct str magic;
    size_t at; /* where the magic stands */
    const char *name;
} others[] = {
    {{"ftypavif", 8}, 4, "AVIF"},    {{"ftypavis", 8}, 4, "AVIF"},
    {{"ftypheic", 8}, 4, "HEIC"},    {{"ftypmif1", 8}, 4, "HEIF"},
    {{"II*\0", 4}, 0, "TIFF"},       {{"MM\0*", 4}, 0, "TIFF"},
    {{"\xFF\x0A", 2}, 0, "JPEG XL"},
};

/* An svg element, after a declaration, comments and white space. */
static bool is_svg(struct str file)
{
    struct str head = str_sub(file, 0, 1024);
    return str_starts(str_trim(head), STR("<")) &&
           str_find(head, STR("<svg")) < head.n &&
           str_find_nocase(head, STR("<html")) == head.n;
}

const struct codec *codec_find(struct str file, const char **name)
{
    const char *ignored;
    if (!name)
        name = &ignored;
    *name = NULL;
    for (size_t i = 0; i < ARRAY_LEN(codecs); i++)
        if (codecs[i]->sniff(file)) {
            *name = codecs[i]->name;
            return codecs[i];
        }
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (str_starts(str_sub(file, others[i].at, file.n), others[i].magic))
            *name = others[i].name;
    if (!*name && is_svg(file))
        *name = "SVG";
    return NULL;
}

bool codec_read(const struct codec *codec, struct str file, unsigned width,
                unsigned height, struct bitmap *out)
{
    struct reader *r = codec->open(file, width, height);
    bool ok = r && reader_read(r, out);
    reader_close(r);
    return ok;
}
