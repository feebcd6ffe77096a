/* AVIF (AV1 Image File Format 1.1): one picture, or the first of a sequence. */
#include "raster/codec.h"

#include "base/mem.h"
#include "raster/colour.h"
#include "raster/format.h"

#include <avif/avif.h>
#include <stdlib.h>

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

/* Rows that are converted at once. The colours of some formats have half as
 * many rows as the picture, and are smoothed over their neighbours: so some
 * rows more are converted than are taken. */
enum { STRIP = 64, MARGIN = 2 };

struct avif_reader {
    struct reader base;
    avifDecoder *decoder; /* owns the pixels as they are coded */
    avifCropRect crop;
    struct colour *colour;   /* NULL: it is sRGB */
    avifImage *view;         /* a strip of them */
    unsigned char *pixels;   /* the strip, converted */
    unsigned row;            /* of the picture: the next to be taken … */
    unsigned strip_row, end; /* … the first in the strip, the end of those
                                that can be taken from it */
};

/* The power that makes values light, for the transfers that have about one
 * (ITU-T H.273, table 3); those for high dynamic range have none, and are shown
 * as they are. */
static double gamma_of(avifTransferCharacteristics transfer)
{
    switch (transfer) {
    case AVIF_TRANSFER_CHARACTERISTICS_LINEAR:
        return 1;
    case AVIF_TRANSFER_CHARACTERISTICS_BT470BG:
        return 2.8;
    case AVIF_TRANSFER_CHARACTERISTICS_SMPTE2084:
    case AVIF_TRANSFER_CHARACTERISTICS_HLG:
        return 0;
    default:
        return 2.2;
    }
}

/* By its profile, else by what its code points mean (H.273, table 2). */
static struct colour *colour_of(const avifImage *image)
{
    const struct samples samples = {.colours = 3, .alpha = image->alphaPlane};
    const struct str icc = {(const char *)image->icc.data, image->icc.size};
    double gamma = gamma_of(image->transferCharacteristics), xy[8];
    float values[8]; /* red, green, blue, white */
    if (icc.n)
        return colour_of_profile(icc, &samples);
    if (gamma == 0 || image->colorPrimaries <= AVIF_COLOR_PRIMARIES_UNSPECIFIED)
        return gamma == 0 ? NULL : colour_of_gamma(gamma, NULL, &samples);
    avifColorPrimariesGetValues(image->colorPrimaries, values);
    for (int i = 0; i < 8; i++)
        xy[(i + 2) % 8] = (double)values[i];
    return colour_of_gamma(gamma, xy, &samples);
}

/* Colours of any depth, to 8 bits. libyuv is quicker, but has other code for
 * other processors. */
static bool convert(const struct avif_reader *r)
{
    avifRGBImage rgb;
    avifRGBImageSetDefaults(&rgb, r->view);
    rgb.depth = 8;
    rgb.format =
        r->base.channels == 4 ? AVIF_RGB_FORMAT_RGBA : AVIF_RGB_FORMAT_RGB;
    rgb.chromaUpsampling = AVIF_CHROMA_UPSAMPLING_BILINEAR;
    rgb.avoidLibYUV = AVIF_TRUE;
    rgb.pixels = r->pixels;
    rgb.rowBytes = r->view->width * r->base.channels;
    return avifImageYUVToRGB(r->view, &rgb) == AVIF_RESULT_OK;
}

/* Convert the strip that the next row is in. */
static bool next_strip(struct avif_reader *r)
{
    const avifImage *image = r->decoder->image;
    unsigned even = r->row & ~1U;
    r->strip_row = even < MARGIN ? 0 : even - MARGIN;
    unsigned height = image->height - r->strip_row;
    bool last = height <= STRIP;
    const avifCropRect part = {0, r->strip_row, image->width,
                               last ? height : STRIP};
    r->end = r->strip_row + part.height - (last ? 0 : MARGIN);
    return avifImageSetViewRect(r->view, image, &part) == AVIF_RESULT_OK &&
           convert(r);
}

static bool row(struct reader *reader, unsigned char *to)
{
    struct avif_reader *r = (struct avif_reader *)reader;
    if (r->row >= r->end && !next_strip(r))
        return false;
    size_t stride = (size_t)r->decoder->image->width * reader->channels;
    const unsigned char *from = r->pixels + (r->row++ - r->strip_row) * stride +
                                (size_t)r->crop.x * reader->channels;
    if (r->colour)
        colour_row(r->colour, from, to, reader->width);
    else
        memcpy(to, from, (size_t)reader->width * reader->channels);
    return true;
}

static void close_avif(struct reader *reader)
{
    struct avif_reader *r = (struct avif_reader *)reader;
    colour_free(r->colour);
    avifImageDestroy(r->view);
    avifDecoderDestroy(r->decoder);
    free(r->pixels);
    free(r);
}

static struct reader *open_avif(struct str file, unsigned width,
                                unsigned height)
{
    (void)width;
    (void)height;
    avifDecoder *d = parse(file);
    if (!d || avifDecoderNextImage(d) != AVIF_RESULT_OK) {
        if (d)
            avifDecoderDestroy(d);
        return NULL;
    }
    struct avif_reader *r = mem_alloc(sizeof *r);
    avifCropRect crop = crop_of(d->image);
    *r = (struct avif_reader){.base = {.width = crop.width,
                                       .height = crop.height,
                                       .channels = d->image->alphaPlane ? 4 : 3,
                                       .row = row,
                                       .close = close_avif},
                              .decoder = d,
                              .crop = crop,
                              .colour = colour_of(d->image),
                              .view = avifImageCreateEmpty(),
                              .row = crop.y};
    r->pixels = mem_alloc((size_t)STRIP * d->image->width * r->base.channels);
    if (!r->view)
        mem_exhausted();
    return &r->base;
}

const struct codec codec_avif = {.name = "AVIF",
                                 .sniff = format_is_avif,
                                 .header = header,
                                 .open = open_avif};
