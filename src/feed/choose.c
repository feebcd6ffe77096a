/* Which articles are asked for. */
#include "base/caseless.h"
#include "feed/seen.h"
#include "feed/select_int.h"

#include <stdlib.h>

static const char *const texts[DROP_REASON_COUNT] = {
#define X(id, text) [id] = (text),
    DROP_REASONS(X)
#undef X
};

const char *drop_reason_text(enum drop_reason reason)
{
    return texts[reason];
}

/* Is the name one of those that are wanted, which are folded? */
static bool wanted(const struct select_policy *policy,
                   const struct chosen *names, const char *name)
{
    struct buf folded = buf_make(BUF_LINE);
    bool found = false;
    caseless_fold(policy->caseless, str_of(name), &folded);
    for (size_t i = 0; !found && i < names->count; i++)
        found = str_eq(buf_view(&folded), str_of(names->folded[i]));
    buf_free(&folded);
    return found;
}

static bool by_wanted(const struct select_policy *policy, const struct entry *e)
{
    bool found = !policy->authors.count;
    for (size_t i = 0; !found && i < e->authors.len; i++)
        found = wanted(policy, &policy->authors, e->authors.items[i].name);
    return found;
}

static bool in_wanted(const struct select_policy *policy, const struct entry *e)
{
    bool found = !policy->categories.count;
    for (size_t i = 0; !found && i < e->category_count; i++)
        found = wanted(policy, &policy->categories, e->categories[i]);
    return found;
}

static bool titled_as_wanted(const struct select_policy *policy,
                             const struct entry *e)
{
    bool found = !policy->title_count;
    for (size_t i = 0; !found && i < policy->title_count; i++)
        found = pattern_matches(policy->titles[i], e->title ? e->title : "");
    return found;
}

static enum drop_reason when(const struct select_policy *policy, struct date d)
{
    bool asked =
        policy->since.kind != PERIOD_NONE || policy->until.kind != PERIOD_NONE;
    return asked && !d.known                        ? DROP_UNDATED
           : period_begins_after(&policy->since, d) ? DROP_EARLY
           : period_ends_before(&policy->until, d)  ? DROP_LATE
                                                    : DROP_NONE;
}

enum drop_reason choose_entry(const struct select_policy *policy,
                              const struct entry *e)
{
    enum drop_reason reason = when(policy, entry_date(e));
    if (reason != DROP_NONE)
        return reason;
    return !by_wanted(policy, e)                       ? DROP_AUTHOR
           : !in_wanted(policy, e)                     ? DROP_CATEGORY
           : !titled_as_wanted(policy, e)              ? DROP_TITLE
           : policy->seen && seen_has(policy->seen, e) ? DROP_SEEN
                                                       : DROP_NONE;
}
