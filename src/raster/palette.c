/* Palettes: colours are counted, and put into boxes, which are cut until no
 * box holds colours that can be told apart. */
#include "raster/palette.h"

#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- counting ---- */

enum {
    CHANNELS = 4,         /* red, green, blue, alpha */
    COUNTED_MAX = 1 << 16 /* colours; photographs have more */
};

struct colour {
    unsigned char c[CHANNELS];
    uint32_t count, even; /* pixels; those like their left neighbour */
    uint32_t box;
};

/* Colours in the order of their first use, and where they are, by hash. */
struct census {
    struct colour *colours;
    uint32_t count, max;
    uint32_t *slots; /* number of a colour, plus 1; a power of two of them */
    uint32_t mask;
};

static struct census census_new(uint32_t max)
{
    struct census s = {.max = max, .mask = 4 * max - 1};
    s.colours = mem_realloc(NULL, max * sizeof *s.colours);
    s.slots = mem_alloc(((size_t)s.mask + 1) * sizeof *s.slots);
    return s;
}

static void census_free(struct census *s)
{
    free(s->colours);
    free(s->slots);
}

/* What cannot be seen has no colour. */
static void colour_at(const unsigned char *pixel, unsigned channels,
                      unsigned char c[CHANNELS])
{
    unsigned grey = channels < 3;
    c[3] = channels % 2 ? 255 : pixel[channels - 1];
    for (unsigned i = 0; i < 3; i++)
        c[i] = c[3] ? pixel[grey ? 0 : i] : 0;
}

/* Its number, a new one if there was none; s->max if there is no room. */
static uint32_t census_find(struct census *s, const unsigned char c[CHANNELS])
{
    uint32_t key = (uint32_t)c[0] << 24 | (uint32_t)c[1] << 16 |
                   (uint32_t)c[2] << 8 | c[3];
    uint32_t at = key * 2654435761U >> 8 & s->mask;
    for (; s->slots[at]; at = (at + 1) & s->mask)
        if (memcmp(s->colours[s->slots[at] - 1].c, c, CHANNELS) == 0)
            return s->slots[at] - 1;
    if (s->count == s->max)
        return s->max;
    s->slots[at] = s->count + 1;
    s->colours[s->count] = (struct colour){.count = 0};
    memcpy(s->colours[s->count].c, c, CHANNELS);
    return s->count++;
}

static bool alike(const unsigned char a[CHANNELS],
                  const unsigned char b[CHANNELS])
{
    enum { MOST = 4 }; /* less than that makes no edge */
    for (unsigned i = 0; i < CHANNELS; i++)
        if (abs(a[i] - b[i]) > MOST)
            return false;
    return true;
}

/* Count all pixels; false if there are too many colours. */
static bool take_census(struct census *s, const struct bitmap *b)
{
    for (unsigned y = 0; y < b->height; y++) {
        const unsigned char *pixel = bitmap_row(b, y);
        unsigned char c[CHANNELS], last[CHANNELS];
        uint32_t n = s->max;
        for (unsigned x = 0; x < b->width; x++, pixel += b->channels) {
            colour_at(pixel, b->channels, c);
            bool even = x && alike(c, last);
            if (!x || memcmp(c, last, CHANNELS) != 0)
                n = census_find(s, c);
            if (n == s->max)
                return false;
            s->colours[n].count++;
            s->colours[n].even += even;
            memcpy(last, c, CHANNELS);
        }
    }
    return true;
}

/* ---- boxes ---- */

/* A box holds colours[order[first]] to colours[order[last - 1]], and shows
 * `shown` for all of them. Errors are squares of differences, weighted and
 * summed over pixels. */
struct box {
    uint32_t first, last;
    unsigned char shown[CHANNELS];
    unsigned widest, middle; /* the channel to cut, and where */
    uint64_t cost;           /* what a cut might save */
    uint64_t even, edge;     /* errors in even tones, and at edges */
    unsigned most;           /* how visible the largest difference is */
};

struct boxes {
    struct census *census;
    uint32_t *order;
    struct box box[PALETTE_MAX];
    unsigned count;
    uint64_t even, edge; /* pixels */
};

/* A step that is in an area of even tone shows sooner than in a few pixels of
 * it, and there sooner than at an edge: how much, up to the most that may be.
 * An area is one pixel in so many. */
enum { IN_AREA = 21, IN_EVEN = 4, AT_EDGE = 1, VISIBLE_MOST = 128 };
enum { AREA_SHARE = 4096 };

/* How much of a difference the eye makes of the same step. */
static const unsigned visible[CHANNELS] = {3, 5, 2, 5};
enum { VISIBLE = 10, EVEN_WEIGHT = 8 };

static uint64_t weight_of(const struct colour *c)
{
    return c->count + (uint64_t)EVEN_WEIGHT * c->even;
}

static const struct colour *colour_of(const struct boxes *b, uint32_t i)
{
    return &b->census->colours[b->order[i]];
}

/* The colour that most of its pixels have, if one has; else their mean. */
static void choose_shown(const struct boxes *b, struct box *box)
{
    uint64_t sums[CHANNELS] = {0}, total = 0;
    const struct colour *top = colour_of(b, box->first);
    for (uint32_t i = box->first; i < box->last; i++) {
        const struct colour *colour = colour_of(b, i);
        uint64_t weight = weight_of(colour);
        total += weight;
        for (unsigned c = 0; c < CHANNELS; c++)
            sums[c] += weight * colour->c[c];
        if (weight > weight_of(top))
            top = colour;
    }
    bool most = 2 * weight_of(top) >= total;
    for (unsigned c = 0; c < CHANNELS; c++)
        box->shown[c] =
            (unsigned char)(most ? top->c[c] : (sums[c] + total / 2) / total);
}

static unsigned visibility(const struct boxes *b, const struct colour *colour)
{
    bool area = colour->even > (b->even + b->edge) / AREA_SHARE;
    return area ? IN_AREA : colour->even ? IN_EVEN : AT_EDGE;
}

static void add_errors(const struct boxes *b, struct box *box,
                       const struct colour *colour, uint64_t costs[CHANNELS])
{
    uint64_t error = 0;
    unsigned most = 0;
    for (unsigned c = 0; c < CHANNELS; c++) {
        unsigned d = (unsigned)abs(colour->c[c] - box->shown[c]);
        unsigned square = visible[c] * d * d;
        error += square;
        costs[c] += weight_of(colour) * square;
        most = d > most ? d : most;
    }
    box->even += error * colour->even;
    box->edge += error * (colour->count - colour->even);
    most *= visibility(b, colour);
    if (most > box->most)
        box->most = most;
}

/* At the mean, but so that something lies on either side. */
static void choose_middle(const struct boxes *b, struct box *box)
{
    uint64_t total = 0, sum = 0;
    unsigned high = 0;
    for (uint32_t i = box->first; i < box->last; i++) {
        const struct colour *colour = colour_of(b, i);
        unsigned value = colour->c[box->widest];
        total += weight_of(colour);
        sum += weight_of(colour) * value;
        high = value > high ? value : high;
    }
    unsigned mean = total ? (unsigned)(sum / total) : 0;
    box->middle = mean < high || !high ? mean : high - 1;
}

static struct box make_box(const struct boxes *b, uint32_t first, uint32_t last)
{
    struct box box = {.first = first, .last = last};
    uint64_t costs[CHANNELS] = {0};
    choose_shown(b, &box);
    for (uint32_t i = first; i < last; i++)
        add_errors(b, &box, colour_of(b, i), costs);
    for (unsigned c = 0; c < CHANNELS; c++) {
        box.cost += costs[c];
        if (costs[c] > costs[box.widest])
            box.widest = c;
    }
    choose_middle(b, &box);
    return box;
}

/* Cut a box into two. */
static void cut(struct boxes *b, struct box *box)
{
    uint32_t low = box->first, high = box->last;
    while (low < high)
        if (colour_of(b, low)->c[box->widest] <= box->middle) {
            low++;
        } else {
            uint32_t swap = b->order[--high];
            b->order[high] = b->order[low];
            b->order[low] = swap;
        }
    b->box[b->count++] = make_box(b, low, box->last);
    *box = make_box(b, box->first, low);
}

/* ---- what nobody sees ---- */

/* Mean squares of differences, in hundredths: in even tones, at edges, and of
 * all pixels, where the PSNR is 45 dB then. */
enum { EVEN_MEAN = 60, EDGE_MEAN = 4000, ALL_MEAN = 200 };

static bool within(uint64_t errors, uint64_t pixels, unsigned hundredths)
{
    return errors * 100 <= pixels * VISIBLE * hundredths;
}

static bool means_fit(const struct boxes *b)
{
    uint64_t even = 0, edge = 0;
    for (unsigned i = 0; i < b->count; i++) {
        even += b->box[i].even;
        edge += b->box[i].edge;
    }
    return within(even, b->even, EVEN_MEAN) &&
           within(edge, b->edge, EDGE_MEAN) &&
           within(even + edge, b->even + b->edge, ALL_MEAN);
}

static struct box *costliest(struct boxes *b)
{
    struct box *box = b->box;
    for (unsigned i = 1; i < b->count; i++)
        if (b->box[i].cost > box->cost)
            box = &b->box[i];
    return box;
}

static struct box *most_visible(struct boxes *b)
{
    struct box *box = b->box;
    for (unsigned i = 1; i < b->count; i++)
        if (b->box[i].most > box->most)
            box = &b->box[i];
    return box;
}

static bool good_enough(struct boxes *b)
{
    return means_fit(b) && most_visible(b)->most <= VISIBLE_MOST;
}

/* The box that shows what is nearest to the colour. */
static unsigned nearest(const struct boxes *b, const struct colour *colour)
{
    unsigned best = 0, least = ~0U;
    for (unsigned i = 0; i < b->count; i++) {
        const unsigned char *shown = b->box[i].shown;
        unsigned distance = 0;
        for (unsigned c = 0; c < CHANNELS; c++) {
            int d = colour->c[c] - shown[c];
            distance += visible[c] * (unsigned)(d * d);
        }
        if (distance < least) {
            least = distance;
            best = i;
        }
    }
    return best;
}

/* Put every colour into the box that is nearest, which need not be the one
 * that cutting left it in, and have the boxes choose anew what they show. */
static void settle(struct boxes *b)
{
    struct colour *colours = b->census->colours;
    uint32_t starts[PALETTE_MAX + 1] = {0}, at[PALETTE_MAX];
    for (uint32_t i = 0; i < b->census->count; i++) {
        colours[i].box = nearest(b, &colours[i]);
        starts[colours[i].box + 1]++;
    }
    for (unsigned k = 0; k < b->count; k++) {
        starts[k + 1] += starts[k];
        at[k] = starts[k];
    }
    for (uint32_t i = 0; i < b->census->count; i++)
        b->order[at[colours[i].box]++] = i;
    unsigned boxes = b->count;
    b->count = 0;
    for (unsigned k = 0; k < boxes; k++)
        if (starts[k] < starts[k + 1])
            b->box[b->count++] = make_box(b, starts[k], starts[k + 1]);
}

/* Cut until the boxes are good enough, and, as long as there is room, twice as
 * good as they must; false if there is no room for enough of them. */
static bool cut_boxes(struct boxes *b)
{
    uint32_t n = b->census->count;
    for (uint32_t i = 0; i < n; i++) {
        const struct colour *colour = colour_of(b, i);
        b->even += colour->even;
        b->edge += colour->count - colour->even;
    }
    b->box[b->count++] = make_box(b, 0, n);
    while (b->count < PALETTE_MAX) {
        struct box *next = most_visible(b);
        bool seen = next->most > VISIBLE_MOST, fit = means_fit(b);
        if (fit && next->most <= VISIBLE_MOST / 2)
            return true;
        cut(b, seen || fit ? next : costliest(b));
    }
    if (!good_enough(b))
        settle(b);
    return good_enough(b);
}

/* A box for every colour. */
static void fill_boxes(struct boxes *b)
{
    for (b->count = 0; b->count < b->census->count; b->count++) {
        struct box *box = &b->box[b->count];
        b->order[b->count] = b->count;
        *box = (struct box){.first = b->count, .last = b->count + 1};
        memcpy(box->shown, b->census->colours[b->count].c, CHANNELS);
    }
}

/* ---- palettes ---- */

static int in_order(const void *a, const void *b)
{
    const struct box *x = a, *y = b;
    int sum = 0;
    if ((x->shown[3] == 255) != (y->shown[3] == 255))
        return x->shown[3] == 255 ? 1 : -1;
    for (unsigned c = 0; c < CHANNELS; c++)
        sum += (int)visible[c] * (x->shown[c] - y->shown[c]);
    return sum ? sum : memcmp(x->shown, y->shown, CHANNELS);
}

static void number_pixels(const struct bitmap *b, struct census *s,
                          struct bitmap *numbers)
{
    unsigned char c[CHANNELS], last[CHANNELS] = {0};
    for (unsigned y = 0; y < b->height; y++) {
        const unsigned char *pixel = bitmap_row(b, y);
        unsigned char *to = bitmap_row(numbers, y);
        for (unsigned x = 0; x < b->width; x++, pixel += b->channels) {
            colour_at(pixel, b->channels, c);
            if (x && memcmp(c, last, CHANNELS) == 0)
                to[x] = to[x - 1];
            else
                to[x] = (unsigned char)s->colours[census_find(s, c)].box;
            memcpy(last, c, CHANNELS);
        }
    }
}

/* Boxes become the palette, in order. */
static void finish(const struct bitmap *b, struct boxes *boxes,
                   struct bitmap *numbers, struct indexed *out)
{
    qsort(boxes->box, boxes->count, sizeof *boxes->box, in_order);
    *numbers = bitmap_new(b->width, b->height, 1);
    *out = (struct indexed){.width = b->width,
                            .height = b->height,
                            .pixels = numbers->pixels,
                            .colours = boxes->count};
    for (unsigned k = 0; k < boxes->count; k++) {
        const struct box *box = &boxes->box[k];
        memcpy(out->palette[k], box->shown, 3);
        out->alpha[k] = box->shown[3];
        out->clear += box->shown[3] != 255;
        for (uint32_t i = box->first; i < box->last; i++)
            boxes->census->colours[boxes->order[i]].box = k;
    }
    number_pixels(b, boxes->census, numbers);
}

/* Is it better to leave all colours as they are? */
static bool few_enough(uint32_t all, unsigned near)
{
    return all <= 16 || (all <= PALETTE_MAX && all < 2 * near &&
                         palette_bits(all) == palette_bits(near));
}

static bool make_palette(const struct bitmap *b, bool near,
                         struct bitmap *numbers, struct indexed *out)
{
    struct census census = census_new(near ? COUNTED_MAX : PALETTE_MAX);
    struct boxes *boxes = mem_alloc(sizeof *boxes);
    bool ok = take_census(&census, b);
    boxes->census = &census;
    boxes->order = mem_realloc(NULL, census.count * sizeof *boxes->order);
    for (uint32_t i = 0; i < census.count; i++)
        boxes->order[i] = i;
    if (ok && near)
        ok = cut_boxes(boxes);
    bool exact = !near || few_enough(census.count, boxes->count);
    if (ok && exact)
        fill_boxes(boxes);
    if (ok)
        finish(b, boxes, numbers, out);
    free(boxes->order);
    free(boxes);
    census_free(&census);
    return ok;
}

bool palette_exact(const struct bitmap *b, struct bitmap *numbers,
                   struct indexed *out)
{
    return make_palette(b, false, numbers, out);
}

bool palette_near(const struct bitmap *b, struct bitmap *numbers,
                  struct indexed *out)
{
    return make_palette(b, true, numbers, out);
}
