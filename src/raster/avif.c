/* AVIF (AV1 Image File Format 1.1): one picture, or the first of a sequence. */
#include "raster/codec.h"

#include "base/mem.h"
#include "raster/format.h"

#include <avif/avif.h>

/* ---- header ---- */

/* A decoder that has read all but the pixels; NULL if the file is broken.
 * avifDecoderDestroy the result; `file` must stay. */
static avifDecoder *parse(struct str file)
{
    avifDecoder *d = avifDecoderCreate();
    if (!d)
        mem_exhausted();
    d->maxThreads = 1;
    d->ignoreExif = d->ignoreXMP = AVIF_TRUE;
    d->strictFlags = AVIF_STRICT_DISABLED; /* as browsers do */
    if (avifDecoderSetIOMemory(d, (const uint8_t *)file.p, file.n) ==
            AVIF_RESULT_OK &&
        avifDecoderParse(d) == AVIF_RESULT_OK)
        return d;
    avifDecoderDestroy(d);
    return NULL;
}

/* The part that is to be shown: the clean aperture, if there is a valid one
 * (MIAF, section 7.3.6.7). */
static avifCropRect crop_of(const avifImage *image)
{
    avifCropRect crop;
    avifDiagnostics ignored;
    if (image->transformFlags & AVIF_TRANSFORM_CLAP &&
        avifCropRectConvertCleanApertureBox(&crop, &image->clap, image->width,
                                            image->height, image->yuvFormat,
                                            &ignored))
        return crop;
    return (avifCropRect){0, 0, image->width, image->height};
}

/* Turned anticlockwise, then mirrored (MIAF, section 7.3.6.7), as one of Exif's
 * orientations. */
static unsigned orientation_of(const avifImage *image)
{
    enum { NONE, ROWS, COLUMNS };
    static const unsigned char exif[4][3] = {
        /* by quarter turns: not mirrored, rows exchanged, columns exchanged */
        {1, 4, 2},
        {8, 5, 7},
        {3, 2, 4},
        {6, 7, 5},
    };
    unsigned turns =
        image->transformFlags & AVIF_TRANSFORM_IROT ? image->irot.angle & 3 : 0;
    unsigned mirror = !(image->transformFlags & AVIF_TRANSFORM_IMIR) ? NONE
                      : image->imir.mode                             ? COLUMNS
                                                                     : ROWS;
    return exif[turns][mirror];
}

static bool header(struct str file, struct raster_header *out)
{
    avifDecoder *d = parse(file);
    if (!d)
        return false;
    avifCropRect crop = crop_of(d->image);
    *out = (struct raster_header){.width = crop.width,
                                  .height = crop.height,
                                  .orientation = orientation_of(d->image),
                                  .animated = d->imageCount > 1};
    avifDecoderDestroy(d);
    return out->width && out->height;
}

/* ---- pixels ---- */

/* Colours of any depth, to 8 bits. libyuv is quicker, but has other code for
 * other processors. */
static bool convert(const avifImage *image, avifRGBImage *rgb)
{
    avifRGBImageSetDefaults(rgb, image);
    rgb->depth = 8;
    rgb->format =
        image->alphaPlane ? AVIF_RGB_FORMAT_RGBA : AVIF_RGB_FORMAT_RGB;
    rgb->chromaUpsampling = AVIF_CHROMA_UPSAMPLING_BILINEAR;
    rgb->avoidLibYUV = AVIF_TRUE;
    avifRGBImageAllocatePixels(rgb);
    return avifImageYUVToRGB(image, rgb) == AVIF_RESULT_OK;
}

static struct bitmap cut_out(const avifRGBImage *rgb, avifCropRect crop)
{
    unsigned channels = avifRGBFormatChannelCount(rgb->format);
    struct bitmap b = bitmap_new(crop.width, crop.height, channels);
    for (unsigned y = 0; y < b.height; y++)
        memcpy(bitmap_row(&b, y),
               rgb->pixels + (size_t)(crop.y + y) * rgb->rowBytes +
                   (size_t)crop.x * channels,
               (size_t)b.width * channels);
    return b;
}

static struct reader *open_avif(struct str file, unsigned width,
                                unsigned height)
{
    (void)width;
    (void)height;
    struct reader *reader = NULL;
    avifRGBImage rgb = {0};
    avifDecoder *d = parse(file);
    if (!d)
        return NULL;
    if (avifDecoderNextImage(d) == AVIF_RESULT_OK && convert(d->image, &rgb)) {
        struct bitmap b = cut_out(&rgb, crop_of(d->image));
        reader = reader_of_bitmap(&b);
    }
    avifRGBImageFreePixels(&rgb);
    avifDecoderDestroy(d);
    return reader;
}

const struct codec codec_avif = {"AVIF", format_is_avif, header, open_avif};
