/* Fuzz entry: any bytes are read as a picture. A reader gives rows of the size
 * and the channels that it says. */
#include "raster/codec.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PIXELS_MAX = 1 << 20 }; /* time is for files, not for their pixels */

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    return 0;
}

static void check(const struct raster_header *h, const struct bitmap *b)
{
    if (!b->width || !b->height || !b->channels || b->channels > 4 ||
        (!h->scalable && (b->width > h->width || b->height > h->height)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str file = {(const char *)data, size};
    const struct codec *codec = codec_find(file, NULL);
    struct raster_header h;
    struct bitmap b;
    if (!codec)
        codec = codec_find_drawn(file);
    if (!codec || !codec->header(file, &h) || h.unsupported)
        return 0;
    if (!h.width || !h.height || h.orientation < 1 || h.orientation > 8)
        abort();
    if ((uint64_t)h.width * h.height <= PIXELS_MAX &&
        codec_read(codec, file, h.width, h.height, &b)) {
        check(&h, &b);
        bitmap_free(&b);
    }
    struct buf kept = buf_make(BUF_BODY);
    if (codec->keep && codec->keep(file, &kept) &&
        !codec->header(buf_view(&kept), &h))
        abort();
    buf_free(&kept);
    return 0;
}
