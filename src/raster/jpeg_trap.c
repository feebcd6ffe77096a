#include "raster/jpeg_int.h"

#include <jerror.h>

static void on_error(j_common_ptr info)
{
    longjmp(((struct jpeg_trap *)info->err)->leave, 1);
}

/* Is a mark to restart decoding at what ends this run of data? Then the rest
 * of the picture is there. */
static bool goes_on(const struct jpeg_decompress_struct *info)
{
    int marker = info->unread_marker;
    return marker >= JPEG_RST0 && marker <= JPEG_RST0 + 7;
}

/* Most warnings do not matter to the eye; missing data does. The arithmetic
 * decoder does not say that it lacks data, only that the file ends. */
static void on_message(j_common_ptr any, int level)
{
    struct jpeg_trap *t = (struct jpeg_trap *)any->err;
    const struct jpeg_decompress_struct *info = (j_decompress_ptr)any;
    int code = any->err->msg_code;
    if (level >= 0 || !any->is_decompressor || t->ran_out)
        return;
    t->ran_out = (code == JWRN_HIT_MARKER && !goes_on(info)) ||
                 (code == JWRN_JPEG_EOF && info->arith_code);
    t->scan = (unsigned)info->input_scan_number;
    t->row = info->input_iMCU_row;
}

static void on_output(j_common_ptr info)
{
    (void)info;
}

void jpeg_trap_set(struct jpeg_trap *t)
{
    *t = (struct jpeg_trap){0};
    jpeg_std_error(&t->manager);
    t->manager.error_exit = on_error;
    t->manager.emit_message = on_message;
    t->manager.output_message = on_output;
}
