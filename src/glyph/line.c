#include "glyph/line.h"

#include "base/mem.h"
#include "glyph/face_int.h"

#include <fribidi.h>
#include <stdlib.h>

enum { LINES_MAX = 64, CHARACTERS_MAX = 2000 };

/* Characters of the text from `start` on that make one line. */
struct line {
    size_t start, count;
};

struct paragraph {
    struct faces *faces;
    uint32_t *text; /* room for an ellipsis after it */
    size_t length;
    unsigned char *face; /* of each character */
    FriBidiLevel *levels;
    bool rtl, overflows;
    bool right; /* lines end there */
    int width;
    struct line lines[LINES_MAX];
    size_t line_count;
};

/* A stretch of one face and one direction. */
struct run {
    size_t start, count;
    size_t face;
    int level;
};

/* ---- characters ---- */

static bool is_mark(uint32_t c)
{
    hb_unicode_general_category_t kind =
        hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
    return kind == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
           kind == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK ||
           kind == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK ||
           kind == HB_UNICODE_GENERAL_CATEGORY_FORMAT;
}

/* Ideographs and kana: a line may end after each. */
static bool is_ideograph(uint32_t c)
{
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

/* Characters that no face has draw nothing, and are left out; so are
 * variation selectors. */
static void decode(struct paragraph *p, struct str text)
{
    p->text = mem_alloc((CHARACTERS_MAX + 1) * sizeof *p->text);
    p->face = mem_alloc(CHARACTERS_MAX + 1);
    while (text.n && p->length < CHARACTERS_MAX) {
        uint32_t c = utf8_next(&text);
        bool stays = p->length && (is_mark(c) || c == ' ');
        size_t face = stays ? p->face[p->length - 1] : faces_for(p->faces, c);
        if (c == 0xFE0F || c == 0xFE0E || face == FACE_NONE)
            continue;
        p->face[p->length] = (unsigned char)face;
        p->text[p->length++] = chr_space((int)c) ? ' ' : c;
    }
}

static void find_levels(struct paragraph *p)
{
    FriBidiStrIndex n = (FriBidiStrIndex)p->length;
    size_t room = p->length + 1;
    FriBidiCharType *types = mem_alloc(room * sizeof *types);
    FriBidiBracketType *brackets = mem_alloc(room * sizeof *brackets);
    FriBidiParType base = FRIBIDI_PAR_ON;
    p->levels = mem_alloc(room * sizeof *p->levels);
    fribidi_get_bidi_types(p->text, n, types);
    fribidi_get_bracket_types(p->text, n, types, brackets);
    if (n && !fribidi_get_par_embedding_levels_ex(types, brackets, n, &base,
                                                  p->levels))
        memset(p->levels, 0, room * sizeof *p->levels);
    p->rtl = FRIBIDI_IS_RTL(base);
    p->right = p->rtl;
    free(types);
    free(brackets);
}

/* ---- runs ---- */

static hb_buffer_t *shape(const struct paragraph *p, const struct run *r)
{
    hb_buffer_t *b = hb_buffer_create();
    hb_buffer_add_utf32(b, p->text, (int)p->length, (unsigned)r->start,
                        (int)r->count);
    hb_buffer_set_direction(b,
                            r->level % 2 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_guess_segment_properties(b);
    hb_shape(p->faces->items[r->face].hb, b, NULL, 0);
    return b;
}

/* The run at `start`, which ends before `end`. */
static struct run run_at(const struct paragraph *p, size_t start, size_t end)
{
    struct run r = {start, 0, p->face[start], p->levels[start]};
    while (start + r.count < end && p->face[start + r.count] == r.face &&
           p->levels[start + r.count] == r.level)
        r.count++;
    return r;
}

static int advance_of(hb_buffer_t *b)
{
    unsigned n;
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(b, &n);
    int width = 0;
    for (unsigned i = 0; i < n; i++)
        width += at[i].x_advance;
    return width / 64;
}

static int measure(const struct paragraph *p, size_t start, size_t count)
{
    int width = 0;
    for (size_t i = start; i < start + count;) {
        struct run r = run_at(p, i, start + count);
        hb_buffer_t *b = shape(p, &r);
        width += advance_of(b);
        hb_buffer_destroy(b);
        i += r.count;
    }
    return width;
}

/* ---- breaking ---- */

/* A word, with the space after it. */
struct word {
    size_t start, count; /* the space aside */
    int width, space;
};

typedef VEC(struct word) word_list;

/* A word that is wider than a line is broken where the line ends. */
static void fit_word(struct paragraph *p, struct word *w)
{
    w->width = measure(p, w->start, w->count);
    if (w->width <= p->width)
        return;
    p->overflows = true;
    while (w->count > 1 && w->width > p->width)
        w->width = measure(p, w->start, --w->count);
}

static word_list find_words(struct paragraph *p)
{
    word_list words = {0};
    for (size_t i = 0; i < p->length;) {
        size_t start = i;
        if (p->text[i] == ' ') {
            i++;
            continue;
        }
        while (i < p->length && p->text[i] != ' ' &&
               !(i > start && is_ideograph(p->text[i - 1])))
            i++;
        struct word w = {.start = start, .count = i - start};
        fit_word(p, &w);
        i = start + w.count;
        if (i < p->length && p->text[i] == ' ')
            w.space = measure(p, i, 1);
        vec_push(&words, w);
    }
    return words;
}

/* Fill lines one after the other; returns how many. With `lines` the result
 * is kept there, as far as there is room. */
static size_t fill(const word_list *words, int width, struct line *lines,
                   size_t room)
{
    size_t count = 0;
    int at = 0;
    for (size_t i = 0; i < words->len; i++) {
        const struct word *w = &words->items[i];
        bool starts = !count || at + w->width > width;
        if (starts) {
            at = 0;
            count++;
        }
        at += w->width + w->space;
        if (!lines || count > room)
            continue;
        struct line *l = &lines[count - 1];
        if (starts)
            l->start = w->start;
        l->count = w->start + w->count - l->start;
    }
    return count;
}

/* The narrowest width that needs no more lines: so they are balanced. */
static int balanced_width(const word_list *words, int width)
{
    size_t lines = fill(words, width, NULL, 0);
    int low = 0, high = width;
    while (low + 1 < high) {
        int mid = (low + high) / 2;
        bool fits = fill(words, mid, NULL, 0) <= lines;
        for (size_t i = 0; fits && i < words->len; i++)
            fits = words->items[i].width <= mid;
        if (fits)
            high = mid;
        else
            low = mid;
    }
    return high;
}

/* Cut the last line so that an ellipsis fits. */
static void add_ellipsis(struct paragraph *p, struct line *l)
{
    uint32_t *end;
    for (;;) {
        end = &p->text[l->start + l->count];
        uint32_t was = *end;
        unsigned char face = p->face[l->start + l->count];
        *end = 0x2026;
        p->face[l->start + l->count] =
            (unsigned char)(faces_for(p->faces, *end) % FACE_NONE);
        p->levels[l->start + l->count] = p->rtl;
        if (l->count < 2 || measure(p, l->start, l->count + 1) <= p->width)
            break;
        *end = was;
        p->face[l->start + l->count] = face;
        l->count--;
    }
    l->count++;
}

struct paragraph *paragraph_new(struct faces *f, struct str text, int width,
                                size_t lines)
{
    struct paragraph *p = mem_alloc(sizeof *p);
    p->faces = f;
    p->width = width;
    decode(p, text);
    find_levels(p);
    word_list words = find_words(p);
    if (lines > LINES_MAX)
        lines = LINES_MAX;
    size_t count = fill(&words, balanced_width(&words, width), p->lines, lines);
    p->line_count = count < lines ? count : lines;
    if (count > lines) {
        p->overflows = true;
        add_ellipsis(p, &p->lines[lines - 1]);
    }
    free(words.items);
    return p;
}

void paragraph_free(struct paragraph *p)
{
    if (!p)
        return;
    free(p->text);
    free(p->face);
    free(p->levels);
    free(p);
}

size_t paragraph_lines(const struct paragraph *p)
{
    return p->line_count;
}

bool paragraph_overflows(const struct paragraph *p)
{
    return p->overflows;
}

bool paragraph_rtl(const struct paragraph *p)
{
    return p->rtl;
}

void paragraph_align(struct paragraph *p, bool right)
{
    p->right = right;
}

/* ---- drawing ---- */

static void cover(unsigned char *pixel, unsigned char ground, unsigned coverage)
{
    unsigned value = ground + (coverage * LINE_LEVELS + 127) / 255;
    if (value > *pixel)
        *pixel = (unsigned char)value;
}

static void draw_glyph(FT_Face face, unsigned glyph, const struct bitmap *b,
                       int x, int y, unsigned char ground)
{
    if (FT_Load_Glyph(face, glyph, FT_LOAD_RENDER | FT_LOAD_NO_HINTING) != 0)
        return;
    const FT_Bitmap *g = &face->glyph->bitmap;
    int left = x + face->glyph->bitmap_left, top = y - face->glyph->bitmap_top;
    if (g->pixel_mode != FT_PIXEL_MODE_GRAY)
        return;
    for (int row = 0; row < (int)g->rows; row++) {
        if (top + row < 0 || top + row >= (int)b->height)
            continue;
        for (int column = 0; column < (int)g->width; column++) {
            unsigned coverage = g->buffer[row * g->pitch + column];
            int at = left + column;
            if (coverage && at >= 0 && at < (int)b->width)
                cover(bitmap_row(b, (unsigned)(top + row)) + at, ground,
                      coverage);
        }
    }
}

static int draw_run(const struct paragraph *p, const struct run *r,
                    const struct bitmap *b, int x, int y, unsigned char ground)
{
    hb_buffer_t *shaped = shape(p, r);
    unsigned n;
    const hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(shaped, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(shaped, &n);
    int pen = x * 64;
    for (unsigned i = 0; i < n; i++) {
        draw_glyph(p->faces->items[r->face].ft, glyphs[i].codepoint, b,
                   (pen + at[i].x_offset) / 64, y - at[i].y_offset / 64,
                   ground);
        pen += at[i].x_advance;
    }
    hb_buffer_destroy(shaped);
    return pen / 64;
}

/* Runs of a line in the order in which they are seen (Unicode Bidirectional
 * Algorithm, rule L2): of each level, from the highest down, stretches are
 * turned around. */
static void order_runs(struct run *runs, size_t n)
{
    int highest = 0;
    for (size_t i = 0; i < n; i++)
        if (runs[i].level > highest)
            highest = runs[i].level;
    for (int level = highest; level > 0; level--)
        for (size_t i = 0; i < n; i++) {
            size_t end = i;
            while (end < n && runs[end].level >= level)
                end++;
            for (size_t low = i, high = end; low + 1 < high; low++, high--) {
                struct run swap = runs[low];
                runs[low] = runs[high - 1];
                runs[high - 1] = swap;
            }
            i = end;
        }
}

static void draw_line(const struct paragraph *p, const struct line *l,
                      const struct bitmap *b, int x, int y,
                      unsigned char ground)
{
    VEC(struct run) runs = {0};
    for (size_t i = l->start; i < l->start + l->count;) {
        struct run r = run_at(p, i, l->start + l->count);
        vec_push(&runs, r);
        i += r.count;
    }
    order_runs(runs.items, runs.len);
    if (p->right)
        x += p->width - measure(p, l->start, l->count);
    for (size_t i = 0; i < runs.len; i++)
        x = draw_run(p, &runs.items[i], b, x, y, ground);
    free(runs.items);
}

void paragraph_draw(const struct paragraph *p, const struct bitmap *b, int x,
                    int y, int leading, unsigned char ground)
{
    for (size_t i = 0; i < p->line_count; i++)
        draw_line(p, &p->lines[i], b, x, y + (int)i * leading, ground);
}
