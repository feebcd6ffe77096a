#include "article/picture/srcset.h"

/* Numbers past this, in thousandths, only have to stay large. */
enum { MOST = 100000000 };

/* A number without sign or exponent, in thousandths; false if it is none. */
static bool number_of(struct str s, unsigned *thousandths)
{
    unsigned value = 0, unit = 1000;
    bool point = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && !point && s.n > 1) {
            point = true;
            continue;
        }
        if (!chr_digit((unsigned char)s.p[i]))
            return false;
        unsigned digit = (unsigned)(s.p[i] - '0');
        if (point)
            value += digit * (unit /= 10);
        else if (value < MOST)
            value = value * 10 + digit * 1000;
    }
    *thousandths = value;
    return s.n > 0;
}

/* "800w", "1.5x", or "600h", which is allowed beside a width and says nothing
 * about the choice. */
static bool describe(struct str word, struct srcset_candidate *c)
{
    unsigned value;
    if (!number_of(str_sub(word, 0, word.n - 1), &value))
        return false;
    switch (word.p[word.n - 1]) {
    case 'w':
        c->width = value / 1000;
        return c->width > 0;
    case 'x':
        c->density = value;
        return true;
    default:
        return word.p[word.n - 1] == 'h';
    }
}

/* The descriptors up to a comma outside of parentheses. */
static struct str take_descriptors(struct str *rest)
{
    struct str all = *rest;
    size_t i = 0;
    for (int depth = 0; i < all.n && (depth > 0 || all.p[i] != ','); i++)
        depth += (all.p[i] == '(') - (all.p[i] == ')' && depth > 0);
    *rest = str_sub(all, i + 1, all.n);
    return str_sub(all, 0, i);
}

static void skip_separators(struct str *rest)
{
    while (rest->n && (chr_space((unsigned char)*rest->p) || *rest->p == ','))
        *rest = str_sub(*rest, 1, rest->n);
}

/* An address ends at white space, so it may hold commas, as those of data: and
 * of image services do; commas at its end part it from the next one. */
bool srcset_next(struct str *rest, struct srcset_candidate *candidate)
{
    for (;;) {
        struct srcset_candidate c = {.density = 1000};
        skip_separators(rest);
        if (!str_next_word(rest, &c.address))
            return false;
        bool good = true;
        if (str_ends(c.address, STR(","))) {
            while (str_ends(c.address, STR(",")))
                c.address.n--;
        } else {
            struct str descriptors = take_descriptors(rest), word;
            while (good && str_next_word(&descriptors, &word))
                good = describe(word, &c);
        }
        if (good) {
            *candidate = c;
            return true;
        }
    }
}

static bool better(const struct srcset_candidate *a,
                   const struct srcset_candidate *b, unsigned enough)
{
    if (a->width && b->width)
        return b->width < enough ? a->width > b->width
                                 : a->width >= enough && a->width < b->width;
    return a->width ? !b->width : !b->width && a->density > b->density;
}

bool srcset_choose(struct str set, unsigned enough, bool (*usable)(struct str),
                   struct srcset_candidate *chosen)
{
    struct srcset_candidate c;
    bool found = false;
    while (srcset_next(&set, &c)) {
        if (!usable(c.address) || (found && !better(&c, chosen, enough)))
            continue;
        *chosen = c;
        found = true;
    }
    return found;
}
