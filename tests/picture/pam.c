#include "pam.h"

#include "base/mem.h"

#include <string.h>

enum { SIDE_MAX = 100000 };

/* What a header says; 0: it does not. */
struct head {
    unsigned width, height, channels, most;
};

/* The next word, comments left out; "" at the end. */
static struct str next_word(struct str *rest)
{
    size_t at = 0;
    while (at < rest->n && strchr(" \t\r\n#", rest->p[at])) {
        if (rest->p[at] == '#')
            at += str_find(str_sub(*rest, at, rest->n), STR("\n"));
        at++;
    }
    size_t end = at;
    while (end < rest->n && !strchr(" \t\r\n", rest->p[end]))
        end++;
    struct str word = str_sub(*rest, at, end - at);
    *rest = str_sub(*rest, end, rest->n);
    return word;
}

static unsigned next_number(struct str *rest)
{
    struct str word = next_word(rest);
    unsigned n = 0;
    for (size_t i = 0; i < word.n && n < SIDE_MAX; i++)
        n = n * 10 + (unsigned)(word.p[i] - '0');
    return n;
}

/* PAM's header: names and values, in any order, up to ENDHDR. */
static void read_names(struct str *rest, struct head *h)
{
    const struct {
        struct str name;
        unsigned *value;
    } names[] = {{STR("WIDTH"), &h->width},
                 {STR("HEIGHT"), &h->height},
                 {STR("DEPTH"), &h->channels},
                 {STR("MAXVAL"), &h->most}};
    for (;;) {
        struct str word = next_word(rest);
        if (!word.n || str_eq(word, STR("ENDHDR")))
            return;
        for (size_t i = 0; i < ARRAY_LEN(names); i++)
            if (str_eq(word, names[i].name))
                *names[i].value = next_number(rest);
    }
}

bool pam_read(struct str file, struct bitmap *out)
{
    struct head h = {0};
    struct str kind = next_word(&file);
    if (str_eq(kind, STR("P7"))) {
        read_names(&file, &h);
    } else if (str_eq(kind, STR("P5")) || str_eq(kind, STR("P6"))) {
        h.channels = str_eq(kind, STR("P5")) ? 1 : 3;
        h.width = next_number(&file);
        h.height = next_number(&file);
        h.most = next_number(&file);
    }
    size_t need = (size_t)h.width * h.height * h.channels;
    if (!need || h.channels > 4 || h.most != 255 || file.n < need + 1)
        return false;
    *out = bitmap_new(h.width, h.height, h.channels);
    memcpy(out->pixels, file.p + 1, need); /* after one white space */
    return true;
}

void pam_write(const struct bitmap *b, struct buf *out)
{
    static const char *const types[] = {"", "GRAYSCALE", "GRAYSCALE_ALPHA",
                                        "RGB", "RGB_ALPHA"};
    buf_printf(out,
               "P7\nWIDTH %u\nHEIGHT %u\nDEPTH %u\nMAXVAL 255\n"
               "TUPLTYPE %s\nENDHDR\n",
               b->width, b->height, b->channels, types[b->channels]);
    buf_add(out, b->pixels, (size_t)b->width * b->height * b->channels);
}
