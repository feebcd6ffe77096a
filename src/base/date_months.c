/* Names of months. */
#include "base/date_int.h"

#include "base/mem.h"

/* The twelve in one language and form; in lower case, as fold() makes it. A
 * word names the month of which it is the beginning; rows with short forms are
 * for those that are none, or would be two. */
static const char *const names[] = {
    /* English */
    "january february march april may june july august september october "
    "november december",
    "jan feb mar apr may jun jul aug sept oct nov dec",
    /* German, Austrian */
    "januar februar m\u00E4rz april mai juni juli august september oktober "
    "november dezember",
    "j\u00E4nner feber m\u00E4r apr mai jun jul aug sep okt nov dez",
    "jan feb mrz apr mai jun jul aug sep okt nov dez",
    "januar februar maerz april mai juni juli august september oktober "
    "november dezember",
    /* French, with accents and without */
    "janvier f\u00E9vrier mars avril mai juin juillet ao\u00FBt septembre "
    "octobre novembre d\u00E9cembre",
    "janv fevrier mars avr mai juin juil aout sept oct nov decembre",
    /* Spanish */
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre "
    "noviembre diciembre",
    "ene feb mar abr may jun jul ago setiembre oct nov dic",
    /* Italian */
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre "
    "ottobre novembre dicembre",
    /* Portuguese */
    "janeiro fevereiro mar\u00E7o abril maio junho julho agosto setembro "
    "outubro novembro dezembro",
    "jan fev marco abr mai jun jul ago set out nov dez",
    /* Dutch */
    "januari februari maart april mei juni juli augustus september oktober "
    "november december",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    /* Swedish, Danish, Norwegian */
    "januari februari mars april maj juni juli augusti september oktober "
    "november december",
    "januar februar marts april maj juni juli august september oktober "
    "november december",
    "januar februar mars april mai juni juli august september oktober "
    "november desember",
    /* Finnish */
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kes\u00E4kuuta "
    "hein\u00E4kuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
    /* Polish */
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia "
    "wrze\u015Bnia pa\u017Adziernika listopada grudnia",
    "stycze\u0144 luty marzec kwiecie\u0144 maj czerwiec lipiec "
    "sierpie\u0144 wrzesie\u0144 pa\u017Adziernik listopad grudzie\u0144",
    "sty lut mar kwi maj cze lip sie wrz paz lis gru",
    /* Czech */
    "ledna \u00FAnora b\u0159ezna dubna kv\u011Btna \u010Dervna "
    "\u010Dervence srpna z\u00E1\u0159\u00ED \u0159\u00EDjna listopadu "
    "prosince",
    "leden \u00FAnor b\u0159ezen duben kv\u011Bten \u010Derven "
    "\u010Dervenec srpen z\u00E1\u0159\u00ED \u0159\u00EDjen listopad "
    "prosinec",
    /* Hungarian */
    "janu\u00E1r febru\u00E1r m\u00E1rcius \u00E1prilis m\u00E1jus "
    "j\u00FAnius j\u00FAlius augusztus szeptember okt\u00F3ber november "
    "december",
    /* Turkish; its capital "I" with a dot is in no name's beginning */
    "ocak \u015Fubat mart nisan may\u0131s haziran temmuz a\u011Fustos "
    "eyl\u00FCl ekim kas\u0131m aral\u0131k",
    /* Russian */
    "января февраля марта апреля мая июня июля августа сентября октября "
    "ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь "
    "декабрь",
    /* Ukrainian */
    "січня лютого березня квітня травня червня липня серпня вересня жовтня "
    "листопада грудня",
};

/* A letter's small form, in the scripts of the table. */
static uint32_t fold(uint32_t c)
{
    bool latin_1 = c >= 0xC0 && c <= 0xDE && c != 0xD7;
    if ((c < 0x80 && c >= 'A' && c <= 'Z') || latin_1 ||
        (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    bool odd_is_small =
        (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177);
    bool even_is_small = (c >= 0x139 && c <= 0x148) || c >= 0x179;
    if (c > 0x17E || c == 0x130 || c == 0x131)
        return c;
    if (odd_is_small)
        return c | 1;
    return even_is_small && c % 2 ? c + 1 : c;
}

/* Is `word` the beginning of this name? *whole: all of it. */
static bool begins(struct str name, struct str word, bool *whole)
{
    size_t n = 0;
    for (; word.n && name.n; n++)
        if (fold(utf8_next(&word)) != utf8_next(&name))
            return false;
    *whole = !word.n && !name.n;
    return !word.n && (n >= 3 || *whole);
}

bool date_month(struct str word, int *month)
{
    int begun = 0;
    bool several = false;
    for (size_t i = 0; i < ARRAY_LEN(names) && word.n; i++) {
        struct str row = str_of(names[i]), name;
        for (int m = 1; str_next_word(&row, &name); m++) {
            bool whole;
            if (!begins(name, word, &whole))
                continue;
            *month = m;
            if (whole)
                return true;
            several |= begun && begun != m;
            begun = m;
        }
    }
    *month = begun;
    return begun && !several;
}
