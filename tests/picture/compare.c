#include "compare.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

enum { CHANNELS = 4, RADIUS = 5 /* of SSIM's window of 11 × 11 */ };

/* A pixel as red, green, blue and alpha, premultiplied. */
static void pixel_of(const struct bitmap *b, size_t i, double out[CHANNELS])
{
    const unsigned char *p = b->pixels + i * b->channels;
    unsigned colours = b->channels < 3 ? 1 : 3;
    double alpha = b->channels > colours ? p[colours] : 255;
    for (unsigned c = 0; c < 3; c++)
        out[c] = p[colours == 3 ? c : 0] * alpha / 255;
    out[3] = alpha;
}

/* ---- peak signal-to-noise ratio ---- */

static void measure_noise(const struct bitmap *a, const struct bitmap *b,
                          struct likeness *l)
{
    size_t count = (size_t)a->width * a->height;
    double sum = 0, worst = 0, p[CHANNELS], q[CHANNELS];
    for (size_t i = 0; i < count; i++) {
        pixel_of(a, i, p);
        pixel_of(b, i, q);
        for (unsigned c = 0; c < CHANNELS; c++) {
            double d = fabs(p[c] - q[c]);
            sum += d * d;
            worst = d > worst ? d : worst;
        }
    }
    /* Alpha counts where a picture has it only. */
    unsigned channels = a->channels % 2 && b->channels % 2 ? 3 : 4;
    double mean = sum / (double)(count * channels);
    l->worst = (unsigned)(worst + 0.5);
    l->psnr = mean > 0 ? 10 * log10(255 * 255 / mean) : PSNR_EQUAL;
}

/* ---- structural similarity ---- */

/* SSIM as in Wang, Bovik, Sheikh, Simoncelli: Image Quality Assessment: From
 * Error Visibility to Structural Similarity, IEEE Transactions on Image
 * Processing 13 (4), 2004, equation 13: Gaussian windows of 11 × 11 with a
 * deviation of 1.5, K1 = 0.01, K2 = 0.03. At the edges the window is what of
 * it lies in the picture. */

static double luma(const struct bitmap *b, size_t i)
{
    double p[CHANNELS];
    pixel_of(b, i, p);
    return 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
}

struct window {
    double weight[RADIUS + 1]; /* by distance */
};

static struct window window_make(void)
{
    static const double deviation = 1.5;
    struct window w;
    for (int d = 0; d <= RADIUS; d++)
        w.weight[d] = exp(-d * d / (2 * deviation * deviation));
    return w;
}

/* Replace n values, `step` apart, by their means under the window. */
static void blur_line(double *values, size_t n, size_t step, double *scratch)
{
    const struct window w = window_make();
    for (size_t i = 0; i < n; i++) {
        double sum = 0, weights = 0;
        for (int d = -RADIUS; d <= RADIUS; d++) {
            size_t at = i + (size_t)d; /* before 0 it wraps to beyond n */
            if (at >= n)
                continue;
            sum += w.weight[abs(d)] * values[at * step];
            weights += w.weight[abs(d)];
        }
        scratch[i] = sum / weights;
    }
    for (size_t i = 0; i < n; i++)
        values[i * step] = scratch[i];
}

static void blur(double *values, size_t width, size_t height)
{
    double *scratch = mem_alloc((width + height) * sizeof *scratch);
    for (size_t y = 0; y < height; y++)
        blur_line(values + y * width, width, 1, scratch);
    for (size_t x = 0; x < width; x++)
        blur_line(values + x, height, width, scratch);
    free(scratch);
}

/* Weighted means of both lumas, of their squares and of their product. */
enum { X, Y, XX, YY, XY, MEANS };

static double mean_ssim(double *const mean[MEANS], size_t count)
{
    static const double c1 = 0.01 * 255 * 0.01 * 255,
                        c2 = 0.03 * 255 * 0.03 * 255;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double x = mean[X][i], y = mean[Y][i];
        double variances = mean[XX][i] - x * x + mean[YY][i] - y * y;
        double covariance = mean[XY][i] - x * y;
        sum += (2 * x * y + c1) * (2 * covariance + c2) /
               ((x * x + y * y + c1) * (variances + c2));
    }
    return sum / (double)count;
}

static double ssim(const struct bitmap *a, const struct bitmap *b)
{
    size_t count = (size_t)a->width * a->height;
    double *mean[MEANS];
    for (int m = 0; m < MEANS; m++)
        mean[m] = mem_alloc(count * sizeof *mean[m]);
    for (size_t i = 0; i < count; i++) {
        double x = luma(a, i), y = luma(b, i);
        mean[X][i] = x;
        mean[Y][i] = y;
        mean[XX][i] = x * x;
        mean[YY][i] = y * y;
        mean[XY][i] = x * y;
    }
    for (int m = 0; m < MEANS; m++)
        blur(mean[m], a->width, a->height);
    double result = mean_ssim(mean, count);
    for (int m = 0; m < MEANS; m++)
        free(mean[m]);
    return result;
}

struct likeness compare(const struct bitmap *a, const struct bitmap *b)
{
    struct likeness l;
    measure_noise(a, b, &l);
    l.ssim = ssim(a, b);
    return l;
}
