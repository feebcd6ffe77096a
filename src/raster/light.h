/* sRGB to linear light and back (IEC 61966-2-1), by table. */
#ifndef FEEDBIND_RASTER_LIGHT_H
#define FEEDBIND_RASTER_LIGHT_H

#include <stdint.h>

struct light {
    uint16_t linear[256]; /* of an sRGB value, 0 to 65535 */
    uint8_t srgb[65536];  /* of a linear value, rounded */
};

/* The tables; free() them. They are the same bits on every machine: only
 * operations that IEEE 754 rounds exactly are used, none of libm's. */
struct light *light_new(void);

#endif
