#include "base/caseless.h"

#include "base/mem.h"

#include <locale.h>
#include <regex.h>
#include <stdlib.h>
#include <wctype.h>

struct pattern {
    const struct caseless *of;
    regex_t regex;
    struct pattern *next;
};

struct caseless {
    locale_t locale; /* 0: there is none */
    struct pattern *patterns;
};

struct caseless *caseless_new(void)
{
    struct caseless *c = mem_alloc(sizeof *c);
    c->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return c;
}

void caseless_free(struct caseless *c)
{
    if (!c)
        return;
    while (c->patterns) {
        struct pattern *p = c->patterns;
        c->patterns = p->next;
        regfree(&p->regex);
        free(p);
    }
    if (c->locale)
        freelocale(c->locale);
    free(c);
}

/* By way of the capital: some letters have two small forms, as sigma has. */
static uint32_t fold(const struct caseless *c, uint32_t letter)
{
    if (letter < 0x80 || !c->locale)
        return (uint32_t)chr_lower((int)letter);
    wint_t capital = towupper_l((wint_t)letter, c->locale);
    return (uint32_t)towlower_l(capital, c->locale);
}

void caseless_fold(const struct caseless *c, struct str s, struct buf *out)
{
    while (s.n)
        buf_utf8(out, fold(c, utf8_next(&s)));
}

const struct pattern *caseless_pattern(struct caseless *c, const char *text,
                                       struct arena *a, const char **why)
{
    struct pattern *p = mem_alloc(sizeof *p);
    locale_t before = uselocale(c->locale);
    int fault = regcomp(&p->regex, text, REG_EXTENDED | REG_ICASE | REG_NOSUB);
    uselocale(before);
    if (fault) {
        char said[256];
        regerror(fault, &p->regex, said, sizeof said);
        *why = arena_strdup(a, said);
        free(p);
        return NULL;
    }
    p->of = c;
    p->next = c->patterns;
    c->patterns = p;
    return p;
}

bool pattern_matches(const struct pattern *p, const char *text)
{
    locale_t before = uselocale(p->of->locale);
    bool found = regexec(&p->regex, text, 0, NULL, 0) == 0;
    uselocale(before);
    return found;
}
