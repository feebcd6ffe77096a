#include "raster/jpeg_int.h"

#include "base/mem.h"
#include "raster/codec.h"
#include "raster/colour.h"
#include "raster/exif.h"

#include <stdlib.h>

#include <jerror.h>

enum { APP1 = JPEG_APP0 + 1, APP2 = JPEG_APP0 + 2, MARKER_MAX = 0xFFFF };

bool jpeg_sniff(struct str file)
{
    return str_starts(file, STR("\xFF\xD8\xFF"));
}

/* ---- header ---- */

static bool read_header(struct jpeg_decompress_struct *info, struct str file)
{
    jpeg_create_decompress(info);
    jpeg_mem_src(info, (const unsigned char *)file.p, file.n);
    jpeg_save_markers(info, APP1, MARKER_MAX);
    jpeg_save_markers(info, APP2, MARKER_MAX);
    return jpeg_read_header(info, TRUE) == JPEG_HEADER_OK;
}

/* The first Exif block's (Exif 2.32, section 4.7.2). */
static unsigned orientation_of(const struct jpeg_decompress_struct *info)
{
    for (jpeg_saved_marker_ptr m = info->marker_list; m; m = m->next) {
        struct str data = {(const char *)m->data, m->data_length};
        if (m->marker == APP1 && str_starts(data, STR("Exif\0\0")))
            return exif_orientation(data);
    }
    return 1;
}

/* Why libjpeg cannot read what other decoders can; NULL: it is broken. */
static const char *unsupported_kind(const struct jpeg_error_mgr *e)
{
    if (e->msg_code == JERR_SOF_UNSUPPORTED)
        return "lossless or hierarchical JPEG";
    if (e->msg_code == JERR_BAD_PRECISION && e->msg_parm.i[0] == 12)
        return "JPEG of 12 bits";
    return NULL;
}

static bool header(struct str file, struct raster_header *out)
{
    struct jpeg_decompress_struct info = {0};
    struct jpeg_trap trap;
    jpeg_trap_set(&trap);
    info.err = &trap.manager;
    *out = (struct raster_header){0};
    if (setjmp(trap.leave)) {
        jpeg_destroy_decompress(&info);
        out->unsupported = unsupported_kind(&trap.manager);
        return out->unsupported;
    }
    bool ok = read_header(&info, file);
    if (ok)
        *out = (struct raster_header){.width = info.image_width,
                                      .height = info.image_height,
                                      .orientation = orientation_of(&info)};
    jpeg_destroy_decompress(&info);
    return ok && out->width && out->height;
}

/* ---- decoding ---- */

struct jpeg_reader {
    struct reader base;
    struct jpeg_decompress_struct info;
    struct jpeg_trap trap;
    struct colour *colour; /* NULL: it is sRGB, or inks without a profile */
    unsigned char *stored; /* a row of other colours; NULL if it is sRGB */
};

/* Shrink while decoding, but never below what is asked for. */
static void choose_scale(struct jpeg_decompress_struct *info,
                         unsigned least_width, unsigned least_height)
{
    info->scale_num = 1;
    for (info->scale_denom = 8; info->scale_denom > 1; info->scale_denom /= 2)
        if (info->image_width / info->scale_denom >= least_width &&
            info->image_height / info->scale_denom >= least_height)
            break;
}

/* Adobe's programs store CMYK inverted, and say so by their marker. */
static void cmyk_to_rgb(const unsigned char *from, unsigned char *to,
                        unsigned width, bool inverted)
{
    for (unsigned x = 0; x < width; x++, from += 4)
        for (int c = 0; c < 3; c++) {
            unsigned ink = inverted ? from[c] : 255U - from[c];
            unsigned black = inverted ? from[3] : 255U - from[3];
            *to++ = (unsigned char)((ink * black + 127) / 255);
        }
}

static void set_output(struct jpeg_decompress_struct *info)
{
    info->dct_method = JDCT_ISLOW;
    info->out_color_space = info->num_components == 1   ? JCS_GRAYSCALE
                            : info->num_components == 4 ? JCS_CMYK
                                                        : JCS_RGB;
}

/* Are the next row's data there? Where there are several scans, all but the
 * first only refine it. */
static bool is_there(struct jpeg_reader *j)
{
    unsigned rows =
        (unsigned)(j->info.max_v_samp_factor * j->info.min_DCT_scaled_size);
    if (!j->trap.ran_out)
        return true;
    j->base.cut = true;
    return j->trap.scan > 1 || j->base.y / rows < j->trap.row;
}

/* libjpeg leaves by longjmp, and must not jump over its callers' work: so
 * each call has a place of its own to land. */
static bool read_samples(struct jpeg_reader *j, JSAMPROW to)
{
    if (setjmp(j->trap.leave))
        return false;
    return jpeg_read_scanlines(&j->info, &to, 1) == 1;
}

/* What follows the pixels is not looked at. */
static bool row(struct reader *r, unsigned char *to)
{
    struct jpeg_reader *j = (struct jpeg_reader *)r;
    if (!read_samples(j, j->stored ? j->stored : to) || !is_there(j))
        return false;
    if (j->colour)
        colour_row(j->colour, j->stored, to, r->width);
    else if (j->stored)
        cmyk_to_rgb(j->stored, to, r->width, j->info.saw_Adobe_marker);
    return true;
}

static void close_jpeg(struct reader *r)
{
    struct jpeg_reader *j = (struct jpeg_reader *)r;
    jpeg_destroy_decompress(&j->info);
    colour_free(j->colour);
    free(j->stored);
    free(j);
}

static bool start(struct jpeg_reader *j, struct str file, unsigned width,
                  unsigned height)
{
    if (setjmp(j->trap.leave) || !read_header(&j->info, file))
        return false;
    choose_scale(&j->info, 2 * width, 2 * height);
    set_output(&j->info);
    /* What is shrunk to half and less shows nothing of smoothed colours. */
    if (j->info.image_width / j->info.scale_denom >= 2 * width &&
        j->info.image_height / j->info.scale_denom >= 2 * height)
        j->info.do_fancy_upsampling = FALSE;
    jpeg_start_decompress(&j->info);
    return true;
}

/* The profile lies in pieces, in several markers (ICC.1:2010, annex B.4). */
static void use_profile(struct jpeg_reader *j)
{
    unsigned colours = (unsigned)j->info.num_components;
    const struct samples from = {.colours = colours,
                                 .inverted =
                                     colours == 4 && j->info.saw_Adobe_marker};
    JOCTET *profile = NULL;
    unsigned length = 0;
    if (!setjmp(j->trap.leave) &&
        jpeg_read_icc_profile(&j->info, &profile, &length))
        j->colour = colour_of_profile(
            (struct str){(const char *)profile, length}, &from);
    free(profile);
}

/* What every reader knows; red, green and blue as they are take some for
 * something else. */
static bool is_common(const struct jpeg_decompress_struct *info)
{
    return info->jpeg_color_space == JCS_GRAYSCALE ||
           info->jpeg_color_space == JCS_YCbCr;
}

static struct reader *open_jpeg(struct str file, unsigned width,
                                unsigned height)
{
    struct jpeg_reader *j = mem_alloc(sizeof *j);
    jpeg_trap_set(&j->trap);
    j->info.err = &j->trap.manager;
    if (!start(j, file, width, height)) {
        close_jpeg(&j->base);
        return NULL;
    }
    use_profile(j);
    bool cmyk = j->info.out_color_space == JCS_CMYK;
    j->base = (struct reader){.width = j->info.output_width,
                              .height = j->info.output_height,
                              .channels = j->info.num_components == 1 ? 1 : 3,
                              .plain = !j->colour && is_common(&j->info),
                              .row = row,
                              .close = close_jpeg};
    if (cmyk || j->colour)
        j->stored = mem_alloc((size_t)j->info.output_width *
                              (unsigned)j->info.num_components);
    return &j->base;
}

const struct codec codec_jpeg = {.name = "JPEG",
                                 .sniff = jpeg_sniff,
                                 .header = header,
                                 .open = open_jpeg,
                                 .keep = jpeg_keep};
