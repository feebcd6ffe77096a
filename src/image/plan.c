#include "image/plan.h"

#include "raster/scale.h"

enum {
    SMALLEST = 32,           /* pixels of the longer side, when shrinking */
    SLICED_PIXELS = 1 << 24, /* of a picture to be cut, made narrow but not yet
                                low: for memory's sake */
};

/* Tenths: of a page, which has margins, that a piece as wide as the text may
 * fill; of what pieces may hold that they need to, since they are cut where it
 * is quiet. */
enum { PAGE_TENTHS = 9, CUT_TENTHS = 9 };

/* The widest that a picture may be, to have so many pixels at most. */
static unsigned widest(unsigned width, unsigned height, uint64_t pixels)
{
    unsigned low = 1, high = width;
    while (low < high) {
        unsigned middle = low + (high - low + 1) / 2;
        unsigned w, h;
        scale_fit(width, height, middle, height, &w, &h);
        if ((uint64_t)w * h <= pixels)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* Tall: more than two and a half times as slim as the box, and wide enough to
 * be read better than in the box. */
static bool is_tall(const struct fit *fit, unsigned width, unsigned height,
                    const struct plan *whole)
{
    return 2 * (uint64_t)height * fit->width >
               5 * (uint64_t)width * fit->height &&
           width > whole->width;
}

/* A piece has the shape of a page, unless that makes too many of them; then it
 * is as high as it must, and no higher than the box. */
static void choose_piece(const struct fit *fit, struct plan *plan)
{
    uint64_t page = (uint64_t)fit->height * plan->width * PAGE_TENTHS /
                    ((uint64_t)fit->width * 10);
    uint64_t least =
        (uint64_t)plan->height * 10 / ((uint64_t)fit->slices * CUT_TENTHS) + 1;
    uint64_t most = fit->height;
    if (fit->max_pixels && most > fit->max_pixels / plan->width)
        most = fit->max_pixels / plan->width;
    uint64_t height = page > least ? page : least;
    plan->piece_height = (unsigned)(height < most ? height : most);
}

/* As wide as the box, unless that makes too many rows or pixels. */
static struct plan slice(const struct fit *fit, unsigned width, unsigned height)
{
    struct plan plan = {.pieces = fit->slices};
    uint64_t rows = (uint64_t)fit->slices * fit->height * CUT_TENTHS / 10;
    unsigned most = SLICED_PIXELS / height + 1;
    if (most > fit->width)
        most = fit->width;
    scale_fit(width, height, most, rows < height ? (unsigned)rows : height,
              &plan.width, &plan.height);
    choose_piece(fit, &plan);
    return plan;
}

struct plan plan_make(const struct fit *fit, unsigned width, unsigned height)
{
    struct plan plan = {.pieces = 1};
    scale_fit(width, height, fit->width, fit->height, &plan.width,
              &plan.height);
    if (fit->slices > 1 && is_tall(fit, width, height, &plan))
        return slice(fit, width, height);
    if (fit->max_pixels && (uint64_t)plan.width * plan.height > fit->max_pixels)
        scale_fit(width, height, widest(width, height, fit->max_pixels),
                  fit->height, &plan.width, &plan.height);
    plan.piece_height = plan.height;
    return plan;
}

bool plan_shrink(struct plan *plan)
{
    unsigned width = plan->width, height = plan->height;
    scale_fit(width, height, width - width / 4, height - height / 4,
              &plan->width, &plan->height);
    plan->piece_height -= plan->piece_height / 4;
    return width > SMALLEST || height > SMALLEST;
}
