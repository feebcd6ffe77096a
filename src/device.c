/* The table of devices.
 *
 * Screens are those that makers state for the models named; for the older
 * Kindles and Kobos they were compared with the profiles of Kindle Comic
 * Converter (kcc). A name without a model is for any device of its make, and
 * for its apps: its box suits most of them, and it keeps colours, since one of
 * them may show some. A model whose screen is grey gets grey pictures: they
 * look the same there, and are smaller. */
#include "device.h"

#include "base/buf.h"
#include "base/mem.h"

enum { QUALITY = 82 };

#define MB 1000000ULL

/* The strictest of what Amazon and Kobo ask for, below. */
static const struct reading_system any = {.max_bytes = 5 * MB};

/* Amazon KDP, "Image Guidelines - Reflowable" (G75V4YX5X8GRGXWV): no
 * transparency, no moving GIFs; 5 MB a picture since 2014. */
static const struct reading_system kindle = {.max_bytes = 5 * MB};

/* Kobo ePub Guidelines, "Image Formatting": at most 5 MB, and no transparent
 * backgrounds. A link to an id further on in the book is shown as a note that
 * pops up ("Footnotes/Endnotes"). */
static const struct reading_system kobo = {.max_bytes = 5 * MB,
                                           .plain_links = true};

/* Apple Books Asset Guide, "Images": at most 5.6 million pixels; what shows
 * through a picture is black at night. */
static const struct reading_system apple = {.max_pixels = 5600000};

static const struct reading_system android = {0};

/* Thorium, Foliate and calibre show books in a browser's engine. */
static const struct reading_system browser = {.alpha = true, .animation = true};

#define COLOUR false
#define GREY   true

static const struct device table[] = {
    {"generic", 1264, 1680, COLOUR, &any, "any reader (the default)"},

    {"boox", 1264, 1680, COLOUR, &android, "any Boox"},
    {"boox-go-10", 1860, 2480, GREY, &android, "Boox Go 10.3"},
    {"boox-go-6", 1072, 1448, GREY, &android, "Boox Go 6"},
    {"boox-go-7", 1264, 1680, GREY, &android, "Boox Go 7, Page"},
    {"boox-go-color-7", 1264, 1680, COLOUR, &android, "Boox Go Color 7"},
    {"boox-note-air", 1404, 1872, GREY, &android, "Boox Note Air 2, 3"},
    {"boox-note-air-c", 1860, 2480, COLOUR, &android, "Boox Note Air 3 C, 4 C"},
    {"boox-palma", 824, 1648, GREY, &android, "Boox Palma, Palma 2"},

    {"desktop", 1600, 2400, COLOUR, &browser, "Thorium, Foliate, calibre"},

    {"fire-hd-10", 1200, 1920, COLOUR, &kindle, "Fire HD 10"},
    {"fire-hd-8", 800, 1280, COLOUR, &kindle, "Fire HD 8"},
    {"fire-max-11", 1200, 2000, COLOUR, &kindle, "Fire Max 11"},

    {"ipad", 1640, 2360, COLOUR, &apple, "iPad, iPad Air 11, iPad Pro 11"},
    {"ipad-13", 2048, 2732, COLOUR, &apple, "iPad Air 13, iPad Pro 13"},
    {"ipad-mini", 1488, 2266, COLOUR, &apple, "iPad mini"},
    {"iphone", 1179, 2556, COLOUR, &apple, "iPhone of 6.1 inches"},
    {"iphone-max", 1290, 2796, COLOUR, &apple, "iPhone Plus, Pro Max"},

    {"kindle", 1264, 1680, COLOUR, &kindle, "any Kindle, and its apps"},
    {"kindle-2014", 600, 800, GREY, &kindle, "Kindle (2014 to 2019)"},
    {"kindle-basic", 1072, 1448, GREY, &kindle, "Kindle (2022, 2024)"},
    {"kindle-colorsoft", 1264, 1680, COLOUR, &kindle, "Kindle Colorsoft"},
    {"kindle-oasis", 1264, 1680, GREY, &kindle, "Kindle Oasis (2017, 2019)"},
    {"kindle-paperwhite", 1264, 1680, GREY, &kindle,
     "Kindle Paperwhite (2024)"},
    {"kindle-paperwhite-1", 758, 1024, GREY, &kindle,
     "Kindle Paperwhite (2012, 2013)"},
    {"kindle-paperwhite-3", 1072, 1448, GREY, &kindle,
     "Kindle Paperwhite (2015, 2018)"},
    {"kindle-paperwhite-5", 1236, 1648, GREY, &kindle,
     "Kindle Paperwhite (2021)"},
    {"kindle-scribe", 1860, 2480, GREY, &kindle, "Kindle Scribe (2022, 2024)"},
    {"kindle-scribe-3", 1980, 2640, GREY, &kindle, "Kindle Scribe (2025)"},
    {"kindle-scribe-colorsoft", 1980, 2640, COLOUR, &kindle,
     "Kindle Scribe Colorsoft"},

    {"kobo", 1264, 1680, COLOUR, &kobo, "any Kobo"},
    {"kobo-aura", 758, 1024, GREY, &kobo, "Kobo Aura, Glo"},
    {"kobo-aura-h2o", 1080, 1430, GREY, &kobo, "Kobo Aura H2O"},
    {"kobo-aura-one", 1404, 1872, GREY, &kobo, "Kobo Aura One"},
    {"kobo-clara", 1072, 1448, GREY, &kobo, "Kobo Clara HD, 2E, BW, Glo HD"},
    {"kobo-clara-colour", 1072, 1448, COLOUR, &kobo, "Kobo Clara Colour"},
    {"kobo-elipsa", 1404, 1872, GREY, &kobo, "Kobo Elipsa, Elipsa 2E"},
    {"kobo-forma", 1440, 1920, GREY, &kobo, "Kobo Forma"},
    {"kobo-libra", 1264, 1680, GREY, &kobo, "Kobo Libra H2O, Libra 2"},
    {"kobo-libra-colour", 1264, 1680, COLOUR, &kobo, "Kobo Libra Colour"},
    {"kobo-nia", 758, 1024, GREY, &kobo, "Kobo Nia"},
    {"kobo-sage", 1440, 1920, GREY, &kobo, "Kobo Sage"},

    {"nook", 1264, 1680, COLOUR, &any, "any Nook"},
    {"nook-glowlight", 1072, 1448, GREY, &any, "Nook GlowLight 3, 4"},
    {"nook-glowlight-4e", 758, 1024, GREY, &any, "Nook GlowLight 4e"},
    {"nook-glowlight-plus", 1404, 1872, GREY, &any,
     "Nook GlowLight Plus (2019), 4 Plus"},

    {"phone", 1080, 2400, COLOUR, &android, "any phone"},

    {"pocketbook", 1264, 1680, COLOUR, &any, "any PocketBook"},
    {"pocketbook-basic", 758, 1024, GREY, &any,
     "PocketBook Basic Lux 4, Verse"},
    {"pocketbook-color", 1072, 1448, COLOUR, &any,
     "PocketBook Color, Verse Pro Color"},
    {"pocketbook-era", 1264, 1680, GREY, &any, "PocketBook Era"},
    {"pocketbook-era-color", 1264, 1680, COLOUR, &any, "PocketBook Era Color"},
    {"pocketbook-inkpad", 1404, 1872, GREY, &any, "PocketBook InkPad 3, 4"},
    {"pocketbook-inkpad-color", 1404, 1872, COLOUR, &any,
     "PocketBook InkPad Color, Color 2, 3"},
    {"pocketbook-inkpad-eo", 1860, 2480, COLOUR, &any, "PocketBook InkPad Eo"},
    {"pocketbook-touch", 1072, 1448, GREY, &any,
     "PocketBook Touch HD 3, Verse Pro"},

    {"remarkable", 1404, 1872, COLOUR, &any, "any reMarkable"},
    {"remarkable-2", 1404, 1872, GREY, &any, "reMarkable 1, 2"},
    {"remarkable-move", 954, 1696, COLOUR, &any, "reMarkable Paper Pro Move"},
    {"remarkable-pro", 1620, 2160, COLOUR, &any, "reMarkable Paper Pro"},

    {"tablet", 1600, 2400, COLOUR, &android, "any tablet"},

    {"tolino", 1264, 1680, COLOUR, &any, "any tolino"},
    {"tolino-epos", 1440, 1920, GREY, &any, "tolino epos 2, 3"},
    {"tolino-shine", 1072, 1448, GREY, &any, "tolino shine 3, 4, 5"},
    {"tolino-shine-color", 1072, 1448, COLOUR, &any, "tolino shine color"},
    {"tolino-vision", 1264, 1680, GREY, &any, "tolino vision 5, 6"},
    {"tolino-vision-color", 1264, 1680, COLOUR, &any, "tolino vision color"},

    {"xteink-x3", 528, 792, GREY, &any, "Xteink X3"},
    {"xteink-x4", 480, 800, GREY, &any, "Xteink X4"},
};

const struct device *device_table(size_t *count)
{
    *count = ARRAY_LEN(table);
    return table;
}

const struct device *device_find(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (str_eq(name, str_of(table[i].name)))
            return &table[i];
    return NULL;
}

/* Pages turn on all of them, so tall pictures are sliced: what has several
 * screens' height is a narrow strip otherwise. */
struct fit device_fit(const struct device *d)
{
    return (struct fit){.width = d->width,
                        .height = d->height,
                        .quality = QUALITY,
                        .colours = d->grey ? FIT_GREY : FIT_COLOUR,
                        .keep_alpha = d->system->alpha,
                        .animation = d->system->animation,
                        .slices = FIT_SLICES_MAX,
                        .max_bytes = d->system->max_bytes,
                        .max_pixels = d->system->max_pixels};
}

char *device_list(struct arena *a)
{
    struct buf b = buf_make(BUF_BODY);
    buf_printf(&b, "%-24s %-9s  %-6s  %s\n", "NAME", "SCREEN", "COLORS",
               "DEVICES");
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        const struct device *d = &table[i];
        buf_printf(&b, "%-24s %-9s  %-6s  %s\n", d->name,
                   arena_printf(a, "%ux%u", d->width, d->height),
                   d->grey ? "gray" : "color", d->what);
    }
    char *text = arena_str(a, buf_view(&b));
    buf_free(&b);
    return text;
}
