#include "raster/colour.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

#include <lcms2.h>

enum { PROFILE_MAX = 4 << 20 /* bytes; of printers they have two million */ };

struct colour {
    cmsHTRANSFORM transform;
};

/* ---- profiles ---- */

/* sRGB for as many channels. */
static cmsHPROFILE screen(unsigned colours)
{
    cmsFloat64Number curve[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92,
                                0.04045};
    if (colours > 1)
        return cmsCreate_sRGBProfile();
    cmsToneCurve *tone = cmsBuildParametricToneCurve(NULL, 4, curve);
    cmsHPROFILE grey = cmsCreateGrayProfile(cmsD50_xyY(), tone);
    cmsFreeToneCurve(tone);
    return grey;
}

static cmsUInt32Number intent_for(cmsHPROFILE profile)
{
    return cmsIsMatrixShaper(profile) ? INTENT_RELATIVE_COLORIMETRIC
                                      : INTENT_PERCEPTUAL;
}

/* Is it a profile of a device, for such samples? */
static bool suits(cmsHPROFILE profile, const struct samples *s)
{
    cmsProfileClassSignature class = cmsGetDeviceClass(profile);
    cmsColorSpaceSignature space = s->colours == 1   ? cmsSigGrayData
                                   : s->colours == 3 ? cmsSigRgbData
                                                     : cmsSigCmykData;
    return cmsGetColorSpace(profile) == space &&
           (class == cmsSigInputClass || class == cmsSigDisplayClass ||
            class == cmsSigOutputClass || class == cmsSigColorSpaceClass);
}

/* ---- is it sRGB? ---- */

enum { STEP = 15, STEPS = 255 / STEP + 1, NEAR = 1 };

static bool is_near(const unsigned char *a, const unsigned char *b, size_t n)
{
    while (n > 0 && abs(*a - *b) <= NEAR)
        n--, a++, b++;
    return n == 0;
}

/* Does the profile leave colours of every kind as they are? */
static bool is_srgb(cmsHPROFILE profile, cmsHPROFILE srgb, unsigned colours)
{
    static const cmsUInt32Number formats[] = {
        [1] = TYPE_GRAY_8, [3] = TYPE_RGB_8};
    unsigned char in[STEPS * STEPS * STEPS][3], out[STEPS * STEPS * STEPS][3];
    unsigned count = 0, limit = colours == 1 ? STEPS : STEPS * STEPS * STEPS;
    if (colours > 3)
        return false;
    unsigned char *flat = in[0];
    for (; count < limit; count++)
        for (unsigned c = 0, n = count; c < colours; c++, n /= STEPS)
            *flat++ = (unsigned char)(n % STEPS * STEP);
    cmsHTRANSFORM t =
        cmsCreateTransform(profile, formats[colours], srgb, formats[colours],
                           intent_for(profile), cmsFLAGS_NOOPTIMIZE);
    if (!t)
        return false;
    cmsDoTransform(t, in, out, count);
    cmsDeleteTransform(t);
    return is_near(in[0], out[0], (size_t)count * colours);
}

/* ---- transforms ---- */

static cmsUInt32Number format_of(const struct samples *s)
{
    static const cmsUInt32Number spaces[] = {
        [1] = PT_GRAY, [3] = PT_RGB, [4] = PT_CMYK};
    bool swap = s->deep && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
    return COLORSPACE_SH(spaces[s->colours]) | CHANNELS_SH(s->colours) |
           EXTRA_SH(s->alpha ? 1U : 0U) | BYTES_SH(s->deep ? 2U : 1U) |
           ENDIAN16_SH(swap ? 1U : 0U) | FLAVOR_SH(s->inverted ? 1U : 0U);
}

/* Tables that Little CMS makes of several steps are quick, and as exact as 8
 * bits are; 16 bits go through each step. */
static cmsUInt32Number flags_for(const struct samples *from)
{
    return cmsFLAGS_BLACKPOINTCOMPENSATION |
           (from->alpha ? cmsFLAGS_COPY_ALPHA : 0U) |
           (from->deep ? cmsFLAGS_NOOPTIMIZE : 0U);
}

static cmsHTRANSFORM transform_of(cmsHPROFILE profile, cmsHPROFILE srgb,
                                  const struct samples *from)
{
    struct samples to = {.colours = from->colours == 1 ? 1 : 3,
                         .alpha = from->alpha};
    return cmsCreateTransform(profile, format_of(from), srgb, format_of(&to),
                              intent_for(profile), flags_for(from));
}

/* Takes the profile, which may be NULL, over. */
static struct colour *colour_new(cmsHPROFILE profile,
                                 const struct samples *from)
{
    cmsHTRANSFORM t = NULL;
    if (!profile)
        return NULL;
    cmsHPROFILE srgb = screen(from->colours);
    if (suits(profile, from) && !is_srgb(profile, srgb, from->colours))
        t = transform_of(profile, srgb, from);
    cmsCloseProfile(srgb);
    cmsCloseProfile(profile);
    if (!t)
        return NULL;
    struct colour *c = mem_alloc(sizeof *c);
    c->transform = t;
    return c;
}

struct colour *colour_of_profile(struct str icc, const struct samples *from)
{
    if (!icc.n || icc.n > PROFILE_MAX)
        return NULL;
    return colour_new(cmsOpenProfileFromMem(icc.p, (cmsUInt32Number)icc.n),
                      from);
}

static const double srgb_xy[8] = {0.3127, 0.3290, 0.64, 0.33,
                                  0.30,   0.60,   0.15, 0.06};

static bool is_about_srgb(double gamma, const double xy[8])
{
    enum { PARTS = 200 /* of one, in which coordinates are given */ };
    bool same = gamma > 2.2 / 1.05 && gamma < 2.2 * 1.05;
    for (int i = 0; i < 8; i++)
        same = same && fabs(xy[i] - srgb_xy[i]) < 1.0 / PARTS;
    return same;
}

struct colour *colour_of_gamma(double gamma, const double xy[8],
                               const struct samples *from)
{
    if (!xy || from->colours == 1)
        xy = srgb_xy;
    if (gamma < 0.2 || gamma > 10 || is_about_srgb(gamma, xy))
        return NULL;
    cmsToneCurve *tone = cmsBuildGamma(NULL, gamma);
    cmsToneCurve *const tones[3] = {tone, tone, tone};
    const cmsCIExyY white = {xy[0], xy[1], 1};
    const cmsCIExyYTRIPLE primaries = {
        {xy[2], xy[3], 1}, {xy[4], xy[5], 1}, {xy[6], xy[7], 1}};
    cmsHPROFILE profile = from->colours == 1
                              ? cmsCreateGrayProfile(cmsD50_xyY(), tone)
                              : cmsCreateRGBProfile(&white, &primaries, tones);
    cmsFreeToneCurve(tone);
    return colour_new(profile, from);
}

void colour_free(struct colour *c)
{
    if (c)
        cmsDeleteTransform(c->transform);
    free(c);
}

void colour_row(const struct colour *c, const unsigned char *from,
                unsigned char *to, unsigned width)
{
    cmsDoTransform(c->transform, from, to, width);
}
