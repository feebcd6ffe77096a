#include "shrink.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

/* IEC 61966-2-1. */
static double to_light(unsigned char value)
{
    double s = value / 255.0;
    return s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
}

static unsigned char from_light(double l)
{
    double s = l <= 0.0031308 ? l * 12.92 : 1.055 * pow(l, 1 / 2.4) - 0.055;
    return (unsigned char)(s < 0 ? 0 : s > 1 ? 255 : s * 255 + 0.5);
}

static double lanczos(double x)
{
    const double lobes = 3, pi = 3.14159265358979323846;
    if (x == 0)
        return 1;
    if (fabs(x) >= lobes)
        return 0;
    return lobes * sin(pi * x) * sin(pi * x / lobes) / (pi * pi * x * x);
}

/* One line of `from` samples, `step` apart, made `to` samples long. */
static void shrink_line(const double *in, size_t from, size_t in_step,
                        double *out, size_t to, size_t out_step)
{
    double scale = (double)from / (double)to;
    double reach = 3 * (scale > 1 ? scale : 1);
    for (size_t i = 0; i < to; i++) {
        double centre = ((double)i + 0.5) * scale - 0.5, sum = 0, weights = 0;
        for (long k = (long)ceil(centre - reach); k <= centre + reach; k++) {
            double w = lanczos(((double)k - centre) / (scale > 1 ? scale : 1));
            long at = k < 0 ? 0 : k >= (long)from ? (long)from - 1 : k;
            sum += w * in[(size_t)at * in_step];
            weights += w;
        }
        out[i * out_step] = sum / weights;
    }
}

struct bitmap shrink(const struct bitmap *b, unsigned width, unsigned height)
{
    size_t n = b->channels;
    struct bitmap out = bitmap_new(width, height, b->channels);
    double *line = mem_alloc(b->width * n * sizeof *line);
    double *narrow = mem_alloc((size_t)width * b->height * n * sizeof *narrow);
    double *column = mem_alloc(height * sizeof *column);
    for (unsigned y = 0; y < b->height; y++) {
        for (size_t i = 0; i < b->width * n; i++)
            line[i] = to_light(bitmap_row(b, y)[i]);
        for (size_t c = 0; c < n; c++)
            shrink_line(line + c, b->width, n, narrow + y * width * n + c,
                        width, n);
    }
    for (size_t i = 0; i < width * n; i++) {
        shrink_line(narrow + i, b->height, width * n, column, height, 1);
        for (unsigned y = 0; y < height; y++)
            bitmap_row(&out, y)[i] = from_light(column[y]);
    }
    free(line);
    free(narrow);
    free(column);
    return out;
}
