/* A plain typographic cover: a coloured panel with the title, and below it, on
 * paper, who wrote it and when. */
#include "image/draw.h"

#include "base/mem.h"
#include "glyph/line.h"

enum {
    RULE_TOP = 190, /* of the short rule above the title */
    RULE_WIDTH = 150,
    RULE_HEIGHT = 6,
    TITLE_TOP = 250,
    TITLE_ROOM = COVER_PANEL - TITLE_TOP - 90,
    TITLE_LARGEST = 156,
    TITLE_SMALLEST = 60,
    BELOW_LARGEST = 120, /* of a title below a picture */
    BELOW_SMALLEST = 46,
    BELOW_GAP = 70,  /* between them, and below the last line */
    DETAIL_TOP = 40, /* between the title and what is below it */
    AUTHOR_SIZE = 58,
    AUTHOR_BASE = 1235, /* baseline below a panel */
    DETAIL_SIZE = 42,
    DETAIL_GAP = 12, /* between lines of different sizes */
    DETAIL_COUNT = 3,
};

static const char *const title_faces[] = {
    "LinLibertine_DR.otf", "DejaVuSans.ttf", "DroidSansFallbackFull.ttf"};
static const char *const text_faces[] = {"LinLibertine_R.otf", "DejaVuSans.ttf",
                                         "DroidSansFallbackFull.ttf"};

/* The palette: from the panel's colour to paper, in steps, and from paper to
 * black. */
enum { ON_PANEL = 0, PAPER = LINE_LEVELS, ON_PAPER = LINE_LEVELS + 1 };

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

/* As bright, by the weights of Rec. 601. */
static struct ink grey_of(struct ink c)
{
    unsigned char y =
        (unsigned char)((c.red * 299 + c.green * 587 + c.blue * 114 + 500) /
                        1000);
    return (struct ink){y, y, y};
}

struct ink cover_paper(bool grey)
{
    return grey ? grey_of(paper) : paper;
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

/* A cover that is being drawn. */
struct drawing {
    const struct cover_page *page;
    const struct bitmap *canvas;
    struct faces *large, *small;
    int measure; /* of the title's lines */
    bool rtl;    /* the title's direction */
};

/* What stands below the title: who, when, how much. */
struct details {
    struct {
        struct paragraph *text; /* NULL: empty */
        int size, height;
    } lines[DETAIL_COUNT];
    int height;
};

/* The title as large as it fits into `room`. */
static struct paragraph *fit_title(const struct drawing *d, struct str title,
                                   int room, int *size)
{
    bool below = d->page->picture > 0;
    int smallest = below ? BELOW_SMALLEST : TITLE_SMALLEST;
    for (*size = below ? BELOW_LARGEST : TITLE_LARGEST;;
         *size = *size * 9 / 10) {
        int lines = room / leading_for(*size);
        faces_set_size(d->large, (unsigned)*size);
        struct paragraph *p = paragraph_new(d->large, title, d->measure,
                                            lines > 0 ? (size_t)lines : 1);
        if (!paragraph_overflows(p) || *size * 9 / 10 < smallest)
            return p;
        paragraph_free(p);
    }
}

static void title_on_panel(struct drawing *d, struct str title)
{
    int size, end = (int)d->page->width - COVER_MARGIN;
    struct paragraph *p = fit_title(d, title, TITLE_ROOM, &size);
    d->rtl = paragraph_rtl(p);
    fill(d->canvas, d->rtl ? end - RULE_WIDTH : COVER_MARGIN, RULE_TOP,
         RULE_WIDTH, RULE_HEIGHT, PAPER);
    paragraph_draw(p, d->canvas, COVER_MARGIN, TITLE_TOP + size,
                   leading_for(size), ON_PANEL);
    paragraph_free(p);
}

/* Between a picture and `bottom`. */
static void title_below(struct drawing *d, struct str title, int bottom)
{
    int size, top = (int)d->page->picture + BELOW_GAP;
    struct paragraph *p = fit_title(d, title, bottom - DETAIL_TOP - top, &size);
    d->rtl = paragraph_rtl(p);
    paragraph_draw(p, d->canvas, COVER_MARGIN, top + size, leading_for(size),
                   ON_PAPER);
    paragraph_free(p);
}

static struct details make_details(const struct drawing *d,
                                   const struct str *texts)
{
    struct details all = {.height = 0};
    for (int i = 0; i < DETAIL_COUNT; i++) {
        int size = i == 0 ? AUTHOR_SIZE : DETAIL_SIZE;
        if (!texts[i].n)
            continue;
        faces_set_size(d->small, (unsigned)size);
        struct paragraph *p = paragraph_new(d->small, texts[i],
                                            d->measure - (int)d->page->mark, 2);
        all.lines[i].text = p;
        all.lines[i].size = size;
        all.lines[i].height =
            (int)paragraph_lines(p) * leading_for(size) + DETAIL_GAP;
        all.height += all.lines[i].height;
    }
    return all;
}

/* The first line's baseline at `y`. */
static void draw_details(const struct drawing *d, struct details *all, int y)
{
    int x = COVER_MARGIN + (d->rtl ? (int)d->page->mark : 0);
    for (int i = 0; i < DETAIL_COUNT; i++) {
        if (!all->lines[i].text)
            continue;
        int size = all->lines[i].size;
        faces_set_size(d->small, (unsigned)size);
        paragraph_align(all->lines[i].text, d->rtl);
        paragraph_draw(all->lines[i].text, d->canvas, x, y, leading_for(size),
                       ON_PAPER);
        paragraph_free(all->lines[i].text);
        y += all->lines[i].height;
    }
}

static void draw_words(struct drawing *d, struct str words)
{
    struct str title = {"", 0},
               texts[DETAIL_COUNT] = {{"", 0}, {"", 0}, {"", 0}};
    str_next(&words, '\n', &title);
    for (int i = 0; i < DETAIL_COUNT; i++)
        str_next(&words, '\n', &texts[i]);
    struct details details = make_details(d, texts);
    int bottom = COVER_HEIGHT - BELOW_GAP - details.height;
    if (d->page->picture)
        title_below(d, title, bottom);
    else
        title_on_panel(d, title);
    draw_details(d, &details,
                 d->page->picture ? bottom + AUTHOR_SIZE : AUTHOR_BASE);
}

static void start_page(const struct cover_page *page, struct str title,
                       const struct bitmap *canvas, struct indexed *out)
{
    int top = page->picture ? (int)page->picture : COVER_PANEL;
    struct ink panel = panel_for(title);
    *out = (struct indexed){
        .width = page->width, .height = COVER_HEIGHT, .pixels = canvas->pixels};
    add_inks(out, page->grey ? grey_of(panel) : panel, page->paper);
    add_inks(out, page->paper, black);
    fill(canvas, 0, top, (int)page->width, COVER_HEIGHT - top, ON_PAPER);
}

bool draw_cover(struct str words, const char *fonts, struct cover_page *page,
                struct bitmap *canvas, struct indexed *out)
{
    struct drawing d = {
        .page = page,
        .canvas = canvas,
        .large = faces_open(fonts, title_faces, ARRAY_LEN(title_faces)),
        .small = faces_open(fonts, text_faces, ARRAY_LEN(text_faces)),
        .measure = (int)page->width - 2 * COVER_MARGIN};
    bool drawn = d.large && d.small;
    if (drawn) {
        *canvas = bitmap_new(page->width, COVER_HEIGHT, 1); /* ON_PANEL */
        start_page(page, str_sub(words, 0, str_chr(words, '\n')), canvas, out);
        draw_words(&d, words);
        page->rtl = d.rtl;
    }
    faces_free(d.large);
    faces_free(d.small);
    return drawn;
}
