#include "base/limit.h"

#include "base/buf.h"
#include "base/mem.h"

#include <inttypes.h>

enum { DIGITS_MAX = 15, FRACTION_MAX = 3 };

static const struct suffix {
    char letter;
    uint64_t factor, binary;
} suffixes[] = {
    {'G', 1000000000, 1 << 30}, {'M', 1000000, 1 << 20}, {'K', 1000, 1 << 10}};

/* Take digits off the front; the number of them. */
static size_t take_digits(struct str *s, uint64_t *number)
{
    size_t n = 0;
    for (; n < s->n && n <= DIGITS_MAX && chr_digit(s->p[n]); n++)
        *number = *number * 10 + (uint64_t)(s->p[n] - '0');
    *s = str_sub(*s, n, s->n);
    return n;
}

/* Take number / 10^places off the front. */
static bool take_number(struct str *s, uint64_t *number, size_t *places)
{
    *number = 0;
    *places = 0;
    size_t whole = take_digits(s, number);
    if (str_starts(*s, STR("."))) {
        *s = str_sub(*s, 1, s->n);
        *places = take_digits(s, number);
        if (*places == 0)
            return false;
    }
    return whole > 0 && whole + *places <= DIGITS_MAX &&
           *places <= FRACTION_MAX;
}

/* Take a suffix off the front; NULL: there is none. */
static const struct suffix *take_suffix(struct str *s)
{
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
        if (s->n > 0 && s->p[0] == suffixes[i].letter) {
            *s = str_sub(*s, 1, s->n);
            return &suffixes[i];
        }
    }
    return NULL;
}

static uint64_t power_of_ten(size_t n)
{
    uint64_t power = 1;
    while (n-- > 0)
        power *= 10;
    return power;
}

/* number / 10^places * unit, if that is whole. */
static bool scale_up(uint64_t number, size_t places, uint64_t unit,
                     uint64_t *out)
{
    uint64_t divisor = power_of_ten(places);
    if (__builtin_mul_overflow(number, unit, out) || *out % divisor != 0)
        return false;
    *out /= divisor;
    return true;
}

static bool read_value(struct str text, uint64_t scale, uint64_t *out)
{
    uint64_t number;
    size_t places;
    if (!take_number(&text, &number, &places))
        return false;
    const struct suffix *suffix = take_suffix(&text);
    return text.n == 0 &&
           scale_up(number, places, suffix ? scale * suffix->factor : scale,
                    out);
}

bool size_read(struct str text, uint64_t *bytes)
{
    uint64_t number, unit = 1;
    size_t places;
    if (!take_number(&text, &number, &places))
        return false;
    const struct suffix *suffix = take_suffix(&text);
    bool binary = suffix && str_starts(text, STR("i"));
    if (suffix)
        unit = binary ? suffix->binary : suffix->factor;
    text = str_sub(text, binary, text.n);
    if (__builtin_mul_overflow(number, unit, bytes))
        return false;
    *bytes /= power_of_ten(places);
    return *bytes > 0 && (text.n == 0 || str_eq(text, STR("B")));
}

static bool set_field(const struct limit *row, void *object, struct str text)
{
    uint64_t number;
    if (!read_value(text, row->scale, &number) || number < row->low ||
        number > row->high)
        return false;
    memcpy((char *)object + row->offset, &number, sizeof number);
    return true;
}

static char *number_text(uint64_t number, uint64_t scale, struct arena *a)
{
    uint64_t whole = number / scale, rest = number % scale;
    for (size_t i = 0; rest == 0 && i < ARRAY_LEN(suffixes); i++) {
        if (whole > 0 && whole % suffixes[i].factor == 0)
            return arena_printf(a, "%" PRIu64 "%c", whole / suffixes[i].factor,
                                suffixes[i].letter);
    }
    if (rest == 0)
        return arena_printf(a, "%" PRIu64, whole);
    return arena_printf(a, "%" PRIu64 ".%03" PRIu64, whole,
                        rest * 1000 / scale);
}

const char *limits_read(const struct limit *rows, size_t count, void *object,
                        struct str setting, struct arena *a)
{
    struct str value = setting, name;
    str_next(&value, '=', &name);
    for (size_t i = 0; i < count; i++) {
        const struct limit *row = &rows[i];
        if (!str_eq(name, str_of(row->name)))
            continue;
        if (set_field(row, object, value))
            return NULL;
        return arena_printf(a, "must be %s=NUMBER, from %s to %s", row->name,
                            number_text(row->low, row->scale, a),
                            number_text(row->high, row->scale, a));
    }
    return "must be NAME=NUMBER, of a limit that --help lists";
}

char *limit_value(const struct limit *row, const void *object, struct arena *a)
{
    uint64_t number;
    memcpy(&number, (const char *)object + row->offset, sizeof number);
    return number_text(number, row->scale, a);
}

char *limits_text(const struct limit *rows, size_t count, const void *object,
                  struct arena *a)
{
    struct buf b = buf_make(BUF_LINE);
    for (size_t i = 0; i < count; i++)
        buf_printf(&b, "  %-19s%s (%s)\n", rows[i].name, rows[i].what,
                   limit_value(&rows[i], object, a));
    char *text = arena_str(a, buf_view(&b));
    buf_free(&b);
    return text;
}
