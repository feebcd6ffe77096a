/* Dates as people and programs write them -> struct date. */
#include "base/date_int.h"

#include "base/mem.h"

/* ---- what a date may be ---- */

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && leap(year));
}

static bool valid(const struct civil *c)
{
    bool midnight = c->hour == 24 && !c->minute && !c->second;
    return c->year >= 1 && c->year <= 9999 && c->month >= 1 && c->month <= 12 &&
           c->day >= 1 && c->day <= month_days(c->year, c->month) &&
           c->hour >= 0 && (c->hour < 24 || midnight) && c->minute >= 0 &&
           c->minute < 60 && c->second >= 0 && c->second <= 60;
}

static bool set(struct date *out, struct civil c, int offset)
{
    if (!valid(&c) || offset <= -24 * 60 || offset >= 24 * 60)
        return false;
    if (c.second == 60) /* a leap second: the last one that UTC counts */
        c.second = 59;
    int64_t seconds = date_seconds(c) - (int64_t)offset * 60;
    int utc_year = date_civil(seconds).year;
    if (utc_year < 1 || utc_year > 9999)
        return false;
    *out = (struct date){
        .seconds = seconds, .offset = (int16_t)offset, .known = true};
    return true;
}

/* ---- pieces ---- */

static bool symbol(struct str *s, char c)
{
    if (!s->n || s->p[0] != c)
        return false;
    *s = str_sub(*s, 1, s->n);
    return true;
}

static bool digit_next(const struct str *s)
{
    return s->n && chr_digit((unsigned char)s->p[0]);
}

static void skip_space(struct str *s)
{
    static const struct str no_break = {"\xC2\xA0", 2};
    static const struct str narrow = {"\xE2\x80\xAF", 3};
    for (;;)
        if (s->n && chr_space((unsigned char)s->p[0]))
            *s = str_sub(*s, 1, s->n);
        else if (str_starts(*s, no_break))
            *s = str_sub(*s, no_break.n, s->n);
        else if (str_starts(*s, narrow))
            *s = str_sub(*s, narrow.n, s->n);
        else
            return;
}

/* What stands between the parts of a date. */
static void skip_marks(struct str *s)
{
    do
        skip_space(s);
    while (symbol(s, ',') || symbol(s, '-') || symbol(s, '.'));
}

/* Letters of any script off the front. */
static struct str word(struct str *s)
{
    size_t n = 0;
    while (n < s->n && (chr_alpha((unsigned char)s->p[n]) ||
                        ((unsigned char)s->p[n] >= 0x80 &&
                         !str_starts(str_sub(*s, n, 2), STR("\xC2\xA0")))))
        n++;
    struct str taken = str_sub(*s, 0, n);
    *s = str_sub(*s, n, s->n);
    return taken;
}

/* Take the first of these texts that is at the front; its number from 0, or
 * -1. */
static int take_one(struct str *s, const char *const *texts)
{
    for (int i = 0; texts[i]; i++)
        if (str_starts_nocase(*s, str_of(texts[i]))) {
            *s = str_sub(*s, strlen(texts[i]), s->n);
            return i;
        }
    return -1;
}

/* ---- time ---- */

/* Zones of RFC 822 (section 5.1) and the ones that feeds use besides, in
 * minutes. Military zones other than Z were defined wrongly there; RFC 2822
 * (section 4.3) says to take them, and names that are not known, as UTC. */
static bool named_zone(struct str name, int *offset)
{
    static const struct {
        const char *name;
        int offset;
    } zones[] = {
        {"Z", 0},       {"UT", 0},     {"UTC", 0},    {"GMT", 0},
        {"WET", 0},     {"BST", 60},   {"WEST", 60},  {"CET", 60},
        {"MEZ", 60},    {"CEST", 120}, {"MESZ", 120}, {"EET", 120},
        {"SAST", 120},  {"EEST", 180}, {"MSK", 180},  {"PKT", 300},
        {"IST", 330},   {"WIB", 420},  {"HKT", 480},  {"SGT", 480},
        {"AWST", 480},  {"JST", 540},  {"KST", 540},  {"ACST", 570},
        {"AEST", 600},  {"ACDT", 630}, {"AEDT", 660}, {"NZST", 720},
        {"NZDT", 780},  {"NDT", -150}, {"ADT", -180}, {"BRT", -180},
        {"ART", -180},  {"NST", -210}, {"AST", -240}, {"EDT", -240},
        {"EST", -300},  {"CDT", -300}, {"CST", -360}, {"MDT", -360},
        {"MST", -420},  {"PDT", -420}, {"PST", -480}, {"AKDT", -480},
        {"AKST", -540}, {"HST", -600},
    };
    for (size_t i = 0; i < ARRAY_LEN(zones); i++)
        if (str_eq_nocase(name, str_of(zones[i].name))) {
            *offset = zones[i].offset;
            return true;
        }
    *offset = 0;
    return name.n == 1 || name.n >= 3; /* not "PM" */
}

/* "+hh:mm", "+hhmm", "+hh", a name, or nothing, which is UTC. */
static bool zone(struct str *s, int *offset)
{
    *offset = 0;
    skip_space(s);
    if (!s->n || s->p[0] == '(' || s->p[0] == '[')
        return true;
    if (s->p[0] != '+' && s->p[0] != '-') {
        struct str name = word(s);
        bool prefixed = s->n > 1 && (s->p[0] == '+' || s->p[0] == '-') &&
                        (str_eq_nocase(name, STR("GMT")) ||
                         str_eq_nocase(name, STR("UTC")));
        if (!prefixed)
            return named_zone(name, offset);
    }
    int sign = s->p[0] == '-' ? -1 : 1, hours, minutes = 0;
    *s = str_sub(*s, 1, s->n);
    if (!str_take_digits(s, 1, 2, &hours))
        return false;
    symbol(s, ':');
    if (digit_next(s) && !str_take_digits(s, 2, 2, &minutes))
        return false;
    *offset = sign * (hours * 60 + minutes);
    return minutes < 60;
}

/* Halves of the day, morning and afternoon in turns. */
static const char *const halves[] = {"a.m.",
                                     "p.m.",
                                     "am",
                                     "pm",
                                     "\u5348\u524D",
                                     "\u5348\u5F8C",
                                     "\u4E0A\u5348",
                                     "\u4E0B\u5348",
                                     "\uC624\uC804",
                                     "\uC624\uD6C4",
                                     NULL};

/* The hour of a clock that has twelve. */
static bool apply_half(struct civil *c, int half)
{
    if (half < 0)
        return true;
    if (c->hour < 1 || c->hour > 12)
        return c->hour > 12 && c->hour < 24 && half % 2;
    c->hour = c->hour % 12 + (half % 2 ? 12 : 0);
    return true;
}

/* "hh:mm", "hh.mm", "hhhmm", with seconds and a fraction or without; or in
 * words of China, Japan and Korea. */
static bool time_of_day(struct str *s, struct civil *c)
{
    static const char *const hours[] = {":",      "h",      ".", "\u6642",
                                        "\u65F6", "\uC2DC", NULL};
    static const char *const minutes[] = {":", ".", "\u5206", "\uBD84", NULL};
    static const char *const seconds[] = {"\u79D2", "\uCD08", NULL};
    int fraction, half = take_one(s, halves);
    skip_space(s);
    if (!str_take_digits(s, 1, 2, &c->hour) || take_one(s, hours) < 0)
        return false;
    skip_space(s);
    if (!str_take_digits(s, 1, 2, &c->minute))
        return false;
    int mark = take_one(s, minutes);
    skip_space(s);
    if (mark >= 0 && digit_next(s))
        str_take_digits(s, 1, 2, &c->second);
    else if (mark == 0)
        return false;
    take_one(s, seconds);
    if ((s->n > 1 && chr_digit((unsigned char)s->p[1])) &&
        (symbol(s, '.') || symbol(s, ',')))
        while (str_take_digits(s, 1, 1, &fraction))
            ;
    skip_space(s);
    return apply_half(c, half >= 0 ? half : take_one(s, halves));
}

/* ---- dates in numbers ---- */

/* RFC 3339 and the W3C profile of ISO 8601: a year, a month, a day or a point
 * in time; with "/" or "." as well. */
static bool parse_iso(struct str s, struct date *out)
{
    struct civil c = {.month = 1, .day = 1};
    int offset = 0;
    if (!str_take_digits(&s, 4, 4, &c.year))
        return false;
    char mark = s.n ? s.p[0] : 0;
    bool day = false;
    if (mark && strchr("-/.", mark)) {
        s = str_sub(s, 1, s.n);
        if (!str_take_digits(&s, 1, 2, &c.month))
            return false;
        day = symbol(&s, mark);
        if (day && !str_take_digits(&s, 1, 2, &c.day))
            return false;
    }
    symbol(&s, ',');
    if (day && (symbol(&s, 'T') || symbol(&s, 't') || symbol(&s, ' '))) {
        skip_space(&s);
        if (s.n && (!time_of_day(&s, &c) || !zone(&s, &offset)))
            return false;
    }
    s = str_trim(s);
    bool named = s.n && (s.p[0] == '[' || s.p[0] == '('); /* the zone, again */
    return (!s.n || (day && named)) && set(out, c, offset);
}

/* Digits alone: seconds since 1970, or thousandths, with a fraction or
 * without; else a date as ISO 8601's basic format has it. */
static bool parse_digits(struct str s, struct date *out)
{
    enum { SECONDS = 10, THOUSANDTHS = 13, DAY = 8, MOMENT = 14 };
    size_t n = 0;
    int64_t value = 0;
    while (n < s.n && n < MOMENT && chr_digit((unsigned char)s.p[n]))
        value = value * 10 + s.p[n++] - '0';
    struct str rest = str_sub(s, n, s.n);
    bool fraction = rest.n && rest.p[0] == '.';
    for (size_t i = 1; i < rest.n && fraction; i++)
        fraction = chr_digit((unsigned char)rest.p[i]);
    if ((!rest.n || fraction) && (n == SECONDS || n == THOUSANDTHS))
        return set(out, date_civil(n == SECONDS ? value : value / 1000), 0);
    struct civil c = {0};
    int offset = 0;
    if ((n != DAY && n != MOMENT) || !str_take_digits(&s, 4, 4, &c.year) ||
        !str_take_digits(&s, 2, 2, &c.month) ||
        !str_take_digits(&s, 2, 2, &c.day))
        return false;
    if (n == MOMENT || (rest.n && (symbol(&s, 'T') || symbol(&s, 't'))))
        if (!str_take_digits(&s, 2, 2, &c.hour) ||
            !str_take_digits(&s, 2, 2, &c.minute) ||
            (digit_next(&s) && !str_take_digits(&s, 2, 2, &c.second)) ||
            !zone(&s, &offset))
            return false;
    return !str_trim(s).n && set(out, c, offset);
}

/* Two and three digits as RFC 2822 (section 4.3) reads them. */
static int full_year(int year, size_t written)
{
    if (written == 2)
        return year < 50 ? 2000 + year : 1900 + year;
    return written == 3 ? 1900 + year : year;
}

static bool year_of(struct str *s, struct civil *c)
{
    struct str before = *s;
    if (!str_take_digits(s, 2, 4, &c->year) || digit_next(s))
        return false;
    c->year = full_year(c->year, before.n - s->n);
    return true;
}

/* What may follow a day: a time and a zone. */
static bool time_and_zone(struct str *s, struct civil *c, int *offset)
{
    static const char *const words[] = {
        "um ",       "at ",  "kl. ",    "kl ",     "klo ",
        "alle ore ", "ore ", "a las ",  "\u00E0 ", "o ",
        "om ",       "v ",   "\u0432 ", "\u0433.", "\u0433\u043E\u0434\u0430",
        NULL};
    skip_marks(s);
    take_one(s, words);
    skip_space(s);
    return !s->n || s->p[0] == '(' || (time_of_day(s, c) && zone(s, offset));
}

/* "27.03.2026", in which the day goes first, or "27/3/2026", in which either
 * may: then it is a date only if the other could not be. */
static bool parse_numbers(struct str s, struct date *out)
{
    struct civil c = {0};
    int offset = 0;
    if (!str_take_digits(&s, 1, 2, &c.day))
        return false;
    char mark = s.n ? s.p[0] : 0;
    if (!mark || !strchr("./-", mark))
        return false;
    s = str_sub(s, 1, s.n);
    skip_space(&s);
    if (!str_take_digits(&s, 1, 2, &c.month) || !symbol(&s, mark))
        return false;
    skip_space(&s);
    if (!year_of(&s, &c) || !time_and_zone(&s, &c, &offset))
        return false;
    if (mark != '.' && c.day <= 12 && c.month <= 12 && c.day != c.month)
        return false;
    if (mark != '.' && c.month > 12) {
        int day = c.month;
        c.month = c.day;
        c.day = day;
    }
    return set(out, c, offset);
}

/* "2026年3月27日", as China, Japan and Korea write it. */
static bool parse_characters(struct str s, struct date *out)
{
    static const char *const years[] = {"\u5E74", "\uB144", NULL};
    static const char *const months[] = {"\u6708", "\uC6D4", NULL};
    static const char *const days[] = {"\u65E5", "\u53F7", "\uC77C", NULL};
    struct civil c = {0};
    int offset = 0;
    if (!str_take_digits(&s, 4, 4, &c.year) || take_one(&s, years) < 0)
        return false;
    skip_space(&s);
    if (!str_take_digits(&s, 1, 2, &c.month) || take_one(&s, months) < 0)
        return false;
    skip_space(&s);
    if (!str_take_digits(&s, 1, 2, &c.day) || take_one(&s, days) < 0)
        return false;
    skip_space(&s);
    if (symbol(&s, '(')) /* the day of the week */
        s = str_sub(s, str_chr(s, ')') + 1, s.n);
    skip_space(&s);
    return (!s.n || (time_of_day(&s, &c) && zone(&s, &offset))) &&
           set(out, c, offset);
}

/* ---- dates in words ---- */

/* "27", "27.", "1st", "1er". */
static bool day_of(struct str *s, struct civil *c)
{
    static const char *const ordinals[] = {"st", "nd",     "rd",     "th",
                                           "er", "\u00BA", "\u00B0", NULL};
    if (!str_take_digits(s, 1, 2, &c->day) || digit_next(s))
        return false;
    take_one(s, ordinals);
    return true;
}

/* Small words between the parts: "27 de marzo de 2026", "27 of March". */
static void skip_small(struct str *s)
{
    static const char *const words[] = {"de ",     "del ", "of ",
                                        "d\u2019", "d'",   NULL};
    skip_marks(s);
    take_one(s, words);
    skip_space(s);
}

static bool month_of(struct str *s, struct civil *c)
{
    struct str rest = *s;
    if (!date_month(word(&rest), &c->month))
        return false;
    *s = rest;
    return true;
}

static bool day_month(struct str *s, struct civil *c)
{
    bool ok;
    if (month_of(s, c)) { /* Mar 27, 2026 */
        skip_marks(s);
        ok = day_of(s, c);
    } else {
        ok = day_of(s, c);
        skip_small(s);
        ok = ok && month_of(s, c);
    }
    skip_small(s);
    return ok;
}

/* Without the day of the week, in any language, and the article before the
 * day. */
static struct str without_weekday(struct str s)
{
    size_t comma = str_chr(s, ',');
    struct str weekday = str_trim(str_sub(s, 0, comma));
    struct str rest = weekday;
    word(&rest);
    if (comma < s.n && weekday.n && !digit_next(&weekday) &&
        str_chr(weekday, ' ') == weekday.n)
        s = str_sub(s, comma + 1, s.n);
    skip_space(&s);
    for (int i = 0; i < 2; i++) { /* "Montag, den 27."; "sobota 27" */
        int month;
        rest = s;
        struct str first = word(&rest);
        if (first.n < 2 || date_month(first, &month))
            break;
        s = rest;
        skip_marks(&s);
    }
    return s;
}

/* "15:04:48 [zone] 2026", as ctime and date write it. */
static bool time_then_year(struct str s, struct civil *c, int *offset,
                           bool *found)
{
    struct civil time = *c;
    *found = time_of_day(&s, &time) && s.n;
    if (!*found)
        return false;
    struct str rest = s, name = word(&rest);
    if (name.n && !named_zone(name, offset))
        return false;
    skip_space(&rest);
    *c = time;
    return year_of(&rest, c) && !str_trim(rest).n;
}

/* RFC 822 and its heirs: "Fri, 27 Mar 2026 15:04:48 +0100". */
static bool parse_words(struct str s, struct date *out)
{
    struct civil c = {0};
    int offset = 0;
    bool found = false;
    if (!day_month(&s, &c))
        return false;
    if (time_then_year(s, &c, &offset, &found))
        return set(out, c, offset);
    return year_of(&s, &c) && time_and_zone(&s, &c, &offset) &&
           set(out, c, offset);
}

bool date_parse(struct str text, struct date *out)
{
    *out = (struct date){0};
    text = str_trim(text);
    struct str bare = without_weekday(text);
    return parse_digits(text, out) || parse_iso(bare, out) ||
           parse_characters(text, out) || parse_numbers(bare, out) ||
           parse_words(bare, out);
}
