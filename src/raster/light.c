#include "raster/light.h"

#include "base/mem.h"

/* x to the power 1/5, for x in 0 to 1, by Newton's method. */
static double fifth_root(double x)
{
    double y = 1;
    if (x <= 0)
        return 0;
    for (int i = 0; i < 40; i++) {
        double y4 = y * y * y * y;
        y = (4 * y + x / y4) / 5;
    }
    return y;
}

/* x to the power 2.4 is x² times the fifth root of x². */
static double to_linear(double s)
{
    if (s <= 0.04045)
        return s / 12.92;
    double x = (s + 0.055) / 1.055;
    return x * x * fifth_root(x * x);
}

struct light *light_new(void)
{
    struct light *l = mem_alloc(sizeof *l);
    int at = 0;
    for (int i = 0; i < 256; i++)
        l->linear[i] = (uint16_t)(to_linear(i / 255.0) * 65535 + 0.5);
    /* The border between two values lies in their middle, in sRGB. */
    for (int i = 0; i < 256; i++) {
        double border = i < 255 ? to_linear((i + 0.5) / 255.0) * 65535 : 65535;
        for (; at <= border && at < 65536; at++)
            l->srgb[at] = (uint8_t)i;
    }
    return l;
}
