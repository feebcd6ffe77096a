#include "raster/codec.h"

#include "base/mem.h"
#include "raster/format.h"

static const struct codec *const codecs[] = {
    &codec_png, &codec_jpeg, &codec_gif, &codec_webp, &codec_bmp, &codec_ico};

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
    const struct format *unread = format_find(file);
    if (unread)
        *name = unread->name;
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
