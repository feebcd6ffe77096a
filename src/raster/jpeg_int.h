/* Shared by the files on JPEG: libjpeg's errors and warnings. */
#ifndef FEEDBIND_RASTER_JPEG_INT_H
#define FEEDBIND_RASTER_JPEG_INT_H

#include "base/buf.h"
#include "base/str.h"

/* jpeglib.h needs these first */
#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>

#include <jpeglib.h>

/* libjpeg's error handler, and where it leaves to: whoever calls libjpeg has
 * a setjmp(trap.leave) of his own, so that no caller is jumped over. */
struct jpeg_trap {
    struct jpeg_error_mgr manager;
    jmp_buf leave;
    bool ran_out;       /* data ended before they should … */
    unsigned scan, row; /* … in this scan, from 1 on, and row of MCUs */
};

void jpeg_trap_set(struct jpeg_trap *t);

bool jpeg_sniff(struct str file);

/* codec.keep; see codec.h. */
bool jpeg_keep(struct str file, struct buf *out);

#endif
