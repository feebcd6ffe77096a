#include "raster/jpeg_int.h"

#include "raster/codec.h"

#include <stdlib.h>

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
    struct jpeg_trap trap;
    struct {
        unsigned char *data;
        unsigned long size;
        bool whole;
    } file[1] = {{NULL, 0, false}};
    jpeg_trap_set(&trap);
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
