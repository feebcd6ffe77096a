#include "raster/codec.h"

#include "base/mem.h"
#include "raster/colour.h"
#include "raster/exif.h"

#include <stdlib.h>

#include <webp/decode.h>
#include <webp/demux.h>

/* How far an animation is searched for a frame that shows something. */
enum { FRAMES_MAX = 1000, PIXELS_MAX = 1 << 28 };

static bool sniff(struct str file)
{
    return str_starts(file, STR("RIFF")) &&
           str_starts(str_sub(file, 8, file.n), STR("WEBPVP"));
}

/* A file that is cut off opens too: what it has of frames is looked at. */
static WebPDemuxer *open_file(struct str file)
{
    const WebPData data = {(const uint8_t *)file.p, file.n};
    return WebPDemuxPartial(&data, NULL);
}

static unsigned orientation(const WebPDemuxer *d)
{
    WebPChunkIterator i;
    unsigned out = 1;
    if (WebPDemuxGetChunk(d, "EXIF", 1, &i))
        out = exif_orientation(
            (struct str){(const char *)i.chunk.bytes, i.chunk.size});
    WebPDemuxReleaseChunkIterator(&i);
    return out;
}

static bool header(struct str file, struct raster_header *out)
{
    WebPDemuxer *d = open_file(file);
    if (!d)
        return false;
    *out = (struct raster_header){
        .width = WebPDemuxGetI(d, WEBP_FF_CANVAS_WIDTH),
        .height = WebPDemuxGetI(d, WEBP_FF_CANVAS_HEIGHT),
        .orientation = orientation(d),
        .animated = WebPDemuxGetI(d, WEBP_FF_FRAME_COUNT) > 1};
    WebPDemuxDelete(d);
    return out->width && out->height;
}

/* Decode a frame to its place in the picture. The demuxer has seen to it that
 * there is room for it. Returns how many of its rows there are in the file. */
static unsigned decode(const WebPIterator *frame, const struct bitmap *b)
{
    size_t stride = (size_t)b->width * b->channels;
    size_t at = (size_t)frame->y_offset * stride +
                (size_t)frame->x_offset * b->channels;
    WebPIDecoder *d =
        WebPINewRGB(b->channels == 4 ? MODE_RGBA : MODE_RGB, b->pixels + at,
                    b->height * stride - at, (int)stride);
    int rows = 0;
    if (!d)
        return 0;
    WebPIUpdate(d, frame->fragment.bytes, frame->fragment.size);
    if (!WebPIDecGetRGB(d, &rows, NULL, NULL, NULL))
        rows = 0;
    WebPIDelete(d);
    return (unsigned)rows;
}

static bool shows(const struct bitmap *b)
{
    size_t count = (size_t)b->width * b->height;
    if (b->channels == 3)
        return true;
    for (size_t i = 0; i < count; i++)
        if (b->pixels[4 * i + 3])
            return true;
    return false;
}

/* The first frame that shows something, on a transparent picture. What comes
 * before it shows nothing, so however it is disposed of, the picture is
 * still empty. *rows of the picture are there; false if none is. */
static bool find_frame(WebPIterator *frame, struct bitmap *b, unsigned *rows)
{
    uint64_t pixels = 0;
    bool whole = true, more = true;
    while (more && whole) {
        pixels += (uint64_t)frame->width * (uint64_t)frame->height;
        if (pixels > PIXELS_MAX)
            return false;
        *rows = decode(frame, b);
        whole = frame->complete && *rows == (unsigned)frame->height;
        more = !shows(b) && frame->frame_num < FRAMES_MAX &&
               WebPDemuxNextFrame(frame);
    }
    *rows = whole ? b->height : *rows + (unsigned)frame->y_offset;
    return whole || shows(b);
}

static bool read_file(WebPDemuxer *d, struct bitmap *b, unsigned *rows)
{
    unsigned width = WebPDemuxGetI(d, WEBP_FF_CANVAS_WIDTH);
    unsigned height = WebPDemuxGetI(d, WEBP_FF_CANVAS_HEIGHT);
    WebPIterator frame;
    bool ok = WebPDemuxGetFrame(d, 1, &frame);
    if (ok) {
        bool opaque = !frame.has_alpha && (unsigned)frame.width == width &&
                      (unsigned)frame.height == height;
        *b = bitmap_new(width, height, opaque ? 3 : 4);
        ok = find_frame(&frame, b, rows);
    }
    WebPDemuxReleaseIterator(&frame);
    return ok;
}

/* Colours as the file's own profile means them become those of sRGB. */
static void follow_profile(const WebPDemuxer *d, const struct bitmap *b)
{
    WebPChunkIterator i;
    struct samples samples = {.colours = 3, .alpha = b->channels == 4};
    size_t stride = (size_t)b->width * b->channels;
    struct colour *colour = NULL;
    if (WebPDemuxGetChunk(d, "ICCP", 1, &i))
        colour = colour_of_profile(
            (struct str){(const char *)i.chunk.bytes, i.chunk.size}, &samples);
    WebPDemuxReleaseChunkIterator(&i);
    if (!colour)
        return;
    unsigned char *row = mem_alloc(stride);
    for (unsigned y = 0; y < b->height; y++) {
        colour_row(colour, bitmap_row(b, y), row, b->width);
        memcpy(bitmap_row(b, y), row, stride);
    }
    free(row);
    colour_free(colour);
}

static struct reader *open_webp(struct str file, unsigned width,
                                unsigned height)
{
    struct bitmap b = {0};
    unsigned rows;
    WebPDemuxer *d = open_file(file);
    (void)width;
    (void)height;
    bool ok = d && read_file(d, &b, &rows);
    if (ok)
        follow_profile(d, &b);
    struct reader *r = ok ? reader_of_rows(&b, rows) : NULL;
    WebPDemuxDelete(d);
    bitmap_free(&b);
    return r;
}

const struct codec codec_webp = {
    .name = "WebP", .sniff = sniff, .header = header, .open = open_webp};
