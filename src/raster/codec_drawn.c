#include "raster/codec.h"

static const struct codec *const codecs[] = {
#if FEEDBIND_SVG
    &codec_svg,
#endif
#if FEEDBIND_AVIF
    &codec_avif,
#endif
    NULL};

const struct codec *codec_find_drawn(struct str file)
{
    size_t i = 0;
    while (codecs[i] && !codecs[i]->sniff(file))
        i++;
    return codecs[i];
}
