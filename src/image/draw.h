/* Covers, drawn. Part of the worker. */
#ifndef FEEDBIND_IMAGE_DRAW_H
#define FEEDBIND_IMAGE_DRAW_H

#include "base/str.h"
#include "image/protocol.h"
#include "raster/codec.h"
#include "raster/palette.h"

struct ink {
    unsigned char red, green, blue;
};

/* A cover, COVER_HEIGHT high, and where its words stand. */
struct cover_page {
    unsigned width;   /* pixels, from COVER_NARROWEST to COVER_WIDEST */
    unsigned picture; /* pixels from the top that a picture has: the title
                         stands below. 0: it stands on a coloured panel */
    unsigned mark;    /* pixels beside the lines below the panel, at their
                         ends, that are another's */
    bool grey;        /* it has no colours */
    struct ink paper; /* what is not panel or picture */
    bool rtl;         /* set by draw_cover: the title's direction */
};

/* The panel's height, and what no word comes nearer to the sides. */
enum { COVER_PANEL = 1120, COVER_MARGIN = 110 };

/* A page's usual colour. */
struct ink cover_paper(bool grey);

/* Draw what `words` says: title, author, date and note, a line each, which may
 * be empty, with the faces in `fonts`. False if there are no faces. *out is the
 * cover, its pixels those of *canvas, which bitmap_free frees. */
bool draw_cover(struct str words, const char *fonts, struct cover_page *page,
                struct bitmap *canvas, struct indexed *out);

/* A cover with a picture. */
struct cover_job {
    struct str words;   /* as above */
    struct str picture; /* a file of a format that the worker decodes, upright,
                           no larger than the protocol's largest cover twice */
    const char *fonts;
    unsigned width; /* of the cover */
    bool mark; /* the picture is the feed's sign, not the cover's picture */
    bool grey;
};

/* Paint it. A picture of about the cover's proportions fills it, and a taller
 * one stands there whole, both without words; others stand above the title; a
 * sign below it. False if the picture is broken or there are no faces. *out
 * has one channel or three; bitmap_free it. */
bool paint_cover(const struct cover_job *job, struct bitmap *out);

#endif
