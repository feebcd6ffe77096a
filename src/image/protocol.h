/* What feedbind and its workers say to each other: one request and one reply of
 * fixed size at a time, over a socket of packets, each with a file that holds
 * the bytes, in memory (memfd) or where they were saved. Neither side trusts
 * the other's numbers. */
#ifndef FEEDBIND_IMAGE_PROTOCOL_H
#define FEEDBIND_IMAGE_PROTOCOL_H

#include "base/buf.h"
#include "image/fit.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    PROTOCOL_MAGIC = 0x66626935, /* "fbi5": changes with the structs below */
    FORMAT_NAME_MAX = 16,        /* bytes, with the NUL */
    PIECES_MAX = FIT_SLICES_MAX, /* files that one picture may become */
    COVER_HEIGHT = 1600,         /* pixels */
    COVER_NARROWEST = 900,
    COVER_WIDEST = 1600,
};

enum protocol_op {
    OP_FIT = 1,   /* the file is a picture; another is made of it */
    OP_COVER = 2, /* the file is the words of a cover, then a picture for it,
                     which OP_FIT made; fit.width is the cover's */
    OP_MARK = 3,  /* likewise; the picture is a sign below the words */
};

struct protocol_request {
    uint32_t magic, op;
    struct fit fit;
    uint64_t max_source_pixels; /* larger pictures are not decoded */
    uint64_t size;              /* of the file that comes with it */
    uint64_t
        max_cpu;    /* milliseconds that it may take; 0: as many as are usual */
    uint64_t words; /* how many bytes of it, from its beginning, are words */
};

enum protocol_result {
    RESULT_MADE,
    RESULT_BLANK, /* there is nothing to be seen on it: a pixel or two, white */
    RESULT_NOT_AN_IMAGE,
    RESULT_UNKNOWN_FORMAT, /* the reply's file holds its name */
    RESULT_ELSEWHERE,      /* feedbind-image's: ask feedbind-draw */
    RESULT_TOO_LARGE,
    RESULT_BROKEN,
};

/* A file that was made. */
struct protocol_piece {
    uint32_t format; /* enum fit_format */
    uint32_t width, height;
    uint64_t size; /* bytes */
};

struct protocol_reply {
    uint32_t magic, result;
    char format[FORMAT_NAME_MAX]; /* the picture's: "PNG"; "" if it has none */
    uint32_t source_width, source_height; /* upright */
    uint32_t kept;                        /* 1: its data was left as it is */
    uint32_t cut;    /* 1: the file breaks off, and not all is shown */
    uint32_t pieces; /* from top to bottom; not 0 if made */
    struct protocol_piece piece[PIECES_MAX];
    uint64_t size; /* of the file that comes with it, which holds the pieces
                      one after the other; 0: none does */
};

/* A file in memory that holds the text; -1 on failure. */
int protocol_file(struct str bytes);

/* Append the file's first `size` bytes to `out`; false if it has fewer. */
bool protocol_read(int fd, uint64_t size, struct buf *out);

/* The same without reading: *out views the file's pages until protocol_unmap.
 * If the file gets shorter meanwhile, looking at what is gone kills the
 * process, which costs a worker and one picture. */
bool protocol_map(int fd, uint64_t size, struct str *out);
void protocol_unmap(struct str bytes);

#endif
