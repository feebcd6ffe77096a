/* A plain typographic cover: a coloured panel with the title, and below it, on
 * paper, who wrote it and when. */
#include "image/draw.h"

#include "base/mem.h"
#include "glyph/line.h"

enum {
    MARGIN = 110,
    MEASURE = COVER_WIDTH - 2 * MARGIN,
    PANEL = 1120,   /* height of the coloured part */
    RULE_TOP = 190, /* of the short rule above the title */
    RULE_WIDTH = 150,
    RULE_HEIGHT = 6,
    TITLE_TOP = 250,
    TITLE_ROOM = PANEL - TITLE_TOP - 90,
    TITLE_LARGEST = 156,
    TITLE_SMALLEST = 60,
    AUTHOR_SIZE = 58,
    AUTHOR_BASE = 1235, /* baseline */
    DETAIL_SIZE = 42,
    DETAIL_LEADING = 60,
};

static const char *const title_faces[] = {
    "LinLibertine_DR.otf", "DejaVuSans.ttf", "DroidSansFallbackFull.ttf"};
static const char *const text_faces[] = {"LinLibertine_R.otf", "DejaVuSans.ttf",
                                         "DroidSansFallbackFull.ttf"};

/* The palette: from the panel's colour to paper, in steps, and from paper to
 * black. */
enum { ON_PANEL = 0, PAPER = LINE_LEVELS, ON_PAPER = LINE_LEVELS + 1 };

struct ink {
    unsigned char red, green, blue;
};

static const struct ink paper = {250, 247, 240}, black = {34, 34, 34};

/* Panels: dark enough for paper-coloured text (contrast of 7 and more), and
 * told apart in grey by nobody, which does not matter. */
static const struct ink panels[] = {
    {29, 58, 79}, {90, 31, 43}, {40, 70, 46}, {62, 43, 86},
    {99, 52, 18}, {28, 72, 74}, {66, 50, 30}, {43, 47, 54},
};

static struct ink panel_for(struct str title)
{
    unsigned h = 5381;
    for (size_t i = 0; i < title.n; i++)
        h = h * 33 + (unsigned char)title.p[i];
    return panels[h / 7 % ARRAY_LEN(panels)];
}

static void fill(const struct bitmap *b, int x, int y, int width, int height,
                 unsigned char index)
{
    for (int row = 0; row < height; row++)
        memset(bitmap_row(b, (unsigned)(y + row)) + x, index, (size_t)width);
}

static unsigned char between(unsigned char from, unsigned char to, int step)
{
    return (unsigned char)((from * (LINE_LEVELS - step) + to * step +
                            LINE_LEVELS / 2) /
                           LINE_LEVELS);
}

static void add_inks(struct indexed *out, struct ink ground, struct ink text)
{
    for (int i = 0; i <= LINE_LEVELS; i++) {
        unsigned char *c = out->palette[out->colours++];
        c[0] = between(ground.red, text.red, i);
        c[1] = between(ground.green, text.green, i);
        c[2] = between(ground.blue, text.blue, i);
    }
}

static int leading_for(int size)
{
    return size * 115 / 100;
}

/* The title as large as it fits into its room. */
static void draw_title(const struct bitmap *b, struct faces *faces,
                       struct str title)
{
    int size = TITLE_LARGEST;
    struct paragraph *p = NULL;
    for (;; size = size * 9 / 10) {
        size_t lines = (size_t)(TITLE_ROOM / leading_for(size));
        faces_set_size(faces, (unsigned)size);
        p = paragraph_new(faces, title, MEASURE, lines);
        if (!paragraph_overflows(p) || size * 9 / 10 < TITLE_SMALLEST)
            break;
        paragraph_free(p);
    }
    int rule = paragraph_rtl(p) ? COVER_WIDTH - MARGIN - RULE_WIDTH : MARGIN;
    fill(b, rule, RULE_TOP, RULE_WIDTH, RULE_HEIGHT, PAPER);
    paragraph_draw(p, b, MARGIN, TITLE_TOP + size, leading_for(size), ON_PANEL);
    paragraph_free(p);
}

/* One line below the panel; returns where the next one's baseline is. */
static int draw_detail(const struct bitmap *b, struct faces *faces,
                       struct str text, int size, int y)
{
    if (!text.n)
        return y;
    faces_set_size(faces, (unsigned)size);
    struct paragraph *p = paragraph_new(faces, text, MEASURE, 2);
    int lines = (int)paragraph_lines(p);
    paragraph_draw(p, b, MARGIN, y, leading_for(size), ON_PAPER);
    paragraph_free(p);
    return y + (lines - 1) * leading_for(size) + DETAIL_LEADING +
           (size - DETAIL_SIZE);
}

bool draw_cover(struct str words, const char *fonts, struct bitmap *canvas,
                struct indexed *out)
{
    struct str title = {"", 0}, author = title, date = title, note = title;
    str_next(&words, '\n', &title);
    str_next(&words, '\n', &author);
    str_next(&words, '\n', &date);
    str_next(&words, '\n', &note);
    struct faces *large =
        faces_open(fonts, title_faces, ARRAY_LEN(title_faces));
    struct faces *small = faces_open(fonts, text_faces, ARRAY_LEN(text_faces));
    if (large && small) {
        *canvas = bitmap_new(COVER_WIDTH, COVER_HEIGHT, 1); /* ON_PANEL */
        *out = (struct indexed){.width = COVER_WIDTH,
                                .height = COVER_HEIGHT,
                                .pixels = canvas->pixels};
        add_inks(out, panel_for(title), paper);
        add_inks(out, paper, black);
        fill(canvas, 0, PANEL, COVER_WIDTH, COVER_HEIGHT - PANEL, ON_PAPER);
        draw_title(canvas, large, title);
        int y = draw_detail(canvas, small, author, AUTHOR_SIZE, AUTHOR_BASE);
        y = draw_detail(canvas, small, date, DETAIL_SIZE, y);
        draw_detail(canvas, small, note, DETAIL_SIZE, y);
    }
    bool drawn = large && small;
    faces_free(large);
    faces_free(small);
    return drawn;
}
