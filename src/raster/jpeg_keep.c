/* JPEG files without what is not the picture: metadata, and the kinds of
 * coding that not every reader knows. Samples stay the same to the bit. */
#include "raster/jpeg_int.h"

#include <stdlib.h>

/* Markers (ITU-T T.81, table B.1). */
enum {
    SOF0 = 0xC0, /* baseline frame */
    DHT = 0xC4,
    DAC = 0xCC,
    SOF15 = 0xCF,
    RST0 = 0xD0,
    RST7 = 0xD7,
    EOI = 0xD9,
    SOS = 0xDA,
    DQT = 0xDB,
    DRI = 0xDD,
    APP0 = 0xE0,
    APP14 = 0xEE,
};

/* ---- baseline: segments are copied ---- */

static unsigned char byte_at(struct str file, size_t at)
{
    return at < file.n ? (unsigned char)file.p[at] : 0;
}

/* JFIF's segment without its thumbnail, which stands at the end and whose
 * sides are bytes 12 and 13 (JFIF 1.02). */
static void add_jfif(struct buf *out, struct str segment)
{
    buf_add(out, "\xFF\xE0\0\x10", 4);
    buf_str(out, str_sub(segment, 4, 12));
    buf_add(out, "\0\0", 2);
}

/* Adobe's without what may stand behind its 12 bytes. */
static void add_adobe(struct buf *out, struct str segment)
{
    buf_add(out, "\xFF\xEE\0\x0E", 4);
    buf_str(out, str_sub(segment, 4, 12));
}

static bool has(struct str segment, unsigned marker, struct str begins,
                size_t least)
{
    return byte_at(segment, 1) == marker && segment.n >= least &&
           str_starts(str_sub(segment, 4, segment.n), begins);
}

/* JFIF and Adobe's marker say how colours are meant. Other application data,
 * comments, and what no decoder looks at may say where and by whom it was
 * taken. */
static void add_segment(struct buf *out, struct str segment)
{
    static const unsigned char coding[] = {SOF0, DHT, DQT, DRI, SOS};
    if (has(segment, APP0, STR("JFIF\0"), 18))
        add_jfif(out, segment);
    else if (has(segment, APP14, STR("Adobe"), 16))
        add_adobe(out, segment);
    else if (memchr(coding, (int)byte_at(segment, 1), sizeof coding))
        buf_str(out, segment);
}

/* The end of the coded data from `at` on: where the next marker stands that
 * is not part of them. */
static size_t data_end(struct str file, size_t at)
{
    for (; at + 1 < file.n; at++) {
        unsigned next = byte_at(file, at + 1);
        if (byte_at(file, at) == 0xFF && next && (next < RST0 || next > RST7) &&
            next != 0xFF)
            break;
    }
    return at;
}

static bool is_frame(unsigned marker)
{
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != DAC;
}

/* False if it is not baseline, or not whole. */
static bool copy_baseline(struct str file, struct buf *out)
{
    size_t at = 2;
    buf_str(out, str_sub(file, 0, 2));
    for (;;) {
        while (byte_at(file, at) == 0xFF && byte_at(file, at + 1) == 0xFF)
            at++; /* fill bytes */
        unsigned marker = byte_at(file, at + 1);
        if (at + 2 > file.n || byte_at(file, at) != 0xFF ||
            (is_frame(marker) && marker != SOF0))
            return false;
        if (marker == EOI)
            break;
        size_t n =
            2 + (size_t)byte_at(file, at + 2) * 256 + byte_at(file, at + 3);
        if (n < 4 || at + n > file.n)
            return false;
        if (marker == SOS)
            n = data_end(file, at + n) - at;
        add_segment(out, str_sub(file, at, n));
        at += n;
    }
    buf_str(out, str_sub(file, at, 2));
    return !out->failed;
}

/* ---- all others: coefficients are coded again ---- */

struct transcoding {
    struct jpeg_trap trap; /* of both */
    struct jpeg_decompress_struct from;
    struct jpeg_compress_struct to;
    unsigned char *data;
    unsigned long size;
};

static bool transcode(struct transcoding *t, struct str file)
{
    if (setjmp(t->trap.leave))
        return false;
    jpeg_create_decompress(&t->from);
    jpeg_create_compress(&t->to);
    jpeg_mem_src(&t->from, (const unsigned char *)file.p, file.n);
    jpeg_mem_dest(&t->to, &t->data, &t->size);
    if (jpeg_read_header(&t->from, TRUE) != JPEG_HEADER_OK)
        return false;
    jvirt_barray_ptr *coefficients = jpeg_read_coefficients(&t->from);
    jpeg_copy_critical_parameters(&t->from, &t->to);
    t->to.optimize_coding = TRUE;
    jpeg_write_coefficients(&t->to, coefficients);
    jpeg_finish_compress(&t->to);
    return !t->trap.ran_out;
}

static bool copy_coefficients(struct str file, struct buf *out)
{
    struct transcoding t = {.size = 0};
    jpeg_trap_set(&t.trap);
    t.from.err = t.to.err = &t.trap.manager;
    bool ok = transcode(&t, file);
    jpeg_destroy_compress(&t.to);
    jpeg_destroy_decompress(&t.from);
    if (ok)
        buf_add(out, t.data, t.size);
    free(t.data);
    return ok && !out->failed;
}

bool jpeg_keep(struct str file, struct buf *out)
{
    size_t start = out->len;
    if (copy_baseline(file, out))
        return true;
    buf_cut(out, start);
    return copy_coefficients(file, out);
}
