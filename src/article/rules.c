#include "article/article_int.h"

static const struct {
    const char *name, *what;
} rules[RULE_COUNT] = {
#define X(id, name, what) [id] = {name, what},
    ARTICLE_RULES(X)
#undef X
};

const char *article_rule_name(enum article_rule rule)
{
    return rules[rule].name;
}

const char *article_rule_what(enum article_rule rule)
{
    return rules[rule].what;
}

bool rule_applies(struct maker *m, enum article_rule rule)
{
    if (m->policy->keep[rule])
        return false;
    m->article->rules[rule]++;
    return true;
}
