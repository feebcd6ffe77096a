#include "net/fetch_policy.h"

#include "base/mem.h"

enum { SECOND = 1000 };

/* Who we are, and why we ask. */
#define AGENT                                                                  \
    "feedbind/" FEEDBIND_VERSION                                               \
    " (makes an e-book of a feed for one reader; gets its pictures once)"

static const struct limit limits[] = {
#define X(member, name, scale, low, high, what)                                \
    {name, offsetof(struct fetch_policy, member), scale, low, high, what},
    FETCH_LIMITS(X)
#undef X
};

struct fetch_policy fetch_policy_make(void)
{
    return (struct fetch_policy){
        .max_bytes = 50000000,
        .total = 24,
        .per_host = 6,
        .connect_ms = 10 * SECOND,
        .idle_seconds = 20,
        .total_ms = 120 * SECOND,
        .redirects = 8,
        .retries = 3,
        .retry_ms = SECOND,
        .agent = AGENT,
    };
}

const struct limit *fetch_limits(size_t *count)
{
    *count = ARRAY_LEN(limits);
    return limits;
}
