#include "raster/codec.h"

#include "base/mem.h"
#include "raster/bytes.h"
#include "raster/exif.h"

/* jpeglib.h needs these first */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jerror.h>
#include <jpeglib.h>

enum { APP1 = JPEG_APP0 + 1, APP2 = JPEG_APP0 + 2, MARKER_MAX = 0xFFFF };

/* libjpeg's error handler, and where it leaves to. */
struct trap {
    struct jpeg_error_mgr manager;
    jmp_buf leave;
    bool cut_off;
};

static void on_error(j_common_ptr info)
{
    longjmp(((struct trap *)info->err)->leave, 1);
}

/* Most warnings do not matter to the eye; missing data does. */
static void on_message(j_common_ptr info, int level)
{
    int code = info->err->msg_code;
    if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER))
        ((struct trap *)info->err)->cut_off = true;
}

static void on_output(j_common_ptr info)
{
    (void)info;
}

static void set_trap(struct trap *t)
{
    *t = (struct trap){0};
    jpeg_std_error(&t->manager);
    t->manager.error_exit = on_error;
    t->manager.emit_message = on_message;
    t->manager.output_message = on_output;
}

static bool sniff(struct str file)
{
    return str_starts(file, STR("\xFF\xD8\xFF"));
}

/* ---- header ---- */

static void describe(const struct jpeg_decompress_struct *info,
                     struct raster_header *out)
{
    bool profile = false;
    *out = (struct raster_header){.width = info->image_width,
                                  .height = info->image_height,
                                  .orientation = 1};
    for (jpeg_saved_marker_ptr m = info->marker_list; m; m = m->next) {
        if (m->marker == APP1 && out->orientation == 1)
            out->orientation = exif_orientation(
                (struct str){(const char *)m->data, m->data_length});
        profile |= m->marker == APP2;
    }
    bool colours = info->num_components == 1 || info->num_components == 3;
    out->plain = colours && !info->progressive_mode && !info->arith_code &&
                 info->data_precision == 8 && out->orientation == 1 && !profile;
}

static bool read_header(struct jpeg_decompress_struct *info, struct str file)
{
    jpeg_create_decompress(info);
    jpeg_mem_src(info, (const unsigned char *)file.p, file.n);
    jpeg_save_markers(info, APP1, MARKER_MAX);
    jpeg_save_markers(info, APP2, 16);
    return jpeg_read_header(info, TRUE) == JPEG_HEADER_OK;
}

static bool header(struct str file, struct raster_header *out)
{
    struct jpeg_decompress_struct info = {0};
    struct trap trap;
    set_trap(&trap);
    info.err = &trap.manager;
    if (setjmp(trap.leave)) {
        jpeg_destroy_decompress(&info);
        return false;
    }
    bool ok = read_header(&info, file);
    if (ok)
        describe(&info, out);
    jpeg_destroy_decompress(&info);
    return ok && out->width && out->height;
}

/* ---- decoding ---- */

struct jpeg_reader {
    struct reader base;
    struct jpeg_decompress_struct info;
    struct trap trap;
    unsigned char *inks; /* a row of CMYK; NULL for other files */
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

/* libjpeg leaves by longjmp, and must not jump over its callers' work: so
 * each call has a place of its own to land. */
static bool row(struct reader *r, unsigned char *to)
{
    struct jpeg_reader *j = (struct jpeg_reader *)r;
    JSAMPROW target = j->inks ? j->inks : to;
    if (setjmp(j->trap.leave))
        return false;
    jpeg_read_scanlines(&j->info, &target, 1);
    if (j->inks)
        cmyk_to_rgb(j->inks, to, r->width, j->info.saw_Adobe_marker);
    if (j->info.output_scanline == j->info.output_height)
        jpeg_finish_decompress(&j->info);
    return !j->trap.cut_off;
}

static void close_jpeg(struct reader *r)
{
    struct jpeg_reader *j = (struct jpeg_reader *)r;
    jpeg_destroy_decompress(&j->info);
    free(j->inks);
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

static struct reader *open_jpeg(struct str file, unsigned width,
                                unsigned height)
{
    struct jpeg_reader *j = mem_alloc(sizeof *j);
    set_trap(&j->trap);
    j->info.err = &j->trap.manager;
    if (!start(j, file, width, height)) {
        close_jpeg(&j->base);
        return NULL;
    }
    bool cmyk = j->info.out_color_space == JCS_CMYK;
    j->base = (struct reader){.width = j->info.output_width,
                              .height = j->info.output_height,
                              .channels = j->info.num_components == 1 ? 1 : 3,
                              .row = row,
                              .close = close_jpeg};
    if (cmyk)
        j->inks = mem_alloc((size_t)j->info.output_width * 4);
    return &j->base;
}

const struct codec codec_jpeg = {"JPEG", sniff, header, open_jpeg};

/* ---- encoding ---- */

static void write_all(struct jpeg_compress_struct *info, const struct bitmap *b,
                      unsigned quality, bool sharp)
{
    info->image_width = b->width;
    info->image_height = b->height;
    info->input_components = (int)b->channels;
    info->in_color_space = b->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(info);
    jpeg_set_quality(info, (int)quality, TRUE);
    info->dct_method = JDCT_ISLOW;
    info->optimize_coding = TRUE;
    if (sharp && b->channels == 3)
        info->comp_info[0].h_samp_factor = info->comp_info[0].v_samp_factor = 1;
    jpeg_start_compress(info, TRUE);
    while (info->next_scanline < info->image_height) {
        JSAMPROW row = bitmap_row(b, info->next_scanline);
        jpeg_write_scanlines(info, &row, 1);
    }
    jpeg_finish_compress(info);
}

bool jpeg_encode(const struct bitmap *b, unsigned quality, bool sharp,
                 struct buf *out)
{
    struct jpeg_compress_struct info = {0};
    struct trap trap;
    struct {
        unsigned char *data;
        unsigned long size;
        bool whole;
    } file[1] = {{NULL, 0, false}};
    set_trap(&trap);
    info.err = &trap.manager;
    if (!setjmp(trap.leave)) {
        jpeg_create_compress(&info);
        jpeg_mem_dest(&info, &file->data, &file->size);
        write_all(&info, b, quality, sharp);
        file->whole = true;
    }
    jpeg_destroy_compress(&info);
    if (file->whole)
        buf_add(out, file->data, file->size);
    free(file->data);
    return file->whole && !out->failed;
}

/* ---- metadata ---- */

/* JFIF and Adobe's marker say how colours are meant; other application data
 * and comments say where and by whom it was taken. */
static bool kept_segment(unsigned marker)
{
    bool application = marker >= 0xE1 && marker <= 0xEF && marker != 0xEE;
    return !application && marker != 0xFE;
}

bool jpeg_strip(struct str file, struct buf *out)
{
    const unsigned char *p = (const unsigned char *)file.p;
    size_t at = 2;
    if (!sniff(file))
        return false;
    buf_add(out, p, 2);
    for (;;) {
        while (at + 1 < file.n && p[at] == 0xFF && p[at + 1] == 0xFF)
            at++; /* fill bytes */
        if (at + 4 > file.n || p[at] != 0xFF)
            return false;
        size_t length = 2 + bytes_big(file, at + 2, 2);
        if (at + length > file.n)
            return false;
        if (p[at + 1] == 0xDA)
            break;
        if (kept_segment(p[at + 1]))
            buf_add(out, p + at, length);
        at += length;
    }
    /* In the scan 0xFF 0xD9 can be nothing but the end. */
    struct str scan = str_sub(file, at, file.n);
    size_t end = str_find(scan, STR("\xFF\xD9"));
    if (end == scan.n)
        return false;
    buf_str(out, str_sub(scan, 0, end + 2));
    return !out->failed;
}
